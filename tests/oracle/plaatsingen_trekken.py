"""Drawing children, their plaatsingen, and what happened in a plaatsing."""

from datetime import date

from hypothesis import strategies as st

from .bouw import Bouw, Rij
from .dagen_trekken import BEGIN, GEBOORTEDAGEN_KIND, VANDAAG, draw_dag, draw_dag_na, draw_kans
from .kalender import add_dagen, add_maanden


def draw_kind(bouw: Bouw) -> Rij:
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


def draw_plaatsing(bouw: Bouw, kind: Rij, gezin: str, van: date, vormen: tuple[str, ...]) -> Rij:
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


def draw_plaatsingen(bouw: Bouw, kind: Rij) -> None:
    """A chain of moves without overlap, and now and then a deeltijd plaatsing across it."""
    van = draw_dag(bouw.draw, max(kind["geboortedatum"], BEGIN), VANDAAG)
    gezin = bouw.pick("pleeggezinnen")
    for _ in range(bouw.draw(st.integers(1, 4))):
        plaatsing = draw_plaatsing(bouw, kind, gezin, van, ("voltijd", "voltijd", "crisis", "deeltijd"))
        if plaatsing["tot"] is None:
            break
        # 24 months is where a family's run ends (F in normen.md §5), one day where a zorgperiode does.
        van = draw_dag_na(bouw.draw, plaatsing["tot"], (0, 0, 1, 2, 40), (24, 24, 23, 25))
        if van > add_dagen(VANDAAG, 60):
            break
        gezin = gezin if bouw.draw(st.booleans()) else bouw.pick("pleeggezinnen")
    if draw_kans(bouw.draw, 3):
        ankers = [rij["van"] for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]]
        van = draw_dag(bouw.draw, min(ankers), VANDAAG, ankers)
        draw_plaatsing(bouw, kind, bouw.pick("pleeggezinnen"), van, ("deeltijd",))


def draw_plaatsingsfeiten(bouw: Bouw, plaatsing: Rij) -> None:
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
