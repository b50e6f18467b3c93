"""When somebody last had sight of a child, in all its plaatsingen: what is answered when the GI calls.

Seen is seen by a professional, not heard of through a foster parent. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.norms.calendar import is_active
from app.norms.feiten import Dossier, Plaatsing
from app.norms.gesprek import counts
from app.norms.waarneming import is_seen_in_talk


class Waarneming(NamedTuple):
    """A fact by which somebody saw or spoke to the child."""

    datum: date
    soort: str
    id: int


@dataclass(frozen=True, slots=True)
class Zicht:
    """The last of each up to a day; None: nothing was recorded."""

    gezien: Waarneming | None
    alleen: Waarneming | None
    check: Waarneming | None

    @property
    def events(self) -> Sequence[tuple[str, int]]:
        """Kind and key of what it names."""
        return [(one.soort, one.id) for one in (self.gezien, self.alleen, self.check) if one is not None]


def zicht_of(dossier: Dossier | None, peildatum: date) -> Zicht:
    """Return the last sight of a child up to a day."""
    plaatsingen = () if dossier is None else dossier.plaatsingen
    return Zicht(
        _last((one for p in plaatsingen for one in seen_in(p)), peildatum),
        _last((one for p in plaatsingen for one in _alone_in(p, peildatum)), peildatum),
        _last((one for p in plaatsingen for one in _checks_in(p)), peildatum),
    )


def seen_in(plaatsing: Plaatsing) -> Iterator[Waarneming]:
    """Yield what shows that a professional saw the child in a plaatsing."""
    for gesprek in plaatsing.kindgesprekken:
        if is_seen_in_talk(gesprek) and _within(plaatsing, gesprek.datum):
            yield Waarneming(gesprek.datum, "kindgesprek", gesprek.id)
    for soort, feiten in (("veiligheidscheck", plaatsing.veiligheidschecks), ("huisbezoek", plaatsing.huisbezoeken)):
        for feit in feiten:
            if feit.kind_gezien and _within(plaatsing, feit.datum):
                yield Waarneming(feit.datum, soort, feit.id)


def _alone_in(plaatsing: Plaatsing, peildatum: date) -> Iterator[Waarneming]:
    for gesprek in plaatsing.kindgesprekken:
        if counts(gesprek, plaatsing, peildatum):
            yield Waarneming(gesprek.datum, "kindgesprek", gesprek.id)


def _checks_in(plaatsing: Plaatsing) -> Iterator[Waarneming]:
    for check in plaatsing.veiligheidschecks:
        yield Waarneming(check.datum, "veiligheidscheck", check.id)


def _within(plaatsing: Plaatsing, dag: date) -> bool:
    return is_active(plaatsing.van, plaatsing.tot, dag)


def _last(found: Iterable[Waarneming], peildatum: date) -> Waarneming | None:
    return max((one for one in found if one.datum <= peildatum), default=None)
