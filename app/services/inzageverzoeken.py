"""Give a child, or who has authority over it, its file: logged before anything is read, and again before it is given.

The organisatie handles the request: somebody of it asks, by a command or on a page, and answers for it. A command works
for the account of that medewerker; ``client`` says at which keyboard.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.inzagerecht import ground_of
from app.access.permissions import Permission
from app.clock import civil_date
from app.db.namens import Namens
from app.db.sessions import reading
from app.db.streaming import read_one_moment
from app.errors import AppError, BadInput, Forbidden, fault
from app.models import Pleegkind
from app.norms.calendar import age_on
from app.queries.accounts.actor import find_actor
from app.queries.dossier.inhoud import plain
from app.queries.dossier.inzagedossier import Inzagedossier, Inzagevraag, find_pleegkind, gather_inzagedossier
from app.services.inzagen.logboek import Handeling, Voornemen, record_intent, record_outcome
from app.services.inzagen.opdrachten import MAX_DOEL
from app.terms import InzageSoort, InzageUitkomst, Verzoeker

T = TypeVar("T")
_MINSTENS: Final = 10  # characters; what is shorter gives no reason


class OnbekendeMedewerker(AppError):
    """Who answers for the request is not known, or cannot sign in."""

    status = 404
    code = "onbekende_medewerker"
    detail = "Er is geen medewerker met dit nummer (--door) die zich bij deze organisatie kan aanmelden."


class OnbekendPleegkind(AppError):
    """There is no such child in the organisatie; of another one it says the same."""

    status = 404
    code = "onbekend_pleegkind"
    detail = "Er is bij deze organisatie geen kind met dit nummer."


class GeenInzagerecht(Forbidden):
    """Who answers for the request may not see every file and the access log, so cannot give them away."""

    detail = "Deze medewerker mag geen inzage geven: dat doet een beheerder of kwaliteitsmedewerker."


@dataclass(frozen=True, slots=True)
class Inzageverzoek:
    """A request for a child's own file.

    Attributes:
        kindnummer: nummer of the child.
        verzoeker: on whose behalf it is asked.
        reden: how the request came, in words.
        client: who is at the keyboard.
        weglaten: names to take out that are recorded nowhere.
        eigen_woorden: give who has authority what the child said as well; a child always gets that.
        route: what the log says was done.
        verzoek_id: of the request of a page.
    """

    kindnummer: str
    verzoeker: Verzoeker
    reden: str
    client: str
    weglaten: tuple[str, ...] = ()
    eigen_woorden: bool = False
    route: str = "pleegzicht inzageverzoek"
    verzoek_id: str = ""


@dataclass(frozen=True, slots=True)
class Loggers:
    """Where reading and logging go, and what time it is."""

    engine: Engine
    log: Engine
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Dossierantwoord(Generic[T]):
    """What was prepared of a file, and under which mark the access log knows it."""

    kenmerk: str
    klaar: T


def require_actor(session: Session, organisatie_id: int, nummer: str, vandaag: date) -> Actor:
    """Return who answers for a request.

    Raises:
        OnbekendeMedewerker: nobody does.
    """
    actor = find_actor(session, organisatie_id, nummer, vandaag)
    if actor is None:
        raise OnbekendeMedewerker
    return actor


@contextmanager
def answer_inzageverzoek(
    plaats: Loggers, actor: Actor, verzoek: Inzageverzoek, prepare: Callable[[Inzagedossier], T]
) -> Iterator[Dossierantwoord[T]]:
    """Yield what ``prepare`` makes of the file; what is left of it to read, is read before this ends.

    Whatever may fail must have failed when ``prepare`` returns: after it the log says that the file was given.

    Raises:
        BadInput: the reden says too little.
        GeenInzagerecht, OnbekendPleegkind, KindTeJong, GezagTotZestien: it is not given.
        Unavailable: the log cannot be written.
    """
    _check_reden(verzoek.reden)
    nu = plaats.now()
    doel = f"inzageverzoek van {_WIE[verzoek.verzoeker]}: {verzoek.reden}"
    what = Handeling(InzageSoort.EXPORT, verzoek.route, None, verzoek.client, verzoek.verzoek_id, doel)
    voornemen = record_intent(plaats.log, actor, what, nu)
    given = False
    try:
        with reading(plaats.engine, Namens(actor.organisatie_id, actor.account_id, actor.medewerker_id)) as session:
            read_one_moment(session)
            kind = _find(session, actor, verzoek, nu)
            dossier = gather_inzagedossier(session, actor, kind, _vraag(actor, kind, verzoek, voornemen, nu))
            klaar = prepare(dossier)
            record_outcome(plaats.log, voornemen, InzageUitkomst.GETOOND, dossier.kinderen, plaats.now())
            given = True
            yield Dossierantwoord(str(voornemen.uid), klaar)
    except Exception as error:  # whatever it was: an intent without an outcome says less than one that failed
        if not given:
            record_outcome(plaats.log, voornemen, _outcome_of(error), None, plaats.now())
        raise


_WIE: Final = {Verzoeker.KIND: "het kind", Verzoeker.GEZAGSDRAGER: "wie het gezag heeft"}


def _outcome_of(error: Exception) -> InzageUitkomst:
    if isinstance(error, OnbekendPleegkind):
        return InzageUitkomst.NIET_GEVONDEN
    return InzageUitkomst.GEWEIGERD if isinstance(error, Forbidden) else InzageUitkomst.MISLUKT


def _check_reden(reden: str) -> None:
    if not _MINSTENS <= len(reden.strip()) <= MAX_DOEL:
        zin = f"Geef bij de reden in {_MINSTENS} tot {MAX_DOEL} tekens aan hoe het verzoek kwam."
        raise BadInput(fault("reden", "ongeldige_waarde", zin))


def _find(session: Session, actor: Actor, verzoek: Inzageverzoek, nu: datetime) -> Pleegkind:
    if not (actor.may(Permission.INZAGE_READ) and actor.may(Permission.PLEEGKIND_READ)):
        raise GeenInzagerecht
    kind = find_pleegkind(session, actor, verzoek.kindnummer, civil_date(nu))
    if kind is None:
        raise OnbekendPleegkind
    ground_of(verzoek.verzoeker, age_on(kind.geboortedatum, civil_date(nu)))
    return kind


def _vraag(actor: Actor, kind: Pleegkind, verzoek: Inzageverzoek, voornemen: Voornemen, nu: datetime) -> Inzagevraag:
    vandaag = civil_date(nu)
    leeftijd = age_on(kind.geboortedatum, vandaag)
    kop = {
        "kenmerk": str(voornemen.uid),
        "organisatie": {"code": actor.organisatie_code, "naam": actor.organisatie_naam},
        "op": plain(nu),
        "peildatum": plain(vandaag),
        "leeftijd": leeftijd,
        "verzoeker": verzoek.verzoeker.value,
        "grond": ground_of(verzoek.verzoeker, leeftijd),
        "door": {"naam": actor.naam, "rol": actor.rol.value},
    }
    eigen = verzoek.verzoeker is Verzoeker.KIND or verzoek.eigen_woorden
    return Inzagevraag(kop, verzoek.reden.strip(), vandaag, verzoek.weglaten, eigen)
