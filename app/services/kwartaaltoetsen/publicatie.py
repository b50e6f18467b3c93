"""Let the key figures of a frozen audit go out for everybody, once, and take them back.

What goes out is what was looked at: the rows have a digest, and other rows are refused. What is out stays known, so a
quarter that was taken back does not go out again, and the next ones go on giving way to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict
from app.lib.ids import new_uid
from app.models import Kwartaaltoets, OpenKengetal, Organisatie, Publicatie, PublicatieIntrekking
from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.openbaar.onderdrukking import Reden, hide_open, open_groepen
from app.norms.openbaar.regels import OpenRegel, digest_of_regels, open_regels, reasons_of
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets
from app.queries.publicaties import Publicatiestand, find_publicatie, list_regels_of, list_uitgaven
from app.services.bulk import copy_rows
from app.services.feiten.locks import lock_head
from app.services.feiten.recording import RequestTime
from app.terms import ToetsStatus

_COLUMNS = ("organisatie_id", "publicatie_id", *OpenRegel._fields)
#: the row that is left when figures are taken back
_LEEG = OpenRegel("organisatie", "", "alle", "", None, None, onderdrukt=False, normen="")
Redenen = tuple[Reden | None, Reden | None]


class NogNietVastgesteld(Conflict):
    """A concept still changes."""

    code = "nog_niet_vastgesteld"
    detail = "Deze kwartaaltoets is nog niet vastgesteld. Publiceren kan daarna."


class Vervangen(Conflict):
    """What was corrected is not what the organisatie says."""

    code = "toets_vervangen"
    detail = "Deze kwartaaltoets is vervangen door een latere. Publiceer die."


class AlGepubliceerd(Conflict):
    """Two versions of one quarter would together give away what each of them hides."""

    code = "al_gepubliceerd"
    detail = "Van dit kwartaal zijn al cijfers gepubliceerd. Dat kan maar een keer, ook als ze zijn ingetrokken."


class CijfersVeranderd(Conflict):
    """What goes out is what was looked at."""

    code = "cijfers_veranderd"
    detail = (
        "Er is intussen een ander kwartaal gepubliceerd, en daardoor blijft nu iets anders weg. Bekijk het opnieuw."
    )


class NietGepubliceerd(Conflict):
    """Nothing is out."""

    code = "niet_gepubliceerd"
    detail = "Van deze kwartaaltoets is niets gepubliceerd."


class CijfersAlIngetrokken(Conflict):
    """It was taken back once."""

    code = "al_ingetrokken"
    detail = "Deze cijfers zijn al ingetrokken."


@dataclass(frozen=True, slots=True)
class Beletsel:
    """Why an audit cannot go out.

    Attributes:
        fout: what publishing it answers.
        andere: the audit that can, or did; None: none.
    """

    fout: type[NogNietVastgesteld | Vervangen | AlGepubliceerd]
    andere: UUID | None = None


@dataclass(frozen=True, slots=True)
class Openstelling:
    """What goes out of an audit, went out, or cannot.

    Attributes:
        toets: the audit.
        regels: the rows; empty when it cannot.
        redenen: why teller and noemer of each row are hidden; empty once they went out.
        stand: what became of it; None: nothing went out.
        beletsel: why it cannot go out; None: it can, or did.
    """

    toets: Kwartaaltoets
    regels: Sequence[OpenRegel]
    redenen: Sequence[Redenen]
    stand: Publicatiestand | None
    beletsel: Beletsel | None = None

    @property
    def cijfers_digest(self) -> str:
        """The SHA-256 over the canonical JSON of the rows."""
        return digest_of_regels(self.regels)


def show_openstelling(session: Session, actor: Actor, uid: UUID) -> Openstelling:
    """Return what of an audit would go out, or did, or why nothing of it can.

    Raises:
        NotFound: when there is no such audit.
    """
    toets = find_kwartaaltoets(session, actor.organisatie_id, uid)
    stand = find_publicatie(session, actor.organisatie_id, toets.kwartaal)
    if stand is not None and stand.publicatie.toets_id == toets.id:
        return Openstelling(toets, list_regels_of(session, stand.publicatie), (), stand)
    beletsel = _find_beletsel(session, toets, stand)
    return Openstelling(toets, (), (), None, beletsel) if beletsel else _prepare(session, toets)


def publish_toets(session: Session, actor: Actor, uid: UUID, cijfers_digest: str, moment: RequestTime) -> Openstelling:
    """Let the figures of an audit go out.

    Args:
        session: the transaction; the caller commits.
        actor: who decides.
        uid: of the audit.
        cijfers_digest: of the rows that were looked at.
        moment: when.

    Raises:
        NotFound, NogNietVastgesteld, Vervangen, AlGepubliceerd, CijfersVeranderd: as they say.
    """
    lock_head(session, actor.organisatie_id)  # each quarter gives way to those before: one after the other
    toets = find_kwartaaltoets(session, actor.organisatie_id, uid)
    beletsel = _find_beletsel(session, toets, find_publicatie(session, actor.organisatie_id, toets.kwartaal))
    if beletsel is not None:
        raise beletsel.fout
    going_out = _prepare(session, toets)
    if going_out.cijfers_digest != cijfers_digest:
        raise CijfersVeranderd
    publicatie = _publicatie(session, actor, going_out, moment)
    session.add(publicatie)
    session.flush()  # the rows refer to it
    rows = ((actor.organisatie_id, publicatie.id, *regel) for regel in (*going_out.regels, _LEEG))
    copy_rows(session, OpenKengetal, _COLUMNS, rows)
    return show_openstelling(session, actor, uid)


def withdraw_publicatie(session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime) -> Openstelling:
    """Take figures back: from then on everybody reads that they were, and why.

    Raises:
        NotFound, NietGepubliceerd, CijfersAlIngetrokken: as they say.
    """
    lock_head(session, actor.organisatie_id)  # each quarter gives way to those before: one after the other
    toets = find_kwartaaltoets(session, actor.organisatie_id, uid)
    stand = find_publicatie(session, actor.organisatie_id, toets.kwartaal)
    if stand is None or stand.publicatie.toets_id != toets.id:
        raise NietGepubliceerd
    if stand.intrekking is not None:
        raise CijfersAlIngetrokken
    session.add(
        PublicatieIntrekking(
            organisatie_id=actor.organisatie_id,
            publicatie_id=stand.publicatie.id,
            op=moment.nu,
            door=actor.medewerker_id,
            reden=reden,
        )
    )
    session.flush()  # read back as it is shown
    return show_openstelling(session, actor, uid)


def _find_beletsel(session: Session, toets: Kwartaaltoets, stand: Publicatiestand | None) -> Beletsel | None:
    if toets.status is not ToetsStatus.VASTGESTELD:
        return Beletsel(NogNietVastgesteld)
    if stand is not None:
        return Beletsel(AlGepubliceerd, _uid(session, Kwartaaltoets.id == stand.publicatie.toets_id))
    later = _uid(session, Kwartaaltoets.vervangt_id == toets.id, Kwartaaltoets.status == ToetsStatus.VASTGESTELD)
    return Beletsel(Vervangen, later) if later else None


def _uid(session: Session, *which: ColumnElement[bool]) -> UUID | None:
    return session.scalars(select(Kwartaaltoets.uid).where(*which)).one_or_none()


def _prepare(session: Session, toets: Kwartaaltoets) -> Openstelling:
    groepen = open_groepen(cast("list[GroepKengetallen]", toets.kengetallen))
    why = hide_open(toets.kwartaal, groepen, list_uitgaven(session, toets.organisatie_id))
    normen: list[Mapping[str, Any]] = toets.kop["normen"]
    return Openstelling(toets, list(open_regels(groepen, why, normen)), reasons_of(groepen, why), None)


def _publicatie(session: Session, actor: Actor, going_out: Openstelling, moment: RequestTime) -> Publicatie:
    organisatie = session.get_one(Organisatie, actor.organisatie_id)
    return Publicatie(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        toets_id=going_out.toets.id,
        kwartaal=going_out.toets.kwartaal,
        organisatie_code=organisatie.code,
        organisatie_naam=organisatie.naam,
        digest=going_out.toets.digest,
        cijfers_digest=going_out.cijfers_digest,
        gepubliceerd_op=moment.nu,
        door=actor.medewerker_id,
    )
