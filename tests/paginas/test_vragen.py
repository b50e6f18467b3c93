"""How often a page asks the database: every GET page of the policy table, for who may see it, with little and much.

Counted are all statements of a request but its two lines in the access log.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.policy import RouteRegel, route_regels
from app.terms import Rol
from tests.api.client import VANDAAG, Dienst, standing_still
from tests.api.conftest import open_dienst
from tests.api.database import counting_queries
from tests.api.files import ALLEEN
from tests.api.world import (
    World,
    audit_world,
    build_world,
    fill_file,
    noodtoegang_body,
    oversee_world,
    place_child,
    propose_one_file,
    retain,
)
from tests.paginas.conftest import bladeraar

#: who looks: the session of the cookie, and the medewerker behind it as known now
_WIE = 2
#: what a page asks at most beside that, however much it shows
MOST = 8
#: no page: an audit as a file goes out in pieces of 500 rows; nor a list: the comparison judges a whole quarter anew,
#: and looks for causes when anything differs. What they ask beside who looks, with one piece.
_IN_PIECES = {
    "/kwartaaltoetsen/{id}/vergelijking": 15,
    "/kwartaaltoetsen/{id}/export": 8,
    "/toezicht/kwartaaltoetsen/{id}/export": 8,
}
_USERS = ("begeleider", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder", "igj")
#: begin of a path → of which kind the id in it is; else a child's
_IDS = {
    "/gezinnen/": "pleeggezin", "/medewerkers/": "medewerker", "/uitzonderingen/": "uitzondering",
    "/samenvoegingen/": "samenvoeging", "/feiten/": "kindgesprek", "/kwartaaltoetsen/": "kwartaaltoets",
    "/toezicht/kwartaaltoetsen/": "kwartaaltoets", "/webhooks/": "webhook", "/toetsopdrachten/": "toetsopdracht",
    "/extra-inzetten/": "extra_inzet",
}  # fmt: skip
_ONVEILIG = {"instrument": "LIRIK", "uitkomst": "onveilig", "kindGezien": True}
Kosten = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Wereld:
    """A service with full files, of which no other test knows."""

    dienst: Dienst
    world: World

    @property
    def eigen(self) -> dict[str, str]:
        return self.world.files["eigen"]

    def address(self, route: RouteRegel) -> str:
        kind = next((kind for begin, kind in _IDS.items() if route.pad.startswith(begin)), "pleegkind")
        path = route.pad.replace("{id}", self.eigen[kind]).replace("{feit}", self.eigen[_feit_of(route.pad)])
        return path.replace("{soort}", "kindgesprek").replace("{pseudoniem}", self.eigen["pseudoniem"])

    def costs(self) -> Kosten:
        """Return what each page costs each who may see it."""
        found = {}
        for user in _USERS:
            browser, rights = bladeraar(self.dienst, self.world[user]), PERMISSIONS_OF_ROL[Rol(self.world[user].rol)]
            for route in pages():
                if Permission(route.recht) in rights:
                    browser.get(self.address(route))  # a connection and a process ask some things once
                    with counting_queries() as seen:
                        answer = browser.get(self.address(route))
                    assert answer.status_code == 200, route.pad
                    found[route.pad, user] = len(seen)
        return found

    def grow(self) -> None:
        """Let there be much more of everything: full files, children of nobody, and what else lists show."""
        leider, chief, medewerkers = self.world["teamleider"], self.world["beheerder"], self.world.medewerkers
        for nr in range(8):
            ids = place_child(leider, medewerkers["begeleider"] if nr % 2 else None)
            if nr < 4:
                fill_file(leider, ids)
            propose_one_file(chief, ids["pleegkind"])
            retain(chief, ids["pleegkind"])
            self.world["waarnemer"].made("/noodtoegangen", noodtoegang_body(ids["pleegkind"]))
        fill_file(leider, {name: self.eigen[name] for name in ("pleegkind", "pleeggezin", "plaatsing", "medewerker")})
        chief.made("/webhooks", {"adres": "https://ecd.example/pleegzicht/twee"})


def _feit_of(pad: str) -> str:
    """Return the kind of fact whose page it is."""
    return "signaal" if "/signaal/" in pad else "kindgesprek"


def pages() -> list[RouteRegel]:
    return [one for one in route_regels() if one.methode == "GET" and one.recht and not one.pad.startswith("/v1/")]


@pytest.fixture(scope="module")
def wereld(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Wereld]:
    file = tmp_path_factory.mktemp("geheim") / "geheimen.json"
    with open_dienst(f"pleegzicht_vragen_{worker_id}", file) as dienst, standing_still():
        yield Wereld(dienst, oversee_world(dienst, audit_world(dienst, build_world(dienst))))


def test_a_page_asks_little_and_the_same_however_much_there_is(wereld: Wereld) -> None:
    few = wereld.costs()
    assert {pad for pad, _ in few} == {one.pad for one in pages()}
    wereld.grow()
    many = wereld.costs()
    grown = {page: (few[page], many[page]) for page in few if few[page] != many[page] and page[0] not in _IN_PIECES}
    assert grown == {}
    too_many = {page: n for page, n in many.items() if n > _WIE + _IN_PIECES.get(page[0], MOST)}
    assert too_many == {}
    assert len(many) > 100


def test_a_visit_on_which_two_parts_are_a_worry_asks_no_more(wereld: Wereld) -> None:
    begeleider, path = wereld.world["begeleider"], f"/pleegkinderen/{wereld.eigen['pleegkind']}"
    worries = {"kindgesprek": {**ALLEEN, "veiligInGezin": "nee"}, "veiligheidscheck": _ONVEILIG}
    visit = {"plaatsingId": wereld.eigen["plaatsing"], "datum": VANDAAG.isoformat(), **worries}
    talk = begeleider.post(f"{path}/bezoeken", visit).json()["kindgesprek"]["id"]
    browser = bladeraar(wereld.dienst, begeleider)
    page = f"/kinderen/{wereld.eigen['pleegkind']}/bezoek/{talk}"
    browser.get(page)
    with counting_queries() as seen:
        shown = browser.get(page)
    assert "Veilig Thuis" in shown.text
    assert len(seen) <= _WIE + MOST
