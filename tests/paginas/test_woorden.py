"""The words of closed lists on pages: none is missing, and of time and names they say what is so."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models.soorten import SOORTEN
from app.norms.aandacht import Groep
from app.norms.judge import Oordeel
from app.norms.normwoorden import NORMEN
from app.norms.versies.catalogue import LANDELIJK
from app.routers.pages.woorden import normen, tijdlijn
from app.terms import (
    Aanwezige,
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    NormCode,
    OnderwerpSoort,
    Opvolgbesluit,
    OverlegMet,
    PlaatsingVorm,
    RedenNietAlleen,
    Stand,
    Uitkomst,
    Veiligheidsgevoel,
    VeiligThuis,
    VgbStatus,
)
from app.web.pagewords import dag, dagen, gezin, hoofdletter, initialen, kinderen, kort
from tests.paginas.conftest import NOOIT

TEMPLATES = Path(normen.__file__).parents[3] / "templates"


def test_every_code_has_words() -> None:
    assert set(NormCode) <= NORMEN.keys()
    assert normen.NOOIT.keys() <= NORMEN.keys()
    assert normen.MERK.keys() == set(Groep)
    assert tijdlijn.KOPPEN.keys() == {one.naam for one in SOORTEN.values() if one.kenmerken is not None}
    for words, codes in (
        (tijdlijn.VORMEN, GespreksVorm),
        (tijdlijn.UITKOMSTEN, Uitkomst),
        (tijdlijn.REDENEN, RedenNietAlleen),
        (tijdlijn.MAATREGELEN, MaatregelSoort),
        (tijdlijn.PLAATSINGSVORMEN, PlaatsingVorm),
        (tijdlijn.GEZINSOORTEN, GezinSoort),
        (tijdlijn.GEZINSLIDROLLEN, GezinslidRol),
        (tijdlijn.VGB_STATUSSEN, VgbStatus),
        (tijdlijn.VEILIG_THUIS, VeiligThuis),
        (tijdlijn.MET, OverlegMet),
        (tijdlijn.BESLUITEN, Opvolgbesluit),
        (tijdlijn.AANWEZIGEN, Aanwezige),
        (tijdlijn.GEVOEL, Veiligheidsgevoel),
    ):
        assert words.keys() == set(codes)


def test_the_tick_is_of_what_was_recorded_in_time_and_of_nothing_else() -> None:
    """A child of which nothing is asked bears another mark; every mark has its picture."""
    tick = normen.MERK[Groep.OP_TIJD][0]
    assert [groep for groep, (mark, _) in normen.MERK.items() if mark == tick] == [Groep.OP_TIJD]
    pictures = (TEMPLATES / "delen" / "iconen.html").read_text("utf-8")
    assert {mark for mark, _ in normen.MERK.values()} <= set(re.findall(r'id="i-(\w+)"', pictures))


def said_in(path: Path) -> Iterator[str]:
    """Yield the texts of a file that people may read: of code what is no comment, name or docstring."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield text
        return
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    apart = {ast.get_docstring(one, clean=False) for one in ast.walk(tree) if isinstance(one, documented)}
    texts = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    yield from (one for one in texts if isinstance(one, str) and " " in one and one not in apart)


def test_nothing_that_people_read_has_a_word_that_is_never_said() -> None:
    """A page that a test opens is looked at as it is shown; here all that a page, paper or answer can say."""
    read = [path for end in ("html", "js", "typ", "py") for path in sorted(TEMPLATES.parent.rglob(f"*.{end}"))]
    assert len(read) > 500
    assert [(path.name, one) for path in read for one in said_in(path) if NOOIT.search(one)] == []


@pytest.mark.parametrize(
    ("naam", "letters"),
    [("Isa van Loon", "I.v.L."), ("Noor Visser", "N.V."), ("Anne-Marie d’Hondt", "A.M.D."), ("gezin Bos", "gezin B.")],
)
def test_a_hidden_name_is_its_initials(naam: str, letters: str) -> None:
    assert initialen(naam).replace("\N{NO-BREAK SPACE}", " ") == letters


def test_days_and_numbers_do_not_break() -> None:
    assert dag(date(2026, 9, 12)) == "12\N{NO-BREAK SPACE}september\N{NO-BREAK SPACE}2026"
    assert (dagen(1), dagen(101)) == ("1\N{NO-BREAK SPACE}dag", "101\N{NO-BREAK SPACE}dagen")
    assert (kinderen(1), kinderen(2)) == ("1\N{NO-BREAK SPACE}kind", "2\N{NO-BREAK SPACE}kinderen")


@pytest.mark.parametrize(
    ("peildatum", "said"),
    [
        (date(2026, 11, 26), "uiterlijk 27 november 2026, nog 1 werkdag"),
        (date(2026, 11, 27), "uiterlijk 27 november 2026, vandaag"),
        (date(2026, 11, 29), "te laat sinds 28 november 2026 (0 werkdagen)"),
        (date(2026, 12, 1), "te laat sinds 28 november 2026 (2 werkdagen)"),
    ],
)
def test_what_must_be_done_within_working_days_says_how_many(peildatum: date, said: str) -> None:
    uiterlijk = date(2026, 11, 27)  # a Friday
    stand = Stand.TE_LAAT if peildatum > uiterlijk else Stand.NADERT
    norm = next(one for one in LANDELIJK if one.code == NormCode.OPV_B)
    oordeel = Oordeel(norm, OnderwerpSoort.SIGNAAL, 1, norm.zwaarte, None, uiterlijk, stand, None, peildatum)
    assert normen.wanneer(oordeel).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_counts_days_says_days() -> None:
    norm = next(one for one in LANDELIJK if one.code == NormCode.OPV_H)
    day = date(2026, 11, 27)
    oordeel = Oordeel(norm, OnderwerpSoort.SIGNAAL, 1, norm.zwaarte, None, day, Stand.TE_LAAT, None, date(2026, 12, 1))
    assert normen.wanneer(oordeel).replace("\N{NO-BREAK SPACE}", " ") == "te laat sinds 28 november 2026 (4 dagen)"


def test_a_family_is_called_that_once() -> None:
    assert {gezin("Bos"), gezin("Gezin Bos"), gezin("gezin Bos")} == {"gezin Bos"}
    assert kort("Anne Bakker") == "A.\N{NO-BREAK SPACE}Bakker"


def test_a_sentence_begins_with_a_capital_and_a_name_keeps_its_own() -> None:
    assert [hoofdletter(one) for one in ("GI en aanbieder", "de teamleider", "Veilig Thuis", "")] == [
        "GI en aanbieder", "De teamleider", "Veilig Thuis", "",
    ]  # fmt: skip
