"""No small cell is shown, and none can be worked out from what is shown: by an attacker who knows every sum.

The attacker here has another method than the code: exact fractions over the whole table, all rows of which he knows how
they add up, and the rank of what he knows with and without the quantity that he is after.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.norms.kwartaaltoets.inhoud import GroepKengetallen, RegelInhoud
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from app.norms.toezicht import onderdrukking
from app.norms.toezicht.onderdrukking import Cel, counts_of, hide, shown_counts
from app.terms import Stand
from tests.keuze import drawn

STANDEN = [stand.value for stand in Stand]
CODES = ("KAG-R", "VC-J", "MDO")


def regel(*, team: str, gi: str | None, vorm: str, zorgvorm: str, standen: Sequence[str | None]) -> RegelInhoud:
    oordelen = {
        code: None if stand is None else {"stand": stand, "zwaarte": "norm", "dagenTeLaat": 9}
        for code, stand in zip(CODES, standen, strict=True)
    }
    late = "te_laat" in standen
    row = {
        "plaatsing": {"vorm": vorm, "zorgvorm": zorgvorm},
        "team": {"naam": team},
        "gi": gi,
        "criteria": oordelen,
        "navolgbaar": not late,
        "metUitzondering": not late and "uitzondering" in standen,
        "nooitGezien": standen[0] == "te_laat",
        "lateRegistraties": int(standen[1] == "nadert"),
        "kindperiodes": {"totaal": 3, "metGesprek": 2},
    }
    return cast("RegelInhoud", row)


regels = st.lists(
    st.builds(
        regel,
        team=st.sampled_from(["Noord", "Zuid", "West"]),
        gi=st.sampled_from([None, "GI A", "GI B"]),
        vorm=st.sampled_from(["voltijd", "voltijd", "deeltijd"]),
        zorgvorm=st.sampled_from(["pleegzorg", "pleegzorg", "gezinshuis"]),
        standen=st.tuples(*[st.sampled_from([*STANDEN, "op_tijd", "op_tijd", None])] * 3),
    ),
    min_size=1,
    max_size=60,
)


# The attacker


def cells(groepen: Sequence[GroepKengetallen]) -> dict[tuple[int, str, str], int]:
    """Return every printed count, and beside them the ones that only subtraction gives."""
    found: dict[tuple[int, str, str], int] = {}
    for i, groep in enumerate(groepen):
        voltijd, alle = counts_of(groep["voltijd"]), counts_of(groep["alle"])
        deeltijd = {maat: alle[maat] - voltijd[maat] for maat in alle}
        for deel, counts in (("voltijd", voltijd), ("alle", alle), ("deeltijd", deeltijd)):
            found |= {(i, deel, maat): count for maat, count in counts.items()}
            for maat in ("navolgbaar", "metUitzondering", "lateStreef", "nooitGezien"):
                found[i, deel, f"niet {maat}"] = counts["rijen"] - counts[maat]
            for code in CODES:
                found[i, deel, f"niet {code}"] = counts["rijen"] - counts[f"{code}.vanToepassing"]
            found[i, deel, "zonder gesprek"] = counts["kindperiodes.totaal"] - counts["kindperiodes.metGesprek"]
    return found


def knowledge(groepen: Sequence[GroepKengetallen]) -> list[dict[tuple[int, str, str], int]]:
    """Return every sum that the attacker knows to be zero."""
    sums: list[dict[tuple[int, str, str], int]] = []
    maten = {maat for _, _, maat in cells(groepen)}
    for i in range(len(groepen)):
        sums += [{(i, "alle", m): 1, (i, "voltijd", m): -1, (i, "deeltijd", m): -1} for m in maten]
        for deel in ("voltijd", "alle", "deeltijd"):
            for maat in ("navolgbaar", "metUitzondering", "lateStreef", "nooitGezien"):
                sums.append({(i, deel, "rijen"): 1, (i, deel, maat): -1, (i, deel, f"niet {maat}"): -1})
            whole = (i, deel, "kindperiodes.totaal")
            sums.append({whole: 1, (i, deel, "kindperiodes.metGesprek"): -1, (i, deel, "zonder gesprek"): -1})
            for code in CODES:
                applies = (i, deel, f"{code}.vanToepassing")
                sums.append({(i, deel, "rijen"): 1, applies: -1, (i, deel, f"niet {code}"): -1})
                sums.append({applies: 1, **{(i, deel, f"{code}.{stand}"): -1 for stand in STANDEN}})
    for soort in ("team", "gi", "zorgvorm"):
        own = [i for i, groep in enumerate(groepen) if groep["soort"] == soort]
        for deel in ("voltijd", "alle", "deeltijd"):
            sums += [{(0, deel, maat): 1, **{(i, deel, maat): -1 for i in own}} for maat in maten]
    return sums


def worked_out(groepen: Sequence[GroepKengetallen], shown: dict[Cel, int | None]) -> set[tuple[int, str, str]]:
    """Return every count that follows from those that are shown."""
    known = {(cel.groep, cel.deel, cel.maat) for cel, count in shown.items() if count is not None}
    rows: list[dict[Any, Fraction]] = []
    for form in knowledge(groepen):
        unknown = {cel: Fraction(sign) for cel, sign in form.items() if cel not in known}
        for row in rows:
            lead = next(iter(row))
            if lead in unknown:
                factor = unknown[lead] / row[lead]
                for cel, amount in row.items():
                    unknown[cel] = unknown.get(cel, Fraction(0)) - factor * amount
                unknown = {cel: amount for cel, amount in unknown.items() if amount}
        if unknown:
            rows.append(unknown)
    # Backwards: what is then left alone in its row is determined.
    for place in reversed(range(len(rows))):
        for later in rows[place + 1 :]:
            lead = next(iter(later))
            if lead in rows[place]:
                factor = rows[place][lead] / later[lead]
                for cel, amount in later.items():
                    rows[place][cel] = rows[place].get(cel, Fraction(0)) - factor * amount
                rows[place] = {cel: amount for cel, amount in rows[place].items() if amount}
    return known | {next(iter(row)) for row in rows if len(row) == 1}


def leaks(groepen: Sequence[GroepKengetallen], hidden: frozenset[Cel]) -> set[tuple[int, str, str]]:
    """Return what the attacker gets: a hidden cell, or a count of 1 to 4 of any kind."""
    found, shown = cells(groepen), shown_counts(groepen, hidden)
    kept = {(cel.groep, cel.deel, cel.maat) for cel in hidden}
    return {cel for cel in worked_out(groepen, shown) if cel in kept or 0 < found[cel] < 5}


# What is promised


@settings(max_examples=drawn(10, 80))
@given(regels)
def test_nothing_hidden_can_be_worked_out(rows: list[RegelInhoud]) -> None:
    groepen = count_kengetallen("Voorbeeld", rows)
    assert leaks(groepen, hide(groepen)) == set()


@settings(max_examples=drawn(10, 80))
@given(regels)
def test_no_count_of_one_to_four_is_shown_and_small_parts_say_nothing(rows: list[RegelInhoud]) -> None:
    groepen = count_kengetallen("Voorbeeld", rows)
    for cel, count in shown_counts(groepen, hide(groepen)).items():
        assert count is None or count == 0 or count >= 5, cel
        deel: Any = groepen[cel.groep]["voltijd" if cel.deel == "voltijd" else "alle"]
        assert count is None or not 0 < deel["rijen"] < 5, cel


def even(teams: int, each: int, late: int) -> list[RegelInhoud]:
    """Return rows of which the first team has ``late`` that are late for KAG-R, and the others six each."""
    return [
        regel(
            team=f"Team {team}",
            gi="GI A",
            vorm="voltijd",
            zorgvorm="pleegzorg",
            standen=("te_laat" if n < (late if team == 0 else 6) else "op_tijd", "op_tijd", "op_tijd"),
        )
        for team in range(teams)
        for n in range(each)
    ]


def hidden_of(groepen: Sequence[GroepKengetallen], maat: str) -> list[str]:
    return [groepen[cel.groep]["naam"] for cel in sorted(hide(groepen)) if cel.maat == maat and cel.deel == "alle"]


@pytest.mark.parametrize(("late", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_the_edge(late: int, hides: bool) -> None:  # noqa: FBT001
    groepen = count_kengetallen("Voorbeeld", even(3, 20, late))
    assert bool(hidden_of(groepen, "KAG-R.te_laat")) is hides


def test_one_small_cell_takes_a_second_with_it_and_leaves_the_whole() -> None:
    groepen = count_kengetallen("Voorbeeld", even(3, 20, 2))
    assert hidden_of(groepen, "KAG-R.te_laat") == ["Team 0", "Team 1"]
    assert shown_counts(groepen, hide(groepen))[Cel(0, "alle", "KAG-R.te_laat")] == 14


def test_large_groups_hide_nothing() -> None:
    groepen = count_kengetallen("Voorbeeld", even(3, 20, 6))
    assert hide(groepen) == frozenset()


# Planted faults


def test_the_attacker_finds_a_small_cell_that_stands_alone() -> None:
    groepen = count_kengetallen("Voorbeeld", even(3, 20, 2))
    alone = frozenset(cel for cel, count in shown_counts(groepen, frozenset()).items() if 0 < (count or 0) < 5)
    assert (1, "alle", "KAG-R.te_laat") in leaks(groepen, alone)


def test_the_attacker_finds_what_is_subtracted_from_the_rows() -> None:
    """Of 20 rows 18 are navolgbaar: nobody prints the two, and everybody sees them."""
    groepen = count_kengetallen("Voorbeeld", even(1, 20, 2))
    small = frozenset(cel for cel, count in shown_counts(groepen, frozenset()).items() if 0 < (count or 0) < 5)
    assert (0, "alle", "niet navolgbaar") in leaks(groepen, small)
    assert leaks(groepen, hide(groepen)) == set()


def test_without_the_look_at_derived_counts_it_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onderdrukking.Cijfertabel, "derived", lambda self: iter(()))
    groepen = count_kengetallen("Voorbeeld", even(1, 20, 2))
    assert leaks(groepen, hide(groepen)) != set()
