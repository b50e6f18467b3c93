"""A provider's whole workbook: in at one go, the expected judgements byte for byte, and once more changes nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.db import sessions
from app.exports.kwartaaltoets.formats import write_kwartaaltoets
from app.models import Pleegkind
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.pleegkinderen.zoeken import search_pleegkinderen
from app.queries.wijzigingen.rijen import NIET_VASTGELEGD
from app.security.bsn import blind_index
from app.security.secrets import Secrets
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.services.termijnen import check_termijnen
from app.services.werkboek.verslag import Importverslag
from app.terms import Toetsformaat
from tests.norms.werkboek import Rij
from tests.norms.werkboekbestand import read_xlsx
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import count_rows, read_rows
from tests.services.momenten import NU, VANDAAG
from tests.werkboeken import AANBIEDER_A, DATA

#: what the service makes of the rows of a workbook
NOT_FROM_ROWS = {
    "team",
    "termijn",
    "plaatsing_bezetting",
    "kind_in_begeleiding",
    "zonder_begeleider",
    "open_na_vertrek",
    "bericht",
} | {table for table in NIET_VASTGELEGD if "wijziging" in table}


@pytest.fixture(scope="module")
def aanbieder(engine: Engine, sleutels: Secrets, tmp_path_factory: pytest.TempPathFactory) -> Importeur:
    importeur = Importeur(engine, sleutels, "AANBIEDER-A", tmp_path_factory.mktemp("aanbieder"))
    verslag = importeur.file(AANBIEDER_A)
    assert verslag.exit_code == 0, verslag.as_text()
    return importeur


@pytest.fixture(scope="module")
def rijen() -> dict[str, list[Rij]]:
    return read_xlsx(AANBIEDER_A)


@pytest.fixture
def owner(database_url: str) -> Iterator[Engine]:
    owner = sessions.make_engine(database_url, role=None)
    yield owner
    owner.dispose()


@pytest.mark.parametrize("peildatum", ["2026-09-30", "2024-02-29"])
def test_the_export_is_the_expected_one_byte_for_byte(aanbieder: Importeur, peildatum: str) -> None:
    expected = (DATA / f"aanbieder-a.termijnen-{peildatum}.csv").read_bytes()
    assert aanbieder.export(date.fromisoformat(peildatum)) == expected


def test_every_row_is_in_and_the_stored_deadlines_are_right(
    aanbieder: Importeur, session: Session, rijen: dict[str, list[Rij]]
) -> None:
    organisatie_id = aanbieder.organisatie(session).id
    stored = {name: len(rows) for name, rows in read_rows(session, organisatie_id).items()}
    assert sum(map(len, rijen.values())) == sum(count for name, count in stored.items() if name not in NOT_FROM_ROWS)
    controle = check_termijnen(session, organisatie_id, VANDAAG)
    assert controle.afwijkingen == ()
    assert controle.termijnen == stored["termijn"] > 4000


def test_the_planner_knows_what_was_imported(aanbieder: Importeur, owner: Engine) -> None:
    assert aanbieder.code
    with owner.connect() as connection:
        counted = text("SELECT relname FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL")
        assert {"pleegkind", "plaatsing", "kindgesprek", "termijn"} <= set(connection.scalars(counted))


def test_the_second_import_changes_nothing(aanbieder: Importeur, engine: Engine) -> None:
    def everything() -> tuple[dict[str, int], dict[str, list[object]]]:
        with Session(engine) as session:
            return count_rows(session), read_rows(session, aanbieder.organisatie(session).id)

    before = everything()
    again: Importverslag = aanbieder.file(AANBIEDER_A)
    assert again.exit_code == 0
    assert again.uitkomst is not None
    assert not again.uitkomst.changed
    assert everything() == before


def test_a_bsn_is_nowhere_in_plain(aanbieder: Importeur, owner: Engine, rijen: dict[str, list[Rij]]) -> None:
    """Not in any column, and not in the bytes of the table and its indexes on disk."""
    numbers = [str(rij["bsn"]).encode() for rij in rijen["pleegkinderen"] if rij["bsn"]]
    assert len(numbers) > 300
    with owner.connect() as connection:
        shown = connection.execute(text("SELECT coalesce(string_agg(p::text, ' '), '') FROM pleegkind p")).scalar_one()
        connection.execute(text("CHECKPOINT"))
        on_disk = connection.execute(
            text("""
            SELECT string_agg(pg_read_binary_file(pg_relation_filepath(c.oid)), ''::bytea) FROM pg_class c
            WHERE c.oid = 'pleegkind'::regclass
            OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'pleegkind'::regclass)
            """)
        ).scalar_one()
    names = [str(rij["achternaam"]).encode() for rij in rijen["pleegkinderen"]]
    assert all(name in on_disk for name in names)  # what is in plain is found this way
    assert [number for number in numbers if number in on_disk or number in shown.encode()] == []


def test_a_child_is_found_by_its_bsn_within_its_own_organisatie(
    aanbieder: Importeur, session: Session, sleutels: Secrets, make_actor: MakeActor, rijen: dict[str, list[Rij]]
) -> None:
    organisatie = aanbieder.organisatie(session)
    actor = make_actor(session, organisatie)  # rolled back with the session
    kind = next(rij for rij in rijen["pleegkinderen"] if rij["bsn"])
    index = blind_index(sleutels, organisatie.id, str(kind["bsn"]))
    found = search_pleegkinderen(session, actor, naam=None, bsn_indexes=[index], vandaag=VANDAAG)
    assert [row["nummer"] for row in found] == [kind["nummer"]]
    elsewhere = blind_index(sleutels, organisatie.id + 1, str(kind["bsn"]))
    assert elsewhere != index
    assert search_pleegkinderen(session, actor, naam=None, bsn_indexes=[elsewhere], vandaag=VANDAAG) == []
    assert session.query(Pleegkind).filter(Pleegkind.bsn_index == elsewhere).count() == 0


def test_the_audit_is_the_expected_one_and_the_ruisscore_follows(aanbieder: Importeur, session: Session) -> None:
    opdracht = Toetsverzoek(aanbieder.organisatie(session).id, NU, VANDAAG)
    toets = establish_toets(session, opdracht, Kwartaal.parse("2026-Q3"), freeze=False, replace=False)
    lines = b"".join(write_kwartaaltoets(session, toets, Toetsformaat.CSV, with_names=False)).splitlines()
    expected = (DATA / "aanbieder-a.kwartaaltoets-2026-Q3.csv").read_bytes().splitlines()
    # The last four are of the second catalogue: of this quarter they say nothing.
    rows = [line.rsplit(b",", 5) for line in lines]
    assert [row[0] for row in rows] == expected
    assert rows[0][1:] == [b"ruisscore", b"zien_stand", b"zien_laatste", b"opvolging_stand", b"zichtplan"]
    assert {tuple(row[2:]) for row in rows[1:]} == {(b"nvt", b"", b"nvt", b"nvt")}
    assert sum(int(row[1]) for row in rows[1:]) > 100
