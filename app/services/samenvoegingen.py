"""Make one file of two of the same child: proposed by one, approved by another, undone within 30 days (ADR 0022).

Every fact of the other file gets a version that says that it is of the child that stays, known from then on: what hangs
on a plaatsing or a signaal goes along by itself, ids and nummers stay, and earlier answers are what they were. The
child of the other file is withdrawn; its id and nummer lead to the file that stays (``app.queries.samenvoegingen``).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose
from app.errors import BadInput, Conflict, Forbidden, NotFound, fault
from app.lib.ids import new_uid
from app.models import Plaatsing, Pleegkind, Samenvoeging, SamenvoegingStap, Vernietiging
from app.models.base import content_columns
from app.models.soorten import SOORTEN, Eigenaar
from app.models.versions import holds, newest
from app.norms.samenvoeging import TERMIJN
from app.queries.extra_inzetten import has_open_extra_inzet
from app.queries.feiten.kinderen import list_kinderen_of_gezinnen
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.samenvoegingen import get_samenvoeging, is_proposed, list_merged_into
from app.queries.vernietigingen.lijst import is_held, is_open
from app.schemas.samenvoeging import DossierSamenvoegingIn
from app.services.feiten.recording import RequestTime, VersionCheck
from app.services.feiten.verblijf import PlaatsingOverlapt, check_plaatsing
from app.services.feiten.versions import Recording, begin_recording, replace_feit
from app.services.termijnen import refresh_termijnen
from app.terms import Samenvoegingsstand, Samenvoegingsstap


class ZelfdeDossier(Conflict):
    """Both are the same file already."""

    code = "zelfde_kind"
    detail = "Dit is al hetzelfde dossier."


class AnderKind(Conflict):
    """The files name another date of birth or another BSN: they may be of two children."""

    code = "ander_kind"
    detail = "Deze dossiers noemen een andere geboortedatum of een ander BSN. Verbeter dat eerst als het een kind is."


class DossierVast(Conflict):
    """A hold, a proposal, an extra inzet or an earlier merge needs one of the files as it is."""

    code = "dossier_vast"
    detail = (
        "Op een van deze dossiers rust een bewaarblokkade, een voorstel tot vernietiging, een open extra inzet of een "
        "eerdere samenvoeging. Rond dat eerst af."
    )


class PlaatsingenOverlappen(Conflict):
    """The files have voltijd or crisis plaatsingen in the same days: a child has one at a time."""

    code = "overlap"
    detail = (
        "Beide dossiers hebben in dezelfde dagen een voltijd- of crisisplaatsing. Trek de dubbele plaatsing eerst in."
    )


class VoorstelWacht(Conflict):
    """One proposal about two files is decided before there is another."""

    code = "al_voorgesteld"
    detail = "Er wacht al een voorstel om van deze twee dossiers een te maken. Laat een ander daarover beslissen."


class EigenVoorstel(Conflict):
    """The actor proposed it; approving is for another."""

    code = "vier_ogen"
    detail = "U heeft deze samenvoeging zelf voorgesteld. Laat een ander haar goedkeuren."


class AlBeslist(Conflict):
    """It was approved or undone before."""

    code = "al_beslist"
    detail = "Over deze samenvoeging is al beslist. Doe zo nodig een nieuw voorstel."


class NogNietSamengevoegd(Conflict):
    """It was not approved, so there is nothing to undo."""

    code = "nog_niet_goedgekeurd"
    detail = "Deze samenvoeging is niet goedgekeurd; er valt niets te herstellen."


class TermijnVoorbij(Conflict):
    """It was proposed or done so long ago that others may have built on it."""

    code = "termijn_voorbij"
    detail = f"Dit kan tot {TERMIJN.days} dagen na het voorstel of de goedkeuring. Doe zo nodig een nieuw voorstel."


def propose_samenvoeging(
    session: Session, actor: Actor, uid: UUID, body: DossierSamenvoegingIn, moment: RequestTime
) -> Mapping[str, Any]:
    """Propose that the file of another child goes up in that of a child, and return the proposal.

    Raises:
        NotFound, Forbidden: the file that stays is not the actor's to see, or to change.
        BadInput: there is no such other child for the actor.
        Conflict: they cannot become one as they are.
    """
    at = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id).at
    blijft = get_pleegkind_key(session, actor, uid, moment.vandaag, Purpose.WRITE)
    try:
        ander = get_pleegkind_key(session, actor, body.ander_kind_id, moment.vandaag, Purpose.WRITE)
    except NotFound:
        raise BadInput(fault("ander_kind_id", "onbekende_verwijzing", "Er is geen kind met deze id.")) from None
    een, twee = _kind(session, blijft), _kind(session, ander)
    _refuse(session, een, twee)
    if is_proposed(session, blijft, ander, moment.nu):
        raise VoorstelWacht
    proposal = Samenvoeging(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        pleegkind_id=blijft,
        pleegkind_uid=een.uid,
        ander_id=ander,
        ander_uid=twee.uid,
        ander_nummer=twee.nummer,
        reden=body.reden,
        voorgesteld_op=at,
        voorgesteld_door=actor.medewerker_id,
    )
    session.add(proposal)
    session.flush()  # read back as it is shown
    return get_samenvoeging(session, actor, proposal.uid, moment.vandaag)


def approve_samenvoeging(
    session: Session, actor: Actor, uid: UUID, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """Make one file of two, and return the proposal as it stands then.

    Raises:
        NotFound, Forbidden: one of the files is not the actor's to see, or to change.
        PreconditionFailed, Conflict: as they say.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = get_samenvoeging(session, actor, uid, moment.vandaag, Purpose.WRITE)
    check_version(current)
    if current["stand"] != Samenvoegingsstand.VOORGESTELD:
        raise AlBeslist
    if current["voorgesteld_door"] == actor.medewerker_uid:
        raise EigenVoorstel
    if current["voorgesteld_op"] + TERMIJN < moment.nu:
        raise TermijnVoorbij
    blijft, ander = (_key(session, actor, current[name], moment) for name in ("pleegkind_id", "ander_kind_id"))
    twee = _kind(session, ander)
    _refuse(session, _kind(session, blijft), twee)
    _take_step(recording, current["_id"], Samenvoegingsstap.GOEDGEKEURD)
    reden = f"samengevoegd: {current['reden']}"
    families = _move_all(recording, list(_facts_of(session, ander)), blijft, reden)
    replace_feit(recording, twee, {}, reden=reden, withdraw=True)
    _refresh(recording, {blijft, ander}, families, moment)
    return get_samenvoeging(session, actor, uid, moment.vandaag)


def undo_samenvoeging(
    session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """Make two files of one again: what came from the other file goes back to it, as it reads now.

    Raises:
        NotFound, Forbidden, PreconditionFailed: as they say.
        Conflict: it was not done, was undone, or was done more than 30 days ago.
    """
    recording = begin_recording(session, actor.organisatie_id, moment.nu, actor.medewerker_id)
    current = get_samenvoeging(session, actor, uid, moment.vandaag, Purpose.WRITE)
    check_version(current)
    if current["stand"] == Samenvoegingsstand.VOORGESTELD:
        raise NogNietSamengevoegd
    if current["stand"] == Samenvoegingsstand.HERSTELD:
        raise AlBeslist
    if current["herstelbaar_tot"] < moment.nu:
        raise TermijnVoorbij
    blijft, ander = session.execute(
        select(Samenvoeging.pleegkind_id, Samenvoeging.ander_id).where(Samenvoeging.uid == uid)
    ).one()
    waarom = f"samenvoeging hersteld: {reden}"
    back = list(_facts_moved(session, blijft, current["goedgekeurd_op"]))
    twee = _kind(session, ander)
    _refuse_taken_bsn(session, twee)
    _take_step(recording, current["_id"], Samenvoegingsstap.HERSTELD, reden)
    replace_feit(recording, twee, {}, reden=waarom)
    families = _move_all(recording, back, ander, waarom)
    _refresh(recording, {blijft, ander}, families, moment)
    return get_samenvoeging(session, actor, uid, moment.vandaag)


def _key(session: Session, actor: Actor, uid: UUID, moment: RequestTime) -> int:
    """Return the key of a child of a proposal; who may not change both files approves nothing."""
    try:
        return get_pleegkind_key(session, actor, uid, moment.vandaag, Purpose.WRITE)
    except NotFound:
        raise Forbidden from None


def _kind(session: Session, key: int) -> Pleegkind:
    return session.scalars(select(Pleegkind).where(Pleegkind.feit_id == key, newest(Pleegkind))).one()


def _refuse(session: Session, blijft: Pleegkind, ander: Pleegkind) -> None:
    """Refuse what cannot be one file as it is."""
    if blijft.feit_id == ander.feit_id:
        raise ZelfdeDossier
    bsns = {kind.bsn_index for kind in (blijft, ander)} - {None}
    if blijft.geboortedatum != ander.geboortedatum or len(bsns) > 1:
        raise AnderKind
    keys = (blijft.feit_id, ander.feit_id)
    proposed = select(Vernietiging.id).where(Vernietiging.pleegkind_id.in_(keys), is_open())
    if (
        session.scalar(select(is_held(ander.feit_id)))
        or session.scalar(proposed.limit(1)) is not None
        or has_open_extra_inzet(session, ander.feit_id)
        or list_merged_into(session, ander.feit_id)
    ):
        raise DossierVast
    for feit in _facts_of(session, ander.feit_id):
        if isinstance(feit, Plaatsing):
            _refuse_overlap(session, feit, blijft.feit_id)


def _refuse_overlap(session: Session, plaatsing: Plaatsing, kind: int) -> None:
    content = {name: getattr(plaatsing, name) for name in content_columns(Plaatsing)}
    try:
        check_plaatsing(session, {**content, "pleegkind_id": kind}, plaatsing.feit_id)
    except PlaatsingOverlapt:
        raise PlaatsingenOverlappen from None


def _refuse_taken_bsn(session: Session, kind: Pleegkind) -> None:
    """Refuse to give a child back a BSN that another one has by now."""
    if kind.bsn_index is None:
        return
    same = (Pleegkind.organisatie_id == kind.organisatie_id, Pleegkind.bsn_index == kind.bsn_index, holds(Pleegkind))
    if session.scalar(select(Pleegkind.id).where(*same).limit(1)) is not None:
        raise AnderKind


def _facts_of(session: Session, kind: int) -> Iterator[Any]:
    """Give what holds and hangs on a child itself; what hangs on that goes along with it."""
    for soort in SOORTEN.values():
        if soort.eigenaar is Eigenaar.PLEEGKIND:
            model: Any = soort.model
            yield from session.scalars(
                select(model).where(model.pleegkind_id == kind, holds(model)).order_by(model.feit_id)
            ).all()


def _facts_moved(session: Session, kind: int, at: datetime) -> Iterator[Any]:
    """Give what holds of a child and came to it by what was recorded at a moment, corrected since or not."""
    for feit in _facts_of(session, kind):
        model: Any = type(feit)
        then, before = aliased(model), aliased(model)
        came = select(then.id).where(
            then.eerste_id == (feit.eerste_id or feit.id),
            then.vastgelegd_op == at,
            exists(before.id).where(before.id == then.vervangt_id, before.pleegkind_id != then.pleegkind_id),
        )
        if session.scalar(came) is not None:
            yield feit


def _move_all(recording: Recording, facts: list[Any], kind: int, reden: str) -> set[int]:
    """Record of each fact that it is of a child, and return the families of the plaatsingen among them."""
    for feit in facts:
        replace_feit(recording, feit, {"pleegkind_id": kind}, reden=reden)
    return {feit.pleeggezin_id for feit in facts if isinstance(feit, Plaatsing)}


def _take_step(recording: Recording, key: int, stap: Samenvoegingsstap, reden: str | None = None) -> None:
    recording.session.add(
        SamenvoegingStap(
            organisatie_id=recording.organisatie_id,
            samenvoeging_id=key,
            stap=stap,
            op=recording.at,
            door=recording.door,
            reden=reden,
        )
    )
    recording.session.flush()  # read back as it is shown


def _refresh(recording: Recording, kinderen: set[int], families: set[int], moment: RequestTime) -> None:
    """Bring the deadlines up to date of the children, and of who lives in the same families."""
    session = recording.session
    concerned = kinderen | list_kinderen_of_gezinnen(session, families, moment.vandaag)
    refresh_termijnen(session, recording.organisatie_id, concerned, moment.vandaag)
