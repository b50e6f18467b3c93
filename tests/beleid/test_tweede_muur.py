"""The database as second wall: with every check of the application off, nothing of another organisatie shows."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest
from sqlalchemy import true

from app.access import permissions, scope
from app.access.permissions import Permission
from app.queries import noodtoegangen, pleeggezinnen
from app.queries.feiten import bereik, regels
from app.terms import Rol
from tests.api.client import Dienst
from tests.beleid.matrix import asked_routes
from tests.beleid.mutanten import forget_statements, rewriting
from tests.beleid.opname import HEEL, addresses, chosen
from tests.beleid.verzoeken import Vraag, verzoek_for
from tests.beleid.wereld import Wereld

_ANY_ORGANISATIE = r"\b\w+\.organisatie_id = %\(\w+\)s(::\w+)?"


def _everything(*_: object, **__: object) -> object:
    return true()


@contextmanager
def first_wall_down() -> Iterator[None]:
    """Let everybody have every right, every condition of scope hold, and no statement ask for an organisatie."""
    forget_statements()
    with ExitStack() as stack:
        every = {rol: frozenset(Permission) for rol in Rol}
        stack.enter_context(mock.patch.dict(permissions.PERMISSIONS_OF_ROL, every))
        for module, name in (
            (scope, "_within"),
            (scope, "_own_organisatie"),
            (pleeggezinnen, "visible_pleeggezinnen"),
            (bereik, "visible_pleeggezinnen"),
            (regels, "visible_feiten"),
            (noodtoegangen, "_visible"),
        ):
            stack.enter_context(mock.patch.object(module, name, _everything))
        stack.enter_context(rewriting(_ANY_ORGANISATIE))
        try:
            yield
        finally:
            forget_statements()


def leaking_reads(wereld: Wereld, rol: Rol, paths: Iterable[str]) -> list[str]:
    """Return the addresses whose answer names anything of the other organisatie."""
    user, hidden = wereld.user(rol, "organisatie"), set(wereld.vreemde_geheimen)
    return [path for path in paths if named_in(user.get(path).text, hidden)]


def named_in(text: str, hidden: Collection[str]) -> bool:
    return any(one in text for one in hidden)


def leaking_writes(wereld: Wereld, rol: Rol) -> list[str]:
    """Return the writes to something of the other organisatie that are not refused as if it did not exist."""
    found = []
    for route in (one for one in asked_routes() if one.methode != "GET" and "{id}" in one.pad):
        status = verzoek_for(wereld, Vraag(route, rol, "vreemd")).send().status_code
        found += [] if status == 404 else [f"{route.methode} {route.pad}: {status}"]
    return found


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.PLEEGZORGBEGELEIDER])
def test_with_the_applications_checks_off_no_foreign_row_shows(wereld: Wereld, rol: Rol, *, heel: bool) -> None:
    paths = list(addresses(wereld, HEEL if heel else chosen("vreemd")))
    with first_wall_down():
        assert leaking_reads(wereld, rol, paths) == []
        assert leaking_writes(wereld, rol) == []
    print(f"\n{rol}: {len(paths)} keer gelezen, 0 rijen van een andere organisatie")  # noqa: T201 - the drill's figure
    assert len(paths) > (500 if heel else 280)


def test_without_the_second_wall_there_would_be_many(wereld: Wereld, dienst: Dienst) -> None:
    """The planted fault: the same, as the owner of the tables."""
    strange = set(wereld.vreemde_geheimen)
    paths = [one for one in addresses(wereld) if "?" not in one and any(uid in one for uid in strange)]
    with first_wall_down(), mock.patch.multiple(dienst.engines, app=dienst.owner, write=dienst.owner):
        found = leaking_reads(wereld, Rol.BEHEERDER, paths)
    assert len(found) > 20
