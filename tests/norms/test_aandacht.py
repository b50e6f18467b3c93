"""In which order judgements ask for attention: whom nobody heard before what is late for longer."""

from datetime import date
from itertools import pairwise

from app.norms.aandacht import NIETS, aandacht_of, urgentie
from app.norms.feiten import Gebeurtenis
from app.norms.judge import Oordeel
from app.norms.versies.catalogue import LANDELIJK
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte

PER_CODE = {norm.code: norm for norm in LANDELIJK}


def late(code: NormCode, uiterlijk: str, *, ooit: bool = False, stand: Stand = Stand.TE_LAAT) -> Oordeel:
    laatste = Gebeurtenis(1, date(2026, 1, 1)) if ooit else None
    return Oordeel(
        norm=PER_CODE[code],
        onderwerp_soort=OnderwerpSoort.PLAATSING,
        onderwerp_id=1,
        zwaarte=Zwaarte.NORM,
        laatste=laatste,
        uiterlijk=date.fromisoformat(uiterlijk),
        stand=stand,
        uitzondering_id=None,
        peildatum=date(2026, 11, 2),
    )


def in_order(*oordelen: Oordeel) -> bool:
    keys = [urgentie(oordeel) for oordeel in oordelen]
    return all(one < other for one, other in pairwise(keys))


def test_a_child_that_nobody_heard_comes_before_a_vgb_that_is_late_for_years() -> None:
    nooit, vgb = late(NormCode.KAG_R, "2026-10-30"), late(NormCode.VGB_T, "2023-01-01")
    assert in_order(nooit, vgb)
    assert aandacht_of([vgb, nooit]).ergste == nooit


def test_what_must_be_acted_on_comes_first_and_the_rest_by_how_long_it_is_late() -> None:
    opvolging, nooit = late(NormCode.OPV_O, "2026-11-01"), late(NormCode.KAG_3, "2026-10-30")
    lang, kort = late(NormCode.KAG_R, "2026-03-01", ooit=True), late(NormCode.VGB_T, "2026-10-01")
    assert in_order(opvolging, nooit, lang, kort)


def test_who_was_never_heard_and_is_not_late_yet_waits_its_turn() -> None:
    laat, nadert = late(NormCode.VGB_T, "2026-10-30"), late(NormCode.KAG_R, "2026-11-10", stand=Stand.NADERT)
    assert in_order(laat, nadert)
    assert urgentie(nadert) < NIETS
