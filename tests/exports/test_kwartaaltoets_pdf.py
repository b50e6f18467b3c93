"""The audit as a report: what a board reads, what a screen reader hears, and what is never in it."""

import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.pdf import rijen
from app.exports.kwartaaltoets.pdf.gegevens import report_of
from app.exports.kwartaaltoets.pdf.report import write_toets_pdf
from app.exports.pdf import zetten
from app.norms.kwartaaltoets.kengetallen import late_criteria
from tests.exports.toetsbouw import KANARIE, as_concept, build_bestand, build_namen, build_regel, uid

TEAM: Any = {"id": "t", "naam": "Noord"}


@cache
def report_about(aantal: int) -> PdfReader:
    """Return the report about so many children; it takes long to set."""
    return PdfReader(BytesIO(write_toets_pdf(build_bestand(aantal))))


def text_of(bestand: Toetsbestand) -> str:
    return text_in(write_toets_pdf(bestand))


def text_in(written: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(written)).pages).split())


def tags_of(reader: PdfReader) -> list[Any]:
    """Every tag of the structure tree."""
    root: Any = reader.trailer["/Root"]
    found, todo = [], [root["/StructTreeRoot"]]
    while todo:
        tag = todo.pop().get_object()
        kids = tag.get("/K", []) if hasattr(tag, "get") else []
        found += [tag] if hasattr(tag, "get") and "/S" in tag else []
        todo += [kid for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid.get_object(), "get")]
    return found


def test_a_board_reads_what_it_is_how_far_it_is_and_what_stands_out() -> None:
    bestand = build_bestand(60)
    text, few = text_of(bestand), build_bestand(2)
    assert "Kwartaaltoets derde kwartaal van 2026" in text
    assert "VASTGESTELD. Deze toets is vastgesteld op 5 oktober 2026 om 09:30 uur door M00099." in text
    assert bestand.digest in text
    assert "is het zicht op veiligheid navolgbaar" in text
    assert "Richtlijn Pleegzorg" in text
    assert "Alleen gesproken" in text
    assert not re.search(r"KAG-R|VC-J|MDO", text.partition("Normen en hun bron")[0])
    assert "KAG-R" in text.partition("Normen en hun bron")[2]
    assert "\u00ad" not in text  # or a search for KAG-R finds nothing
    assert "CONCEPT. Deze toets is een concept" in text_of(as_concept(few))
    assert "uur door iemand van wie het nummer toen niet is vastgelegd." in text_of(replace(few, vastgesteld_door=None))


def test_the_list_says_how_many_there_are_and_how_late_at_most() -> None:
    """Of everybody in it, deeltijd included: the figures of the first page are about fewer."""
    bestand = build_bestand(6)
    late = [regel for regel in bestand.regels() if not regel["navolgbaar"]]
    longest = max(
        oordeel["dagenTeLaat"] or 0
        for regel in late
        for code in late_criteria(regel)
        if (oordeel := regel["criteria"][code])
    )
    assert longest != bestand.kengetallen[0]["voltijd"]["hoogsteDagenTeLaat"]
    wie = "kinderen die in dit kwartaal geplaatst waren, ook in deeltijd"
    assert f"{len(late)} van de 6 {wie}. Het langst is {longest} dagen te laat." in text_of(bestand)


def filled(reader: PdfReader) -> list[float]:
    """Return of every page how much of its height has something on it, down to the last line above the footer."""

    def lowest(page: Any) -> float:
        found = [842.0]

        def see(text: str, page: Any, line: Any, *_: Any) -> None:
            height = line[4] * page[1] + line[5] * page[3] + page[5]
            if text.strip() and height > 62:
                found.append(height)

        page.extract_text(visitor_text=see)
        return (842 - 56.7 - min(found)) / 722.8

    return [lowest(page) for page in reader.pages]


@pytest.mark.parametrize("aantal", [0, 2, 10, 40, 60, 312])
def test_no_page_is_nearly_empty(aantal: int) -> None:
    assert min(filled(report_about(aantal))) > 0.5


def test_with_one_spacing_there_would_be_pages_nearly_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault."""
    monkeypatch.setattr(zetten, "RUIMTES", (1.0,))
    assert min(filled(PdfReader(BytesIO(write_toets_pdf(build_bestand(40)))))) < 0.5


def test_a_first_quarter_is_told_and_not_drawn() -> None:
    assert "Er is geen eerder kwartaal vastgesteld" in text_of(build_bestand(3, trend={}))


def test_it_is_tagged_dutch_and_every_chart_has_a_text() -> None:
    reader = report_about(40)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata
    assert reader.metadata.title == "Kwartaaltoets derde kwartaal van 2026, Stichting Voorbeeld"
    tags = tags_of(reader)
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    assert [str(tag["/Alt"]).split(".")[0] for tag in figures[::-1]] == [
        "Staafdiagram van de standen per criterium",
        "Lijndiagram van het navolgbare deel per kwartaal",
        "Staafdiagram van het navolgbare deel per team",
    ]
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L"} <= {tag["/S"] for tag in tags}


def test_a_chart_without_a_text_stops_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("kwartaaltoets.typ", "grafieken.typ"):
        source = (zetten._FOLDER / name).read_text()
        (tmp_path / name).write_text(source.replace("figure(alt: trend.alt, ", "figure("))
    monkeypatch.setattr(zetten, "_FOLDER", tmp_path)
    with pytest.raises(typst.TypstError, match="PDF/UA-1"):
        write_toets_pdf(build_bestand(3))


@pytest.mark.parametrize("aantal", [0, 1])
@pytest.mark.parametrize("team", [None, TEAM])
def test_hardly_any_rows_are_a_report_too(aantal: int, team: Any) -> None:
    regels = [build_regel(number, team) for number in range(aantal)]
    assert "Kwartaaltoets" in text_of(build_bestand(regels=regels, trend={}))


def test_an_audit_without_rows_says_so() -> None:
    text = text_of(build_bestand(0))
    assert "In dit kwartaal was geen kind geplaatst." in text
    assert "Er is geen kind bij wie een van de drie criteria te laat is." in text


def test_names_are_in_it_only_for_who_may_see_them() -> None:
    assert KANARIE in text_of(build_bestand(10, namen=True))
    written = write_toets_pdf(build_bestand(10))
    assert KANARIE.encode() not in written
    assert KANARIE not in text_in(written)
    assert "noemt geen namen" in text_in(written)


def test_the_longest_late_come_first_and_who_does_not_fit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rijen, "HOOGSTENS", 3)
    bestand = build_bestand(60)
    report: Any = report_of(bestand)
    shown = [row[0][0] for row in report["kinderen"]["rijen"]]
    days = {
        regel["pleegkind"]["nummer"]: max(
            oordeel["dagenTeLaat"] or 0 for code in late_criteria(regel) if (oordeel := regel["criteria"][code])
        )
        for regel in bestand.regels()
        if not regel["navolgbaar"]
    }
    late = sorted(days, key=lambda nummer: (-days[nummer], nummer))
    assert shown == late[:3]
    assert report["kinderen"]["meer"] == (
        f"Nog {len(late) - 3} kinderen staan hier niet; de Excel-export heeft alle kinderen."
    )


def test_the_same_audit_is_the_same_file() -> None:
    bestand = build_bestand(2)
    assert write_toets_pdf(bestand) == write_toets_pdf(bestand)


def test_a_name_in_another_script_or_in_markup_never_stops_the_report() -> None:
    namen = replace(
        build_namen(2), kinderen={uid(1, 0): "漢字 😀 Noë\u0308l \x00", uid(1, 1): "#panic() $x$ *Ağa* Łódź"}
    )
    regels = [build_regel(number, TEAM, navolgbaar=False) for number in range(2)]
    text = text_of(replace(build_bestand(regels=regels), namen=namen))
    assert "?? ? Noë" in text
    assert "#panic() $x$ *Ağa* Łódź" in text


def test_each_way_of_spacing_is_forgotten_before_the_next() -> None:
    """Of this report eight are tried: together they took 150 MiB, of which what was imported is thirty."""
    tried = """
from app.exports.kwartaaltoets.pdf.report import write_toets_pdf
from tests.exports.toetsbouw import build_bestand
write_toets_pdf(build_bestand(40))
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", tried]
    done = subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE)  # noqa: S603 — our own words
    assert int(done.stdout) < 115 * 1024
