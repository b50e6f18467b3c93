"""Drawing how a file came to be: late recordings, corrections and withdrawals (normen.md §3).

A correction or withdrawal stays only if the file has no import fault after it.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from .dagen_trekken import VANDAAG, draw_kans
from .feiten import get_volgorde
from .fouten import VERWIJZINGEN, build_toestand, list_fouten
from .fouten_tweede import BLAD_VAN, is_goede_stap, list_tweede_fouten
from .kalender import add_dagen
from .normen import NORMCODES

Rij = dict[str, Any]
Werkboek = dict[str, list[Rij]]

# Nothing refers to a row of these sheets, so they may be recorded later than the rest and withdrawn alone.
LOSSE_BLADEN = (
    "vgbs",
    "maatregelen",
    "kindgesprekken",
    "veiligheidschecks",
    "huisbezoeken",
    "casuistiekbesprekingen",
    "ontwikkelbeelden",
    "hulpverleningsplannen",
    "pleegoudervoogdgesprekken",
    "vertrouwenspersonen",
    "evaluaties",
    "signalen",
    "uitzonderingen",
    "opvolgstappen",
    "acties",
    "meldcodestappen",
)
# What hangs under a row, and must be withdrawn before it.
ONDER = {
    "plaatsingen": ("plaatsing", ("kindgesprekken", "veiligheidschecks", "huisbezoeken")),
    "gezinsleden": ("gezinslid", ("vgbs",)),
}
STAMBLADEN = ("pleegkinderen", "pleeggezinnen")  # corrected, never withdrawn
VERBETERBAAR = (*LOSSE_BLADEN, *ONDER, *STAMBLADEN)

WAARDEN: dict[str, dict[str, tuple[object, ...]]] = {
    "plaatsingen": {"vorm": ("voltijd", "crisis", "deeltijd")},
    "maatregelen": {"soort": ("ots", "voogdij_gi", "pleegoudervoogdij", "vrijwillig")},
    "pleeggezinnen": {"soort": ("netwerk", "bestand")},
    "vgbs": {"status": ("afgegeven", "geweigerd", "ingetrokken", "aangevraagd")},
    "kindgesprekken": {
        "vorm": ("fysiek", "beeldbellen", "telefoon"),
        "veilig_in_gezin": ("ja", "twijfel", "nee", "onbekend"),
    },
    "veiligheidschecks": {"uitkomst": ("veilig", "zorgen", "onveilig")},
    "uitzonderingen": {"normen": tuple((code,) for code in NORMCODES)},
    "meldcodestappen": {"stap": (1, 2, 3, 4, 5)},
}
JA_NEE = (
    "doorgegaan",
    "alleen",
    "veiligheid_besproken",
    "multidisciplinair",
    "vraagt_veiligheidscheck",
    "calamiteit",
    "bij_twijfel",
    "kind_gezien",
    "onthulling",
    "geweld",
    "letsel",
)
LEEG_MAG = (
    *("tot", "inwonend_tot", "pleegcontract_op", "herscreening_uiterlijk", "gemeld_igj_op"),
    *("conclusie_op", "gedaan_op"),
)
VERSCHUIVING = (-366, -92, -31, -7, -1, 1, 2, 7, 30, 91, 365)
LAATSTE_LATE_VOLGORDE = 3


def draw_versies(draw: st.DrawFn, werkboek: Werkboek, *, eigen_goedkeuring: bool) -> Werkboek:
    """The same file with a history. Rows stand in the order of recording, as a table would."""
    for blad in LOSSE_BLADEN:
        for rij in werkboek.get(blad, ()):
            if draw_kans(draw, 8):
                rij["_volgorde"] = draw(st.integers(1, LAATSTE_LATE_VOLGORDE))
    for plaatsing in werkboek["plaatsingen"]:
        if draw_kans(draw, 8):
            _record_later(werkboek, plaatsing)
    _answer_later(werkboek)
    werkboek = {blad: sorted(rijen, key=get_volgorde) for blad, rijen in werkboek.items()}
    for _ in range(draw(st.integers(0, 6))):
        poging = _draw_stap(draw, werkboek)
        if _is_goed(werkboek, poging, eigen_goedkeuring=eigen_goedkeuring):
            werkboek = poging
    return werkboek


def _record_later(werkboek: Werkboek, plaatsing: Rij) -> None:
    """A plaatsing that was not in the first import; what refers to it cannot have been there either."""
    plaatsing["_volgorde"] = 1
    kolom, bladen = ONDER["plaatsingen"]
    for blad in bladen:
        for rij in werkboek[blad]:
            if rij[kolom] == plaatsing["nummer"]:
                rij["_volgorde"] = max(1, get_volgorde(rij))


def _answer_later(werkboek: Werkboek) -> None:
    """A step is not recorded before what it is about."""
    volgorden = {
        (soort, rij["nummer"]): get_volgorde(rij) for soort, blad in BLAD_VAN.items() for rij in werkboek[blad]
    }
    for rij in werkboek.get("opvolgstappen", ()):
        eerst = volgorden[rij["aanleiding_soort"], rij["aanleiding"]]
        rij["_volgorde"] = max(get_volgorde(rij), eerst)
    for rij in werkboek.get("meldcodestappen", ()):
        rij["_volgorde"] = max(get_volgorde(rij), volgorden["signaal", rij["signaal"]])


def _is_goed(vorige: Werkboek, werkboek: Werkboek, *, eigen_goedkeuring: bool) -> bool:
    """No fault in the newest state; a withdrawal's own steps only remove what hangs below first."""
    toestand = build_toestand(werkboek, None)
    fouten = list_fouten(toestand, VANDAAG, eigen_goedkeuring=eigen_goedkeuring)
    fouten += list_tweede_fouten(toestand, VANDAAG)
    stappen = werkboek.get("opvolgstappen", [])[len(vorige.get("opvolgstappen", ())) :]
    nieuwe_stappen = [rij for rij in stappen if not rij.get("_ingetrokken")]
    return (
        not fouten
        and _has_eigen_vans(toestand)
        and _has_eigen_stappen(toestand)
        and all(is_goede_stap(toestand, rij) for rij in nieuwe_stappen)
    )


def _has_eigen_stappen(toestand: dict[str, list[Any]]) -> bool:
    """No step about what has become another child's: normen.md §5b does not say whether it counts."""
    kind_van = {rij["nummer"]: rij["pleegkind"] for rij in toestand["plaatsingen"]}
    over = {
        (soort, rij["nummer"]): rij["pleegkind"] if soort == "signaal" else kind_van[rij["plaatsing"]]
        for soort, blad in BLAD_VAN.items()
        for rij in toestand[blad]
    }
    stappen = toestand.get("opvolgstappen", ())
    return all(over[rij["aanleiding_soort"], rij["aanleiding"]] == rij["pleegkind"] for rij in stappen)


def _has_eigen_vans(toestand: dict[str, list[Any]]) -> bool:
    """No two uitzonderingen of a child from one day: normen.md §5 does not say which would be named."""
    vans = [(rij["pleegkind"], rij["van"]) for rij in toestand["uitzonderingen"]]
    return len(vans) == len(set(vans))


def _next_volgorde(werkboek: Werkboek) -> int:
    hoogste = max(get_volgorde(rij) for rijen in werkboek.values() for rij in rijen)
    return max(hoogste, LAATSTE_LATE_VOLGORDE) + 1


def _append(werkboek: Werkboek, blad: str, rij: Rij) -> Werkboek:
    nieuw = {**rij, "_volgorde": _next_volgorde(werkboek)}
    return {**werkboek, blad: [*werkboek[blad], nieuw]}


def _draw_stap(draw: st.DrawFn, werkboek: Werkboek) -> Werkboek:
    toestand = build_toestand(werkboek, None)
    keuzen = [blad for blad in VERBETERBAAR if toestand.get(blad)]
    blad = draw(st.sampled_from(keuzen))
    rij = dict(draw(st.sampled_from(toestand[blad])))
    if blad not in STAMBLADEN and draw_kans(draw, 3):
        return _withdraw(werkboek, blad, rij)
    return _append(werkboek, blad, _draw_correctie(draw, toestand, blad, rij))


def _withdraw(werkboek: Werkboek, blad: str, rij: Rij) -> Werkboek:
    """Withdraw a fact, after what hangs under it: so every state between is without faults."""
    for stap in _list_stappen_over(werkboek, blad, rij):
        werkboek = _append(werkboek, *stap)
    kolom, bladen = ONDER.get(blad, ("", ()))
    for onder in bladen:
        for feit in build_toestand(werkboek, None)[onder]:
            if feit[kolom] == rij["nummer"]:
                werkboek = _withdraw(werkboek, onder, dict(feit))
    return _append(werkboek, blad, {**rij, "_ingetrokken": True})


def _list_stappen_over(werkboek: Werkboek, blad: str, rij: Rij) -> list[tuple[str, Rij]]:
    """The steps about a fact, of the meldcode too, withdrawn."""
    toestand = build_toestand(werkboek, None)
    soort = {waarde: sleutel for sleutel, waarde in BLAD_VAN.items()}.get(blad)
    over = [stap for stap in toestand.get("opvolgstappen", ()) if stap["aanleiding_soort"] == soort]
    stappen = [("opvolgstappen", stap) for stap in over if stap["aanleiding"] == rij["nummer"]]
    if blad == "signalen":
        eigen = [stap for stap in toestand.get("meldcodestappen", ()) if stap["signaal"] == rij["nummer"]]
        stappen += [("meldcodestappen", stap) for stap in eigen]
    return [(waar, {**stap, "_ingetrokken": True}) for waar, stap in stappen]


def _draw_correctie(draw: st.DrawFn, toestand: dict[str, list[Any]], blad: str, rij: Rij) -> Rij:
    """One column changed: a date, a subject, a yes/no or a value."""
    kolommen = [
        kolom
        for kolom, waarde in rij.items()
        if isinstance(waarde, date) or kolom in (*LEEG_MAG, *VERWIJZINGEN, *JA_NEE, *WAARDEN.get(blad, ()))
    ]
    kolom = draw(st.sampled_from(kolommen))
    waarde = rij[kolom]
    if kolom in VERWIJZINGEN:
        nieuw = draw(st.sampled_from(toestand[VERWIJZINGEN[kolom]]))["nummer"]
    elif kolom in JA_NEE:
        nieuw = not waarde
    elif kolom in WAARDEN.get(blad, ()):
        nieuw = draw(st.sampled_from(WAARDEN[blad][kolom]))
    elif waarde is not None and kolom in LEEG_MAG and draw_kans(draw, 3):
        nieuw = None
    else:
        nieuw = add_dagen(waarde or VANDAAG, draw(st.sampled_from(VERSCHUIVING)))
    return {**rij, kolom: nieuw}
