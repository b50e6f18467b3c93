"""R01 and R11: whether a professional sees and hears the child itself.

Own sight is a talk that took place, face to face. A veiligheidscheck or a huisbezoek does not count: the child need not
have been there (``docs/adr/0009-ruisfactoren.md``).
"""

from collections.abc import Iterator
from datetime import date

from app.norms.calendar import add_months
from app.norms.dutch import dutch_date
from app.norms.feiten import Plaatsing
from app.norms.gesprek import counts
from app.norms.ruis.zaak import MAANDEN, Zaak
from app.terms import GespreksVorm, PlaatsingVorm

_ZICHT_MAANDEN = 4


def no_own_sight(zaak: Zaak) -> Iterator[str]:
    """R01: more than 4 months since the last own sight, or since the zorg began when there was none in it."""
    if zaak.z is None:
        return
    gezien = max((dag for dag in _sightings(zaak) if dag >= zaak.z), default=None)
    if zaak.peildatum <= add_months(gezien or zaak.z, _ZICHT_MAANDEN):
        return
    if gezien is None:
        yield f"Sinds het begin van de zorg op {dutch_date(zaak.z)} sprak geen professional het kind in levenden lijve."
    else:
        yield f"Voor het laatst sprak een professional het kind in levenden lijve op {dutch_date(gezien)}."


def _sightings(zaak: Zaak) -> Iterator[date]:
    return (
        gesprek.datum
        for plaatsing in zaak.feiten.plaatsingen
        for gesprek in plaatsing.kindgesprekken
        if gesprek.doorgegaan and gesprek.vorm == GespreksVorm.FYSIEK and gesprek.datum <= zaak.peildatum
    )


def only_foster_parents(zaak: Zaak) -> Iterator[str]:
    """R11: in a voltijd or crisis plaatsing of over 6 months a huisbezoek in the last 6, and no counting talk."""
    for plaatsing in zaak.actief:
        if plaatsing.vorm == PlaatsingVorm.DEELTIJD or zaak.peildatum <= add_months(plaatsing.van, MAANDEN):
            continue
        bezoeken = [bezoek.datum for bezoek in plaatsing.huisbezoeken if zaak.recent(bezoek.datum)]
        if bezoeken and not _recent_talk(zaak, plaatsing):
            yield (
                f"Het laatste huisbezoek was op {dutch_date(max(bezoeken))}; in de {MAANDEN} maanden tot de peildatum "
                "was er geen kind-alleengesprek in deze plaatsing."
            )


def _recent_talk(zaak: Zaak, plaatsing: Plaatsing) -> bool:
    return any(
        zaak.recent(gesprek.datum) and counts(gesprek, plaatsing, zaak.peildatum)
        for gesprek in plaatsing.kindgesprekken
    )
