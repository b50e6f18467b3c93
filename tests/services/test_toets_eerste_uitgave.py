"""An audit that was frozen before the second catalogue: what it was, to the byte; made today it says the same.

What it was stands in ``tests/data/uitgave-1``, as the code of then exported it.
"""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.exports.kwartaaltoets.formats import write_kwartaaltoets
from app.exports.verifieer import verify_file
from app.lib.ids import new_uid
from app.models import Kwartaaltoets, KwartaaltoetsRegel, Medewerker, Plaatsing, Pleegkind
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.digests import verify_frozen
from app.security.secrets import Secrets
from app.services.feiten.versions import begin_recording, record_feit
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.terms import Rol, Toetsformaat, ToetsStatus
from tests.services.importeer import Importeur
from tests.services.momenten import NU, VANDAAG
from tests.werkboeken import AANBIEDER_A, DATA

KWARTAAL = "2026-Q3"


def of_then(formaat: str) -> bytes:
    return gzip.decompress((DATA / f"uitgave-1/aanbieder-a.kwartaaltoets-{KWARTAAL}.{formaat}.gz").read_bytes())


@pytest.fixture(scope="module")
def aanbieder(engine: Engine, sleutels: Secrets, tmp_path_factory: pytest.TempPathFactory) -> Importeur:
    importeur = Importeur(engine, sleutels, "UITGAVE-1", tmp_path_factory.mktemp("uitgave"))
    assert importeur.file(AANBIEDER_A).exit_code == 0
    return importeur


@pytest.fixture
def frozen(aanbieder: Importeur, session: Session) -> Kwartaaltoets:
    """Return the audit in the tables of today, with the content of then; rolled back with the session."""
    told = json.loads(of_then("json"))
    inhoud, door = told["inhoud"], told["vaststelling"]["door"]
    organisatie = aanbieder.organisatie(session).id
    regels, kengetallen = inhoud.pop("regels"), inhoud.pop("kengetallen")
    toets = Kwartaaltoets(
        uid=new_uid(), organisatie_id=organisatie, kwartaal=KWARTAAL, versie=1, status=ToetsStatus.CONCEPT,
        vervangt_id=None, aangemaakt_op=NU, aangemaakt_door=None, bekend_op=NU, volgorde=1, kop=inhoud,
        kengetallen=kengetallen, rijen=len(regels), digest=told["digest"], vastgesteld_op=None, vastgesteld_door=None,
        zegel_id=None,
    )  # fmt: skip
    session.add(toets)
    session.flush()
    kinderen, plaatsingen = _keys(session, organisatie, Pleegkind), _keys(session, organisatie, Plaatsing)
    session.add_all(
        KwartaaltoetsRegel(
            organisatie_id=organisatie, toets_id=toets.id, positie=positie, navolgbaar=regel["navolgbaar"],
            pleegkind_id=kinderen[regel["pleegkind"]["nummer"]], plaatsing_id=plaatsingen[regel["plaatsing"]["nummer"]],
            begeleider_id=None, team_id=None, ruisscore=regel["ruisscore"], inhoud=regel,
        )
        for positie, regel in enumerate(regels, start=1)
    )  # fmt: skip
    session.flush()
    wie = _who_froze(session, organisatie, door)
    toets.status, toets.vastgesteld_op, toets.vastgesteld_door, toets.versie = ToetsStatus.VASTGESTELD, NU, wie, 2
    session.flush()
    return toets


def _keys(session: Session, organisatie: int, model: Any) -> dict[str, int]:
    own = select(model.nummer, model.feit_id).where(model.organisatie_id == organisatie)
    return {row.nummer: row.feit_id for row in session.execute(own)}


def _who_froze(session: Session, organisatie: int, nummer: str) -> int:
    """Record the kwaliteitsmedewerker of then, by the nummer that the export names."""
    recording = begin_recording(session, organisatie, NU, None)
    said = {"naam": "Kim Kwaliteit", "email": None, "rol": Rol.KWALITEITSMEDEWERKER, "team_id": None}
    wie = record_feit(recording, Medewerker, said)
    assert wie.nummer == nummer
    return wie.id


@pytest.mark.parametrize("formaat", [Toetsformaat.CSV, Toetsformaat.JSON])
def test_what_was_frozen_is_exported_as_then_to_the_byte(
    session: Session, frozen: Kwartaaltoets, formaat: Toetsformaat
) -> None:
    now = b"".join(write_kwartaaltoets(session, frozen, formaat, with_names=False))
    assert now == of_then(formaat.value)


def test_its_digest_and_key_figures_are_those_of_its_rows(session: Session, frozen: Kwartaaltoets) -> None:
    found = verify_frozen(session, [frozen.organisatie_id])
    assert (found.toetsen, found.regels, found.afwijkingen) == (1, 312, ())


def test_the_file_of_then_is_whole(tmp_path: Path, frozen: Kwartaaltoets) -> None:
    file = tmp_path / "toets.json"
    file.write_bytes(of_then("json"))
    found = verify_file(file)
    assert (found.digest, found.regels, found.afwijkingen) == (frozen.digest, 312, ())


def test_made_today_each_row_says_the_same_in_every_column_of_then(aanbieder: Importeur, session: Session) -> None:
    opdracht = Toetsverzoek(aanbieder.organisatie(session).id, NU, VANDAAG)
    toets = establish_toets(session, opdracht, Kwartaal.parse(KWARTAAL), freeze=False, replace=False)
    made = b"".join(write_kwartaaltoets(session, toets, Toetsformaat.CSV, with_names=False)).decode()
    head, *rows = csv.reader(io.StringIO(made))
    head_of_then, *rows_of_then = csv.reader(io.StringIO(of_then("csv").decode()))
    assert (len(head_of_then), len(rows_of_then), len(rows)) == (22, 312, 312)
    assert head == [*head_of_then, "zien_stand", "zien_laatste", "opvolging_stand", "zichtplan"]
    other = [
        (row[0], naam, then, now)
        for row, row_of_then in zip(rows, rows_of_then, strict=True)
        for naam, then, now in zip(head_of_then, row_of_then, row[:22], strict=True)
        if then != now
    ]
    assert other == []
    assert {tuple(row[22:]) for row in rows} == {("nvt", "", "nvt", "nvt")}
