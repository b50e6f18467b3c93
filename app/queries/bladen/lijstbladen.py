"""Pages that show many lists, each by the query that the API has for it, read by one statement together."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.rows import Parameters
from app.db.together import Gelezen, Together
from app.models import Pleegkind
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds
from app.queries.caseloads import caseloads_query
from app.queries.feiten.keuze import Keuze, is_about_vgb, is_mine, is_of_another, is_to_do, waits
from app.queries.feiten.regels import FeitRegel, shown, visible_query
from app.queries.oordelen.peildatum import IS_OPEN_OPVOLGING
from app.queries.organisatie.afwezigheden import AFWEZIG
from app.queries.organisatie.belnummers import BELNUMMERS, TE_BELLEN
from app.queries.organisatie.organisaties import MEDEWERKERS, TEAMS
from app.queries.pleegkinderen.opvolging import has_opvolging
from app.queries.pleegkinderen.telling import count_query
from app.queries.samenvoegingen import WACHT_OP_MIJ, samenvoegingen_query
from app.queries.toezicht.mandaten import MANDATEN
from app.queries.uitstellen import UITGESTELD, Uitgesteld, uitgesteld_of

_ACTIE, _UITZONDERING = SOORTEN["actie"], SOORTEN["uitzondering"]
_TE_BESLISSEN: Final = Keuze((is_about_vgb, is_to_do), dag="uiterlijk")
_WACHT: Final = Keuze((waits, is_of_another))
_MIJN: Final = Keuze((is_mine, is_to_do), dag="uiterlijk")


@lru_cache(maxsize=16)
def _team(scope: Scope, *, merges: bool) -> Together:
    merge = {"samenvoegingen": samenvoegingen_query(scope, WACHT_OP_MIJ)} if merges else {}
    return Together(
        alle=count_query(scope),
        opvolging=count_query(scope, opvolging=True),
        zonder=count_query(scope, unguided=True),
        lang=count_query(scope, long=True),
        medewerkers=MEDEWERKERS,
        beslissen=visible_query(_ACTIE, scope, _TE_BESLISSEN, then=False),
        uitzonderingen=visible_query(_UITZONDERING, scope, _WACHT, then=False),
        caseloads=caseloads_query(scope),
        belnummers=TE_BELLEN,
        afwezig=AFWEZIG,
        **merge,
    )


def read_teamblad(session: Session, actor: Actor, vandaag: date, limit: int) -> Gelezen:
    """Return what stands beside the children on the page of a team, each list at most ``limit`` long.

    ``alle``, ``opvolging``, ``zonder`` and ``lang``: how many children there are of each, beyond the page too;
    ``medewerkers`` of the organisatie; ``beslissen``: actions about a VGB that was withdrawn; ``uitzonderingen`` and
    ``samenvoegingen`` that wait, each for who may approve them; ``caseloads``; ``belnummers`` of the actor's team; and
    who is ``afwezig`` today.
    """
    merges = actor.may(Permission.PLEEGKIND_MANAGE)
    found = _team(scope_of(actor), merges=merges).read(session, limit, _parameters(actor, vandaag))
    waiting = found["uitzonderingen"] if actor.may(Permission.UITZONDERING_APPROVE) else ()
    return {
        "samenvoegingen": [],
        **found,
        "beslissen": _shown(session, actor, _ACTIE, found["beslissen"], vandaag),
        "uitzonderingen": _shown(session, actor, _UITZONDERING, waiting, vandaag),
    }


@lru_cache(maxsize=16)
def _lijst(scope: Scope) -> Together:
    return Together(uitgesteld=UITGESTELD, acties=visible_query(_ACTIE, scope, _MIJN, then=False))


def read_lijstblad(
    session: Session, actor: Actor, kinderen: Sequence[int], vandaag: date, limit: int
) -> tuple[Mapping[int, Sequence[Uitgesteld]], Sequence[FeitRegel]]:
    """Return what is put off of children in a list, and what the actor is still to do, the first day first."""
    asked = {**_parameters(actor, vandaag), "kinderen": list(kinderen), "dag": vandaag}
    found = _lijst(scope_of(actor)).read(session, limit, asked)
    uitgesteld = uitgesteld_of([list(row.values()) for row in found["uitgesteld"]])
    return uitgesteld, _shown(session, actor, _ACTIE, found["acties"], vandaag)


@lru_cache(maxsize=16)
def _overdracht(scope: Scope) -> Together:
    asked = Pleegkind.uid == bindparam("uids", type_=ARRAY(Uuid)).any_()
    open_ = select(Pleegkind.uid).where(
        holds(Pleegkind), visible_pleegkinderen(scope), asked, has_opvolging(IS_OPEN_OPVOLGING)
    )
    return Together(medewerkers=MEDEWERKERS, caseloads=caseloads_query(scope), opvolging=open_)


def read_overdrachtblad(session: Session, actor: Actor, uids: Sequence[UUID], vandaag: date, limit: int) -> Gelezen:
    """Return who works here, how many of the children that the actor sees each of them guides, and what is open.

    ``opvolging`` has the ``uid`` of those of given children for whom somebody must still act.
    """
    asked = {**_parameters(actor, vandaag), "uids": list(uids)}
    return _overdracht(scope_of(actor)).read(session, limit, asked)


@lru_cache(maxsize=16)
def _beheer(scope: Scope) -> Together:
    return Together(
        teams=TEAMS,
        medewerkers=MEDEWERKERS,
        belnummers=BELNUMMERS,
        beslissen=visible_query(_ACTIE, scope, _TE_BESLISSEN, then=False),
        samenvoegingen=samenvoegingen_query(scope, WACHT_OP_MIJ),
        mandaten=MANDATEN,
    )


def read_beheerblad(session: Session, actor: Actor, vandaag: date, limit: int) -> Gelezen:
    """Return what a beheerder keeps, and what waits for a decision, each list at most ``limit`` long."""
    found = _beheer(scope_of(actor)).read(session, limit, _parameters(actor, vandaag))
    return {**found, "beslissen": _shown(session, actor, _ACTIE, found["beslissen"], vandaag)}


def _parameters(actor: Actor, vandaag: date) -> Parameters:
    own = {"organisatie": actor.organisatie_id, "eigen": actor.team_id, "team": None}
    return {**scope_parameters(actor, vandaag), **own, "vandaag": vandaag, "peildatum": vandaag}


def _shown(
    session: Session, actor: Actor, soort: FeitSoort, rows: Sequence[dict[str, Any]], vandaag: date
) -> list[Any]:
    return [shown(session, actor, soort, row, vandaag) for row in rows]
