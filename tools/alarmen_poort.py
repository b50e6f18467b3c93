"""The alarms of ``deploy/prometheus`` with promtool: they are well formed, and each sounds when it must and only then.

``pleegzicht.tests.yml`` says of each alarm when. Planted: every alarm in turn that never sounds, and one that always
does; what its tests do not notice is a finding. promtool is of Debian's package prometheus; where it is absent nothing
is checked, and that is said loudly.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from tools.geplant import tell_planted

FOLDER = Path(__file__).parents[1] / "deploy/prometheus"
RULES, TESTS = "pleegzicht.rules.yml", "pleegzicht.tests.yml"
#: what an alarm is made to ask, and what that is a fault of
PLANTED = {"klinkt nooit": "vector(0) == 1", "klinkt altijd": "vector(1)"}


def promtool(*arguments: str) -> tuple[bool, str]:
    """Return whether promtool finds nothing, and what it says."""
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def read(name: str) -> dict[str, Any]:
    """Return a file of the folder."""
    return dict(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def tests_of(alarm: str) -> Mapping[str, Any]:
    """Return the tests of one alarm alone."""
    tests = read(TESTS)
    return {**tests, "tests": [one for one in tests["tests"] if one["name"] == alarm]}


def break_alarm(alarm: str, expression: str) -> Mapping[str, Any]:
    """Return the rules in which one alarm asks something else."""
    rules = read(RULES)
    for rule in (rule for group in rules["groups"] for rule in group["rules"] if rule["alert"] == alarm):
        rule["expr"] = expression
    return rules


def unnoticed(folder: Path) -> Iterator[str]:
    """Yield every planted fault that the tests do not notice."""
    for rule in (rule for group in read(RULES)["groups"] for rule in group["rules"]):
        alarm = rule["alert"]
        (folder / TESTS).write_text(yaml.safe_dump(tests_of(alarm)), encoding="utf-8")
        for what, expression in PLANTED.items():
            (folder / RULES).write_text(yaml.safe_dump(break_alarm(alarm, expression)), encoding="utf-8")
            if promtool("test", "rules", str(folder / TESTS))[0]:
                yield f"{alarm}: {what}, en dat merkt {TESTS} niet"


def main() -> int:
    """Check; 1 on a finding."""
    if shutil.which("promtool") is None:
        print("!!! ALARMS NOT CHECKED: promtool is absent (apt install prometheus)", file=sys.stderr)
        return 0
    asked = (
        ("check", "config", str(FOLDER / "prometheus.yml")),
        ("check", "rules", str(FOLDER / RULES)),
        ("test", "rules", str(FOLDER / TESTS)),
    )
    alarms = [rule for group in read(RULES)["groups"] for rule in group["rules"]]
    findings = [said for good, said in (promtool(*one) for one in asked) if not good]
    with tempfile.TemporaryDirectory() as name:
        missed = list(unnoticed(Path(name)))
    print(
        f"{len(alarms)} alarmen klinken als het moet" if not findings else f"{len(alarms)} alarmen, en niet alle goed"
    )
    planted = len(PLANTED) * len(alarms)
    tell_planted(planted - len(missed), planted)
    findings += missed
    for one in findings:
        print(one, file=sys.stderr)
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
