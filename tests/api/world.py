"""Two organisaties made through the API itself: three teams, everybody who may sign in, and a full file for each
relation that somebody can have to a child.

``eigen`` is of the begeleider, ``team`` of a colleague, ``organisatie`` of another team, ``niemand`` of nobody yet, and
``vreemd`` of another organisatie. The ``waarnemer`` guides nobody, and opened each file with a reason.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import text

from app import clock
from app.security.pseudoniem import Pseudoniemen
from tests import database, kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.gebeurtenissen import tell
from tests.api.inspectie import add_inspectie, give
from tests.api.mensen import MENSEN, NORM_ALS_LANDELIJK, VREEMDEN, ZONDER_KINDEREN, Organisatie, add_mensen
from tests.api.opdrachten import make_file

_HEAD = text(
    "SELECT max(laatst_op) FROM vastlegteller WHERE organisatie_id IN"
    " (SELECT organisatie_id FROM team WHERE uid = ANY(:teams))"
)
RELATIES = ("eigen", "team", "organisatie", "niemand", "vreemd")
_TEAMS = {"eigen": "noord", "team": "noord", "organisatie": "zuid", "niemand": "noord", "vreemd": "elders"}
_BEGELEIDERS = {
    "eigen": ("teamleider", "begeleider"),
    "team": ("teamleider", "collega"),
    "organisatie": ("teamleider_zuid", "begeleider_zuid"),
    "niemand": ("teamleider", None),
    "vreemd": ("vreemde_teamleider", "vreemde_begeleider"),
}


@dataclass(frozen=True)
class World(Organisatie):
    """Who is there, and what.

    Attributes:
        files: relation → kind → id; ``los`` has only a family where no child was ever placed, and who lives there.
    """

    files: dict[str, dict[str, str]] = field(default_factory=dict)

    def __getitem__(self, user: str) -> Gebruiker:
        return self.users[user]


@contextmanager
def at_work(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let it be NU while a test runs; afterwards nothing was recorded on a day to come in the world that it shares.

    A moment never goes back (``app.services.feiten.versions``), so whatever follows would be recorded then too: a test
    that goes on in time records in an organisatie of its own, or lets what came before be in the past.
    """
    with standing_still():
        yield
    if "world" in request.fixturenames:
        dienst, world = (request.getfixturevalue(name) for name in ("dienst", "world"))
        with dienst.owner.connect() as connection:
            last = connection.execute(_HEAD, {"teams": list(map(UUID, world.teams.values()))}).scalar_one()
        assert clock.civil_date(last) <= VANDAAG, f"recorded on {last}, in a world that others use"


def place_child(teamleider: Gebruiker, medewerker: str | None = None, van: str = "2026-06-01") -> dict[str, str]:
    """Record a child, a family, a plaatsing and, when given, its begeleider; return the ids."""
    ids: dict[str, str] = {}
    for naam in ("pleegkind", "pleeggezin", "plaatsing"):
        soort = SOORTEN_VAN_FEIT[naam]
        more = {"plaatsing": {"van": van}, "pleegkind": {"bsn": kanarie.bsn()}}.get(naam, {})
        body = {**soort.body(ids), **more}
        ids[naam] = teamleider.made(soort.path(ids), body).id
    if medewerker is not None:
        ids["medewerker"] = medewerker
        begeleiding = teamleider.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", _begeleiding(medewerker, van))
        ids["begeleiding"] = begeleiding.id
    return ids


def noodtoegang_body(kind: str) -> dict[str, str]:
    """Return what opens the file of a child that somebody else guides."""
    return {"pleegkindId": kind, "reden": "De begeleider is ziek en school belde over het kind."}


def retain(beheerder: Gebruiker, kind: str) -> dict[str, str]:
    """Hold the file of a child, and propose to destroy that of another, who was never placed and is withdrawn."""
    held = beheerder.made("/bewaarblokkades", {"pleegkindId": kind, "reden": "Er loopt een klacht."}).id
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    other = beheerder.made(soort.path({}), soort.body({}))
    proposed = beheerder.made("/vernietigingen", vernietiging_body(other.id)).id
    beheerder.made(f"/pleegkinderen/{other.id}/intrekking", {"reden": "dubbel"}, etag=other.etag)
    return {"bewaarblokkade": held, "vernietiging": proposed}


def propose_one_file(beheerder: Gebruiker, kind: str) -> str:
    """Propose that a file in which nothing stands goes up in that of a child, and return the proposal's id."""
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    shown = beheerder.read(f"/pleegkinderen/{kind}")
    other = beheerder.made(soort.path({}), {**soort.body({}), "geboortedatum": shown["geboortedatum"]})
    body = {"anderKindId": other.id, "reden": "Hetzelfde kind, twee keer ingevoerd."}
    proposed = beheerder.made(f"/pleegkinderen/{kind}/samenvoeging", body).id
    beheerder.made(f"/pleegkinderen/{other.id}/intrekking", {"reden": "dubbel"}, etag=other.etag)
    return proposed


def vernietiging_body(kind: str) -> dict[str, str]:
    """Return a request to destroy the file of a child, by who has authority over it."""
    how = {"verzoeker": "gezagsdrager", "ontvangenOp": "2026-10-30", "toelichting": "Per brief gevraagd."}
    return {"pleegkindId": kind, **how}


def _begeleiding(medewerker: str, van: str) -> dict[str, str]:
    return {"medewerkerId": medewerker, "van": van}


def fill_file(teamleider: Gebruiker, ids: dict[str, str]) -> dict[str, str]:
    """Record one of every kind that is not there yet."""
    for naam, soort in SOORTEN_VAN_FEIT.items():
        if naam not in ids and naam != "begeleiding":
            ids[naam] = teamleider.made(soort.path(ids), soort.body(ids)).id
    return ids


def build_world(dienst: Dienst, *, full: bool = True) -> World:
    """Make everything, by about 130 requests; or, not ``full``, children in files with nothing in them, by 50."""
    world = World(**vars(add_mensen(dienst, "beheerder", (*MENSEN, *ZONDER_KINDEREN))))
    vreemd = add_mensen(dienst, "vreemde_beheerder", VREEMDEN)
    world.users.update(vreemd.users)
    world.medewerkers.update(vreemd.medewerkers)
    world.teams.update(vreemd.teams)
    normen = {
        chief: world[chief].made("/normen", NORM_ALS_LANDELIJK).id for chief in ("beheerder", "vreemde_beheerder")
    }
    for relatie in _BEGELEIDERS:
        world.files[relatie] = _file(world, relatie, normen, full=full)
    for beheerder, relatie in (("beheerder", "eigen"), ("vreemde_beheerder", "vreemd")):
        world.files[relatie] |= retain(world[beheerder], world.files[relatie]["pleegkind"])
    world.files["los"] = _family_without_children(world["teamleider"])
    _report_absences(world)
    _add_webhooks(dienst, world, full=full)
    database.count_once(dienst.owner)
    return world


def _add_webhooks(dienst: Dienst, world: World, *, full: bool) -> None:
    for chief, relaties in (("beheerder", RELATIES[:-1]), ("vreemde_beheerder", RELATIES[-1:])):
        made = world[chief].made("/webhooks", {"adres": "https://ecd.example/pleegzicht"})
        for relatie in relaties:
            files = world.files[relatie]
            files["webhook"] = made.id
            if full:
                files["gebeurtenis"] = tell(dienst, files["signaal"], made.id)


def _report_absences(world: World) -> None:
    """Let somebody who guides nobody be absent on days to come, in both organisaties: nobody sees more by that."""
    for leider, weg, vervanger, relaties in (
        ("beheerder", "waarnemer", "begeleider_zuid", RELATIES[:-1]),
        ("vreemde_beheerder", "vreemde_waarnemer", "vreemde_begeleider", RELATIES[-1:]),
    ):
        body = {"vervangerId": world.medewerkers[vervanger], "van": "2027-06-01", "tot": "2027-06-08"}
        made = world[leider].made(f"/medewerkers/{world.medewerkers[weg]}/afwezigheden", body)
        for relatie in relaties:
            world.files[relatie]["afwezigheid"] = made.id


def _file(world: World, relatie: str, normen: Mapping[str, str], *, full: bool) -> dict[str, str]:
    leider, begeleider = _BEGELEIDERS[relatie]
    chief = "vreemde_beheerder" if relatie == "vreemd" else "beheerder"
    ids = place_child(world[leider], van="2026-05-20")  # by the end of the quarter nobody had seen it
    ids |= {"team": world.teams[_TEAMS[relatie]], "norm": normen[chief]}
    if begeleider is not None:
        ids["medewerker"] = world.medewerkers[begeleider]
    if full:
        fill_file(world[leider], ids)
    if begeleider is not None:  # from here on the child is no longer everybody's
        soort = SOORTEN_VAN_FEIT["begeleiding"]
        ids["begeleiding"] = world[leider].made(soort.path(ids), soort.body(ids)).id
    waarnemer = world["vreemde_waarnemer" if relatie == "vreemd" else "waarnemer"]
    ids["noodtoegang"] = waarnemer.made("/noodtoegangen", noodtoegang_body(ids["pleegkind"])).id
    ids["samenvoeging"] = propose_one_file(world[chief], ids["pleegkind"])
    return ids


def audit_world(dienst: Dienst, world: World) -> World:
    """Freeze a quarter of both organisaties, and put the audit and what followed in the files."""
    for naam, relaties in (("kwaliteit", RELATIES[:-1]), ("vreemde_kwaliteit", RELATIES[-1:])):
        toets = world[naam].made("/kwartaaltoetsen", {"kwartaal": "2026-Q3"}).id
        world[naam].made(f"/kwartaaltoetsen/{toets}/vaststelling")
        of_child = {one["pleegkindId"]: one["id"] for one in world[naam].walk("/extra-inzetten?limit=200")}
        order = make_file(dienst, world[naam], toets)
        for relatie in relaties:
            files = world.files[relatie]
            files["toetsopdracht"] = order
            files["kwartaaltoets"], files["extra_inzet"] = toets, of_child[files["pleegkind"]]
    return world


def oversee_world(dienst: Dienst, world: World) -> World:
    """Let each organisatie be looked at by an inspectie of its own; ``igj`` is the inspecteur of ours."""
    for beheerder, inspecteur, relaties in (
        ("beheerder", "igj", RELATIES[:-1]),
        ("vreemde_beheerder", "vreemde_igj", RELATIES[-1:]),
    ):
        inspectie = add_inspectie(dienst)
        mandaat = give(world[beheerder], inspectie, dossiertekst=True).id
        world.users[inspecteur] = inspectie.inspecteur
        namen = Pseudoniemen(dienst.secrets, UUID(mandaat))
        for relatie in relaties:
            files = world.files[relatie]
            files |= {"toezichtsmandaat": mandaat, "inspectie": inspectie.code}
            files["pseudoniem"] = namen.of("pleegkind", files["pleegkind"])
    return world


def _family_without_children(teamleider: Gebruiker) -> dict[str, str]:
    ids: dict[str, str] = {}
    for naam in ("pleeggezin", "gezinslid", "vgb", "evaluatie"):
        soort = SOORTEN_VAN_FEIT[naam]
        ids[naam] = teamleider.made(soort.path(ids), soort.body(ids)).id
    return ids
