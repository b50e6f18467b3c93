"""Hand the children of a medewerker to others, all of them at once or none: each from a day of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, Scope, scope_of
from app.errors import BadInput, Fault, Forbidden, NotFound
from app.models import Begeleiding, Medewerker, Plaatsing
from app.models.periode import runs_after
from app.models.soorten import SOORTEN
from app.models.teams import team_on
from app.models.versions import holds
from app.queries.feiten.regels import FeitRegel
from app.queries.organisatie.organisaties import get_medewerker
from app.queries.overdracht.openstaand import read_openstaand
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.schemas.overdracht import KindOverdrachtIn, MedewerkerOverdrachtIn
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime, any_version
from app.services.feiten.versions import begin_recording
from app.services.meegaan import take_along
from app.services.overgang import Overgang

_BEGELEIDING = SOORTEN["begeleiding"]


@dataclass(frozen=True, slots=True)
class _Stap:
    """One child that goes from one medewerker to another from a day on."""

    kind: int
    naar: tuple[UUID, int]
    van: date
    begeleidingen: Sequence[Begeleiding]


def hand_over_children(
    session: Session, actor: Actor, uid: UUID, body: MedewerkerOverdrachtIn, moment: RequestTime
) -> Mapping[str, Any]:
    """Give children of a medewerker, who may have left, to others, with what is open about them.

    Returns:
        The uid of the medewerker, and what is still open with it.

    Raises:
        NotFound: there is no such medewerker.
        Forbidden: a teamleider, about somebody of another team.
        BadInput: a child is not with this medewerker, or who takes over is not there; all faults at once.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    van = find_giver(session, actor, uid, moment.vandaag)
    faults: list[Fault] = []
    stappen = list(_checked(session, actor, van, body.kinderen, moment, faults))
    if faults:
        raise BadInput(*faults)
    for stap in stappen:
        _hand_over(session, actor, van, stap, body.reden, moment)
    return {"uid": uid, "openstaand": read_openstaand(session, actor.organisatie_id, van, moment.vandaag)}


def find_giver(session: Session, actor: Actor, uid: UUID, vandaag: date) -> int:
    """Return the key of what ``get_giver`` returns, and raise what it raises."""
    key: int = get_giver(session, actor, uid, vandaag)["feit_id"]
    return key


def get_giver(session: Session, actor: Actor, uid: UUID, vandaag: date) -> FeitRegel:
    """Return a medewerker, here still or not, whose children the actor may hand over.

    Raises:
        NotFound: there is no such medewerker.
        Forbidden: a teamleider, about somebody of another team.
    """
    gever = get_medewerker(session, actor, uid)
    if scope_of(actor) is not Scope.ORGANISATIE:
        team = session.execute(select(team_on(gever["feit_id"], vandaag))).scalar_one()
        if team is None or team != actor.team_id:
            raise Forbidden
    return gever


def _checked(
    session: Session,
    actor: Actor,
    van: int,
    kinderen: Sequence[KindOverdrachtIn],
    moment: RequestTime,
    faults: list[Fault],
) -> Iterator[_Stap]:
    """Yield what is to be done for each child; what is wrong with one goes to ``faults``."""
    seen: set[UUID] = set()
    for place, one in enumerate(kinderen):
        where = f"kinderen.{place}"
        naar = _successor(session, actor, one.medewerker_id, van, moment, f"{where}.medewerkerId", faults)
        kind, guided = _guided(session, actor, van, one, moment)
        if not guided or one.pleegkind_id in seen:
            wrong = "Dit kind is vanaf die dag niet bij deze medewerker, of staat hier al."
            faults.append(Fault("body", f"{where}.pleegkindId", "onbekende_verwijzing", wrong))
        elif any(one.van < item.van <= moment.vandaag for item in guided):
            late = "Deze dag ligt voor het begin van de begeleiding."
            faults.append(Fault("body", f"{where}.van", "datum_buiten_periode", late))
        elif kind is not None and naar is not None:
            yield _Stap(kind, (one.medewerker_id, naar), one.van, guided)
        seen.add(one.pleegkind_id)


def _successor(
    session: Session, actor: Actor, uid: UUID, van: int, moment: RequestTime, name: str, faults: list[Fault]
) -> int | None:
    """Return the key of who takes over: somebody else who works here, for a teamleider in the own team."""
    wanted = select(Medewerker.feit_id, team_on(Medewerker.feit_id, moment.vandaag)).where(
        Medewerker.organisatie_id == actor.organisatie_id, Medewerker.uid == uid, holds(Medewerker)
    )
    found = session.execute(wanted).one_or_none()
    if found is None or found[0] == van:
        wrong = "Er is geen andere medewerker met deze id die hier werkt."
        faults.append(Fault("body", name, "onbekende_verwijzing", wrong))
        return None
    if scope_of(actor) is not Scope.ORGANISATIE and found[1] != actor.team_id:
        faults.append(Fault("body", name, "ongeldige_waarde", "Deze medewerker hoort niet bij uw team."))
        return None
    key: int = found[0]
    return key


def _guided(
    session: Session, actor: Actor, van: int, one: KindOverdrachtIn, moment: RequestTime
) -> tuple[int | None, Sequence[Begeleiding]]:
    """Return the child, where the actor may change its file, and its begeleidingen by a medewerker that run on."""
    try:
        kind = get_pleegkind_key(session, actor, one.pleegkind_id, moment.vandaag, Purpose.WRITE)
    except (NotFound, Forbidden):
        return None, ()
    statement = (
        select(Begeleiding)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .where(
            Plaatsing.pleegkind_id == kind,
            Begeleiding.medewerker_id == van,
            runs_after(Begeleiding, one.van),
            runs_after(Plaatsing, one.van),
            holds(Begeleiding),
            holds(Plaatsing),
        )
        .order_by(Begeleiding.van, Begeleiding.id)
    )
    return kind, session.scalars(statement).all()


def _hand_over(session: Session, actor: Actor, van: int, stap: _Stap, reden: str, moment: RequestTime) -> None:
    uid, naar = stap.naar
    for begeleiding in stap.begeleidingen:
        begun = begeleiding.van < stap.van
        changes = {"tot": stap.van} if begun else {"medewerker_id": uid}
        # What is to follow first: without it a teamleider might lose sight of the child in between.
        if begun:
            after = {"plaatsing_id": begeleiding.plaatsing_id, "medewerker_id": uid}
            recording.record(session, actor, _BEGELEIDING, {**after, "van": stap.van, "tot": begeleiding.tot}, moment)
        recording.correct(
            session, actor, _BEGELEIDING, begeleiding.uid, changes, moment, reden=reden, check_version=any_version
        )
    if stap.van <= moment.vandaag:
        overgang = Overgang(stap.kind, van, naar, reden, actor.medewerker_id)
        take_along(session, actor.organisatie_id, overgang, moment)
