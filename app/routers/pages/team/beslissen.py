"""The children about whom somebody must decide since a VGB in their family was withdrawn, as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.queries.feiten.regels import FeitRegel
from app.queries.zorg import Zorg, read_zorg_of
from app.web.spoor import Spoor


@dataclass(frozen=True, slots=True)
class Beslisregel:
    """A child about whom must be decided: by whom, and by when."""

    kind: Zorg
    wie: str
    uiterlijk: date
    te_laat: bool


def list_beslisregels(
    session: Session,
    actor: Actor,
    vandaag: date,
    spoor: Spoor,
    found: Sequence[FeitRegel],
    medewerkers: Iterable[Any],
    kinderen: Iterable[Zorg] | None = None,
) -> Sequence[Beslisregel]:
    """Return the children in the actor's lists about whom must be decided, the earliest day first.

    Args:
        session: reads.
        actor: who looks.
        vandaag: today.
        spoor: hears of the children.
        found: the actions to decide.
        medewerkers: rows of the organisatie's people, for their names.
        kinderen: those of the page; None: they are read here.
    """
    if not found:
        return ()
    if kinderen is None:
        kinderen = read_zorg_of(session, actor, [row["pleegkind_id"] for row in found], vandaag)
    by_uid, namen = {one.uid: one for one in kinderen}, {one["uid"]: one["naam"] for one in medewerkers}
    regels = [
        Beslisregel(
            by_uid[row["pleegkind_id"]],
            namen.get(row["eigenaar_id"], "Iemand die hier niet meer werkt"),
            row["uiterlijk"],
            row["uiterlijk"] < vandaag,
        )
        for row in found
        if row["pleegkind_id"] in by_uid
    ]
    spoor.add(regel.kind.uid for regel in regels)
    return regels
