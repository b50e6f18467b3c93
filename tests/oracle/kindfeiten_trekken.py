"""Drawing what belongs to the child itself: maatregelen, events, signalen and uitzonderingen."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from .bouw import Bouw, Rij
from .dagen_trekken import VANDAAG, draw_dag, draw_dag_na, draw_kans
from .kalender import add_dagen, add_maanden
from .normen import NOOIT_GEDEKT, NORMCODES, TWEEDE_DAG

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


def draw_maatregelen(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
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


def draw_kindfeiten(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
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


def draw_signalen(bouw: Bouw, kind: Rij, ankers: list[date]) -> None:
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


def draw_uitzonderingen(
    bouw: Bouw, kind: Rij, ankers: list[date], *, eigen_goedkeuring: bool, codes: Sequence[str] = NORMCODES
) -> None:
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
        mogelijk = [code for code in codes if van < TWEEDE_DAG or code not in NOOIT_GEDEKT]
        normen = bouw.draw(st.sets(st.sampled_from(mogelijk), min_size=5))
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
