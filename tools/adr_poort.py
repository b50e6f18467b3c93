"""The NLGov API design rules over ``openapi.json``: no finding, and a planted fault is found.

The rules are Logius's and lie outside this repository; the linter is Spectral, from npm. Where either is absent nothing
is checked, and that is said loudly: ``python -m tools.adr_poort REGELS``.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_SPECTRAL = _ROOT / "node_modules" / ".bin" / "spectral"
_DOCUMENT = _ROOT / "openapi.json"


def lint(rules: Path, document: Path) -> tuple[bool, str]:
    """Return whether the linter finds nothing, hints included, and what it prints."""
    command = [str(_SPECTRAL), "lint", "-r", str(rules), "--fail-severity=hint", str(document)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def plant_fault(document: Path, folder: Path) -> Path:
    """Write a copy in which one answer forgets its headers; return where."""
    broken = json.loads(document.read_text(encoding="utf-8"))
    del broken["paths"]["/ik"]["get"]["responses"]["200"]["headers"]
    file = folder / "openapi.json"
    file.write_text(json.dumps(broken), encoding="utf-8")
    return file


def main(arguments: list[str]) -> int:
    """Check; 1 on a finding, or when the planted fault is not found."""
    rules = Path(arguments[0]) if arguments else Path()
    if not (rules.is_file() and _SPECTRAL.exists()):
        print("!!! API DESIGN RULES NOT CHECKED: the rules or the linter are absent", file=sys.stderr)
        return 0
    clean, said = lint(rules, _DOCUMENT)
    if not clean:
        print(said, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        missed, _ = lint(rules, plant_fault(_DOCUMENT, Path(folder)))
    if missed:
        print("the design rules' linter misses a planted fault: it checks nothing", file=sys.stderr)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
