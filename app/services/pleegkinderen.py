"""Record and change a child: like any fact, but for the BSN, which is encrypted on the way in."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict, fault
from app.invoer.personen import fault_in_bsn
from app.lib.ids import new_uid
from app.models import Pleegkind, Samenvoeging
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.queries.feiten.regels import FeitRegel
from app.queries.pleegkinderen.zoeken import list_look_alikes
from app.queries.samenvoegingen import get_staying_uid, others_of
from app.schemas.feiten.feit import changes_of, content_of
from app.schemas.feiten.pleegkind import PleegkindZoekIn
from app.schemas.velden import SchemaIn
from app.security.bsn import blind_index, blind_indexes, encrypt_bsn
from app.security.secrets import Secrets
from app.services.feiten import recording
from app.services.feiten.recording import Guard, RequestTime, Values, VersionCheck

_PLEEGKIND = SOORTEN["pleegkind"]


class BsnAlBekend(Conflict):
    """The organisatie has another child with this BSN."""

    code = "bsn_al_bekend"
    detail = "Er is in uw organisatie al een kind met dit BSN. Zoek dat kind op."


class LijktOp(Conflict):
    """The organisatie has a child with this name, however it is written, and this date of birth."""

    code = "lijkt_op"
    detail = (
        "Er is in uw organisatie al een kind met deze naam en geboortedatum. Zoek dat kind op; is dit toch een ander "
        "kind, stuur dan tochNieuw: true mee."
    )


def create_pleegkind(
    session: Session, actor: Actor, body: SchemaIn, moment: RequestTime, secrets: Secrets
) -> FeitRegel:
    """Record a new child.

    Raises:
        BadInput, Conflict: as they say.
    """
    uid, given = new_uid(), content_of(body)
    guard = _refuse_look_alike(session, actor, anew=given.pop("toch_nieuw"))
    content = _with_secret_bsn(session, actor, uid, given, secrets)
    return recording.record(session, actor, _PLEEGKIND, {**content, "uid": uid}, moment, guard=guard)


def change_pleegkind(
    session: Session,
    actor: Actor,
    uid: UUID,
    body: SchemaIn,
    moment: RequestTime,
    secrets: Secrets,
    *,
    check_version: VersionCheck,
) -> FeitRegel:
    """Record a new version of a child.

    Raises:
        NotFound, BadInput, Conflict, PreconditionFailed: as they say.
    """
    uid = get_staying_uid(session, uid)  # the BSN is bound to it
    given = changes_of(body)
    guard = _refuse_look_alike(session, actor, anew=given.pop("toch_nieuw", False))
    changes = _with_secret_bsn(session, actor, uid, given, secrets)
    reden: str = getattr(body, "wijzigingsreden")  # noqa: B009 — the model is made of PleegkindIn, mypy cannot see it
    return recording.correct(
        session, actor, _PLEEGKIND, uid, changes, moment, reden=reden, check_version=check_version, guard=guard
    )


def _refuse_look_alike(session: Session, actor: Actor, *, anew: bool) -> Guard | None:
    """Return what refuses a child that looks like another of the organisatie; nothing when it is said to be another.

    A change that leaves name and date of birth the same makes no child look like another.
    """

    def guard(content: Values, before: Values | None) -> None:
        wie = _identity(content)
        if before is not None and _identity(before) == wie:
            return
        own = None if before is None else before["feit_id"]
        if any(key != own for key in list_look_alikes(session, actor.organisatie_id, *wie)):
            raise LijktOp

    return None if anew else guard


def _identity(content: Values) -> tuple[str, str, date]:
    return content["roepnaam"], content["achternaam"], content["geboortedatum"]


def indexes_of_bsn(secrets: Secrets, actor: Actor, body: PleegkindZoekIn) -> list[bytes] | None:
    """Return the blind indexes to search by, or None for a search by name.

    Raises:
        BadInput: neither or both were given.
    """
    if (body.bsn is None) == (body.naam is None):
        raise BadInput(fault("naam", "verplicht", "Zoek op naam of op BSN: geef een van de twee."))
    return blind_indexes(secrets, actor.organisatie_id, body.bsn) if body.bsn else None


def _with_secret_bsn(
    session: Session, actor: Actor, uid: UUID, content: Mapping[str, Any], secrets: Secrets
) -> dict[str, Any]:
    """Return the content with the BSN as ciphertext and blind index."""
    whole = dict(content)
    if "bsn" not in whole:
        return whole
    bsn = whole.pop("bsn")
    if bsn is None:
        return {**whole, "bsn_versleuteld": None, "bsn_index": None}
    same = (
        Pleegkind.organisatie_id == actor.organisatie_id,
        Pleegkind.bsn_index.in_(blind_indexes(secrets, actor.organisatie_id, bsn)),
    )
    holders = [*session.scalars(select(Pleegkind.uid).where(*same, holds(Pleegkind)))]
    holders += session.scalars(others_of(Samenvoeging.pleegkind_uid).where(*same))
    if fault_in_bsn(uid, holders) is not None:
        raise BsnAlBekend
    return {
        **whole,
        "bsn_versleuteld": encrypt_bsn(secrets, bsn, actor.organisatie_id, uid),
        "bsn_index": blind_index(secrets, actor.organisatie_id, bsn),
    }
