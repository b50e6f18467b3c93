"""Add teams, and give them another name, join them with others or close them, from a day on.

What a team was called or who was in it before that day stays as it was: audits of then show it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.errors import BadInput, Conflict, NotFound, fault
from app.invoer.datums import fault_after_last_day
from app.invoer.teams import fault_in_team
from app.lib.ids import new_uid
from app.models import Begeleiding, Medewerker, Plaatsing, Team, Teamwijziging
from app.models.periode import runs_after
from app.models.teams import any_name_is, in_team_on
from app.models.versions import holds, newest
from app.queries.organisatie.organisaties import TeamRegel, get_team
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import Recording, begin_recording, replace_feit
from app.terms import TeamwijzigingSoort

_JOINED = "team samengevoegd met een ander team"


class TeamBestaat(Conflict):
    """Another team of the organisatie has this name, or had it: old audits name it so."""

    code = "team_bestaat"
    detail = "Er is of was al een ander team met deze naam."


class TeamGesloten(Conflict):
    """The team was closed, or joined with another, before."""

    code = "team_gesloten"
    detail = "Dit team is al gesloten, of gaat sluiten."


class TeamInGebruik(Conflict):
    """Somebody is in the team, or only its people see a child: neither may be left in a team that is no more."""

    code = "team_in_gebruik"
    detail = (
        "Er zijn nog medewerkers of kinderen van dit team. Verplaats hen eerst, of voeg het samen met een ander team."
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """One change of a team under way."""

    session: Session
    recording: Recording
    actor: Actor
    team: Team
    van: date


def create_team(session: Session, actor: Actor, naam: str, moment: RequestTime) -> TeamRegel:
    """Add a team to the actor's organisatie.

    Raises:
        TeamBestaat: the name is taken.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    _check_name(session, actor, naam)
    team = Team(uid=new_uid(), organisatie_id=actor.organisatie_id, naam=naam)
    session.add(team)
    session.flush()  # it is read back
    return get_team(session, actor, team.uid, moment.vandaag)


def rename_team(
    session: Session, actor: Actor, uid: UUID, naam: str, van: date | None, moment: RequestTime
) -> TeamRegel:
    """Give a team another name from a day on, today unless another is given.

    Raises:
        NotFound: not of this organisatie.
        TeamBestaat: the name is taken.
    """
    step = _begin(session, actor, uid, van, moment)
    _check_name(session, actor, naam, step.team)
    _add(step, TeamwijzigingSoort.HERNOEMING, naam=naam)
    return get_team(session, actor, uid, moment.vandaag)


def join_team(
    session: Session, actor: Actor, uid: UUID, opgegaan_in: UUID, van: date | None, moment: RequestTime
) -> TeamRegel:
    """Let a team go up in another one from a day on, with everybody who is in it, who left included.

    Who left too: the children that they guided last stay in sight of the team.

    Raises:
        NotFound: not of this organisatie.
        BadInput: the other team is not there, is this one, or is closed.
        TeamGesloten: this team is closed already.
    """
    step = _begin(session, actor, uid, van, moment)
    _check_open(step)
    target = find_open_team(session, actor.organisatie_id, opgegaan_in, "opgegaan_in")
    if target == step.team.id:
        raise BadInput(fault("opgegaan_in", "ongeldige_waarde", "Een team kan niet in zichzelf opgaan."))
    _add(step, TeamwijzigingSoort.SAMENVOEGING, opgegaan_in=target)
    for lid in session.scalars(select(Medewerker).where(_is_in(step), newest(Medewerker))).all():
        _take_along(step, lid, target)
    return get_team(session, actor, uid, moment.vandaag)


def _take_along(step: _Step, lid: Medewerker, target: int) -> None:
    """Move one medewerker with the team; who goes elsewhere on a later day goes there all the same."""
    stays = lid.team_id == step.team.id
    sinds = max(step.van, lid.team_sinds or step.van) if stays else step.van
    changes = {"team_id": target, "team_sinds": sinds}
    moved = replace_feit(step.recording, lid, changes, reden=_JOINED, withdraw=lid.ingetrokken)
    if not stays:
        after = {"team_id": lid.team_id, "team_sinds": lid.team_sinds}
        replace_feit(step.recording, moved, after, reden=_JOINED, withdraw=lid.ingetrokken)


def close_team(session: Session, actor: Actor, uid: UUID, van: date | None, moment: RequestTime) -> TeamRegel:
    """Close an empty team from a day on.

    Raises:
        NotFound: not of this organisatie.
        TeamGesloten: it is closed already.
        TeamInGebruik: somebody is in it, or it has children.
    """
    step = _begin(session, actor, uid, van, moment)
    _check_open(step)
    guides = exists().where(
        Begeleiding.medewerker_id == Medewerker.feit_id,
        runs_after(Begeleiding, step.van),
        holds(Begeleiding),
        Plaatsing.feit_id == Begeleiding.plaatsing_id,
        runs_after(Plaatsing, step.van),
        holds(Plaatsing),
    )
    busy = select(Medewerker.id).where(_is_in(step), newest(Medewerker), or_(Medewerker.ingetrokken.is_(False), guides))
    if session.execute(busy.limit(1)).first():
        raise TeamInGebruik
    _add(step, TeamwijzigingSoort.SLUITING)
    return get_team(session, actor, uid, moment.vandaag)


def find_open_team(session: Session, organisatie_id: int, uid: UUID, name: str) -> int:
    """Return the key of a team that takes people on.

    Args:
        session: reads.
        organisatie_id: whose.
        uid: of the team.
        name: of the field that says so.

    Raises:
        BadInput: there is no such team, or it is closed or about to be.
    """
    wanted = select(Team.id).where(Team.uid == uid, Team.organisatie_id == organisatie_id)
    found = session.execute(wanted).scalar_one_or_none()
    if found is None:
        raise BadInput(fault(name, "onbekende_verwijzing", "Er is geen team met deze id."))
    bezwaar = fault_in_team(name, ending=is_ending(session, found))
    if bezwaar is not None:
        raise BadInput(fault(bezwaar.kolom, bezwaar.code, bezwaar.zin))
    return found


def is_ending(session: Session, team: int) -> bool:
    """Tell whether a team (a key) is closed, or about to be."""
    ending = select(Teamwijziging.id).where(
        Teamwijziging.team_id == team, Teamwijziging.soort != TeamwijzigingSoort.HERNOEMING
    )
    return session.execute(ending).first() is not None


def check_first_day(column: str, day: date | None, vandaag: date) -> None:
    """Refuse a first day that is a year mistyped.

    Raises:
        BadInput: it lies too far ahead.
    """
    bezwaar = None if day is None else fault_after_last_day(column, day, vandaag)
    if bezwaar is not None:
        raise BadInput(fault(column, bezwaar.code, bezwaar.zin))


def _begin(session: Session, actor: Actor, uid: UUID, van: date | None, moment: RequestTime) -> _Step:
    check_first_day("van", van, moment.vandaag)
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    wanted = select(Team).where(Team.uid == uid, Team.organisatie_id == actor.organisatie_id)
    team = session.scalars(wanted).one_or_none()
    if team is None:
        raise NotFound
    return _Step(session, recording, actor, team, van or moment.vandaag)


def _add(step: _Step, soort: TeamwijzigingSoort, **content: Any) -> None:
    step.session.add(
        Teamwijziging(
            organisatie_id=step.actor.organisatie_id,
            team_id=step.team.id,
            soort=soort,
            van=step.van,
            vastgelegd_op=step.recording.at,
            vastgelegd_door=step.actor.medewerker_id,
            **content,
        )
    )
    step.session.flush()  # it is read back


def _check_name(session: Session, actor: Actor, naam: str, own: Team | None = None) -> None:
    taken = select(Team.id).where(Team.organisatie_id == actor.organisatie_id, any_name_is(naam))
    if any(key != (own and own.id) for key in session.scalars(taken)):
        raise TeamBestaat


def _check_open(step: _Step) -> None:
    if is_ending(step.session, step.team.id):
        raise TeamGesloten


def _is_in(step: _Step) -> Any:
    """Return that somebody is in the team on the day, or is to come into it."""
    lid = aliased(Medewerker)
    then = select(lid.feit_id).where(lid.team_id == step.team.id, in_team_on(lid, step.van))
    return and_(
        Medewerker.organisatie_id == step.actor.organisatie_id,
        or_(Medewerker.team_id == step.team.id, Medewerker.feit_id.in_(then)),
    )
