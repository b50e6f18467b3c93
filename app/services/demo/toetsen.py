"""The audits of the demo: two years of quarters, frozen at the moment of loading, with what was discussed after each.

They say when they were frozen: nobody looked in those quarters. So the term of what follows runs from the loading.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.keyset import Page
from app.db.sessions import unit_of_work
from app.demo.gebruikers import GEDRAGSWETENSCHAPPER, KWALITEIT, Gebruiker
from app.lib.progress import Progress
from app.models.soorten import SOORTEN
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.accounts.actor import get_actor
from app.queries.extra_inzetten import list_extra_inzetten
from app.queries.kwartaaltoetsen.opgeslagen import newest_kwartaaltoets
from app.security.demo_issuer import ISSUER
from app.services.extra_inzetten import close_by_decision
from app.services.feiten.recording import RequestTime, record
from app.services.kwartaaltoetsen.publicatie import publish_toets, show_openstelling
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets

#: the last quarter of which the demo has an audit, and how many there are: those after it are for who tries the demo
LAATSTE: Final = Kwartaal(2026, 2)
AANTAL: Final = 8
#: which of them went out for everybody: a year apart, so that there is something to see in both
OPENBAAR: Final = (Kwartaal(2025, 2), LAATSTE)
#: with fewer children an audit says nothing
VANAF_KINDEREN: Final = 60
#: discussed after each quarter: what a team gets done
_BESPROKEN: Final = 8
_CONCLUSIE: Final = "In het team besproken. De begeleider plant het gesprek; het dossier is nagelopen. (verzonnen)"


def freeze_demo_toetsen(engine: Engine, moment: RequestTime, progress: Progress | None = None) -> int:
    """Freeze the audits of the demo, a transaction each, and return how many.

    What was open after an audit is discussed before the next one is frozen, some of it; of the last one nothing is. Two
    quarters go out for everybody.
    """
    kwartalen = [kwartaal for kwartaal in _quarters() if kwartaal.laatste_dag < moment.vandaag]
    for done, kwartaal in enumerate(kwartalen, start=1):
        with unit_of_work(engine) as session:
            _freeze(session, kwartaal, moment)
            if kwartaal != kwartalen[-1]:
                _discuss(session, kwartaal, moment)
            if kwartaal in OPENBAAR:
                _publish(session, kwartaal, moment)
        if progress:
            progress(done, len(kwartalen), "kwartaaltoetsen")
    return len(kwartalen)


def _quarters() -> list[Kwartaal]:
    """Return the quarters, the first one first."""
    found = [LAATSTE]
    while len(found) < AANTAL:
        found.append(found[-1].vorige)
    return found[::-1]


def _freeze(session: Session, kwartaal: Kwartaal, moment: RequestTime) -> None:
    door = _actor(session, KWALITEIT, moment)
    verzoek = Toetsverzoek(
        door.organisatie_id, moment.nu, moment.vandaag, door.medewerker_id, termijn_vanaf=moment.vandaag
    )
    establish_toets(session, verzoek, kwartaal, freeze=True, replace=False)


def _publish(session: Session, kwartaal: Kwartaal, moment: RequestTime) -> None:
    door = _actor(session, KWALITEIT, moment)
    toets = newest_kwartaaltoets(session, door.organisatie_id, kwartaal, frozen=True)
    assert toets is not None, kwartaal  # noqa: S101 - it was just frozen
    publish_toets(session, door, toets.uid, show_openstelling(session, door, toets.uid).cijfers_digest, moment)


def _discuss(session: Session, kwartaal: Kwartaal, moment: RequestTime) -> None:
    """Discuss some children for whom extra inzet is open, and close it by decision."""
    door = _actor(session, GEDRAGSWETENSCHAPPER, moment)
    for extra in _open(session, door, moment):
        said = f"Na de kwartaaltoets van {kwartaal}: {_CONCLUSIE}"
        record(session, door, SOORTEN["casuistiekbespreking"], _discussion(door, extra, said, moment), moment)
        close_by_decision(session, door, extra["uid"], said, moment)


def _open(session: Session, door: Actor, moment: RequestTime) -> Sequence[Any]:
    return list_extra_inzetten(session, door, Page(_BESPROKEN), moment.vandaag).rows


def _discussion(door: Actor, extra: Any, said: str, moment: RequestTime) -> dict[str, Any]:
    """Return a discussion within the team: none of those that the norm asks for, so the stands stay as they are."""
    return {
        "pleegkind_id": extra["pleegkind_id"],
        "datum": moment.vandaag,
        "multidisciplinair": False,
        "deelnemers": [door.medewerker_uid],
        "gedragswetenschapper_aanwezig": True,
        "conclusie": said,
        "acties": None,
        "ruisfactor": None,
        "extra_inzet_id": extra["uid"],
    }


def _actor(session: Session, wie: Gebruiker, moment: RequestTime) -> Actor:
    """Return a user of the demo; the session works for them from here on."""
    actor = get_actor(session, ISSUER, wie.gebruikersnaam, moment.vandaag)
    assert actor is not None, wie  # noqa: S101 - the demo was just loaded
    return actor
