"""A walk over every page of the policy table, by everybody who may see it: one world with full files, and its pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from httpx2 import Response

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.access.policy import RouteRegel, route_regels
from app.terms import Rol
from tests.api.client import Dienst, standing_still
from tests.api.conftest import open_dienst
from tests.api.database import counting_queries
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
from tests.paginas.conftest import Bladeraar, bladeraar

_USERS = ("begeleider", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder", "igj")
#: begin of a path → of which kind the id in it is; else a child's
_IDS = {
    "/gezinnen/": "pleeggezin", "/medewerkers/": "medewerker", "/uitzonderingen/": "uitzondering",
    "/samenvoegingen/": "samenvoeging", "/feiten/": "kindgesprek", "/kwartaaltoetsen/": "kwartaaltoets",
    "/toezicht/kwartaaltoetsen/": "kwartaaltoets", "/webhooks/": "webhook", "/toetsopdrachten/": "toetsopdracht",
    "/extra-inzetten/": "extra_inzet",
}  # fmt: skip
Kosten = Mapping[tuple[str, str], int]


def pages() -> list[RouteRegel]:
    """Return the pages of who is signed in."""
    return [one for one in route_regels() if one.methode == "GET" and one.recht and not one.pad.startswith("/v1/")]


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

    def walk(self) -> Iterator[tuple[str, RouteRegel, Bladeraar]]:
        """Yield everybody, with each page that they may see, and their browser."""
        for user in _USERS:
            browser, rights = bladeraar(self.dienst, self.world[user]), PERMISSIONS_OF_ROL[Rol(self.world[user].rol)]
            for route in pages():
                if Permission(route.recht) in rights:
                    yield user, route, browser

    def shown(self, browser: Bladeraar, route: RouteRegel) -> Response:
        """Return a page, which is there."""
        answer = browser.get(self.address(route))
        assert answer.status_code == 200, route.pad
        return answer

    def costs(self) -> Kosten:
        """Return what each page costs each who may see it."""
        found = {}
        for user, route, browser in self.walk():
            self.shown(browser, route)  # a connection and a process ask some things once
            with counting_queries() as seen:
                self.shown(browser, route)
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


@pytest.fixture(scope="session")
def wereld(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Wereld]:
    file = tmp_path_factory.mktemp("geheim") / "geheimen.json"
    with open_dienst(f"pleegzicht_rondgang_{worker_id}", file) as dienst:
        with standing_still():
            made = Wereld(dienst, oversee_world(dienst, audit_world(dienst, build_world(dienst))))
        yield made


@pytest.fixture(autouse=True)
def service_at_work(wereld: Wereld) -> Iterator[None]:
    """Let it be the day of its world while it is asked, and no longer: other tests have days of their own."""
    with standing_still():
        yield
