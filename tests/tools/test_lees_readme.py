"""The reader of README runs every block, and sees what is not as README says."""

from pathlib import Path

import pytest

from tools.lees_readme import ROOT, Blok, Lezer, Mislukt, as_run, check_elsewhere, read_blocks, stop

README = (ROOT / "README.md").read_text("utf-8")


def test_every_block_of_commands_is_read_and_has_a_mark_that_is_known() -> None:
    blocks = read_blocks(README)
    assert len(blocks) == README.count("```sh") > 4
    assert {block.merk.split()[0] for block in blocks if block.merk} <= {"dienst", "apart", "elders"}
    assert [block.merk for block in blocks].index("dienst") == 0  # what follows asks it
    lines = README.splitlines()
    assert all(lines[block.regel - 1] == block.tekst.splitlines()[0] for block in blocks)


def test_no_block_of_readme_hides_as_another_kind() -> None:
    fences = [line for line in README.splitlines() if line.startswith("```")]
    assert set(fences) <= {"```sh", "```"}
    assert fences.count("```") == fences.count("```sh") + 2  # each closes; one drawing opens and closes


def test_commands_run_on_a_port_of_their_own() -> None:
    assert as_run("make run  # op http://127.0.0.1:8000\n", 8107) == (
        'make run ARGS="--port 8107"  # op http://127.0.0.1:8107\n'
    )
    assert as_run(".venv/bin/pleegzicht serve\n", 8107) == ".venv/bin/pleegzicht serve --port 8107\n"


@pytest.fixture
def lezer(tmp_path: Path) -> Lezer:
    return Lezer(tmp_path, tmp_path)


@pytest.mark.parametrize(
    "tekst",
    ["true\nfalse\ntrue\n", "false | cat\n", "x=$(false)\n", "true   # sluit af met 1\n", "echo $ONBEKEND\n"],
)
def test_what_ends_otherwise_than_it_says_is_seen(lezer: Lezer, tekst: str) -> None:
    shell = lezer._shell(lezer.work)
    try:
        with pytest.raises(Mislukt, match="README regel 7"):
            lezer._run(shell, 7, as_run(tekst, 1))
    finally:
        stop(shell)


def test_an_answer_that_is_an_error_is_seen_however_the_function_goes_on(lezer: Lezer) -> None:
    shell = lezer._shell(lezer.work)
    try:
        lezer._run(shell, 1, as_run("A=1\nfalse   # sluit af met 1\ncat\n", 1))  # nothing to read is no waiting
        lezer._run(shell, 2, '[ "$A" = 1 ]\n')  # one shell for all
        (lezer.work / "fouten").write_text("curl: 22\n")
        with pytest.raises(Mislukt, match="een antwoord was een fout"):
            lezer._run(shell, 3, "true\n")
    finally:
        stop(shell)


def test_what_is_run_elsewhere_stands_there(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("make check ARGS=x\n")
    check_elsewhere(Blok(1, "elders run", "make check   # alles\n"), tmp_path)
    for merk, tekst in (("elders run", "make drill\n"), ("elders weg", "make check\n")):
        with pytest.raises(Mislukt):
            check_elsewhere(Blok(1, merk, tekst), tmp_path)
