"""Which norms stand on a child on p, and what each yields: the columns "subject" and "applies" of both tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .feiten import Bladen, Rij, get_begin_aaneengesloten, holds, select, select_actief
from .normen import Normversie, is_tweede
from .regels import (
    Gezinszicht,
    Parameters,
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
)
from .regels_tweede import (
    compute_act,
    compute_cal_3_2,
    compute_kag_d,
    compute_mdo_2,
    compute_opv_b,
    compute_opv_h,
    compute_opv_o,
    compute_vgb_h_2,
    compute_vgb_t_2,
    compute_zien,
    compute_zp,
    list_aanleidingen,
    list_zichtplannen,
)

Plaatsingsregel = Callable[[Parameters, Rij, Bladen], Termijn | None]
Kindregel = Callable[[Parameters, Rij, date, Bladen, date], Termijn | None]


@dataclass(frozen=True)
class Onderwerp:
    """What a norm is about: its kind and nummer."""

    soort: str
    nummer: str


Gevonden = tuple[str, Onderwerp, Termijn | None]


def list_plaatsingtermijnen(normen: Mapping[str, Normversie], plaatsing: Rij, bladen: Bladen) -> Iterator[Gevonden]:
    """The norms of one active plaatsing."""
    onderwerp = Onderwerp("plaatsing", plaatsing["nummer"])
    regels: dict[str, Plaatsingsregel] = {
        "KAG-3": compute_kag_3,
        "KAG-R": compute_kag_r,
        "KAG-D": compute_kag_d,
        "VC-J": compute_vc_j,
        "HB": compute_hb,
        "ZIEN": compute_zien,
    }
    for code, regel in regels.items():
        if code in normen:
            yield code, onderwerp, regel(normen[code]["parameters"], plaatsing, bladen)


def list_kindtermijnen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """The norms of a child that is in zorg on p."""
    onderwerp = Onderwerp("pleegkind", kind["nummer"])
    z = get_begin_aaneengesloten(select(bladen["plaatsingen"], "pleegkind", kind["nummer"]))
    regels: dict[str, Kindregel] = {
        "MDO": compute_mdo_2 if is_tweede(normen) else compute_mdo,
        "ONT-J": compute_ont_j,
        "HVP-6": compute_hvp_6,
        "VP": compute_vp,
        "POV-1": compute_pov_1,
    }
    for code, regel in regels.items():
        if code in normen:
            yield code, onderwerp, regel(normen[code]["parameters"], kind, z, bladen, p)
    if "ZP" in normen:
        for zichtplan in list_zichtplannen(kind, bladen, p):
            yield "ZP", Onderwerp("uitzondering", zichtplan["nummer"]), compute_zp(zichtplan, kind, bladen)


def list_gezinstermijnen(normen: Mapping[str, Normversie], gezin: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """The norms of a family with an active plaatsing, and of everyone who lives there on p."""
    zicht = build_gezinszicht(gezin, bladen, p)
    if "EVAL-J" in normen:
        termijn = compute_eval_j(normen["EVAL-J"]["parameters"], zicht, bladen)
        yield "EVAL-J", Onderwerp("pleeggezin", gezin["nummer"]), termijn
    for lid in select(bladen["gezinsleden"], "pleeggezin", gezin["nummer"]):
        if holds(lid["inwonend_sinds"], lid["inwonend_tot"], p):
            yield from _list_lidtermijnen(normen, lid, zicht, bladen, p)


def _list_lidtermijnen(
    normen: Mapping[str, Normversie], lid: Rij, zicht: Gezinszicht, bladen: Bladen, p: date
) -> Iterator[Gevonden]:
    onderwerp, tweede = Onderwerp("gezinslid", lid["nummer"]), is_tweede(normen)
    if "VGB-T" in normen:
        parameters = normen["VGB-T"]["parameters"]
        if tweede:
            yield "VGB-T", onderwerp, compute_vgb_t_2(parameters, lid, zicht, bladen, p)
        else:
            yield "VGB-T", onderwerp, compute_vgb_t(parameters, lid, zicht, bladen)
    if "VGB-12" in normen:
        yield "VGB-12", onderwerp, compute_vgb_12(normen["VGB-12"]["parameters"], lid, zicht, bladen, p)
    if "VGB-H" in normen:
        parameters = normen["VGB-H"]["parameters"]
        if tweede:
            yield "VGB-H", onderwerp, compute_vgb_h_2(parameters, lid, zicht, bladen, p)
        else:
            yield "VGB-H", onderwerp, compute_vgb_h(parameters, lid, zicht, bladen)


def list_losse_termijnen(normen: Mapping[str, Normversie], kind: Rij, bladen: Bladen, p: date) -> Iterator[Gevonden]:
    """CAL-3, OPV and ACT: also after the child left, except where the rule itself asks for an active plaatsing."""
    if "CAL-3" in normen:
        regel = compute_cal_3_2 if is_tweede(normen) else compute_cal_3
        for signaal in select(bladen["signalen"], "pleegkind", kind["nummer"]):
            termijn = regel(normen["CAL-3"]["parameters"], signaal, p)
            yield "CAL-3", Onderwerp("signaal", signaal["nummer"]), termijn
    opvolging = {"OPV-O": compute_opv_o, "OPV-B": compute_opv_b, "OPV-H": compute_opv_h}
    for code in opvolging.keys() & normen.keys():
        for aanleiding in list_aanleidingen(kind, bladen):
            termijn = opvolging[code](normen[code]["parameters"], aanleiding, bladen, p)
            yield code, Onderwerp(aanleiding.soort, aanleiding.rij["nummer"]), termijn
    if "ACT" in normen:
        for actie in select(bladen["acties"], "pleegkind", kind["nummer"]):
            yield "ACT", Onderwerp("actie", actie["nummer"]), compute_act(actie, p)


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
    yield from list_losse_termijnen(normen, kind, bladen, p)
