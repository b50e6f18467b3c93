"""Write the access log: the intent before anything is read, the outcome before anything is shown.

Each in a transaction of its own, committed when the function returns. When it cannot be written the request ends
there with 503: no reading without a trace (``beloften.md`` H).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import Engine, insert
from sqlalchemy.exc import SQLAlchemyError

from app.access.actor import Actor
from app.access.toezicht import Mandaat
from app.db import unit_of_work
from app.errors import Unavailable
from app.ids import new_uid
from app.models import Inzage, InzageAfloop
from app.terms import InzageUitkomst

_log = structlog.get_logger()


@contextmanager
def _or_nothing_is_shown() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, psycopg.Error) as error:
        _log.error("inzage_niet_vastgelegd", error=type(error).__qualname__)  # no message: it may quote data
        raise Unavailable from None


def record_intent(
    engine: Engine, inspecteur: Actor, mandaat: Mandaat, *, handeling: str, verzoek_id: str, nu: datetime
) -> int:
    """Record and commit that an inspecteur is about to look, and return the key of that row.

    Args:
        engine: of the app's role.
        inspecteur: who looks.
        mandaat: under which mandate, which gives the purpose.
        handeling: what is asked: the route.
        verzoek_id: of the request.
        nu: the instant.

    Raises:
        Unavailable: it could not be recorded.
    """
    with _or_nothing_is_shown(), unit_of_work(engine) as session:
        row = insert(Inzage).values(
            uid=new_uid(),
            organisatie_id=mandaat.organisatie_id,
            mandaat_id=mandaat.id,
            account_id=inspecteur.account_id,
            medewerker_id=inspecteur.medewerker_id,
            naam=inspecteur.naam,
            rol=inspecteur.rol,
            namens=inspecteur.organisatie_naam,
            op=nu,
            handeling=handeling,
            doel=mandaat.doel,
            verzoek_id=verzoek_id,
        )
        return session.execute(row.returning(Inzage.id)).scalar_one()


def record_outcome(
    engine: Engine,
    mandaat: Mandaat,
    inzage_id: int,
    uitkomst: InzageUitkomst,
    pleegkinderen: Sequence[UUID] | None,
    nu: datetime,
) -> None:
    """Record and commit how a look ended.

    Args:
        engine: of the app's role.
        mandaat: under which mandate.
        inzage_id: from ``record_intent``.
        uitkomst: how it ended.
        pleegkinderen: the uids of the children in the answer; None for what is about no single child.
        nu: the instant.

    Raises:
        Unavailable: it could not be recorded.
    """
    with _or_nothing_is_shown(), unit_of_work(engine) as session:
        values = {"organisatie_id": mandaat.organisatie_id, "inzage_id": inzage_id, "op": nu, "uitkomst": uitkomst}
        session.execute(insert(InzageAfloop).values(pleegkinderen=pleegkinderen, **values))
