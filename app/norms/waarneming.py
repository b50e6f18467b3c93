"""When a professional saw the child itself: a talk face to face, or a visit or check at which it was seen.

It need not be alone, and it must lie within its plaatsing. Of a visit or check that does not say whether the child was
seen, nobody knows: it does not count. Source: ``normen.md`` §5b ("Gezien").
"""

from collections.abc import Iterable, Sequence
from datetime import date

from app.norms.bevinding import Gezien, count_upto
from app.norms.calendar import is_active
from app.norms.feiten import Gebeurtenis, Kindgesprek, Plaatsing
from app.terms import GespreksVorm

_FYSIEK = GespreksVorm.FYSIEK


def is_seen_in_talk(gesprek: Kindgesprek) -> bool:
    """Tell whether a talk is a waarneming: it took place, face to face."""
    return gesprek.doorgegaan and gesprek.vorm == _FYSIEK


def last_waarneming(plaatsing: Plaatsing, peildatum: date, vanaf: date = date.min) -> Gebeurtenis | None:
    """Return the last waarneming within a plaatsing from ``vanaf`` up to ``peildatum``, with its kind."""
    since = max(vanaf, plaatsing.van)
    found = [
        _last_talk(plaatsing, since, peildatum),
        _last_seen("veiligheidscheck", plaatsing.veiligheidschecks, plaatsing, since, peildatum),
        _last_seen("huisbezoek", plaatsing.huisbezoeken, plaatsing, since, peildatum),
    ]
    return latest(found)


def latest(found: Iterable[Gebeurtenis | None]) -> Gebeurtenis | None:
    """Return the latest of events; of one day the first given."""
    return max((one for one in found if one is not None), key=lambda one: one.datum, default=None)


def _last_talk(plaatsing: Plaatsing, since: date, peildatum: date) -> Gebeurtenis | None:
    gesprekken = plaatsing.kindgesprekken
    for i in range(count_upto(gesprekken, peildatum) - 1, -1, -1):
        gesprek = gesprekken[i]
        if gesprek.datum < since:
            return None
        if is_seen_in_talk(gesprek) and is_active(plaatsing.van, plaatsing.tot, gesprek.datum):
            return Gebeurtenis(gesprek.id, gesprek.datum, "kindgesprek")
    return None


def _last_seen(
    soort: str, feiten: Sequence[Gezien], plaatsing: Plaatsing, since: date, peildatum: date
) -> Gebeurtenis | None:
    for i in range(count_upto(feiten, peildatum) - 1, -1, -1):
        feit = feiten[i]
        if feit.datum < since:
            return None
        if feit.kind_gezien and is_active(plaatsing.van, plaatsing.tot, feit.datum):
            return Gebeurtenis(feit.id, feit.datum, soort)
    return None
