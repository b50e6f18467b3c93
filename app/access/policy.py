"""The reviewed table of who may do what with whose data, as data (``app/access/beleid``); ADR 0016 says how to read it.

``routes.csv``: every method of every path, the permission it names, and the rule that it falls under.
``uitkomsten.csv``: per rule and rol, what comes of it in each relation to what is asked about.
The application does not start with a route that is not in it; the suite makes every cell of it come true.
"""

import csv
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.terms import Rol

_FOLDER = Path(__file__).parent / "beleid"
#: the row of a rule for who is not signed in
NIET_AANGEMELD = "niet_aangemeld"
#: the rule of what is open to everybody
OPENBAAR = "openbaar"


class Beleidsuitkomst(StrEnum):
    """What comes of a request; the letter stands in the table."""

    TOESTAAN = "T"
    GEMASKEERD = "M"
    GEMASKEERD_ZONDER_TEKST = "Z"
    WEIGEREN = "W"
    BESTAAT_NIET = "N"
    WEGGELATEN = "O"
    ONBEKENDE_VERWIJZING = "V"
    AANMELDEN = "A"


#: outcomes that show or do something
GEEFT = frozenset({Beleidsuitkomst.TOESTAAN, Beleidsuitkomst.GEMASKEERD, Beleidsuitkomst.GEMASKEERD_ZONDER_TEKST})


@dataclass(frozen=True, slots=True)
class RouteRegel:
    """One line of ``routes.csv``; ``recht`` is empty for what is open to everybody.

    Behind a # in ``pad`` stands a step of the route before it that asks for a right more.
    """

    methode: str
    pad: str
    recht: str
    regel: str

    @property
    def is_step(self) -> bool:
        """Tell whether it is a step of another line's route."""
        return "#" in self.pad


@dataclass(frozen=True, slots=True)
class UitkomstRegel:
    """One line of ``uitkomsten.csv``: relation → outcome; a relation that cannot be is not in it."""

    regel: str
    rol: str
    uitkomsten: Mapping[str, Beleidsuitkomst]
    verborgen: tuple[str, ...]


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def route_regels() -> tuple[RouteRegel, ...]:
    """Return the routes as they were reviewed."""
    return tuple(RouteRegel(**line) for line in _lines("routes.csv"))


@cache
def uitkomst_regels() -> tuple[UitkomstRegel, ...]:
    """Return the outcomes as they were reviewed."""
    return tuple(_uitkomst_regel(line) for line in _lines("uitkomsten.csv"))


def _uitkomst_regel(line: dict[str, str]) -> UitkomstRegel:
    regel, rol, verborgen = line.pop("regel"), line.pop("rol"), line.pop("verborgen")
    cells = {relatie: Beleidsuitkomst(cell) for relatie, cell in line.items() if cell != "-"}
    return UitkomstRegel(regel, rol, cells, tuple(verborgen.split()))


@dataclass(frozen=True, slots=True)
class Gevonden:
    """A method of a path as the application has it; ``recht`` is None where a route names none."""

    methode: str
    pad: str
    recht: str | None


def differences(
    gevonden: list[Gevonden],
    routes: tuple[RouteRegel, ...],
    uitkomsten: tuple[UitkomstRegel, ...],
) -> Iterator[str]:
    """Yield in words every way in which the application is not what was reviewed; nothing when it is."""
    yield from _routes(gevonden, routes)
    yield from _rules(routes, uitkomsten)
    yield from _grants(routes, uitkomsten)
    yield from _refusals(routes, uitkomsten, {(one.methode, one.pad) for one in gevonden})


def _routes(gevonden: list[Gevonden], routes: tuple[RouteRegel, ...]) -> Iterator[str]:
    whole = {(one.methode, one.pad): one for one in routes}
    steps = {key for key, one in whole.items() if one.is_step}
    declared = {(one.methode, one.pad) for one in gevonden}
    # A step that no route declares is one that a service asks for.
    known = {key: one for key, one in whole.items() if not one.is_step or key in declared}
    if len(whole) != len(routes):
        yield "een route staat er twee keer in"
    for methode, pad in steps:
        if (methode, pad.partition("#")[0]) not in whole:
            yield f"{methode} {pad} is een stap van een route die er niet in staat"
    for one in gevonden:
        line = known.pop((one.methode, one.pad), None)
        if line is None:
            yield f"{one.methode} {one.pad} staat niet in de beleidstabel"
        elif line.recht != one.recht:
            yield f"{one.methode} {one.pad} vraagt een ander recht dan de beleidstabel zegt"
        elif (line.regel == OPENBAAR) != (not line.recht):
            yield f"{one.methode} {one.pad} is openbaar zonder de regel, of omgekeerd"
    for methode, pad in known:
        yield f"{methode} {pad} staat in de beleidstabel en bestaat niet"


def _rules(routes: tuple[RouteRegel, ...], uitkomsten: tuple[UitkomstRegel, ...]) -> Iterator[str]:
    wanted = {(regel, rol) for regel in {one.regel for one in routes} for rol in (*Rol, NIET_AANGEMELD)}
    found = [(one.regel, one.rol) for one in uitkomsten]
    for regel, rol in sorted(wanted - set(found)):
        yield f"regel {regel} zegt niets over {rol}"
    for regel, rol in sorted(set(found) - wanted):
        yield f"regel {regel} voor {rol} hoort bij geen route"
    if len(found) != len(set(found)):
        yield "een regel zegt twee keer iets over een rol"


def _grants(routes: tuple[RouteRegel, ...], uitkomsten: tuple[UitkomstRegel, ...]) -> Iterator[str]:
    """Yield where a rol has a permission for which the table gives nothing, or the other way round."""
    gives = {(one.regel, one.rol): bool(GEEFT & set(one.uitkomsten.values())) for one in uitkomsten}
    for recht, regel in sorted({(one.recht, one.regel) for one in routes if one.recht in set(Permission)}):
        for rol in Rol:
            if gives.get((regel, rol), False) != (Permission(recht) in PERMISSIONS_OF_ROL[rol]):
                yield f"het recht {recht} van {rol} is anders dan regel {regel} zegt"


def _refusals(
    routes: tuple[RouteRegel, ...], uitkomsten: tuple[UitkomstRegel, ...], declared: AbstractSet[tuple[str, str]]
) -> Iterator[str]:
    """Yield where who has not the right, or is not signed in, is told anything that depends on the relation.

    A step of a route is reached only by who has the right of that route: its rule falls under that right too. One that
    the route declares is refused at the door as well.
    """
    of_route = {
        (one.methode, one.pad): one.recht for one in routes if not one.is_step or (one.methode, one.pad) in declared
    }
    rights: dict[str, set[str]] = {}
    for one in routes:
        asked = {of_route.get((one.methode, pad), "") for pad in (one.pad.partition("#")[0], one.pad)}
        rights.setdefault(one.regel, set()).update(asked & set(Permission))
    for line in uitkomsten:
        asked, found = rights.get(line.regel, set()), set(line.uitkomsten.values())
        if line.rol == NIET_AANGEMELD:
            alike = {Beleidsuitkomst.TOESTAAN} if line.regel == OPENBAAR else {Beleidsuitkomst.AANMELDEN}
        elif not asked <= PERMISSIONS_OF_ROL[Rol(line.rol)]:
            alike = {Beleidsuitkomst.WEIGEREN}
        else:
            continue
        if found != alike:
            yield f"regel {line.regel} weigert {line.rol} niet in elke relatie gelijk"
