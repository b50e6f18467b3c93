"""What stands beside a signaal on its page: whom to call, and what was typed in its forms and not sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Regel
from app.db.together import Together
from app.queries.concepten import CONCEPTEN
from app.queries.organisatie.belnummers import TE_BELLEN, of_child_first

_BLAD: Final = Together(belnummers=TE_BELLEN, concepten=CONCEPTEN)


@dataclass(frozen=True, slots=True)
class Signaalblad:
    """Whom to call about the child, and what the actor typed, as ``CONCEPTEN`` gives it."""

    belnummers: Sequence[Regel]
    concepten: Sequence[Regel]


def read_signaalblad(
    session: Session, actor: Actor, team: UUID | None, vandaag: date, typed: Mapping[str, Any]
) -> Signaalblad:
    """Return it; one statement.

    Args:
        session: reads.
        actor: who reads.
        team: of the child.
        vandaag: today.
        typed: ``concept_parameters`` of the forms on the page.
    """
    asked = {"organisatie": actor.organisatie_id, "vandaag": vandaag, "team": team, "eigen": actor.team_id}
    found = _BLAD.read(session, 0, {**asked, **typed})
    return Signaalblad(of_child_first(found["belnummers"], team), found["concepten"])
