"""The judgements of normen.md §5 and §5b on one peildatum, and their export (afspraken.md §6)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .feiten import Bladen, Rij, Werkboek, build_bladen
from .gevonden import Gevonden, list_termijnen
from .gewicht import find_uitzondering, get_zwaarte
from .kalender import DAG, add_dagen
from .normen import Normversie, build_normversies, pick_normen

Oordeel = dict[str, Any]

KOLOMMEN = (
    "pleegkind_nummer",
    "norm",
    "onderwerp_soort",
    "onderwerp_nummer",
    "zwaarte",
    "laatste_datum",
    "uiterlijk",
    "stand",
    "te_laat_sinds",
    "dagen_te_laat",
)


# --- from uiterlijk to a judgement ---


def get_stand(uiterlijk: date | None, waarschuwing_dagen: int, p: date) -> str:
    """No uiterlijk: op_tijd; p after it: te_laat; within the warning: nadert (§5)."""
    if uiterlijk is None:
        return "op_tijd"
    if p > uiterlijk:
        return "te_laat"
    if p >= add_dagen(uiterlijk, -waarschuwing_dagen):
        return "nadert"
    return "op_tijd"


def judge(gevonden: Gevonden, normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Oordeel | None:
    """One row of the export, or None: a norm that does not apply yields no judgement at all."""
    code, onderwerp, termijn = gevonden
    if termijn is None:
        return None
    stand = get_stand(termijn.uiterlijk, normen[code]["waarschuwing_dagen"], p)
    oordeel: Oordeel = {
        "pleegkind_nummer": kind["nummer"],
        "norm": code,
        "onderwerp_soort": onderwerp.soort,
        "onderwerp_nummer": onderwerp.nummer,
        "zwaarte": get_zwaarte(normen[code], onderwerp, termijn, kind, bladen, p),
        "laatste_datum": termijn.laatste,
        "uiterlijk": termijn.uiterlijk,
        "stand": stand,
        "te_laat_sinds": None,
        "dagen_te_laat": None,
        "uitzondering_nummer": None,
    }
    if stand == "te_laat" and termijn.uiterlijk is not None:
        oordeel["te_laat_sinds"] = termijn.uiterlijk + DAG
        oordeel["dagen_te_laat"] = (p - termijn.uiterlijk).days
        oordeel["uitzondering_nummer"] = find_uitzondering(normen, code, kind, bladen, p)
        if oordeel["uitzondering_nummer"] is not None:
            oordeel["stand"] = "uitzondering"
    return oordeel


def oordelen(
    werkboek: Werkboek,
    peildatum: date,
    normversies: Sequence[Normversie] | None = None,
    bekend_tot: int | None = None,
) -> list[Oordeel]:
    """Every judgement of every child on the peildatum, as the file was known, sorted as afspraken.md §6."""
    bladen = build_bladen(werkboek, peildatum, bekend_tot)
    normen = pick_normen(build_normversies() if normversies is None else normversies, peildatum)
    rijen = [rij for kind in bladen["pleegkinderen"] for rij in list_oordelen(normen, kind, bladen, peildatum)]
    return sorted(rijen, key=lambda rij: [rij[kolom] for kolom in KOLOMMEN[:4]])


def list_oordelen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Oordeel]:
    """The judgements of one child, from the norms and the facts that there are on p."""
    for gevonden in list_termijnen(normen, kind, bladen, p):
        oordeel = judge(gevonden, normen, kind, bladen, p)
        if oordeel is not None:
            yield oordeel


# --- the export ---


def format_cel(waarde: object) -> str:
    """Empty for nothing, ISO dates; what a spreadsheet would run as a formula gets a leading quote."""
    tekst = "" if waarde is None else str(waarde)
    return "'" + tekst if tekst.startswith(("=", "+", "-", "@", "\t", "\r")) else tekst


def als_csv(rijen: Iterable[Oordeel]) -> str:
    """The termijnen CSV of afspraken.md §6: comma, header row, LF."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, lineterminator="\n")
    schrijver.writerow(KOLOMMEN)
    for rij in rijen:
        schrijver.writerow([format_cel(rij[kolom]) for kolom in KOLOMMEN])
    return uit.getvalue()
