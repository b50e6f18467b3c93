"""Which route, at which address, asked by whom: what the tests of manners share."""

from tests.api.bodies import KINDS
from tests.api.client import Dienst, Gebruiker
from tests.api.routes import Route, routes
from tests.api.world import World


def path_of(route: Route, world: World) -> str:
    """Return the path with an id that the teamleider sees."""
    path = route.path.replace("{pseudoniem}", world.files["eigen"]["pseudoniem"]).replace("{naam}", "navolgbaar")
    if "{id}" not in path:
        return path
    return route.path.replace("{id}", world.files["eigen"][KINDS[route.path.split("/")[1]]])


def gets(dienst: Dienst) -> list[Route]:
    return [route for route in routes(dienst.api) if route.method == "GET"]


def that_stand_still(dienst: Dienst) -> list[Route]:
    """Return what is read without changing it: to ask for the access log adds a line to it."""
    return [route for route in gets(dienst) if route.path != "/inzagen"]


def writes(dienst: Dienst) -> list[Route]:
    return [route for route in routes(dienst.api) if route.method != "GET"]


def with_a_body(dienst: Dienst) -> list[Route]:
    return [route for route in writes(dienst) if route.has_body]


def who(route: Route, world: World) -> Gebruiker:
    """Return somebody who may."""
    users = (world["teamleider"], world["beheerder"], world["kwaliteit"], world["igj"], world["waarnemer"])
    return next(user for user in users if route.permission is None or user.may(route.permission))


def empty(route: Route) -> object:
    """Return an empty object where there must be a body."""
    return {} if route.has_body else None
