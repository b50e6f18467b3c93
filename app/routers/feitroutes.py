"""The routes that every kind of fact has: its list and recording under its owner, one of it, correctie, intrekking.

One builder instead of a dozen copies. What a kind has of its own stands in its file in ``routers/api``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose, purpose_of_recording
from app.db.keyset import Window
from app.models.soorten import SOORTEN, FeitSoort
from app.queries.feiten.regels import FeitRegel, check_readable, get_feit, list_feiten, list_versies
from app.routers.params import BekendOp, Id, request_time, same_version
from app.schemas.feiten.feit import FeitOut, IntrekkingIn, changes_of, content_of, correctie_of, wijziging_of
from app.schemas.feiten.verplaatsing import verplaatsing_of
from app.schemas.velden import ListFilter, SchemaIn, Tijdstip
from app.services.feiten import recording
from app.services.verplaatsingen import move
from app.web.actor import permits
from app.web.answers import json_response, one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

#: Finds what the facts hang on through the actor's scope and gives its feit_id, or raises NotFound or Forbidden.
FindOwner = Callable[[Session, Actor, UUID, date, Purpose], int]
#: Adds to recorded facts what follows from them, on a day and for what was known at a moment.
Complete = Callable[[Session, Actor, Sequence[FeitRegel], date, datetime | None], Sequence[FeitRegel]]


@dataclass(frozen=True, slots=True)
class FeitRoutes:
    """What the builder must know of one kind.

    Attributes:
        naam: the kind (``app.models.soorten``).
        schema_in: what a new one says.
        schema_uit: what is shown of one.
        leest: the permission to read.
        schrijft: the permission to record, correct and withdraw.
        vult_aan: adds what is shown beside the recorded columns; None when nothing is.
        schema_versie: what is shown of a version, when ``schema_uit`` has more; only what holds has that.
    """

    naam: str
    schema_in: type[SchemaIn]
    schema_uit: type[FeitOut]
    leest: Permission
    schrijft: Permission
    vult_aan: Complete | None = None
    schema_versie: type[FeitOut] | None = None

    @property
    def soort(self) -> FeitSoort:
        """The kind as data."""
        return SOORTEN[self.naam]

    def shown(self, session: Session, actor: Actor, regel: FeitRegel, bekend_op: datetime | None = None) -> FeitRegel:
        """Return one fact with what is shown beside it."""
        return regel if self.vult_aan is None else self.vult_aan(session, actor, [regel], clock.today(), bekend_op)[0]

    def shown_page(
        self, session: Session, actor: Actor, window: Window[FeitRegel], bekend_op: datetime | None
    ) -> Window[FeitRegel]:
        """Return a page of facts with what is shown beside them."""
        if self.vult_aan is None:
            return window
        regels = self.vult_aan(session, actor, window.rows, clock.today(), bekend_op)
        return Window(regels, window.next, window.prev)

    def answer_once(self, once: Once, session: Session, actor: Actor, work: Callable[[], FeitRegel]) -> Response:
        """Do once what makes a version of a fact, and show it; who lost access since does not get it again."""

        def check(uid: UUID | None) -> None:
            if uid is not None:
                check_readable(session, actor, self.soort, uid, clock.today())

        return once.answer(
            lambda: self.shown(session, actor, work()),
            self.schema_uit,
            check=check,
            location=f"/v1/{self.soort.meervoud}/{{uid}}",
        )


def add_child_fact_routes(router: APIRouter, routes: FeitRoutes) -> None:
    """Add GET of one, correctie, intrekking and, for what is about a child, verplaatsing to another's file."""
    add_fact_routes(router, routes)
    add_verplaatsing_route(router, routes)


def new_router(soort: FeitSoort) -> APIRouter:
    """Return a router that checks at the door, tagged with the plural of the kind."""
    return Router(route_class=ApiRoute, tags=[soort.meervoud])


def add_fact_routes(router: APIRouter, routes: FeitRoutes) -> None:
    """Add GET of one and of its versions, correctie and intrekking."""
    add_get_route(router, routes)
    add_correctie_route(router, routes)
    add_intrekking_route(router, routes)


def add_get_route(router: APIRouter, routes: FeitRoutes) -> None:
    """Add GET of one, and of all its versions."""
    soort, path = routes.soort, f"/{routes.soort.meervoud}"

    @router.get(f"{path}/{{id}}", response_model=routes.schema_uit, name=f"get_{soort.naam}")
    def get_one(
        key: Id,
        session: ReadSession,
        actor: Annotated[Actor, permits(routes.leest)],
        bekend_op: BekendOp = None,
        if_none_match: IfNoneMatch = None,
    ) -> Response:
        """Een vastgelegd feit, in de versie die geldt of op een moment gold."""
        regel = get_feit(session, actor, soort, key, clock.today(), bekend_op)
        return one(routes.shown(session, actor, regel, bekend_op), routes.schema_uit, if_none_match)

    schema: Any = routes.schema_versie or routes.schema_uit

    @router.get(f"{path}/{{id}}/versies", response_model=Resultaten[schema], name=f"list_versies_of_{soort.naam}")
    def list_all_versies(key: Id, session: ReadSession, actor: Annotated[Actor, permits(routes.leest)]) -> Response:
        """Elke versie van een feit, de nieuwste eerst: wat er eerder stond, van wie, en waarom het anders werd."""
        versies = list_versies(session, actor, soort, key, clock.today())
        return json_response({"resultaten": versies}, Resultaten[schema])


def add_correctie_route(router: APIRouter, routes: FeitRoutes) -> None:
    """Add correctie of one."""
    soort, path = routes.soort, f"/{routes.soort.meervoud}"
    correctie: Any = correctie_of(routes.schema_in)

    @router.post(
        f"{path}/{{id}}/correctie",
        response_model=routes.schema_uit,
        status_code=201,
        name=f"correct_{soort.naam}",
    )
    def correct_one(
        key: Id,
        body: correctie,
        session: WriteSession,
        actor: Annotated[Actor, permits(routes.schrijft, writes=True)],
        once: Once,
        if_match: IfMatch = None,
    ) -> Response:
        """Leg een nieuwe versie vast; de oude blijft bewaard."""
        return routes.answer_once(once, session, actor, lambda: recording.correct(
            session, actor, soort, key, changes_of(body), request_time(), reden=body.wijzigingsreden,
            check_version=same_version(if_match),
        ))  # fmt: skip


def add_intrekking_route(router: APIRouter, routes: FeitRoutes) -> None:
    """Add intrekking of one."""
    soort, path = routes.soort, f"/{routes.soort.meervoud}"

    @router.post(
        f"{path}/{{id}}/intrekking",
        response_model=routes.schema_uit,
        status_code=201,
        name=f"withdraw_{soort.naam}",
    )
    def withdraw_one(
        key: Id,
        body: IntrekkingIn,
        session: WriteSession,
        actor: Annotated[Actor, permits(routes.schrijft, writes=True)],
        once: Once,
        if_match: IfMatch = None,
    ) -> Response:
        """Trek een feit in; wat is vastgelegd blijft bewaard en telt niet meer."""
        return routes.answer_once(once, session, actor, lambda: recording.withdraw(
            session, actor, soort, key, request_time(), reden=body.wijzigingsreden,
            check_version=same_version(if_match),
        ))  # fmt: skip


def add_verplaatsing_route(router: APIRouter, routes: FeitRoutes) -> None:
    """Add verplaatsing of one."""
    soort, path = routes.soort, f"/{routes.soort.meervoud}"
    verplaatsing: Any = verplaatsing_of(soort)

    @router.post(
        f"{path}/{{id}}/verplaatsing",
        response_model=routes.schema_uit,
        status_code=201,
        name=f"move_{soort.naam}",
    )
    def move_one(
        key: Id,
        body: verplaatsing,
        session: WriteSession,
        actor: Annotated[Actor, permits(routes.schrijft, writes=True)],
        once: Once,
        if_match: IfMatch = None,
    ) -> Response:
        """Verplaats een feit dat bij het verkeerde kind is vastgelegd; hier is het ingetrokken, daar is het nieuw."""
        return routes.answer_once(once, session, actor, lambda: move(
            session, actor, soort, key, content_of(body), request_time(), check_version=same_version(if_match)
        ))  # fmt: skip


def add_patch_route(router: APIRouter, routes: FeitRoutes) -> None:
    """Add PATCH of one: what is left out stays."""
    soort = routes.soort
    wijziging: Any = wijziging_of(routes.schema_in)

    @router.patch(f"/{soort.meervoud}/{{id}}", response_model=routes.schema_uit, name=f"change_{soort.naam}")
    def change_one(
        key: Id,
        body: wijziging,
        session: WriteSession,
        actor: Annotated[Actor, permits(routes.schrijft, writes=True)],
        if_match: IfMatch = None,
    ) -> Response:
        """Wijzig gegevens; de oude versie blijft bewaard."""
        changed = recording.correct(
            session,
            actor,
            soort,
            key,
            changes_of(body),
            request_time(),
            reden=body.wijzigingsreden,
            check_version=same_version(if_match),
        )
        return one(changed, routes.schema_uit)


def add_owned_routes(
    router: APIRouter, routes: FeitRoutes, owner_path: str, find_owner: FindOwner, *, owner_column: str | None
) -> None:
    """Add the list and the recording under an owner.

    Args:
        router: gets the routes.
        routes: the kind.
        owner_path: plural of the owner, such as ``pleegkinderen``.
        find_owner: finds the owner through the actor's scope.
        owner_column: the column that the owner fills; None when the body names a plaatsing of the child.
    """
    path = f"/{owner_path}/{{id}}/{routes.soort.meervoud}"
    add_list_route(router, routes, path, find_owner, of_child=owner_column is None)
    add_record_route(router, routes, path, find_owner, owner_column)


def add_list_route(
    router: APIRouter, routes: FeitRoutes, path: str, find_owner: FindOwner, *, of_child: bool, name: str = ""
) -> None:
    """Add the list under an owner, or under what stands above that (``of_child``), by a name of its own."""
    soort = routes.soort
    schema: Any = routes.schema_uit

    @router.get(path, response_model=Resultaten[schema], name=name or f"list_{soort.meervoud}")
    def list_owned(
        key: Id,
        session: ReadSession,
        actor: Annotated[Actor, permits(routes.leest)],
        lijst: Lijst,
        vraag: Annotated[FeitFilter, Query()],
    ) -> Response:
        """De feiten van deze soort, de nieuwste eerst."""
        vandaag = clock.today()
        owner = find_owner(session, actor, key, vandaag, Purpose.READ)
        page = lijst.page(vraag)
        window = list_feiten(session, actor, soort, owner, page, vandaag, bekend_op=vraag.bekend_op, of_child=of_child)
        return lijst.answer(routes.shown_page(session, actor, window, vraag.bekend_op), routes.schema_uit)


def add_record_route(
    router: APIRouter, routes: FeitRoutes, path: str, find_owner: FindOwner, owner_column: str | None
) -> None:
    """Add the recording under an owner."""
    soort = routes.soort
    schema_in: Any = routes.schema_in

    @router.post(path, response_model=routes.schema_uit, status_code=201, name=f"record_{soort.naam}")
    def record_owned(
        key: Id,
        body: schema_in,
        session: WriteSession,
        actor: Annotated[Actor, permits(routes.schrijft, writes=True)],
        once: Once,
    ) -> Response:
        """Leg een nieuw feit vast."""

        def work() -> FeitRegel:
            owner = find_owner(session, actor, key, clock.today(), purpose_of_recording(soort))
            content = {**content_of(body), **({owner_column: owner} if owner_column else {})}
            of_child = None if owner_column else owner
            return recording.record(session, actor, soort, content, request_time(), of_child=of_child)

        return routes.answer_once(once, session, actor, work)


class FeitFilter(ListFilter):
    """The query of a list of facts."""

    bekend_op: Tijdstip | None = None
