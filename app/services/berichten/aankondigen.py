"""Write into the outbox what somebody must hear of a fact, in the transaction that records the fact."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Text, Uuid, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.clock import AMSTERDAM
from app.db.statement import FastStatement
from app.invoer.berichten import causes
from app.invoer.opvolging import day_of_aanleiding
from app.models import Bericht
from app.models.soorten import SOORTEN
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
            moment, tijdvak = _before_end(values, nu), values["herzien_uiterlijk"].isoformat()
        if moment is not None:
            _ANNOUNCE.run(
                session,
                organisatie=organisatie_id,
                waarom=reden.value,
                soort=soort,
                periode=tijdvak,
                uid=values["uid"],
                moment=moment,
                nu=nu,
            )


def _before_end(values: Mapping[str, Any], nu: datetime) -> datetime | None:
    """Return the morning on which people hear that an uitzondering ends; None when that has been: it is a short one."""
    moment = morning_of(tell_of_end(values["herzien_uiterlijk"]))
    return moment if moment > nu else None


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
