"""Fail when a run of the suite skipped a test, or ran none: a green that checked nothing is a defect."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def findings(report: Path) -> list[str]:
    """Return what is wrong with one JUnit report, one sentence per test."""
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - written by pytest a minute ago
    if not cases:
        return [f"{report}: no test ran"]
    # A strict xfail did run; pytest files it under skipped as well.
    skips = [(case, skip) for case in cases for skip in case.iter("skipped") if skip.get("type") != "pytest.xfail"]
    return [f"skipped: {case.get('classname')}::{case.get('name')}: {skip.get('message')}" for case, skip in skips]


def main(reports: list[str]) -> int:
    """Print what was skipped; return 1 when anything was, 2 without a report."""
    if not reports:
        print("usage: python -m tools.check_overgeslagen REPORT.xml...", file=sys.stderr)
        return 2
    found = [finding for report in reports for finding in findings(Path(report))]
    print("\n".join(found) or f"nothing skipped in {len(reports)} report(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
