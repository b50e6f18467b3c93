"""Add, change and revoke medewerkers, and the accounts by which they sign in."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict
from app.ids import new_uid
from app.models import Account, Medewerker, Team
from app.models.versions import newest
from app.queries.feitregels import FeitRegel
from app.queries.organisaties import get_medewerker
from app.schemas.feit import changes_of
from app.schemas.organisatie import AccountIn, MedewerkerIn
from app.schemas.velden import SchemaIn
from app.services.checks import fault
from app.services.feiten import AlIngetrokken, Moment, VersionCheck
from app.services.recording import begin_recording, record_feit, replace_feit


class AccountBestaat(Conflict):
    """Another medewerker signs in with this pair of issuer and subject."""

    code = "account_bestaat"
    detail = "Een andere medewerker meldt zich al met dit account aan."


class TeamBestaat(Conflict):
    """The organisatie has a team of this name."""

    code = "team_bestaat"
    detail = "Er is al een team met deze naam."


def create_team(session: Session, actor: Actor, naam: str) -> Team:
    """Add a team to the actor's organisatie.

    Raises:
        TeamBestaat: the name is taken.
    """
    taken = select(Team.id).where(Team.organisatie_id == actor.organisatie_id, Team.naam == naam)
    if session.execute(taken).first():
        raise TeamBestaat
    team = Team(uid=new_uid(), organisatie_id=actor.organisatie_id, naam=naam)
    session.add(team)
    session.flush()  # a double name shows here, not at commit
    return team


def create_medewerker(session: Session, actor: Actor, body: MedewerkerIn, moment: Moment) -> FeitRegel:
    """Add a medewerker, with an account when one is given.

    Raises:
        BadInput: the team is not of this organisatie.
        AccountBestaat: the account is somebody else's.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    content = {"naam": body.naam, "email": body.email, "rol": body.rol}
    medewerker = record_feit(recording, Medewerker, {**content, "team_id": _team_id(session, actor, body.team_id)})
    if body.account:
        _link_account(session, medewerker, body.account)
    return get_medewerker(session, actor, medewerker.uid)


def change_medewerker(
    session: Session, actor: Actor, uid: UUID, body: SchemaIn, moment: Moment, *, check_version: VersionCheck
) -> FeitRegel:
    """Record a new version of a medewerker.

    Raises:
        NotFound, BadInput, PreconditionFailed, AlIngetrokken: as they say.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = _current(session, actor, uid, check_version)
    changes = changes_of(body)
    account = changes.pop("account", None)
    if "team_id" in changes:
        changes["team_id"] = _team_id(session, actor, changes["team_id"])
    reden: str = getattr(body, "wijzigingsreden")  # noqa: B009 — the model is made of MedewerkerIn
    replace_feit(recording, current, changes, reden=reden)
    if account:
        _link_account(session, current, account)
    return get_medewerker(session, actor, uid)


def revoke_medewerker(
    session: Session, actor: Actor, uid: UUID, moment: Moment, *, reden: str, check_version: VersionCheck
) -> FeitRegel:
    """Withdraw a medewerker: from this moment on no token of theirs is accepted.

    Raises:
        NotFound, PreconditionFailed, AlIngetrokken: as they say.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = _current(session, actor, uid, check_version)
    replace_feit(recording, current, {}, reden=reden, withdraw=True)
    return get_medewerker(session, actor, uid)


def _current(session: Session, actor: Actor, uid: UUID, check_version: VersionCheck) -> Medewerker:
    regel = get_medewerker(session, actor, uid)
    check_version(regel)
    if regel["ingetrokken"]:
        raise AlIngetrokken
    return session.scalars(select(Medewerker).where(Medewerker.uid == uid, newest(Medewerker))).one()


def _team_id(session: Session, actor: Actor, uid: UUID | None) -> int | None:
    if uid is None:
        return None
    found = session.execute(
        select(Team.id).where(Team.uid == uid, Team.organisatie_id == actor.organisatie_id)
    ).scalar_one_or_none()
    if found is None:
        raise BadInput(fault("team_id", "onbekende_verwijzing", "Er is geen team met deze id."))
    return found


def _link_account(session: Session, medewerker: Medewerker, account: AccountIn) -> None:
    """Let a medewerker sign in with a pair of issuer and subject that nobody else has.

    An account of another organisatie cannot be seen from here; only its place in the unique index can.
    """
    pair = {"issuer": account.issuer, "subject": account.subject}
    fresh = (
        insert(Account)
        .values(organisatie_id=medewerker.organisatie_id, medewerker_id=medewerker.feit_id, **pair)
        .on_conflict_do_nothing(index_elements=[Account.issuer, Account.subject])
        .returning(Account.id)
    )
    if session.execute(fresh).first() is not None:
        return
    own = select(Account.id).filter_by(**pair, medewerker_id=medewerker.feit_id)
    if session.execute(own).first() is None:
        raise AccountBestaat
