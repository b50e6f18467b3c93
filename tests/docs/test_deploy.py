"""What is in ``deploy/`` names settings, commands, jobs and figures that exist; and every figure is asked for."""

import configparser
import json
import os
import re
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from app.cli.main import cli
from app.cli.werk import Taaknaam
from app.settings import Settings

_ROOT = Path(__file__).parents[2]
_DEPLOY = _ROOT / "deploy"
_UNITS = sorted((_DEPLOY / "systemd").iterdir())
_MADE = ("app/cli/metrics.py", "app/queries/metingen.py", "app/web/metrics.py")


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


def test_every_figure_is_asked_for_somewhere() -> None:
    asked = " ".join(expressions())
    assert {name for name in made() if name not in asked} == set()


def test_every_alarm_says_what_is_wrong_and_what_to_do() -> None:
    rules = yaml.safe_load((_DEPLOY / "prometheus/pleegzicht.rules.yml").read_text())
    found = [rule for group in rules["groups"] for rule in group["rules"]]
    assert len(found) == len({rule["alert"] for rule in found})
    assert [rule["alert"] for rule in found if {*rule["annotations"]} != {"summary", "doe"}] == []
    assert {rule["labels"]["ernst"] for rule in found} == {"meteen", "vandaag"}


@pytest.mark.parametrize("unit", [path for path in _UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists(unit: Path) -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as its documentation says
    parser.read_string(unit.read_text())
    path, command, *rest = parser["Service"]["ExecStart"].split()
    if path == "/usr/local/lib/pleegzicht/backup.sh":
        assert os.access(_DEPLOY / "backup.sh", os.X_OK)
        return
    names = {one.callback.__name__ for one in cli.registered_commands if one.callback}
    assert path == "/opt/pleegzicht/bin/pleegzicht"
    assert command in names
    assert command != "werk" or set(rest) <= set(Taaknaam)


@pytest.mark.parametrize("unit", [path for path in _UNITS if path.suffix == ".timer"], ids=lambda path: path.name)
def test_a_timer_has_its_service(unit: Path) -> None:
    assert unit.with_suffix(".service").is_file()


def test_the_settings_exist() -> None:
    lines = (_DEPLOY / "pleegzicht.env").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert named - {f"PLEEGZICHT_{name.upper()}" for name in Settings.model_fields} == set()
