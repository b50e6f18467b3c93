"""How an inspecteur comes to see files: under a mandate that holds today, through a reader made here and nowhere else.

An inspecteur has no scope (``app.access.scope``: niets). The reader stands in for the organisatie that gave the
mandate: its whole scope, so that the queries of the organisatie itself answer the same, and not a single permission.
It never leaves the request in which the mandate was checked and the look was logged (``app.web.toezicht``).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.terms import Rol


@dataclass(frozen=True, slots=True)
class Mandaat:
    """A mandate that holds today, as the reading under it needs it."""

    id: int
    uid: UUID
    organisatie_id: int
    organisatie_uid: UUID
    code: str
    naam: str
    doel: str
    van: date
    tot: date
    dossiertekst: bool
    aangekondigd_op: date | None

    def is_after_aankondiging(self, dag: date) -> bool | None:
        """Tell whether a day lies after that on which the visit was announced; None when it was not."""
        return None if self.aangekondigd_op is None else dag > self.aangekondigd_op


@dataclass(frozen=True, slots=True)
class Toezichtlezer(Actor):
    """Reads what an organisatie's own kwaliteitsmedewerker sees, and may do nothing."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """None: whatever asks for a permission refuses."""
        return frozenset()


def reader_under(mandaat: Mandaat, inspecteur: Actor) -> Toezichtlezer:
    """Return the reader of the organisatie that gave the mandate; the rol gives the scope of the whole organisatie."""
    return Toezichtlezer(
        account_id=inspecteur.account_id,
        medewerker_id=0,  # nobody there: no caseload is the inspecteur's
        medewerker_uid=inspecteur.medewerker_uid,
        naam=inspecteur.naam,
        rol=Rol.KWALITEITSMEDEWERKER,
        team_id=None,
        organisatie_id=mandaat.organisatie_id,
        organisatie_uid=mandaat.organisatie_uid,
        organisatie_code=mandaat.code,
        organisatie_naam=mandaat.naam,
    )
