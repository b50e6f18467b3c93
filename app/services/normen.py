"""Tighten a norm for one organisatie, from a day on; never loosen one."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import BadInput, Conflict, Fault
from app.ids import new_uid
from app.models import EigenNorm
from app.norms.catalogue import LANDELIJK, NormVersie, loosening
from app.norms.grenzen import out_of_bounds
from app.queries.kinderen import list_kinderen
from app.queries.normen import own_version
from app.schemas.norm import NormIn
from app.services.checks import fault
from app.services.feiten import Moment
from app.services.recording import begin_recording
from app.services.termijnen import rebuild_termijnen


class NormOverlapt(Conflict):
    """The organisatie has a version of this norm that holds in the same period."""

    code = "overlap"
    detail = "Uw organisatie heeft al een eigen versie van deze norm die in deze periode geldt."


def tighten_norm(session: Session, actor: Actor, body: NormIn, moment: Moment) -> EigenNorm:
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
    norm = EigenNorm(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        versie=(session.execute(last).scalar_one() or 1) + 1,
        vastgelegd_op=recording.at,
        vastgelegd_door=actor.medewerker_id,
        **values,
    )
    session.add(norm)
    session.flush()  # the rebuilding reads it
    if list_kinderen(session, actor.organisatie_id):
        rebuild_termijnen(session, actor.organisatie_id, moment.vandaag)
    return norm


def _values(body: NormIn, vandaag: date) -> dict[str, Any]:
    """Return the version's content, refused when it loosens the norm."""
    basis = next(norm for norm in LANDELIJK if norm.code == body.code)
    faults = []
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
        faults += _parameter_faults(basis, own_version(versie=2, **values))
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
    own = select(EigenNorm.geldig_van, EigenNorm.geldig_tot).where(
        EigenNorm.organisatie_id == organisatie_id, EigenNorm.code == body.code
    )
    for van, tot in session.execute(own):
        if (tot is None or body.geldig_van < tot) and (body.geldig_tot is None or van < body.geldig_tot):
            raise NormOverlapt
