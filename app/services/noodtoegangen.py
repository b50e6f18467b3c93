"""Open a file with a reason, for a day; and record that it was talked about."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, literal, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose
from app.errors import BadInput, Conflict, Forbidden, NotFound, fault
from app.lib.ids import new_uid
from app.models import Noodtoegang, NoodtoegangBespreking, Pleegkind
from app.models.versions import holds
from app.queries.noodtoegangen import get_noodtoegang
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.samenvoegingen import leads_to
from app.schemas.noodtoegang import NoodtoegangIn
from app.security.bsn import blind_indexes
from app.security.secrets import Secrets
from app.services.einde import Einde, end_once
from app.services.feiten.recording import RequestTime, VersionCheck
from app.services.feiten.versions import begin_recording

DUUR = timedelta(hours=24)


class NoodtoegangNietNodig(Conflict):
    """The actor may read and write the file already; the list of what was opened must stay worth reading."""

    code = "noodtoegang_niet_nodig"
    detail = "U kunt dit dossier al lezen en bijwerken."


class NoodtoegangLoopt(Conflict):
    """The actor opened the file less than a day ago; a second line would say that it was opened twice."""

    code = "noodtoegang_loopt"
    detail = (
        "U heeft dit dossier al geopend, en die noodtoegang loopt nog. Open het zo nodig opnieuw als zij voorbij is."
    )


class AlBesproken(Conflict):
    """It was talked about before; a second conclusion would hide the first."""

    code = "al_besproken"
    detail = "Deze noodtoegang is al besproken."


_BESPREKING = Einde(NoodtoegangBespreking, Noodtoegang, "noodtoegang_id", "besproken_op", AlBesproken)


def open_dossier(
    session: Session, actor: Actor, body: NoodtoegangIn, moment: RequestTime, secrets: Secrets
) -> Mapping[str, Any]:
    """Open the file of one child of the actor's organisatie for a day, and return what was opened.

    Raises:
        BadInput: not exactly one of id, nummer and BSN was given.
        NotFound: there is no such child in the organisatie.
        NoodtoegangNietNodig: the actor may read and write it already.
        NoodtoegangLoopt: the actor opened it less than a day ago.
    """
    kind = _find(session, actor, body, secrets)
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)  # two at once: the second waits
    if _has_opened(session, actor, kind, moment):
        raise NoodtoegangLoopt
    if _is_open(session, actor, kind.uid, moment):
        raise NoodtoegangNietNodig
    opened = Noodtoegang(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        pleegkind_id=kind.feit_id,
        medewerker_id=actor.medewerker_id,
        rol=actor.rol,
        reden=body.reden,
        geopend_op=moment.nu,
        geldig_tot=moment.nu + DUUR,
    )
    session.add(opened)
    session.flush()  # read back as it is shown
    return get_noodtoegang(session, actor, opened.uid, moment.vandaag)


def discuss_noodtoegang(
    session: Session, actor: Actor, uid: UUID, toelichting: str, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """Record that a noodtoegang was talked about, and return it.

    Raises:
        NotFound, PreconditionFailed, AlBesproken: as they say.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)  # one after the other

    def read() -> Mapping[str, Any]:
        return get_noodtoegang(session, actor, uid, moment.vandaag)

    said = {"toelichting": toelichting}
    return end_once(session, actor, _BESPREKING, said, moment, read=read, check_version=check_version)


def _find(session: Session, actor: Actor, body: NoodtoegangIn, secrets: Secrets) -> Pleegkind:
    """Return the child by whichever of the three was given; of another organisatie it does not exist."""
    given = [name for name in ("pleegkind_id", "nummer", "bsn") if getattr(body, name) is not None]
    if len(given) != 1:
        raise BadInput(fault("pleegkind_id", "verplicht", "Geef een van de drie: pleegkindId, nummer of bsn."))
    conditions: Mapping[str, Callable[[], ColumnElement[bool]]] = {
        "pleegkind_id": lambda: Pleegkind.uid == leads_to(literal(body.pleegkind_id, Uuid)),
        "nummer": lambda: Pleegkind.nummer == body.nummer,
        "bsn": lambda: Pleegkind.bsn_index.in_(blind_indexes(secrets, actor.organisatie_id, body.bsn or "")),
    }
    own = select(Pleegkind).where(
        Pleegkind.organisatie_id == actor.organisatie_id, conditions[given[0]](), holds(Pleegkind)
    )
    kind = session.scalars(own).one_or_none()
    if kind is None:
        raise NotFound
    return kind


def _has_opened(session: Session, actor: Actor, kind: Pleegkind, moment: RequestTime) -> bool:
    opened = select(Noodtoegang.id).where(
        Noodtoegang.organisatie_id == actor.organisatie_id,
        Noodtoegang.pleegkind_id == kind.feit_id,
        Noodtoegang.medewerker_id == actor.medewerker_id,
        Noodtoegang.geopend_op <= moment.nu,
        Noodtoegang.geldig_tot > moment.nu,
    )
    return session.execute(opened.limit(1)).first() is not None


def _is_open(session: Session, actor: Actor, uid: UUID, moment: RequestTime) -> bool:
    try:
        get_pleegkind_key(session, actor, uid, moment.vandaag, Purpose.WRITE)
    except (NotFound, Forbidden):
        return False
    return True
