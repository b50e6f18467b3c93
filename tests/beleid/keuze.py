"""Which cells of the matrix are asked at every change; ``make drill-tests`` asks them all.

Routes of one rule take turns: each is asked about other relations, so that together they ask every cell of the rule.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.access.policy import Beleidsuitkomst, RouteRegel
from tests.beleid.matrix import asked_routes, cells, gives, shares_an_answer, wanted
from tests.beleid.verzoeken import Vraag

ONBEKEND = "bestaat_niet"
Rij = Mapping[str, Beleidsuitkomst]


def chosen_cells(rol: str) -> list[Vraag]:
    """Return the cells that are asked for a rol: the same ones every time, and none of ``gaps``."""
    return [vraag for routes in _routes_by_rule().values() for vraag in _of_rule(routes, rol)]


def _routes_by_rule() -> dict[str, list[RouteRegel]]:
    found: dict[str, list[RouteRegel]] = {}
    for route in asked_routes():
        found.setdefault(route.regel, []).append(route)
    return found


def _of_rule(routes: Sequence[RouteRegel], rol: str) -> list[Vraag]:
    """Let each route be asked what it must, about the relations least asked so far; and the rest of the last ones."""
    whole = {route: {one.relatie: one for one in cells([route], rol)} for route in routes}
    asked = Counter[str]()
    chosen: dict[RouteRegel, dict[str, None]] = {}
    for route, row in whole.items():
        shared = [relatie for relatie, vraag in row.items() if shares_an_answer(vraag)]
        chosen[route] = dict.fromkeys([*shared, *_of_route(route, wanted()[route.regel, rol], asked)])
        asked.update(list(chosen[route]))
    for relatie in (one for one in wanted()[routes[0].regel, rol] if one not in asked):
        chosen[min(chosen, key=lambda one: len(chosen[one]))][relatie] = None
    return [vraag for route, row in whole.items() for relatie, vraag in row.items() if relatie in chosen[route]]


def _of_route(route: RouteRegel, rij: Rij, asked: Counter[str]) -> Iterator[str]:
    """Yield a relation in which a route gives, one in which it does not, and what its 404 is compared with."""

    def least(relaties: Sequence[str]) -> list[str]:
        return sorted(relaties, key=lambda one: asked[one])[:1]  # a sort is stable: of equals the first in the table

    giving, refusing = [one for one in rij if gives(rij[one])], [one for one in rij if not gives(rij[one])]
    absent = [one for one in hidden(route, rij) if one != ONBEKEND]
    found = [*least(giving), *([ONBEKEND, *least(absent)] if absent else least(refusing))]
    yield from found
    if len(found) == 1:
        yield from least([one for one in rij if one not in found])


def hidden(route: RouteRegel, rij: Rij) -> list[str]:
    """Return the relations in which a route of one thing answers as if there were none."""
    return [one for one in rij if rij[one] is Beleidsuitkomst.BESTAAT_NIET] if "{" in route.pad else []


def gaps(rol: str, vragen: Sequence[Vraag]) -> list[str]:
    """Return in words what a choice of cells of a rol leaves unasked that it must not."""
    of_route: dict[RouteRegel, set[str]] = {}
    of_rule: dict[str, set[str]] = {}
    for vraag in vragen:
        of_route.setdefault(vraag.route, set()).add(vraag.relatie)
        of_rule.setdefault(vraag.route.regel, set()).add(vraag.relatie)
    found = []
    for route in asked_routes():
        rij = wanted()[route.regel, rol]
        naam = f"{route.methode} {route.pad} {rol}"
        found += [f"{route.regel} {rol} {one}" for one in rij if one not in of_rule.get(route.regel, set())]
        found += [f"{naam}: {one}" for one in _gaps_of_route(route, rij, of_route.get(route, set()))]
    return list(dict.fromkeys(found))


def _gaps_of_route(route: RouteRegel, rij: Rij, asked: set[str]) -> Iterator[str]:
    if len(asked) < min(2, len(rij)):
        yield "in minder dan twee relaties"
    for outcome in {gives(one) for one in rij.values()} - {gives(rij[one]) for one in asked}:
        yield "geeft nooit" if outcome else "weigert nooit"
    absent = hidden(route, rij)
    if absent and len(asked & set(absent)) < min(2, len(absent)):
        yield "404 nergens mee vergeleken"
    if ONBEKEND in absent and ONBEKEND not in asked:
        yield "404 niet vergeleken met een id dat er niet is"
