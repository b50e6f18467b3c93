"""The norms as data: version 1 of each (the table of normen.md §5), and which version holds on a day."""

from collections.abc import Iterable
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


def build_normversies() -> list[Normversie]:
    """Version 1 of each norm, in force from 1900-01-01 (normen.md §5: norms are versioned data)."""
    return [
        {
            "code": code,
            "versie": 1,
            "geldig_van": EERSTE_DAG,
            "geldig_tot": None,
            "zwaarte": zwaarte,
            "waarschuwing_dagen": waarschuwing,
            "parameters": dict(parameters),
        }
        for code, (zwaarte, waarschuwing, parameters) in VERSIE_1.items()
    ]


def pick_normen(normversies: Iterable[Normversie], peildatum: date) -> dict[str, Normversie]:
    """Per code the version in force on the peildatum; geldig_tot is the first day it no longer holds."""
    return {
        versie["code"]: versie
        for versie in normversies
        if versie["geldig_van"] <= peildatum and (versie["geldig_tot"] is None or peildatum < versie["geldig_tot"])
    }
