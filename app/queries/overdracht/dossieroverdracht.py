"""What is handed over with a child: its own last words, signalen, what is agreed and excused, and who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.scope import scope_parameters
from app.db.together import Together
from app.models.soorten import SOORTEN
from app.queries.feiten.keuze import ALLES, Keuze, is_not_over, is_to_do, says_words
from app.queries.feiten.regels import FeitRegel, shown
from app.queries.feiten.van_kind import count_of_child_query, of_child_query

#: [keuze] as many as fit on the page; of signalen it says how many more there are
GESPREKKEN, SIGNALEN = 3, 6
_BLAD: Final = Together(
    kindgesprek=of_child_query(SOORTEN["kindgesprek"], Keuze((says_words,)), GESPREKKEN),
    signaal=of_child_query(SOORTEN["signaal"], ALLES, SIGNALEN),
    aantal_signalen=count_of_child_query(SOORTEN["signaal"]),
    actie=of_child_query(SOORTEN["actie"], Keuze((is_to_do,), dag="uiterlijk")),
    uitzondering=of_child_query(SOORTEN["uitzondering"], Keuze((is_not_over,))),
    begeleiding=of_child_query(SOORTEN["begeleiding"], ALLES),
    dossierlezing=of_child_query(SOORTEN["dossierlezing"], ALLES),
)


@dataclass(frozen=True, slots=True)
class Dossieroverdracht:
    """What is handed over.

    Attributes:
        gesprekken: the last talks in which the child said or wants something, however many came after them.
        signalen: the last ones.
        meer_signalen: how many came before those.
        acties: all that was agreed and is not done, the first day first.
        uitzonderingen: all that have not ended, approved or not.
        begeleidingen: who guided the child, the last first.
        lezingen: who read the handover, the last first.
    """

    gesprekken: Sequence[FeitRegel]
    signalen: Sequence[FeitRegel]
    meer_signalen: int
    acties: Sequence[FeitRegel]
    uitzonderingen: Sequence[FeitRegel]
    begeleidingen: Sequence[FeitRegel]
    lezingen: Sequence[FeitRegel]


def read_dossieroverdracht(session: Session, actor: Actor, kind: int, vandaag: date) -> Dossieroverdracht:
    """Return what is handed over with a child (a feit_id) that the actor was found to see; one statement."""
    found = _BLAD.read(session, 0, {**scope_parameters(actor, vandaag), "kind": kind})

    def of(naam: str) -> list[dict[str, Any]]:
        return [shown(session, actor, SOORTEN[naam], row, vandaag) for row in found[naam]]

    signalen = of("signaal")
    return Dossieroverdracht(
        gesprekken=of("kindgesprek"),
        signalen=signalen,
        meer_signalen=found["aantal_signalen"][0]["aantal"] - len(signalen),
        acties=of("actie"),
        uitzonderingen=of("uitzondering"),
        begeleidingen=of("begeleiding"),
        lezingen=of("dossierlezing"),
    )
