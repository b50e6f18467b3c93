"""Record, correct and withdraw any kind of fact, and bring the deadlines that follow from it up to date.

Every write takes the same way: the organisatie is locked with its head, the owner is found through the actor's scope,
the content is checked, a version is inserted, and the rule is asked for the deadlines of the children concerned. What
happens in a plaatsing all day locks its child alone, and takes the head when the rule has spoken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, purpose_of_change
from app.errors import Conflict
from app.models import Begeleiding, Feit, Vgb
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import newest
from app.queries.feiten.kinderen import children_of
from app.queries.feiten.regels import FeitRegel, get_feit, get_written
from app.queries.oordelen.nieuw import NewFact, can_be_new
from app.services.feiten.checks import (
    check_backdating,
    check_same_child,
    check_values,
    check_vervallen,
    check_visible_gezin,
    check_withdrawal,
    read_plaatsing,
    resolve_references,
)
from app.services.feiten.eigen_regels import rules_of
from app.services.feiten.gevolgen import decide_per_child
from app.services.feiten.locks import lock_child
from app.services.feiten.versions import Recording, begin_recording, record_at_head, record_feit, replace_feit
from app.services.termijnen import ask_rule, refresh_termijnen, write_changes

Values = Mapping[str, Any]
#: Compares the version that the client saw with the one that holds; raises when they differ.
VersionCheck = Callable[[FeitRegel], None]
#: Looks at the whole content, and at that of the version before, once the head is locked; raises what refuses it.
Guard = Callable[[Values, Values | None], None]


def any_version(_current: FeitRegel) -> None:
    """Compare with no version: what overwrites nothing is said of whichever one holds."""


class AlIngetrokken(Conflict):
    """The fact was withdrawn, and is not corrected or withdrawn again."""

    code = "ingetrokken"
    detail = "Dit feit is ingetrokken en kan niet meer worden gewijzigd. Leg het zo nodig opnieuw vast."


@dataclass(frozen=True, slots=True)
class RequestTime:
    """When a request is handled: the instant of recording and the civil date of today."""

    nu: datetime
    vandaag: date


def record(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    values: Values,
    moment: RequestTime,
    *,
    of_child: int | None = None,
    guard: Guard | None = None,
) -> FeitRegel:
    """Record a new fact.

    Args:
        session: the transaction; the caller commits.
        actor: who records; the owner in ``values`` was found through the actor's scope.
        soort: which kind.
        values: the content by column; references as uid or as feit_id.
        moment: now and today.
        of_child: feit_id of the child whose plaatsing ``values`` must name.
        guard: what the kind refuses beside.

    Raises:
        BadInput: the content is wrong.
        Conflict: it contradicts what is recorded.
    """
    if of_child is not None and can_be_new(soort.naam):
        return _record_of_child(session, actor, soort, values, moment, of_child)
    feit = insert(session, actor, soort, values, moment, of_child=of_child, guard=guard)
    refresh(session, soort, [feit], moment)
    _follow(session, actor, feit, None, moment)
    return get_written(session, soort, feit.uid)


def insert(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    values: Values,
    moment: RequestTime,
    *,
    of_child: int | None = None,
    guard: Guard | None = None,
) -> Any:
    """Do what ``record`` does, but leave it to the caller to ``refresh``: once, after several facts of one child.

    Raises:
        BadInput: the content is wrong; nothing was written.
        Conflict: it contradicts what is recorded.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    content = _checked(session, actor, soort, values, moment, of_child)
    if guard is not None:
        guard(content, None)
    return record_feit(recording, soort.model, content)


def _record_of_child(
    session: Session, actor: Actor, soort: FeitSoort, values: Values, moment: RequestTime, kind: int
) -> FeitRegel:
    """Record what happens all day, holding up nobody but who records about the same child (``…feiten.locks``)."""
    organisatie_id = actor.organisatie_id
    key = lock_child(session, organisatie_id, kind, soort.model)
    content = _checked(session, actor, soort, values, moment, kind)
    changed = ask_rule(session, organisatie_id, [kind], moment.vandaag, NewFact(soort.naam, key, content))
    who = organisatie_id, moment.nu, actor.medewerker_id
    regel = record_at_head(session, *who, soort, {**content, "id": key})
    write_changes(session, organisatie_id, changed)
    return regel


def _checked(
    session: Session, actor: Actor, soort: FeitSoort, values: Values, moment: RequestTime, of_child: int | None
) -> dict[str, Any]:
    """Return the content of a new fact, with references as feit_id and its author.

    Raises:
        BadInput: it is wrong.
    """
    content = resolve_references(session, actor.organisatie_id, soort, values)
    plaatsing = None if of_child is None else read_plaatsing(session, content["plaatsing_id"], of_child)
    if soort.auteur is not None:
        content[soort.auteur] = actor.medewerker_id
    if soort.uitvoerder is not None and content.get(soort.uitvoerder) is None:
        content[soort.uitvoerder] = actor.medewerker_id
    check_values(session, soort, content, moment.vandaag, plaatsing=plaatsing)
    check_backdating(soort, content, None, moment.vandaag)
    check_vervallen(soort, content, None)
    rules_of(soort).botst(session, content, None)
    return content


def correct(  # noqa: PLR0913 — what changes, and two things that can refuse it
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    changes: Values,
    moment: RequestTime,
    *,
    reden: str,
    check_version: VersionCheck,
    guard: Guard | None = None,
) -> FeitRegel:
    """Record a new version with some columns changed.

    Raises:
        NotFound: not visible to the actor.
        Forbidden: visible, and no more.
        BadInput, Conflict, PreconditionFailed: as they say.
    """
    purpose = purpose_of_change(soort, changes)
    recording, current = lock_version(session, actor, soort, uid, moment, check_version, purpose)
    content = {**voided_approval(actor, soort, changes), **changes}
    if soort.uitvoerder in content and content[soort.uitvoerder] is None:
        content[soort.uitvoerder] = actor.medewerker_id
    content = resolve_references(session, actor.organisatie_id, soort, content)
    if "plaatsing_id" in changes:
        check_same_child(session, content["plaatsing_id"], current)
    if "pleeggezin_id" in changes:
        check_visible_gezin(session, actor, changes["pleeggezin_id"], moment.vandaag)
    before = _content_of(current)
    whole = {**before, **content}
    check_values(session, soort, whole, moment.vandaag)
    check_backdating(soort, whole, before, moment.vandaag)
    check_vervallen(soort, whole, before)
    rules_of(soort).botst(session, whole, current.feit_id)
    if guard is not None:
        guard(whole, before)
    feit = replace_feit(recording, current, content, reden=reden)
    refresh(session, soort, [current, feit], moment)
    _follow(session, actor, feit, current, moment)
    return get_written(session, soort, feit.uid)


def _follow(session: Session, actor: Actor, feit: Feit, before: Any, moment: RequestTime) -> None:
    """Record what follows from a version by itself."""
    acties = decide_per_child(session, actor, feit, before, moment.nu, moment.vandaag) if isinstance(feit, Vgb) else []
    if acties:
        refresh(session, SOORTEN["actie"], acties, moment)


def voided_approval(actor: Actor, soort: FeitSoort, changes: Values) -> dict[str, Any]:
    """Return what a change does to what needs approval: its author is who changed it, and it needs approval anew.

    Of what is theirs who writes it the author is who changed it, too.
    """
    its_own = soort.van_wie_schrijft or (soort.goedkeuring and not changes.keys() & {*soort.goedkeuring})
    if soort.auteur is None or not its_own:
        return {}
    return {soort.auteur: actor.medewerker_id, **dict.fromkeys(soort.goedkeuring)}


def withdraw(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    moment: RequestTime,
    *,
    reden: str,
    check_version: VersionCheck,
) -> FeitRegel:
    """Withdraw a fact: it no longer holds, and every version stays.

    Raises:
        NotFound: not visible to the actor.
        Forbidden: visible, and no more.
        Conflict: other facts rest on it, or it was withdrawn before.
    """
    recording, current = lock_version(session, actor, soort, uid, moment, check_version)
    check_withdrawal(session, soort, current.feit_id)
    feit = replace_feit(recording, current, {}, reden=reden, withdraw=True)
    refresh(session, soort, [current], moment)
    return get_written(session, soort, feit.uid)


def end_begeleiding(session: Session, actor: Actor, begeleiding: Begeleiding, tot: date, moment: RequestTime) -> None:
    """End a begeleiding together with its plaatsing; one that had yet to begin ends on the day it would."""
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    replace_feit(recording, begeleiding, {"tot": max(tot, begeleiding.van)}, reden="plaatsing beëindigd")


def lock_version(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    moment: RequestTime,
    check_version: VersionCheck,
    purpose: Purpose = Purpose.WRITE,
) -> tuple[Recording, Feit]:
    """Lock the head, then find the version that holds: a second writer sees what the first one wrote."""
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    regel = get_feit(session, actor, soort, uid, moment.vandaag, purpose=purpose)
    check_version(regel)
    if regel["ingetrokken"]:
        raise AlIngetrokken
    model = soort.model
    current = session.scalars(select(model).where(model.uid == regel["uid"], newest(model))).one()
    return recording, current


def _content_of(feit: Feit) -> dict[str, Any]:
    return {column.key: getattr(feit, column.key) for column in feit.__table__.columns}


def refresh(session: Session, soort: FeitSoort, versions: list[Any], moment: RequestTime) -> None:
    """Ask the rule for the deadlines of every child that the versions concern."""
    organisatie_id = versions[0].organisatie_id
    refresh_termijnen(session, organisatie_id, children_of(session, soort, versions, moment.vandaag), moment.vandaag)
