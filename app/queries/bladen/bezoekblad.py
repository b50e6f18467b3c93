"""What the page after a visit shows: what was recorded, what must follow on it, and whom to call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Regel
from app.db.together import Together
from app.models.soorten import SOORTEN
from app.norms.versies.catalogue import Catalogus
from app.queries.concepten import CONCEPTEN, NIETS_GETYPT
from app.queries.feiten.keuze import Keuze, has_uid, is_of_visit
from app.queries.feiten.opvolging import with_opvolging
from app.queries.feiten.regels import shown
from app.queries.feiten.van_kind import of_child_query
from app.queries.organisatie.belnummers import TE_BELLEN, of_child_first

_THIS: Final = Keuze((has_uid,))
_BLAD: Final = Together(
    kindgesprek=of_child_query(SOORTEN["kindgesprek"], _THIS),
    veiligheidscheck=of_child_query(SOORTEN["veiligheidscheck"], Keuze((is_of_visit,))),
    huisbezoek=of_child_query(SOORTEN["huisbezoek"], _THIS),
    belnummers=TE_BELLEN,
    concepten=CONCEPTEN,
)


@dataclass(frozen=True, slots=True)
class Bezoekblad:
    """What was recorded; talk and check each with ``opvolging``, and all with their kind as ``soort``.

    Attributes:
        gesprek: the talk with this id; None when it is of something else.
        check: the one with this id, or of the day of the talk: one on which something must follow before another.
        huisbezoek: the visit with this id.
        belnummers: whom to call about the child.
        concepten: what the actor typed in forms about it and did not send, as ``CONCEPTEN`` gives it.
    """

    gesprek: dict[str, Any] | None
    check: dict[str, Any] | None
    huisbezoek: dict[str, Any] | None
    belnummers: Sequence[Regel]
    concepten: Sequence[Regel]


def read_bezoekblad(
    session: Session,
    actor: Actor,
    van: tuple[int, UUID],
    vandaag: date,
    team: UUID | None = None,
    normen: Callable[[], Catalogus] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Bezoekblad:
    """Return what was recorded under an id; one statement, and one for each kind on which something must follow.

    Args:
        session: reads.
        actor: who reads; the caller has checked that the child is theirs to see.
        van: feit_id of the child, and the id of a talk, check or visit.
        vandaag: today.
        team: of the child.
        normen: gives the norms where they were read already.
        typed: ``concept_parameters`` of the forms on the page; None: it has none.
    """
    kind, feit = van
    asked = {"organisatie": actor.organisatie_id, "vandaag": vandaag, "team": team, "eigen": actor.team_id}
    found = _BLAD.read(session, 0, {"kind": kind, "feit": feit, **asked, **(typed or NIETS_GETYPT)})

    def of(naam: str) -> list[dict[str, Any]]:
        return [{**shown(session, actor, SOORTEN[naam], row, vandaag), "soort": naam} for row in found[naam]]

    def followed(naam: str, rows: Sequence[Regel]) -> list[dict[str, Any]]:
        return with_opvolging(SOORTEN[naam], session, actor, rows, vandaag, None, normen)

    talks, checks = followed("kindgesprek", of("kindgesprek")), followed("veiligheidscheck", of("veiligheidscheck"))
    check = next((one for one in checks if one["opvolging"]), checks[0] if checks else None)
    return Bezoekblad(
        next(iter(talks), None),
        check,
        next(iter(of("huisbezoek")), None),
        of_child_first(found["belnummers"], team),
        found["concepten"],
    )
