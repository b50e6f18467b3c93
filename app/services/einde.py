"""What ends once: by a row beside it that says when, by whom and why. What it ends never changes itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict
from app.models import Base
from app.services.feiten.recording import RequestTime, VersionCheck

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Einde:
    """How something ends.

    Attributes:
        model: the table of the rows that end it.
        van: the table of what ends.
        column: the column of ``model`` that refers to it.
        sinds: the name under which it is shown since when it is over.
        twice: what refuses a second end.
    """

    model: type[Base]
    van: Any
    column: str
    sinds: str
    twice: type[Conflict]


def end_once(
    session: Session,
    actor: Actor,
    einde: Einde,
    said: Row,
    moment: RequestTime,
    *,
    read: Callable[[], Row],
    check_version: VersionCheck,
    guard: Callable[[Row], None] = lambda _: None,
) -> Row:
    """End something and return it as it is shown then.

    Args:
        session: the transaction; the caller locked what lets two ends follow each other.
        actor: who ends it.
        einde: how it ends.
        said: the other columns of the row that ends it.
        moment: now and today.
        read: gives what ends as it is shown to the actor, under its ``uid``.
        check_version: compares it with the version that the client saw.
        guard: what else refuses to end it.

    Raises:
        Conflict: it ended before.
    """
    current = read()
    check_version(current)
    if current[einde.sinds] is not None:
        raise einde.twice
    guard(current)
    uid: UUID = current["uid"]
    key = session.execute(select(einde.van.id).where(einde.van.uid == uid)).scalar_one()
    own = {"organisatie_id": actor.organisatie_id, "op": moment.nu, "door": actor.medewerker_id, einde.column: key}
    session.add(einde.model(**own, **said))
    session.flush()  # read back as it is shown
    return read()
