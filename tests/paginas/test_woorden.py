"""The words of closed lists on pages: none is missing, and of time and names they say what is so."""

from datetime import date

import pytest

from app.models.soorten import SOORTEN
from app.norms.aandacht import Groep
from app.norms.normwoorden import NORMEN
from app.routers.pages.woorden import normen, tijdlijn
from app.terms import (
    Aanwezige,
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    NormCode,
    Opvolgbesluit,
    OverlegMet,
    PlaatsingVorm,
    RedenNietAlleen,
    Uitkomst,
    Veiligheidsgevoel,
    VeiligThuis,
    VgbStatus,
)
from app.web.pagewords import dag, dagen, gezin, hoofdletter, initialen, kinderen, kort


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


def test_a_family_is_called_that_once() -> None:
    assert {gezin("Bos"), gezin("Gezin Bos"), gezin("gezin Bos")} == {"gezin Bos"}
    assert kort("Anne Bakker") == "A.\N{NO-BREAK SPACE}Bakker"


def test_a_sentence_begins_with_a_capital_and_a_name_keeps_its_own() -> None:
    assert [hoofdletter(one) for one in ("GI en aanbieder", "de teamleider", "Veilig Thuis", "")] == [
        "GI en aanbieder", "De teamleider", "Veilig Thuis", "",
    ]  # fmt: skip
