"""Write the access log: the intent before anything is read, the outcome before anything is shown.

Each is one statement that is committed when it returns, on connections that do nothing else: who waits for a
connection to read with never keeps the log waiting. When it cannot be written the request ends there with 503: no
reading without a trace (``beloften.md`` H).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine, and_, bindparam, false, func, insert, null, select
from sqlalchemy.exc import SQLAlchemyError

from app.access.actor import Actor
from app.access.toezicht import Mandaat
from app.db.statement import FastStatement
from app.errors import Unavailable
from app.lib.ids import new_uid
from app.lib.log import events
from app.models import NIEMAND, Inzage, InzageAfloop, Organisatie
from app.terms import InzageSoort, InzageUitkomst, Rol


def _insert(model: Any) -> FastStatement:
    """Return the insert of every column that the database does not fill itself."""
    columns = [column for column in model.__table__.columns if column.server_default is None]
    return FastStatement(insert(model).values({c.name: bindparam(c.name, type_=c.type) for c in columns}).inline())


_INTENT = _insert(Inzage)
_OUTCOME = _insert(InzageAfloop)

#: PostgreSQL takes the lock and asks for the right before it finds that there is nothing to add
_NOTHING = tuple(
    insert(model).from_select(list(columns), select(*(null().label(name) for name in columns)).where(false()))
    for model, columns in ((model, model.__table__.columns.keys()) for model in (Inzage, InzageAfloop))
)
_MAY_COUNT = select(
    and_(*(func.has_sequence_privilege(name, "USAGE") for name in ("inzage_volgorde", "inzage_afloop_volgorde")))
)

#: why somebody of the organisatie itself looks; an inspecteur looks for the purpose of the mandate
_DOEL = {
    Rol.PLEEGZORGBEGELEIDER: "begeleiding van de plaatsing",
    Rol.GEDRAGSWETENSCHAPPER: "gedragswetenschappelijke inbreng in de begeleiding",
    Rol.TEAMLEIDER: "leiding aan de begeleiding",
    Rol.KWALITEITSMEDEWERKER: "toetsing van de kwaliteit",
    Rol.BEHEERDER: "beheer van de registratie",
    Rol.INSPECTEUR: "toezicht",
}


@dataclass(frozen=True, slots=True)
class Handeling:
    """What is about to be done.

    Attributes:
        soort: to read, search, export or record.
        route: method and template of the route.
        onderwerp: the id in its path.
        client: where the request came from.
        verzoek_id: of the request.
        doel: why, where that is not plain from the rol or the mandate.
    """

    soort: InzageSoort
    route: str
    onderwerp: UUID | None
    client: str
    verzoek_id: str
    doel: str | None = None


@dataclass(frozen=True, slots=True)
class Voornemen:
    """An intent that was committed: what its outcome refers to."""

    uid: UUID
    organisatie_id: int


def record_intent(
    engine: Engine,
    actor: Actor,
    handeling: Handeling,
    nu: datetime,
    *,
    mandaat: Mandaat | None = None,
) -> Voornemen:
    """Record and commit that somebody is about to look.

    Args:
        engine: of the log (``app.db.engines``).
        actor: who looks.
        handeling: what is asked.
        nu: the instant.
        mandaat: under which mandate an inspecteur looks; the files are then of the organisatie that gave it.

    Raises:
        Unavailable: it could not be recorded.
    """
    voornemen = Voornemen(new_uid(), mandaat.organisatie_id if mandaat else actor.organisatie_id)
    who = {
        "mandaat_id": mandaat.id if mandaat else None,
        "account_id": actor.account_id,
        "medewerker": actor.medewerker_uid,
        "naam": actor.naam,
        "rol": actor.rol.value,
        "namens": actor.organisatie_naam,
    }
    doel = handeling.doel or (mandaat.doel if mandaat else _DOEL[actor.rol])
    return _intend(engine, voornemen, who, handeling, doel, nu)


def record_command(
    engine: Engine, organisatie: Organisatie, opdracht: str, wie: str, doel: str, nu: datetime
) -> Voornemen:
    """Record and commit that somebody at the server's keyboard is about to look; nobody signed in.

    Args:
        engine: of the log.
        organisatie: whose files.
        opdracht: which command.
        wie: the user of the operating system, and the machine.
        doel: why.
        nu: the instant.

    Raises:
        Unavailable: it could not be recorded.
    """
    nobody = {"mandaat_id": None, "account_id": None, "medewerker": NIEMAND, "rol": Rol.BEHEERDER.value}
    who = {**nobody, "naam": wie, "namens": organisatie.naam}
    what = Handeling(InzageSoort.EXPORT, opdracht, None, wie, "")
    return _intend(engine, Voornemen(new_uid(), organisatie.id), who, what, doel, nu)


def _intend(
    engine: Engine, voornemen: Voornemen, who: Mapping[str, Any], handeling: Handeling, doel: str, nu: datetime
) -> Voornemen:
    what = {
        "op": nu,
        "soort": handeling.soort.value,
        "handeling": handeling.route,
        "onderwerp": handeling.onderwerp,
        "doel": doel,
        "client": handeling.client,
        "verzoek_id": handeling.verzoek_id,
    }
    keys = {"uid": voornemen.uid, "organisatie_id": voornemen.organisatie_id}
    _write(engine, _INTENT, {**keys, **who, **what})
    return voornemen


def record_outcome(
    engine: Engine,
    voornemen: Voornemen,
    uitkomst: InzageUitkomst,
    pleegkinderen: Sequence[UUID] | None,
    nu: datetime,
    *,
    noodtoegang: bool = False,
) -> None:
    """Record and commit how a look ended.

    Args:
        engine: of the log.
        voornemen: from ``record_intent``.
        uitkomst: how it ended.
        pleegkinderen: the uids of the children in the answer; None for what is about no single child.
        nu: the instant.
        noodtoegang: whether a file in it was to be had only because it was opened with a reason.

    Raises:
        Unavailable: it could not be recorded.
    """
    _write(
        engine,
        _OUTCOME,
        {
            "organisatie_id": voornemen.organisatie_id,
            "inzage_uid": voornemen.uid,
            "op": nu,
            "uitkomst": uitkomst.value,
            "noodtoegang": noodtoegang,
            "pleegkinderen": list(pleegkinderen) if pleegkinderen is not None else None,
        },
    )


def check_log(engine: Engine) -> None:
    """Prove that the log can be written, by inserting no row at all into either table.

    Args:
        engine: of the log.

    Raises:
        Unavailable: a table is locked, or the right to add to it or to its counter is gone.
    """
    with _or_nothing_is_shown(), engine.connect() as connection:
        for statement in _NOTHING:
            connection.execute(statement)
        if not connection.execute(_MAY_COUNT).scalar_one():
            raise Unavailable


@contextmanager
def _or_nothing_is_shown() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, psycopg.Error) as error:
        events().error("inzage_niet_vastgelegd", error=type(error).__qualname__)  # no message: it may quote data
        raise Unavailable from None


def _write(engine: Engine, statement: FastStatement, values: Mapping[str, Any]) -> None:
    # a Connection of SQLAlchemy's around it costs as much as the statement
    with _or_nothing_is_shown(), closing(engine.raw_connection()) as connection:
        statement.commit(connection, **values)
