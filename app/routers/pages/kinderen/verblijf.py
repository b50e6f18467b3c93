"""Every plaatsing of a child with who guided it there, as the page where they are corrected names them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.keyset import Page
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import FeitRegel, list_feiten
from app.queries.namen import read_namen
from app.queries.pleeggezinnen import read_pleeggezinnen
from app.routers.pages.woorden.tijdlijn import PLAATSINGSVORMEN

#: a child never has more of them
_MEESTE: Final = Page(200)


@dataclass(frozen=True, slots=True)
class Begeleidingregel:
    """Who guided a child in a plaatsing, and when."""

    uid: UUID
    naam: str
    van: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Verblijfregel:
    """A plaatsing: ``gezin`` is None where the reader may not see the family; who guided it, the last first."""

    uid: UUID
    gezin: str | None
    vorm: str
    van: date
    tot: date | None
    begeleidingen: Sequence[Begeleidingregel]


def list_verblijf(session: Session, actor: Actor, kind: int, vandaag: date) -> list[Verblijfregel]:
    """Return the plaatsingen of a child (feit_id) that the actor was found to see, the last first."""
    stays = list_feiten(session, actor, SOORTEN["plaatsing"], kind, _MEESTE, vandaag).rows
    guides = list_feiten(session, actor, SOORTEN["begeleiding"], kind, _MEESTE, vandaag, of_child=True).rows
    rows = read_pleeggezinnen(session, actor, {one["pleeggezin_id"] for one in stays}, vandaag)
    gezinnen = {row["uid"]: row["naam"] for row in rows}
    namen = {uid: one.naam for uid, one in read_namen(session, {one["medewerker_id"] for one in guides}).items()}

    def begeleidingen(stay: FeitRegel) -> list[Begeleidingregel]:
        return [
            Begeleidingregel(one["uid"], namen.get(one["medewerker_id"], "onbekend"), one["van"], one["tot"])
            for one in guides
            if one["plaatsing_id"] == stay["uid"]
        ]

    return [
        Verblijfregel(
            one["uid"], gezinnen.get(one["pleeggezin_id"]), PLAATSINGSVORMEN[one["vorm"]], one["van"], one["tot"],
            begeleidingen(one),
        )
        for one in stays
    ]  # fmt: skip
