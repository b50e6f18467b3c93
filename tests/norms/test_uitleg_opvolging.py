"""The explanation of the second catalogue: what was seen or said, since when, what was done; and what did not count."""

from typing import Any

import pytest

from app.norms.feiten import Dossier, Huisbezoek, Signaal
from app.terms import GespreksVorm
from tests.norms.bouw import (
    actie,
    bezoeken,
    check,
    dag,
    gesprek,
    kind,
    meldcode,
    plaatsing,
    signaal,
    stap,
    zichtplan,
)
from tests.norms.test_uitleg import reasons, uitleg

P, K = "2025-01-31", "2026-10-20"
_BELLEN = GespreksVorm.TELEFOON
_NEE = gesprek(K, veilig="nee", nr=301)
_ONVEILIG = check(K, "onveilig", nr=501)
_OVERLEG, _BESLUIT = (
    stap(soort, "kindgesprek", 301, "2026-10-22", nr) for soort, nr in (("overleg", 650), ("besluit", 651))
)
_GEZEGD = "Op 20 oktober 2026 zei het kind in een gesprek dat het in dit gezin niet veilig is"


def said(*stappen: Any, **rest: Any) -> Dossier:
    return kind(plaatsing(P, gesprekken=[_NEE]), stappen=stappen, **rest)


def told(een: Signaal, *meldcodestappen: Any) -> Dossier:
    return kind(plaatsing(P), signalen=[een], meldcodestappen=meldcodestappen)


def test_what_was_said_since_when_and_that_nothing_was_done() -> None:
    assert uitleg("OPV-O", "2026-11-02", said()).regel == (
        f"{_GEZEGD}; binnen 1 werkdag, uiterlijk op 21 oktober 2026, is overleg nodig. Er is nog niets van vastgelegd."
    )
    assert uitleg("OPV-B", "2026-11-02", said()).regel == (
        f"{_GEZEGD}; binnen 5 werkdagen, uiterlijk op 27 oktober 2026, is een besluit nodig. "
        "Er is nog niets van vastgelegd."
    )


def test_what_was_done_and_what_was_not() -> None:
    assert uitleg("OPV-O", "2026-11-02", said(_OVERLEG)).regel.endswith(
        "uiterlijk op 21 oktober 2026, is overleg nodig. Dat was er op 22 oktober 2026."
    )
    assert uitleg("OPV-B", "2026-11-02", said(_OVERLEG)).regel.endswith(
        "is een besluit nodig. Er is nog niets van vastgelegd, wel overleg van 22 oktober 2026."
    )
    assert uitleg("OPV-O", "2026-11-02", said(_BESLUIT)).regel.endswith(
        "is overleg nodig. Er is nog niets van vastgelegd, wel een besluit van 22 oktober 2026."
    )
    # On the day before the step nobody had acted.
    assert uitleg("OPV-O", "2026-10-21", said(_OVERLEG)).regel.endswith("Er is nog niets van vastgelegd.")


@pytest.mark.parametrize(
    ("een", "wat"),
    [
        (signaal(K, ernst="onthulling"), "een onthulling"),
        (signaal(K, ernst="letsel geweld"), "letsel en geweld"),
        (signaal(K, calamiteit=True, ernst="letsel"), "letsel en een calamiteit"),
    ],
)
def test_what_a_signaal_was_about(een: Signaal, wat: str) -> None:
    regel = uitleg("OPV-O", "2026-11-02", told(een)).regel
    assert regel.startswith(f"Op 20 oktober 2026 werd een signaal bekend: {wat}; binnen 1 werkdag")


def test_a_step_of_the_meldcode_is_named_as_what_was_done() -> None:
    found = told(signaal(K, ernst="letsel"), meldcode(2, "2026-10-23"), meldcode(5, "2026-10-26"))
    assert uitleg("OPV-O", "2026-11-02", found).regel.endswith("Dat was er op 23 oktober 2026.")
    assert uitleg("OPV-B", "2026-11-02", found).regel.endswith("Dat was er op 26 oktober 2026.")


@pytest.mark.parametrize(("uitkomst", "wat"), [("zorgen", "zijn er zorgen"), ("onveilig", "is het onveilig")])
def test_what_a_check_found_and_the_check_after_it(uitkomst: str, wat: str) -> None:
    first = check(K, uitkomst, nr=501)
    begin = (
        f"Volgens de veiligheidscheck van 20 oktober 2026 {wat}; binnen 28 dagen, uiterlijk op 17 november 2026, is "
        "opnieuw een veiligheidscheck nodig waarbij het kind is gezien."
    )
    unseen = [first, check("2026-10-25", nr=502)]
    assert uitleg("OPV-H", "2026-11-02", kind(plaatsing(P, checks=unseen))).regel == f"{begin} Die is er nog niet."
    again = [*unseen, check("2026-10-30", gezien=True, nr=503)]
    found = uitleg("OPV-H", "2026-11-02", kind(plaatsing(P, checks=again)))
    assert found.regel == f"{begin} Die was er op 30 oktober 2026."
    assert uitleg("OPV-H", "2026-10-29", kind(plaatsing(P, checks=again))).regel == f"{begin} Die is er nog niet."


def visit(op: str, nr: int, *, gezien: bool | None) -> Huisbezoek:
    return Huisbezoek(nr, dag(op), gezien)


def test_which_visits_did_not_count_because_nobody_wrote_that_the_child_was_seen() -> None:
    visits = [
        visit("2026-09-10", 701, gezien=True),
        visit("2026-10-01", 702, gezien=None),
        visit("2026-10-15", 703, gezien=False),
    ]
    talks = [gesprek("2026-10-10", alleen=False, vorm=_BELLEN, nr=302)]
    found = uitleg("ZIEN", "2026-11-02", kind(plaatsing(P, bezoeken=visits, gesprekken=talks)))
    assert found.regel == (
        "Het kind is voor het laatst gezien op 10 september 2026; binnen 42 dagen, uiterlijk op 22 oktober 2026, moet "
        "een professional het kind zelf zien."
    )
    assert reasons(found) == [
        ("2026-10-01", "huisbezoek", "er is niet vastgelegd of het kind is gezien"),
        ("2026-10-10", "kindgesprek", "het gesprek was niet fysiek"),
        ("2026-10-15", "huisbezoek", "het kind is niet gezien"),
    ]


def test_a_child_that_nobody_saw_counts_from_its_plaatsing() -> None:
    found = uitleg("ZIEN", "2026-11-02", kind(plaatsing("2026-10-12", bezoeken=bezoeken("2026-10-20"))))
    assert found.regel == (
        "De plaatsing begon op 12 oktober 2026 en er is nog niet vastgelegd dat het kind is gezien; binnen 14 dagen, "
        "uiterlijk op 26 oktober 2026, moet een professional het kind zelf zien."
    )
    assert reasons(found) == [("2026-10-20", "huisbezoek", "er is niet vastgelegd of het kind is gezien")]


def test_what_a_zichtplan_promises_and_what_was_agreed() -> None:
    plan = kind(
        plaatsing(P, bezoeken=[visit("2026-10-21", 701, gezien=True)]),
        uitzonderingen=[zichtplan("2026-10-10", "2027-04-10")],
    )
    assert uitleg("ZP", "2026-11-02", plan).regel == (
        "Volgens het zichtplan van 10 oktober 2026 wordt het kind elke 14 dagen gezien; het kind is voor het laatst "
        "gezien op 21 oktober 2026, dus weer uiterlijk op 4 november 2026."
    )
    agreed = kind(plaatsing(P), acties=[actie("2026-10-20", "2026-11-10")])
    assert uitleg("ACT", "2026-11-02", agreed).regel == (
        "Op 20 oktober 2026 is een actie afgesproken; zij moet uiterlijk op 10 november 2026 gedaan zijn."
    )
