"""A small application with our manners: one table, one of each kind of route, and routes that fail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI, Query
from sqlalchemy import Column, Date, MetaData, SmallInteger, Table, Text, Uuid, bindparam, or_, select
from sqlalchemy.orm import Session
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp

from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.engines import Engines
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.errors import Conflict, NotFound, TooMany, Unavailable
from app.lib.ids import new_uid
from app.main import bare_api
from app.routers.api import ik, openapi
from app.schemas.velden import Datum, DatumOfNiets, Getal, JaNee, ListFilter, Regel, SchemaIn, SchemaOut, Tijdstip
from app.security.lockbox import Lockbox
from app.security.sign_in import SignIn
from app.web.actor import PUBLIC, permits
from app.web.answers import one
from app.web.around.body_limit import BodyLimit
from app.web.around.envelope import Envelope
from app.web.etag import IfMatch, IfNoneMatch, etag, require_match
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute, produces
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import Sporen

ding = Table(
    "proefding",
    MetaData(),
    Column("uid", Uuid, primary_key=True),
    Column("naam", Text, nullable=False),
    Column("dag", Date, nullable=False),
    Column("versie", SmallInteger, nullable=False),
    Column("eigenaar", Text, nullable=False),
)


class DingIn(SchemaIn):
    """Wat een ding is."""

    naam: Regel
    eersteDatum: Datum  # noqa: N815 - the alias of a single word
    laatsteDatum: DatumOfNiets = None  # noqa: N815
    aantal: Getal = 1
    klaar: JaNee = False
    gezienOp: Tijdstip | None = None  # noqa: N815


class DingWijziging(SchemaIn):
    """Een andere naam."""

    naam: Regel


class DingOut(SchemaOut):
    """Een ding."""

    id: UUID
    naam: str
    dag: Datum
    versie: int


class DingFilter(ListFilter):
    """Welke dingen."""

    naam: str | None = None
    peildatum: Datum | None = None


@dataclass(frozen=True)
class Ding:
    uid: UUID
    naam: str
    dag: date
    versie: int

    @property
    def id(self) -> UUID:
        return self.uid


def _kept(eigenaar: str) -> Any:
    return or_(bindparam("naam", type_=Text).is_(None), ding.c.naam == bindparam("naam")), (
        ding.c.eigenaar == bindparam("eigenaar")
    )


LIST = KeysetQuery(
    select(ding.c.uid.label("id"), ding.c.naam, ding.c.dag, ding.c.versie).where(*_kept("")),
    Key("dag", ding.c.dag, descending=True),
    Key("naam", ding.c.naam),
    Key("id", ding.c.uid),
)


def list_dingen(session: Session, actor: Actor, vraag: DingFilter, page: Page) -> Window[Any]:
    return LIST.fetch(session, page, {"eigenaar": actor.organisatie_code, "naam": vraag.naam})


def get_ding(session: Session, actor: Actor, uid: UUID) -> Ding:
    mine = select(ding).where(ding.c.uid == uid, ding.c.eigenaar == actor.organisatie_code)
    row = session.execute(mine).one_or_none()
    if row is None:
        raise NotFound
    return Ding(row.uid, row.naam, row.dag, row.versie)


def add_ding(session: Session, actor: Actor, naam: str, dag: date) -> Ding:
    new = Ding(new_uid(), naam, dag, 1)
    values = {"uid": new.uid, "naam": naam, "dag": dag, "versie": 1, "eigenaar": actor.organisatie_code}
    session.execute(ding.insert().values(values))
    if naam == "botsing":
        raise Conflict
    return new


READ = Annotated[Actor, permits(Permission.PLEEGKIND_READ)]
WRITE = Annotated[Actor, permits(Permission.KINDGESPREK_RECORD, writes=True)]
router = APIRouter(route_class=ApiRoute, tags=["dingen"])


@router.get("/dingen", response_model=Resultaten[DingOut])
def list_all(actor: READ, session: ReadSession, lijst: Lijst, vraag: Annotated[DingFilter, Query()]) -> Response:
    """De dingen."""
    return lijst.answer(list_dingen(session, actor, vraag, lijst.page(vraag)), DingOut)


@router.get("/dingen/{id}", response_model=DingOut)
def get_one(id: UUID, actor: READ, session: ReadSession, if_none_match: IfNoneMatch = None) -> Response:  # noqa: A002
    """Een ding."""
    return one(get_ding(session, actor, id), DingOut, if_none_match)


@router.post("/dingen", response_model=DingOut, status_code=201)
def record(body: DingIn, actor: WRITE, session: WriteSession, once: Once) -> Response:
    """Een ding erbij."""
    return once.answer(
        lambda: add_ding(session, actor, body.naam, body.eersteDatum),
        DingOut,
        check=lambda uid: get_ding(session, actor, uid or UUID(int=0)),
        location="/v1/dingen/{uid}",
    )


@router.patch("/dingen/{id}", response_model=DingOut)
def change(id: UUID, body: DingWijziging, actor: WRITE, session: WriteSession, if_match: IfMatch = None) -> Response:  # noqa: A002
    """Een ding anders."""
    current = get_ding(session, actor, id)
    require_match(if_match, etag(current.uid, current.versie))
    values = {"naam": body.naam, "versie": current.versie + 1}
    session.execute(ding.update().where(ding.c.uid == id).values(values))
    return one(get_ding(session, actor, id), DingOut)


@router.get("/dingen/{id}/bestand")
@produces("text/csv")
def export(id: UUID, actor: READ) -> Response:  # noqa: A002
    """Een bestand."""
    return Response("a,b\n", media_type="text/csv")


faults = APIRouter(route_class=ApiRoute, dependencies=[PUBLIC], include_in_schema=False)
BOOM: dict[str, Callable[[], Exception]] = {
    "onverwacht": lambda: RuntimeError("Jansen 123456782"),
    "druk": lambda: TooMany(retry_after=7),
    "weg": Unavailable,
}


@faults.get("/fout/{soort}", dependencies=[PUBLIC])
def fail(soort: str, naam: str = "", bsn: str = "") -> Response:
    error = BOOM[soort]()
    raise error


@faults.get("/halverwege", dependencies=[PUBLIC])
async def half() -> Response:
    async def parts() -> Any:
        yield b"begin"
        raise RuntimeError("Jansen")

    return StreamingResponse(parts())


@faults.post("/stroom", dependencies=[PUBLIC])
async def echo(body: DingWijziging) -> dict[str, str]:
    return {"naam": body.naam}


@faults.post("/stuk", dependencies=[PUBLIC])
def fails_at_commit(session: WriteSession) -> Response:
    session.execute(select(1))
    session.info["breekt"] = True
    return Response(status_code=201)


def proef_api(engines: Engines, sign_in: SignIn) -> FastAPI:
    """Return the application on an engine that has the table."""

    api = bare_api()
    api.state.engines = engines
    api.state.sign_in = sign_in
    api.state.cursor_lockbox = Lockbox(bytes(32))
    api.state.request_key = bytes(32)
    for each in (router, faults, ik.router, openapi.router):
        api.include_router(each, prefix="/v1")
    return api


def wrap(api: FastAPI) -> ASGIApp:
    """Return it inside the outer layers."""
    return Envelope(BodyLimit(Sporen(api)), version=api.version)
