"""Give an inspectie a mandate, and withdraw it; neither changes what was recorded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict, Fault, fault
from app.lib.ids import new_uid
from app.models import MandaatIntrekking, Organisatie, Toezichtsmandaat
from app.queries.toezicht.mandaten import get_toezichtsmandaat
from app.schemas.toezichtsmandaat import ToezichtsmandaatIn
from app.services.einde import Einde, end_once
from app.services.feiten.locks import lock_head
from app.services.feiten.recording import RequestTime, VersionCheck
from app.terms import OrganisatieSoort


class MandaatOverlapt(Conflict):
    """The inspectie has a mandate in that period; of every look it must be plain under which one it was."""

    code = "overlap"
    detail = "Deze inspectie heeft in deze periode al een mandaat. Trek dat eerst in, of laat het nieuwe later ingaan."


class MandaatAlIngetrokken(Conflict):
    """The mandate was withdrawn before."""

    code = "al_ingetrokken"
    detail = "Dit mandaat is al ingetrokken."


_EINDE = Einde(MandaatIntrekking, Toezichtsmandaat, "mandaat_id", "ingetrokken_op", MandaatAlIngetrokken)


def give_toezichtsmandaat(
    session: Session, actor: Actor, body: ToezichtsmandaatIn, moment: RequestTime
) -> Mapping[str, Any]:
    """Give an inspectie a mandate on the actor's organisatie.

    Raises:
        BadInput: there is no such inspectie, or the period is none, or began before today.
        MandaatOverlapt: the inspectie has one in that period.
    """
    wanted = (Organisatie.code == body.inspectie, Organisatie.soort == OrganisatieSoort.INSPECTIE)
    inspectie_id = session.scalars(select(Organisatie.id).where(*wanted)).one_or_none()
    faults = _faults(body, moment, known=inspectie_id is not None)
    if faults or inspectie_id is None:
        raise BadInput(*faults)
    lock_head(session, actor.organisatie_id)  # two at once: the second sees the first
    _refuse_overlap(session, actor.organisatie_id, inspectie_id, body)
    mandaat = Toezichtsmandaat(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        inspectie_id=inspectie_id,
        gegeven_op=moment.nu,
        gegeven_door=actor.medewerker_id,
        **body.model_dump(exclude={"inspectie"}),
    )
    session.add(mandaat)
    session.flush()  # read back as it is shown
    return get_toezichtsmandaat(session, actor, mandaat.uid)


def withdraw_toezichtsmandaat(
    session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """Withdraw a mandate: from this moment on it gives nothing.

    Raises:
        NotFound, PreconditionFailed, MandaatAlIngetrokken: as they say.
    """
    lock_head(session, actor.organisatie_id)

    def read() -> Mapping[str, Any]:
        return get_toezichtsmandaat(session, actor, uid)

    return end_once(session, actor, _EINDE, {"reden": reden}, moment, read=read, check_version=check_version)


def _faults(body: ToezichtsmandaatIn, moment: RequestTime, *, known: bool) -> list[Fault]:
    faults = []
    if not known:
        faults.append(fault("inspectie", "onbekende_verwijzing", "Er is geen inspectie met deze code."))
    if body.van < moment.vandaag:
        # What was looked at without a mandate cannot be given one afterwards.
        faults.append(fault("van", "ongeldige_waarde", "Een mandaat gaat vandaag of later in."))
    if body.aangekondigd_op is not None and body.aangekondigd_op > moment.vandaag:
        faults.append(fault("aangekondigd_op", "ongeldige_waarde", "Een bezoek is vandaag of eerder aangekondigd."))
    if body.tot <= body.van:
        faults.append(fault("tot", "ongeldige_waarde", "De dag van afloop ligt na de eerste dag."))
    return faults


def _refuse_overlap(session: Session, organisatie_id: int, inspectie_id: int, body: ToezichtsmandaatIn) -> None:
    overlapping: ColumnElement[bool] = and_(Toezichtsmandaat.van < body.tot, Toezichtsmandaat.tot > body.van)
    found = (
        select(Toezichtsmandaat.id)
        .outerjoin(MandaatIntrekking, MandaatIntrekking.mandaat_id == Toezichtsmandaat.id)
        .where(
            Toezichtsmandaat.organisatie_id == organisatie_id,
            Toezichtsmandaat.inspectie_id == inspectie_id,
            overlapping,
            MandaatIntrekking.id.is_(None),
        )
    )
    if session.execute(found).first():
        raise MandaatOverlapt
