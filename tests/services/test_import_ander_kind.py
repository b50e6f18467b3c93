"""A plaatsing that an import gives to another child takes all that hangs on it along, in the audit as everywhere.

A changed row is a correction, and the first version of a plaatsing may name the child that it was mistaken for.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models import Kindgesprek, Pleegkind, Wijziging
from app.queries.kwartaaltoetsen import rijen
from app.queries.oordelen.organisatie import iterate_oordelen
from app.security.secrets import Secrets
from tests.imports import bouw
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU

MORGEN = NU + timedelta(days=1)
TWEEDE = {"nummer": "K2", "roepnaam": "Eva", "achternaam": "Mulder", "bsn": ""}
LAAT = {"datum": date(2025, 7, 1), "vastgelegd_op": date(2025, 9, 1)}
DEELTIJD = {"nummer": "P2", "vorm": "deeltijd", "van": date(2025, 2, 1), "tot": ""}


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def boek(kind: str, *more: dict[str, Any]) -> bouw.Boek:
    """Two children, of whom ``kind`` has the plaatsing with a talk that was recorded late."""
    own = {"pleegkind": kind, "tot": ""}
    return bouw.boek_met(pleegkinderen=[{}, TWEEDE], plaatsingen=[own, *more], kindgesprekken=[LAAT])


def test_the_audit_is_built_when_no_child_of_the_first_version_is_in_it(importeur: Importeur) -> None:
    assert importeur.boek(boek("K1")).exit_code == 0
    assert set(importeur.toets("2025-Q3")) == {"K1"}
    assert importeur.boek(boek("K2"), nu=MORGEN).exit_code == 0
    rows = importeur.toets("2025-Q3")
    assert {kind: row["plaatsing"]["nummer"] for kind, row in rows.items()} == {"K2": "P1"}


def test_the_audit_is_built_when_both_children_are_in_different_batches(
    importeur: Importeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rijen, "BATCH", 1)
    importeur.boek(boek("K1", DEELTIJD))
    importeur.boek(boek("K2", {**DEELTIJD, "pleegkind": "K1"}), nu=MORGEN)
    rows = importeur.toets("2025-Q3")
    assert {kind: row["plaatsing"]["nummer"] for kind, row in rows.items()} == {"K1": "P2", "K2": "P1"}


def test_what_is_counted_goes_along_and_stays_what_it_was_before(importeur: Importeur) -> None:
    def counted() -> dict[str, tuple[int, int]]:
        return {
            kind: (row["lateRegistraties"], row["professionals12m"]) for kind, row in importeur.toets("2025-Q3").items()
        }

    importeur.boek(boek("K1", DEELTIJD))
    assert counted() == {"K1": (1, 1)}
    importeur.boek(boek("K2", {**DEELTIJD, "pleegkind": "K1"}), nu=MORGEN)
    assert counted() == {"K1": (0, 0), "K2": (1, 1)}


def test_what_is_recorded_there_later_is_of_the_other_child_in_the_log(importeur: Importeur) -> None:
    importeur.boek(boek("K1"))
    later = boek("K2")
    later["kindgesprekken"].append({**later["kindgesprekken"][0], "nummer": "T2", "vastgelegd_op": ""})
    assert importeur.boek(later, nu=MORGEN).exit_code == 0
    with Session(importeur.engine) as session:
        own = importeur.organisatie(session).id
        named = select(Pleegkind.nummer).join(Wijziging, Wijziging.pleegkind_id == Pleegkind.id)
        for nummer, kind in (("T1", "K1"), ("T2", "K2")):
            (gesprek,) = versions(session, Kindgesprek, own, nummer)
            entry = named.where(Wijziging.tabel == "kindgesprek", Wijziging.rij_id == gesprek.id)
            assert session.scalars(entry).all() == [kind], nummer


def test_what_was_done_about_a_check_was_done_whoever_the_check_is_of(importeur: Importeur) -> None:
    """The step stays in the file in which it was recorded; an aanleiding is answered by a step about it."""

    def about(kind: str) -> bouw.Boek:
        made = boek(kind)
        made["veiligheidschecks"][0] |= {"datum": date(2026, 10, 1), "uitkomst": "onveilig"}
        made["opvolgstappen"][0] |= {"aanleiding_soort": "veiligheidscheck", "aanleiding": "C1"}
        return made

    def answered(bekend_op: datetime | None = None) -> dict[str, date | None]:
        with Session(importeur.engine) as session:
            organisatie = importeur.organisatie(session).id
            return {
                item.pleegkind_nummer: item.oordeel.laatste.datum if item.oordeel.laatste else None
                for item in iterate_oordelen(session, organisatie, date(2026, 10, 10), bekend_op)
                if (item.oordeel.norm.code, item.onderwerp_nummer) == ("OPV-O", "C1")
            }

    assert importeur.boek(about("K1")).exit_code == 0
    assert answered() == {"K1": date(2026, 10, 2)}
    assert importeur.boek(about("K2"), nu=MORGEN).exit_code == 0
    assert answered() == {"K2": date(2026, 10, 2)}
    assert answered(NU) == {"K1": date(2026, 10, 2)}
