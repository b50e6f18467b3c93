"""The overdue list: who is too late, the longest first."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Window
from app.queries.termijnen.getoond import GetoondeTermijn, TermijnKeuze
from app.queries.termijnen.lijst import list_termijnen
from app.queries.zorg import read_zorg
from app.routers.tonen import show_termijn, show_zorg
from app.schemas.termijn import TermijnOut
from app.schemas.velden import Datum, ListFilter, Tijdstip
from app.terms import NormCode, Opvolgingfilter, Stand, Zwaarte
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.recheck import recheck_sometimes
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession

router = Router(route_class=ApiRoute, tags=["termijnen"])


class TermijnFilter(ListFilter):
    """The query of the overdue list."""

    peildatum: Datum | None = None
    bekend_op: Tijdstip | None = None
    stand: Stand = Stand.TE_LAAT
    norm: NormCode | None = None
    zwaarte: Zwaarte | None = None
    team: UUID | None = None
    begeleider: UUID | None = None
    mijn: bool = Field(default=False, description="Alleen de kinderen van wie u nu begeleider bent.")
    opvolging: Opvolgingfilter | None = Field(
        default=None, description="open: alleen wat na een zorg nog moet gebeuren, te laat of niet."
    )
    zonder_begeleider: bool = Field(
        default=False, description="Alleen van kinderen die op de peildatum geplaatst zijn zonder begeleider."
    )
    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")


@router.get("/termijnen", response_model=Resultaten[TermijnOut], name="list_termijnen")
def list_overdue(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TERMIJN_READ)],
    lijst: Lijst,
    vraag: Annotated[TermijnFilter, Query()],
) -> Response:
    """Wie te laat is (of een andere stand heeft), op uiterlijke dag: wat het langst wacht eerst.

    Late opvolging na een zorg staat voor al het andere.

    Wat op tijd is en geen uiterlijke dag heeft, zoals een plan dat er is, staat achteraan, met uiterlijk null.
    """
    vandaag = clock.today()
    wanted = TermijnKeuze(
        stand=None if vraag.opvolging and "stand" not in vraag.model_fields_set else vraag.stand,
        norm=vraag.norm,
        zwaarte=vraag.zwaarte,
        team=vraag.team,
        begeleider=actor.medewerker_uid if vraag.mijn else vraag.begeleider,
        opvolging=vraag.opvolging is not None,
        zonder_begeleider=vraag.zonder_begeleider,
    )
    window = list_termijnen(
        session,
        actor,
        wanted,
        lijst.page(vraag),
        peildatum=vraag.peildatum or vandaag,
        vandaag=vandaag,
        bekend_op=vraag.bekend_op,
    )
    peildatum = vraag.peildatum or vandaag
    shown = Window(_shown(session, actor, window.rows, vraag, (peildatum, vandaag)), window.next, window.prev)
    answer = lijst.answer(shown, TermijnOut)
    return recheck_sometimes(answer, session, actor, (item.pleegkind_id for item in window.rows))


def _shown(
    session: Session, actor: Actor, items: Sequence[GetoondeTermijn], vraag: TermijnFilter, dagen: tuple[date, date]
) -> list[dict[str, object]]:
    shown = [show_termijn(item) for item in items]
    if not vraag.met_zorg:
        return shown
    zorg = read_zorg(session, actor, [item.pleegkind_id for item in items], *dagen, listed=True)
    return [{**one, "zorg": show_zorg(zorg[item.pleegkind_id])} for one, item in zip(shown, items, strict=True)]
