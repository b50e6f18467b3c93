"""R01 and R11: whether a professional sees and hears the child itself.

Own sight is a talk that took place, face to face. A veiligheidscheck or a huisbezoek does not count: the child need not
have been there (``docs/adr/0009-ruisfactoren.md``). From October 2026 on it does when it says that the child was seen.
"""

from collections.abc import Iterator
from datetime import date

from app.norms.bevinding import Gezien
from app.norms.calendar import add_months
from app.norms.dutch import dutch_date
from app.norms.feiten import Plaatsing
from app.norms.gesprek import counts
from app.norms.ruis.zaak import MAANDEN, RuisZaak
from app.norms.waarneming import is_seen_in_talk, last_waarneming, latest
from app.terms import PlaatsingVorm

_ZICHT_MAANDEN = 4


def no_own_sight(zaak: RuisZaak) -> Iterator[str]:
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


def _sightings(zaak: RuisZaak) -> Iterator[date]:
    return (
        gesprek.datum
        for plaatsing in zaak.feiten.plaatsingen
        for gesprek in plaatsing.kindgesprekken
        if is_seen_in_talk(gesprek) and gesprek.datum <= zaak.peildatum
    )


def not_seen(zaak: RuisZaak) -> Iterator[str]:
    """R01 from October 2026: more than 4 months since the last waarneming, or since the zorg began without one."""
    if zaak.z is None:
        return
    gezien = latest(last_waarneming(plaatsing, zaak.peildatum, zaak.z) for plaatsing in zaak.feiten.plaatsingen)
    if zaak.peildatum <= add_months(zaak.z if gezien is None else gezien.datum, _ZICHT_MAANDEN):
        return
    if gezien is None:
        begin = dutch_date(zaak.z)
        yield f"Sinds het begin van de zorg op {begin} is niet vastgelegd dat een professional het kind zag."
    else:
        yield f"Voor het laatst zag een professional het kind zelf op {dutch_date(gezien.datum)}."


def only_foster_parents(zaak: RuisZaak) -> Iterator[str]:
    """R11: in a voltijd or crisis plaatsing of over 6 months a huisbezoek in the last 6, and no counting talk."""
    for _, dag in _visited_without_talk(zaak):
        yield (
            f"Het laatste huisbezoek was op {dutch_date(dag)}; in de {MAANDEN} maanden tot de peildatum was er geen "
            "kind-alleengesprek in deze plaatsing."
        )


def unseen_behind_foster_parents(zaak: RuisZaak) -> Iterator[str]:
    """R11 from October 2026: as before, and at no visit or check in those months was the child seen."""
    for plaatsing, dag in _visited_without_talk(zaak):
        gezien: list[Gezien] = [*plaatsing.huisbezoeken, *plaatsing.veiligheidschecks]
        if not any(feit.kind_gezien and zaak.recent(feit.datum) for feit in gezien):
            yield (
                f"Het laatste huisbezoek was op {dutch_date(dag)}; in de {MAANDEN} maanden tot de peildatum was er "
                "geen kind-alleengesprek in deze plaatsing, en is niet vastgelegd dat het kind is gezien."
            )


def _visited_without_talk(zaak: RuisZaak) -> Iterator[tuple[Plaatsing, date]]:
    """Yield the voltijd and crisis plaatsingen of over 6 months with a visit in the last 6 and no talk, and its day."""
    for plaatsing in zaak.actief:
        if plaatsing.vorm == PlaatsingVorm.DEELTIJD or zaak.peildatum <= add_months(plaatsing.van, MAANDEN):
            continue
        bezoeken = [bezoek.datum for bezoek in plaatsing.huisbezoeken if zaak.recent(bezoek.datum)]
        if bezoeken and not _recent_talk(zaak, plaatsing):
            yield plaatsing, max(bezoeken)


def _recent_talk(zaak: RuisZaak, plaatsing: Plaatsing) -> bool:
    return any(
        zaak.recent(gesprek.datum) and counts(gesprek, plaatsing, zaak.peildatum)
        for gesprek in plaatsing.kindgesprekken
    )
