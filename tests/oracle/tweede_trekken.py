"""Drawing the facts of normen.md §5b: children in the autumn of 2026, what was seen, said, answered and agreed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from .bouw import Bouw, Rij
from .dagen_trekken import VANDAAG, draw_dag, draw_kans
from .fouten import build_toestand
from .kalender import add_dagen, add_maanden, add_werkdagen
from .normen import TWEEDE_DAG
from .plaatsingen_trekken import draw_plaatsing
from .regels_tweede import ZICHTPLANNORMEN, Aanleiding, list_aanleidingen

HERFST = date(2026, 9, 1)
RAND = (add_dagen(TWEEDE_DAG, -1), TWEEDE_DAG, add_dagen(TWEEDE_DAG, 1))
JA_NEE_LEEG = (True, False, None)
VEILIG = ("nee", "nee", "ja", "twijfel", "onbekend", None)
GEDRAGSWETENSCHAPPERS = ("M00002", "M00006")


def draw_herfstplaatsing(bouw: Bouw, kind: Rij) -> None:
    """A child that is nowhere on the first day may come in the weeks around it, to stay or to leave again."""
    eigen = [rij for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]]
    if any(rij["tot"] is None or rij["tot"] > HERFST for rij in eigen) or draw_kans(bouw.draw, 6):
        return
    van = draw_dag(bouw.draw, max(HERFST, kind["geboortedatum"]), add_dagen(VANDAAG, -1), RAND)
    vormen = ("voltijd", "voltijd", "crisis", "deeltijd")
    rij = draw_plaatsing(bouw, kind, bouw.pick("pleeggezinnen"), van, vormen)
    if rij["tot"] is not None and draw_kans(bouw.draw, 2):
        rij["tot"] = None


def draw_waarnemingen(bouw: Bouw, plaatsing: Rij) -> None:
    """Talks, checks and visits of the autumn; what stood there gets the new fields too, or stays without."""
    for blad in ("huisbezoeken", "veiligheidschecks"):
        for rij in _select_van(bouw, blad, plaatsing):
            rij["kind_gezien"] = bouw.draw(st.sampled_from(JA_NEE_LEEG))
    for rij in _select_van(bouw, "kindgesprekken", plaatsing):
        rij["veilig_in_gezin"] = bouw.draw(st.sampled_from(VEILIG))
    van = max(plaatsing["van"], HERFST)
    tot = min(plaatsing["tot"] or VANDAAG, VANDAAG)
    if van > tot:
        return
    eigen = {"plaatsing": plaatsing["nummer"], "vastgelegd_op": None}
    ankers = [plaatsing["van"], *RAND, add_dagen(plaatsing["van"], 14)]
    for _ in bouw.count(2):
        bouw.add(
            "kindgesprekken",
            "T",
            datum=draw_dag(bouw.draw, van, tot, ankers),
            medewerker=bouw.pick("medewerkers"),
            doorgegaan=not draw_kans(bouw.draw, 5),
            alleen=not draw_kans(bouw.draw, 3),
            vorm=bouw.draw(st.sampled_from(("fysiek", "fysiek", "beeldbellen"))),
            veiligheid_besproken=not draw_kans(bouw.draw, 3),
            reden_niet_alleen=None,
            veilig_in_gezin=bouw.draw(st.sampled_from(VEILIG)),
            **eigen,
        )
    checks: list[date] = []
    for _ in bouw.count(3):
        datum = draw_dag(bouw.draw, van, tot, [*ankers, *checks])
        checks += [datum, add_dagen(datum, 28)]
        bouw.add(
            "veiligheidschecks",
            "C",
            datum=datum,
            medewerker=bouw.pick("medewerkers"),
            instrument="LIRIK",
            uitkomst=bouw.draw(st.sampled_from(("zorgen", "onveilig", "veilig"))),
            kind_gezien=bouw.draw(st.sampled_from(JA_NEE_LEEG)),
            **eigen,
        )
    for _ in bouw.count(2):
        bouw.add(
            "huisbezoeken",
            "H",
            datum=draw_dag(bouw.draw, van, tot, ankers),
            medewerker=bouw.pick("medewerkers"),
            kind_gezien=bouw.draw(st.sampled_from(JA_NEE_LEEG)),
            **eigen,
        )


def _select_van(bouw: Bouw, blad: str, plaatsing: Rij) -> Iterable[Rij]:
    return (rij for rij in bouw.werkboek[blad] if rij["plaatsing"] == plaatsing["nummer"])


def draw_tweede_signalen(bouw: Bouw, kind: Rij) -> None:
    """Signals around the first day; doubt with and without a conclusion, before and after the 42 days."""
    for rij in bouw.werkboek["signalen"]:
        if rij["pleegkind"] == kind["nummer"] and draw_kans(bouw.draw, 2):
            rij["geweld"] = True
    for _ in bouw.count(2):
        bekend = draw_dag(bouw.draw, max(HERFST, kind["geboortedatum"]), VANDAAG, RAND)
        twijfel = bouw.draw(st.sampled_from((None, False, True, True)))
        conclusie = add_dagen(bekend, bouw.draw(st.sampled_from((0, 1, 3, 41, 42, 43))))
        gemeld = add_dagen(bekend, bouw.draw(st.sampled_from((0, 3, 4, 5, 6, 42, 46, 47))))
        bouw.add(
            "signalen",
            "X",
            pleegkind=kind["nummer"],
            datum=max(kind["geboortedatum"], add_dagen(bekend, -bouw.draw(st.integers(0, 9)))),
            bekend_geworden_op=bekend,
            soort="uitspraak",
            vraagt_veiligheidscheck=draw_kans(bouw.draw, 4),
            calamiteit=bouw.draw(st.booleans()),
            bij_twijfel=twijfel,
            gemeld_igj_op=gemeld if gemeld <= VANDAAG and draw_kans(bouw.draw, 3) else None,
            onthulling=draw_kans(bouw.draw, 3),
            geweld=draw_kans(bouw.draw, 3),
            letsel=draw_kans(bouw.draw, 4),
            conclusie_op=conclusie if twijfel and conclusie <= VANDAAG and bouw.draw(st.booleans()) else None,
        )


def draw_opvolging(bouw: Bouw, kind: Rij) -> None:
    """About some of the child's aanleidingen: nothing, an overleg, a besluit or several, on time or not."""
    for aanleiding in list_aanleidingen(kind, build_toestand(bouw.werkboek, None)):
        for _ in bouw.count(3):
            _draw_stap(bouw, kind, aanleiding)
        if aanleiding.soort == "signaal":
            for _ in bouw.count(2):
                bouw.add(
                    "meldcodestappen",
                    "D",
                    signaal=aanleiding.rij["nummer"],
                    stap=bouw.draw(st.sampled_from((1, 2, 2, 3, 4, 5, 5))),
                    datum=draw_dag(bouw.draw, add_dagen(aanleiding.k, -3), VANDAAG, [aanleiding.k]),
                )


def _draw_stap(bouw: Bouw, kind: Rij, aanleiding: Aanleiding) -> None:
    ankers = [aanleiding.k, add_werkdagen(aanleiding.k, 1), add_werkdagen(aanleiding.k, 5)]
    stap = bouw.draw(st.sampled_from(("overleg", "besluit")))
    bouw.add(
        "opvolgstappen",
        "N",
        pleegkind=kind["nummer"],
        aanleiding_soort=aanleiding.soort,
        aanleiding=aanleiding.rij["nummer"],
        stap=stap,
        datum=draw_dag(bouw.draw, aanleiding.k, VANDAAG, ankers),
        met="teamleider" if stap == "overleg" else None,
        besluit="afspraken" if stap == "besluit" else None,
        medewerker=bouw.pick("medewerkers"),
        vastgelegd_op=None,
    )


def draw_acties(bouw: Bouw, kind: Rij) -> None:
    """Agreed before and after the first day; done, late or still to do."""
    for _ in bouw.count(2):
        datum = draw_dag(bouw.draw, max(HERFST, kind["geboortedatum"]), VANDAAG, RAND)
        uiterlijk = add_dagen(datum, bouw.draw(st.sampled_from((0, 7, 8, 30, 60))))
        gedaan = draw_dag(bouw.draw, datum, VANDAAG, [uiterlijk])
        bouw.add(
            "acties",
            "Y",
            pleegkind=kind["nummer"],
            datum=datum,
            omschrijving="School bellen.",
            eigenaar=bouw.pick("medewerkers"),
            uiterlijk=uiterlijk,
            gedaan_op=gedaan if bouw.draw(st.booleans()) else None,
        )


def draw_zichtplannen(bouw: Bouw, kind: Rij, codes: Sequence[str], *, eigen_goedkeuring: bool) -> None:
    """Approved by whom it should be, or by another; every van of a child differs, as of any uitzondering."""
    mogelijk = sorted(ZICHTPLANNORMEN & {*codes})
    gebruikt = {rij["van"] for rij in bouw.werkboek["uitzonderingen"] if rij["pleegkind"] == kind["nummer"]}
    for _ in bouw.count(2):
        van = draw_dag(bouw.draw, TWEEDE_DAG, VANDAAG, [TWEEDE_DAG])
        auteur = bouw.pick("medewerkers")
        goedkeurder = bouw.draw(
            st.sampled_from((*GEDRAGSWETENSCHAPPERS, *GEDRAGSWETENSCHAPPERS, "M00003", None, auteur))
        )
        if van in gebruikt or (goedkeurder == auteur and not eigen_goedkeuring):
            continue
        gebruikt.add(van)
        half_jaar = add_maanden(van, 6)
        bouw.add(
            "uitzonderingen",
            "U",
            pleegkind=kind["nummer"],
            normen=tuple(sorted(bouw.draw(st.sets(st.sampled_from(mogelijk), min_size=1)))),
            reden="te_jong",
            borging="Spelobservatie.",
            van=van,
            herzien_uiterlijk=bouw.draw(
                st.sampled_from((half_jaar, add_dagen(half_jaar, -1), add_dagen(van, 30), van))
            ),
            opgesteld_door=auteur,
            goedgekeurd_door=goedkeurder,
            soort="zichtplan",
            waarneming_dagen=bouw.draw(st.sampled_from((1, 7, 14, 42))),
        )


def list_randen(werkboek: dict[str, list[dict[str, Any]]]) -> list[date]:
    """The days at which the second catalogue may turn, from the day before its first one to today and after."""
    dagen = {
        waarde
        for rijen in werkboek.values()
        for rij in rijen
        for waarde in rij.values()
        if isinstance(waarde, date) and HERFST <= waarde <= add_maanden(VANDAAG, 7)
    }
    return sorted({*RAND, *dagen, *(add_maanden(dag, 12) for dag in dagen)})
