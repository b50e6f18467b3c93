"""The norms as data: the tables of normen.md §5 and §5b, and which version holds on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Normversie = dict[str, Any]

# By code: its zwaarte, warning in days and parameters.
VERSIE_1: dict[str, tuple[str, int, dict[str, Any]]] = {
    "KAG-3": ("norm", 30, {"aantal": 3, "stap_maanden": 4, "venster_maanden": 12}),
    "KAG-R": ("norm", 30, {"maanden": 4}),
    "VC-J": ("norm", 60, {"maanden": 12, "dagen_na_signaal": 7}),
    "MDO": ("norm", 30, {"maanden": 6}),
    "HB": ("streef", 14, {"dagen": 42}),
    "ONT-J": ("norm", 30, {"maanden_jong": 6, "maanden": 12, "leeftijd_jong": 4}),
    "HVP-6": ("norm", 14, {"dagen": 42}),
    "VP": ("streef", 30, {"maanden": 3}),
    "VGB-T": ("norm", 28, {"dagen_netwerk": 91}),
    "VGB-12": ("streef", 60, {"leeftijd": 12, "dagen_vooraf": 60}),
    "VGB-H": ("norm", 60, {"maanden": None}),
    "EVAL-J": ("streef", 60, {"maanden": 12}),
    "POV-1": ("norm", 60, {"maanden": 12}),
    "CAL-3": ("norm", 1, {"werkdagen": 3, "dagen_bij_twijfel": 42}),
}
NORMCODES = tuple(VERSIE_1)
EERSTE_DAG = date(1900, 1, 1)

# The second catalogue (§5b), from this day on: seven norms that did not exist before it...
TWEEDE_DAG = date(2026, 10, 1)
NIEUW: dict[str, tuple[str, int, dict[str, Any]]] = {
    "ZIEN": ("streef", 7, {"dagen": 42, "dagen_eerste": 14}),
    "KAG-D": ("streef", 60, {"maanden": 12}),
    "OPV-O": ("norm", 5, {"werkdagen": 1, "maanden_getoond": 12}),
    "OPV-B": ("norm", 2, {"werkdagen": 5, "maanden_getoond": 12}),
    "OPV-H": ("norm", 7, {"dagen": 28, "maanden_getoond": 12}),
    "ZP": ("norm", 3, {}),
    "ACT": ("streef", 7, {}),
}
# ... and six second versions, with their zwaarte: for the rest the data of version 1. What their rules say
# differently stands in ``regels_tweede``.
VERSIE_2: dict[str, str] = {
    "VGB-T": "norm",
    "VGB-H": "norm",
    "POV-1": "streef",
    "HVP-6": "streef",
    "MDO": "norm",
    "CAL-3": "norm",
}
ALLE_NORMCODES = (*NORMCODES, *NIEUW)
# Nothing covers these on or after that day, whatever an uitzondering names (§5b).
NOOIT_GEDEKT = ("OPV-O", "OPV-B", "OPV-H", "ZP", "CAL-3")


def build_normversies(*, tweede: bool = True) -> list[Normversie]:
    """Version 1 of each norm, in force from 1900-01-01 (normen.md §5: norms are versioned data).

    And the second catalogue, from its day on, unless only the first is asked for.
    """
    eerste = [
        _build_versie(code, 1, EERSTE_DAG, zwaarte, waarschuwing, parameters)
        for code, (zwaarte, waarschuwing, parameters) in VERSIE_1.items()
    ]
    return add_tweede_catalogus(eerste) if tweede else eerste


def _build_versie(
    code: str, versie: int, van: date, zwaarte: str, waarschuwing: int, parameters: Mapping[str, Any]
) -> Normversie:
    return {
        "code": code,
        "versie": versie,
        "geldig_van": van,
        "geldig_tot": None,
        "zwaarte": zwaarte,
        "waarschuwing_dagen": waarschuwing,
        "parameters": dict(parameters),
    }


def add_tweede_catalogus(normversies: Iterable[Normversie]) -> list[Normversie]:
    """The same norms, with the second catalogue from its day on: what held until then ends there."""
    lijst = []
    for versie in normversies:
        if versie["code"] in VERSIE_2 and versie["geldig_tot"] is None:
            lijst.append({**versie, "geldig_tot": TWEEDE_DAG})
            tweede = {"versie": versie["versie"] + 1, "geldig_van": TWEEDE_DAG, "zwaarte": VERSIE_2[versie["code"]]}
            lijst.append({**versie, **tweede})
        else:
            lijst.append(versie)
    nieuw = [_build_versie(code, 1, TWEEDE_DAG, *waarden) for code, waarden in NIEUW.items()]
    return [*lijst, *nieuw]


def is_tweede(normen: Mapping[str, Normversie]) -> bool:
    """Whether the second catalogue is among the norms that hold on p: then §5b says how is judged."""
    return "ZP" in normen


def pick_normen(normversies: Iterable[Normversie], peildatum: date) -> dict[str, Normversie]:
    """Per code the version in force on the peildatum; geldig_tot is the first day it no longer holds."""
    return {
        versie["code"]: versie
        for versie in normversies
        if versie["geldig_van"] <= peildatum and (versie["geldig_tot"] is None or peildatum < versie["geldig_tot"])
    }
