"""Nobody works out a small count from what goes out: not by subtracting from totals, and not by subtracting quarters.

The attacker (``aanvaller.py``) is of another make: equations and inequalities between whole numbers read off the rows
that went out, and for each count a search for another world that fits them.
"""

from collections.abc import Collection, Iterator, Sequence
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.norms.kwartaaltoets.inhoud import GroepKengetallen, RegelInhoud
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from app.norms.openbaar import onderdrukking
from app.norms.openbaar.onderdrukking import Reden, Uitgave, hide_open, open_groepen
from app.norms.openbaar.regels import OpenRegel, hidden_in, open_regels
from app.norms.toezicht.onderdrukking import Cel
from tests.keuze import drawn
from tests.toets.aanvaller import KLEIN, Openbaar, Telling

STANDEN = ("op_tijd", "nadert", "te_laat", "uitzondering", None)
NORMEN: list[dict[str, Any]] = [{"code": "KAG-R", "versie": 1, "parameters": {"maanden": 4}}]
ALLEEN_KLEIN = frozenset({Reden.KLEIN})


def row(chance: Random, *, second: bool) -> RegelInhoud:
    """Return a row of somebody, of the second catalogue or of before."""

    def oordeel() -> dict[str, Any] | None:
        stand = chance.choices(STANDEN, (60, 12, 18, 5, 5))[0]
        return None if stand is None else {"stand": stand, "zwaarte": chance.choices(("norm", "streef"), (8, 1))[0]}

    criteria = {code: oordeel() for code in ("KAG-R", "VC-J", "MDO")}
    found = [one for one in criteria.values() if one is not None]
    for one in found:
        one["dagenTeLaat"] = 9
    late = any(one["stand"] == "te_laat" and one["zwaarte"] == "norm" for one in found)
    periodes = chance.randint(0, 6)
    made: dict[str, Any] = {
        "plaatsing": {
            "vorm": chance.choices(("voltijd", "deeltijd"), (4, 1))[0],
            "zorgvorm": chance.choices(("pleegzorg", "gezinshuis"), (5, 1))[0],
        },
        "team": {"naam": chance.choice(("Noord", "Zuid"))},
        "gi": chance.choices((None, "GI A", "GI B"), (5, 5, 2))[0],
        "criteria": criteria,
        "navolgbaar": not late,
        "metUitzondering": not late and any(one["stand"] == "uitzondering" for one in found),
        "nooitGezien": chance.random() < 0.06,
        "lateRegistraties": int(chance.random() < 0.2),
        "kindperiodes": {"totaal": periodes, "metGesprek": chance.randint(0, periodes)},
    }
    return cast("RegelInhoud", {**made, **(sight(chance) if second else {})})


def sight(chance: Random) -> dict[str, Any]:
    """Return what a row of the second catalogue says besides."""
    stap = {"uiterlijk": "2026-10-20", "op": chance.choice((None, "2026-10-10", "2026-10-25"))}
    zorgen = [{"datum": "2026-10-08", "overleg": stap, "besluit": stap}] if chance.random() < 0.15 else []
    return {
        "zienStand": chance.choices(STANDEN, (60, 10, 15, 0, 10))[0],
        "zichtplan": chance.random() < 0.1,
        "opvolgingStand": "te_laat" if zorgen and chance.random() < 0.4 else None,
        "aanleidingen": zorgen,
        "leeftijd": chance.choice((2, 8, 15)),
        "maatregelen": chance.choice(([], ["ots"])),
    }


def quarters(chance: Random, *, size: int, count: int, second: bool) -> Iterator[tuple[str, list[GroepKengetallen]]]:
    """Yield quarters of one organisatie: most children stay, some change, a few come and go."""
    rows = [row(chance, second=second) for _ in range(size)]
    for n in range(count):
        yield f"2027-Q{n + 1}", open_groepen(count_kengetallen("Voorbeeld", rows))
        rows = [row(chance, second=second) if chance.random() < 0.12 else one for one in rows[chance.randint(0, 3) :]]
        rows += [row(chance, second=second) for _ in range(chance.randint(0, 4))]


def publish(
    quarter: tuple[str, Sequence[GroepKengetallen]],
    uitgaven: Sequence[Uitgave],
    redenen: Collection[Reden] = frozenset(Reden),
) -> Uitgave:
    """Publish a quarter; only what is hidden for one of the reasons stays hidden."""
    kwartaal, groepen = quarter
    hidden = hide_open(kwartaal, groepen, uitgaven)
    kept = frozenset(cel for cel, why in hidden.items() if why in redenen)
    return Uitgave(kwartaal, groepen, hidden_in(groepen, rows_of(groepen, kept)))


def rows_of(groepen: Sequence[GroepKengetallen], hidden: Collection[Cel]) -> list[OpenRegel]:
    return list(open_regels(groepen, hidden, NORMEN))


def seen(uitgave: Uitgave) -> Openbaar:
    """Return what the attacker has of a quarter."""
    return Openbaar.of(rows_of(uitgave.groepen, uitgave.verborgen), rows_of(uitgave.groepen, frozenset()))


def within(uitgave: Uitgave) -> list[str]:
    """Return the small counts that follow from one quarter."""
    openbaar = seen(uitgave)
    return [*map(str, sorted(openbaar.derived() & openbaar.secrets())), *map(str, openbaar.rests())]


def between(uitgaven: Sequence[Uitgave]) -> list[str]:
    """Return the counts that are known to differ by 1 to 4 from the quarter before in which they are known."""
    last: dict[Telling, int] = {}
    found: list[str] = []
    for openbaar in map(seen, sorted(uitgaven)):
        for one in sorted(openbaar.derived()):
            if not one.wat.startswith("("):
                if abs(openbaar.waar[one] - last.get(one, openbaar.waar[one])) in KLEIN:
                    found.append(f"{one}: {last[one]} → {openbaar.waar[one]}")
                last[one] = openbaar.waar[one]
    return found


CHANCE = st.integers(0, 2**32).map(Random)
KINDEREN = st.integers(4, 70)


@settings(max_examples=drawn(6, 120), deadline=None)
@given(CHANCE, KINDEREN, st.booleans())
def test_no_small_count_follows_from_a_quarter(chance: Random, size: int, second: bool) -> None:  # noqa: FBT001
    (quarter,) = quarters(chance, size=size, count=1, second=second)
    assert within(publish(quarter, [])) == []


@settings(max_examples=drawn(4, 80), deadline=None)
@given(CHANCE, KINDEREN, st.booleans(), st.permutations(range(3)))
def test_no_small_difference_follows_from_quarters_in_whatever_order_they_go_out(
    chance: Random,
    size: int,
    second: bool,  # noqa: FBT001
    order: list[int],
) -> None:
    made = list(quarters(chance, size=size, count=3, second=second))
    uitgaven: list[Uitgave] = []
    for n in order:
        uitgaven.append(publish(made[n], uitgaven))
        assert within(uitgaven[-1]) == []
    assert between(uitgaven) == []


def test_a_quarter_that_did_not_change_goes_out_as_it_was() -> None:
    ((_, groepen),) = quarters(Random(7), size=60, count=1, second=True)
    first = publish(("2027-Q1", groepen), [])
    again = publish(("2027-Q2", groepen), [first])
    assert again.verborgen == first.verborgen


def test_a_large_organisatie_has_much_to_show() -> None:
    ((kwartaal, groepen),) = quarters(Random(7), size=1300, count=1, second=True)
    hidden = hide_open(kwartaal, groepen, [])
    rows = rows_of(groepen, hidden)
    assert sum(not one.onderdrukt for one in rows) > len(rows) / 2


# Planted faults: with a part of it left out the attacker succeeds


def test_without_secondary_suppression_the_attacker_has_small_counts() -> None:
    (quarter,) = quarters(Random(3), size=60, count=1, second=True)
    assert within(publish(quarter, [], {Reden.KLEIN})) != []


def test_without_a_look_at_other_quarters_the_attacker_subtracts_them() -> None:
    made = list(quarters(Random(3), size=60, count=2, second=True))
    assert between([publish(one, []) for one in made]) != []


def test_without_what_gives_the_difference_away_the_attacker_subtracts_quarters() -> None:
    made = list(quarters(Random(3), size=60, count=2, second=True))
    first = publish(made[0], [])
    small = frozenset(Reden) - {Reden.AFLEIDBAAR}
    assert between([first, publish(made[1], [first], small)]) != []


def test_when_a_zero_is_thought_to_hide_something_the_attacker_knows_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zero that was taken out of the equations is one that the attacker reasons with all the same."""
    monkeypatch.setattr(onderdrukking._Openbaar, "_bounds", lambda self: iter(()))
    monkeypatch.setattr(onderdrukking._Openbaar, "derived", lambda self: iter(()))
    leaks = [
        leak
        for seed in range(6)
        for one in quarters(Random(seed), size=40, count=1, second=True)
        for leak in within(publish(one, []))
    ]
    assert leaks != []
