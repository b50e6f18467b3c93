"""Of the follow-up in a quarter an audit says what was known on its last day (§5b): the rule, without a database."""

import pytest

from app.norms.feiten import Dossier
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.kwartaaltoets.rij import Feitsleutel, list_aanleidingen, list_feiten_of_opvolging
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from tests.norms.bouw import check, kind, meldcode, plaatsing, signaal, stap

Q4 = Kwartaal.parse("2026-Q4")
CHECK, SIGNAAL = ("veiligheidscheck", 500), ("signaal", 600)
STAP, MELDCODE = ("opvolgstap", 650), ("meldcodestap", 660)


@pytest.fixture
def dossier() -> Dossier:
    """Return a child with a check and a signaal on which somebody acted in time, and a step about an earlier check."""
    waar = plaatsing("2026-01-01")._replace(
        veiligheidschecks=[check("2026-09-30", "zorgen", nr=499), check("2026-10-20", "zorgen")]
    )
    made = kind(waar)
    return made._replace(
        signalen=[signaal("2026-10-20")._replace(letsel=True)],
        opvolgstappen=[
            stap("overleg", "veiligheidscheck", 500, "2026-10-21"),
            stap("overleg", "veiligheidscheck", 499, "2026-10-01", nr=651),
        ],
        meldcodestappen=[meldcode(2, "2026-10-21")],
    )


def told(dossier: Dossier, *later: Feitsleutel) -> dict[Feitsleutel, str | None]:
    found = list_aanleidingen(dossier, Catalogus(LANDELIJK), Q4, frozenset(later))
    days = {(one.aanleiding.soort.value, one.aanleiding.id): one.overleg_op for one in found}
    return {key: None if day is None else day.isoformat() for key, day in days.items()}


def test_what_a_quarter_rests_on(dossier: Dossier) -> None:
    assert sorted(list_feiten_of_opvolging(dossier, Q4)) == sorted([CHECK, SIGNAAL, STAP, MELDCODE])
    assert list(list_feiten_of_opvolging(dossier, Kwartaal.parse("2027-Q1"))) == []


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ([], {CHECK: "2026-10-21", SIGNAAL: "2026-10-21"}),
        ([STAP], {CHECK: None, SIGNAAL: "2026-10-21"}),
        ([MELDCODE], {CHECK: "2026-10-21", SIGNAAL: None}),
        ([CHECK, STAP], {SIGNAAL: "2026-10-21"}),
        ([SIGNAAL], {CHECK: "2026-10-21"}),
        ([("kindgesprek", 500), ("opvolgstap", 660)], {CHECK: "2026-10-21", SIGNAAL: "2026-10-21"}),
    ],
)
def test_what_was_recorded_later_is_not_in_it(
    dossier: Dossier, later: list[Feitsleutel], found: dict[Feitsleutel, str | None]
) -> None:
    assert told(dossier, *later) == found


def test_of_two_steps_the_first_that_was_known_counts(dossier: Dossier) -> None:
    again = stap("overleg", "veiligheidscheck", 500, "2026-10-28", nr=652)
    both = dossier._replace(opvolgstappen=[*dossier.opvolgstappen, again])
    assert told(both)[CHECK] == "2026-10-21"
    assert told(both, STAP)[CHECK] == "2026-10-28"
