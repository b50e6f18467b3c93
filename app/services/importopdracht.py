"""One run of ``pleegzicht importeer``: read, check, write or return, and what to report of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db import refresh_statistics, unit_of_work
from app.errors import AppError
from app.imports.bekend import Bekend
from app.imports.check import check_werkboek
from app.imports.fault_list import write_fault_csv, write_fault_text
from app.imports.faults import Fout, WerkboekFout
from app.imports.keuring import Keuring
from app.imports.read import read_werkboek
from app.imports.return_workbook import write_return_workbook
from app.imports.werkboek import Werkboek
from app.security.secrets import Secrets
from app.services.importbekend import read_bekend
from app.services.importeren import BladTelling, ImportUitkomst, import_rijen
from app.services.organisaties import create_organisatie, find_organisatie
from app.terms import OrganisatieSoort

Progress = Callable[[int, int, str], None]
_LARGE = 1000  # rows; fewer do not change how a list is best read


class OnleesbaarWerkboek(AppError):
    """The file as a whole cannot be read."""


class OnbekendeOrganisatie(AppError):
    """A code that nobody has is a typing mistake, until somebody says that it is new."""


@dataclass(frozen=True, slots=True)
class Opdracht:
    """What is asked.

    Attributes:
        bestand: an .xlsx, or a folder of .csv files.
        organisatie: code of the organisatie.
        nieuw: whether one that does not exist yet is made.
        proef: check only.
        foutenbestand: where faulty rows go while the good ones go in; None: all or nothing.
    """

    bestand: Path
    organisatie: str
    nieuw: bool = False
    proef: bool = False
    foutenbestand: Path | None = None


@dataclass(frozen=True, slots=True)
class Verslag:
    """What became of it.

    Attributes:
        fouten: the faults, with the held-back rows when faulty rows were skipped.
        uitkomst: what was written; None when nothing was.
        nieuwe_organisatie: the organisatie did not exist before.
    """

    opdracht: Opdracht
    fouten: tuple[Fout, ...]
    uitkomst: ImportUitkomst | None
    nieuwe_organisatie: bool

    @property
    def exit_code(self) -> int:
        """0 when all went well, 1 when there are faults."""
        return 1 if self.fouten else 0

    def as_csv(self) -> bytes:
        """Return the faults as CSV."""
        return write_fault_csv(self.fouten).encode()

    def as_text(self) -> str:
        """Return the faults and what was done, as Dutch text."""
        parts = [write_fault_text(self.fouten).rstrip()] if self.fouten else []
        return "\n".join([*parts, *self._done()])

    def _done(self) -> list[str]:
        if self.opdracht.proef:
            return ["Proef: er is niets geschreven." if self.fouten else "Proef: geen fouten, er is niets geschreven."]
        if self.uitkomst is None:
            return ["Er is niets geïmporteerd. Herstel de fouten, of gebruik --sla-foute-rijen-over."]
        lines = [f"Organisatie {self.opdracht.organisatie} is aangemaakt."] if self.nieuwe_organisatie else []
        lines += [_line(blad) for blad in self.uitkomst.bladen if blad.rijen]
        if not self.uitkomst.changed:
            lines.append("Er is niets veranderd.")
        if self.fouten:
            lines.append(f"De overgeslagen rijen staan in {self.opdracht.foutenbestand}.")
        return lines


def _line(blad: BladTelling) -> str:
    """Say what became of one sheet."""
    line = f"{blad.blad}: {blad.nieuw} nieuw, {blad.gewijzigd} gewijzigd, {blad.ongewijzigd} ongewijzigd"
    return line + (f", {blad.ingetrokken} ingetrokken en overgeslagen" if blad.ingetrokken else "")


def run_import(
    engine: Engine, opdracht: Opdracht, *, secrets: Secrets, nu: datetime, progress: Progress | None = None
) -> Verslag:
    """Carry out one import; either everything that goes in is committed at once, or nothing is.

    Raises:
        OnbekendeOrganisatie: there is none with this code, and it is not said to be new.
        OnleesbaarWerkboek: the file cannot be read as a workbook.
    """
    _check_code(engine, opdracht)
    try:
        werkboek = read_werkboek(opdracht.bestand)
        keuring = _check(engine, opdracht, werkboek, secrets, nu, progress)
        return _carry_out(engine, opdracht, werkboek, keuring, secrets, nu, progress)
    except WerkboekFout as fault:
        raise OnleesbaarWerkboek(fault.melding) from None


def _check_code(engine: Engine, opdracht: Opdracht) -> None:
    """Refuse a code that nobody has, before the file is read."""
    if opdracht.nieuw:
        return
    with Session(engine) as session:
        if find_organisatie(session, opdracht.organisatie) is None:
            raise OnbekendeOrganisatie(
                f"Er is geen organisatie met code {opdracht.organisatie}; is zij nieuw, geef dan ook --nieuw"
            )


def _check(
    engine: Engine, opdracht: Opdracht, werkboek: Werkboek, secrets: Secrets, nu: datetime, progress: Progress | None
) -> Keuring:
    with Session(engine) as session:
        organisatie = find_organisatie(session, opdracht.organisatie)
        bekend = read_bekend(session, organisatie.id, secrets) if organisatie else Bekend()

    def tell(blad: str, rijen: int) -> None:
        if progress:
            progress(rijen, rijen, f"controle van {blad}")

    return check_werkboek(werkboek, bekend, civil_date(nu), tell)


def _carry_out(
    engine: Engine,
    opdracht: Opdracht,
    werkboek: Werkboek,
    keuring: Keuring,
    secrets: Secrets,
    nu: datetime,
    progress: Progress | None,
) -> Verslag:
    skip = opdracht.foutenbestand
    if opdracht.proef or (keuring.fouten and skip is None):
        return Verslag(opdracht, keuring.fouten, None, nieuwe_organisatie=False)
    if keuring.fouten and skip is not None:
        # First the rows that come back: what cannot be returned must not silently stay behind.
        skip.write_bytes(write_return_workbook(werkboek, keuring))
    with unit_of_work(engine) as session:
        organisatie = find_organisatie(session, opdracht.organisatie)
        new = organisatie is None
        if organisatie is None:
            code = opdracht.organisatie
            organisatie = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER)
        uitkomst = import_rijen(
            session,
            organisatie.id,
            keuring,
            secrets=secrets,
            nu=nu,
            vandaag=civil_date(nu),
            progress=progress,
        )
    if uitkomst.nieuw > _LARGE:
        refresh_statistics(engine)
    faults = tuple(sorted((*keuring.fouten, *keuring.afhankelijk)))
    return Verslag(opdracht, faults, uitkomst, nieuwe_organisatie=new)
