"""Tighten a norm for one organisatie, from a day on; never loosen one. And take that back, or end it, from a day on."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict, Fault, fault
from app.lib.ids import new_uid
from app.models import EigenNorm, NormBeeindiging
from app.norms.versies.catalogue import LANDELIJK, NormVersie, loosening, national_during
from app.norms.versies.grenzen import out_of_bounds
from app.queries.feiten.kinderen import list_kinderen
from app.queries.normen import EigenNormRegel, get_eigen_norm, list_eigen_normen, own_version
from app.schemas.norm import NormBeeindigingIn, NormIn
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import Recording, begin_recording
from app.services.termijnen import rebuild_termijnen


class NormOverlapt(Conflict):
    """The organisatie has a version of this norm that holds in the same period."""

    code = "overlap"
    detail = "Uw organisatie heeft al een eigen versie van deze norm die in deze periode geldt."


class NormIngetrokken(Conflict):
    """It was withdrawn before, so there is nothing left to end."""

    code = "norm_ingetrokken"
    detail = "Deze eigen norm is al ingetrokken."


class NormGeldtAl(Conflict):
    """What was judged by it stays; so it can end, and not be as if it never held."""

    code = "norm_geldt_al"
    detail = "Deze eigen norm geldt al, of gold al. Beëindig haar vanaf vandaag of een latere dag."


class NormEindigtAl(Conflict):
    """It ends before that day: who wants it to hold longer records a version from its end on."""

    code = "norm_eindigt_al"
    detail = "Deze eigen norm eindigt al op die dag of eerder."


def tighten_norm(session: Session, actor: Actor, body: NormIn, moment: RequestTime) -> EigenNormRegel:
    """Record an organisatie's own version of a norm, and bring every stored deadline up to date.

    Args:
        session: the transaction; the caller commits.
        actor: a beheerder.
        body: the version; parameters that are left out stay as they are nationally.
        moment: now and today.

    Raises:
        BadInput: the version would loosen the norm, or does not know a parameter, or would begin in the past.
        NormOverlapt: another own version holds then.
    """
    values = _values(body, moment.vandaag)
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    _refuse_overlap(session, actor.organisatie_id, body)
    last = select(func.max(EigenNorm.versie)).where(
        EigenNorm.organisatie_id == actor.organisatie_id, EigenNorm.code == body.code
    )
    uid = new_uid()
    norm = EigenNorm(
        uid=uid,
        organisatie_id=actor.organisatie_id,
        versie=(session.execute(last).scalar_one() or 1) + 1,
        vastgelegd_op=recording.at,
        vastgelegd_door=actor.medewerker_id,
        **values,
    )
    session.add(norm)
    return _judge_anew(session, actor, uid, moment)


def preview_norm(session: Session, actor: Actor, body: NormIn, moment: RequestTime) -> NormVersie:
    """Return the version that ``tighten_norm`` would record, and record nothing.

    Raises:
        BadInput, NormOverlapt: as ``tighten_norm``.
    """
    values = _values(body, moment.vandaag)
    _refuse_overlap(session, actor.organisatie_id, body)
    return own_version(versie=2, **values)


def withdraw_norm(session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime) -> EigenNormRegel:
    """Let an own version never hold; only before its first day.

    Raises:
        NotFound: not of this organisatie.
        NormIngetrokken: it is withdrawn already.
        NormGeldtAl: its first day has come.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    norm = _find(session, actor, uid)
    if norm.geldig_van <= moment.vandaag:
        raise NormGeldtAl
    _add_end(recording, norm, norm.geldig_van, reden)
    return _judge_anew(session, actor, uid, moment)


def end_norm(session: Session, actor: Actor, uid: UUID, body: NormBeeindigingIn, moment: RequestTime) -> EigenNormRegel:
    """Let an own version hold no more from a day on; the national one takes its place.

    Raises:
        NotFound: not of this organisatie.
        BadInput: the day is in the past, or is not after the version's first day.
        NormIngetrokken: it is withdrawn already.
        NormEindigtAl: it ends on that day or before.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    norm = _find(session, actor, uid)
    if body.vanaf < moment.vandaag:
        # As a beginning: what was judged by it before today stays so.
        raise BadInput(fault("vanaf", "ongeldige_waarde", "Een eigen norm eindigt vandaag of later."))
    if body.vanaf <= norm.geldig_van:
        detail = "Deze dag ligt niet na de eerste dag van de norm. Trek de norm in als zij nooit moet gelden."
        raise BadInput(fault("vanaf", "ongeldige_waarde", detail))
    if norm.geldig_tot is not None and norm.geldig_tot <= body.vanaf:
        raise NormEindigtAl
    _add_end(recording, norm, body.vanaf, body.reden)
    return _judge_anew(session, actor, uid, moment)


def _find(session: Session, actor: Actor, uid: UUID) -> EigenNormRegel:
    norm = get_eigen_norm(session, actor.organisatie_id, uid)
    if norm.ingetrokken:
        raise NormIngetrokken
    return norm


def _add_end(recording: Recording, norm: EigenNormRegel, vanaf: date, reden: str) -> None:
    recording.session.add(
        NormBeeindiging(
            organisatie_id=recording.organisatie_id,
            eigen_norm_id=norm.sleutel,
            vanaf=vanaf,
            reden=reden,
            vastgelegd_op=recording.at,
            vastgelegd_door=recording.door,
        )
    )


def _judge_anew(session: Session, actor: Actor, uid: UUID, moment: RequestTime) -> EigenNormRegel:
    """Bring every stored deadline up to date with the norms of this transaction, and return the one that changed."""
    session.flush()  # the rebuilding reads it
    if list_kinderen(session, actor.organisatie_id):
        rebuild_termijnen(session, actor.organisatie_id, moment.vandaag)
    return get_eigen_norm(session, actor.organisatie_id, uid)


def _values(body: NormIn, vandaag: date) -> dict[str, Any]:
    """Return the version's content, refused when it loosens the norm."""
    landelijk = national_during(body.code, body.geldig_van, body.geldig_tot)
    faults = []
    if not landelijk or landelijk[0].geldig_van > body.geldig_van:
        detail = "Op deze dag is er nog geen landelijke norm om strenger te maken."
        faults.append(fault("geldig_van", "ongeldige_waarde", detail))
    basis = (landelijk or [norm for norm in LANDELIJK if norm.code == body.code])[-1]
    given = {name: getattr(body.parameters, name) for name in body.parameters.model_fields_set}
    unknown = given.keys() - basis.parameters.keys()
    if unknown:
        faults.append(fault("parameters", "ongeldige_waarde", "Deze norm heeft zo'n parameter niet."))
    if body.geldig_van < vandaag:
        # An old quarter is judged by the norms of its own days; nobody changes those afterwards.
        faults.append(fault("geldig_van", "ongeldige_waarde", "Een eigen norm gaat vandaag of later in."))
    if body.geldig_tot is not None and body.geldig_tot <= body.geldig_van:
        faults.append(fault("geldig_tot", "ongeldige_waarde", "De laatste dag ligt niet na de eerste."))
    values: dict[str, Any] = {
        "code": body.code,
        "geldig_van": body.geldig_van,
        "geldig_tot": body.geldig_tot,
        "zwaarte": body.zwaarte,
        "waarschuwing_dagen": body.waarschuwing_dagen,
        "parameters": {**basis.parameters, **given},
        "toelichting": body.toelichting,
    }
    if not unknown:
        eigen = own_version(versie=2, **values)
        faults += next((found for one in landelijk if (found := _parameter_faults(one, eigen))), [])
    if faults:
        raise BadInput(*faults)
    return values


def _parameter_faults(basis: NormVersie, eigen: NormVersie) -> list[Fault]:
    """Return what no norm can have; or, when all of it can be, what would loosen the national one."""
    outside = [fault(f"parameters.{naam}", "ongeldige_waarde", detail) for naam, detail in out_of_bounds(basis, eigen)]
    if outside:
        return outside
    looser = loosening(basis, eigen)
    return [fault("parameters", "versoepeling", f"Dit is soepeler dan de landelijke norm: {looser}.")] if looser else []


def _refuse_overlap(session: Session, organisatie_id: int, body: NormIn) -> None:
    own = list_eigen_normen(session, organisatie_id, body.code)
    if any(norm.overlaps(body.geldig_van, body.geldig_tot) for norm in own):
        raise NormOverlapt
