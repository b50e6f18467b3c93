"""A visit in one go: a huisbezoek, a talk and a check, and the steps about what they gave; all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Fault, fault
from app.invoer.opvolging import day_of_aanleiding
from app.models.feiten.opvolgstap import AANLEIDING
from app.models.soorten import DELEN_VAN_EEN_BEZOEK, SOORTEN, FeitSoort
from app.queries.feiten.regels import FeitRegel, get_written
from app.schemas.feiten.bezoek import BezoekIn, BezoekOpvolgstapIn
from app.schemas.feiten.feit import content_of
from app.services.feiten.recording import RequestTime, insert, refresh

Values = Mapping[str, Any]

_STAP = SOORTEN["opvolgstap"]
#: what the visit says once, for every part
_VAN_HET_BEZOEK = frozenset({"datum", "plaatsingId"})


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A visit as recorded: its parts by kind, and the steps."""

    feiten: Mapping[str, FeitRegel]
    stappen: Sequence[FeitRegel]


def record_bezoek(session: Session, actor: Actor, kind: int, body: BezoekIn, moment: RequestTime) -> Bezoek:
    """Record the parts of a visit and the steps about it, in the caller's transaction.

    Args:
        session: the transaction; the caller commits.
        actor: who was there.
        kind: feit_id of the child, found through the actor's scope.
        body: the visit.
        moment: now and today.

    Raises:
        BadInput: nothing is said, or the content is wrong; every fault of every part.
        Conflict: it contradicts what is recorded.
    """
    delen = delen_of(body)
    if not delen and not body.opvolgstappen:
        raise BadInput(fault("huisbezoek", "verplicht", "Leg een bezoek, een gesprek, een check of een stap vast."))
    where = {"plaatsing_id": body.plaatsing_id, "datum": body.datum}
    parts = [(SOORTEN[naam], {**content_of(deel), **where}) for naam, deel in delen.items()]
    return _Bezoek(session, actor, kind, moment).record(parts, body.opvolgstappen, body.datum)


def delen_of(body: BezoekIn) -> Mapping[str, Any]:
    """Return the parts of a visit that are given, by kind; none when only steps are recorded."""
    return {naam: deel for naam in DELEN_VAN_EEN_BEZOEK if (deel := getattr(body, naam)) is not None}


class _Bezoek:
    """One visit under way; faults are gathered over all of it."""

    def __init__(self, session: Session, actor: Actor, kind: int, moment: RequestTime) -> None:
        self._session, self._actor, self._kind, self._moment = session, actor, kind, moment
        self._faults: list[Fault] = []
        self._made: list[tuple[FeitSoort, Any]] = []

    def record(
        self, parts: Sequence[tuple[FeitSoort, Values]], stappen: Sequence[BezoekOpvolgstapIn], day: date
    ) -> Bezoek:
        """Write everything, then ask the rule once: all of it is about one child."""
        for soort, values in parts:
            self._insert(soort, values, soort.naam, of_child=self._kind)
        self._refuse_faults()  # what a step is about must be there
        feiten = {soort.naam: get_written(self._session, soort, feit.uid) for soort, feit in self._made}
        given = {f"{naam}_id": regel["uid"] for naam, regel in feiten.items() if day_of_aanleiding(regel) is not None}
        for place, stap in enumerate(stappen):
            for values in _steps(stap, day, given):
                self._insert(_STAP, {**values, "pleegkind_id": self._kind}, f"opvolgstappen.{place}")
        self._refuse_faults()
        soort, feit = self._made[0]
        refresh(self._session, soort, [feit], self._moment)
        gezet = [get_written(self._session, _STAP, feit.uid) for soort, feit in self._made if soort is _STAP]
        return Bezoek(feiten, gezet)

    def _insert(self, soort: FeitSoort, values: Values, where: str, *, of_child: int | None = None) -> None:
        try:
            feit = insert(self._session, self._actor, soort, values, self._moment, of_child=of_child)
            self._made.append((soort, feit))
        except BadInput as wrong:
            self._faults += (_within(where, one) for one in wrong.faults)

    def _refuse_faults(self) -> None:
        if self._faults:
            raise BadInput(*dict.fromkeys(self._faults))


def _within(where: str, one: Fault) -> Fault:
    return (
        one
        if one.name in _VAN_HET_BEZOEK and where in DELEN_VAN_EEN_BEZOEK
        else replace(one, name=f"{where}.{one.name}")
    )


def _steps(stap: BezoekOpvolgstapIn, day: date, given: Mapping[str, Any]) -> Iterator[Values]:
    """Yield the content of a step: about what it names, else about each aanleiding of the visit."""
    content = {**content_of(stap), "datum": stap.datum or day}
    if given and all(content[name] is None for name in AANLEIDING):
        yield from ({**content, name: uid} for name, uid in given.items())
    else:
        yield content
