"""Extra inzet: opened by freezing an audit, handed over, and closed by what repaired it or by a reasoned decision."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.clock import civil_date
from app.db.days import day_of
from app.errors import BadInput, Conflict, Forbidden, NotFound, fault
from app.lib.ids import new_uid
from app.models import ExtraInzet, ExtraInzetStap, Kwartaaltoets, KwartaaltoetsRegel, Medewerker
from app.models.versions import holds
from app.norms.calendar import add_days
from app.norms.kwartaaltoets.kengetallen import is_about_opvolging, late_criteria, late_opvolging
from app.queries.extra_inzetten import get_extra_inzet, last_step
from app.queries.herstel import list_herstel
from app.queries.organisatie.teamleiders import last_teamleiders
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import begin_recording
from app.services.overgang import Overgang
from app.terms import ExtraInzetStapSoort as Stap
from app.terms import Rol, Stand

#: days after the peildatum of a row
INZET_DAGEN = 28
_HEROPEND = "Het feit waarmee deze extra inzet was afgesloten, hoorde bij een ander kind."


class AlAfgesloten(Conflict):
    """The extra inzet was closed; the next audit opens a new one when it must."""

    code = "al_afgesloten"
    detail = "Deze extra inzet is al afgesloten."


class NietHersteld(Conflict):
    """The event does not repair what the audit found."""

    code = "niet_hersteld"
    detail = (
        "Dit feit herstelt niet wat de toets vond: het is niet de laatste meetellende gebeurtenis van een van de "
        "criteria, of een van de criteria is nog te laat."
    )


@dataclass(frozen=True, slots=True)
class _Eigenaar:
    medewerker_id: int | None
    rol: Rol


@dataclass(frozen=True, slots=True)
class _Open:
    """An open extra inzet that somebody acts on: it, its last step, and who (a feit_id) acts when."""

    extra: ExtraInzet
    last: ExtraInzetStap
    door: int | None
    moment: RequestTime


def open_extra_inzetten(
    session: Session, toets: Kwartaaltoets, nu: datetime, door: int | None, vanaf: date | None = None
) -> int:
    """Open an extra inzet for every row that asks for one and whose child has none open for that; return how many.

    A row asks because it is not navolgbaar, and because somebody should have acted and nobody did. The owner is the
    begeleider; without one the teamleider of the last begeleider's team; else kwaliteit. The term runs from the
    peildatum of the row, or from ``vanaf``.
    """
    rows = _asking(session, toets)
    without = [row.plaatsing_id for row, _ in rows if row.begeleider_id is None]
    owners = last_teamleiders(session, toets.organisatie_id, without, civil_date(nu))
    made = [(_extra_inzet(toets, row.pleegkind_id, _due(row, vanaf), criteria, nu), row) for row, criteria in rows]
    session.add_all(extra for extra, _ in made)
    session.flush()  # the steps refer to them
    session.add_all(
        _opening(extra, _owner(row.begeleider_id, owners.get(row.plaatsing_id)), nu, door) for extra, row in made
    )
    session.flush()  # all of it, or the freeze fails
    return len(made)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What freezing an audit today would open: how many, and how many of those are late at once, their day gone."""

    aantal: int
    meteen_te_laat: int


def foresee_extra_inzetten(session: Session, toets: Kwartaaltoets, vandaag: date) -> Foreseen:
    """Return what freezing would open; opens nothing."""
    rows = _asking(session, toets)
    return Foreseen(len(rows), sum(_due(row, None) < vandaag for row, _ in rows))


def _due(row: Any, vanaf: date | None) -> date:
    return add_days(vanaf or date.fromisoformat(row.inhoud["peildatum"]), INZET_DAGEN)


def _asking(session: Session, toets: Kwartaaltoets) -> list[tuple[Any, list[str]]]:
    """Return the rows that ask for an extra inzet that is not open yet, each with because of which criteria."""
    busy = _children_with_open(session, toets.organisatie_id)
    statement = (
        select(
            KwartaaltoetsRegel.pleegkind_id,
            KwartaaltoetsRegel.plaatsing_id,
            KwartaaltoetsRegel.begeleider_id,
            KwartaaltoetsRegel.inhoud,
        )
        .where(
            KwartaaltoetsRegel.toets_id == toets.id,
            or_(
                KwartaaltoetsRegel.navolgbaar.is_(False),
                KwartaaltoetsRegel.inhoud["opvolgingStand"].astext == Stand.TE_LAAT.value,
            ),
        )
        .order_by(KwartaaltoetsRegel.positie)
    )
    return [
        (row, criteria)
        for row in session.execute(statement)
        for criteria in (late_criteria(row.inhoud), late_opvolging(row.inhoud))
        if criteria and (row.pleegkind_id, is_about_opvolging(criteria)) not in busy
    ]


def _children_with_open(session: Session, organisatie_id: int) -> set[tuple[int, bool]]:
    """Return the children with an open one, and whether it is about follow-up."""
    stap = last_step(ExtraInzet.id)
    statement = (
        select(ExtraInzet.pleegkind_id, ExtraInzet.criteria)
        .join(stap, true())
        .where(ExtraInzet.organisatie_id == organisatie_id, stap.c.soort != Stap.AFSLUITING)
    )
    return {(kind, is_about_opvolging(criteria)) for kind, criteria in session.execute(statement)}


def _owner(begeleider_id: int | None, teamleider_id: int | None) -> _Eigenaar:
    if begeleider_id is not None:
        return _Eigenaar(begeleider_id, Rol.PLEEGZORGBEGELEIDER)
    if teamleider_id is not None:
        return _Eigenaar(teamleider_id, Rol.TEAMLEIDER)
    return _Eigenaar(None, Rol.KWALITEITSMEDEWERKER)


def _extra_inzet(toets: Kwartaaltoets, kind: int, uiterlijk: date, criteria: list[str], nu: datetime) -> ExtraInzet:
    return ExtraInzet(
        uid=new_uid(),
        organisatie_id=toets.organisatie_id,
        toets_id=toets.id,
        pleegkind_id=kind,
        criteria=criteria,
        uiterlijk=uiterlijk,
        aangemaakt_op=nu,
    )


def _opening(extra: ExtraInzet, owner: _Eigenaar, nu: datetime, door: int | None) -> ExtraInzetStap:
    return ExtraInzetStap(
        organisatie_id=extra.organisatie_id,
        extra_inzet_id=extra.id,
        nummer=1,
        soort=Stap.OPENING,
        eigenaar_id=owner.medewerker_id,
        eigenaar_rol=owner.rol,
        op=nu,
        door=door,
    )


def hand_over(
    session: Session, actor: Actor, uid: UUID, eigenaar: UUID, reden: str, moment: RequestTime
) -> Mapping[str, Any]:
    """Give an open extra inzet to another medewerker, and return it.

    Raises:
        NotFound: it is not the actor's to see.
        AlAfgesloten: it was closed.
        BadInput: there is no such medewerker.
    """
    found = _locked(session, actor, uid, moment)
    wie = session.scalars(
        select(Medewerker).where(
            Medewerker.organisatie_id == actor.organisatie_id, Medewerker.uid == eigenaar, holds(Medewerker)
        )
    ).one_or_none()
    if wie is None:
        raise BadInput(fault("eigenaar_id", "onbekende_verwijzing", "Deze medewerker is er niet."))
    _add_step(session, found, Stap.OVERDRACHT, reden=reden, eigenaar=_Eigenaar(wie.feit_id, wie.rol))
    return get_extra_inzet(session, actor, uid, moment.vandaag)


def hand_over_with_child(session: Session, overgang: Overgang, moment: RequestTime) -> None:
    """Give the open extra inzetten about a child to who takes the child over, by the head that is locked already."""
    stap = last_step(ExtraInzet.id)
    mine = (
        select(ExtraInzet)
        .join(stap, true())
        .where(
            ExtraInzet.pleegkind_id == overgang.kind,
            stap.c.eigenaar_id == overgang.van,
            stap.c.soort != Stap.AFSLUITING,
        )
    )
    if overgang.gegeven_voor is not None:
        mine = mine.where(day_of(stap.c.op) < overgang.gegeven_voor)
    naar = select(Medewerker.rol).where(Medewerker.feit_id == overgang.naar, holds(Medewerker))
    eigenaar = _Eigenaar(overgang.naar, session.execute(naar).scalar_one())
    for extra in session.scalars(mine).all():
        found = _Open(extra, _last_step_of(session, extra), overgang.door, moment)
        _add_step(session, found, Stap.OVERDRACHT, reden=overgang.reden, eigenaar=eigenaar)


def close_by_fact(
    session: Session, actor: Actor, uid: UUID, feit_soort: str, feit: UUID, moment: RequestTime
) -> Mapping[str, Any]:
    """Close an extra inzet with the event that repaired it, and return it.

    The rule decides: no criterion of it may be late today, and the event is the last that counted for one of them.

    Raises:
        NotFound, AlAfgesloten, NietHersteld: as they say.
    """
    found = _locked(session, actor, uid, moment)
    extra = found.extra
    herstel = list_herstel(session, actor.organisatie_id, extra.pleegkind_id, extra.criteria, moment.vandaag)
    if (feit_soort, feit) not in {(one.soort, one.uid) for one in herstel}:
        raise NietHersteld
    _add_step(session, found, Stap.AFSLUITING, feit=(feit_soort, feit))
    return get_extra_inzet(session, actor, uid, moment.vandaag)


def close_by_decision(session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime) -> Mapping[str, Any]:
    """Close an extra inzet by a reasoned decision of a gedragswetenschapper, and return it.

    Raises:
        NotFound, AlAfgesloten: as they say.
        Forbidden: the actor may not decide.
    """
    found = _locked(session, actor, uid, moment)
    if not actor.may(Permission.EXTRA_INZET_DECIDE):
        raise Forbidden
    _add_step(session, found, Stap.AFSLUITING, reden=reden)
    return get_extra_inzet(session, actor, uid, moment.vandaag)


def reopen_closed_by(session: Session, actor: Actor, feiten: Collection[UUID], moment: RequestTime) -> None:
    """Open every extra inzet again that was closed with one of some facts: they turned out to be another child's."""
    closed = select(ExtraInzetStap, ExtraInzet).join(ExtraInzet, ExtraInzet.id == ExtraInzetStap.extra_inzet_id)
    by_them = closed.where(
        ExtraInzet.organisatie_id == actor.organisatie_id,
        ExtraInzetStap.feit_uid.in_(feiten),
        ExtraInzetStap.soort == Stap.AFSLUITING,
        ExtraInzetStap.nummer == _last_nummer(),
    )
    for last, extra in session.execute(by_them).all():
        _add_step(session, _Open(extra, last, actor.medewerker_id, moment), Stap.OPENING, reden=_HEROPEND)


def _last_nummer() -> Any:
    steps = aliased(ExtraInzetStap)
    return select(func.max(steps.nummer)).where(steps.extra_inzet_id == ExtraInzet.id).scalar_subquery()


def _locked(session: Session, actor: Actor, uid: UUID, moment: RequestTime) -> _Open:
    """Lock the head, then find the extra inzet through the actor's scope, with its last step."""
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    shown = get_extra_inzet(session, actor, uid, moment.vandaag, Purpose.WRITE)
    if shown["afgesloten"]:
        raise AlAfgesloten
    extra = session.scalars(select(ExtraInzet).where(ExtraInzet.uid == uid)).one_or_none()
    if extra is None:
        raise NotFound
    return _Open(extra, _last_step_of(session, extra), actor.medewerker_id, moment)


def _last_step_of(session: Session, extra: ExtraInzet) -> ExtraInzetStap:
    steps = select(ExtraInzetStap).where(ExtraInzetStap.extra_inzet_id == extra.id)
    return session.scalars(steps.order_by(ExtraInzetStap.nummer.desc()).limit(1)).one()


def _add_step(
    session: Session,
    found: _Open,
    soort: Stap,
    *,
    reden: str | None = None,
    feit: tuple[str, UUID] | None = None,
    eigenaar: _Eigenaar | None = None,
) -> None:
    owner = eigenaar or _Eigenaar(found.last.eigenaar_id, found.last.eigenaar_rol)
    session.add(
        ExtraInzetStap(
            organisatie_id=found.extra.organisatie_id,
            extra_inzet_id=found.extra.id,
            nummer=found.last.nummer + 1,
            soort=soort,
            eigenaar_id=owner.medewerker_id,
            eigenaar_rol=owner.rol,
            op=found.moment.nu,
            door=found.door,
            reden=reden,
            feit_soort=feit[0] if feit else None,
            feit_uid=feit[1] if feit else None,
        )
    )
    session.flush()  # it is read back
