"""The choice of a family in a form: the one that it names, and those that a search in the same form found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.queries.pleeggezinnen import read_pleeggezinnen
from app.queries.pleegkinderen.zoeken import search_pleeggezinnen
from app.routers.pages.woorden.grenzen import GRENZEN
from app.routers.pages.woorden.tijdlijn import GEZINSOORTEN
from app.web.forms import Form

#: the field of a form in which a family is searched for; nothing is recorded of it
ZOEK: Final = "zoek"


@dataclass(frozen=True, slots=True)
class Gezinskeuze:
    """A family that can be chosen: its uid as a form says it, its name, and what tells it from another."""

    uid: str
    naam: str
    bij: str


def list_gezinskeuzes(
    session: Session, actor: Actor, form: Form, uids: Iterable[object], vandaag: date
) -> list[Gezinskeuze]:
    """Return the families with these uids that the actor sees, and then what the form searches for, each once.

    Args:
        session: reads.
        actor: who looks.
        form: in which ``ZOEK`` says what is searched for.
        uids: of families; what is none is left out.
        vandaag: the day on which is read.
    """
    named = read_pleeggezinnen(session, actor, {uid for one in uids if (uid := _uid(one))}, vandaag)
    q = form.get(ZOEK, "").strip()
    found = search_pleeggezinnen(session, actor, q, vandaag) if len(q) >= GRENZEN.zoekletters else []
    rows: list[Mapping[Any, Any]] = [*named, *found]
    return list({row["uid"]: _keuze(row) for row in rows}.values())


def _uid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _keuze(row: Mapping[Any, Any]) -> Gezinskeuze:
    about = (row["nummer"], GEZINSOORTEN[row["soort"]], row["gemeente"])
    return Gezinskeuze(str(row["uid"]), row["naam"], ", ".join(one for one in about if one))
