"""Say whom a team calls in need."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import NotFound
from app.lib.ids import new_uid
from app.models import Belnummer, Team
from app.queries.organisatie.organisaties import get_team
from app.schemas.belnummer import BelnummerIn
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import begin_recording


def set_belnummer(
    session: Session, actor: Actor, team: UUID, body: BelnummerIn, moment: RequestTime
) -> Mapping[str, Any]:
    """Say which number a functie of a team has from now on, or that it has none any more.

    Raises:
        NotFound: the team is not of this organisatie.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    key = session.scalars(select(Team.id).where(Team.uid == team, Team.organisatie_id == actor.organisatie_id)).first()
    if key is None:
        raise NotFound
    said = {**body.model_dump(), "uid": new_uid(), "vastgelegd_op": recording.at}
    session.add(
        Belnummer(organisatie_id=actor.organisatie_id, team_id=key, vastgelegd_door=actor.medewerker_id, **said)
    )
    session.flush()  # the change log follows in this transaction
    naam = get_team(session, actor, team, moment.vandaag)["naam"]
    return {**said, "team_id": team, "team_naam": naam, "vastgelegd_door": actor.medewerker_uid}
