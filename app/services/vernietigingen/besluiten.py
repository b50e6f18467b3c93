"""Decide about destroying a file: propose it, approve or object, and hold it. Nothing here destroys anything.

What two people approved is carried out by ``app.services.vernietigingen.uitvoeren``, as the owner of the tables.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, literal, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inzagerecht import ZELF_VANAF
from app.errors import BadInput, Conflict, Fault, fault
from app.invoer.datums import fault_after_last_day
from app.lib.ids import new_uid
from app.models import Bewaarblokkade, BewaarblokkadeOpheffing, Pleegkind, Vernietiging, VernietigingOordeel
from app.models.versions import newest
from app.norms.bewaartermijnen import answer_due
from app.norms.calendar import age_on
from app.queries.samenvoegingen import leads_to
from app.queries.vernietigingen.bewaarduur import Bewaarduur, iterate_due, read_bewaarduur
from app.queries.vernietigingen.lijst import get_bewaarblokkade, get_vernietiging, is_done, is_held, is_open, stand
from app.schemas.vernietiging import BewaarblokkadeIn, OordeelIn, VernietigingIn
from app.services.einde import Einde, end_once
from app.services.feiten.checks import fault_of
from app.services.feiten.recording import RequestTime, VersionCheck
from app.services.feiten.versions import begin_recording
from app.terms import Vernietigingsgrond, Vernietigingsoordeel, Vernietigingsstand, Vernietigingsstap, Verzoeker


class ZorgLoopt(Conflict):
    """A plaatsing of the child runs, and a file in use is kept."""

    code = "zorg_loopt"
    detail = "Dit kind heeft een plaatsing die loopt. Zolang de zorg duurt wordt het dossier bewaard."


class AlVoorgesteld(Conflict):
    """The file is proposed already."""

    code = "al_voorgesteld"
    detail = "Dit dossier is al voorgesteld voor vernietiging."


class Geblokkeerd(Conflict):
    """A legal hold rests on the file, and comes first."""

    code = "bewaarblokkade"
    detail = "Op dit dossier rust een bewaarblokkade. Hef die eerst op."


class AlGeoordeeld(Conflict):
    """The same person approved it before; the second approval is for another."""

    code = "vier_ogen"
    detail = "U heeft dit voorstel al goedgekeurd. Een ander moet dat ook doen."


class VoorstelAfgelopen(Conflict):
    """The proposal was rejected, taken back or carried out, and is not judged again."""

    code = "voorstel_afgelopen"
    detail = "Over dit voorstel is al beslist. Doe zo nodig een nieuw voorstel."


class NogNietGoedgekeurd(Conflict):
    """Nobody approved the proposal, so there is nothing to take back: who wants to stop it rejects it."""

    code = "nog_niet_goedgekeurd"
    detail = "Dit voorstel is nog niet door twee mensen goedgekeurd. Wijs het af als het niet door moet gaan."


class AlOpgeheven(Conflict):
    """The hold was lifted before."""

    code = "al_opgeheven"
    detail = "Deze bewaarblokkade is al opgeheven."


_OPHEFFING = Einde(BewaarblokkadeOpheffing, Bewaarblokkade, "blokkade_id", "opgeheven_op", AlOpgeheven)


def propose_due(session: Session, organisatie_id: int, nu: datetime, vandaag: date) -> int:
    """Propose every file that was kept long enough, and return how many; the caller commits."""
    found = list(iterate_due(session, organisatie_id, vandaag))
    if not found:
        return 0
    at = begin_recording(session, organisatie_id, nu, None).at
    for duur in found:
        session.add(_proposal(organisatie_id, duur, at, grond=Vernietigingsgrond.BEWAARTERMIJN))
    session.flush()
    return len(found)


def propose_on_request(session: Session, actor: Actor, body: VernietigingIn, moment: RequestTime) -> Mapping[str, Any]:
    """Propose to destroy a file because who has the right to it asks, and return the proposal.

    Raises:
        BadInput: there is no such child, the day lies ahead, or the child is too young to ask itself.
        ZorgLoopt, Geblokkeerd, AlVoorgesteld: as they say.
    """
    at = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id).at  # one after the other
    kind = _child(session, actor, body.pleegkind_id)
    if faults := list(_faults(kind, body, moment.vandaag)):
        raise BadInput(*faults)
    duur = read_bewaarduur(session, kind.feit_id, moment.vandaag)
    if duur.loopt:
        raise ZorgLoopt
    if session.scalar(select(is_held(kind.feit_id))):
        raise Geblokkeerd
    if session.scalar(select(Vernietiging.id).where(Vernietiging.pleegkind_id == kind.feit_id, is_open()).limit(1)):
        raise AlVoorgesteld
    proposal = _proposal(actor.organisatie_id, duur, at, grond=Vernietigingsgrond.VERZOEK)
    proposal.verzoeker, proposal.ontvangen_op, proposal.toelichting = (
        body.verzoeker,
        body.ontvangen_op,
        body.toelichting,
    )
    proposal.antwoord_uiterlijk, proposal.voorgesteld_door = answer_due(body.ontvangen_op), actor.medewerker_id
    session.add(proposal)
    session.flush()  # read back as it is shown
    return get_vernietiging(session, actor, proposal.uid)


def judge_vernietiging(
    session: Session, actor: Actor, uid: UUID, body: OordeelIn, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """Record what one person says of a proposal, and return it.

    Raises:
        BadInput: an objection without a reason.
        NotFound, PreconditionFailed, VoorstelAfgelopen, AlGeoordeeld, NogNietGoedgekeurd, Geblokkeerd: as they say.
    """
    # The moments of what was said and done follow each other as they were committed, whatever a clock says.
    at = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id).at
    current = get_vernietiging(session, actor, uid)
    check_version(current)
    _refuse(current, body)
    voorstel = session.scalars(select(Vernietiging).where(Vernietiging.uid == uid)).one()
    _refuse_twice(session, actor, voorstel.id, body.oordeel)
    approves = body.oordeel is Vernietigingsoordeel.GOEDGEKEURD
    if approves and read_bewaarduur(session, voorstel.pleegkind_id, moment.vandaag).loopt:
        raise ZorgLoopt
    session.add(
        VernietigingOordeel(
            organisatie_id=actor.organisatie_id,
            vernietiging_id=voorstel.id,
            oordeel=body.oordeel,
            toelichting=body.toelichting,
            op=at,
            door=actor.medewerker_id,
        )
    )
    session.flush()  # read back as it is shown
    return get_vernietiging(session, actor, uid)


def _refuse_twice(session: Session, actor: Actor, key: int, oordeel: Vernietigingsoordeel) -> None:
    mine = select(VernietigingOordeel.id).where(
        VernietigingOordeel.vernietiging_id == key,
        VernietigingOordeel.oordeel == oordeel,
        VernietigingOordeel.door == actor.medewerker_id,
    )
    if session.scalar(mine) is not None:
        raise AlGeoordeeld


def _refuse(current: Mapping[str, Any], body: OordeelIn) -> None:
    stand = Vernietigingsstand(current["stand"])
    if body.oordeel is Vernietigingsoordeel.GOEDGEKEURD:
        if stand is not Vernietigingsstand.VOORGESTELD:
            raise VoorstelAfgelopen
        if current["geblokkeerd"]:
            raise Geblokkeerd
        return
    if not body.toelichting:
        raise BadInput(fault("toelichting", "verplicht", "Zeg waarom dit dossier niet vernietigd moet worden."))
    if body.oordeel is Vernietigingsoordeel.AFGEWEZEN and stand is not Vernietigingsstand.VOORGESTELD:
        raise VoorstelAfgelopen
    if body.oordeel is Vernietigingsoordeel.INGETROKKEN:
        if stand is Vernietigingsstand.VOORGESTELD:
            raise NogNietGoedgekeurd
        if stand not in (Vernietigingsstand.GOEDGEKEURD, Vernietigingsstand.VERZEGELD):
            raise VoorstelAfgelopen


def hold_dossier(session: Session, actor: Actor, body: BewaarblokkadeIn, moment: RequestTime) -> Mapping[str, Any]:
    """Keep a file from being destroyed, and return the hold.

    Raises:
        BadInput: there is no such child.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)  # before or after it is locked away
    kind = _locked_away(session, actor, body.pleegkind_id) or _child(session, actor, body.pleegkind_id).feit_id
    hold = Bewaarblokkade(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        pleegkind_id=kind,
        reden=body.reden,
        gesteld_op=moment.nu,
        gesteld_door=actor.medewerker_id,
    )
    session.add(hold)
    session.flush()  # read back as it is shown
    return get_bewaarblokkade(session, actor, hold.uid)


def lift_bewaarblokkade(
    session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """End a hold, and return it.

    Raises:
        NotFound, PreconditionFailed, AlOpgeheven: as they say.
    """
    begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)  # one after the other

    def read() -> Mapping[str, Any]:
        return get_bewaarblokkade(session, actor, uid)

    return end_once(session, actor, _OPHEFFING, {"reden": reden}, moment, read=read, check_version=check_version)


def _locked_away(session: Session, actor: Actor, uid: UUID) -> int | None:
    """Return the key of a child whose file is locked away and not yet destroyed: it can still be held."""
    locked = select(Vernietiging.pleegkind_id).where(
        Vernietiging.organisatie_id == actor.organisatie_id,
        Vernietiging.pleegkind_uid == uid,
        stand().in_([Vernietigingsstand.VERZEGELD.value, Vernietigingsstand.INGETROKKEN.value]),
        is_done(Vernietigingsstap.VERZEGELD),
    )
    return session.scalars(locked).first()


def _child(session: Session, actor: Actor, uid: UUID) -> Pleegkind:
    """Return a child of the organisatie, a withdrawn one too: who decides about keeping sees all of them."""
    stays = leads_to(literal(uid, Uuid))
    own = (Pleegkind.organisatie_id == actor.organisatie_id, Pleegkind.uid == stays, newest(Pleegkind))
    kind = session.scalars(select(Pleegkind).where(*own)).one_or_none()
    if kind is None:
        raise BadInput(fault("pleegkind_id", "onbekende_verwijzing", "Dit kind bestaat niet."))
    return kind


def _faults(kind: Pleegkind, body: VernietigingIn, vandaag: date) -> list[Fault]:
    faults = []
    bezwaar = fault_after_last_day("ontvangen_op", body.ontvangen_op, vandaag)
    if bezwaar is not None:
        faults.append(fault_of(bezwaar))
    elif body.verzoeker is Verzoeker.KIND and age_on(kind.geboortedatum, body.ontvangen_op) < ZELF_VANAF:
        faults.append(
            fault(
                "verzoeker",
                "kind_te_jong",
                f"Een kind jonger dan {ZELF_VANAF} jaar vraagt dit niet zelf: dan vraagt wie het gezag heeft.",
            )
        )
    return faults


def _proposal(organisatie_id: int, duur: Bewaarduur, nu: datetime, *, grond: Vernietigingsgrond) -> Vernietiging:
    return Vernietiging(
        uid=new_uid(),
        organisatie_id=organisatie_id,
        pleegkind_id=duur.pleegkind_id,
        pleegkind_uid=duur.uid,
        pleegkind_nummer=duur.nummer,
        grond=grond,
        einde_zorg=duur.einde_zorg or duur.laatste_wijziging,  # a child that was never placed
        laatste_wijziging=duur.laatste_wijziging,
        voorgesteld_op=nu,
    )
