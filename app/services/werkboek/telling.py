"""What an import does to each sheet, in numbers, and what in them looks like the workbook of somebody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.imports.faults import Fout, FoutCode
from app.imports.keuring import Gelijkenis

# From how many on a share says anything.
_GENOEG: Final = 3
#: a source that changes more than this share of the names at once is seldom the same source
_VEEL_NAMEN: Final = 0.2
_HELFT: Final = 0.5
#: the sheets of which a name says whose workbook it is
BLADEN_MET_NAAM: Final[Mapping[str, tuple[str, ...]]] = {
    "medewerkers": ("naam",),
    "pleeggezinnen": ("naam",),
    "gezinsleden": ("naam",),
    "pleegkinderen": ("roepnaam", "achternaam"),
}
#: the sheets that every workbook of an organisatie has much the same rows of
_BLIJVEND: Final = frozenset({*BLADEN_MET_NAAM, "plaatsingen"})


@dataclass(frozen=True, slots=True)
class BladTelling:
    """What becomes of one sheet.

    Attributes:
        blad: the sheet.
        nieuw: rows that were not there before, or whose import was taken back.
        gewijzigd: rows that correct what is stored.
        ongewijzigd: rows that say what the last import said.
        ingetrokken: rows of what people withdrew; they are left alone.
        verdwenen: nummers that an import brought and the file does not have; they stay as they are.
        in_bestand: how many nummers the sheet has, on faulty rows too.
        bekend: how many facts of earlier imports hold.
        herkend: how many of those the file has.
        hernoemd: rows that give another name to who is stored.
        ontbreekt: whether the file does not have the sheet.
    """

    blad: str
    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    ingetrokken: int = 0
    verdwenen: tuple[str, ...] = ()
    in_bestand: int = 0
    bekend: int = 0
    herkend: int = 0
    hernoemd: int = 0
    ontbreekt: bool = False

    @property
    def rijen(self) -> int:
        """How many good rows the sheet has."""
        return self.nieuw + self.gewijzigd + self.ongewijzigd + self.ingetrokken


def warn(bladen: Sequence[BladTelling], fouten: Sequence[Fout], gelijkenissen: Sequence[Gelijkenis]) -> Iterator[str]:
    """Give a Dutch sentence for everything that looks like another organisatie's workbook, or like a child twice."""
    for blad in bladen:
        yield from _warn_blad(blad, sum(f.blad == blad.blad and f.code is FoutCode.IDENTITEIT for f in fouten))
    for one in gelijkenissen:
        yield (
            f"pleegkinderen, rij {one.rij}: kind {one.nummer} heeft dezelfde naam en geboortedatum als kind "
            f"{one.ander}; is het hetzelfde kind?"
        )


def warn_hidden(verborgen: Mapping[str, int]) -> Iterator[str]:
    """Give a Dutch sentence for every sheet with hidden rows: who does not see them does not know that they count."""
    for blad, rijen in verborgen.items():
        what = "1 verborgen rij is meegelezen" if rijen == 1 else f"{rijen} verborgen rijen zijn meegelezen"
        yield f"{blad}: {what}."


def _warn_blad(blad: BladTelling, andere: int) -> Iterator[str]:
    if blad.ontbreekt:
        if blad.bekend:
            yield f"het blad {blad.blad} ontbreekt; van eerdere imports zijn er {blad.bekend} rijen bekend."
        return
    bekend = blad.gewijzigd + blad.ongewijzigd + andere  # to anybody: an import brought it, or people did
    if _is_much(andere, bekend, _HELFT):
        yield f"{blad.blad}: {andere} van de {bekend} bekende nummers horen hier bij een ander kind."
    if _is_much(blad.hernoemd, bekend, _VEEL_NAMEN):
        yield f"{blad.blad}: {blad.hernoemd} van de {bekend} bekende nummers krijgen een andere naam."
    if blad.blad in _BLIJVEND and blad.bekend >= _GENOEG:
        if blad.in_bestand and blad.herkend < _HELFT * min(blad.in_bestand, blad.bekend):
            yield f"{blad.blad}: van de {blad.in_bestand} nummers in het werkboek zijn er maar {blad.herkend} bekend."
        if _is_much(len(blad.verdwenen), blad.bekend, _HELFT):
            yield (
                f"{blad.blad}: van de {blad.bekend} rijen van eerdere imports staan er {len(blad.verdwenen)} "
                "niet in het werkboek."
            )


def _is_much(part: int, whole: int, share: float) -> bool:
    return part >= _GENOEG and part > share * whole
