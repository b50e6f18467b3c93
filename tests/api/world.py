"""Two organisaties made through the API itself: three teams, everybody who may sign in, and a full file for each
relation that somebody can have to a child.

``eigen`` is of the begeleider, ``team`` of a colleague, ``ander`` of another team, ``zonder`` of nobody yet, and
``vreemd`` of another organisatie. The ``waarnemer`` guides nobody, and opened each file with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from app import clock
from app.db import sessions
from app.models import Account, Medewerker
from app.queries.accounts import get_actor
from app.security.demo_issuer import ISSUER
from app.security.pseudoniem import Pseudoniemen
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT, Json, unique
from tests.api.client import VANDAAG, Dienst, Gebruiker, Gemaakt
from tests.api.inspectie import add_inspectie, give

RELATIES = ("eigen", "team", "ander", "zonder", "vreemd")
_MEDEWERKERS = (
    ("begeleider", Rol.PLEEGZORGBEGELEIDER, "noord"),
    ("collega", Rol.PLEEGZORGBEGELEIDER, "noord"),
    ("gedragswetenschapper", Rol.GEDRAGSWETENSCHAPPER, "noord"),
    ("teamleider", Rol.TEAMLEIDER, "noord"),
    ("begeleider_zuid", Rol.PLEEGZORGBEGELEIDER, "zuid"),
    ("waarnemer", Rol.PLEEGZORGBEGELEIDER, "zuid"),
    ("teamleider_zuid", Rol.TEAMLEIDER, "zuid"),
    ("teamloos", Rol.GEDRAGSWETENSCHAPPER, None),
    ("kwaliteit", Rol.KWALITEITSMEDEWERKER, None),
    ("inspecteur", Rol.INSPECTEUR, None),
)
_VREEMDEN = (
    ("vreemde_begeleider", Rol.PLEEGZORGBEGELEIDER, "elders"),
    ("vreemde_waarnemer", Rol.PLEEGZORGBEGELEIDER, "elders"),
    ("vreemde_teamleider", Rol.TEAMLEIDER, "elders"),
    ("vreemde_kwaliteit", Rol.KWALITEITSMEDEWERKER, None),
)
_TEAMS = {"eigen": "noord", "team": "noord", "ander": "zuid", "zonder": "noord", "vreemd": "elders"}
_BEGELEIDERS = {
    "eigen": ("teamleider", "begeleider"),
    "team": ("teamleider", "collega"),
    "ander": ("teamleider_zuid", "begeleider_zuid"),
    "zonder": ("teamleider", None),
    "vreemd": ("vreemde_teamleider", "vreemde_begeleider"),
}

#: an own norm that holds already, and asks what the national one asks
NORM_ALS_LANDELIJK: Json = {
    "code": "VP", "geldigVan": VANDAAG.isoformat(), "waarschuwingDagen": 30, "zwaarte": "streef", "parameters": {},
    "toelichting": "als altijd",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Who is there, and what.

    Attributes:
        users: by name.
        files: relation → kind → id; ``los`` has only a family where no child was ever placed, and who lives there.
        medewerkers: user → id.
        teams: name → id.
    """

    users: dict[str, Gebruiker]
    files: Mapping[str, dict[str, str]]
    medewerkers: Mapping[str, str]
    teams: Mapping[str, str]

    def __getitem__(self, user: str) -> Gebruiker:
        return self.users[user]


def add_organisatie(dienst: Dienst) -> tuple[Gebruiker, str]:
    """Make an organisatie with a beheerder: the one step that no API has."""
    code = f"T{uuid4().hex[:10]}".upper()
    with sessions.unit_of_work(dienst.engine) as session:
        organisatie = create_organisatie(session, code, f"Organisatie {code}", OrganisatieSoort.AANBIEDER)
        recording = begin_recording(session, organisatie.id, clock.now(), None)
        wie = {"naam": "Bea Beheer", "email": None, "rol": Rol.BEHEERDER, "team_id": None}
        medewerker = record_feit(recording, Medewerker, wie)
        subject = f"beheerder-{code}"
        keys = {"organisatie_id": organisatie.id, "medewerker_id": medewerker.feit_id}
        session.add(Account(issuer=ISSUER, subject=subject, **keys))
        session.flush()
        return dienst.sign_in(subject, Rol.BEHEERDER), str(medewerker.uid)


def add_medewerker(dienst: Dienst, beheerder: Gebruiker, rol: Rol, team: str | None) -> tuple[Gebruiker, Gemaakt]:
    """Let a beheerder add somebody who can sign in."""
    if rol is Rol.INSPECTEUR:
        return _add_inspecteur(dienst, beheerder)
    subject = f"{rol}-{uuid4().hex[:10]}"
    body = {"naam": unique("Medewerker"), "rol": rol, "teamId": team, "account": {"issuer": ISSUER, "subject": subject}}
    return dienst.sign_in(subject, rol), beheerder.made("/medewerkers", body)


def _add_inspecteur(dienst: Dienst, beheerder: Gebruiker) -> tuple[Gebruiker, Gemaakt]:
    """Add an inspecteur where there is no inspectie, as no beheerder can: it is refused everywhere all the same."""
    subject = f"inspecteur-{uuid4().hex[:10]}"
    with sessions.unit_of_work(dienst.engine) as session:
        actor = get_actor(session, ISSUER, beheerder.subject, clock.today())
        assert actor is not None
        recording = begin_recording(session, actor.organisatie_id, clock.now(), actor.medewerker_id)
        wie = {"naam": unique("Medewerker"), "email": None, "rol": Rol.INSPECTEUR, "team_id": None}
        medewerker = record_feit(recording, Medewerker, wie)
        keys = {"organisatie_id": actor.organisatie_id, "medewerker_id": medewerker.feit_id}
        session.add(Account(issuer=ISSUER, subject=subject, **keys))
        uid = medewerker.uid
    answer = beheerder.get(f"/medewerkers/{uid}")
    return dienst.sign_in(subject, Rol.INSPECTEUR), Gemaakt(str(uid), answer.headers["etag"], answer.json())


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
    users: dict[str, Gebruiker] = {}
    medewerkers: dict[str, str] = {}
    teams: dict[str, str] = {}
    normen: dict[str, str] = {}
    for naam, anderen, namen in (
        ("beheerder", _MEDEWERKERS, ("noord", "zuid")),
        ("vreemde_beheerder", _VREEMDEN, ("elders",)),
    ):
        users[naam], medewerkers[naam] = add_organisatie(dienst)
        teams |= {team: users[naam].made("/teams", {"naam": team}).id for team in namen}
        normen[naam] = users[naam].made("/normen", NORM_ALS_LANDELIJK).id
        for wie, rol, team in anderen:
            users[wie], made = add_medewerker(dienst, users[naam], rol, teams[team] if team else None)
            medewerkers[wie] = made.id
    files: dict[str, dict[str, str]] = {}
    for relatie, (leider, begeleider) in _BEGELEIDERS.items():
        ids = place_child(users[leider], van="2026-05-20")  # by the end of the quarter nobody had seen it
        if begeleider is not None:
            ids["medewerker"] = medewerkers[begeleider]
        ids["team"] = teams[_TEAMS[relatie]]
        ids["norm"] = normen["vreemde_beheerder" if relatie == "vreemd" else "beheerder"]
        if full:
            fill_file(users[leider], ids)
        if begeleider is not None:  # from here on the child is no longer everybody's
            soort = SOORTEN_VAN_FEIT["begeleiding"]
            ids["begeleiding"] = users[leider].made(soort.path(ids), soort.body(ids)).id
        waarnemer = "vreemde_waarnemer" if relatie == "vreemd" else "waarnemer"
        ids["noodtoegang"] = users[waarnemer].made("/noodtoegangen", noodtoegang_body(ids["pleegkind"])).id
        chief = users["vreemde_beheerder" if relatie == "vreemd" else "beheerder"]
        ids["samenvoeging"] = propose_one_file(chief, ids["pleegkind"])
        files[relatie] = ids
    for beheerder, relatie in (("beheerder", "eigen"), ("vreemde_beheerder", "vreemd")):
        files[relatie] |= retain(users[beheerder], files[relatie]["pleegkind"])
    files["los"] = _family_without_children(users["teamleider"])
    return World(users, files, medewerkers, teams)


def audit_world(world: World) -> World:
    """Freeze a quarter of both organisaties, and put the audit and what followed in the files."""
    for naam, relaties in (("kwaliteit", RELATIES[:-1]), ("vreemde_kwaliteit", RELATIES[-1:])):
        toets = world[naam].made("/kwartaaltoetsen", {"kwartaal": "2026-Q3"}).id
        world[naam].made(f"/kwartaaltoetsen/{toets}/vaststelling")
        of_child = {one["pleegkindId"]: one["id"] for one in world[naam].walk("/extra-inzetten?limit=200")}
        for relatie in relaties:
            files = world.files[relatie]
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
