"""``pleegzicht beheerder``: the first account of an organisatie, new or imported; and one line for what is refused."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models import Account, Medewerker
from app.models.versions import holds
from app.services.beheer.organisaties import find_organisatie
from tests.cli.conftest import Run, Uitkomst, forget_settings
from tests.imports import bouw

ISSUER = "https://aanmelden.example"


@pytest.fixture
def issuer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PLEEGZICHT_OIDC_ISSUER": ISSUER,
        "PLEEGZICHT_OIDC_JWKS_URL": f"{ISSUER}/jwks",
    }.items():
        monkeypatch.setenv(name, value)
    forget_settings()


@pytest.fixture
def imported(run: Run, code: str, tmp_path: Path, issuer: None) -> str:
    """Return the code of an organisatie that came by an import, with a beheerder who cannot sign in."""
    boek = bouw.boek_met()
    boek["medewerkers"].append({"nummer": "M9", "naam": "Bea Beheer", "rol": "beheerder"})
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(boek))
    done = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert done.code == 0, done.err
    return code


def first(run: Run, code: str, naam: str, subject: str, *more: str) -> Uitkomst:
    return run("beheerder", "--organisatie", code, "--naam", naam, "--subject", subject, *more)


def accounts(engine: Engine, code: str) -> list[tuple[str, str, str]]:
    """Return of each account the nummer and naam of its medewerker, and its subject."""
    with Session(engine) as session:
        found = find_organisatie(session, code)
        assert found is not None
        rows = session.execute(
            select(Medewerker.nummer, Medewerker.naam, Account.subject)
            .join(Account, Account.medewerker_id == Medewerker.feit_id)
            .where(Account.organisatie_id == found.id, holds(Medewerker))
        )
        return [(nummer, naam, subject) for nummer, naam, subject in rows]


def test_an_imported_organisatie_gets_its_first_account(run: Run, engine: Engine, imported: str) -> None:
    done = first(run, imported, "Bea Beheer", f"bea-{imported}")
    assert (done.code, done.out) == (0, "")
    assert accounts(engine, imported) == [("M9", "Bea Beheer", f"bea-{imported}")]
    again = first(run, imported, "Een ander", f"ander-{imported}")
    assert (again.code, again.line) == (2, "Fout: Deze organisatie is er al; haar beheerder voegt medewerkers toe.")


def test_who_is_not_in_the_workbook_is_added(run: Run, engine: Engine, imported: str) -> None:
    assert first(run, imported, "Nieuwe Beheerder", f"nb-{imported}").code == 0
    ((nummer, naam, _),) = accounts(engine, imported)
    assert (nummer.startswith("PZ"), naam) == (True, "Nieuwe Beheerder")


def test_a_sub_that_is_taken_is_one_line(run: Run, imported: str) -> None:
    assert first(run, imported, "Bea Beheer", f"bea-{imported}").code == 0
    taken = first(run, f"{imported}B", "Bea", f"bea-{imported}", "--organisatienaam", "Een andere")
    assert taken.code == 2
    assert taken.line == "Fout: Een andere medewerker meldt zich al met dit account aan."
    assert "Onverwachte fout" not in taken.err


def test_a_new_organisatie_has_a_name(run: Run, issuer: None, code: str) -> None:
    refused = first(run, code, "Bea", f"bea-{code}")
    assert (refused.code, "--organisatienaam" in refused.line) == (2, True)
    assert first(run, code, "Bea", f"bea-{code}", "--organisatienaam", "Nieuw").code == 0


@pytest.mark.parametrize("value", ["", "  ", "\u200b", "A\u202eB", "a\nb", "x" * 251])
@pytest.mark.parametrize("option", ["--naam", "--subject", "--organisatienaam"])
def test_a_text_that_the_api_refuses_is_refused(run: Run, code: str, issuer: None, option: str, value: str) -> None:
    given = {"--naam": "Bea Beheer", "--subject": f"bea-{code}", "--organisatienaam": "Nieuw"} | {option: value}
    done = run("beheerder", "--organisatie", code, *(part for pair in given.items() for part in pair))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done.err
    given[option] = f"Goed-{code}"
    assert run("beheerder", "--organisatie", code, *(part for pair in given.items() for part in pair)).code == 0
