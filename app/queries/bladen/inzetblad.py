"""What the page of an extra inzet says beside it: names, to whom it can be given, and what was typed in its forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Regel
from app.db.together import Together
from app.queries.concepten import CONCEPTEN
from app.queries.namen import NAMEN, Naam, namen_of
from app.queries.organisatie.organisaties import MEDEWERKERS

_BLAD: Final = Together(namen=NAMEN, medewerkers=MEDEWERKERS, concepten=CONCEPTEN)


@dataclass(frozen=True, slots=True)
class Inzetblad:
    """Names by uid; who works here, as in the list of them; and what the actor typed, as ``CONCEPTEN`` gives it."""

    namen: Mapping[UUID, Naam]
    medewerkers: Sequence[Regel]
    concepten: Sequence[Regel]


def read_inzetblad(session: Session, actor: Actor, uids: Iterable[UUID], typed: Regel, limit: int) -> Inzetblad:
    """Return it; one statement.

    Args:
        session: reads.
        actor: who reads; the caller has checked that the extra inzet is theirs to see.
        uids: of whom a name is said.
        typed: ``concept_parameters`` of the forms on the page.
        limit: of the list of medewerkers.
    """
    asked = {"organisatie": actor.organisatie_id, "uids": list(uids), **typed}
    found = _BLAD.read(session, limit, asked)
    return Inzetblad(namen_of(found["namen"]), found["medewerkers"], found["concepten"])
