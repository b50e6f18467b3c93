"""Counting the children in care on one day, for the figures of ``normen.md`` §9."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.demo.feiten import Deel
from app.norms.calendar import add_months, birthday, is_active
from app.norms.feiten import Dossier, Plaatsing
from app.norms.gesprek import counts
from app.terms import PlaatsingVorm, Stand
from tests.demo.dossiers import judge_deel

JAAR = timedelta(days=365)
LAAT = (Stand.TE_LAAT, Stand.UITZONDERING)


@dataclass
class Telling:
    """What is counted; ``jaren`` are child-years in a voltijd plaatsing during the last year."""

    kinderen: int = 0
    plaatsingen: int = 0
    voltijd: int = 0
    langer_dan_jaar: int = 0
    nooit_gezien: int = 0
    jaren: float = 0
    onder_gi: int = 0
    besprekingen: int = 0
    leeftijd: Counter[str] = field(default_factory=Counter)
    vormen: Counter[str] = field(default_factory=Counter)
    maatregelen: Counter[str] = field(default_factory=Counter)
    gebeurd: Counter[str] = field(default_factory=Counter)
    jong: Counter[str] = field(default_factory=Counter)
    per_norm: Counter[str] = field(default_factory=Counter)
    laat_per_norm: Counter[str] = field(default_factory=Counter)


def tel(delen: list[Deel], vandaag: date) -> Telling:
    """Count everything about the children of some teams."""
    telling = Telling()
    for deel in delen:
        for dossier, oordelen in judge_deel(deel, vandaag):
            telling.per_norm.update(oordeel.norm.code for oordeel in oordelen)
            telling.laat_per_norm.update(oordeel.norm.code for oordeel in oordelen if oordeel.stand in LAAT)
            actief = [p for p in dossier.plaatsingen if is_active(p.van, p.tot, vandaag)]
            if actief:
                _tel_kind(telling, dossier, actief, vandaag)
            for plaatsing in actief:
                _tel_plaatsing(telling, dossier, plaatsing, vandaag)
    return telling


def _tel_kind(telling: Telling, dossier: Dossier, actief: list[Plaatsing], vandaag: date) -> None:
    telling.kinderen += 1
    telling.leeftijd["12+"] += birthday(dossier.geboortedatum, 12) <= vandaag
    telling.leeftijd["0-3"] += birthday(dossier.geboortedatum, 4) > vandaag
    telling.vormen["+".join(sorted({"deel" if p.vorm is PlaatsingVorm.DEELTIJD else "vol" for p in actief}))] += 1
    soorten = {m.soort.value for m in dossier.maatregelen if is_active(m.van, m.tot, vandaag)}
    telling.maatregelen.update(soorten)
    if soorten & {"ots", "voogdij_gi"} and dossier.plaatsingen[0].van < vandaag - JAAR:
        telling.onder_gi += 1
        telling.besprekingen += sum(b.datum > vandaag - JAAR for b in dossier.casuistiekbesprekingen)


def _tel_plaatsing(telling: Telling, dossier: Dossier, plaatsing: Plaatsing, vandaag: date) -> None:
    telling.plaatsingen += 1
    telling.langer_dan_jaar += plaatsing.van <= add_months(vandaag, -12)
    if plaatsing.vorm is PlaatsingVorm.DEELTIJD:
        return
    tellend = [gesprek for gesprek in plaatsing.kindgesprekken if counts(gesprek, plaatsing, vandaag)]
    telling.voltijd += 1
    telling.nooit_gezien += not tellend and add_months(plaatsing.van, 4) < vandaag
    begin = max(plaatsing.van, vandaag - JAAR)
    telling.jaren += (vandaag - begin) / JAAR
    telling.gebeurd["gesprek"] += sum(g.datum > begin for g in plaatsing.kindgesprekken)
    telling.gebeurd["check"] += sum(g.datum > begin for g in plaatsing.veiligheidschecks)
    telling.gebeurd["bezoek"] += sum(g.datum > begin for g in plaatsing.huisbezoeken)
    vier = birthday(dossier.geboortedatum, 4)
    telling.jong["gesprek"] += sum(g.datum < vier for g in plaatsing.kindgesprekken)
    telling.jong["tellend"] += sum(g.datum < vier for g in tellend)
