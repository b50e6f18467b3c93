"""Report that a begeleider is absent and who covers, and that it ended on another day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.errors import BadInput, Conflict, Fault, fault
from app.invoer.datums import fault_after_last_day
from app.lib.ids import new_uid
from app.models import Afwezigheid, AfwezigheidEinde, Medewerker
from app.models.periode import overlaps
from app.models.teams import team_on
from app.models.versions import holds
from app.queries.organisatie.afwezigheden import get_afwezigheid
from app.schemas.afwezigheid import AfwezigheidEindeIn, AfwezigheidIn
from app.services.beheer.overdrachten import find_giver
from app.services.einde import Einde, end_once
from app.services.feiten.recording import RequestTime, VersionCheck
from app.services.feiten.versions import begin_recording
from app.terms import Rol


class AlAfwezig(Conflict):
    """An absence of theirs runs in those days; with two who cover it is not plain who sees to a child."""

    code = "overlap"
    detail = "Voor deze dagen is al een afwezigheid gemeld. Beëindig die eerst, of kies andere dagen."


class AlBeeindigd(Conflict):
    """The absence was ended before."""

    code = "al_beeindigd"
    detail = "Deze afwezigheid is al beëindigd."


_EINDE = Einde(AfwezigheidEinde, Afwezigheid, "afwezigheid_id", "beeindigd_op", AlBeeindigd)


def report_afwezigheid(
    session: Session, actor: Actor, medewerker: UUID, body: AfwezigheidIn, moment: RequestTime
) -> Mapping[str, Any]:
    """Report that somebody is absent, and let another cover: see and record as they do, for those days.

    Raises:
        NotFound: there is no such medewerker.
        Forbidden: a teamleider, about somebody of another team.
        BadInput: who covers cannot, or the days are none.
        AlAfwezig: an absence of theirs runs in those days.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    weg = find_giver(session, actor, medewerker, moment.vandaag)
    vervanger = _find_vervanger(session, actor, body.vervanger_id, weg, moment)
    faults = [*_day_faults(body, moment), *([vervanger] if isinstance(vervanger, Fault) else [])]
    if faults:
        raise BadInput(*faults)
    _refuse_overlap(session, weg, body)
    made = Afwezigheid(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        medewerker_id=weg,
        vervanger_id=vervanger,
        van=body.van,
        tot=body.tot,
        vastgelegd_op=moment.nu,  # on the clock of the access log, which is held beside it
        vastgelegd_door=actor.medewerker_id,
    )
    session.add(made)
    session.flush()  # read back as it is shown
    return get_afwezigheid(session, actor, made.uid)


def end_afwezigheid(
    session: Session,
    actor: Actor,
    uid: UUID,
    body: AfwezigheidEindeIn,
    moment: RequestTime,
    *,
    check_version: VersionCheck,
) -> Mapping[str, Any]:
    """Let an absence end on another day than was said; from then on nobody covers.

    Raises:
        NotFound, PreconditionFailed, AlBeeindigd: as they say.
        Forbidden: a teamleider, about somebody of another team.
        BadInput: the day has been, or lies after the end that was said.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)

    def read() -> Mapping[str, Any]:
        found = get_afwezigheid(session, actor, uid)
        find_giver(session, actor, found["medewerker_id"], moment.vandaag)
        return found

    return end_once(
        session, actor, _EINDE, {"tot": body.tot, "reden": body.reden}, moment,
        read=read, check_version=check_version, guard=lambda current: _refuse_end(current["tot"], body.tot, moment),
    )  # fmt: skip


def _refuse_end(said: date | None, tot: date, moment: RequestTime) -> None:
    """Refuse an end in the past: who saw a file because they covered did so with reason."""
    if tot < moment.vandaag or (said is not None and tot >= said):
        raise BadInput(
            fault("tot", "ongeldige_waarde", "Kies vandaag of later, en een dag voor het einde dat er staat.")
        )


def _find_vervanger(session: Session, actor: Actor, uid: UUID, weg: int, moment: RequestTime) -> int | Fault:
    """Return the key of who covers: another begeleider who works here, for a teamleider of the own team."""
    wanted = select(Medewerker.feit_id, Medewerker.rol, team_on(Medewerker.feit_id, moment.vandaag)).where(
        Medewerker.organisatie_id == actor.organisatie_id, Medewerker.uid == uid, holds(Medewerker)
    )
    found = session.execute(wanted).one_or_none()
    if found is None or found[0] == weg or found[1] != Rol.PLEEGZORGBEGELEIDER:
        wrong = "Er is geen andere pleegzorgbegeleider met deze id die hier werkt."
        return fault("vervanger_id", "onbekende_verwijzing", wrong)
    if scope_of(actor) is not Scope.ORGANISATIE and found[2] != actor.team_id:
        return fault("vervanger_id", "ongeldige_waarde", "Deze medewerker hoort niet bij uw team.")
    key: int = found[0]
    return key


def _day_faults(body: AfwezigheidIn, moment: RequestTime) -> list[Fault]:
    bezwaar = fault_after_last_day("van", body.van, moment.vandaag)
    faults = [] if bezwaar is None else [fault("van", bezwaar.code, bezwaar.zin)]
    if body.tot is not None and body.tot <= max(body.van, moment.vandaag):
        faults.append(fault("tot", "ongeldige_waarde", "Kies een dag na vandaag en na de eerste dag."))
    return faults


def _refuse_overlap(session: Session, weg: int, body: AfwezigheidIn) -> None:
    tot = func.coalesce(AfwezigheidEinde.tot, Afwezigheid.tot)
    found = (
        select(Afwezigheid.id)
        .outerjoin(AfwezigheidEinde, AfwezigheidEinde.afwezigheid_id == Afwezigheid.id)
        .where(Afwezigheid.medewerker_id == weg, overlaps(Afwezigheid.van, tot, body.van, body.tot))
    )
    if session.execute(found.limit(1)).first():
        raise AlAfwezig
