"""Fail when a lock names where it was made: an index, a mirror or a path of one machine.

A committed address ties every later set-up to that place, and may carry a password. So the lock is names,
versions and hashes, and everything else in it is a finding.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

# A pinned name (no local version: those come from private indexes), maybe a marker; or a hash. Nothing else.
PIN = re.compile(r"[A-Za-z0-9._-]+(\[[A-Za-z0-9,._-]+\])?==[A-Za-z0-9.!]+( ; [^/@]+?)?( \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
NPMRC_PLACE = re.compile(r"//|^\s*(@[^:]+:)?registry\s*=|_auth|proxy\s*=|=\s*[~./\\]|\$\{", re.IGNORECASE)
PLACE = re.compile(r"://|^(file|git|link|git\+\w+):|^[~./]|^[\w-]+/[\w-]+$")
UV_PLACES = {"index", "index-url", "extra-index-url", "find-links", "sources", "pip"}
ALWAYS_ADDRESSED = ["uv.lock", "pylock.toml", "pylock.*.toml"]


def requirements_findings(root: Path) -> Iterator[str]:
    """Yield every line of a requirements file that is neither a pin nor a hash."""
    files = sorted((root / "requirements").iterdir())
    if not {"run.txt", "dev.txt", "uv.txt"} <= {file.name for file in files}:
        yield "requirements/: run.txt, dev.txt and uv.txt must all be there"
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not (PIN.fullmatch(line) or HASH.fullmatch(line)):
                yield f"requirements/{file.name}:{number}: {line.strip()}"


NPM_FOLDERS = ("", "tests_e2e/aanmelden/")


def npm_findings(root: Path) -> Iterator[str]:
    """Yield registries in .npmrc, places in package.json, and resolved addresses in the npm lock, of each folder."""
    for folder in NPM_FOLDERS:
        for finding in _npm_findings_in(root / folder):
            yield folder + finding


def _npm_findings_in(folder: Path) -> Iterator[str]:
    for number, line in enumerate((folder / ".npmrc").read_text("utf-8").splitlines(), 1):
        if not line.lstrip().startswith(("#", ";")) and NPMRC_PLACE.search(line):
            yield f".npmrc:{number}: {line}"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    for name, version in {**package.get("dependencies", {}), **package.get("devDependencies", {})}.items():
        if PLACE.search(version):
            yield f"package.json: {name}: {version}"
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))
    for name, entry in lock["packages"].items():
        if "resolved" in entry:
            yield f"package-lock.json: {name}: resolved {entry['resolved']}"
        elif name and "integrity" not in entry:
            yield f"package-lock.json: {name}: no integrity hash"


def pyproject_findings(root: Path) -> Iterator[str]:
    """Yield indexes and direct references in pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    for key in sorted(UV_PLACES & project.get("tool", {}).get("uv", {}).keys()):
        yield f"pyproject.toml: tool.uv.{key}"
    groups = [project["project"]["dependencies"], *project.get("dependency-groups", {}).values()]
    yield from (f"pyproject.toml: {item}" for group in groups for item in group if "@" in str(item))


def tracked_findings(root: Path) -> Iterator[str]:
    """Yield lock formats that always hold addresses, when git tracks or would add them."""
    if not (root / ".git").exists():
        return  # an unpacked archive: nothing to commit
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *ALWAYS_ADDRESSED]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    yield from (f"{name}: always holds addresses; do not commit it" for name in listed.split())


def main(root: Path) -> int:
    """Print the findings; return 1 when there are any."""
    checks = (requirements_findings, npm_findings, pyproject_findings, tracked_findings)
    findings = [finding for check in checks for finding in check(root)]
    for finding in findings:
        print(f"address: {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[1]))
