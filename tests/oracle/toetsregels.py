"""The kwartaaltoets CSV (afspraken.md §6, normen.md §6 and §5b) of a workbook that is one import.

Every column but ruisscore: the oracle knows no ruisfactoren.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from .feiten import Bladen, Rij, Werkboek, build_bladen, holds, select, select_actief
from .normen import Normversie, pick_normen
from .orakel import Oordeel, format_cel, list_oordelen
from .toets import Historie, Versie, count_laat, count_professionals, get_peildatum, list_rijen
from .toets_tweede import build_tweede, find_oordeel, ja_nee, pick_ergste

Regel = dict[str, str]

# From the worst on.
VGB_ORDE = ("te_laat", "uitzondering", "nadert", "op_tijd")
# No fact of a workbook is later: the moment of the import does not matter then.
IMPORT = datetime(2100, 1, 1, tzinfo=UTC)


def build_regels(werkboek: Werkboek, eerste: date, laatste: date, normversies: Sequence[Normversie]) -> list[Regel]:
    """The rows of a quarter, sorted by child, each a dict by column."""
    historie: Historie = {
        (blad, rij["nummer"]): [Versie(rij, IMPORT)] for blad, rijen in werkboek.items() for rij in rijen
    }
    bladen_op: dict[date, Bladen] = {}
    regels = []
    for kind, plaatsing in list_rijen(werkboek, eerste, laatste):
        p = get_peildatum(plaatsing, laatste)
        if p not in bladen_op:
            bladen_op[p] = build_bladen(werkboek, p, None)
        bladen = bladen_op[p]
        eigen = list(list_oordelen(pick_normen(normversies, p), kind, bladen, p))
        regel = {
            **_build_kop(werkboek, kind, plaatsing, p, laatste),
            **_build_criteria(werkboek, kind, plaatsing, eigen),
            "late_registraties": count_laat(werkboek, historie, kind, eerste, p),
            "professionals_12m": count_professionals(werkboek, kind, p),
            **build_tweede(bladen, kind, plaatsing, eigen, p),
        }
        regels.append({kolom: format_cel(waarde) for kolom, waarde in regel.items()})
    return regels


def _build_kop(werkboek: Werkboek, kind: Rij, plaatsing: Rij, p: date, laatste: date) -> dict[str, object]:
    begeleider = _find_begeleider(werkboek, plaatsing, p)
    maatregelen = select_actief(select(werkboek["maatregelen"], "pleegkind", kind["nummer"]), p)
    geplaatst = holds(plaatsing["van"], plaatsing["tot"], laatste)
    return {
        "pleegkind_nummer": kind["nummer"],
        "plaatsing_nummer": plaatsing["nummer"],
        "team": None if begeleider is None else _get_team(begeleider, p),
        "begeleider_nummer": None if begeleider is None else begeleider["nummer"],
        "maatregel": " ".join(sorted({rij["soort"] for rij in maatregelen})),
        "geplaatst_op_kwartaaleinde": ja_nee(geplaatst),
        "peildatum": p,
    }


def _find_begeleider(werkboek: Werkboek, plaatsing: Rij, p: date) -> Rij | None:
    """Of the plaatsing on the peildatum; several: latest van, then highest nummer."""
    actief = select_actief(select(werkboek["begeleidingen"], "plaatsing", plaatsing["nummer"]), p)
    if not actief:
        return None
    gekozen = max(actief, key=lambda rij: (rij["van"], rij["nummer"]))
    (medewerker,) = select(werkboek["medewerkers"], "nummer", gekozen["medewerker"])
    return medewerker


def _get_team(medewerker: Rij, p: date) -> str | None:
    """A membership has a first day; a first team without one holds from ever."""
    sinds = medewerker.get("team_sinds")
    team: str | None = medewerker["team"]
    return team if sinds is None or sinds <= p else None


def _build_criteria(werkboek: Werkboek, kind: Rij, plaatsing: Rij, eigen: list[Oordeel]) -> dict[str, object]:
    """The three WSS criteria, whether sight is navolgbaar by them, KAG-3 and the family's VGB-T."""
    cellen: dict[str, object] = {}
    navolgbaar = True
    for norm, nummer in (("KAG-R", plaatsing["nummer"]), ("VC-J", plaatsing["nummer"]), ("MDO", kind["nummer"])):
        oordeel = find_oordeel(eigen, norm, nummer)
        naam = norm.lower().replace("-", "_")
        cellen[f"{naam}_stand"] = "nvt" if oordeel is None else oordeel["stand"]
        cellen[f"{naam}_laatste"] = None if oordeel is None else oordeel["laatste_datum"]
        cellen[f"{naam}_uiterlijk"] = None if oordeel is None else oordeel["uiterlijk"]
        if oordeel is not None and (oordeel["stand"], oordeel["zwaarte"]) == ("te_laat", "norm"):
            navolgbaar = False
    kag_3 = find_oordeel(eigen, "KAG-3", plaatsing["nummer"])
    leden = {rij["nummer"] for rij in select(werkboek["gezinsleden"], "pleeggezin", plaatsing["pleeggezin"])}
    vgbs = [rij["stand"] for rij in eigen if rij["norm"] == "VGB-T" and rij["onderwerp_nummer"] in leden]
    return {
        **cellen,
        "navolgbaar": ja_nee(navolgbaar),
        "kag_3_stand": "nvt" if kag_3 is None else kag_3["stand"],
        "vgb_stand": pick_ergste(vgbs, VGB_ORDE),
    }
