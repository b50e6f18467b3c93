"""Hypothesis strategies: small provider histories in the sheets and columns of contract.md §5.

`werkboeken()` draws a workbook with versions, without import faults at any moment; `normversie_lijsten()` a
catalogue whose norms change; `peildata(...)` a day near an edge; `gevallen()` all of it at once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from .dagen_trekken import (
    BEGIN,
    BIJZONDERE_DAGEN,
    GEBOORTEDAGEN_KIND,
    VANDAAG,
    draw_dag,
    draw_dag_na,
    draw_kans,
)
from .feiten import BLADEN
from .fouten import list_momenten
from .kalender import add_dagen, add_maanden, add_werkdagen, get_verjaardag
from .normen import NORMCODES, Normversie, build_normversies
from .orakel import oordelen
from .versies_trekken import draw_versies

Rij = dict[str, Any]
Werkboek = dict[str, list[Rij]]

ROLLEN = (
    "pleegzorgbegeleider",
    "gedragswetenschapper",
    "teamleider",
    "kwaliteitsmedewerker",
    "beheerder",
    "gedragswetenschapper",
    "teamleider",
)
TWEEDE_PAREN_OGEN = ("M00002", "M00003", "M00006", "M00007")
# Those that a norm names twice as often as the others.
MAATREGELEN = (
    *("ots", "voogdij_gi", "pleegoudervoogdij"),
    *("ots", "voogdij_gi", "pleegoudervoogdij"),
    *("vrijwillig", "jeugdreclassering"),
)


@dataclass(frozen=True)
class Geval:
    """One question to the norms: this file, these norms, this day, as known at this moment."""

    werkboek: Werkboek
    normversies: list[Normversie] | None
    peildatum: date
    bekend_tot: int | None


class Bouw:
    """A workbook under construction: rows get the next nummer of their sheet."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.werkboek: Werkboek = {blad: [] for blad in BLADEN}

    def add(self, blad: str, letter: str, **kolommen: object) -> Rij:
        """Append a row to a sheet."""
        rij: Rij = {"nummer": f"{letter}{len(self.werkboek[blad]) + 1:05d}", **kolommen}
        self.werkboek[blad].append(rij)
        return rij

    def pick(self, blad: str) -> str:
        """The nummer of one of the sheet's rows."""
        nummer: str = self.draw(st.sampled_from(self.werkboek[blad]))["nummer"]
        return nummer

    def count(self, hoogste: int) -> range:
        """As many times as drawn."""
        return range(self.draw(st.integers(0, hoogste)))


# --- children and their plaatsingen ---


def _draw_kind(bouw: Bouw) -> Rij:
    geboren = bouw.draw(st.one_of(st.sampled_from(GEBOORTEDAGEN_KIND), st.dates(date(2006, 1, 1), date(2026, 6, 30))))
    return bouw.add(
        "pleegkinderen",
        "K",
        roepnaam="Test",
        achternaam="Verzonnen",
        geboortedatum=geboren,
        geslacht=None,
        bsn=None,
    )


def _draw_plaatsing(bouw: Bouw, kind: Rij, gezin: str, van: date, vormen: tuple[str, ...]) -> Rij:
    """Open, left, left on the day of coming, or with a planned day of leaving."""
    tot: date | None = draw_dag_na(bouw.draw, van, (0, 1, 30, 121, 366, 800), (3, 6, 12, 24))
    einde = bouw.draw(st.sampled_from(("geweest", "open", "geweest", "gepland")))
    if einde == "open":
        tot = None
    elif einde == "gepland":
        tot = add_dagen(max(van, VANDAAG), bouw.draw(st.integers(0, 60)))
    return bouw.add(
        "plaatsingen",
        "P",
        pleegkind=kind["nummer"],
        pleeggezin=gezin,
        vorm=bouw.draw(st.sampled_from(vormen)),
        zorgvorm=bouw.draw(st.sampled_from(("pleegzorg", "gezinshuis"))),
        van=van,
        tot=tot,
        eindreden=None,
    )


def _draw_plaatsingen(bouw: Bouw, kind: Rij) -> None:
    """A chain of moves without overlap, and now and then a deeltijd plaatsing across it."""
    van = draw_dag(bouw.draw, max(kind["geboortedatum"], BEGIN), VANDAAG)
    gezin = bouw.pick("pleeggezinnen")
    for _ in range(bouw.draw(st.integers(1, 4))):
        plaatsing = _draw_plaatsing(bouw, kind, gezin, van, ("voltijd", "voltijd", "crisis", "deeltijd"))
        if plaatsing["tot"] is None:
            break
        # 24 months is where a family's run ends (F in domein.md §5), one day where a zorgperiode does.
        van = draw_dag_na(bouw.draw, plaatsing["tot"], (0, 0, 1, 2, 40), (24, 24, 23, 25))
        if van > add_dagen(VANDAAG, 60):
            break
        gezin = gezin if bouw.draw(st.booleans()) else bouw.pick("pleeggezinnen")
    if draw_kans(bouw.draw, 3):
        ankers = [rij["van"] for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]]
        van = draw_dag(bouw.draw, min(ankers), VANDAAG, ankers)
        _draw_plaatsing(bouw, kind, bouw.pick("pleeggezinnen"), van, ("deeltijd",))


def _draw_plaatsingsfeiten(bouw: Bouw, plaatsing: Rij) -> None:
    """Talks of every kind, checks and visits, from van up to and including the day of leaving."""
    van, tot = plaatsing["van"], min(plaatsing["tot"] or VANDAAG, VANDAAG)
    if van > VANDAAG:
        return
    eigen = {"plaatsing": plaatsing["nummer"], "vastgelegd_op": None}
    stappen = [add_maanden(van, maanden) for maanden in (1, 3, 4, 8, 12)]
    for _ in bouw.count(5):
        goed = not draw_kans(bouw.draw, 3)
        bouw.add(
            "kindgesprekken",
            "T",
            datum=draw_dag(bouw.draw, van, tot, stappen),
            medewerker=bouw.pick("medewerkers"),
            doorgegaan=goed or bouw.draw(st.booleans()),
            alleen=goed or bouw.draw(st.booleans()),
            vorm="fysiek" if goed else bouw.draw(st.sampled_from(("fysiek", "beeldbellen", "telefoon"))),
            veiligheid_besproken=goed or bouw.draw(st.booleans()),
            reden_niet_alleen=None if goed else "anders",
            **eigen,
        )
    for _ in bouw.count(2):
        bouw.add(
            "veiligheidschecks",
            "C",
            datum=draw_dag(bouw.draw, van, tot, stappen),
            medewerker=bouw.pick("medewerkers"),
            instrument="LIRIK",
            uitkomst=bouw.draw(st.sampled_from(("veilig", "zorgen", "onveilig"))),
            **eigen,
        )
    for _ in bouw.count(2):
        bouw.add(
            "huisbezoeken",
            "H",
            datum=draw_dag(bouw.draw, van, tot, stappen),
            medewerker=bouw.pick("medewerkers"),
            **eigen,
        )


# --- what belongs to the child ---


def _draw_maatregelen(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
    """Measures one after the other: without a gap, with one, or overlapping."""
    van = draw_dag(bouw.draw, max(kind["geboortedatum"], add_dagen(ankers[0], -400)), VANDAAG, ankers)
    for _ in bouw.count(3):
        tot = draw_dag_na(bouw.draw, van, (400, 1200, 90, 1, 0), (24, 12, 6, 3))
        bouw.add(
            "maatregelen",
            "R",
            pleegkind=kind["nummer"],
            soort=bouw.draw(st.sampled_from(MAATREGELEN)),
            van=van,
            tot=None if draw_kans(bouw.draw, 3) else tot,
            gi=None,
            jeugdbeschermer=None,
        )
        van = max(kind["geboortedatum"], add_dagen(tot, bouw.draw(st.sampled_from((0, 1, 2, 30, -20)))))
        if van > add_dagen(VANDAAG, 60):
            break


def _draw_kindfeiten(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
    """The events of the child itself: before, on and after the anchors of its zorgperioden."""
    vroegst = max(kind["geboortedatum"], add_dagen(ankers[0], -120))
    nummer = kind["nummer"]

    def draw_datum() -> date:
        return draw_dag(bouw.draw, vroegst, VANDAAG, ankers)

    for _ in bouw.count(3):
        multi = not draw_kans(bouw.draw, 4)
        bouw.add(
            "casuistiekbesprekingen",
            "S",
            pleegkind=nummer,
            datum=draw_datum(),
            multidisciplinair=multi,
            vastgelegd_op=None,
        )
    for blad, letter, hoogste in (
        ("ontwikkelbeelden", "O", 2),
        ("hulpverleningsplannen", "A", 2),
        ("pleegoudervoogdgesprekken", "Q", 2),
    ):
        for _ in bouw.count(hoogste):
            bouw.add(blad, letter, pleegkind=nummer, datum=draw_datum(), vastgelegd_op=None)
    for _ in bouw.count(2):
        soort = bouw.draw(st.sampled_from(("netwerk", "jeugdstem")))
        bouw.add("vertrouwenspersonen", "W", pleegkind=nummer, sinds=draw_datum(), soort=soort, naam=None)


def _draw_signalen(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
    """Signals before, on and after the last check; calamiteiten with and without doubt and report."""
    eigen = {rij["nummer"] for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]}
    checks = [rij["datum"] for rij in bouw.werkboek["veiligheidschecks"] if rij["plaatsing"] in eigen]
    for _ in bouw.count(3):
        bekend = draw_dag(bouw.draw, kind["geboortedatum"], VANDAAG, [*checks, *ankers])
        gemeld = add_dagen(bekend, bouw.draw(st.sampled_from((0, 1, 3, 4, 5, 42, 43))))
        bouw.add(
            "signalen",
            "X",
            pleegkind=kind["nummer"],
            datum=max(kind["geboortedatum"], add_dagen(bekend, -bouw.draw(st.integers(0, 9)))),
            bekend_geworden_op=bekend,
            soort="letsel",
            vraagt_veiligheidscheck=bouw.draw(st.booleans()),
            calamiteit=bouw.draw(st.booleans()),
            bij_twijfel=bouw.draw(st.sampled_from((None, False, True))),
            gemeld_igj_op=gemeld if gemeld <= VANDAAG and bouw.draw(st.booleans()) else None,
        )


def _draw_uitzonderingen(bouw: Bouw, kind: Rij, ankers: list[date], *, eigen_goedkeuring: bool) -> None:
    """Approved or not, by the right rol or not; every van of a child differs, so 'the earliest' is one."""
    gebruikt: set[date] = set()
    stappen = [add_maanden(anker, maanden) for anker in ankers for maanden in (4, 6, 12, 15, 24)]
    for _ in bouw.count(3):
        van = draw_dag(bouw.draw, ankers[0], VANDAAG, stappen)
        auteur = bouw.pick("medewerkers")
        goedkeurder = bouw.draw(st.sampled_from((None, "M00001", *TWEEDE_PAREN_OGEN, auteur)))
        if van in gebruikt or (goedkeurder == auteur and not eigen_goedkeuring):
            continue
        gebruikt.add(van)
        normen = bouw.draw(st.sets(st.sampled_from(NORMCODES), min_size=5))
        bouw.add(
            "uitzonderingen",
            "U",
            pleegkind=kind["nummer"],
            normen=tuple(sorted(normen)),
            reden="te_jong",
            borging="Observatie op school.",
            van=van,
            herzien_uiterlijk=add_dagen(van, bouw.draw(st.sampled_from((90, 90, 89, 30, 1, 0)))),
            opgesteld_door=auteur,
            goedgekeurd_door=goedkeurder,
        )


# --- families ---


def _draw_gezin(bouw: Bouw) -> None:
    bouw.add(
        "pleeggezinnen",
        "G",
        naam="Gezin Verzonnen",
        soort=bouw.draw(st.sampled_from(("netwerk", "bestand"))),
        gemeente=None,
        pleegcontract_op=None,
    )


def _draw_gezinsfeiten(bouw: Bouw, gezin: Rij) -> None:
    """Contract, evaluaties and members around the plaatsingen of this family."""
    plaatsingen = [rij for rij in bouw.werkboek["plaatsingen"] if rij["pleeggezin"] == gezin["nummer"]]
    ankers = sorted({dag for rij in plaatsingen for dag in (rij["van"], rij["tot"]) if dag is not None})
    ankers = ankers or [BEGIN]
    vroegst = add_dagen(ankers[0], -200)
    if not draw_kans(bouw.draw, 4):
        gezin["pleegcontract_op"] = draw_dag(bouw.draw, vroegst, VANDAAG, ankers)
        ankers = [*ankers, gezin["pleegcontract_op"]]
    for _ in bouw.count(3):
        dag = draw_dag(bouw.draw, vroegst, VANDAAG, ankers)
        bouw.add("evaluaties", "E", pleeggezin=gezin["nummer"], datum=dag, vastgelegd_op=None)
    for rol, hoogste in (("pleegouder", 2), ("inwonende", 2)):
        for _ in bouw.count(hoogste):
            _draw_gezinslid(bouw, gezin, rol, [dag for dag in ankers if dag <= VANDAAG] or [BEGIN])


def _draw_gezinslid(bouw: Bouw, gezin: Rij, rol: str, ankers: list[date]) -> None:
    """Someone who lives there: a pleegouder, or an inwonende around its 12th birthday on B or on p."""
    sinds = draw_dag(bouw.draw, add_dagen(ankers[0], -200), VANDAAG, ankers)
    geboren = date(1980, 2, 29)
    if rol == "inwonende":
        rond = bouw.draw(st.sampled_from([sinds, *ankers, *BIJZONDERE_DAGEN]))
        twaalf = add_dagen(rond, bouw.draw(st.sampled_from((-1, 0, 1, 59, 60, 61, 400, -400))))
        # Subtracting years is done on the parts: 29 February may not exist twelve years before.
        dag = 28 if (twaalf.month, twaalf.day) == (2, 29) and draw_kans(bouw.draw, 2) else twaalf.day
        geboren = min(date(twaalf.year - 12, twaalf.month, dag), sinds)
    tot = draw_dag(bouw.draw, sinds, add_dagen(VANDAAG, 60), ankers) if draw_kans(bouw.draw, 3) else None
    lid = bouw.add(
        "gezinsleden",
        "L",
        pleeggezin=gezin["nummer"],
        naam="Verzonnen",
        geboortedatum=geboren,
        rol=rol,
        inwonend_sinds=sinds,
        inwonend_tot=tot,
    )
    _draw_vgbs(bouw, lid, [*ankers, sinds])


def _draw_vgbs(bouw: Bouw, lid: Rij, ankers: list[date]) -> None:
    """Decisions in any order, also several on one day: then the later row wins."""
    ankers = sorted(ankers)
    vorige: list[date] = []
    for _ in bouw.count(4):
        dag = draw_dag(bouw.draw, max(lid["geboortedatum"], add_dagen(ankers[0], -200)), VANDAAG, ankers)
        if vorige and draw_kans(bouw.draw, 3):
            dag = vorige[-1]
        vorige.append(dag)
        status = bouw.draw(st.sampled_from(("afgegeven", "afgegeven", "geweigerd", "ingetrokken", "aangevraagd")))
        herscreening = None
        if status == "afgegeven" and bouw.draw(st.booleans()):
            herscreening = draw_dag_na(bouw.draw, dag, (30, 200, 1000), (12, 36, 60))
        bouw.add(
            "vgbs",
            "V",
            gezinslid=lid["nummer"],
            status=status,
            datum=dag,
            herscreening_uiterlijk=herscreening,
        )


# --- the strategies ---


@st.composite
def werkboeken(draw: st.DrawFn, *, eigen_goedkeuring: bool = False, versies: bool = True) -> Werkboek:
    """A provider of 1-4 children and 1-3 families, with corrections and withdrawals.

    Free of import faults at every moment. With `eigen_goedkeuring` an author may approve his own
    uitzondering, which an import refuses (`vier_ogen`): for the pure function only. Without `versies` the
    workbook is one import.
    """
    bouw = Bouw(draw)
    for rol in ROLLEN:
        bouw.add("medewerkers", "M", naam="Verzonnen", email=None, rol=rol, team="Team")
    for _ in range(draw(st.integers(1, 3))):
        _draw_gezin(bouw)
    for _ in range(draw(st.integers(1, 4))):
        _draw_plaatsingen(bouw, _draw_kind(bouw))
    for plaatsing in bouw.werkboek["plaatsingen"]:
        _draw_plaatsingsfeiten(bouw, plaatsing)
    for kind in bouw.werkboek["pleegkinderen"]:
        plaatsingen = [rij for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]]
        dagen = {dag for rij in plaatsingen for dag in (rij["van"], rij["tot"]) if dag is not None}
        ankers = sorted(dag for dag in dagen if dag <= VANDAAG)
        _draw_maatregelen(bouw, kind, ankers)
        _draw_kindfeiten(bouw, kind, ankers)
        _draw_signalen(bouw, kind, ankers)
        _draw_uitzonderingen(bouw, kind, ankers, eigen_goedkeuring=eigen_goedkeuring)
    for gezin in bouw.werkboek["pleeggezinnen"]:
        _draw_gezinsfeiten(bouw, gezin)
    if not versies:
        return bouw.werkboek
    return draw_versies(draw, bouw.werkboek, eigen_goedkeuring=eigen_goedkeuring)


ANDERE_PARAMETERS: dict[str, dict[str, tuple[int | None, ...]]] = {
    "KAG-3": {"aantal": (2, 3, 4), "stap_maanden": (3, 4), "venster_maanden": (12,)},
    "KAG-R": {"maanden": (3, 4, 5)},
    "VC-J": {"maanden": (6, 12), "dagen_na_signaal": (3, 7, 14)},
    "MDO": {"maanden": (4, 6)},
    "HB": {"dagen": (28, 42)},
    "ONT-J": {"maanden_jong": (3, 6), "maanden": (9, 12), "leeftijd_jong": (4, 6)},
    "HVP-6": {"dagen": (30, 42)},
    "VP": {"maanden": (1, 3)},
    "VGB-T": {"dagen_netwerk": (56, 91)},
    "VGB-12": {"leeftijd": (12,), "dagen_vooraf": (30, 60)},
    "VGB-H": {"maanden": (None, 36, 60)},
    "EVAL-J": {"maanden": (6, 12)},
    "POV-1": {"maanden": (6, 12)},
    "CAL-3": {"werkdagen": (1, 3), "dagen_bij_twijfel": (14, 42)},
}


@st.composite
def normversie_lijsten(draw: st.DrawFn) -> list[Normversie]:
    """A whole catalogue: version 1 of each from 1900, some followed by later versions without a gap."""
    lijst = []
    for eerste in build_normversies():
        versie = eerste
        dagen = draw(st.lists(st.sampled_from(BIJZONDERE_DAGEN), max_size=2, unique=True))
        for dag in sorted(dagen) if draw(st.booleans()) else []:
            lijst.append({**versie, "geldig_tot": dag})
            versie = {
                "code": versie["code"],
                "versie": versie["versie"] + 1,
                "geldig_van": dag,
                "geldig_tot": None,
                "zwaarte": draw(st.sampled_from(("norm", "streef"))),
                "waarschuwing_dagen": draw(st.sampled_from((0, 1, 14, 30, 60))),
                "parameters": {
                    naam: draw(st.sampled_from(keuzen)) for naam, keuzen in ANDERE_PARAMETERS[versie["code"]].items()
                },
            }
        lijst.append(versie)
    return lijst


STAPPEN_DAGEN = (0, 7, 42, 91)
STAPPEN_MAANDEN = (3, 4, 6, 8, 12, 24)
WAARSCHUWINGEN = (1, 14, 28, 30, 60)


def _list_verjaardagen(werkboek: Werkboek) -> list[date]:
    """The days on which an age begins to matter; for a 12th birthday also when it is announced."""
    kinderen = [rij["geboortedatum"] for rij in werkboek["pleegkinderen"]]
    leden = [rij["geboortedatum"] for rij in werkboek["gezinsleden"] if rij["rol"] == "inwonende"]
    twaalf = [get_verjaardag(geboren, 12) for geboren in leden]
    dagen = [get_verjaardag(geboren, leeftijd) for geboren in kinderen for leeftijd in (4, 18)]
    dagen += [*twaalf, *(add_dagen(dag, -60) for dag in twaalf)]
    return [dag for dag in dagen if BEGIN <= dag <= add_dagen(VANDAAG, 1)]


def _list_ankers(werkboek: Werkboek) -> list[date]:
    """Every date in the file but the birthdays, around the years of the histories."""
    dagen = {
        waarde
        for rijen in werkboek.values()
        for rij in rijen
        for kolom, waarde in rij.items()
        if kolom != "geboortedatum" and isinstance(waarde, date)
    }
    return sorted(dag for dag in dagen if add_dagen(BEGIN, -400) <= dag <= add_dagen(VANDAAG, 120))


def _draw_dag_in_plaatsing(draw: st.DrawFn, werkboek: Werkboek) -> date:
    """A day on which most norms apply: within a plaatsing, its last day included."""
    plaatsing = draw(st.sampled_from(werkboek["plaatsingen"]))
    tot = plaatsing["tot"] or VANDAAG
    return draw_dag(draw, plaatsing["van"], add_dagen(tot, -1), _list_ankers(werkboek))


def _draw_dag_na_feit(draw: st.DrawFn, ankers: list[date]) -> date:
    """A day of the file, or a deadline that could start there."""
    dag = draw(st.sampled_from(ankers))
    stap = draw(st.sampled_from(("dag", "dagen", "maanden", "werkdagen")))
    if stap == "dagen":
        return add_dagen(dag, draw(st.sampled_from(STAPPEN_DAGEN)))
    if stap == "maanden":
        return add_maanden(dag, draw(st.sampled_from(STAPPEN_MAANDEN)))
    return add_werkdagen(dag, 3) if stap == "werkdagen" else dag


def _list_randen(uiterlijk: date) -> list[date]:
    """The last day that is met, the day after it, and where a warning could begin."""
    warnend = [add_dagen(uiterlijk, -dagen - naast) for dagen in WAARSCHUWINGEN for naast in (0, 1)]
    return [uiterlijk, add_dagen(uiterlijk, 1), uiterlijk, add_dagen(uiterlijk, 1), *warnend]


@st.composite
def peildata(
    draw: st.DrawFn,
    werkboek: Werkboek,
    normversies: list[Normversie] | None = None,
    laatste: date = VANDAAG,
) -> date:
    """A day near an edge: of a fact, of a deadline that it starts, of a norm version, of a real uiterlijk."""
    wissels = [versie["geldig_van"] for versie in normversies or () if versie["versie"] > 1]
    soort = draw(st.sampled_from(("plaatsing", "plaatsing", "feit", "verjaardag", "uitzondering")))
    if soort == "plaatsing":
        dag = _draw_dag_in_plaatsing(draw, werkboek)
    elif soort == "verjaardag" and (verjaardagen := _list_verjaardagen(werkboek)):
        dag = draw(st.sampled_from(verjaardagen))
    elif soort == "uitzondering" and werkboek["uitzonderingen"]:
        uitzondering = draw(st.sampled_from(werkboek["uitzonderingen"]))
        dag = draw_dag(draw, uitzondering["van"], uitzondering["herzien_uiterlijk"])
    else:
        dag = _draw_dag_na_feit(draw, [*_list_ankers(werkboek), *wissels])
    dag = add_dagen(dag, draw(st.sampled_from((0, 1, -1))))
    dag = min(dag, laatste)
    # From that first day on, step to an edge of a judgement that stands on it.
    naar_een_rand = draw(st.booleans())
    termijnen = [rij for rij in oordelen(werkboek, dag, normversies) if rij["uiterlijk"] is not None]
    if naar_een_rand and termijnen:
        termijn = draw(st.sampled_from(termijnen))
        dag = min(draw(st.sampled_from(_list_randen(termijn["uiterlijk"]))), laatste)
    return dag


@st.composite
def gevallen(draw: st.DrawFn, *, eigen_goedkeuring: bool = False) -> Geval:
    """A workbook, the norms, a peildatum and a moment of knowing."""
    werkboek = draw(werkboeken(eigen_goedkeuring=eigen_goedkeuring))
    eigen_normen = draw(st.booleans())
    normversies = draw(normversie_lijsten()) if eigen_normen else None
    peildatum = draw(peildata(werkboek, normversies))
    bekend_tot = draw(st.one_of(st.none(), st.sampled_from(list_momenten(werkboek))))
    return Geval(werkboek, normversies, peildatum, bekend_tot)
