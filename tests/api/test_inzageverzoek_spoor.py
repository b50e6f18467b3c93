"""``pleegzicht inzageverzoek``: who may ask, what the request leaves behind, and what the file proves."""

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from app.cli.runtime import Runtime
from app.db import streaming
from app.exports.verifieer import verify_file
from app.queries.dossier.inzagedossier import find_pleegkind
from app.services import inzageverzoeken
from tests.api.client import Dienst
from tests.api.database import count_rows, more_looks
from tests.api.inzagedossier import REDEN, Dossier, Vraag, add_kind, inhoud_of, last_look, text_of
from tests.api.mensen import add_organisatie
from tests.cli.conftest import Run

_LOOKS_OF_A_COMMAND = {"inzage": 1, "inzage_afloop": 1}


# Who may ask


@pytest.mark.parametrize(
    ("verzoeker", "geboren", "said"),
    [
        ("kind", "2014-11-02", None),
        ("kind", "2014-11-03", "nog geen 12 jaar"),
        ("kind", "2000-01-01", None),
        ("gezagsdrager", "2026-10-30", None),
        ("gezagsdrager", "2010-11-03", None),
        ("gezagsdrager", "2010-11-02", "16 jaar of ouder"),
    ],
)
def test_the_age_of_today_decides_who_may_ask(
    vraag: Vraag, dossier: Dossier, dienst: Dienst, verzoeker: str, geboren: str, said: str | None
) -> None:
    kind = add_kind(dossier, geboren, roepnaam="Jip")
    before = count_rows(dienst.owner)
    done = vraag(kind["nummer"], verzoeker=verzoeker)
    assert more_looks(before, count_rows(dienst.owner)) == _LOOKS_OF_A_COMMAND
    last = last_look(dossier)
    if said is None:
        assert (inhoud_of(done)["pleegkind"]["id"], last["uitkomst"]) == (kind["id"], "getoond")
        return
    assert (done.code, done.out) == (2, "")
    assert said in done.line
    assert (last["uitkomst"], last["pleegkinderen"]) == ("geweigerd", None)


def test_wrong_use_is_one_line_and_shows_nothing(vraag: Vraag, dossier: Dossier, dienst: Dienst) -> None:
    for over, said, uitkomst in (
        ({"nummer": "PZ99999999"}, "geen kind met dit nummer", "niet_gevonden"),
        ({"door": dossier.begeleider_nummer}, "mag geen inzage geven", "geweigerd"),
        ({"door": "PZ99999999"}, "geen medewerker met dit nummer", None),
        ({"organisatie": "BESTAAT-NIET"}, "Er is geen organisatie", None),
        ({"reden": "  kort   "}, "bij de reden", None),
        ({"reden": "x" * 501}, "--reden", None),
        ({"formaat": "csv"}, "Verkeerd gebruik", None),
        ({"verzoeker": "ouder"}, "Verkeerd gebruik", None),
    ):
        before = count_rows(dienst.owner)
        done = vraag(**over)
        assert (done.code, done.out) == (2, ""), over
        assert said in done.line, over
        assert bool(more_looks(before, count_rows(dienst.owner))) == (uitkomst is not None), over
        if uitkomst:
            assert last_look(dossier)["uitkomst"] == uitkomst


def test_the_child_of_another_organisatie_with_that_nummer_is_not_found(dienst: Dienst, run: Run) -> None:
    made: list[tuple[str, str, str, str]] = []
    later = ""
    for naam in ("Ons", "Hun"):
        beheerder, uid = add_organisatie(dienst)
        body = {"roepnaam": naam, "achternaam": "Kind", "geboortedatum": "2012-01-01"}
        kind = beheerder.made("/pleegkinderen", body).shown
        if naam == "Hun":
            later = beheerder.made("/pleegkinderen", {**body, "roepnaam": "Meer"}).shown["nummer"]
        code, door = beheerder.rows("/organisaties")[0]["code"], beheerder.read(f"/medewerkers/{uid}")["nummer"]
        made.append((code, door, kind["nummer"], naam))
    assert made[0][2] == made[1][2]
    asked = ("--verzoeker", "kind", "--reden", REDEN, "--formaat", "json")
    for code, door, nummer, naam in made:
        done = run("inzageverzoek", nummer, "--organisatie", code, "--door", door, *asked)
        assert inhoud_of(done)["pleegkind"]["roepnaam"] == naam
    code, door, *_ = made[0]
    missed = run("inzageverzoek", later, "--organisatie", code, "--door", door, *asked)
    assert (missed.code, missed.out) == (2, "")
    assert "geen kind met dit nummer" in missed.line


# The trace, and the file


def test_the_request_is_a_look_that_the_organisatie_can_read_back(
    vraag: Vraag, dossier: Dossier, dienst: Dienst
) -> None:
    inhoud = inhoud_of(vraag())
    (look,) = [one for one in dossier.beheerder.rows("/inzagen?limit=5") if one["id"] == inhoud["kenmerk"]]
    assert (look["soort"], look["handeling"]) == ("export", "pleegzicht inzageverzoek")
    assert (look["naam"], look["rol"], look["uitkomst"]) == ("Bea Beheer", "beheerder", "getoond")
    assert look["doel"] == f"inzageverzoek van het kind: {REDEN}"
    assert look["pleegkinderen"] == [dossier.ids["pleegkind"]]
    assert "@" in look["client"]


@pytest.mark.usefixtures("impatient_log")
def test_nothing_is_read_before_the_intent_and_nothing_given_before_the_outcome(
    vraag: Vraag, dienst: Dienst, tmp_path: Path
) -> None:
    target = tmp_path / "dossier.json"
    with dienst.owner.begin() as holding:
        for table, found in (("inzage", {}), ("inzage_afloop", {"inzage": 1})):
            holding.execute(text(f"LOCK TABLE {table} IN SHARE MODE"))
            before = count_rows(dienst.owner)
            with mock.patch.object(inzageverzoeken, "find_pleegkind", wraps=find_pleegkind) as reading:
                done = vraag(uitvoer=str(target))
            assert done.code == 2
            assert "niet beschikbaar" in done.line
            assert not target.exists()
            assert reading.called == bool(found)
            assert more_looks(before, count_rows(dienst.owner)) == found
            if table == "inzage":
                holding.execute(text("ROLLBACK"))
                holding.execute(text("BEGIN"))


def test_a_request_that_breaks_off_says_so_in_the_log(vraag: Vraag, dossier: Dossier) -> None:
    with mock.patch.object(inzageverzoeken, "gather_inzagedossier", side_effect=RuntimeError("kapot")):
        assert vraag().code == 2
    assert last_look(dossier)["uitkomst"] == "mislukt"


@pytest.mark.parametrize("formaat", ["json", "pdf"])
def test_every_changed_byte_is_found_offline(vraag: Vraag, tmp_path: Path, formaat: str) -> None:
    target = tmp_path / f"dossier.{formaat}"
    done = vraag(formaat=formaat, uitvoer=str(target))
    verslag = verify_file(target)
    assert verslag.afwijkingen == ()
    assert f"digest {verslag.digest}" in done.line
    whole = target.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert verify_file(target).afwijkingen, place
    if formaat == "json":
        assert hashlib.sha256(whole[len('{"digest":"","inhoud":') + 64 : -2]).hexdigest() == verslag.digest


def test_the_pdf_is_tagged_dutch_and_reads_in_plain_words(vraag: Vraag, dossier: Dossier, tmp_path: Path) -> None:
    target = tmp_path / "dossier.pdf"
    assert vraag(formaat="pdf", uitvoer=str(target)).code == 0
    reader = PdfReader(BytesIO(target.read_bytes()))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl-NL", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    said = " ".join(text_of(target).split())
    for part in (
        "Inzage in het dossier van Sam de Vries",
        "Kindgesprek, 2 oktober 2026",
        "Huisbezoek, 1 oktober 2026 (ingetrokken)",
        "Versie 2. Vastgelegd op 2 november 2026 om 10:00 uur",
        "laat geregistreerd",
        "Hoort bij plaatsing Plaatsing, 1 juni 2026",
        f"{dossier.begeleider_naam} (pleegzorgbegeleider)",
        "Noodtoegang: [naam weggelaten] en",
        "Dit gaat over iemand in het pleeggezin.",
    ):
        assert part.casefold() in said.casefold(), part
    assert re.search(r"lezen: pleegkinderen tijdlijn \(\d+ keer\)", said)


def test_the_looks_are_read_a_piece_at_a_time(vraag: Vraag, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = inhoud_of(vraag())["inzagen"]
    fetched: list[int] = []
    original = psycopg.ServerCursor._fetch_gen

    def counting(cursor: Any, number: int | None) -> Any:
        fetched.append(number or -1)
        return original(cursor, number)

    monkeypatch.setattr(streaming, "_PIECE", 4)
    monkeypatch.setattr(psycopg.ServerCursor, "_fetch_gen", counting)
    again = inhoud_of(vraag())["inzagen"]
    assert again[1:] == whole
    assert set(fetched) == {4}
    assert len(fetched) >= 2 * (len(again) // 4)


def test_the_command_works_with_the_role_of_the_app(vraag: Vraag) -> None:
    assert vraag().code == 0
    with Runtime.of_environment() as runtime, runtime.ready_engine().connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == "pleegzicht_app"
