"""Build, rebuild and freeze a quarterly audit (``normen.md`` §6).

A concept is rebuilt on demand. Freezing writes nothing new about the children: it closes what was built, and opens an
extra inzet for each row that asks for one, in the same transaction. From then on the database refuses any change.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from app.errors import BadInput, Conflict, NotFound, fault
from app.lib.ids import new_uid
from app.lib.progress import Progress
from app.models import Kwartaaltoets, KwartaaltoetsRegel, Organisatie, Vastlegteller
from app.norms.kwartaaltoets.digest import digest_of
from app.norms.kwartaaltoets.inhoud import UITGAVE, GroepKengetallen, KopInhoud
from app.norms.kwartaaltoets.kengetallen import Kengetallenteller
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.ruis.catalogue import in_force as ruis_in_force
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud, newest_kwartaaltoets, previous_kengetallen
from app.queries.kwartaaltoetsen.rijen import Toetsregel, iterate_toetsregels
from app.queries.normen import get_catalogus
from app.queries.zegels.kopieen import last_seal
from app.services.bulk import copy_rows
from app.services.extra_inzetten import open_extra_inzetten
from app.terms import ToetsStatus

_TREND_KWARTALEN = 8
_PIECE = 4000  # rows that are written at a time
_COLUMNS = (
    "organisatie_id", "toets_id", "positie", "pleegkind_id", "plaatsing_id", "begeleider_id", "team_id", "navolgbaar",
    "ruisscore", "inhoud",
)  # fmt: skip
# Of one audit one build at a time; who comes second is told so at once, and does not wait.
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtextextended('kwartaaltoets ' || :organisatie || :kwartaal, 0))")


class ToetsInOpbouw(Conflict):
    """The same concept is being built at this moment; it is not started twice."""

    code = "toets_in_opbouw"
    detail = "Deze kwartaaltoets wordt op dit moment al opgebouwd. Vraag hem over enkele seconden op."


class AlVastgesteld(Conflict):
    """The audit is frozen; a correction is a new audit that names the one it replaces."""

    code = "al_vastgesteld"
    detail = "Deze kwartaaltoets is al vastgesteld. Maak een nieuwe die haar vervangt: noem haar id in vervangt."


class VervangtOnjuist(Conflict):
    """What would be replaced is not the newest frozen audit of the same quarter."""

    code = "vervangt_onjuist"
    detail = "Alleen de laatst vastgestelde kwartaaltoets van hetzelfde kwartaal kan worden vervangen."


class KwartaalLoopt(Conflict):
    """The quarter is not over, so its audit cannot be frozen."""

    code = "kwartaal_loopt"
    detail = "Dit kwartaal is nog niet voorbij; vaststellen kan vanaf de eerste dag erna."


@dataclass(frozen=True, slots=True)
class Toetsverzoek:
    """Who asks for an audit, and when.

    Attributes:
        organisatie_id: whose.
        nu: the instant.
        vandaag: the civil date.
        door: feit_id of the medewerker; None for the command.
        progress: hears how far it is.
        termijn_vanaf: the day from which the term of extra inzet runs; None: from the peildatum of each row.
    """

    organisatie_id: int
    nu: datetime
    vandaag: date
    door: int | None = None
    progress: Progress | None = None
    termijn_vanaf: date | None = None


def request_toets(
    session: Session, verzoek: Toetsverzoek, kwartaal: Kwartaal, vervangt: UUID | None = None
) -> Kwartaaltoets:
    """Return the concept of a quarter, built with what is known now; one that was there is rebuilt.

    Args:
        session: the transaction; the caller commits.
        verzoek: who asks.
        kwartaal: which quarter.
        vervangt: the frozen audit of that quarter that it corrects.

    Raises:
        BadInput: the quarter has not begun.
        ToetsInOpbouw, AlVastgesteld, VervangtOnjuist: as they say.
    """
    _require_begun(verzoek, kwartaal)
    _lock(session, verzoek.organisatie_id, kwartaal)
    replaced = _replaced(session, verzoek.organisatie_id, kwartaal, vervangt)
    toets = _concept(session, verzoek.organisatie_id, kwartaal)
    if toets is None:
        toets = _new_concept(verzoek, kwartaal)
        session.add(toets)
    toets.vervangt_id = None if replaced is None else replaced.id
    return _build(session, toets, replaced, verzoek)


def require_buildable(session: Session, verzoek: Toetsverzoek, kwartaal: Kwartaal, vervangt: UUID | None) -> None:
    """Refuse at once what ``request_toets`` would refuse, without building anything.

    Raises:
        BadInput, AlVastgesteld, VervangtOnjuist, NotFound: as there.
    """
    _require_begun(verzoek, kwartaal)
    _replaced(session, verzoek.organisatie_id, kwartaal, vervangt)


def _require_begun(verzoek: Toetsverzoek, kwartaal: Kwartaal) -> None:
    if kwartaal.eerste_dag > verzoek.vandaag:
        raise BadInput(fault("kwartaal", "ongeldige_waarde", "Dit kwartaal is nog niet begonnen."))


def freeze_toets(session: Session, verzoek: Toetsverzoek, toets: Kwartaaltoets, *, as_seen: bool) -> Kwartaaltoets:
    """Freeze a concept, and open what must follow.

    Args:
        session: the transaction; the caller commits.
        verzoek: who freezes.
        toets: the concept.
        as_seen: freeze it as it was built; otherwise it is rebuilt first when something was recorded since.

    Raises:
        ToetsInOpbouw, AlVastgesteld, KwartaalLoopt: as they say.
    """
    kwartaal = Kwartaal.parse(toets.kwartaal)
    _lock(session, verzoek.organisatie_id, kwartaal)
    session.refresh(toets, with_for_update=True)
    if toets.status is ToetsStatus.VASTGESTELD:
        raise AlVastgesteld
    if kwartaal.laatste_dag >= verzoek.vandaag:
        raise KwartaalLoopt
    if not as_seen and toets.volgorde != _head(session, verzoek.organisatie_id)[0]:
        replaced = session.get_one(Kwartaaltoets, toets.vervangt_id) if toets.vervangt_id else None
        _build(session, toets, replaced, verzoek)
    open_extra_inzetten(session, toets, verzoek.nu, verzoek.door, verzoek.termijn_vanaf)
    toets.status, toets.versie = ToetsStatus.VASTGESTELD, toets.versie + 1
    toets.vastgesteld_op, toets.vastgesteld_door = verzoek.nu, verzoek.door
    last = last_seal(session, toets.organisatie_id)
    toets.zegel_id = None if last is None else last.id
    session.flush()  # the trigger sees the last change it allows
    return toets


def establish_toets(
    session: Session, verzoek: Toetsverzoek, kwartaal: Kwartaal, *, freeze: bool, replace: bool
) -> Kwartaaltoets:
    """Return what the command shows of a quarter: the frozen audit, else a concept built now.

    Args:
        session: the transaction; the caller commits.
        verzoek: who asks.
        kwartaal: which quarter.
        freeze: freeze the concept; what was frozen before stays as it was.
        replace: build a new one that corrects the frozen audit.
    """
    frozen = newest_kwartaaltoets(session, verzoek.organisatie_id, kwartaal, frozen=True)
    if frozen is not None and not replace:
        return frozen
    toets = request_toets(session, verzoek, kwartaal, frozen.uid if frozen else None)
    return freeze_toets(session, verzoek, toets, as_seen=True) if freeze else toets


def _lock(session: Session, organisatie_id: int, kwartaal: Kwartaal) -> None:
    keys = {"organisatie": f"{organisatie_id} ", "kwartaal": str(kwartaal)}
    if not session.execute(_TRY_LOCK, keys).scalar_one():
        raise ToetsInOpbouw


def _head(session: Session, organisatie_id: int) -> tuple[int, datetime]:
    """Return the last recording that is committed and its moment; whatever is on its way comes after both."""
    statement = select(Vastlegteller.volgorde, Vastlegteller.laatst_op).where(
        Vastlegteller.organisatie_id == organisatie_id
    )
    volgorde, laatst_op = session.execute(statement).one()
    return volgorde, laatst_op


def _concept(session: Session, organisatie_id: int, kwartaal: Kwartaal) -> Kwartaaltoets | None:
    return session.scalars(
        select(Kwartaaltoets).where(
            Kwartaaltoets.organisatie_id == organisatie_id,
            Kwartaaltoets.kwartaal == str(kwartaal),
            Kwartaaltoets.status == ToetsStatus.CONCEPT,
        )
    ).one_or_none()


def _replaced(session: Session, organisatie_id: int, kwartaal: Kwartaal, vervangt: UUID | None) -> Kwartaaltoets | None:
    """Return the frozen audit that a new one replaces.

    Raises:
        NotFound: it is not an audit of this organisatie.
        AlVastgesteld, VervangtOnjuist: as they say.
    """
    newest = session.scalars(
        select(Kwartaaltoets)
        .where(
            Kwartaaltoets.organisatie_id == organisatie_id,
            Kwartaaltoets.kwartaal == str(kwartaal),
            Kwartaaltoets.status == ToetsStatus.VASTGESTELD,
        )
        .order_by(Kwartaaltoets.id.desc())
        .limit(1)
    ).one_or_none()
    if vervangt is None:
        if newest is not None:
            raise AlVastgesteld
        return None
    own = select(Kwartaaltoets.id).where(Kwartaaltoets.organisatie_id == organisatie_id, Kwartaaltoets.uid == vervangt)
    if session.scalars(own).one_or_none() is None:
        raise NotFound
    if newest is None or newest.uid != vervangt:
        raise VervangtOnjuist
    return newest


def _new_concept(verzoek: Toetsverzoek, kwartaal: Kwartaal) -> Kwartaaltoets:
    return Kwartaaltoets(
        uid=new_uid(),
        organisatie_id=verzoek.organisatie_id,
        kwartaal=str(kwartaal),
        versie=0,
        status=ToetsStatus.CONCEPT,
        aangemaakt_op=verzoek.nu,
        aangemaakt_door=verzoek.door,
        kop={},
        kengetallen=[],
        rijen=0,
        digest="",
        bekend_op=verzoek.nu,
        volgorde=0,
    )


def _build(
    session: Session, toets: Kwartaaltoets, replaced: Kwartaaltoets | None, verzoek: Toetsverzoek
) -> Kwartaaltoets:
    """Write the rows of a concept anew, with its key figures and digest."""
    toets.volgorde, toets.bekend_op = _head(session, toets.organisatie_id)
    session.flush()  # the rows refer to it
    session.execute(delete(KwartaaltoetsRegel).where(KwartaaltoetsRegel.toets_id == toets.id))
    organisatie = session.get_one(Organisatie, toets.organisatie_id)
    teller = Kengetallenteller(organisatie.naam)
    toets.rijen = _write_rows(session, toets, teller, verzoek.progress)
    kengetallen: list[GroepKengetallen] = teller.groups()
    kop = _kop(session, toets, organisatie, replaced)
    toets.kop, toets.kengetallen, toets.versie = dict(kop), list(kengetallen), toets.versie + 1
    # From the rows as they are stored: what is frozen is what is signed.
    toets.digest = digest_of(kop, kengetallen, iterate_inhoud(session, toets.id))
    session.flush()  # what follows reads it
    return toets


def _write_rows(session: Session, toets: Kwartaaltoets, teller: Kengetallenteller, progress: Progress | None) -> int:
    """Write the rows some thousands at a time, count them, and return how many there are."""
    kwartaal = Kwartaal.parse(toets.kwartaal)
    numbered = enumerate(iterate_toetsregels(session, toets.organisatie_id, kwartaal, toets.bekend_op, progress))
    total = 0
    # Not one stream: while a COPY runs, its connection reads nothing.
    while piece := list(islice(numbered, _PIECE)):
        for _, regel in piece:
            teller.add(regel.inhoud)
        total += copy_rows(session, KwartaaltoetsRegel, _COLUMNS, (_row(toets, *one) for one in piece))
    return total


def _row(toets: Kwartaaltoets, positie: int, regel: Toetsregel) -> tuple[Any, ...]:
    inhoud = regel.inhoud
    keys = (regel.pleegkind_id, regel.plaatsing_id, regel.begeleider_id, regel.team_id)
    scores = (inhoud["navolgbaar"], inhoud["ruisscore"], Jsonb(inhoud))
    return (toets.organisatie_id, toets.id, positie, *keys, *scores)


def _kop(session: Session, toets: Kwartaaltoets, organisatie: Organisatie, replaced: Kwartaaltoets | None) -> KopInhoud:
    kwartaal = Kwartaal.parse(toets.kwartaal)
    normen = get_catalogus(session, toets.organisatie_id, toets.bekend_op).in_force(kwartaal.laatste_dag)
    return {
        "organisatie": {"code": organisatie.code, "naam": organisatie.naam},
        "kwartaal": str(kwartaal),
        "eersteDag": kwartaal.eerste_dag.isoformat(),
        "laatsteDag": kwartaal.laatste_dag.isoformat(),
        "bekendOp": toets.bekend_op.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "uitgave": UITGAVE,
        "vervangt": None if replaced is None else str(replaced.uid),
        "normen": [
            {
                "code": norm.code.value,
                "versie": norm.versie,
                "naam": norm.naam,
                "zwaarte": norm.zwaarte.value,
                "waarschuwingDagen": norm.waarschuwing_dagen,
                "parameters": dict(norm.parameters),
                "regel": norm.regel,
                "bron": norm.bron,
            }
            for norm in sorted(normen.values(), key=lambda norm: norm.code)
        ],
        "ruisfactoren": [
            {
                "code": factor.code.value,
                "versie": factor.versie,
                "naam": factor.naam,
                "gewicht": factor.gewicht,
                "regel": factor.regel,
                "bron": factor.bron,
            }
            for factor in ruis_in_force(kwartaal.laatste_dag).values()
        ],
        "trend": previous_kengetallen(session, toets.organisatie_id, kwartaal, _TREND_KWARTALEN - 1),
    }
