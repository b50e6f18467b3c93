"""What is in ``deploy/`` names settings, commands, jobs and figures that exist; and every figure is asked for."""

import configparser
import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from sqlalchemy import make_url

from app.cli.main import cli
from app.cli.server import GRACE
from app.db.sessions import make_engine, on_psycopg
from app.settings import Settings
from app.terms import Taaknaam
from app.web.assets import MEDIA
from app.web.threads import LAST_SECONDS
from tools.draaiboek import read_blocks

_ROOT = Path(__file__).parents[2]
_DEPLOY = _ROOT / "deploy"
_UNITS = sorted((_DEPLOY / "systemd").iterdir())
_MADE = ("app/cli/metrics.py", "app/queries/metingen.py", "app/web/around/metrics.py")


def made() -> set[str]:
    """Return every figure that the code makes, as a monitoring server gets it."""
    code = "".join((_ROOT / path).read_text() for path in _MADE)
    names = set(re.findall(r'"(pleegzicht_[a-z_]+)"', code))
    return names | {"pleegzicht_requests_total", "pleegzicht_request_seconds_bucket"}


def expressions() -> list[str]:
    rules = yaml.safe_load((_DEPLOY / "prometheus/pleegzicht.rules.yml").read_text())
    board = json.loads((_DEPLOY / "grafana/pleegzicht.json").read_text())
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    return asked + [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def test_alarms_and_dashboard_ask_only_for_figures_that_are_made() -> None:
    asked = {name for one in expressions() for name in re.findall(r"pleegzicht_[a-z_]+", one)}
    assert asked - made() == set()


def test_every_figure_is_on_the_dashboard() -> None:
    board = json.loads((_DEPLOY / "grafana/pleegzicht.json").read_text())
    asked = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    assert {name for name in made() if name not in asked} == set()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_every_alarm_says_what_is_wrong_and_what_to_do() -> None:
    rules = yaml.safe_load((_DEPLOY / "prometheus/pleegzicht.rules.yml").read_text())
    found = [rule for group in rules["groups"] for rule in group["rules"]]
    assert len(found) == len({rule["alert"] for rule in found})
    assert [rule["alert"] for rule in found if {*rule["annotations"]} != {"summary", "doe"}] == []
    assert {rule["labels"]["ernst"] for rule in found} == {"meteen", "vandaag"}


def test_of_every_alarm_stands_when_it_sounds_and_when_it_does_not() -> None:
    """What stands there is run by ``make alarmen``, with promtool."""
    tests = yaml.safe_load((_DEPLOY / "prometheus/pleegzicht.tests.yml").read_text())["tests"]
    said = {
        (one["name"], bool(case["exp_samples"]), one["name"] in str(case["exp_samples"]))
        for one in tests
        for case in one["promql_expr_test"]
    }
    rules = yaml.safe_load((_DEPLOY / "prometheus/pleegzicht.rules.yml").read_text())
    names = {rule["alert"] for group in rules["groups"] for rule in group["rules"]}
    assert said == {(name, sounds, sounds) for name in names for sounds in (True, False)}


@pytest.mark.parametrize("unit", [path for path in _UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_runs_commands_that_exist(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    starts = [line.removeprefix("ExecStart=").split() for line in lines if line.startswith("ExecStart=")]
    assert starts
    for path, *arguments in starts:
        RUN[path](arguments)


def is_ours(arguments: list[str]) -> None:
    command, *rest = arguments
    assert command in {one.callback.__name__ for one in cli.registered_commands if one.callback}
    assert command != "werk" or set(rest) <= set(Taaknaam)


def is_there(_arguments: list[str]) -> None:
    assert os.access(_DEPLOY / "backup.sh", os.X_OK)


def has_its_stanza(arguments: list[str]) -> None:
    parser = configparser.ConfigParser()
    parser.read_string((_DEPLOY / "pgbackrest.conf").read_text())
    assert [one.partition("=")[2] for one in arguments if one.startswith("--stanza=")] == [parser.sections()[-1]]


def says_it_as_an_alarm(arguments: list[str]) -> None:
    assert arguments[:2] == ["--priority", "daemon.alert"]


#: the programs that units run, and how their arguments are looked at
RUN = {
    "/usr/bin/logger": says_it_as_an_alarm,
    "/opt/pleegzicht/bin/pleegzicht": is_ours,
    "/usr/local/lib/pleegzicht/backup.sh": is_there,
    "/usr/bin/pgbackrest": has_its_stanza,
}


def lines_of(unit: str, name: str) -> list[str]:
    lines = (_DEPLOY / "systemd" / unit).read_text().splitlines()
    return [line.removeprefix(f"{name}=") for line in lines if line.startswith(f"{name}=")]


@pytest.mark.parametrize("unit", ["pleegzicht-backup.service", "pleegzicht-gezond.service"])
def test_what_fails_at_night_is_said_aloud(unit: str) -> None:
    (says,) = lines_of(unit, "OnFailure")
    template = says.replace("@%n.", "@.")
    assert template != says
    assert (_DEPLOY / "systemd" / template).is_file()


@pytest.mark.parametrize(
    ("psql", "ends"),
    [("echo f", 0), ("echo t", 1), ("echo geen verbinding >&2; exit 2", 255), ("exit 0", 255)],
    ids=["takes", "follows", "gone", "silent"],
)
def test_who_follows_passes_a_backup_over_and_without_a_database_it_fails(tmp_path: Path, psql: str, ends: int) -> None:
    """Of ``ExecCondition`` 1 to 254 is passed over in silence, and 255 a failure."""
    (condition,) = lines_of("pleegzicht-backup.service", "ExecCondition")
    (tmp_path / "psql").write_text(f"#!/bin/sh\n{psql}\n")
    (tmp_path / "psql").chmod(0o755)
    done = subprocess.run(  # noqa: S603 — what the unit runs
        shlex.split(condition), env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=False, capture_output=True
    )
    assert done.returncode == ends


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((_DEPLOY / "compose.yaml").read_text()))


def test_a_container_runs_commands_that_exist_and_files_that_are_here() -> None:
    asked = 0
    for service in compose()["services"].values():
        said = " ".join(service.get("command", []))
        for arguments in re.findall(r"pleegzicht ((?:[a-z]+(?: (?=[a-z]))?)+)", said):
            is_ours(arguments.split())
            asked += 1
        mounted = [one.partition(":")[0] for one in service.get("volumes", [])]
        assert [one for one in mounted if one.startswith("./") and not (_DEPLOY / one).is_file()] == []
        asked_settings = {name for name in service.get("environment", {}) if name.startswith("PLEEGZICHT_")}
        assert asked_settings - {f"PLEEGZICHT_{name.upper()}" for name in Settings.model_fields} == set()
    assert asked == 4


def test_who_stops_the_service_waits_for_what_is_being_recorded() -> None:
    pod = yaml.safe_load((_DEPLOY / "kubernetes/dienst.yaml").read_text().split("\n---")[0])["spec"]["template"]["spec"]
    _, said_first = pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"]
    compose = yaml.safe_load((_DEPLOY / "compose.yaml").read_text())["services"]["dienst"]["stop_grace_period"]
    (unit,) = lines_of("pleegzicht.service", "TimeoutStopSec")
    given = [int(unit), int(compose.removesuffix("s")), pod["terminationGracePeriodSeconds"] - int(said_first)]
    assert min(given) > GRACE + LAST_SECONDS


def test_containers_run_the_tasks_that_the_timers_run_and_serve_as_the_unit_does() -> None:
    services = compose()["services"]
    for name in ("berichten", "werk"):
        unit = (_DEPLOY / f"systemd/pleegzicht-{name}.service").read_text()
        ours = re.search(r"^ExecStart=/opt/pleegzicht/bin/(.*)$", unit, re.MULTILINE)
        assert ours
        assert f"do {ours[1]};" in services[name]["command"][2]
    serve = re.search(r"bin/(pleegzicht serve .*)$", (_DEPLOY / "systemd/pleegzicht.service").read_text(), re.MULTILINE)
    assert serve
    assert services["dienst"]["command"] == serve[1].split()


def test_nothing_in_containers_may_more_than_it_needs() -> None:
    ours = [one for name, one in compose()["services"].items() if name not in ("database", "nginx")]
    assert {(one["user"], one["read_only"], *one["cap_drop"]) for one in ours} == {("10001:10001", True, "ALL")}
    assert [one for one in compose()["services"].values() if "privileged" in one] == []


@pytest.mark.parametrize("unit", [path for path in _UNITS if path.suffix == ".timer"], ids=lambda path: path.name)
def test_a_timer_has_its_service(unit: Path) -> None:
    assert unit.with_suffix(".service").is_file()


def settings_named_in(paths: Iterable[Path]) -> set[str]:
    text = "".join(path.read_text() for path in paths if path.is_file())
    return {name.removeprefix("PLEEGZICHT_").lower() for name in re.findall(r"PLEEGZICHT_[A-Z_]+", text)}


def test_the_settings_exist() -> None:
    """Whatever file names one, also in a line that is not in force yet; one is of a script of ours and no setting."""
    documents = (_ROOT / "README.md", _ROOT / "Dockerfile", *(_ROOT / "docs").rglob("*.md"))
    named = settings_named_in((*_DEPLOY.rglob("*"), *documents))
    assert named - Settings.model_fields.keys() == {"env"}


def test_every_setting_is_explained() -> None:
    told = settings_named_in((_ROOT / "README.md", *(_ROOT / "docs").glob("*.md")))
    agreed = {name.lower() for name in re.findall(r"`([A-Z_]+)`", (_ROOT / "docs/afspraken.md").read_text())}
    assert Settings.model_fields.keys() - told - agreed == set()


def test_a_backup_is_gone_before_a_destroyed_file_must_be() -> None:
    """After ninety days a destroyed file may be in no backup; both kinds are kept for thirty."""
    kept = re.search(r"^repo1-retention-full=(\d+)$", (_DEPLOY / "pgbackrest.conf").read_text(), re.MULTILINE)
    dumps = re.search(r"-mtime \+(\d+) -delete", (_DEPLOY / "backup.sh").read_text())
    assert kept is not None
    assert dumps is not None
    assert kept[1] == dumps[1] == "30"


def test_a_drill_runs_every_block_of_the_document_that_says_so() -> None:
    """The steps of a restore are run as they stand; a block with a mark that no drill knows is run by nobody."""
    blocks = read_blocks((_ROOT / "docs/beheer.md").read_text())
    code = "".join(path.read_text() for path in (_ROOT / "tools").glob("drill_*.py"))
    assert blocks
    assert [name for name in blocks if f'("{name}"' not in code] == []


def test_a_node_holds_what_was_acknowledged_as_a_single_database_does() -> None:
    """What makes an acknowledgement true stands in both configurations, and a node says it on two."""
    bootstrap = yaml.safe_load(filled_in(_DEPLOY / "patroni/patroni.yml"))["bootstrap"]["dcs"]
    parameters = {name: str(value) for name, value in bootstrap["postgresql"]["parameters"].items()}
    lines = (_DEPLOY / "postgresql/pleegzicht.conf").read_text().splitlines()
    alone = dict(line.split(" = ", 1) for line in lines if line and not line.startswith("#"))
    assert bootstrap["synchronous_mode"] is bootstrap["synchronous_mode_strict"] is True
    assert {name: parameters[name] for name in alone} == {name: value.strip("'") for name, value in alone.items()}


def filled_in(path: Path) -> str:
    return re.sub(r"<[^>]+>", "x", path.read_text())


@pytest.mark.parametrize(
    "line", re.findall(r"^ *(PLEEGZICHT_\w+=\S+)$", (_ROOT / "docs/beheer.md").read_text(), re.MULTILINE)
)
def test_an_address_of_several_nodes_is_one_that_the_service_takes(line: str) -> None:
    name, _, url = line.partition("=")
    assert name.removeprefix("PLEEGZICHT_").lower() in Settings.model_fields
    asked = make_engine(on_psycopg(url)).dialect.create_connect_args(make_url(on_psycopg(url)))[1]
    assert (asked["host"], asked["port"]) == ("a,b,c", "5432,5432,5432")


def test_whatever_a_page_brings_is_compressed_on_its_way_to_a_phone() -> None:
    conf = (_DEPLOY / "nginx/pleegzicht.conf").read_text()
    told = re.search(r"^\s*gzip_types (.+);$", conf, re.MULTILINE)
    assert told
    assert re.search(r"^\s*gzip on;$", conf, re.MULTILINE)
    assert {media.split(";")[0] for media in MEDIA.values()} - set(told[1].split()) == set()


def test_what_can_be_changed_is_not_compressed_on_its_way() -> None:
    """nginx makes the ETag of what it compresses a weak one, and a weak one changes nothing: 412 for ever."""
    conf = (_DEPLOY / "nginx/pleegzicht.conf").read_text()
    api = re.search(r"location /v1/ \{([^}]+)\}", conf)
    assert api
    assert re.search(r"^\s*gzip off;$", api[1], re.MULTILINE)
