"""The catalogue of dated norms: which version of which norm is in force on a peildatum.

Source: ``normen.md`` §5: p picks the version in force on p, so an old quarter is judged by its own norms.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from app.norms.versies.landelijk import LANDELIJK
from app.norms.versies.loosening import loosening
from app.norms.versies.versie import PROJECTKEUZE, NormVersie
from app.terms import NormCode

__all__ = [
    "LANDELIJK", "PROJECTKEUZE", "Catalogus", "NormVersie", "for_organisatie", "loosening", "national_during",
    "national_since",
]  # fmt: skip


class Catalogus:
    """The norm versions that hold for one organisation; immutable after construction.

    Of two versions of one norm in force on the same day an organisation's own wins over a national one,
    and then the higher version number. An own version has numbers of its own; what they mean is said by the national
    version of the day, and on a day without one nothing is judged.
    """

    def __init__(self, landelijk: Iterable[NormVersie], eigen: Iterable[NormVersie] = ()) -> None:
        """Take the national versions and the organisation's own."""
        self._landelijk = tuple(sorted(landelijk, key=lambda norm: norm.versie))
        self._eigen = tuple(sorted(eigen, key=lambda norm: norm.versie))
        grenzen = {norm.geldig_van for norm in self.versies}
        grenzen |= {norm.geldig_tot for norm in self.versies if norm.geldig_tot is not None}
        self._grenzen = sorted(grenzen)
        self._in_force: dict[int, Mapping[NormCode, NormVersie]] = {}

    @property
    def versies(self) -> tuple[NormVersie, ...]:
        """Every version, national ones first, whether in force or not."""
        return (*self._landelijk, *self._eigen)

    def in_force(self, peildatum: date) -> Mapping[NormCode, NormVersie]:
        """Return the version of each norm in force on ``peildatum``; a norm without one is absent."""
        vak = bisect_right(self._grenzen, peildatum)
        normen = self._in_force.get(vak)
        if normen is None:
            normen = MappingProxyType(self._holding(peildatum))
            self._in_force[vak] = normen
        return normen

    def _holding(self, peildatum: date) -> dict[NormCode, NormVersie]:
        landelijk = {n.code: n for n in self._landelijk if n.holds_on(peildatum)}
        eigen = {n.code: n for n in self._eigen if n.code in landelijk and n.holds_on(peildatum)}
        return landelijk | {code: _tightened(landelijk[code], n) for code, n in eigen.items()}

    def changes_after(self, day: date) -> list[date]:
        """Return the days after ``day`` on which a version starts or ends, ascending."""
        return self._grenzen[bisect_right(self._grenzen, day) :]


def _tightened(landelijk: NormVersie, eigen: NormVersie) -> NormVersie:
    return replace(eigen, naam=landelijk.naam, regel=landelijk.regel, formule=landelijk.formule)


def national_during(code: NormCode, van: date, tot: date | None) -> list[NormVersie]:
    """Return the national versions of a norm that hold on a day of [van, tot), the earliest first."""
    return [
        norm
        for norm in LANDELIJK
        if norm.code == code
        and (tot is None or norm.geldig_van < tot)
        and (norm.geldig_tot is None or van < norm.geldig_tot)
    ]


def for_organisatie(landelijk: Iterable[NormVersie], eigen: Iterable[NormVersie]) -> Catalogus:
    """Return the catalogue of an organisation: its own (tightened) versions over the national ones.

    Refuse a version that loosens with :func:`loosening` before it gets here; this function only merges.
    """
    return Catalogus(landelijk, eigen)


def national_since(peildatum: date) -> date | None:
    """Return the day on which the last national version in force on a day began; None: all are the first."""
    first = min(norm.geldig_van for norm in LANDELIJK)
    last = max((norm.geldig_van for norm in LANDELIJK if norm.holds_on(peildatum)), default=first)
    return None if last == first else last
