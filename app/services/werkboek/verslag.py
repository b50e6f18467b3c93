"""What ``pleegzicht importeer`` says of an import, and of taking one back: Dutch, a line each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.clock import AMSTERDAM
from app.imports.fault_list import write_fault_csv, write_fault_text
from app.imports.faults import Fout
from app.services.werkboek.importeren import ImportUitkomst
from app.services.werkboek.telling import BladTelling
from app.services.werkboek.terug import Teruggedraaid

# More nummers do not fit in what somebody reads.
_NUMMERS: Final = 100


@dataclass(frozen=True, slots=True)
class Importverslag:
    """What became of an import.

    Attributes:
        organisatie: its code.
        fouten: the faults, with the held-back rows when faulty rows were skipped.
        uitkomst: what was written; None when nothing was.
        bladen: what was written per sheet, or would be.
        waarschuwingen: what somebody should look at before or after.
        proef: whether it was a trial.
        nieuwe_organisatie: the organisatie did not exist before.
        foutenbestand: where the rows are that were skipped.
    """

    organisatie: str
    fouten: tuple[Fout, ...]
    uitkomst: ImportUitkomst | None
    bladen: tuple[BladTelling, ...]
    waarschuwingen: tuple[str, ...] = ()
    proef: bool = False
    nieuwe_organisatie: bool = False
    foutenbestand: Path | None = None

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
        return "\n".join([*parts, self.counts()])

    def counts(self) -> str:
        """Return the warnings and what was done, as Dutch text."""
        return "\n".join([*(f"Let op: {line}" for line in self.waarschuwingen), *self._done()])

    def _done(self) -> Iterator[str]:
        if not self.proef and self.uitkomst is None:
            yield "Er is niets geïmporteerd. Herstel de fouten, of gebruik --sla-foute-rijen-over."
            return
        if self.nieuwe_organisatie:
            yield f"Organisatie {self.organisatie} {'wordt' if self.proef else 'is'} aangemaakt."
        yield from _lines(self.bladen)
        if not any(blad.nieuw or blad.gewijzigd for blad in self.bladen):
            yield "Er verandert niets." if self.proef else "Er is niets veranderd."
        if self.proef:
            yield "Proef: er is niets geschreven." if self.fouten else "Proef: geen fouten, er is niets geschreven."
        elif self.fouten:
            yield f"De overgeslagen rijen staan in {self.foutenbestand}."


def _lines(bladen: Sequence[BladTelling]) -> Iterator[str]:
    """Say of each sheet what becomes of its rows, and which nummers the source no longer has."""
    for blad in bladen:
        if blad.rijen or blad.verdwenen:
            line = f"{blad.blad}: {blad.nieuw} nieuw, {blad.gewijzigd} gewijzigd, {blad.ongewijzigd} ongewijzigd"
            line += f", {blad.ingetrokken} ingetrokken en overgeslagen" if blad.ingetrokken else ""
            yield line + (f", {len(blad.verdwenen)} niet meer in de bron" if blad.verdwenen else "")
            if blad.verdwenen:
                yield f"{blad.blad}, niet meer in de bron en niet ingetrokken: {_listed(blad.verdwenen)}"


def _listed(nummers: Sequence[str]) -> str:
    rest = len(nummers) - _NUMMERS
    return ", ".join(nummers[:_NUMMERS]) + (f" en nog {rest}" if rest > 0 else "")


@dataclass(frozen=True, slots=True)
class Terugverslag:
    """What became of taking an import back."""

    gedaan: Teruggedraaid
    proef: bool = False

    @property
    def exit_code(self) -> int:
        """0 when it is as if the import was never made, 1 when something was built on it."""
        return 1 if self.gedaan.voortgebouwd else 0

    def as_text(self) -> str:
        """Return what was done, or what is in the way, as Dutch text."""
        if self.gedaan.voortgebouwd:
            what = ", ".join(map(str, self.gedaan.voortgebouwd[:_NUMMERS]))
            rest = len(self.gedaan.voortgebouwd) - _NUMMERS
            return (
                f"De import {self._when()} wordt niet teruggedraaid, want er is op voortgebouwd: {what}"
                f"{f' en nog {rest}' if rest > 0 else ''}. Verbeter het werkboek en importeer dat."
            )
        lines = [
            f"{blad.blad}: {blad.ingetrokken} ingetrokken, {blad.hersteld} hersteld" for blad in self.gedaan.bladen
        ]
        done = "Proef: er is niets geschreven." if self.proef else f"De import {self._when()} is teruggedraaid."
        return "\n".join([*lines, done])

    def _when(self) -> str:
        op = self.gedaan.gemaakt_op
        return f"van {op.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}" if op else ""
