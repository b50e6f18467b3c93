"""The judgements of normen.md §5 on one peildatum, and their export (afspraken.md §6)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .feiten import (
    Bladen,
    Rij,
    Werkboek,
    build_bladen,
    get_begin_aaneengesloten,
    holds,
    select,
    select_actief,
)
from .kalender import DAG, add_dagen, is_leeftijd_bereikt
from .normen import Normversie, build_normversies, pick_normen
from .regels import (
    Termijn,
    build_gezinszicht,
    compute_cal_3,
    compute_eval_j,
    compute_hb,
    compute_hvp_6,
    compute_kag_3,
    compute_kag_r,
    compute_mdo,
    compute_ont_j,
    compute_pov_1,
    compute_vc_j,
    compute_vgb_12,
    compute_vgb_h,
    compute_vgb_t,
    compute_vp,
    get_begin_maatregel,
)

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
GOEDKEURROLLEN = ("gedragswetenschapper", "teamleider")
VOLWASSEN = 18


@dataclass(frozen=True)
class Onderwerp:
    """What a norm is about: its kind and nummer."""

    soort: str
    nummer: str


# --- which norms stand on a child ---

Gevonden = tuple[str, Onderwerp, Termijn | None]


def list_plaatsingtermijnen(normen: Mapping[str, Normversie], plaatsing: Rij, bladen: Bladen) -> Iterator[Gevonden]:
    """The norms of one active plaatsing."""
    onderwerp = Onderwerp("plaatsing", plaatsing["nummer"])
    regels = {"KAG-3": compute_kag_3, "KAG-R": compute_kag_r, "VC-J": compute_vc_j, "HB": compute_hb}
    for code, regel in regels.items():
        if code in normen:
            yield code, onderwerp, regel(normen[code]["parameters"], plaatsing, bladen)


def list_kindtermijnen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """The norms of a child that is in zorg on p."""
    onderwerp = Onderwerp("pleegkind", kind["nummer"])
    z = get_begin_aaneengesloten(select(bladen["plaatsingen"], "pleegkind", kind["nummer"]))
    regels = {
        "MDO": compute_mdo,
        "ONT-J": compute_ont_j,
        "HVP-6": compute_hvp_6,
        "VP": compute_vp,
        "POV-1": compute_pov_1,
    }
    for code, regel in regels.items():
        if code in normen:
            yield code, onderwerp, regel(normen[code]["parameters"], kind, z, bladen, p)


def list_gezinstermijnen(normen: Mapping[str, Normversie], gezin: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """The norms of a family with an active plaatsing, and of everyone who lives there on p."""
    zicht = build_gezinszicht(gezin, bladen, p)
    if "EVAL-J" in normen:
        termijn = compute_eval_j(normen["EVAL-J"]["parameters"], zicht, bladen)
        yield "EVAL-J", Onderwerp("pleeggezin", gezin["nummer"]), termijn
    for lid in select(bladen["gezinsleden"], "pleeggezin", gezin["nummer"]):
        if not holds(lid["inwonend_sinds"], lid["inwonend_tot"], p):
            continue
        onderwerp = Onderwerp("gezinslid", lid["nummer"])
        if "VGB-T" in normen:
            yield "VGB-T", onderwerp, compute_vgb_t(normen["VGB-T"]["parameters"], lid, zicht, bladen)
        if "VGB-12" in normen:
            yield "VGB-12", onderwerp, compute_vgb_12(normen["VGB-12"]["parameters"], lid, zicht, bladen, p)
        if "VGB-H" in normen:
            yield "VGB-H", onderwerp, compute_vgb_h(normen["VGB-H"]["parameters"], lid, zicht, bladen)


def list_signaaltermijnen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """CAL-3 of the child's signalen: also after the child left."""
    if "CAL-3" in normen:
        for signaal in select(bladen["signalen"], "pleegkind", kind["nummer"]):
            termijn = compute_cal_3(normen["CAL-3"]["parameters"], signaal, p)
            yield "CAL-3", Onderwerp("signaal", signaal["nummer"]), termijn


def list_termijnen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """Everything that stands on this child on p, each norm and subject once."""
    actief = select_actief(select(bladen["plaatsingen"], "pleegkind", kind["nummer"]), p)
    for plaatsing in actief:
        yield from list_plaatsingtermijnen(normen, plaatsing, bladen)
    if actief:
        yield from list_kindtermijnen(normen, kind, bladen, p)
    # A set: two plaatsingen in one family (voltijd and deeltijd) show the family once.
    for gezinsnummer in {plaatsing["pleeggezin"] for plaatsing in actief}:
        (gezin,) = select(bladen["pleeggezinnen"], "nummer", gezinsnummer)
        yield from list_gezinstermijnen(normen, gezin, bladen, p)
    yield from list_signaaltermijnen(normen, kind, bladen, p)


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


def get_zwaarte(normversie: Normversie, soort: str, kind: Rij, bladen: Bladen, p: date) -> str:
    """The zwaarte of the version, or streef under pleegoudervoogdij or from the 18th birthday (§5)."""
    voogdij = get_begin_maatregel(bladen, kind, ("pleegoudervoogdij",), p)
    if normversie["code"] in ("KAG-3", "KAG-R", "HB") and voogdij is not None:
        return "streef"
    # "All norms of the child and its plaatsing": not those of the family, its members or a signaal.
    if soort in ("pleegkind", "plaatsing") and is_leeftijd_bereikt(kind["geboortedatum"], VOLWASSEN, p):
        return "streef"
    zwaarte: str = normversie["zwaarte"]
    return zwaarte


def covers(uitzondering: Rij, code: str, bladen: Bladen, p: date) -> bool:
    """Active with both ends included, and approved by another person with the right rol (§5)."""
    if code not in uitzondering["normen"] or not uitzondering["van"] <= p <= uitzondering["herzien_uiterlijk"]:
        return False
    goedkeurder = uitzondering["goedgekeurd_door"]
    if goedkeurder is None or goedkeurder == uitzondering["opgesteld_door"]:
        return False
    medewerkers = select(bladen["medewerkers"], "nummer", goedkeurder)
    return any(medewerker["rol"] in GOEDKEURROLLEN for medewerker in medewerkers)


def find_uitzondering(code: str, kind: Rij, bladen: Bladen, p: date) -> str | None:
    """The nummer of the covering uitzondering of this child; with several the earliest van is named (§5).

    The text does not say which of two with the same van: the lowest nummer here.
    """
    dekkend = [
        (uitzondering["van"], uitzondering["nummer"])
        for uitzondering in select(bladen["uitzonderingen"], "pleegkind", kind["nummer"])
        if covers(uitzondering, code, bladen, p)
    ]
    return min(dekkend)[1] if dekkend else None


def judge(gevonden: Gevonden, normversie: Normversie, kind: Rij, bladen: Bladen, p: date) -> Oordeel | None:
    """One row of the export, or None: a norm that does not apply yields no judgement at all."""
    code, onderwerp, termijn = gevonden
    if termijn is None:
        return None
    stand = get_stand(termijn.uiterlijk, normversie["waarschuwing_dagen"], p)
    oordeel: Oordeel = {
        "pleegkind_nummer": kind["nummer"],
        "norm": code,
        "onderwerp_soort": onderwerp.soort,
        "onderwerp_nummer": onderwerp.nummer,
        "zwaarte": get_zwaarte(normversie, onderwerp.soort, kind, bladen, p),
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
        oordeel["uitzondering_nummer"] = find_uitzondering(code, kind, bladen, p)
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
    rijen = [
        oordeel
        for kind in bladen["pleegkinderen"]
        for gevonden in list_termijnen(normen, kind, bladen, peildatum)
        if (oordeel := judge(gevonden, normen[gevonden[0]], kind, bladen, peildatum)) is not None
    ]
    return sorted(rijen, key=lambda rij: [rij[kolom] for kolom in KOLOMMEN[:4]])


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
