"""Whether every frozen audit in the database still says what its digest covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.lib.progress import Progress
from app.models import Kwartaaltoets
from app.norms.kwartaaltoets.digest import digest_of
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, KopInhoud
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud
from app.queries.publicaties import list_changed
from app.terms import ToetsStatus


@dataclass(frozen=True, slots=True)
class Zegelcontrole:
    """How many frozen audits and rows were read, and what is wrong, in Dutch sentences."""

    toetsen: int
    regels: int
    afwijkingen: tuple[str, ...]


def verify_frozen(session: Session, organisaties: Sequence[int], progress: Progress | None = None) -> Zegelcontrole:
    """Recompute the digest and the key figures of every frozen audit of organisaties from its stored rows."""
    found = [_verify_one(session, key, progress) for key in organisaties]
    return Zegelcontrole(
        sum(one.toetsen for one in found),
        sum(one.regels for one in found),
        tuple(fault for one in found for fault in one.afwijkingen),
    )


def _verify_one(session: Session, organisatie_id: int, progress: Progress | None) -> Zegelcontrole:
    act_for(session, Namens(organisatie_id))
    # By name, beside the policy: working for an inspectie that shows the heads of others' audits, without their rows.
    own = (Kwartaaltoets.organisatie_id == organisatie_id, Kwartaaltoets.status == ToetsStatus.VASTGESTELD)
    toetsen = list(session.scalars(select(Kwartaaltoets).where(*own).order_by(Kwartaaltoets.id)))
    faults: list[str] = []
    for done, toets in enumerate(toetsen, start=1):
        faults += _faults_of(session, toets)
        if progress:
            progress(done, len(toetsen), "kwartaaltoetsen controleren")
    faults += list_changed(session, organisatie_id)
    return Zegelcontrole(len(toetsen), sum(toets.rijen for toets in toetsen), tuple(faults))


def _faults_of(session: Session, toets: Kwartaaltoets) -> list[str]:
    kop = cast("KopInhoud", toets.kop)
    kengetallen = cast("list[GroepKengetallen]", toets.kengetallen)
    faults = []
    if digest_of(kop, kengetallen, iterate_inhoud(session, toets.id)) != toets.digest:
        faults.append("de inhoud past niet bij de digest")
    if count_kengetallen(kop["organisatie"]["naam"], iterate_inhoud(session, toets.id)) != kengetallen:
        faults.append("de kengetallen passen niet bij de regels")
    return [f"Kwartaaltoets {kop['organisatie']['code']} {toets.kwartaal} ({toets.uid}): {fault}." for fault in faults]
