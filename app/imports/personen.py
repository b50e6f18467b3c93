"""Who a nummer is: what is stored of children and of medewerkers with an account, and the checks that ask for it.

A nummer belongs to one child, and what an account may do is for the beheerder to say: a source system that gives a
nummer to another child, or somebody another rol, is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from app.imports.faults import FoutCode
from app.imports.gelezen import Boek, Fouten, Gelezen
from app.imports.keuring import Gelijkenis, Rij
from app.lib.naamvorm import fold_naam, same_naam
from app.terms import Rol

_ANDER_KIND: Final = (
    "Dit nummer is van een kind met een andere achternaam en een andere geboortedatum; geef dit kind een eigen nummer."
)
_ROL: Final = "Deze medewerker heeft een account; een beheerder wijzigt de rol in de dienst. Vul hier de rol van nu in."
# A key is of a name and a date of birth: what two children must not share.
_Sleutel = tuple[str, date]


class BekendKind(NamedTuple):
    """A child as a version of it says or said."""

    roepnaam: str
    achternaam: str
    geboortedatum: date

    @property
    def sleutel(self) -> _Sleutel:
        """What another child with the same name and date of birth has too."""
        return same_naam(self.roepnaam, self.achternaam), self.geboortedatum


@dataclass(frozen=True, slots=True)
class Personen:
    """Who is stored.

    Attributes:
        kinderen: nummer → what the file says of the child and what it said before, the newest first.
        rollen: nummer of a medewerker with an account → the rol, and the one that the last import gave.
    """

    kinderen: Mapping[str, Sequence[BekendKind]] = field(default_factory=dict)
    rollen: Mapping[str, Sequence[Rol]] = field(default_factory=dict)


def check_personen(boek: Boek, personen: Personen, fouten: Fouten) -> None:
    """Report every nummer that becomes another child's, and every rol of an account that would change."""
    if "pleegkinderen" in boek:
        _check_kinderen(boek["pleegkinderen"], personen.kinderen, fouten)
    if "medewerkers" in boek:
        _check_rollen(boek["medewerkers"], personen.rollen, fouten)


def _check_kinderen(blad: Gelezen, known: Mapping[str, Sequence[BekendKind]], fouten: Fouten) -> None:
    achternaam, geboren = blad.soort.position("achternaam"), blad.soort.position("geboortedatum")
    for regel in blad.regels:
        naam, dag = regel.cellen[achternaam], regel.cellen[geboren]
        said = known.get(blad.nummer(regel) or "", ())
        if not said or not isinstance(naam, str) or not isinstance(dag, date):
            continue
        if all(fold_naam(naam) != fold_naam(kind.achternaam) and dag != kind.geboortedatum for kind in said):
            fouten.add_row(blad, regel, "nummer", FoutCode.IDENTITEIT, _ANDER_KIND)


def _check_rollen(blad: Gelezen, known: Mapping[str, Sequence[Rol]], fouten: Fouten) -> None:
    place = blad.soort.position("rol")
    for regel in blad.regels:
        rol, said = regel.cellen[place], known.get(blad.nummer(regel) or "", ())
        if said and isinstance(rol, Rol) and rol not in said:
            fouten.add_row(blad, regel, "rol", FoutCode.ROL_VAN_ACCOUNT, _ROL)


def find_gelijkenissen(rijen: Iterable[Rij], personen: Personen) -> list[Gelijkenis]:
    """Return the rows of pleegkinderen whose child looks like another, stored or on an earlier row.

    A child that is stored with this name and date of birth already was looked at when it came.
    """
    stored: dict[_Sleutel, list[str]] = {}
    for nummer, said in personen.kinderen.items():
        stored.setdefault(said[0].sleutel, []).append(nummer)
    found, before = [], dict[_Sleutel, str]()
    for rij in rijen:
        nummer, kind = _kind(rij)
        ander = _another(nummer, [*stored.get(kind.sleutel, ()), *_only(before.get(kind.sleutel))])
        before.setdefault(kind.sleutel, nummer)
        known = personen.kinderen.get(nummer)
        if ander is not None and (known is None or known[0].sleutel != kind.sleutel):
            found.append(Gelijkenis(rij.rij, nummer, ander))
    return found


def _kind(rij: Rij) -> tuple[str, BekendKind]:
    waarden = rij.waarden
    roepnaam, achternaam, dag = (waarden[name] for name in ("roepnaam", "achternaam", "geboortedatum"))
    if not isinstance(dag, date):
        raise TypeError(dag)  # a good row has one
    return str(waarden["nummer"]), BekendKind(str(roepnaam), str(achternaam), dag)


def _another(nummer: str, nummers: Iterable[str]) -> str | None:
    return next((ander for ander in nummers if ander != nummer), None)


def _only(nummer: str | None) -> Iterable[str]:
    return () if nummer is None else (nummer,)
