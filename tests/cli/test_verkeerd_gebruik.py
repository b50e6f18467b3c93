"""Every command, called wrongly in every way that its parameters allow: one Dutch line, and exit 2."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from app.cli.foutzinnen import system_fault
from app.cli.main import cli, main
from app.demo.omvang import OnbekendeOmvang

GROUP: Any = typer.main.get_command(cli)
ENGELS = re.compile(
    r"\b(missing|invalid|value|no such|got|unexpected|requires?|argument|option|input|should|must|error|not|is not|"
    r"required|default|usage|show|command|message|does|the)\b",
    re.IGNORECASE,
)
#: options whose value is looked at before the command begins
CHECKED = {
    "--port",
    "--workers",
    "--seed",
    "--formaat",
    "--peildatum",
    "--bekend-op",
    "--norm",
    "--stand",
    "--organisatie",
    "--uitvoer",
    "--reden",
    "--naam",
    "--subject",
    "--organisatienaam",
}
BULLETS = "\N{BULLET}\N{BULLET}"
#: what each of these refuses; the others refuse bullets
WRONG = {
    "--uitvoer": "/", "--reden": "A\u202eB", "--naam": "", "--subject": " ", "--organisatienaam": "\u200b",
    "--peildatum": "20261130",
}  # fmt: skip


def wrong_calls() -> Iterator[list[str]]:
    yield ["bestaatniet"]
    yield ["--bestaatniet"]
    for name, command in GROUP.commands.items():
        yield [name, "--bestaatniet"]
        yield [name, "a", "b", "c", "d"]
        if any(parameter.required for parameter in command.params):
            yield [name]
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                if option == "--help":
                    continue
                yield [name, f"{option}=x"] if parameter.is_flag else [name, option]
                if option in CHECKED:
                    yield [name, f"{option}={WRONG.get(option, BULLETS)}"]


CALLS = list(wrong_calls())


def test_every_command_is_called_wrongly() -> None:
    assert {call[0] for call in CALLS} >= set(GROUP.commands)
    assert {part.partition("=")[0] for call in CALLS for part in call if "=" in part} >= CHECKED
    assert len(CALLS) > 4 * len(GROUP.commands)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_wrong_use_is_one_dutch_line(
    call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pleegzicht", *call])
    with pytest.raises(SystemExit) as done:
        main()
    said = capsys.readouterr()
    assert (done.value.code, said.out) == (2, "")
    (line,) = said.err.splitlines()
    assert line.startswith("Verkeerd gebruik: ")
    assert len(line) > len("Verkeerd gebruik: .")
    assert ENGELS.findall(line.replace("--", "")) == []


def test_a_size_that_is_none_says_what_it_may_be() -> None:
    assert str(OnbekendeOmvang()).startswith("De omvang is klein")


@pytest.mark.parametrize("name", [None, *GROUP.commands])
def test_the_help_is_dutch(
    name: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pleegzicht", *([name] if name else []), "--help"])
    with pytest.raises(SystemExit) as done:
        main()
    said = capsys.readouterr().out
    assert done.value.code == 0
    assert "Gebruik: pleegzicht" in said
    assert "Toon deze uitleg." in said
    for english in ("Usage", "Options:", "Arguments:", "[required]", "[default", "Show this", "COMMAND"):
        assert english not in said


@pytest.mark.parametrize("number", [*sorted(errno.errorcode), 0, 4711])
def test_what_the_operating_system_says_is_dutch(number: int) -> None:
    for error in (OSError(number, os.strerror(number), "uit.csv"), OSError(number, os.strerror(number)), OSError()):
        said = system_fault(error)
        assert said.strip()
        assert ENGELS.search(said) is None, said
        assert "\n" not in said
        assert (error.filename or "") in said
