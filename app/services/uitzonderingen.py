"""Approve an uitzondering: the second pair of eyes without which it covers nothing."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict
from app.invoer.personen import fault_in_approval
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import FeitRegel
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime, VersionCheck
from app.terms import Rol, UitzonderingSoort


class EigenUitzondering(Conflict):
    """The actor wrote the uitzondering; approving is for another."""

    code = "vier_ogen"
    detail = "U heeft deze uitzondering zelf opgesteld. Laat een ander haar goedkeuren."


class AlGoedgekeurd(Conflict):
    """It was approved before; a second approval would hide who gave the first."""

    code = "al_goedgekeurd"
    detail = "Deze uitzondering is al goedgekeurd."


class ZichtplanVraagtGedragswetenschapper(Conflict):
    """Whether a child can be spoken to alone, and how it is seen meanwhile, is for a gedragswetenschapper to weigh."""

    code = "rol_zichtplan"
    detail = "Een zichtplan wordt goedgekeurd door een gedragswetenschapper. Vraag het die."


def approve_uitzondering(
    session: Session, actor: Actor, uid: UUID, moment: RequestTime, *, check_version: VersionCheck
) -> FeitRegel:
    """Record the version that carries the approval, with the approver's rol of this moment.

    Raises:
        NotFound: not visible to the actor.
        EigenUitzondering, AlGoedgekeurd: the second pair of eyes is missing, or was there already.
        ZichtplanVraagtGedragswetenschapper: it is a zichtplan, and the actor is none.
    """

    def check(current: FeitRegel) -> None:
        check_version(current)
        if fault_in_approval(current["opgesteld_door"], actor.medewerker_uid) is not None:
            raise EigenUitzondering
        if current["goedgekeurd_door"] is not None:
            raise AlGoedgekeurd
        if current["soort"] == UitzonderingSoort.ZICHTPLAN and actor.rol is not Rol.GEDRAGSWETENSCHAPPER:
            raise ZichtplanVraagtGedragswetenschapper

    approval = {"goedgekeurd_door": actor.medewerker_id, "goedkeurder_rol": actor.rol}
    return recording.correct(
        session,
        actor,
        SOORTEN["uitzondering"],
        uid,
        approval,
        moment,
        reden="goedgekeurd",
        check_version=check,
    )
