"""Children: the caseload, the search, one child, what is due for it, and its timeline."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Window
from app.norms.standen import LANG_DAGEN
from app.queries.feiten.tijdlijn import list_tijdlijn
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.pleegkinderen.zoeken import search_pleegkinderen
from app.queries.termijnen.lijst import list_termijnen_of_kind
from app.queries.zorg import read_zorg
from app.routers.feitroutes import (
    FeitFilter,
    FeitRoutes,
    add_get_route,
    add_intrekking_route,
    new_router,
)
from app.routers.params import BekendOp, Id, request_time, same_version
from app.routers.tonen import show_termijn, show_zorg
from app.schemas.feiten.feit import wijziging_of
from app.schemas.feiten.pleegkind import CaseloadRegel, PleegkindIn, PleegkindOut, PleegkindZoekIn
from app.schemas.termijn import TermijnMetUitlegOut, TijdlijnRegel
from app.schemas.velden import Datum, ListFilter, Tijdstip
from app.services.pleegkinderen import change_pleegkind, create_pleegkind, indexes_of_bsn
from app.terms import Opvolgingfilter, Stand
from app.web.actor import permits
from app.web.answers import json_response, one
from app.web.etag import IfMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.recheck import recheck_sometimes
from app.web.sessions import ReadSession, WriteSession
from app.web.stap import also_asks
from app.web.state import AppSecrets

_ROUTES = FeitRoutes("pleegkind", PleegkindIn, PleegkindOut, Permission.PLEEGKIND_READ, Permission.PLEEGKIND_MANAGE)
_Wijziging: Any = wijziging_of(PleegkindIn)


class CaseloadFilter(ListFilter):
    """The query of the list of children."""

    peildatum: Datum | None = None
    bekend_op: Tijdstip | None = None
    team: UUID | None = None
    begeleider: UUID | None = None
    stand: Stand | None = None
    opvolging: Opvolgingfilter | None = Field(
        default=None, description="open: alleen de kinderen voor wie na een zorg nog iets moet gebeuren."
    )
    zonder_begeleider: bool = Field(
        default=False, description="Alleen kinderen die op de peildatum geplaatst zijn zonder begeleider."
    )
    lang_te_laat: bool = Field(
        default=False, description=f"Alleen kinderen van wie een norm meer dan {LANG_DAGEN} dagen te laat is."
    )
    met_zorg: bool = Field(default=False, description="Met plaatsing, pleeggezin, begeleider en team van het kind.")


router = new_router(_ROUTES.soort)


@router.get("/pleegkinderen", response_model=Resultaten[CaseloadRegel])
def list_children(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[CaseloadFilter, Query()],
) -> Response:
    """De kinderen die u ziet, op naam, met het oordeel van de regel op de peildatum.

    Wie na een zorg te laat is opgevolgd, staat vooraan, het langst geleden eerst. Op naam is: op achternaam en dan
    roepnaam, teken voor teken, met hoofdletters voor kleine letters, en een voorvoegsel en een accent als elk ander
    teken. Wie namen toont zoals mensen ze zoeken, sorteert een lijst zelf.
    """
    vandaag = clock.today()
    window = list_pleegkinderen(
        session,
        actor,
        KinderenFilter(
            vraag.team,
            vraag.begeleider,
            vraag.stand,
            opvolging=vraag.opvolging is not None,
            zonder_begeleider=vraag.zonder_begeleider,
            lang_te_laat=vraag.lang_te_laat,
        ),
        lijst.page(vraag),
        peildatum=vraag.peildatum or vandaag,
        vandaag=vandaag,
        bekend_op=vraag.bekend_op,
    )
    if vraag.met_zorg:
        keys = [row["feit_id"] for row in window.rows]
        zorg = read_zorg(session, actor, keys, vraag.peildatum or vandaag, vandaag, listed=True)
        rows = [{**row, "zorg": show_zorg(zorg[row["feit_id"]])} for row in window.rows]
        window = Window(rows, window.next, window.prev)
    answer = lijst.answer(window, CaseloadRegel)
    return recheck_sometimes(answer, session, actor, (row["feit_id"] for row in window.rows))


@router.post("/pleegkinderen", response_model=PleegkindOut, status_code=201)
def record_pleegkind(
    body: PleegkindIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_MANAGE, writes=True)],
    once: Once,
    secrets: AppSecrets,
) -> Response:
    """Leg een nieuw kind vast. Een BSN gaat erin en komt er nooit meer uit."""
    return _ROUTES.answer_once(
        once, session, actor, lambda: create_pleegkind(session, actor, body, request_time(), secrets)
    )


@router.post("/pleegkinderen/_zoek", response_model=Resultaten[CaseloadRegel], name="search_pleegkinderen")
@also_asks(Permission.PLEEGKIND_SEARCH_BSN, "bsn", "U heeft niet het recht om op BSN te zoeken. Zoek op naam.")
def search(
    body: PleegkindZoekIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_SEARCH, writes=True)],
    once: Once,
    secrets: AppSecrets,
) -> Response:
    """Zoek een kind op (een deel van) naam of nummer, of met het recht daartoe op BSN; alleen onder wie u ziet."""
    # Only the key is kept: who lost a child since must not get it back out of a kept answer.
    once.answer(dict, dict[str, str], check=right_is_enough, status=200)
    indexes = indexes_of_bsn(secrets, actor, body)
    found = search_pleegkinderen(session, actor, naam=body.naam, bsn_indexes=indexes, vandaag=clock.today())
    return json_response({"resultaten": found}, Resultaten[CaseloadRegel])


@router.patch("/pleegkinderen/{id}", response_model=PleegkindOut)
def change(
    key: Id,
    body: _Wijziging,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_MANAGE, writes=True)],
    secrets: AppSecrets,
    if_match: IfMatch = None,
) -> Response:
    """Wijzig gegevens van een kind; de oude versie blijft bewaard."""
    changed = change_pleegkind(session, actor, key, body, request_time(), secrets, check_version=same_version(if_match))
    return one(changed, PleegkindOut)


@router.get("/pleegkinderen/{id}/termijnen", response_model=Resultaten[TermijnMetUitlegOut])
def list_termijnen_of_child(
    key: Id,
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TERMIJN_READ)],
    peildatum: Annotated[Datum | None, Query()] = None,
    bekend_op: BekendOp = None,
) -> Response:
    """Elk oordeel over dit kind op de peildatum, met de uitleg: regel, bron, wat telde en wat niet."""
    vandaag = clock.today()
    kind = get_pleegkind_key(session, actor, key, vandaag)
    shown = list_termijnen_of_kind(session, actor, kind, peildatum or vandaag, bekend_op)
    return json_response({"resultaten": [show_termijn(item) for item in shown]}, Resultaten[TermijnMetUitlegOut])


@router.get("/pleegkinderen/{id}/tijdlijn", response_model=Resultaten[TijdlijnRegel])
def show_tijdlijn(
    key: Id,
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[FeitFilter, Query()],
) -> Response:
    """Alles wat over dit kind is vastgelegd, het nieuwste eerst."""
    kind = get_pleegkind_key(session, actor, key, clock.today())
    return lijst.answer(list_tijdlijn(session, kind, lijst.page(vraag), vraag.bekend_op), TijdlijnRegel)


# No correctie: PATCH is that, with the BSN encrypted on its way in.
add_get_route(router, _ROUTES)
add_intrekking_route(router, _ROUTES)
