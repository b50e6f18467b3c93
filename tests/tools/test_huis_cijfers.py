"""The figures of the house count what they say they count, in a tree that is made for it."""

import importlib.util
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tools.hops import Hops
from tools.huis_cijfers import files_per_folder, places_of, seconds_of, support_share

_ROUTES = """
def add(soort):
    def record_owned(session):
        noted = [one for one in soort.naam]
        return helper(helper(len(noted)), key=lambda: noted) and session.commit()
    return record_owned

def helper(value, key=None):
    return value
"""
_SESSION = """
class Session:
    def commit(self):
        pass
"""
_ANSWER = """
class Response:
    def __call__(self):
        pass
"""


def write(path: Path, text: str) -> ModuleType:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_counted_per_folder_and_by_the_kind_that_they_name(tmp_path: Path) -> None:
    for name in ("app/main.py", "app/norms/__init__.py", "app/norms/judge.py", "app/norms/ruis/find.py"):
        write(tmp_path / name, "HUISBEZOEKEN = 1\n" if "ruis" in name else "")
    assert files_per_folder(tmp_path) == {"app": 1, "app/norms": 1, "app/norms/ruis": 1}
    assert places_of(tmp_path, "huisbezoek") == ["app/norms/ruis/find.py"]


def test_support_is_what_stands_in_no_file_of_tests(tmp_path: Path) -> None:
    write(tmp_path / "tests/test_een.py", "x = 1\n" * 3)
    write(tmp_path / "tests/api/wereld.py", "x = 1\n")
    assert support_share(tmp_path) == pytest.approx(0.25)


def test_a_report_says_how_long_the_suite_took(tmp_path: Path) -> None:
    report = tmp_path / "junit.xml"
    report.write_text('<testsuites><testsuite tests="2" time="1.5"/><testsuite tests="3" time="2"/></testsuites>')
    assert seconds_of(report) == (5, 3.5)


@pytest.mark.parametrize(("naam", "counted"), [("kindgesprek", [(3, 2)]), ("huisbezoek", [])])
def test_calls_are_those_between_the_route_of_a_talk_and_its_commit(
    tmp_path: Path, naam: str, counted: list[tuple[int, int]]
) -> None:
    record = write(tmp_path / "app/routes.py", _ROUTES).add(SimpleNamespace(naam=naam))
    session = write(tmp_path / "sqlalchemy/orm/session.py", _SESSION).Session()
    answer = write(tmp_path / "starlette/responses.py", _ANSWER).Response()
    hops = Hops(tmp_path / "app")
    hops.begin()
    try:
        for step in (lambda: record(session), lambda: record.__globals__["helper"](1), answer):
            asked = threading.Thread(target=step)
            asked.start()
            asked.join()
    finally:
        hops.end()
    assert [(calls.total(), len(calls)) for calls in hops.recordings] == counted
