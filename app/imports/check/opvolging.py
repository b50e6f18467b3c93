"""A step of the check: what a step is about is an aanleiding of the same child, and lies before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.imports.bekend import Bekend
from app.imports.check.levens import Leven, Levens
from app.imports.check.links import Verwijzingskolom, references
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Regel
from app.invoer.bezwaar import Bezwaar
from app.invoer.opvolging import DEELT_MEE, day_of_aanleiding, fault_before_aanleiding, fault_in_aanleiding

OPVOLGSTAPPEN: Final = "opvolgstappen"
_AANLEIDING: Final = "aanleiding"
#: what a step says beside what it is about, in the order of ``BekendeStap``
_INHOUD: Final = ("datum", "stap", "met", "besluit", "medewerker")


@dataclass(frozen=True, slots=True)
class _Aanleiding:
    """What a step refers to: whose it is, and from which day somebody must act on it; None when nobody must."""

    kind: Leven | None
    k: date | None


def check_opvolging(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report every new or changed step about what is no aanleiding of its child, or from before that.

    A step about a row with a fault of its own is not judged.
    """
    blad = boek.get(OPVOLGSTAPPEN)
    if blad is None:
        return
    levens = Levens(boek, bekend)
    for verwijzing in references(blad):
        for regel in blad.regels if verwijzing.kolom == _AANLEIDING else ():
            nummer = verwijzing.nummer(regel)
            if nummer is not None and not _is_stored(blad, regel, verwijzing, bekend):
                for bezwaar in list(_objections(levens, blad, regel, _find(levens, verwijzing.naar, nummer))):
                    fouten.object_to(blad, regel, bezwaar)


def _is_stored(blad: Gelezen, regel: Regel, verwijzing: Verwijzingskolom, bekend: Bekend) -> bool:
    """Tell whether the same is stored of a step already: what it is about may have been corrected since."""
    said = [regel.cellen[blad.soort.position(kolom)] for kolom in _INHOUD]
    return bekend.stappen.get(blad.nummer(regel) or "") == (verwijzing.naar, regel.cellen[verwijzing.plek], *said)


def _objections(levens: Levens, blad: Gelezen, regel: Regel, found: _Aanleiding | None) -> Iterator[Bezwaar]:
    own, datum = levens.of_row(blad, regel), regel.cellen[blad.soort.position("datum")]
    if found is None or own is None or found.kind is None:
        return
    bezwaar = fault_in_aanleiding(_AANLEIDING, found.k if found.kind == own else None)
    if bezwaar is None and isinstance(datum, date) and found.k is not None:
        bezwaar = fault_before_aanleiding(datum, found.k)
    yield from () if bezwaar is None else (bezwaar,)


def _find(levens: Levens, naar: str, nummer: str) -> _Aanleiding | None:
    """Return what the file says of an aanleiding, else what is stored; None when it cannot be told."""
    blad, stored = levens.boek.get(naar), levens.bekend.aanleidingen.get(naar, {}).get(nummer)
    if blad is None or nummer not in blad.eerste:
        return _stored(levens, naar, nummer)
    regel = blad.eerste[nummer]
    if regel.fout or nummer in blad.dubbel or ONBRUIKBAAR in regel.cellen:
        return None
    k = day_of_aanleiding(blad.waarden(regel))
    if k is None and stored is not None and not DEELT_MEE[naar] <= {*blad.kolommen}:
        k = stored.k  # the file does not have the column that says so
    return _Aanleiding(levens.of_row(blad, regel), k)


def _stored(levens: Levens, naar: str, nummer: str) -> _Aanleiding | None:
    stored = levens.bekend.aanleidingen.get(naar, {}).get(nummer)
    if stored is not None:
        return _Aanleiding(Leven("pleegkinderen", stored.pleegkind), stored.k)
    if not levens.bekend.has(naar, nummer):
        return None  # reported already
    feit = levens.bekend.feiten.get(naar, {}).get(nummer)
    kolom = "pleegkind" if naar == "signalen" else "plaatsing"
    return None if feit is None else _Aanleiding(levens.of_owner(kolom, feit.eigenaar), None)
