"""The columns that normen.md §5b adds to a row of the audit: was the child seen, and did somebody act."""

from collections.abc import Sequence
from datetime import date

from .feiten import Bladen, Rij, select
from .normen import TWEEDE_DAG
from .orakel import Oordeel
from .regels_tweede import list_zichtplannen

# From the worst on; what is not named here cannot be found for it.
OPVOLGING_ORDE = ("te_laat", "nadert", "op_tijd")
OPVOLGING = ("OPV-O", "OPV-B", "OPV-H")


def build_tweede(bladen: Bladen, kind: Rij, plaatsing: Rij, eigen: list[Oordeel], p: date) -> dict[str, object]:
    """Columns 23 to 26: of a quarter before the second catalogue nothing."""
    if p < TWEEDE_DAG:
        return {"zien_stand": "nvt", "zien_laatste": None, "opvolging_stand": "nvt", "zichtplan": "nvt"}
    zien = find_oordeel(eigen, "ZIEN", plaatsing["nummer"])
    checks = {rij["nummer"] for rij in select(bladen["veiligheidschecks"], "plaatsing", plaatsing["nummer"])}
    opvolging = [
        rij["stand"]
        for rij in eigen
        if rij["norm"] in OPVOLGING and (rij["norm"] != "OPV-H" or rij["onderwerp_nummer"] in checks)
    ]
    return {
        "zien_stand": "nvt" if zien is None else zien["stand"],
        "zien_laatste": None if zien is None else zien["laatste_datum"],
        "opvolging_stand": pick_ergste(opvolging, OPVOLGING_ORDE),
        "zichtplan": ja_nee(bool(list_zichtplannen(kind, bladen, p))),
    }


def find_oordeel(eigen: list[Oordeel], norm: str, nummer: str) -> Oordeel | None:
    gevonden = [rij for rij in eigen if (rij["norm"], rij["onderwerp_nummer"]) == (norm, nummer)]
    return gevonden[0] if gevonden else None


def pick_ergste(standen: Sequence[str], orde: Sequence[str]) -> str:
    return min(standen, key=orde.index, default="nvt")


def ja_nee(waarde: bool) -> str:  # noqa: FBT001
    return "ja" if waarde else "nee"
