"""The database as second wall: with every check of the application off, nothing of another organisatie shows."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

import pytest
from sqlalchemy import true

from app.access import permissions, scope
from app.access.permissions import Permission
from app.access.policy import route_regels
from app.queries import feitregels, noodtoegangen, pleeggezinnen
from app.terms import Rol
from app.web import sessions
from tests.api.client import Dienst
from tests.beleid.mutanten import forget_statements, rewriting
from tests.beleid.opname import addresses
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
            (feitregels, "visible_pleeggezinnen"),
            (feitregels, "visible_feiten"),
            (noodtoegangen, "_visible"),
        ):
            stack.enter_context(mock.patch.object(module, name, _everything))
        stack.enter_context(rewriting(_ANY_ORGANISATIE))
        try:
            yield
        finally:
            forget_statements()


def foreign_rows(wereld: Wereld, rol: Rol) -> tuple[int, list[str]]:
    """Return how much was asked, and where anything of the other organisatie shows or is written to."""
    user, hidden = wereld.user(rol, "organisatie"), set(wereld.vreemde_geheimen)
    asked, found = 0, []
    for path in addresses(wereld):
        answer = user.get(path)
        asked += 1
        if any(one in answer.text for one in hidden):
            found.append(path)
    for route in route_regels():
        if route.methode != "GET" and "{id}" in route.pad:
            answer = verzoek_for(wereld, Vraag(route, rol, "vreemd")).send()
            asked += 1
            if answer.status_code != 404:
                found.append(f"{route.methode} {route.pad}: {answer.status_code}")
    return asked, found


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.PLEEGZORGBEGELEIDER])
def test_with_the_applications_checks_off_no_foreign_row_shows(wereld: Wereld, rol: Rol) -> None:
    with first_wall_down():
        asked, found = foreign_rows(wereld, rol)
    assert found == []
    assert asked > 500


def test_without_the_second_wall_there_would_be_many(wereld: Wereld, dienst: Dienst) -> None:
    """The planted fault: the same, as the owner of the tables."""
    with first_wall_down(), mock.patch.object(sessions, "app_engine", return_value=dienst.owner):
        found = foreign_rows(wereld, Rol.BEHEERDER)[1]
    assert len(found) > 50
