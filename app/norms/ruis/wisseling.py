"""R07 and R08: whether the child keeps the same faces around it.

The first begeleider of a plaatsing and the first jeugdbeschermer of a maatregel are no change: a move is another matter
than a fixed face that goes. Nor is a correction of a name: only what has a day of its own counts.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.norms.calendar import add_days, is_active
from app.norms.dutch import dutch_date
from app.norms.ruis.feiten import Begeleiding
from app.norms.ruis.zaak import RuisZaak, normalized
from app.terms import MaatregelSoort

#: Maatregelen that a GI carries out, with a jeugdbeschermer (or jeugdreclasseerder).
GI_MAATREGELEN = frozenset({MaatregelSoort.OTS, MaatregelSoort.VOOGDIJ_GI, MaatregelSoort.JEUGDRECLASSERING})
_IN_WORDEN = {
    MaatregelSoort.OTS: "de ots",
    MaatregelSoort.VOOGDIJ_GI: "de voogdij van de GI",
    MaatregelSoort.JEUGDRECLASSERING: "de jeugdreclassering",
}


class _Gezicht(NamedTuple):
    """A person during [van, tot)."""

    wie: Hashable
    van: date
    tot: date | None


def changed_people(zaak: RuisZaak) -> Iterator[str]:
    """R07: in the last 6 months another begeleider or jeugdbeschermer began, or the begeleider went without another."""
    for plaatsing in zaak.actief:
        begeleidingen = [b for b in zaak.feiten.begeleidingen.get(plaatsing.id, ()) if b.van <= zaak.peildatum]
        yield from _new_begeleider(zaak, begeleidingen)
        yield from _gone_begeleider(zaak, begeleidingen)
    for dag in _changes(_jeugdbeschermers(zaak), gap=False):
        if zaak.actief and zaak.recent(dag):
            yield f"Op {dutch_date(dag)} kreeg het kind een andere jeugdbeschermer."


def _new_begeleider(zaak: RuisZaak, begeleidingen: Sequence[Begeleiding]) -> Iterator[str]:
    for dag in _changes([_Gezicht(*b) for b in begeleidingen], gap=True):
        if zaak.recent(dag):
            yield f"Op {dutch_date(dag)} kreeg de plaatsing een andere begeleider."


def _gone_begeleider(zaak: RuisZaak, begeleidingen: Sequence[Begeleiding]) -> Iterator[str]:
    einden = [b.tot for b in begeleidingen if b.tot is not None and b.tot <= zaak.peildatum]
    if einden and len(einden) == len(begeleidingen) and zaak.recent(max(einden)):
        yield f"Op {dutch_date(max(einden))} eindigde de begeleiding en er is nog geen andere begeleider."


def _jeugdbeschermers(zaak: RuisZaak) -> list[_Gezicht]:
    return [
        _Gezicht(normalized(maatregel.jeugdbeschermer), maatregel.van, maatregel.tot)
        for maatregel in zaak.feiten.maatregelen
        if maatregel.van <= zaak.peildatum
        and maatregel.soort in GI_MAATREGELEN
        and normalized(maatregel.jeugdbeschermer)
    ]


def _changes(gezichten: Sequence[_Gezicht], *, gap: bool) -> Iterator[date]:
    """Yield the days on which somebody began who was not there before.

    Args:
        gezichten: by van.
        gap: whether somebody after a time without anybody is a change from the last one.
    """
    for gezicht in gezichten:
        eerder = [one for one in gezichten if one.van < gezicht.van]
        samen = {one.wie for one in eerder if one.tot is None or gezicht.van <= add_days(one.tot, 1)}
        if not samen and gap and eerder:
            samen = {max(eerder, key=lambda one: (one.tot or date.max, one.van)).wie}
        if samen and gezicht.wie not in samen:
            yield gezicht.van


def no_jeugdbeschermer(zaak: RuisZaak) -> Iterator[str]:
    """R08: a maatregel of a GI is active and nobody is recorded as its jeugdbeschermer."""
    if not zaak.actief:
        return
    for maatregel in zaak.feiten.maatregelen:
        missing = maatregel.soort in GI_MAATREGELEN and not normalized(maatregel.jeugdbeschermer)
        if missing and is_active(maatregel.van, maatregel.tot, zaak.peildatum):
            wat = _IN_WORDEN[maatregel.soort]
            yield f"Voor {wat} vanaf {dutch_date(maatregel.van)} is geen jeugdbeschermer vastgelegd."
