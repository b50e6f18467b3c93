"""A child's time as lanes: what happened, where a norm held and was met, and where it was not. Pure.

Windows and gaps are the rule's own output over the whole period (``course``), so the picture never says other than the
judgements do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from app.norms.calendar import add_days, add_months
from app.norms.course import Termijn, future_termijnen
from app.norms.feiten import Dossier, Gezin
from app.norms.gesprek import counts
from app.norms.opvolging import aanleidingen
from app.norms.versies.catalogue import Catalogus
from app.norms.zicht import seen_in

#: so much of the past and of what is to come is in the picture
TERUG_MAANDEN, VOORUIT_MAANDEN = 24, 3


class Teken(StrEnum):
    """What a mark in a lane says."""

    MEE = "mee"
    NIET = "niet"
    SEIN = "sein"
    STAP = "stap"


class Punt(NamedTuple):
    """Something that happened on a day."""

    dag: date
    teken: Teken


class Vak(NamedTuple):
    """Days [van, tot)."""

    van: date
    tot: date

    @property
    def dagen(self) -> int:
        """How many."""
        return (self.tot - self.van).days


@dataclass(frozen=True, slots=True)
class Baan:
    """One lane.

    Attributes:
        naam: what it is about, and short for a phone.
        gedekt: when a norm held and was met.
        gaten: when a norm held and was not, up to the peildatum.
        punten: what happened.
    """

    naam: str
    kort: str
    gedekt: Sequence[Vak]
    gaten: Sequence[Vak]
    punten: Sequence[Punt]


@dataclass(frozen=True, slots=True)
class Tijdbeeld:
    """The lanes of a child over [van, tot) as on a peildatum."""

    van: date
    tot: date
    peildatum: date
    banen: Sequence[Baan]


#: name, short name, and the norms whose windows stand behind it; the first that yields any
_BANEN: Final[Sequence[tuple[str, str, Sequence[str]]]] = (
    ("Gezien", "Gezien", ("ZIEN",)),
    ("Alleen gesproken", "Alleen", ("KAG-R", "KAG-D")),
    ("Veiligheidscheck", "Check", ("VC-J",)),
    ("Huisbezoek", "Bezoek", ("HB",)),
    ("Casuïstiek", "Casus", ("MDO",)),
    ("Opvolging", "Zorg", ()),
)


def tijdbeeld_of(
    dossier: Dossier, gezinnen: Mapping[int, Gezin], catalogus: Catalogus, peildatum: date
) -> Tijdbeeld | None:
    """Return the lanes of a child, or None for one that was never placed."""
    if not dossier.plaatsingen:
        return None
    first = min(plaatsing.van for plaatsing in dossier.plaatsingen)
    van = max(first, add_months(peildatum, -TERUG_MAANDEN)).replace(day=1)
    tot = add_months(peildatum, VOORUIT_MAANDEN)
    termijnen = future_termijnen(dossier, gezinnen, catalogus, van)
    punten = _punten(dossier, peildatum)
    banen = [
        _baan(naam, kort, _of_norms(termijnen, normen), punten[naam], (van, tot, peildatum))
        for naam, kort, normen in _BANEN
    ]
    return Tijdbeeld(van, tot, peildatum, banen)


def _of_norms(termijnen: Sequence[Termijn], normen: Sequence[str]) -> list[Termijn]:
    found = ([one for one in termijnen if one.norm == norm] for norm in normen)
    return next((several for several in found if several), [])


def _baan(
    naam: str, kort: str, termijnen: Sequence[Termijn], punten: Sequence[Punt], over: tuple[date, date, date]
) -> Baan:
    van, tot, peildatum = over
    gedekt = _joined(_vak(one.van, _first_late(one, tot), tot, one.tot) for one in termijnen)
    gaten = _joined(_vak(_first_late(one, tot), add_days(peildatum, 1), tot, one.tot) for one in termijnen)
    return Baan(naam, kort, gedekt, gaten, [punt for punt in punten if van <= punt.dag <= peildatum])


def _first_late(termijn: Termijn, tot: date) -> date:
    return tot if termijn.uiterlijk is None else max(termijn.van, add_days(termijn.uiterlijk, 1))


def _vak(van: date, *tot: date | None) -> Vak:
    return Vak(van, min(one for one in tot if one is not None))


def _joined(vakken: Iterable[Vak]) -> list[Vak]:
    """Return them in order without those of no day, and those that touch as one."""
    joined: list[Vak] = []
    for vak in sorted(one for one in vakken if one.van < one.tot):
        if joined and vak.van <= joined[-1].tot:
            joined[-1] = Vak(joined[-1].van, max(joined[-1].tot, vak.tot))
        else:
            joined.append(vak)
    return joined


def _punten(dossier: Dossier, peildatum: date) -> Mapping[str, Sequence[Punt]]:
    plaatsingen = dossier.plaatsingen
    mdo = [Punt(one.datum, _mee(one.multidisciplinair)) for one in dossier.casuistiekbesprekingen]
    return {
        "Gezien": [Punt(one.datum, Teken.MEE) for p in plaatsingen for one in seen_in(p)],
        "Alleen gesproken": [
            Punt(one.datum, _mee(counts(one, p, peildatum))) for p in plaatsingen for one in p.kindgesprekken
        ],
        "Veiligheidscheck": [Punt(one.datum, Teken.MEE) for p in plaatsingen for one in p.veiligheidschecks],
        "Huisbezoek": [Punt(one.datum, Teken.MEE) for p in plaatsingen for one in p.huisbezoeken],
        "Casuïstiek": mdo,
        "Opvolging": list(_seinen(dossier, peildatum)),
    }


def _mee(mee: bool) -> Teken:  # noqa: FBT001 - the one thing that it asks
    return Teken.MEE if mee else Teken.NIET


def _seinen(dossier: Dossier, peildatum: date) -> Iterator[Punt]:
    """Yield every signaal, every worry that somebody must act on, and what was done about one."""
    days = {signaal.bekend_geworden_op for signaal in dossier.signalen}
    for dag in sorted(days | {one.k for one in aanleidingen(dossier, peildatum)}):
        yield Punt(dag, Teken.SEIN)
    for stap in dossier.opvolgstappen:
        yield Punt(stap.datum, Teken.STAP)
