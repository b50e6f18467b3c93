"""What stands out: sentences that follow from the figures, and nothing that the figures do not say."""

from dataclasses import replace
from typing import Any

import pytest

from app.exports.kwartaaltoets.pdf.opvallend import sentences
from app.exports.kwartaaltoets.woorden import GEPLAATST
from app.exports.pdf.tekst import number, percent, printable
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from tests.exports.toetsbouw import TEAMS, build_bestand, build_regel


def figures(rijen: int, navolgbaar: int, **anders: Any) -> Any:
    van: Any = count_kengetallen("", [])[0]["alle"]
    return {**van, "rijen": rijen, "navolgbaar": navolgbaar, **anders}


def group(voltijd: Any, soort: str = "organisatie", naam: str = "") -> Any:
    return {"soort": soort, "naam": naam, "voltijd": voltijd, "alle": voltijd}


def said(*groepen: Any, trend: Any = None) -> list[str]:
    bestand = build_bestand(0, trend=trend or {})
    return sentences(replace(bestand, kengetallen=list(groepen)))


def test_one_child_and_nothing_wrong() -> None:
    assert said(group(figures(1, 1))) == [
        f"Bij 1 van de 1 kind {GEPLAATST['voltijd']} (100,0%) is het zicht op veiligheid navolgbaar.",
        "Geen van de drie criteria is bij een kind te laat.",
    ]


@pytest.mark.parametrize(
    ("toen", "zin"),
    [
        (figures(100, 50), "Dat is 10 procentpunt meer dan in 2026-Q2 (50,0%)."),
        (figures(1000, 625), "Dat is 2,5 procentpunt minder dan in 2026-Q2 (62,5%)."),
        (figures(10, 6), "Dat is evenveel als in 2026-Q2."),
    ],
)
def test_it_is_compared_with_the_last_quarter_that_there_is(toen: Any, zin: str) -> None:
    trend = {"2025-Q4": group(figures(1, 0)), "2026-Q2": group(toen)}
    assert zin in said(group(figures(100, 60)), trend=trend)


def test_a_quarter_without_children_is_no_comparison() -> None:
    assert not [zin for zin in said(group(figures(9, 9)), trend={"2026-Q2": group(figures(0, 0))}) if "Dat is" in zin]


def test_the_criterion_that_is_late_most_often_is_named_with_its_share() -> None:
    criteria = figures(1, 1)["criteria"]
    criteria["MDO"] = {**criteria["MDO"], "vanToepassing": 4, "te_laat": 1, "op_tijd": 3}
    assert ("Het vaakst te laat is casuïstiekbespreking: bij 25,0% van de kinderen voor wie het geldt.") in said(
        group(figures(4, 3, criteria=criteria))
    )


def test_the_other_sentences_follow_from_their_figures() -> None:
    found = said(
        group(
            figures(
                1240, 1000, nooitGezien=1, mediaanDagenTeLaat=12.5, hoogsteDagenTeLaat=300, metUitzondering=2,
                lateRegistraties=1, kindperiodes={"totaal": 1000, "metGesprek": 953},
            )
        ),
        group(figures(5, 4), "team", "Zuid"),
        group(figures(10, 5), "team", "Noord"),
        group(figures(4, 0), "team", "Klein"),
        group(figures(40, 0), "team", ""),
    )  # fmt: skip
    assert found[0].startswith("Bij 1.000 van de 1.240 kinderen die")
    assert "Bij 1 kind staat in deze plaatsing nog geen gesprek alleen dat telt." in found
    assert (
        "Waar het zicht niet navolgbaar is (voltijd en crisis), is het bij de helft van de kinderen 12,5 dagen of "
        "langer te laat, en het langst 300 dagen."
    ) in found
    assert "Bij 2 kinderen dekt een goedgekeurde uitzondering wat te laat is." in found
    assert "1 gebeurtenis is meer dan 14 dagen na de dag zelf vastgelegd." in found
    assert (
        "In 95,3% van de perioden van vier maanden in de laatste twee jaar was er een gesprek alleen met het kind."
    ) in found
    assert "Tussen de teams met minstens 5 van deze kinderen loopt het navolgbare deel van 50,0% tot 80,0%." in found


def test_no_sentence_names_a_team_a_child_or_a_ruisfactor() -> None:
    text = " ".join(sentences(build_bestand(200)))
    assert not [word for word in (*TEAMS, "K00", "M00", "R01", "ruis", "schuld") if word in text]


def test_children_in_deeltijd_alone_have_no_figures_here() -> None:
    regel = build_regel(1, None)
    regel["plaatsing"]["vorm"] = "deeltijd"
    assert sentences(build_bestand(regels=[regel])) == ["In dit kwartaal was geen kind voltijd of in crisis geplaatst."]


def test_numbers_are_dutch() -> None:
    assert [number(value) for value in (None, 0, 1240, 12.5, 12.0, 1234.5)] == [
        "–",
        "0",
        "1.240",
        "12,5",
        "12",
        "1.234,5",
    ]
    assert [percent(value) for value in (None, 0.0, 0.9555, 1.0)] == ["–", "0,0%", "95,5%", "100,0%"]


def test_what_the_fonts_do_not_have_is_a_question_mark() -> None:
    assert printable({"a": ["Zoë", "漢", 1, None, True, "a\nb"]}) == {"a": ["Zoë", "?", 1, None, True, "a b"]}
