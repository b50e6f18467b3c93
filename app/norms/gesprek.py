"""Which talk with a child counts as kind-alleengesprek, and in Dutch why another one does not.

Source: ``normen.md`` §4. The only place where this is decided: judge, explanation and audit ask it.
"""

from datetime import date

from app.norms.calendar import is_active
from app.norms.feiten import Kindgesprek, Plaatsing
from app.terms import GespreksVorm

_FYSIEK = GespreksVorm.FYSIEK
_VORM_REDEN = {
    GespreksVorm.TELEFOON: "het gesprek was telefonisch, niet fysiek",
    GespreksVorm.BEELDBELLEN: "het gesprek was via beeldbellen, niet fysiek",
}


def counts(gesprek: Kindgesprek, plaatsing: Plaatsing, peildatum: date) -> bool:
    """Tell whether a talk counts on ``peildatum``: all of §4 holds (a withdrawn one is no fact)."""
    return (
        gesprek.doorgegaan
        and gesprek.alleen
        and gesprek.vorm == _FYSIEK
        and gesprek.veiligheid_besproken
        and gesprek.datum <= peildatum
        and is_active(plaatsing.van, plaatsing.tot, gesprek.datum)
    )


def uncounted_reasons(gesprek: Kindgesprek, plaatsing: Plaatsing, peildatum: date) -> tuple[str, ...]:
    """Return in Dutch every reason why a talk does not count; empty exactly when it counts (§4)."""
    if counts(gesprek, plaatsing, peildatum):
        return ()
    redenen = list(_content_reasons(gesprek)) if gesprek.doorgegaan else ["het gesprek ging niet door"]
    if not is_active(plaatsing.van, plaatsing.tot, gesprek.datum):
        redenen.append("viel buiten de plaatsing")
    if gesprek.datum > peildatum:
        redenen.append("ligt na de peildatum")
    return tuple(redenen)


def _content_reasons(gesprek: Kindgesprek) -> list[str]:
    redenen = []
    if not gesprek.alleen:
        redenen.append("niet alleen gesproken")
    if gesprek.vorm != _FYSIEK:
        redenen.append(_VORM_REDEN[gesprek.vorm])
    if not gesprek.veiligheid_besproken:
        redenen.append("de veiligheid in het gezin is niet besproken")
    return redenen
