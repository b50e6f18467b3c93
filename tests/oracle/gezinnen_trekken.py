"""Drawing families: contract, evaluaties, and who lives there with which VGB."""

from datetime import date

from hypothesis import strategies as st

from .bouw import Bouw, Rij
from .dagen_trekken import BEGIN, BIJZONDERE_DAGEN, VANDAAG, draw_dag, draw_dag_na, draw_kans
from .kalender import add_dagen


def draw_gezin(bouw: Bouw) -> None:
    bouw.add(
        "pleeggezinnen",
        "G",
        naam="Gezin Verzonnen",
        soort=bouw.draw(st.sampled_from(("netwerk", "bestand"))),
        gemeente=None,
        pleegcontract_op=None,
    )


def draw_gezinsfeiten(bouw: Bouw, gezin: Rij) -> None:
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
