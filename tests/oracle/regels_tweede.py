"""The second catalogue: the rows of the tables of normen.md §5b, written to be read beside it.

As in ``regels``: None when a norm does not apply on p, else the last counting event and the uiterlijk. A field
that did not exist before may be missing from a row; that says the same as an empty one: not recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .feiten import Bladen, Rij, get_laatste, holds, select, select_actief
from .kalender import add_dagen, add_maanden, add_werkdagen
from .normen import TWEEDE_DAG
from .regels import (
    VOLTIJD,
    Gezinszicht,
    Parameters,
    Termijn,
    compute_cal_3,
    compute_mdo,
    compute_vgb_h,
    compute_vgb_t,
    find_geldige_vgb,
    find_laatste_beslissing,
    get_begin_maatregel,
    list_tellende_gesprekken,
)

ZICHTPLANNORMEN = {"KAG-3", "KAG-R", "KAG-D"}
ZICHTPLAN_MAANDEN = 6
# The step of the meldcode that stands for a step of the follow-up (§8 has the five steps).
MELDCODESTAP = {"overleg": 2, "besluit": 5}


@dataclass(frozen=True)
class Aanleiding:
    """A fact after which somebody must act: its kind, its row, and k."""

    soort: str
    rij: Rij
    k: date


# --- seen ---


def list_waarnemingen(plaatsing: Rij, bladen: Bladen) -> list[date]:
    """The days on which the child was seen in this plaatsing: alone or not.

    "Dated within its plaatsing", and periods are half-open (§5): on the day of leaving it no longer holds.
    """
    gesprekken = select(bladen["kindgesprekken"], "plaatsing", plaatsing["nummer"])
    gezien = [rij for rij in gesprekken if rij["doorgegaan"] and rij["vorm"] == "fysiek"]
    for blad in ("huisbezoeken", "veiligheidschecks"):
        gezien += [rij for rij in select(bladen[blad], "plaatsing", plaatsing["nummer"]) if rij.get("kind_gezien")]
    return [rij["datum"] for rij in gezien if holds(plaatsing["van"], plaatsing["tot"], rij["datum"])]


def compute_zien(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """L + 42 d, or P + 14 d without L; L = the last waarneming in this plaatsing from P on. Voltijd only."""
    if plaatsing["vorm"] not in VOLTIJD:
        return None
    laatste = get_laatste(list_waarnemingen(plaatsing, bladen), plaatsing["van"])
    if laatste is None:
        return Termijn(None, add_dagen(plaatsing["van"], parameters["dagen_eerste"]))
    return Termijn(laatste, add_dagen(laatste, parameters["dagen"]))


def compute_kag_d(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """m(L or P, 12), L as for KAG-R. Deeltijd only."""
    if plaatsing["vorm"] != "deeltijd":
        return None
    laatste = get_laatste(list_tellende_gesprekken(plaatsing, bladen), plaatsing["van"])
    return Termijn(laatste, add_maanden(laatste or plaatsing["van"], parameters["maanden"]))


# --- what asks for an answer, and the answer ---


def list_aanleidingen(kind: Rij, bladen: Bladen) -> Iterator[Aanleiding]:
    """What happened to the child, or became known, after which somebody must act: only from the day of §5b on."""
    for soort, rij, k in _list_zorgen(kind, bladen):
        if k >= TWEEDE_DAG:
            yield Aanleiding(soort, rij, k)


def _list_zorgen(kind: Rij, bladen: Bladen) -> Iterator[tuple[str, Rij, date]]:
    for plaatsing in select(bladen["plaatsingen"], "pleegkind", kind["nummer"]):
        for check in select(bladen["veiligheidschecks"], "plaatsing", plaatsing["nummer"]):
            if check.get("uitkomst") in ("zorgen", "onveilig"):
                yield "veiligheidscheck", check, check["datum"]
        for gesprek in select(bladen["kindgesprekken"], "plaatsing", plaatsing["nummer"]):
            if gesprek["doorgegaan"] and gesprek.get("veilig_in_gezin") == "nee":
                yield "kindgesprek", gesprek, gesprek["datum"]
    for signaal in select(bladen["signalen"], "pleegkind", kind["nummer"]):
        if any(signaal.get(veld) for veld in ("onthulling", "letsel", "geweld", "calamiteit")):
            yield "signaal", signaal, signaal["bekend_geworden_op"]


def list_stappen(aanleiding: Aanleiding, stap: str, bladen: Bladen) -> list[date]:
    """The days of the steps of this kind about this aanleiding, not before k; of the meldcode too."""
    nummer = aanleiding.rij["nummer"]
    stappen = [
        rij["datum"]
        for rij in select(bladen["opvolgstappen"], "aanleiding", nummer)
        if rij["aanleiding_soort"] == aanleiding.soort and rij["stap"] == stap
    ]
    if aanleiding.soort == "signaal":
        meldcode = select(bladen["meldcodestappen"], "signaal", nummer)
        stappen += [rij["datum"] for rij in meldcode if rij["stap"] == MELDCODESTAP[stap]]
    return [dag for dag in stappen if dag >= aanleiding.k]


def _compute_opvolging(
    parameters: Parameters, aanleiding: Aanleiding, gedaan: list[date], uiterlijk: date, p: date
) -> Termijn | None:
    """None once done (laatste: the first), and then shown until m(k, 12); else the uiterlijk, however long ago."""
    if not gedaan:
        return Termijn(None, uiterlijk)
    if p < add_maanden(aanleiding.k, parameters["maanden_getoond"]):
        return Termijn(min(gedaan), None)
    return None


def compute_opv_o(parameters: Parameters, aanleiding: Aanleiding, bladen: Bladen, p: date) -> Termijn | None:
    """None once an overleg about it is dated <= p; else w(k, 1). In zorg or not."""
    uiterlijk = add_werkdagen(aanleiding.k, parameters["werkdagen"])
    return _compute_opvolging(parameters, aanleiding, list_stappen(aanleiding, "overleg", bladen), uiterlijk, p)


def compute_opv_b(parameters: Parameters, aanleiding: Aanleiding, bladen: Bladen, p: date) -> Termijn | None:
    """None once a besluit about it is dated <= p; else w(k, 5). In zorg or not."""
    uiterlijk = add_werkdagen(aanleiding.k, parameters["werkdagen"])
    return _compute_opvolging(parameters, aanleiding, list_stappen(aanleiding, "besluit", bladen), uiterlijk, p)


def compute_opv_h(parameters: Parameters, aanleiding: Aanleiding, bladen: Bladen, p: date) -> Termijn | None:
    """Of a check in a plaatsing that is active on p: none once another one there, with the child seen, is dated > k."""
    if aanleiding.soort != "veiligheidscheck":
        return None
    plaatsing = aanleiding.rij["plaatsing"]
    if not select_actief(select(bladen["plaatsingen"], "nummer", plaatsing), p):
        return None
    herchecks = [
        check["datum"]
        for check in select(bladen["veiligheidschecks"], "plaatsing", plaatsing)
        if check.get("kind_gezien") and check["datum"] > aanleiding.k
    ]
    uiterlijk = add_dagen(aanleiding.k, parameters["dagen"])
    return _compute_opvolging(parameters, aanleiding, herchecks, uiterlijk, p)


def compute_act(actie: Rij, p: date) -> Termijn | None:
    """Its uiterlijk, as long as it is not done; in zorg or not."""
    gedaan = actie["gedaan_op"]
    if gedaan is not None and gedaan <= p:
        return None
    return Termijn(None, actie["uiterlijk"])


# --- the zichtplan ---


def is_geldig_zichtplan(uitzondering: Rij, bladen: Bladen) -> bool:
    """All that §5b asks of a zichtplan; whether it is active on p is another question."""
    if uitzondering.get("soort") != "zichtplan" or uitzondering["van"] < TWEEDE_DAG:
        return False
    normen = set(uitzondering["normen"])
    if not normen or not normen <= ZICHTPLANNORMEN:
        return False
    if uitzondering["herzien_uiterlijk"] > add_maanden(uitzondering["van"], ZICHTPLAN_MAANDEN):
        return False
    goedkeurder = uitzondering["goedgekeurd_door"]
    medewerkers = select(bladen["medewerkers"], "nummer", goedkeurder) if goedkeurder is not None else []
    is_ander = goedkeurder != uitzondering["opgesteld_door"]
    return is_ander and any(medewerker["rol"] == "gedragswetenschapper" for medewerker in medewerkers)


def list_zichtplannen(kind: Rij, bladen: Bladen, p: date) -> list[Rij]:
    """The child's approved zichtplannen that are active on p, both ends included."""
    return [
        rij
        for rij in select(bladen["uitzonderingen"], "pleegkind", kind["nummer"])
        if is_geldig_zichtplan(rij, bladen) and rij["van"] <= p <= rij["herzien_uiterlijk"]
    ]


def compute_zp(zichtplan: Rij, kind: Rij, bladen: Bladen) -> Termijn:
    """(L or van) + waarnemingDagen; L = the last waarneming of the child in any plaatsing from van on."""
    plaatsingen = select(bladen["plaatsingen"], "pleegkind", kind["nummer"])
    dagen = [dag for plaatsing in plaatsingen for dag in list_waarnemingen(plaatsing, bladen)]
    laatste = get_laatste(dagen, zichtplan["van"])
    return Termijn(laatste, add_dagen(laatste or zichtplan["van"], zichtplan["waarneming_dagen"]))


# --- second versions ---


def _has_pleegzorg(zicht: Gezinszicht, bladen: Bladen, p: date) -> bool:
    """Whether the family has an active plaatsing of zorgvorm pleegzorg on p: then a VGB is the law's."""
    plaatsingen = select_actief(select(bladen["plaatsingen"], "pleeggezin", zicht.gezin["nummer"]), p)
    return any(plaatsing["zorgvorm"] == "pleegzorg" for plaatsing in plaatsingen)


def compute_vgb_t_2(parameters: Parameters, lid: Rij, zicht: Gezinszicht, bladen: Bladen, p: date) -> Termijn | None:
    """As version 1, but in a netwerk family with a C the 13 weeks hold for whoever was there on C, and nobody else."""
    eerste = compute_vgb_t(parameters, lid, zicht, bladen)
    if eerste is None:
        return None
    streef = not _has_pleegzorg(zicht, bladen, p)
    laatste = find_laatste_beslissing(lid, bladen)
    is_afgewezen = laatste is not None and laatste["status"] in ("geweigerd", "ingetrokken")
    if find_geldige_vgb(lid, zicht, bladen) is not None or is_afgewezen:
        return Termijn(eerste.laatste, eerste.uiterlijk, streef)
    b = max(zicht.f, lid["inwonend_sinds"])
    if zicht.gezin["soort"] == "netwerk" and zicht.c is not None and lid["inwonend_sinds"] <= zicht.c:
        return Termijn(None, max(b, add_dagen(zicht.c, parameters["dagen_netwerk"])), streef)
    return Termijn(None, b, streef)


def compute_vgb_h_2(parameters: Parameters, lid: Rij, zicht: Gezinszicht, bladen: Bladen, p: date) -> Termijn | None:
    """As version 1, with the zwaarte rule of VGB-T."""
    eerste = compute_vgb_h(parameters, lid, zicht, bladen)
    if eerste is None:
        return None
    return Termijn(eerste.laatste, eerste.uiterlijk, not _has_pleegzorg(zicht, bladen, p))


def compute_mdo_2(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, p: date) -> Termijn | None:
    """With ots or voogdij_gi active as version 1; else m(L or Z, 6), and streef."""
    if get_begin_maatregel(bladen, kind, ("ots", "voogdij_gi"), p) is not None:
        return compute_mdo(parameters, kind, z, bladen, p)
    besprekingen = select(bladen["casuistiekbesprekingen"], "pleegkind", kind["nummer"])
    laatste = get_laatste([rij["datum"] for rij in besprekingen if rij["multidisciplinair"]], z)
    return Termijn(laatste, add_maanden(laatste or z, parameters["maanden"]), streef=True)


def compute_cal_3_2(parameters: Parameters, signaal: Rij, p: date) -> Termijn | None:
    """Of a signaal known before the day of §5b as version 1; else a calamiteit or geweld, from the conclusion."""
    k = signaal["bekend_geworden_op"]
    if k < TWEEDE_DAG:
        return compute_cal_3(parameters, signaal, p)
    if not signaal["calamiteit"] and not signaal.get("geweld"):
        return None
    gemeld = signaal["gemeld_igj_op"]
    if gemeld is not None and gemeld <= p:
        return Termijn(gemeld, None)
    vanaf = k
    if signaal["bij_twijfel"]:
        conclusie, einde = signaal.get("conclusie_op"), add_dagen(k, parameters["dagen_bij_twijfel"])
        vanaf = einde if conclusie is None or conclusie > p else min(conclusie, einde)
    return Termijn(None, add_werkdagen(vanaf, parameters["werkdagen"]))
