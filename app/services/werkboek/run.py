"""One run of ``pleegzicht importeer``: read, check, write or return, or take the last import back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.namens import say_why
from app.db.sessions import unit_of_work
from app.db.statistics import refresh_statistics
from app.errors import AppError
from app.imports.bekend import Bekend
from app.imports.check.werkboek import check_werkboek
from app.imports.faults import WerkboekFout
from app.imports.keuring import Keuring
from app.imports.read.werkboek import read_werkboek
from app.imports.return_workbook import write_return_workbook
from app.imports.werkboek import Werkboek
from app.lib.progress import Progress
from app.models import Organisatie
from app.queries.importen import IMPORT
from app.security.secrets import Secrets
from app.services.beheer.organisaties import create_organisatie, find_organisatie
from app.services.werkboek.bekend import read_bekend
from app.services.werkboek.beurt import Tell, import_turn, lock_out, read_head
from app.services.werkboek.importeren import ImportUitkomst, count_rijen, import_rijen
from app.services.werkboek.telling import BladTelling, warn, warn_hidden
from app.services.werkboek.terug import Teruggedraaid, take_back
from app.services.werkboek.verslag import Importverslag, Terugverslag
from app.services.werkboek.voortgang import followed
from app.terms import OrganisatieSoort

_LARGE = 1000  # rows; fewer do not change how a list is best read


class OnleesbaarWerkboek(AppError):
    """The file as a whole cannot be read."""


class OnbekendeOrganisatie(AppError):
    """No organisatie has the code: a typing mistake, until somebody says that it is new."""


class NetGemaakt(AppError):
    """Somebody else makes the same organisatie at this moment."""


class GeenImport(AppError):
    """The organisatie has no import to take back."""


class _Afgekeurd(Exception):
    """What was recorded since the check makes the workbook one with faults."""

    def __init__(self, keuring: Keuring) -> None:
        super().__init__()
        self.keuring = keuring


class _NietBewaren(Exception):
    """The transaction is not kept: not even a place in the order of recordings."""

    def __init__(self, gedaan: Teruggedraaid) -> None:
        super().__init__()
        self.gedaan = gedaan


@dataclass(frozen=True, slots=True)
class Foutenbestand:
    """The workbook in which faulty rows come back: its place, and what writes it there whole or not at all."""

    plaats: Path
    write: Callable[[Iterable[bytes]], None]


@dataclass(frozen=True, slots=True)
class Importverzoek:
    """What is asked.

    Attributes:
        bestand: an .xlsx, a folder of .csv files, or the bytes of an .xlsx.
        organisatie: code of the organisatie.
        nieuw: whether one that does not exist yet is made.
        proef: check only.
        foutenbestand: where faulty rows go while the good ones go in; None: all or nothing.
    """

    bestand: Path | bytes
    organisatie: str
    nieuw: bool = False
    proef: bool = False
    foutenbestand: Foutenbestand | None = None


@dataclass(frozen=True, slots=True)
class Terugverzoek:
    """Of which organisatie the last import is taken back, or (proef) would be."""

    organisatie: str
    proef: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """One import under way."""

    engine: Engine
    verzoek: Importverzoek
    secrets: Secrets
    nu: datetime
    progress: Progress | None

    def is_refused(self, keuring: Keuring) -> bool:
        """Tell whether nothing goes in."""
        return bool(keuring.fouten) and self.verzoek.foutenbestand is None


@dataclass(frozen=True, slots=True)
class _Gekeurd:
    """A check, and up to which recording it saw what is stored."""

    keuring: Keuring
    volgorde: int = 0


def _in_silence(_sentence: str) -> None:
    """Tell nobody."""


def run_import(
    engine: Engine,
    verzoek: Importverzoek,
    *,
    secrets: Secrets,
    nu: datetime,
    progress: Progress | None = None,
    tell: Tell = _in_silence,
) -> Importverslag:
    """Carry out one import; either everything that goes in is committed at once, or nothing is.

    Raises:
        OnbekendeOrganisatie: there is none with this code, and it is not said to be new.
        OnleesbaarWerkboek: the file cannot be read as a workbook.
    """
    try:
        with (
            import_turn(engine, verzoek.organisatie, tell),
            followed(engine, _check_code(engine, verzoek), nu, progress) as told,
        ):
            run = _Run(engine, verzoek, secrets, nu, told)
            werkboek = read_werkboek(verzoek.bestand)
            return _carry_out(run, werkboek, _check(run, werkboek))
    except WerkboekFout as fault:
        raise OnleesbaarWerkboek(fault.melding) from None


def run_take_back(
    engine: Engine,
    verzoek: Terugverzoek,
    *,
    nu: datetime,
    progress: Progress | None = None,
    tell: Tell = _in_silence,
) -> Terugverslag:
    """Take the last import of an organisatie back, at once or not at all.

    Raises:
        OnbekendeOrganisatie: there is none with this code.
        GeenImport: there is no import that was not taken back.
    """
    try:
        with (
            import_turn(engine, verzoek.organisatie, tell),
            followed(engine, _key_of(engine, verzoek.organisatie), nu, progress) as told,
            unit_of_work(engine) as session,
        ):
            done = _take_back(session, verzoek, nu, told)
    except _NietBewaren as nothing:
        done = nothing.gedaan
    if done.gemaakt_op is None:
        raise GeenImport(f"Er is geen import van {verzoek.organisatie} om terug te draaien")
    return Terugverslag(done, proef=verzoek.proef)


def _take_back(session: Session, verzoek: Terugverzoek, nu: datetime, progress: Progress | None) -> Teruggedraaid:
    organisatie = find_organisatie(session, verzoek.organisatie)
    if organisatie is None:
        raise OnbekendeOrganisatie(f"Er is geen organisatie met code {verzoek.organisatie}")
    done = take_back(session, organisatie.id, nu=nu, vandaag=civil_date(nu), proef=verzoek.proef, progress=progress)
    if not done.is_geschreven:
        raise _NietBewaren(done)
    return done


def _key_of(engine: Engine, code: str) -> int | None:
    """Return the organisatie with a code, or None."""
    with Session(engine) as session:
        found = find_organisatie(session, code)
        return None if found is None else found.id


def _check_code(engine: Engine, verzoek: Importverzoek) -> int | None:
    """Return the organisatie, or None for a new one; refuse a code that nobody has, before the file is read."""
    found = _key_of(engine, verzoek.organisatie)
    if found is not None or verzoek.nieuw:
        return found
    code = verzoek.organisatie
    raise OnbekendeOrganisatie(f"Er is geen organisatie met code {code}; is zij nieuw, geef dan ook --nieuw")


def _check(run: _Run, werkboek: Werkboek) -> _Gekeurd:
    with Session(run.engine) as session:
        organisatie = find_organisatie(session, run.verzoek.organisatie)
        if organisatie is None:
            return _Gekeurd(_check_against(run, werkboek, Bekend()))
        volgorde = read_head(session, organisatie.id)  # before what is stored: what comes between is seen again
        bekend = read_bekend(session, organisatie.id, run.secrets)
    return _Gekeurd(_check_against(run, werkboek, bekend), volgorde)


def _check_against(run: _Run, werkboek: Werkboek, bekend: Bekend) -> Keuring:
    def tell(blad: str, rijen: int) -> None:
        if run.progress:
            run.progress(rijen, rijen, f"controle van {blad}")

    return check_werkboek(werkboek, bekend, civil_date(run.nu), tell)


def _carry_out(run: _Run, werkboek: Werkboek, gekeurd: _Gekeurd) -> Importverslag:
    if run.verzoek.proef or run.is_refused(gekeurd.keuring):
        return _only_say(run, gekeurd.keuring)
    try:
        with unit_of_work(run.engine) as session:
            say_why(session, IMPORT)
            organisatie, new = _ensure_organisatie(session, run.verzoek.organisatie)
            keuring = _check_again(run, session, organisatie, werkboek, gekeurd)
            _return_rows(run, werkboek, keuring)
            uitkomst = import_rijen(
                session,
                organisatie.id,
                keuring,
                secrets=run.secrets,
                nu=run.nu,
                vandaag=civil_date(run.nu),
                progress=run.progress,
            )
    except _Afgekeurd as refused:
        return _only_say(run, refused.keuring)
    if uitkomst.nieuw > _LARGE:
        refresh_statistics(run.engine)
    return _report(run, keuring, uitkomst.bladen, uitkomst, new=new)


def _check_again(
    run: _Run, session: Session, organisatie: Organisatie, werkboek: Werkboek, gekeurd: _Gekeurd
) -> Keuring:
    """Let nobody record from here on, and return the check against what is stored now.

    Raises:
        _Afgekeurd: by what the service recorded since the first check nothing can go in.
    """
    if lock_out(session, organisatie.id) == gekeurd.volgorde:
        return gekeurd.keuring
    keuring = _check_against(run, werkboek, read_bekend(session, organisatie.id, run.secrets))
    if run.is_refused(keuring):
        raise _Afgekeurd(keuring)
    return keuring


def _return_rows(run: _Run, werkboek: Werkboek, keuring: Keuring) -> None:
    """Write the rows that come back first: what cannot be returned must not silently stay behind."""
    if keuring.fouten and run.verzoek.foutenbestand is not None:
        run.verzoek.foutenbestand.write([write_return_workbook(werkboek, keuring)])


def _only_say(run: _Run, keuring: Keuring) -> Importverslag:
    bladen, new = _count(run, keuring)
    return _report(run, keuring, bladen, None, new=new)


def _count(run: _Run, keuring: Keuring) -> tuple[tuple[BladTelling, ...], bool]:
    """Return what the good rows would do, and whether the organisatie is new; nothing is kept."""
    with Session(run.engine) as session:  # never committed: a new organisatie or team is made to be counted with
        organisatie, new = _ensure_organisatie(session, run.verzoek.organisatie)
        bladen = count_rijen(session, organisatie.id, keuring, secrets=run.secrets, nu=run.nu, progress=run.progress)
    return bladen, new


def _ensure_organisatie(session: Session, code: str) -> tuple[Organisatie, bool]:
    """Return the organisatie, and whether it was made."""
    found = find_organisatie(session, code)
    if found is not None:
        return found, False
    try:
        return create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER), True
    except IntegrityError:  # the service, or ``pleegzicht beheerder``, makes it at this moment
        raise NetGemaakt(f"Organisatie {code} wordt op dit moment gemaakt; probeer het nog eens") from None


def _report(
    run: _Run, keuring: Keuring, bladen: tuple[BladTelling, ...], uitkomst: ImportUitkomst | None, *, new: bool
) -> Importverslag:
    held = keuring.afhankelijk if uitkomst is not None else ()
    back = run.verzoek.foutenbestand
    return Importverslag(
        run.verzoek.organisatie,
        tuple(sorted((*keuring.fouten, *held))),
        uitkomst,
        bladen,
        (*warn(bladen, keuring.fouten, keuring.gelijkenissen), *warn_hidden(keuring.verborgen)),
        proef=run.verzoek.proef,
        nieuwe_organisatie=new,
        foutenbestand=None if back is None else back.plaats,
    )
