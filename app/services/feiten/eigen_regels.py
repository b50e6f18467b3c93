"""What one kind of fact asks beside what every kind asks, in code: a table from kind to its rules.

What a kind is stands as data in ``app.models.soorten``; a kind that asks nothing more is not named here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Fault, fault
from app.invoer.bezwaar import Bezwaar
from app.invoer.datums import fault_in_review
from app.models import (
    Casuistiekbespreking,
    ExtraInzet,
    Feit,
    Medewerker,
    Meldcodestap,
    Plaatsing,
    Ruisscore,
    Signaal,
    Uitzondering,
)
from app.models.soorten import FeitSoort
from app.models.versions import holds
from app.norms.calendar import add_months
from app.norms.ruis.catalogue import in_force
from app.services.feiten.verblijf import check_plaatsing

Values = Mapping[str, Any]

_LATEST_EXCEPTION = timedelta(days=14)
_LONGEST_MONTHS = 12


def _nothing(*_: Any) -> Iterator[Any]:
    return iter(())


@dataclass(frozen=True, slots=True)
class EigenRegels:
    """What a kind asks of its content.

    Attributes:
        bezwaren: what the content says against itself, by a rule of entry that holds for a workbook too.
        fouten: what it says against what is recorded.
        terugwerkend: what may not be recorded, or corrected (from the values before), so long afterwards.
        botst: raises when the whole contradicts what is recorded; the last argument is the feit_id of a correction.
    """

    bezwaren: Callable[[Values], Iterator[Bezwaar]] = _nothing
    fouten: Callable[[Session, Values], Iterator[Fault]] = _nothing
    terugwerkend: Callable[[Values, Values | None, date], Iterator[Fault]] = _nothing
    botst: Callable[[Session, Values, int | None], object] = _nothing


def rules_of(soort: FeitSoort) -> EigenRegels:
    """Return what a kind asks of its own."""
    return _EIGEN.get(soort.model, _GEEN)


def deelnemer_faults(session: Session, organisatie_id: int, values: Values) -> Iterator[Fault]:
    """Yield a fault when somebody among the deelnemers is no medewerker of the organisatie."""
    wanted: set[UUID] = set(values.get("deelnemers") or ())
    if not wanted:
        return
    known = select(Medewerker.uid).where(
        Medewerker.uid.in_(wanted), Medewerker.organisatie_id == organisatie_id, holds(Medewerker)
    )
    if wanted - set(session.scalars(known)):
        yield Fault("body", "deelnemers", "onbekende_verwijzing", "Er is geen medewerker met een van deze id's.")


def _ruisscore(_session: Session, values: Values) -> Iterator[Fault]:
    datum, tot = values["datum"], values["geldt_tot"]
    if not datum < tot <= add_months(datum, _LONGEST_MONTHS):
        zin = "Een score geldt hoogstens 12 maanden en eindigt na de dag waarop is gescoord."
        yield Fault("body", "geldtTot", "ongeldige_waarde", zin)
    factor = in_force(datum).get(values["code"])
    if factor is None or not factor.mag_gescoord:
        zin = "Deze ruisfactor volgt uit het dossier en wordt niet door een mens gescoord."
        yield Fault("body", "code", "ongeldige_waarde", zin)


def _meldcodestap(session: Session, values: Values) -> Iterator[Fault]:
    statement = select(Signaal.datum).where(Signaal.feit_id == values["signaal_id"], holds(Signaal))
    gebeurd: date = session.execute(statement).scalar_one()
    if values["datum"] < gebeurd:
        yield Fault("body", "datum", "datum_buiten_periode", "Deze stap ligt voor de dag van het signaal.")


def _extra_inzet(session: Session, values: Values) -> Iterator[Fault]:
    key = values.get("extra_inzet_id")
    if key is None:
        return
    own = select(ExtraInzet.id).where(ExtraInzet.id == key, ExtraInzet.pleegkind_id == values["pleegkind_id"])
    if session.execute(own).first() is None:
        yield Fault("body", "extraInzetId", "onbekende_verwijzing", "Er is geen extra inzet met deze id.")


def _uitzondering(values: Values) -> Iterator[Bezwaar]:
    bezwaar = fault_in_review(values["van"], values["herzien_uiterlijk"])
    yield from () if bezwaar is None else (bezwaar,)


def _uitzondering_of_long_ago(values: Values, before: Values | None, vandaag: date) -> Iterator[Fault]:
    """Yield what an uitzondering of long ago may not cover afterwards.

    An import keeps its history, so this is asked of what people record and correct. A correction may leave the first
    day as it was, or make it later; it adds no norm to what began long ago.
    """
    if values["van"] >= vandaag - _LATEST_EXCEPTION:
        return
    if before is None or values["van"] < before["van"]:
        yield fault("van", "ongeldige_waarde", "Een uitzondering begint hoogstens 14 dagen geleden.")
    elif not set(values["normen"]) <= set(before["normen"]):
        detail = "Deze uitzondering begon meer dan 14 dagen geleden. Leg voor een andere norm een nieuwe vast."
        yield fault("normen", "ongeldige_waarde", detail)


_GEEN = EigenRegels()
_EIGEN: Mapping[type[Feit], EigenRegels] = {
    Casuistiekbespreking: EigenRegels(fouten=_extra_inzet),
    Meldcodestap: EigenRegels(fouten=_meldcodestap),
    Plaatsing: EigenRegels(botst=check_plaatsing),
    Ruisscore: EigenRegels(fouten=_ruisscore),
    Uitzondering: EigenRegels(bezwaren=_uitzondering, terugwerkend=_uitzondering_of_long_ago),
}
