"""Begin and end a plaatsing: the steps that touch more than one fact."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose
from app.errors import BadInput, NotFound, fault
from app.models import Begeleiding
from app.models.periode import runs_after
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.queries.feiten.regels import FeitRegel
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime, VersionCheck

_PLAATSING = SOORTEN["plaatsing"]
_BEGELEIDING = SOORTEN["begeleiding"]


def create_plaatsing(session: Session, actor: Actor, content: Mapping[str, Any], moment: RequestTime) -> FeitRegel:
    """Place a child with a family, both visible to the actor.

    Raises:
        BadInput: child or family is not there for the actor; both faults at once.
        Forbidden: the actor may see the child or family, and no more.
        Conflict: the child has another voltijd or crisis plaatsing then.
    """
    faults, keys = [], {}
    for column, noun, find in (
        ("pleegkind_id", "pleegkind", get_pleegkind_key),
        ("pleeggezin_id", "pleeggezin", get_pleeggezin_key),
    ):
        try:
            keys[column] = find(session, actor, content[column], moment.vandaag, Purpose.WRITE)
        except NotFound:
            faults.append(fault(column, "onbekende_verwijzing", f"Er is geen {noun} met deze id."))
    if faults:
        raise BadInput(*faults)
    return recording.record(session, actor, _PLAATSING, {**content, **keys}, moment)


def end_plaatsing(
    session: Session,
    actor: Actor,
    uid: UUID,
    tot: date,
    eindreden: str,
    moment: RequestTime,
    *,
    check_version: VersionCheck,
) -> FeitRegel:
    """End a plaatsing, and every begeleiding of it that would run on.

    Raises:
        NotFound: not visible to the actor.
        BadInput, Conflict: the day lies before the beginning, or before talks that were recorded.
    """
    regel = recording.correct(
        session,
        actor,
        _PLAATSING,
        uid,
        {"tot": tot, "eindreden": eindreden},
        moment,
        reden="plaatsing beëindigd",
        check_version=check_version,
    )
    running = select(Begeleiding).where(
        Begeleiding.plaatsing_id == regel["feit_id"],
        runs_after(Begeleiding, tot),
        holds(Begeleiding),
    )
    for begeleiding in session.scalars(running).all():
        recording.end_begeleiding(session, actor, begeleiding, tot, moment)
    return regel
