"""Small builders for the audit: a row of which only what matters is said."""

from datetime import date
from typing import Any

from app.norms.kwartaaltoets.inhoud import OordeelInhoud, RegelInhoud


def oordeel(stand: str, *, zwaarte: str = "norm", dagen: int | None = None, norm: str = "KAG-R") -> OordeelInhoud:
    return {
        "norm": norm,
        "onderwerp": {"soort": "plaatsing", "id": "p"},
        "zwaarte": zwaarte,
        "stand": stand,
        "laatste": None,
        "uiterlijk": None,
        "teLaatSinds": None,
        "dagenTeLaat": dagen,
        "uitzonderingId": None,
    }


def regel(nummer: str = "K1", **over: Any) -> RegelInhoud:
    """Return a row that is in order."""
    gewoon: dict[str, Any] = {
        "pleegkind": {"id": f"id-{nummer}", "nummer": nummer},
        "leeftijd": 8,
        "plaatsing": {
            "id": "p",
            "nummer": "P1",
            "vorm": "voltijd",
            "zorgvorm": "pleegzorg",
            "van": "2025-01-01",
            "tot": None,
        },
        "pleeggezin": {"id": "g", "nummer": "G1"},
        "begeleider": {"id": "m", "nummer": "M1"},
        "team": {"id": "t", "naam": "Noord"},
        "maatregelen": ["ots"],
        "gi": "GI West",
        "geplaatstOpKwartaaleinde": True,
        "peildatum": "2026-09-30",
        "criteria": {"KAG-R": oordeel("op_tijd"), "VC-J": oordeel("op_tijd", norm="VC-J"), "MDO": None},
        "oordelen": [],
        "vgbStand": None,
        "navolgbaar": True,
        "metUitzondering": False,
        "nooitGezien": False,
        "lateRegistraties": 0,
        "professionals12m": 1,
        "kindperiodes": {"totaal": 0, "metGesprek": 0},
        "ruisfactoren": [],
        "ruisscore": 0,
    }
    return {**gewoon, **over}  # type: ignore[typeddict-item] # what a test says over it


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)
