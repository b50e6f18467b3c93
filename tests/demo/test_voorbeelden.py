"""The demo shows every norm of the second catalogue in every way that it can stand, and fills every field of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from app.clock import civil_date
from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import parse_omvang
from app.norms.calendar import is_active
from app.norms.uitzondering import NOOIT_GEDEKT
from app.terms import NormCode, Stand
from tests.demo.dossiers import judge_deel
from tests.demo.test_verhaal import list_caseload

NIEUW = (
    NormCode.ZIEN, NormCode.KAG_D, NormCode.OPV_O, NormCode.OPV_B, NormCode.OPV_H, NormCode.ZP, NormCode.ACT,
)  # fmt: skip
#: the sizes with another number of teams each, other seeds, and other days of the week and the month
DEMOS = [
    ("klein", 1, date(2026, 11, 2)), ("klein", 2, date(2026, 11, 30)), ("klein", 3, date(2026, 12, 8)),
    ("200", 1, date(2026, 12, 3)), ("aanbieder", 1, date(2026, 11, 27)),
]  # fmt: skip
VELDEN = {
    "kindgesprek": ("plaats", "veilig_in_gezin", "wat_wil_het_kind", "teruggekoppeld_op", "aanwezigen"),
    "veiligheidscheck": ("kind_gezien",),
    "huisbezoek": ("kind_gezien", "aangekondigd", "nieuwe_huisgenoot", "aanwezigen"),
    "signaal": ("onthulling", "geweld", "letsel", "conclusie_op", "bron"),
    "uitzondering": ("waarneming_dagen",),
    "actie": ("gedaan_op",),
}


@cache
def delen(omvang: str, seed: int, vandaag: date) -> list[Deel]:
    return list(generate(Plan(parse_omvang(omvang), seed, vandaag)))


@pytest.mark.parametrize(("omvang", "seed", "vandaag"), DEMOS)
def test_each_norm_stands_in_every_way_that_it_can(omvang: str, seed: int, vandaag: date) -> None:
    found: Counter[tuple[NormCode, Stand]] = Counter()
    for deel in delen(omvang, seed, vandaag):
        for _, oordelen in judge_deel(deel, vandaag):
            found.update((oordeel.norm.code, oordeel.stand) for oordeel in oordelen)
    can = {
        (norm, stand)
        for norm in NIEUW
        for stand in Stand
        if stand is not Stand.UITZONDERING or norm not in NOOIT_GEDEKT
    } | {(NormCode.CAL_3, stand) for stand in (Stand.OP_TIJD, Stand.NADERT, Stand.TE_LAAT)}
    assert can - found.keys() == set()


@pytest.mark.parametrize(("omvang", "seed", "vandaag"), DEMOS)
def test_every_field_says_something_somewhere(omvang: str, seed: int, vandaag: date) -> None:
    empty = [
        (tabel, veld)
        for tabel, velden in VELDEN.items()
        for veld in velden
        if not any(
            getattr(feit, veld) for deel in delen(omvang, seed, vandaag) for _, feit in getattr(deel, tabel).current()
        )
    ]
    assert empty == []


def _waiting(deel: Deel) -> Iterator[Any]:
    return (
        feit for _, feit in deel.uitzondering.current() if feit.soort == "zichtplan" and feit.goedgekeurd_door is None
    )


def test_a_zichtplan_waits_for_approval() -> None:
    (deel,) = delen(*DEMOS[0])
    assert len(list(_waiting(deel))) == 1


def test_nobody_is_told_before_it_was_so(aanbieder: list[Deel]) -> None:
    """What a version says of a day was not to come when it was recorded."""
    for deel in aanbieder:
        for tabel, veld in (("kindgesprek", "teruggekoppeld_op"), ("signaal", "gemeld_igj_op"), ("actie", "gedaan_op")):
            feiten = getattr(deel, tabel)
            for eerste in feiten.eerste:
                dag = getattr(eerste.feit, veld)
                assert dag is None or dag <= civil_date(eerste.op), (tabel, eerste)


def test_nobody_has_to_act_for_a_child_of_the_user_whom_readme_follows_because_of_an_example() -> None:
    vandaag = date(2026, 11, 2)
    (deel,) = delen("klein", 1, vandaag)
    mine = set(list_caseload(deel, vandaag))
    for dossier, oordelen in judge_deel(deel, vandaag):
        if dossier.id in mine:
            late = [one.norm.code for one in oordelen if one.is_opvolging and one.stand is Stand.TE_LAAT]
            assert late == [], dossier.id


def test_before_the_second_catalogue_there_is_nothing_of_it() -> None:
    vandaag = date(2026, 9, 15)
    (deel,) = delen("klein", 1, vandaag)
    assert list(_waiting(deel)) == []
    assert not deel.opvolgstap.eerste
    assert all(is_active(feit.datum, None, vandaag) for _, feit in deel.veiligheidscheck.current())


@pytest.mark.parametrize("dag", [date(2026, 10, 1), date(2026, 10, 3), date(2026, 10, 20), date(2027, 5, 6)])
def test_it_can_be_made_on_any_day(dag: date) -> None:
    (deel,) = delen("klein", 4, dag)
    assert len(deel.pleegkind.eerste) == 60
