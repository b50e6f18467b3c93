"""A child's time as lanes: what happened, where a norm held and was met, and where it was not. Pure.

Windows and gaps are the rule's own output over the whole period (``course``), so the picture never says other than the
judgements do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def _seen(dossier: Dossier, _: date) -> Iterator[Punt]:
    return (Punt(one.datum, Teken.MEE) for plaatsing in dossier.plaatsingen for one in seen_in(plaatsing))


def _talks(dossier: Dossier, peildatum: date) -> Iterator[Punt]:
    for plaatsing in dossier.plaatsingen:
        for one in plaatsing.kindgesprekken:
            yield Punt(one.datum, Teken.MEE if counts(one, plaatsing, peildatum) else Teken.NIET)


def _checks(dossier: Dossier, _: date) -> Iterator[Punt]:
    return (Punt(one.datum, Teken.MEE) for plaatsing in dossier.plaatsingen for one in plaatsing.veiligheidschecks)


def _visits(dossier: Dossier, _: date) -> Iterator[Punt]:
    return (Punt(one.datum, Teken.MEE) for plaatsing in dossier.plaatsingen for one in plaatsing.huisbezoeken)


def _discussions(dossier: Dossier, _: date) -> Iterator[Punt]:
    for one in dossier.casuistiekbesprekingen:
        yield Punt(one.datum, Teken.MEE if one.multidisciplinair else Teken.NIET)


def _worries(dossier: Dossier, peildatum: date) -> Iterator[Punt]:
    """Yield every signaal, every worry that somebody must act on, and what was done about one."""
    days = {signaal.bekend_geworden_op for signaal in dossier.signalen}
    for dag in sorted(days | {one.k for one in aanleidingen(dossier, peildatum)}):
        yield Punt(dag, Teken.SEIN)
    for stap in dossier.opvolgstappen:
        yield Punt(stap.datum, Teken.STAP)


class _Lane(NamedTuple):
    """What a lane is made of.

    Attributes:
        naam: what it is about, and short for a phone.
        normen: whose windows stand behind it: of the first of these that has any.
        punten: what happened, by the file of the child and the peildatum.
    """

    naam: str
    kort: str
    normen: Sequence[str]
    punten: Callable[[Dossier, date], Iterator[Punt]]


_LANES: Final[Sequence[_Lane]] = (
    _Lane("Gezien", "Gezien", ("ZIEN",), _seen),
    _Lane("Alleen gesproken", "Alleen", ("KAG-R", "KAG-D"), _talks),
    _Lane("Veiligheidscheck", "Check", ("VC-J",), _checks),
    _Lane("Huisbezoek", "Bezoek", ("HB",), _visits),
    _Lane("Casuïstiek", "Casus", ("MDO",), _discussions),
    _Lane("Opvolging", "Zorg", (), _worries),
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
    banen = [
        Baan(
            one.naam,
            one.kort,
            *_windows(_of_norms(termijnen, one.normen), tot, peildatum),
            [punt for punt in one.punten(dossier, peildatum) if van <= punt.dag <= peildatum],
        )
        for one in _LANES
    ]
    return Tijdbeeld(van, tot, peildatum, banen)


def _of_norms(termijnen: Sequence[Termijn], normen: Sequence[str]) -> list[Termijn]:
    found = ([one for one in termijnen if one.norm == norm] for norm in normen)
    return next((several for several in found if several), [])


def _windows(termijnen: Sequence[Termijn], tot: date, peildatum: date) -> tuple[list[Vak], list[Vak]]:
    """Return when a norm held and was met, and when it held and was not."""
    gedekt = _joined(_vak(one.van, _first_late(one, tot), tot, one.tot) for one in termijnen)
    gaten = _joined(_vak(_first_late(one, tot), add_days(peildatum, 1), tot, one.tot) for one in termijnen)
    return gedekt, gaten


def _first_late(termijn: Termijn, tot: date) -> date:
    """Return the first day on which it was late; ``tot`` where it never is."""
    return tot if termijn.uiterlijk is None else max(termijn.van, add_days(termijn.uiterlijk, 1))


def _vak(van: date, *tot: date | None) -> Vak:
    """Return the days from one on up to the first of several ends; None is no end."""
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
