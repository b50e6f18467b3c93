"""The matrix itself: every cell of the policy table, asked for real, and what does not come out as it says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from httpx2 import Response

from app.access.policy import GEEFT, Beleidsuitkomst, RouteRegel, route_regels, uitkomst_regels
from tests.api.client import without_id
from tests.api.database import counting_statements
from tests.beleid.verzoeken import LIJSTEN, Vraag, ask, outcome_of
from tests.beleid.wereld import KINDEREN, Wereld

#: what a bearer token asks; pages look at a cookie, and have their tests beside them
_ASKED = ("/v1/", "/livez", "/readyz")
_MASKED = frozenset({Beleidsuitkomst.GEMASKEERD, Beleidsuitkomst.GEMASKEERD_ZONDER_TEKST})


@dataclass
class Verloop:
    """What was asked, what came, and what was not as it should be."""

    uitkomsten: dict[Vraag, Beleidsuitkomst | str] = field(default_factory=dict)
    verrassingen: list[str] = field(default_factory=list)


@cache
def wanted() -> Mapping[tuple[str, str], Mapping[str, Beleidsuitkomst]]:
    """Return (rule, rol) → relation → outcome, as the table says."""
    return {(one.regel, one.rol): one.uitkomsten for one in uitkomst_regels()}


@cache
def asked_routes() -> tuple[RouteRegel, ...]:
    """Return the routes that the matrix asks."""
    return tuple(one for one in route_regels() if one.pad.startswith(_ASKED))


def cells(routes: Iterable[RouteRegel], rol: str) -> Iterator[Vraag]:
    """Yield every cell of some routes for a rol."""
    for route in (one for one in routes if one.pad.startswith(_ASKED)):
        for relatie in wanted()[route.regel, rol]:
            yield Vraag(route, rol, relatie)


def run(wereld: Wereld, vragen: Iterable[Vraag], *, stop_at_first: bool = False) -> Verloop:
    """Ask every cell and compare.

    A list is asked once for all relations. What does not exist for who asks must come in the same bytes, after as many
    statements, as an id that was never given out.
    """
    vragen = list(vragen)
    for user in {
        wereld.user(one.rol, one.relatie).subject: wereld.user(one.rol, one.relatie) for one in vragen
    }.values():
        user.get("/ik")  # the first request of an account costs a statement more
    verloop, lists, absent = Verloop(), dict[tuple[RouteRegel, str], Response](), dict[tuple[RouteRegel, str], object]()
    for vraag in vragen:
        answer, cost = _ask(wereld, vraag, lists)
        found = outcome_of(wereld, vraag, answer)
        right = wanted()[vraag.route.regel, vraag.rol][vraag.relatie]
        if right in _MASKED and found is Beleidsuitkomst.GEMASKEERD:
            found = right if not reveals(wereld, vraag, answer) else "laat zien wat verborgen moet blijven"
        verloop.uitkomsten[vraag] = found
        if found is not right:
            verloop.verrassingen.append(f"{vraag}: {found} in plaats van {right}")
        elif found is Beleidsuitkomst.BESTAAT_NIET and "{" in vraag.route.pad:
            known = absent.setdefault((vraag.route, vraag.rol), (without_id(answer), cost))
            if known != (without_id(answer), cost):
                verloop.verrassingen.append(f"{vraag}: anders dan een id dat er niet is")
        if stop_at_first and verloop.verrassingen:
            break
    return verloop


def _ask(wereld: Wereld, vraag: Vraag, lists: dict[tuple[RouteRegel, str], Response]) -> tuple[Response, int]:
    shared = shares_an_answer(vraag)
    if shared and (vraag.route, vraag.rol) in lists:
        return lists[vraag.route, vraag.rol], 0
    with counting_statements() as seen:
        answer = ask(wereld, vraag)
    if shared:
        lists[vraag.route, vraag.rol] = answer
    return answer, len(seen)


def shares_an_answer(vraag: Vraag) -> bool:
    """Tell whether it asks a list that holds for every child: not where the id in the path is another organisatie's."""
    of_own = "{id}" not in vraag.route.pad or vraag.relatie in KINDEREN
    creates = vraag.route.methode == "POST" and not vraag.route.pad.endswith("_zoek")
    return vraag.route.pad in LIJSTEN and of_own and not creates and not vraag.route.pad.startswith("/v1/toezicht/")


def reveals(wereld: Wereld, vraag: Vraag, answer: Response) -> list[str]:
    """Return what an answer under a mandate shows of who somebody is; or, without that right, what people wrote."""
    hidden = [one for one in wereld.geheimen if one in answer.text]
    if wanted()[vraag.route.regel, vraag.rol][vraag.relatie] is Beleidsuitkomst.GEMASKEERD_ZONDER_TEKST:
        hidden += [one for one in wereld.teksten if one in answer.text]
    return hidden


def gives(uitkomst: Beleidsuitkomst | str) -> bool:
    return uitkomst in GEEFT


def every_cell(rol: str) -> list[Vraag]:
    """Return every cell of the table for a rol."""
    return list(cells(route_regels(), rol))


def _refused_alike(route: RouteRegel, rol: str) -> bool:
    return set(wanted()[route.regel, rol].values()) in ({Beleidsuitkomst.WEIGEREN}, {Beleidsuitkomst.AANMELDEN})


def refused_rows(rol: str) -> list[list[Vraag]]:
    """Return, for every route that a rol has no right to, the first and last cell."""
    rows = [list(cells([route], rol)) for route in route_regels() if _refused_alike(route, rol)]
    return [[row[0], row[-1]] for row in rows if len(row) > 1]
