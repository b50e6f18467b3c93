"""What follows from a fact by itself, in the transaction that records it.

Only from what people record: an import brings the actions of its source, the same file twice changes nothing, and what
is taken back takes everything back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Actie, Gezinslid, Plaatsing, Termijn, Vgb
from app.models.periode import runs_after
from app.models.versions import holds
from app.norms.berichten import NORMEN
from app.norms.calendar import add_working_days
from app.norms.vgb import BESLUIT_WERKDAGEN
from app.queries.organisatie.teamleiders import first_teamleider, last_begeleiders, last_teamleiders
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import Berichtreden, OnderwerpSoort, VgbStatus

BESLIS: Final = "De VGB van iemand in het pleeggezin is ingetrokken. Beslis of dit kind hier kan blijven wonen."


def decide_per_child(
    session: Session, actor: Actor, vgb: Vgb, before: Vgb | None, nu: datetime, vandaag: date
) -> list[Actie]:
    """Record an action for each child about whom must be decided because a VGB was withdrawn; return them.

    Which children the rule says: those that live there while this member has no valid VGB any more. The teamleider of
    the child's team is to do it, without one who guides it, else a teamleider, else who recorded it.

    Args:
        session: the transaction; the deadlines know the VGB already.
        actor: who records the VGB.
        vgb: the version that was recorded.
        before: the version that it replaces.
        nu: the moment of recording.
        vandaag: today.
    """
    if not _withdraws(vgb) or (before is not None and _withdraws(before)):
        return []
    plaatsingen = _plaatsingen(session, vgb, vandaag)
    if not plaatsingen:
        return []
    owners = _owners(session, actor, plaatsingen, vandaag)
    recording = begin_recording(session, actor.organisatie_id, nu, actor.medewerker_id)
    said: dict[str, Any] = {"datum": vandaag, "omschrijving": BESLIS, "gedaan_op": None, "vgb_id": vgb.feit_id}
    said["uiterlijk"] = add_working_days(vandaag, BESLUIT_WERKDAGEN)
    return [
        record_feit(recording, Actie, {**said, "pleegkind_id": kind, "eigenaar_id": owners[plaatsing]})
        for kind, plaatsing in sorted(plaatsingen.items())
    ]


def _withdraws(vgb: Vgb) -> bool:
    return vgb.status == VgbStatus.INGETROKKEN and not vgb.ingetrokken


def _plaatsingen(session: Session, vgb: Vgb, vandaag: date) -> Mapping[int, int]:
    """Return the children of whom the rule misses this member's VGB today, with where they live: child → plaatsing."""
    missed = select(Termijn.pleegkind_id).where(
        Termijn.onderwerp_soort == OnderwerpSoort.GEZINSLID,
        Termijn.onderwerp_id == vgb.gezinslid_id,
        Termijn.norm.in_(NORMEN[Berichtreden.VGB_INGETROKKEN]),
        Termijn.uiterlijk.is_not(None),
        Termijn.van <= vandaag,
        runs_after(Termijn, vandaag),
    )
    family = select(Gezinslid.pleeggezin_id).where(Gezinslid.feit_id == vgb.gezinslid_id, holds(Gezinslid))
    lives = select(Plaatsing.pleegkind_id, Plaatsing.feit_id).where(
        Plaatsing.pleeggezin_id.in_(family),
        Plaatsing.pleegkind_id.in_(missed),
        Plaatsing.van <= vandaag,
        runs_after(Plaatsing, vandaag),
        holds(Plaatsing),
    )
    return {row.pleegkind_id: row.feit_id for row in session.execute(lives.order_by(Plaatsing.van))}


def _owners(session: Session, actor: Actor, plaatsingen: Mapping[int, int], vandaag: date) -> dict[int, int]:
    """Return per plaatsing who is to decide about the child."""
    where = list(plaatsingen.values())
    leads = last_teamleiders(session, actor.organisatie_id, where, vandaag)
    guides = last_begeleiders(session, where, vandaag)
    other = first_teamleider(session, actor.organisatie_id) or actor.medewerker_id
    return {one: leads.get(one) or guides.get(one) or other for one in where}
