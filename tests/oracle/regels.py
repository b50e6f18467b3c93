"""The norms: the rows of the table of normen.md §5, written to be read beside it.

Every function answers None when its norm does not apply on p, else the last counting event (afspraken.md §6)
and the uiterlijk. The parameters are those of the version in force on p; the facts are those that exist on p.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .feiten import (
    Bladen,
    Rij,
    build_gezinsruns,
    get_begin_aaneengesloten,
    get_laatste,
    select,
    select_actief,
)
from .kalender import add_dagen, add_maanden, add_werkdagen, get_verjaardag, is_leeftijd_bereikt

Parameters = Mapping[str, Any]

VOLTIJD = ("voltijd", "crisis")  # §5: voltijd below means vorm voltijd or crisis
BESLISSINGEN = ("afgegeven", "geweigerd", "ingetrokken")  # aangevraagd decides nothing
LEEFTIJD_VGB = 12  # "was already 12 on B": §2, an inwonende of 12+ needs a VGB


@dataclass(frozen=True)
class Termijn:
    """What a norm yields from the facts alone: the last counting event and the last day it is met.

    `streef` where the rule itself makes this one streef, whatever the zwaarte of the version (§5b).
    """

    laatste: date | None
    uiterlijk: date | None
    streef: bool = False


@dataclass(frozen=True)
class Gezinszicht:
    """A family on p: the facts that VGB and EVAL-J share."""

    gezin: Rij
    f: date  # F: van of the first plaatsing in the current run
    einde_vorige_run: date | None
    c: date | None  # C: date of the pleegcontract when <= p


# --- the norms of a plaatsing ---


def list_tellende_gesprekken(plaatsing: Rij, bladen: Bladen) -> list[date]:
    """The different days with a kindgesprek that counts (§4), oldest first.

    Withdrawn and future talks do not exist here. The plaatsing is active on p, so its last day is after p.
    """
    return sorted(
        {
            gesprek["datum"]
            for gesprek in select(bladen["kindgesprekken"], "plaatsing", plaatsing["nummer"])
            if gesprek["doorgegaan"]
            and gesprek["alleen"]
            and gesprek["vorm"] == "fysiek"
            and gesprek["veiligheid_besproken"]
            and plaatsing["van"] <= gesprek["datum"]
        }
    )


def compute_kag_3(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """n < 3: m(P, 4·(n+1)); n >= 3: m(third-latest such day, 12). Voltijd only."""
    if plaatsing["vorm"] not in VOLTIJD:
        return None
    dagen = list_tellende_gesprekken(plaatsing, bladen)
    n, aantal = len(dagen), parameters["aantal"]
    laatste = dagen[-1] if dagen else None
    if n < aantal:
        return Termijn(laatste, add_maanden(plaatsing["van"], parameters["stap_maanden"] * (n + 1)))
    return Termijn(laatste, add_maanden(dagen[-aantal], parameters["venster_maanden"]))


def compute_kag_r(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """m(L or P, 4). Voltijd only."""
    if plaatsing["vorm"] not in VOLTIJD:
        return None
    laatste = get_laatste(list_tellende_gesprekken(plaatsing, bladen), plaatsing["van"])
    return Termijn(laatste, add_maanden(laatste or plaatsing["van"], parameters["maanden"]))


def compute_vc_j(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """m(L or P, 12), or the earliest signaal known after (L or P) + 7 d, if that is earlier. Any vorm."""
    checks = select(bladen["veiligheidschecks"], "plaatsing", plaatsing["nummer"])
    laatste = get_laatste([check["datum"] for check in checks], plaatsing["van"])
    anker = laatste or plaatsing["van"]
    uiterlijk = add_maanden(anker, parameters["maanden"])
    na_anker = [
        signaal["bekend_geworden_op"]
        for signaal in select(bladen["signalen"], "pleegkind", plaatsing["pleegkind"])
        if signaal["vraagt_veiligheidscheck"] and signaal["bekend_geworden_op"] > anker
    ]
    if na_anker:
        uiterlijk = min(uiterlijk, add_dagen(min(na_anker), parameters["dagen_na_signaal"]))
    return Termijn(laatste, uiterlijk)


def compute_hb(parameters: Parameters, plaatsing: Rij, bladen: Bladen) -> Termijn | None:
    """(L or P) + 42 d. Voltijd only."""
    if plaatsing["vorm"] not in VOLTIJD:
        return None
    bezoeken = select(bladen["huisbezoeken"], "plaatsing", plaatsing["nummer"])
    laatste = get_laatste([bezoek["datum"] for bezoek in bezoeken], plaatsing["van"])
    return Termijn(laatste, add_dagen(laatste or plaatsing["van"], parameters["dagen"]))


# --- the norms of a pleegkind that is in zorg on p ---


def list_dagen(bladen: Bladen, blad: str, kind: Rij) -> list[date]:
    """The days of the child's events in a sheet."""
    return [rij["datum"] for rij in select(bladen[blad], "pleegkind", kind["nummer"])]


def get_begin_maatregel(bladen: Bladen, kind: Rij, soorten: tuple[str, ...], p: date) -> date | None:
    """M: van of the unbroken run of maatregelen of these kinds, or None when none is active on p."""
    maatregelen = [rij for rij in select(bladen["maatregelen"], "pleegkind", kind["nummer"]) if rij["soort"] in soorten]
    if not select_actief(maatregelen, p):
        return None
    return get_begin_aaneengesloten(maatregelen)


def compute_mdo(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, p: date) -> Termijn | None:
    """m(the later of (L or Z) and M, 6); only multidisciplinary discussions count."""
    m = get_begin_maatregel(bladen, kind, ("ots", "voogdij_gi"), p)
    if m is None:
        return None
    tellend = [
        bespreking["datum"]
        for bespreking in select(bladen["casuistiekbesprekingen"], "pleegkind", kind["nummer"])
        if bespreking["multidisciplinair"]
    ]
    laatste = get_laatste(tellend, z)
    return Termijn(laatste, add_maanden(max(laatste or z, m), parameters["maanden"]))


def compute_ont_j(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, _p: date) -> Termijn | None:
    """a = L or Z; m(a, 6) if the child is not yet 4 on m(a, 6), else m(a, 12)."""
    laatste = get_laatste(list_dagen(bladen, "ontwikkelbeelden", kind), z)
    a = laatste or z
    jong = add_maanden(a, parameters["maanden_jong"])
    if not is_leeftijd_bereikt(kind["geboortedatum"], parameters["leeftijd_jong"], jong):
        return Termijn(laatste, jong)
    return Termijn(laatste, add_maanden(a, parameters["maanden"]))


def compute_hvp_6(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, _p: date) -> Termijn | None:
    """Z + 42 d; none once a plan is dated from Z up to p."""
    laatste = get_laatste(list_dagen(bladen, "hulpverleningsplannen", kind), z)
    if laatste is not None:
        return Termijn(laatste, None)
    return Termijn(None, add_dagen(z, parameters["dagen"]))


def compute_vp(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, _p: date) -> Termijn | None:
    """m(Z, 3); none once one is recorded with sinds <= p, also before Z."""
    personen = select(bladen["vertrouwenspersonen"], "pleegkind", kind["nummer"])
    laatste = max((persoon["sinds"] for persoon in personen), default=None)
    if laatste is not None:
        return Termijn(laatste, None)
    return Termijn(None, add_maanden(z, parameters["maanden"]))


def compute_pov_1(parameters: Parameters, kind: Rij, z: date, bladen: Bladen, p: date) -> Termijn | None:
    """m(the later of (L or Z) and M, 12)."""
    m = get_begin_maatregel(bladen, kind, ("pleegoudervoogdij",), p)
    if m is None:
        return None
    laatste = get_laatste(list_dagen(bladen, "pleegoudervoogdgesprekken", kind), z)
    return Termijn(laatste, add_maanden(max(laatste or z, m), parameters["maanden"]))


# --- the norms of a family with an active plaatsing, and of who lives there ---


def build_gezinszicht(gezin: Rij, bladen: Bladen, p: date) -> Gezinszicht:
    """F, the end of the earlier run and C of a family that has an active plaatsing on p."""
    runs = build_gezinsruns(select(bladen["plaatsingen"], "pleeggezin", gezin["nummer"]))
    # An earlier run has ended: none of its tots is open.
    einde = max(plaatsing["tot"] for plaatsing in runs[-2]) if len(runs) > 1 else None
    contract = gezin["pleegcontract_op"]
    c = contract if contract is not None and contract <= p else None
    return Gezinszicht(gezin, runs[-1][0]["van"], einde, c)


def compute_eval_j(parameters: Parameters, zicht: Gezinszicht, bladen: Bladen) -> Termijn | None:
    """m(L or A, 12), A = the later of C and F, or F without a C."""
    a = zicht.f if zicht.c is None else max(zicht.c, zicht.f)
    evaluaties = select(bladen["evaluaties"], "pleeggezin", zicht.gezin["nummer"])
    laatste = get_laatste([evaluatie["datum"] for evaluatie in evaluaties], a)
    return Termijn(laatste, add_maanden(laatste or a, parameters["maanden"]))


def find_laatste_beslissing(lid: Rij, bladen: Bladen) -> Rij | None:
    """The latest decision; on one day the later row wins (§5)."""
    laatste = None
    for vgb in select(bladen["vgbs"], "gezinslid", lid["nummer"]):
        if vgb["status"] in BESLISSINGEN and (laatste is None or vgb["datum"] >= laatste["datum"]):
            laatste = vgb
    return laatste


def find_geldige_vgb(lid: Rij, zicht: Gezinszicht, bladen: Bladen) -> Rij | None:
    """The latest decision if it is afgegeven, and dated on or after the end of an earlier run (§5)."""
    laatste = find_laatste_beslissing(lid, bladen)
    if laatste is None or laatste["status"] != "afgegeven":
        return None
    if zicht.einde_vorige_run is not None and laatste["datum"] < zicht.einde_vorige_run:
        return None
    return laatste


def compute_vgb_t(parameters: Parameters, lid: Rij, zicht: Gezinszicht, bladen: Bladen) -> Termijn | None:
    """Pleegouders, and those who were already 12 on B.

    None if a valid VGB; else the latest of B and: the date of the withdrawal or refusal, if that was the last
    decision; else C + 91 d for a pleegouder of a netwerk family with a C.
    """
    b = max(zicht.f, lid["inwonend_sinds"])
    if lid["rol"] != "pleegouder" and not is_leeftijd_bereikt(lid["geboortedatum"], LEEFTIJD_VGB, b):
        return None
    geldig = find_geldige_vgb(lid, zicht, bladen)
    if geldig is not None:
        return Termijn(geldig["datum"], None)
    laatste = find_laatste_beslissing(lid, bladen)
    if laatste is not None and laatste["status"] in ("geweigerd", "ingetrokken"):
        return Termijn(None, max(b, laatste["datum"]))
    if lid["rol"] == "pleegouder" and zicht.gezin["soort"] == "netwerk" and zicht.c is not None:
        return Termijn(None, max(b, add_dagen(zicht.c, parameters["dagen_netwerk"])))
    return Termijn(None, b)


def compute_vgb_12(parameters: Parameters, lid: Rij, zicht: Gezinszicht, bladen: Bladen, p: date) -> Termijn | None:
    """An inwonende younger than 12 on B: the 12th birthday, from 60 days before it; none if a valid VGB."""
    b = max(zicht.f, lid["inwonend_sinds"])
    verjaardag = get_verjaardag(lid["geboortedatum"], parameters["leeftijd"])
    if lid["rol"] != "inwonende" or b >= verjaardag or verjaardag > add_dagen(p, parameters["dagen_vooraf"]):
        return None
    geldig = find_geldige_vgb(lid, zicht, bladen)
    if geldig is not None:
        return Termijn(geldig["datum"], None)
    return Termijn(None, verjaardag)


def compute_vgb_h(parameters: Parameters, lid: Rij, zicht: Gezinszicht, bladen: Bladen) -> Termijn | None:
    """Any age: the herscreening date on the valid VGB; else m(afgifte, N) if the organisation has set N."""
    geldig = find_geldige_vgb(lid, zicht, bladen)
    if geldig is None:
        return None
    if geldig["herscreening_uiterlijk"] is not None:
        return Termijn(geldig["datum"], geldig["herscreening_uiterlijk"])
    if parameters["maanden"] is not None:
        return Termijn(geldig["datum"], add_maanden(geldig["datum"], parameters["maanden"]))
    return None


# --- the norm of a signaal ---


def compute_cal_3(parameters: Parameters, signaal: Rij, p: date) -> Termijn | None:
    """None once reported <= p; else w(bekendGewordenOp, 3), or bekendGewordenOp + 42 d when in doubt."""
    if not signaal["calamiteit"]:
        return None
    gemeld = signaal["gemeld_igj_op"]
    if gemeld is not None and gemeld <= p:
        return Termijn(gemeld, None)
    if signaal["bij_twijfel"]:
        return Termijn(None, add_dagen(signaal["bekend_geworden_op"], parameters["dagen_bij_twijfel"]))
    return Termijn(None, add_werkdagen(signaal["bekend_geworden_op"], parameters["werkdagen"]))
