"""The people of every world: who owns the case, a colleague of the same team, and outsiders.

Seen from team noord: ``begeleider`` guides the child, ``collega`` another child of the team, ``gedragswetenschapper``
and ``teamleider`` have the team. Those of zuid are of another team; of them ``waarnemer`` guides nobody, and opens
files with a reason. ``kwaliteit`` and ``beheerder`` have the organisatie. ``vreemde_...`` are outsiders: of another
organisatie.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.models import Account, Medewerker
from app.queries.accounts.actor import get_actor
from app.security.demo_issuer import ISSUER
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests.api.bodies import Json, unique
from tests.api.client import VANDAAG, Dienst, Gebruiker, Gemaakt


class Mens(NamedTuple):
    """Somebody whom a beheerder adds."""

    naam: str
    rol: Rol
    team: str | None


MENSEN = (
    Mens("begeleider", Rol.PLEEGZORGBEGELEIDER, "noord"),
    Mens("collega", Rol.PLEEGZORGBEGELEIDER, "noord"),
    Mens("gedragswetenschapper", Rol.GEDRAGSWETENSCHAPPER, "noord"),
    Mens("teamleider", Rol.TEAMLEIDER, "noord"),
    Mens("begeleider_zuid", Rol.PLEEGZORGBEGELEIDER, "zuid"),
    Mens("waarnemer", Rol.PLEEGZORGBEGELEIDER, "zuid"),
    Mens("teamleider_zuid", Rol.TEAMLEIDER, "zuid"),
    Mens("kwaliteit", Rol.KWALITEITSMEDEWERKER, None),
)
#: of team noord, whose children others see to: today, and until yesterday
AFWEZIGEN = (
    Mens("afwezige", Rol.PLEEGZORGBEGELEIDER, "noord"),
    Mens("afwezige_terug", Rol.PLEEGZORGBEGELEIDER, "noord"),
)
#: who sees no child at all
ZONDER_KINDEREN = (Mens("teamloos", Rol.GEDRAGSWETENSCHAPPER, None), Mens("inspecteur", Rol.INSPECTEUR, None))
VREEMDEN = (
    Mens("vreemde_begeleider", Rol.PLEEGZORGBEGELEIDER, "elders"),
    Mens("vreemde_waarnemer", Rol.PLEEGZORGBEGELEIDER, "elders"),
    Mens("vreemde_teamleider", Rol.TEAMLEIDER, "elders"),
    Mens("vreemde_kwaliteit", Rol.KWALITEITSMEDEWERKER, None),
)

#: an own norm that holds already, and asks what the national one asks
NORM_ALS_LANDELIJK: Json = {
    "code": "VP", "geldigVan": VANDAAG.isoformat(), "waarschuwingDagen": 30, "zwaarte": "streef", "parameters": {},
    "toelichting": "als altijd",
}  # fmt: skip


@dataclass(frozen=True)
class Organisatie:
    """An organisatie with its people.

    Attributes:
        users: by name.
        medewerkers: user → id.
        teams: name → id.
    """

    users: dict[str, Gebruiker]
    medewerkers: dict[str, str]
    teams: dict[str, str]


def add_mensen(dienst: Dienst, beheerder: str, mensen: Iterable[Mens]) -> Organisatie:
    """Make an organisatie with these people and their teams; its beheerder is known by this name."""
    mensen = list(mensen)
    chief, uid = add_organisatie(dienst)
    teams = {naam: chief.made("/teams", {"naam": naam}).id for naam in sorted({one.team for one in mensen if one.team})}
    made = Organisatie({beheerder: chief}, {beheerder: uid}, teams)
    for naam, rol, team in mensen:
        made.users[naam], medewerker = add_medewerker(dienst, chief, rol, teams[team] if team else None)
        made.medewerkers[naam] = medewerker.id
    return made


def add_organisatie(dienst: Dienst) -> tuple[Gebruiker, str]:
    """Make an organisatie with a beheerder: the one step that no API has."""
    return add_first(dienst, OrganisatieSoort.AANBIEDER, Rol.BEHEERDER, "Bea Beheer")[1:]


def add_first(dienst: Dienst, soort: OrganisatieSoort, rol: Rol, naam: str) -> tuple[str, Gebruiker, str]:
    """Make an organisatie with its first medewerker; return its code, and who that is."""
    code = f"T{uuid4().hex[:10]}".upper()
    with sessions.unit_of_work(dienst.engine) as session:
        organisatie = create_organisatie(session, code, f"Organisatie {code}", soort)
        medewerker = _with_account(session, organisatie.id, None, rol, naam, f"{rol}-{code}")
        session.flush()
        return code, dienst.sign_in(f"{rol}-{code}", rol), str(medewerker.uid)


def _with_account(
    session: Session, organisatie_id: int, door: int | None, rol: Rol, naam: str, subject: str
) -> Medewerker:
    recording = begin_recording(session, organisatie_id, clock.now(), door)
    medewerker = record_feit(recording, Medewerker, {"naam": naam, "email": None, "rol": rol, "team_id": None})
    keys = {"organisatie_id": organisatie_id, "medewerker_id": medewerker.feit_id}
    session.add(Account(issuer=ISSUER, subject=subject, **keys))
    return medewerker


def add_medewerker(dienst: Dienst, beheerder: Gebruiker, rol: Rol, team: str | None) -> tuple[Gebruiker, Gemaakt]:
    """Let a beheerder add somebody who can sign in."""
    subject = f"{rol}-{uuid4().hex[:10]}"
    if rol is Rol.INSPECTEUR:
        return dienst.sign_in(subject, rol), _add_inspecteur(dienst, beheerder, subject)
    body = {"naam": unique("Medewerker"), "rol": rol, "teamId": team, "account": {"issuer": ISSUER, "subject": subject}}
    return dienst.sign_in(subject, rol), beheerder.made("/medewerkers", body)


def _add_inspecteur(dienst: Dienst, beheerder: Gebruiker, subject: str) -> Gemaakt:
    """Add an inspecteur where there is no inspectie, as no beheerder can: it is refused everywhere all the same."""
    with sessions.unit_of_work(dienst.engine) as session:
        actor = get_actor(session, ISSUER, beheerder.subject, clock.today())
        assert actor is not None
        naam = unique("Medewerker")
        uid = _with_account(session, actor.organisatie_id, actor.medewerker_id, Rol.INSPECTEUR, naam, subject).uid
    answer = beheerder.get(f"/medewerkers/{uid}")
    return Gemaakt(str(uid), answer.headers["etag"], answer.json())
