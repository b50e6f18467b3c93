"""Write into the outbox what somebody must hear of a fact, in the transaction that records the fact."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Text, Uuid, bindparam, cast, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.clock import AMSTERDAM, civil_date
from app.db.statement import FastStatement
from app.invoer.berichten import causes
from app.invoer.opvolging import day_of_aanleiding
from app.models import Bericht, Uitzondering
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.norms.berichten import tell_of_end
from app.norms.calendar import add_days
from app.norms.opvolging import Aanleiding, stap_deadline
from app.queries.normen import get_catalogus
from app.terms import Berichtreden, NormCode, OnderwerpSoort

#: [keuze] what became late in the night is told when the day begins
OCHTEND: Final = time(7)

_NEW = insert(Bericht).values(
    organisatie_id=bindparam("organisatie", type_=BigInteger),
    reden=bindparam("waarom", type_=Text),
    feit_soort=bindparam("soort", type_=Text),
    feit_uid=bindparam("uid", type_=Uuid),
    tijdvak=bindparam("periode", type_=Text),
    vanaf=bindparam("moment", type_=DateTime(timezone=True)),
    aangemaakt_op=bindparam("nu", type_=DateTime(timezone=True)),
)
#: nobody hears the same twice; what was not told yet may get another day
_ANNOUNCE = FastStatement(
    _NEW.on_conflict_do_update(
        index_elements=["organisatie_id", "reden", "feit_soort", "feit_uid", "tijdvak"],
        set_={"vanaf": _NEW.excluded.vanaf},
        where=Bericht.afloop.is_(None),
    )
)


def announce(session: Session, organisatie_id: int, soort: str, values: Mapping[str, Any], nu: datetime) -> None:
    """Announce what must be heard of a version of a fact; of most facts nothing.

    Args:
        session: the transaction that records it.
        organisatie_id: whose.
        soort: the kind of fact.
        values: its columns, with ``uid``.
        nu: the moment of recording.
    """
    kind = SOORTEN.get(soort)
    if kind is None or not kind.kondigt_aan or values.get("ingetrokken"):
        return
    for reden in causes(values):
        moment: datetime | None = nu
        tijdvak = ""
        if reden is Berichtreden.OPVOLGING_LAAT:
            moment = _when_late(session, organisatie_id, soort, values)
        elif reden is Berichtreden.UITZONDERING_EINDIGT:
            moment, tijdvak = before_end(values["herzien_uiterlijk"], nu)
        if moment is not None:
            _write(session, organisatie_id, (reden, soort, values["uid"]), tijdvak, moment, nu)


def announce_ends(session: Session, organisatie_id: int, nu: datetime) -> int:
    """Announce the end of each uitzondering of which nobody was going to hear, and return of how many.

    Those that an import brought, and those from before ends were announced: of its history nothing is heard but what
    has yet to come. A second time adds nothing.
    """
    told = select(Bericht.id).where(
        Bericht.organisatie_id == organisatie_id,
        Bericht.reden == Berichtreden.UITZONDERING_EINDIGT,
        Bericht.feit_uid == Uitzondering.uid,
        Bericht.tijdvak == cast(Uitzondering.herzien_uiterlijk, Text),
    )
    unheard = select(Uitzondering.uid, Uitzondering.herzien_uiterlijk, Uitzondering.vastgelegd_op).where(
        Uitzondering.organisatie_id == organisatie_id,
        Uitzondering.goedgekeurd_door.is_not(None),
        Uitzondering.herzien_uiterlijk >= civil_date(nu),
        holds(Uitzondering),
        ~told.exists(),
    )
    added = 0
    for uid, end, known_since in session.execute(unheard.order_by(Uitzondering.id)).all():
        moment, tijdvak = before_end(end, known_since)
        if moment is not None:
            about = (Berichtreden.UITZONDERING_EINDIGT, Uitzondering.__tablename__, uid)
            _write(session, organisatie_id, about, tijdvak, moment, nu)
            added += 1
    return added


def before_end(herzien_uiterlijk: date, known_since: datetime) -> tuple[datetime | None, str]:
    """Return the morning on which people hear that an uitzondering ends, and of which end they hear.

    None when that morning had been when it was recorded: it is a short one.
    """
    moment = morning_of(tell_of_end(herzien_uiterlijk))
    return (moment if moment > known_since else None), herzien_uiterlijk.isoformat()


def _write(
    session: Session,
    organisatie_id: int,
    about: tuple[Berichtreden, str, UUID],
    tijdvak: str,
    moment: datetime,
    nu: datetime,
) -> None:
    reden, soort, uid = about
    _ANNOUNCE.run(
        session,
        organisatie=organisatie_id,
        waarom=reden.value,
        soort=soort,
        uid=uid,
        periode=tijdvak,
        moment=moment,
        nu=nu,
    )


def morning_of(day: date) -> datetime:
    """Return when people hear what there is to hear on a day."""
    return datetime.combine(day, OCHTEND, AMSTERDAM)


def _when_late(session: Session, organisatie_id: int, soort: str, values: Mapping[str, Any]) -> datetime | None:
    """Return the morning on which it is too late to have talked about an aanleiding."""
    k = day_of_aanleiding(values)
    norm = None if k is None else get_catalogus(session, organisatie_id).in_force(k).get(NormCode.OPV_O)
    if k is None or norm is None:
        return None
    return morning_of(add_days(stap_deadline(Aanleiding(OnderwerpSoort(soort), 0, k, None), norm), 1))
