"""Two imports of one organisatie at once, and one beside the service: one after the other, and nothing half."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.models import Kindgesprek, Plaatsing, Pleegkind
from app.models.versions import holds
from app.security.bsn import blind_index
from app.security.secrets import Secrets
from app.services.beheer.organisaties import create_organisatie, find_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.services.termijnen import check_termijnen
from app.services.werkboek.beurt import import_turn
from app.services.werkboek.run import Importverzoek, NetGemaakt, Terugverzoek, run_import, run_take_back
from app.services.werkboek.verslag import Importverslag
from app.terms import OrganisatieSoort
from tests.imports import bouw
from tests.services.importeer import Importeur
from tests.services.momenten import NU, VANDAAG

TWEEDE = {"nummer": "P2", "van": date(2025, 12, 1), "tot": ""}  # before P1 ends
WACHT = 10


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def count(importeur: Importeur, model: Any) -> int:
    with Session(importeur.engine) as session:
        wanted = select(func.count()).where(model.organisatie_id == importeur.organisatie(session).id, holds(model))
        return session.execute(wanted).scalar_one()


def no_difference(importeur: Importeur) -> bool:
    with Session(importeur.engine) as session:
        return not check_termijnen(session, importeur.organisatie(session).id, VANDAAG).afwijkingen


class Tegelijk:
    """Runs two imports that begin at the same moment."""

    def __init__(self, importeur: Importeur) -> None:
        self._importeur, self.said = importeur, list[str]()

    def __call__(self, *boeken: bouw.Boek) -> list[Importverslag]:
        paths = [self._importeur.write(boek) for boek in boeken]
        begin = threading.Barrier(len(paths))

        def run(path: Path) -> Importverslag:
            opdracht = Importverzoek(path, self._importeur.code, nieuw=True)
            begin.wait(WACHT)
            return run_import(
                self._importeur.engine, opdracht, secrets=self._importeur.sleutels, nu=NU, tell=self.said.append
            )

        with ThreadPoolExecutor(len(paths)) as pool:
            return list(pool.map(run, paths))


@pytest.fixture
def tegelijk(importeur: Importeur) -> Tegelijk:
    return Tegelijk(importeur)


def test_two_first_imports_of_one_workbook(importeur: Importeur, tegelijk: Tegelijk) -> None:
    boek = bouw.boek_met(kindgesprekken=[{}, *({"nummer": f"T{n}"} for n in range(2, 200))])
    found = tegelijk(boek, boek)
    assert [verslag.exit_code for verslag in found] == [0, 0]
    assert sorted(verslag.nieuwe_organisatie for verslag in found) == [False, True]
    assert sorted(verslag.uitkomst.changed for verslag in found if verslag.uitkomst) == [False, True]
    assert tegelijk.said == [f"Er loopt al een import van {importeur.code}; deze wacht tot die klaar is."]
    assert count(importeur, Kindgesprek) == 199
    assert no_difference(importeur)


def test_the_second_is_checked_against_what_the_first_brought(importeur: Importeur, tegelijk: Tegelijk) -> None:
    """Apart both are faultless; together a child would live in two places."""
    importeur.boek({**bouw.boek_met(), "plaatsingen": [], **{blad: [] for blad in PER_PLAATSING}})
    een = bouw.boek_met()
    ander = {blad: [dict(rij) for rij in rijen] for blad, rijen in een.items() if blad not in PER_PLAATSING}
    ander["plaatsingen"][0].update(TWEEDE)
    found = tegelijk(een, ander)
    assert sorted(verslag.exit_code for verslag in found) == [0, 1]
    (fout,) = next(verslag.fouten for verslag in found if verslag.fouten)
    assert (fout.blad, fout.kolom, fout.code) == ("plaatsingen", "van", "overlap")
    assert count(importeur, Plaatsing) == 1
    assert no_difference(importeur)


PER_PLAATSING = ("begeleidingen", "kindgesprekken", "veiligheidschecks", "huisbezoeken")


def record_beside(importeur: Importeur, model: type[Any], inhoud: Callable[[int], dict[str, Any]]) -> Any:
    """Return a progress function that records something as the service does, while the workbook is being checked."""
    done = list[bool]()

    def beside(*_progress: object) -> None:
        if not done:
            done.append(True)
            with unit_of_work(importeur.engine) as session:
                key = importeur.organisatie(session).id
                record_feit(begin_recording(session, key, NU, None), model, inhoud(key))

    return beside


def test_what_the_service_records_during_the_check_is_seen(importeur: Importeur) -> None:
    importeur.boek(bouw.boek_met(pleegkinderen=[{"bsn": ""}]))

    def ander_kind(key: int) -> dict[str, Any]:
        return {
            "roepnaam": "Eva", "achternaam": "Bos", "geboortedatum": date(2014, 3, 3), "geslacht": None,
            "bsn_index": blind_index(importeur.sleutels, key, "123456782"), "bsn_versleuteld": b"x" * 40,
        }  # fmt: skip

    path = importeur.write(bouw.boek_met(kindgesprekken=[{}, {"nummer": "T2"}]))
    beside = record_beside(importeur, Pleegkind, ander_kind)
    opdracht = Importverzoek(path, importeur.code)
    found = run_import(importeur.engine, opdracht, secrets=importeur.sleutels, nu=NU, progress=beside)
    assert [(fout.blad, fout.rij, fout.kolom, fout.code) for fout in found.fouten] == [
        ("pleegkinderen", 2, "bsn", "dubbel_bsn")
    ]
    assert found.uitkomst is None
    assert count(importeur, Kindgesprek) == 1


def test_taking_back_waits_its_turn(importeur: Importeur) -> None:
    importeur.boek(bouw.boek_met())
    said, told = list[str](), threading.Event()

    def tell(sentence: str) -> None:
        said.append(sentence)
        told.set()

    with ThreadPoolExecutor(1) as pool:
        with import_turn(importeur.engine, importeur.code, said.append):
            terug = pool.submit(run_take_back, importeur.engine, Terugverzoek(importeur.code), nu=NU, tell=tell)
            assert told.wait(WACHT)
            assert count(importeur, Kindgesprek) == 1
        assert terug.result(WACHT).exit_code == 0
    assert len(said) == 1
    assert count(importeur, Kindgesprek) == 0


def test_an_organisatie_that_the_service_makes_at_this_moment_is_one_line(importeur: Importeur) -> None:
    path, begun = importeur.write(bouw.boek_met()), threading.Event()

    def make() -> None:
        with unit_of_work(importeur.engine) as session:
            assert find_organisatie(session, importeur.code) is None
            create_organisatie(session, importeur.code, "Zelf gemaakt", OrganisatieSoort.AANBIEDER)
            begun.set()
            threading.Event().wait(1)  # the import meets the row before it is committed

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(make)
        assert begun.wait(WACHT)
        with pytest.raises(NetGemaakt, match="op dit moment gemaakt"):
            run_import(
                importeur.engine, Importverzoek(path, importeur.code, nieuw=True), secrets=importeur.sleutels, nu=NU
            )
        made.result(WACHT)
    assert count(importeur, Kindgesprek) == 0
