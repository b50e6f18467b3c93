"""Importing again: what changed in the source is a correction; the rest is left alone, whatever people did since."""

import csv
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.models import Kindgesprek, Plaatsing, Pleegkind, Uitzondering, Veiligheidscheck
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import FeitRegel
from app.security.bsn import decrypt_bsn
from app.security.secrets import Secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.bulk import copy_rows
from app.services.feiten import recording
from app.services.termijnen import check_termijnen
from app.services.werkboek.run import Importverzoek, run_import
from app.terms import Rol, Stand
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import count_rows, read_inhoud, read_rows, versions
from tests.services.momenten import NU, later

MORGEN = NU + timedelta(days=1)
PEILDATUM = date(2026, 2, 1)  # the plaatsing of the small workbook runs from 2025-01-10 to 2026-03-01


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    importeur = Importeur(engine, sleutels, code, tmp_path)
    assert importeur.boek(bouw.boek_met(kindgesprekken=[{"veiligheid_besproken": "ja"}])).exit_code == 0
    return importeur


def changed(**rijen: list[dict[str, Any]]) -> bouw.Boek:
    """The small workbook that was imported, with rows changed."""
    return bouw.boek_met(**{"kindgesprekken": [{"veiligheid_besproken": "ja"}], **rijen})


def any_version(_: FeitRegel) -> None:
    """Take whatever version holds."""


def by_hand(importeur: Importeur, make_actor: MakeActor, soort: str, uid: Any, changes: dict[str, Any] | None) -> None:
    """Correct a fact in the service, or withdraw it (no changes)."""
    with unit_of_work(importeur.engine) as session:
        actor = make_actor(session, importeur.organisatie(session))
        if changes is None:
            write = partial(recording.withdraw, session, actor, SOORTEN[soort], uid)
        else:
            write = partial(recording.correct, session, actor, SOORTEN[soort], uid, changes)
        write(later(hours=1), reden="met de hand", check_version=any_version)


def get_versions(importeur: Importeur, model: Any, nummer: str) -> list[Any]:
    with Session(importeur.engine) as session:
        return versions(session, model, importeur.organisatie(session).id, nummer)


def test_a_changed_row_is_a_correction_known_from_now_on(importeur: Importeur) -> None:
    before = importeur.export(PEILDATUM)
    verslag = importeur.boek(changed(kindgesprekken=[{"veiligheid_besproken": "ja", "alleen": "nee"}]), nu=MORGEN)
    assert verslag.uitkomst is not None
    told = {blad.blad: (blad.nieuw, blad.gewijzigd) for blad in verslag.uitkomst.bladen if blad.nieuw or blad.gewijzigd}
    assert told == {"kindgesprekken": (0, 1)}
    first, second = get_versions(importeur, Kindgesprek, "T1")
    assert (first.versie, first.alleen, second.versie, second.alleen) == (1, True, 2, False)
    assert (second.eerste_id, second.vervangt_id, second.uid) == (first.id, first.id, first.uid)
    assert second.wijzigingsreden
    assert second.vastgelegd_op == MORGEN
    # The old one stays what it was: a report of before is the same in every byte, one of now is not.
    assert importeur.export(PEILDATUM, MORGEN - timedelta(microseconds=1)) == before
    assert importeur.export(PEILDATUM, MORGEN) == importeur.export(PEILDATUM) != before


def test_what_a_person_corrected_is_not_undone_by_the_unchanged_file(
    importeur: Importeur, make_actor: MakeActor
) -> None:
    (gesprek,) = get_versions(importeur, Kindgesprek, "T1")
    by_hand(importeur, make_actor, "kindgesprek", gesprek.uid, {"alleen": False})
    before = importeur.export(PEILDATUM)
    verslag = importeur.boek(changed(), nu=MORGEN)
    assert verslag.uitkomst is not None
    assert not verslag.uitkomst.changed
    assert [version.alleen for version in get_versions(importeur, Kindgesprek, "T1")] == [True, False]
    assert importeur.export(PEILDATUM) == before


@pytest.mark.parametrize("uitkomst", ["veilig", "onveilig"], ids=["unchanged", "changed"])
def test_what_a_person_withdrew_stays_withdrawn(importeur: Importeur, make_actor: MakeActor, uitkomst: str) -> None:
    (check,) = get_versions(importeur, Veiligheidscheck, "C1")
    by_hand(importeur, make_actor, "veiligheidscheck", check.uid, None)
    before = importeur.export(PEILDATUM)
    verslag = importeur.boek(changed(veiligheidschecks=[{"uitkomst": uitkomst}]), nu=MORGEN)
    assert verslag.uitkomst is not None
    assert [blad.ingetrokken for blad in verslag.uitkomst.bladen if blad.blad == "veiligheidschecks"] == [1]
    assert [version.ingetrokken for version in get_versions(importeur, Veiligheidscheck, "C1")] == [False, True]
    assert importeur.export(PEILDATUM) == before


@pytest.mark.parametrize("stopt_bij", ["medewerker", "huisbezoek", "uitzondering", "termijn"])
def test_a_fault_in_the_middle_of_writing_leaves_nothing(
    engine: Engine, sleutels: Secrets, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopt_bij: str
) -> None:
    def stop(session: Session, model: Any, columns: Any, rows: Any) -> int:
        done = copy_rows(session, model, columns, rows)
        if model.__tablename__ == stopt_bij:
            raise OSError("de stroom viel uit")
        return done

    monkeypatch.setattr("app.services.werkboek.schrijven.copy_rows", stop)
    monkeypatch.setattr("app.services.termijnen.copy_rows", stop)
    with Session(engine) as session:
        before = count_rows(session)
    with pytest.raises(OSError, match="de stroom viel uit"):
        Importeur(engine, sleutels, code, tmp_path).boek(bouw.boek_met())
    with Session(engine) as session:
        assert count_rows(session) == before
        assert find_organisatie(session, code) is None


def test_a_file_with_a_fault_writes_nothing(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> None:
    importeur = Importeur(engine, sleutels, code, tmp_path)
    with Session(engine) as session:
        before = count_rows(session)
    for proef in (False, True):
        path = importeur.write(bouw.boek_met(evaluaties=[{"datum": "31-2-2025"}]))
        assert importeur.file(path, proef=proef).exit_code == 1
    assert importeur.file(importeur.write(bouw.boek_met()), proef=True).exit_code == 0
    with Session(engine) as session:
        assert count_rows(session) == before


def test_a_folder_of_csv_is_the_same_workbook(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> None:
    boek = bouw.boek_met(evaluaties=[{}, {"nummer": "E2", "datum": date(2026, 2, 28)}])
    folder = tmp_path / "map"
    folder.mkdir()
    for blad, rijen in boek.items():
        with (folder / f"{blad}.csv").open("w", encoding="utf-8", newline="") as file:
            kop = bouw.kop_van(blad, rijen)
            csv.writer(file, delimiter=";").writerows([kop, *([rij.get(kolom, "") for kolom in kop] for rij in rijen)])
    found = []
    for naam in ("XLSX", "CSV"):
        importeur = Importeur(engine, sleutels, f"{code}-{naam}", tmp_path)
        path = importeur.write(boek) if naam == "XLSX" else folder
        assert importeur.file(path).exit_code == 0
        with Session(engine) as session:
            inhoud = read_inhoud(session, importeur.organisatie(session).id, sleutels)
        found.append((inhoud, importeur.export(PEILDATUM)))
    assert found[0] == found[1]
    empty = {naam for naam, rows in found[0][0].items() if not rows}
    assert empty == {
        "ruisscore",
        "meldcodestap",
        "dossierlezing",
        "uitstel",
    }  # no sheet has them; of every other kind there is a row


def test_a_folder_over_the_xlsx_changes_nothing(importeur: Importeur, tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    for blad, rijen in changed().items():
        with (folder / f"{blad}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, bouw.kop_van(blad, rijen))
            writer.writeheader()
            writer.writerows(rijen)
    verslag = importeur.file(folder, nu=MORGEN)
    assert verslag.uitkomst is not None
    assert not verslag.uitkomst.changed


def test_columns_that_the_file_does_not_have_keep_what_is_stored(
    importeur: Importeur, sleutels: Secrets, make_actor: MakeActor
) -> None:
    """A file without BSN, geslacht and end dates, in which a name changed: only the name changes."""
    (kind,) = get_versions(importeur, Pleegkind, "K1")
    by_hand(importeur, make_actor, "pleegkind", kind.uid, {"geslacht": "x"})
    boek = changed(pleegkinderen=[{"roepnaam": "Daniël"}], plaatsingen=[{"zorgvorm": "gezinshuis"}])
    path = importeur.write(boek)
    absent = {("pleegkinderen", "bsn"), ("pleegkinderen", "geslacht"), ("plaatsingen", "tot")}
    path.write_bytes(xlsx_without(boek, absent))
    assert importeur.file(path, nu=MORGEN).exit_code == 0
    first, by_person, second = get_versions(importeur, Pleegkind, "K1")
    assert (first.roepnaam, second.roepnaam) == ("Daan", "Daniël")
    assert (first.geslacht, by_person.geslacht, second.geslacht) == ("m", "x", "x")
    assert second.bsn_index == first.bsn_index
    assert decrypt_bsn(sleutels, second.bsn_versleuteld, second.organisatie_id, second.uid) == "123456782"
    one, two = get_versions(importeur, Plaatsing, "P1")
    assert (one.zorgvorm, two.zorgvorm, two.tot) == ("pleegzorg", "gezinshuis", date(2026, 3, 1))


def xlsx_without(boek: bouw.Boek, kolommen: set[tuple[str, str]]) -> bytes:
    def fill(target: Any) -> None:
        day = target.add_format({"num_format": "yyyy-mm-dd"})
        for blad, rijen in boek.items():
            sheet = target.add_worksheet(blad)
            kop = [kolom for kolom in bouw.kop_van(blad, rijen) if (blad, kolom) not in kolommen]
            sheet.write_row(0, 0, kop)
            for number, rij in enumerate(rijen, start=1):
                for column, kolom in enumerate(kop):
                    cel = rij.get(kolom, "")
                    write = sheet.write_datetime if isinstance(cel, date) else sheet.write
                    write(number, column, cel, *([day] if isinstance(cel, date) else []))

    return bouw.xlsx(fill)


def test_an_emptied_cell_is_emptied_where_the_column_is_there(importeur: Importeur) -> None:
    assert importeur.boek(changed(plaatsingen=[{"tot": ""}], pleegkinderen=[{"bsn": ""}]), nu=MORGEN).exit_code == 0
    assert [version.tot for version in get_versions(importeur, Plaatsing, "P1")] == [date(2026, 3, 1), None]
    second = get_versions(importeur, Pleegkind, "K1")[1]
    assert (second.bsn_versleuteld, second.bsn_index) == (None, None)


def test_what_no_sheet_has_a_column_for_is_kept(importeur: Importeur, make_actor: MakeActor) -> None:
    """The child's own words, added in the service, survive a change in the source."""
    (gesprek,) = get_versions(importeur, Kindgesprek, "T1")
    words = {"stem_van_het_kind": "Ik slaap hier goed.", "themas": ["slapen"]}
    by_hand(importeur, make_actor, "kindgesprek", gesprek.uid, words)
    importeur.boek(changed(kindgesprekken=[{"veiligheid_besproken": "ja", "vorm": "telefoon"}]), nu=MORGEN)
    last = get_versions(importeur, Kindgesprek, "T1")[-1]
    assert (last.versie, last.vorm) == (3, "telefoon")
    assert (last.stem_van_het_kind, last.themas) == ("Ik slaap hier goed.", ["slapen"])


def test_another_job_later_does_not_undo_what_was_approved(importeur: Importeur) -> None:
    verslag = importeur.boek(changed(medewerkers=[{}, {"rol": "kwaliteitsmedewerker"}]), nu=MORGEN)
    assert verslag.uitkomst is not None
    told = {blad.blad for blad in verslag.uitkomst.bladen if blad.gewijzigd}
    assert told == {"medewerkers"}
    (uitzondering,) = get_versions(importeur, Uitzondering, "U1")
    assert uitzondering.goedkeurder_rol is Rol.TEAMLEIDER


def test_two_plaatsingen_change_places_in_one_file(importeur: Importeur) -> None:
    """Each row alone would overlap with the other one's old version."""
    tweede = {"nummer": "P2", "van": date(2026, 3, 1), "tot": date(2026, 6, 1)}
    importeur.boek(changed(plaatsingen=[{}, tweede]), nu=MORGEN)
    leeg: bouw.Boek = {"kindgesprekken": [], "veiligheidschecks": [], "huisbezoeken": []}
    ruil = {**changed(plaatsingen=[{"van": date(2026, 3, 1), "tot": date(2026, 6, 1)}, tweede]), **leeg}
    ruil["plaatsingen"][1] |= {"van": date(2025, 1, 10), "tot": date(2026, 3, 1)}
    assert importeur.boek(ruil, nu=MORGEN + timedelta(days=1)).exit_code == 0
    assert [str(version.van) for version in get_versions(importeur, Plaatsing, "P1")] == ["2025-01-10", "2026-03-01"]
    assert [str(version.van) for version in get_versions(importeur, Plaatsing, "P2")] == ["2026-03-01", "2025-01-10"]


def test_imported_facts_are_known_from_the_day_that_the_rule_says(importeur: Importeur) -> None:
    """With vastgelegd_op from then on (a date: 00:00 in Amsterdam), else from their own day (normen.md §3)."""
    late = {"nummer": "T2", "datum": date(2025, 7, 1), "vastgelegd_op": date(2025, 9, 1)}
    boek = changed(kindgesprekken=[{"veiligheid_besproken": "ja"}, {"veiligheid_besproken": "ja", **late}])
    importeur.boek(boek, nu=MORGEN)

    def last_talk(bekend_op: datetime) -> str:
        lines = importeur.export(PEILDATUM, bekend_op).decode().splitlines()
        return next(line for line in lines if line.startswith("K1,KAG-R,")).split(",")[5]

    assert last_talk(datetime(2025, 5, 31, 21, 59, 59, tzinfo=UTC)) == ""
    assert last_talk(datetime(2025, 5, 31, 22, tzinfo=UTC)) == "2025-06-01"  # midnight in Amsterdam
    assert last_talk(datetime(2025, 8, 31, 21, 59, 59, tzinfo=UTC)) == "2025-06-01"
    assert last_talk(datetime(2025, 8, 31, 22, tzinfo=UTC)) == "2025-07-01"


def test_stored_deadlines_follow_the_corrections(importeur: Importeur, make_actor: MakeActor) -> None:
    boek = deepcopy(changed(plaatsingen=[{"tot": ""}]))
    importeur.boek(boek, nu=MORGEN)
    with Session(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        assert check_termijnen(session, organisatie_id, MORGEN.date()).afwijkingen == ()
        rows = read_rows(session, organisatie_id)
    assert rows["termijn"]
    assert f"'{Stand.TE_LAAT}'" not in str(rows["termijn"])  # a stand is never stored


def test_a_large_sheet_says_how_far_it_is(importeur: Importeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.werkboek.schrijven._OFTEN", 2)
    heard = list[tuple[int, int, str]]()
    talks = [{"nummer": f"G{nr}", "datum": date(2025, 10, nr)} for nr in range(1, 8)]
    path = importeur.write(bouw.boek_met(plaatsingen=[{"tot": ""}], kindgesprekken=talks))
    verzoek = Importverzoek(path, importeur.code, nieuw=True)
    run_import(importeur.engine, verzoek, secrets=importeur.sleutels, nu=NU, progress=lambda *told: heard.append(told))
    assert heard[0] == (0, 1, "lezen")
    steps = [gedaan for gedaan, _, what in heard if what == "kindgesprekken"]
    assert [step - steps[0] for step in steps] == [0, 2, 4, 6, 7]
