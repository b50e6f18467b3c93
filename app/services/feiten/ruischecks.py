"""What a ruisscore, a step of the meldcode and a case discussion must satisfy before they are recorded."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Fault
from app.models import ExtraInzet, Medewerker, Signaal
from app.models.versions import holds
from app.norms.calendar import add_months
from app.norms.ruis.catalogue import in_force

Values = Mapping[str, Any]

_LONGEST_MONTHS = 12


def ruis_faults(session: Session, naam: str, values: Values) -> Iterator[Fault]:
    """Yield the faults in the content of a kind that this module knows; none for another kind."""
    if naam == "ruisscore":
        yield from _ruisscore(values)
    elif naam == "meldcodestap":
        yield from _meldcodestap(session, values)
    elif naam == "casuistiekbespreking":
        yield from _extra_inzet(session, values)


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


def _ruisscore(values: Values) -> Iterator[Fault]:
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
