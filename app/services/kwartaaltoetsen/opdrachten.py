"""Ask for something of an audit that is made beside the request, by ``pleegzicht werk`` (``app.jobs.toetsopdrachten``).

Nothing is made here: what would be refused at once is refused at once, and the rest is written down.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict
from app.lib.ids import new_uid
from app.models import Kwartaaltoets, Toetsopdracht
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opdrachten import show_toetsopdracht
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, require_buildable
from app.terms import Toetsformaat, Toetsopdrachtsoort

#: [keuze] above so many children the pages let nobody wait: of 1,756 building took two seconds of a processor and a
#: workbook three, and on a machine where ten others worked forty on the clock; people give up after ten
VEEL: Final = 2_000
#: [keuze] more than an organisatie asks in a day; each may hold a file
MEESTE: Final = 50


class TeVeelOpdrachten(Conflict):
    """An organisatie has as many orders of the last day as there may be."""

    code = "te_veel_opdrachten"
    detail = f"Er zijn in het laatste etmaal al {MEESTE} opdrachten gegeven. Wacht tot de oudste zijn opgeruimd."


@dataclass(frozen=True, slots=True)
class Toetswens:
    """What is to be made.

    Attributes:
        soort: an audit, or a file of one.
        kwartaal: of which quarter.
        toets_uid: the audit to be written.
        vervangt: the frozen audit that the one to be built corrects.
        formaat: of the file.
        namen: whether names stand in it.
    """

    soort: Toetsopdrachtsoort
    kwartaal: str
    toets_uid: UUID | None = None
    vervangt: UUID | None = None
    formaat: Toetsformaat | None = None
    namen: bool = False


@dataclass(frozen=True, slots=True)
class Herkomst:
    """Where and when it was asked: the access log says so again when it is made."""

    client: str
    verzoek_id: str
    nu: datetime


def ask_opbouw(
    session: Session, actor: Actor, kwartaal: Kwartaal, vervangt: UUID | None, verzoek: Toetsverzoek, van: Herkomst
) -> Mapping[str, Any]:
    """Ask that the concept of a quarter is built.

    Raises:
        BadInput, AlVastgesteld, VervangtOnjuist, NotFound: as building it would.
        TeVeelOpdrachten: as it says.
    """
    require_buildable(session, verzoek, kwartaal, vervangt)
    return _ask(session, actor, Toetswens(Toetsopdrachtsoort.OPBOUW, str(kwartaal), vervangt=vervangt), van)


def ask_export(
    session: Session, actor: Actor, toets: Kwartaaltoets, formaat: Toetsformaat, van: Herkomst, *, namen: bool
) -> Mapping[str, Any]:
    """Ask that a stored audit is written as a file.

    Raises:
        TeVeelOpdrachten: as it says.
    """
    wens = Toetswens(Toetsopdrachtsoort.EXPORT, toets.kwartaal, toets_uid=toets.uid, formaat=formaat, namen=namen)
    return _ask(session, actor, wens, van)


def _ask(session: Session, actor: Actor, wens: Toetswens, van: Herkomst) -> Mapping[str, Any]:
    """Return the order; one of the same person for the same that has not begun yet is that order."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"opdrachten {actor.organisatie_id}", 0))))
    own = Toetsopdracht.organisatie_id == actor.organisatie_id
    mine = {"medewerker_id": actor.medewerker_id, "account_id": actor.account_id, **asdict(wens)}
    same = [getattr(Toetsopdracht, name).is_not_distinct_from(value) for name, value in mine.items()]
    waiting = select(Toetsopdracht).where(own, *same, Toetsopdracht.begonnen_op.is_(None))
    found = session.scalars(waiting.order_by(Toetsopdracht.id).limit(1)).one_or_none()
    if found is None:
        if session.scalars(select(func.count()).select_from(Toetsopdracht).where(own)).one() >= MEESTE:
            raise TeVeelOpdrachten
        found = _new(session, actor, mine, van)
    return show_toetsopdracht({column.name: getattr(found, column.name) for column in Toetsopdracht.__table__.columns})


def _new(session: Session, actor: Actor, mine: Mapping[str, Any], van: Herkomst) -> Toetsopdracht:
    opdracht = Toetsopdracht(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        **mine,
        client=van.client,
        verzoek_id=van.verzoek_id,
        gevraagd_op=van.nu,
        pogingen=0,
        gedaan=0,
        totaal=0,
    )
    session.add(opdracht)
    session.flush()  # the answer names it
    return opdracht
