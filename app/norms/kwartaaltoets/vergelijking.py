"""What differs between two sets of rows: the same audit with what is known now, or this quarter and the one before.

Works on the content alone. Why something differs is found in the file (``app.queries.kwartaaltoetsen.vergelijking``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from app.norms.kwartaaltoets.inhoud import OordeelInhoud, RegelInhoud
from app.norms.kwartaaltoets.kengetallen import late_criteria


class Verschilsoort(StrEnum):
    """How a child's row differs."""

    GEWIJZIGD = "gewijzigd"
    ERBIJ = "erbij"
    WEG = "weg"


class Verloop(StrEnum):
    """How a child's row went from one quarter to the next."""

    BETER = "beter"
    SLECHTER = "slechter"
    GELIJK = "gelijk"
    NIEUW = "nieuw"
    WEG = "weg"


@dataclass(frozen=True, slots=True)
class Veldverschil:
    """One cell that differs; ``veld`` such as ``KAG-R.stand`` or ``navolgbaar``, values as text or None."""

    veld: str
    was: str | None
    wordt: str | None


@dataclass(frozen=True, slots=True)
class Regelverschil:
    """A child whose row differs, with every cell that does; none when it joined or left."""

    pleegkind_id: str
    pleegkind_nummer: str
    soort: Verschilsoort
    velden: tuple[Veldverschil, ...]


_OORDEEL_VELDEN: tuple[Literal["stand", "zwaarte", "uiterlijk", "uitzonderingId"], ...] = (
    "stand", "zwaarte", "uiterlijk", "uitzonderingId",
)  # fmt: skip
_VELDEN = (
    "geplaatstOpKwartaaleinde", "peildatum", "navolgbaar", "lateRegistraties", "professionals12m", "ruisscore",
    "opvolgingStand", "zichtplan",
)  # fmt: skip


def compare(was: Iterable[RegelInhoud], wordt: Iterable[RegelInhoud]) -> list[Regelverschil]:
    """Return the children whose rows differ, by nummer.

    Args:
        was: the rows as they were established.
        wordt: the rows as they would be.
    """
    before, after = _by_child(was), _by_child(wordt)
    found = (_difference(before.get(kind), after.get(kind)) for kind in before.keys() | after.keys())
    return sorted((one for one in found if one is not None), key=lambda one: (one.pleegkind_nummer, one.pleegkind_id))


def _by_child(regels: Iterable[RegelInhoud]) -> dict[str, RegelInhoud]:
    return {regel["pleegkind"]["id"]: regel for regel in regels}


def _difference(was: RegelInhoud | None, wordt: RegelInhoud | None) -> Regelverschil | None:
    regel = wordt or was
    if regel is None:
        return None
    kind = regel["pleegkind"]
    if was is None or wordt is None:
        soort = Verschilsoort.ERBIJ if was is None else Verschilsoort.WEG
        return Regelverschil(kind["id"], kind["nummer"], soort, ())
    before, after = cells(was), cells(wordt)
    velden = tuple(
        Veldverschil(veld, before.get(veld), after.get(veld))
        for veld in sorted(before.keys() | after.keys())
        if before.get(veld) != after.get(veld)
    )
    return Regelverschil(kind["id"], kind["nummer"], Verschilsoort.GEWIJZIGD, velden) if velden else None


def cells(regel: RegelInhoud) -> Mapping[str, str]:
    """Return what a row says, cell by cell, as text; an empty cell is left out."""
    found: dict[str, object] = {veld: regel.get(veld) for veld in _VELDEN}
    found["plaatsing"] = regel["plaatsing"]["nummer"]
    found["begeleider"] = regel["begeleider"]["nummer"] if regel["begeleider"] else None
    found["team"] = regel["team"]["naam"] if regel["team"] else None
    found["maatregelen"] = " ".join(regel["maatregelen"])
    found["ruisfactoren"] = " ".join(one["code"] for one in regel["ruisfactoren"])
    for aanleiding in regel.get("aanleidingen", ()):
        for stap in ("overleg", "besluit"):
            found[f"aanleiding {aanleiding['id']}.{stap}"] = aanleiding[stap]["op"] or aanleiding[stap]["uiterlijk"]
    for code, oordeel in regel["criteria"].items():
        found.update(_oordeel_cells(code, oordeel))
    for oordeel in regel["oordelen"]:
        found.update(_oordeel_cells(f"{oordeel['norm']} {oordeel['onderwerp']['id']}", oordeel))
    return {veld: _text(value) for veld, value in found.items() if value not in (None, "")}


def _oordeel_cells(naam: str, oordeel: OordeelInhoud | None) -> Iterator[tuple[str, object]]:
    if oordeel is None:
        return
    for veld in _OORDEEL_VELDEN:
        yield f"{naam}.{veld}", oordeel[veld]
    if oordeel["laatste"] is not None:
        yield f"{naam}.laatste", oordeel["laatste"]["datum"]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(value)


@dataclass(frozen=True, slots=True)
class Kindverloop:
    """How one child went from the quarter before to this one."""

    pleegkind_id: str
    pleegkind_nummer: str
    verloop: Verloop
    was_navolgbaar: bool | None
    is_navolgbaar: bool | None


def follow(vorige: Iterable[RegelInhoud], deze: Iterable[RegelInhoud]) -> list[Kindverloop]:
    """Return how it went with every child in either quarter, by nummer.

    Better or worse is by the number of criteria because of which a row is not navolgbaar.
    """
    before, after = _followed(vorige), _followed(deze)
    found = (_course(kind, before.get(kind), after.get(kind)) for kind in before.keys() | after.keys())
    return sorted(found, key=lambda one: (one.pleegkind_nummer, one.pleegkind_id))


class _Gevolgd(NamedTuple):
    """What of a row is followed: two whole audits of a nation do not fit in a worker."""

    nummer: str
    navolgbaar: bool
    te_laat: int


def _followed(regels: Iterable[RegelInhoud]) -> dict[str, _Gevolgd]:
    return {
        regel["pleegkind"]["id"]: _Gevolgd(regel["pleegkind"]["nummer"], regel["navolgbaar"], len(late_criteria(regel)))
        for regel in regels
    }


def _course(kind: str, was: _Gevolgd | None, wordt: _Gevolgd | None) -> Kindverloop:
    nummer = next(one.nummer for one in (wordt, was) if one is not None)
    navolgbaar = [None if one is None else one.navolgbaar for one in (was, wordt)]
    return Kindverloop(kind, nummer, _verloop(was, wordt), *navolgbaar)


def _verloop(was: _Gevolgd | None, wordt: _Gevolgd | None) -> Verloop:
    if was is None:
        return Verloop.NIEUW
    if wordt is None:
        return Verloop.WEG
    if was.te_laat == wordt.te_laat:
        return Verloop.GELIJK
    return Verloop.BETER if wordt.te_laat < was.te_laat else Verloop.SLECHTER
