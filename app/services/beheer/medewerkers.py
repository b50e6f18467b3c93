"""Add, change and revoke medewerkers, and let them come back, with the accounts by which they sign in."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict, fault
from app.models import Medewerker, Organisatie, Team
from app.models.versions import newest
from app.queries.feiten.regels import FeitRegel
from app.queries.organisatie.organisaties import get_medewerker
from app.queries.overdracht.openstaand import read_openstaand
from app.schemas.feiten.feit import changes_of
from app.schemas.organisatie import AccountIn, MedewerkerIn
from app.schemas.velden import SchemaIn
from app.services.beheer.accounts import LaatsteBeheerder, has_beheerder, link_account, set_account, withdrawn_pairs
from app.services.beheer.teams import check_first_day, find_open_team, is_ending
from app.services.feiten.recording import AlIngetrokken, RequestTime, VersionCheck
from app.services.feiten.versions import begin_recording, record_feit, replace_feit
from app.terms import OrganisatieSoort, Rol


class NietIngetrokken(Conflict):
    """The medewerker works here, so cannot come back."""

    code = "niet_ingetrokken"
    detail = "Deze medewerker is niet ingetrokken."


def create_medewerker(session: Session, actor: Actor, body: MedewerkerIn, moment: RequestTime) -> FeitRegel:
    """Add a medewerker, with an account when one is given.

    Raises:
        BadInput: the team is not of this organisatie or closed, or the rol is not for it.
        AccountBestaat: the account is somebody else's.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    _check_rol(session, actor, body.rol)
    check_first_day("team_sinds", body.team_sinds, moment.vandaag)
    content = {"naam": body.naam, "email": body.email, "rol": body.rol, "team_sinds": body.team_sinds}
    medewerker = record_feit(recording, Medewerker, {**content, "team_id": _team_id(session, actor, body.team_id)})
    if body.account:
        link_account(session, medewerker, _pair(body.account))
    return get_medewerker(session, actor, medewerker.uid)


def change_medewerker(
    session: Session, actor: Actor, uid: UUID, body: SchemaIn, moment: RequestTime, *, check_version: VersionCheck
) -> FeitRegel:
    """Record a new version of a medewerker; with another account, or none, the old one opens nothing any more.

    Raises:
        NotFound, BadInput, PreconditionFailed, AlIngetrokken: as they say.
        AccountBestaat: the account is somebody else's.
        LaatsteBeheerder: nobody would be left who can add another.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = _current(session, actor, uid, check_version)
    changes = changes_of(body)
    _check_rol(session, actor, changes.get("rol"))
    check_first_day("team_sinds", changes.get("team_sinds"), moment.vandaag)
    new_account, account = "account" in changes, changes.pop("account", None)
    changes |= _membership(session, actor, current, changes, moment)
    reden: str = getattr(body, "wijzigingsreden")  # noqa: B009 — the model is made of MedewerkerIn
    replace_feit(recording, current, changes, reden=reden)
    if new_account:
        set_account(session, current, account and _pair(account), recording.at)
    _keep_a_beheerder(session, current)
    return get_medewerker(session, actor, uid)


def revoke_medewerker(
    session: Session, actor: Actor, uid: UUID, moment: RequestTime, *, reden: str, check_version: VersionCheck
) -> FeitRegel:
    """Withdraw a medewerker, and return it with what is still open with it.

    From this moment on it cannot sign in, and its account is free for who has it next.

    Raises:
        NotFound, PreconditionFailed, AlIngetrokken: as they say.
        LaatsteBeheerder: nobody would be left who can add another.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = _current(session, actor, uid, check_version)
    replace_feit(recording, current, {}, reden=reden, withdraw=True)
    set_account(session, current, None, recording.at)
    _keep_a_beheerder(session, current)
    open_still = read_openstaand(session, actor.organisatie_id, current.feit_id, moment.vandaag)
    return {**get_medewerker(session, actor, uid), "openstaand": open_still}


def reinstate_medewerker(
    session: Session, actor: Actor, uid: UUID, moment: RequestTime, *, reden: str, check_version: VersionCheck
) -> FeitRegel:
    """Let who was withdrawn come back: with the same nummer, and the account of the day on which it left.

    Raises:
        NotFound, PreconditionFailed: as they say.
        NietIngetrokken: it works here.
        AccountBestaat: somebody else signs in with that account by now.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    check_version(get_medewerker(session, actor, uid))
    current = session.scalars(select(Medewerker).where(Medewerker.uid == uid, newest(Medewerker))).one()
    if not current.ingetrokken:
        raise NietIngetrokken
    ended = current.team_id is not None and is_ending(session, current.team_id)
    changes = {"team_id": None, "team_sinds": moment.vandaag} if ended else {}
    replace_feit(recording, current, changes, reden=reden)
    for pair in withdrawn_pairs(session, current, current.vastgelegd_op):
        link_account(session, current, pair)
    return get_medewerker(session, actor, uid)


def _keep_a_beheerder(session: Session, changed: Medewerker) -> None:
    if changed.rol == Rol.BEHEERDER and not has_beheerder(session, changed.organisatie_id):
        raise LaatsteBeheerder


def _check_rol(session: Session, actor: Actor, rol: Rol | None) -> None:
    """Refuse an inspecteur where there is no inspectie: it would look under a mandate that is none."""
    if rol is not Rol.INSPECTEUR:
        return
    own = select(Organisatie.soort).where(Organisatie.id == actor.organisatie_id)
    if session.execute(own).scalar_one() != OrganisatieSoort.INSPECTIE:
        raise BadInput(fault("rol", "ongeldige_waarde", "Alleen een inspectie heeft inspecteurs. Kies een andere rol."))


def _pair(account: AccountIn) -> tuple[str, str]:
    return account.issuer, account.subject


def _current(session: Session, actor: Actor, uid: UUID, check_version: VersionCheck) -> Medewerker:
    regel = get_medewerker(session, actor, uid)
    check_version(regel)
    if regel["ingetrokken"]:
        raise AlIngetrokken
    return session.scalars(select(Medewerker).where(Medewerker.uid == uid, newest(Medewerker))).one()


def _membership(
    session: Session, actor: Actor, current: Medewerker, changes: Mapping[str, Any], moment: RequestTime
) -> dict[str, Any]:
    """Return the team of a change and since when: another one since today unless the change says otherwise."""
    if "team_id" not in changes:
        return {}
    # Who stays in a team that is closing changes nothing.
    uid = changes["team_id"]
    stays = _team_uid(session, current.team_id) == uid
    team = current.team_id if stays else _team_id(session, actor, uid)
    sinds = {} if stays or "team_sinds" in changes else {"team_sinds": moment.vandaag}
    return {"team_id": team, **sinds}


def _team_uid(session: Session, team_id: int | None) -> UUID | None:
    return session.execute(select(Team.uid).where(Team.id == team_id)).scalar_one_or_none()


def _team_id(session: Session, actor: Actor, uid: UUID | None) -> int | None:
    return None if uid is None else find_open_team(session, actor.organisatie_id, uid, "team_id")
