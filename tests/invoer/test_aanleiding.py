"""What is recorded is an aanleiding exactly when the rule says so, and from the same day: every combination."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest

from app.invoer.opvolging import day_of_aanleiding
from app.norms.feiten import Dossier
from app.norms.opvolging import aanleidingen
from app.terms import Uitkomst, Veiligheidsgevoel
from tests.norms.bouw import check, dag, gesprek, kind, plaatsing, signaal

DAGEN = ("2026-09-30", "2026-10-01", "2026-11-15")
P = "2026-12-31"
JA_NEE = (True, False)

Geval = tuple[Mapping[str, Any], Dossier]


def talks() -> Iterator[Geval]:
    for op, doorgegaan, veilig in product(DAGEN, JA_NEE, (None, *Veiligheidsgevoel)):
        columns = {"datum": dag(op), "doorgegaan": doorgegaan, "veilig_in_gezin": veilig}
        yield columns, kind(plaatsing("2025-01-01", gesprekken=[gesprek(op, doorgegaan, veilig=veilig)]))


def seen() -> Iterator[Geval]:
    for op, uitkomst, gezien in product(DAGEN, Uitkomst, (None, *JA_NEE)):
        columns = {"datum": dag(op), "uitkomst": uitkomst, "kind_gezien": gezien}
        yield columns, kind(plaatsing("2025-01-01", checks=[check(op, uitkomst, gezien=gezien)]))


def told() -> Iterator[Geval]:
    """A signaal of before October that became known later is one from the day on which it did."""
    for op, *which in product(DAGEN, *(JA_NEE,) * 5):
        names = ("onthulling", "geweld", "letsel", "calamiteit", "vraagt_veiligheidscheck")
        said = dict(zip(names, which, strict=True))
        ernst = " ".join(name for name in names[:3] if said[name])
        columns = {"datum": dag(DAGEN[0]), "bekend_geworden_op": dag(op), **said}
        fact = signaal(op, said["vraagt_veiligheidscheck"], said["calamiteit"], ernst=ernst)
        yield columns, kind(plaatsing("2025-01-01"), signalen=[fact])


@pytest.mark.parametrize("gevallen", [talks, seen, told], ids=lambda make: make.__name__)
def test_the_door_and_the_rule_call_the_same_an_aanleiding(gevallen: Any) -> None:
    found = [
        (day_of_aanleiding(columns), [one.k for one in aanleidingen(dossier, dag(P))])
        for columns, dossier in gevallen()
    ]
    assert [([] if k is None else [k]) for k, _ in found] == [by_rule for _, by_rule in found]
    assert {len(by_rule) for _, by_rule in found} == {0, 1}


@pytest.mark.parametrize("kolom", ["onthulling", "geweld", "letsel", "calamiteit"])
def test_each_of_four_makes_a_signaal_grave(kolom: str) -> None:
    assert day_of_aanleiding({"bekend_geworden_op": dag(P), kolom: True}) == dag(P)


def test_what_is_no_date_or_no_outcome_is_no_aanleiding() -> None:
    """A workbook can hold anything; its faults are told elsewhere."""
    assert day_of_aanleiding({"datum": "gisteren", "uitkomst": "onveilig"}) is None
    assert day_of_aanleiding({"datum": dag(P), "uitkomst": ["onveilig"]}) is None
