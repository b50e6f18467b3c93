"""The figures of ``normen.md`` §9, at the size of a large provider."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from app.clock import civil_date
from app.demo.feiten import Deel
from app.demo.tabel import Tabel
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


@pytest.fixture(scope="module")
def telling(aanbieder: list[Deel], vandaag: date) -> Telling:
    return tel(aanbieder, vandaag)


def test_numbers_of_children_and_families(aanbieder: list[Deel]) -> None:
    assert sum(len(deel.pleegkind.eerste) for deel in aanbieder) == 1300
    assert sum(len(deel.pleeggezin.eerste) for deel in aanbieder) == 900


def test_most_children_are_in_care_today(telling: Telling) -> None:
    assert 0.82 <= telling.kinderen / 1300 <= 0.92


@pytest.mark.parametrize(
    ("soort", "aandeel"), [("vrijwillig", 0.30), ("ots", 0.23), ("voogdij_gi", 0.34), ("pleegoudervoogdij", 0.13)]
)
def test_legal_basis(telling: Telling, soort: str, aandeel: float) -> None:
    assert telling.maatregelen[soort] / telling.kinderen == pytest.approx(aandeel, abs=0.04)


def test_netwerk_and_bestand(aanbieder: list[Deel]) -> None:
    soorten = Counter(gezin.soort for deel in aanbieder for _, gezin in deel.pleeggezin.current())
    assert soorten["netwerk"] / soorten.total() == pytest.approx(0.47, abs=0.04)  # type: ignore[index]


@pytest.mark.parametrize(("vorm", "aandeel"), [("vol", 0.76), ("deel", 0.20), ("deel+vol", 0.04)])
def test_voltijd_and_deeltijd(telling: Telling, vorm: str, aandeel: float) -> None:
    assert telling.vormen[vorm] / telling.kinderen == pytest.approx(aandeel, abs=0.03)


def test_placed_longer_than_a_year(telling: Telling) -> None:
    assert telling.langer_dan_jaar / telling.plaatsingen == pytest.approx(0.58, abs=0.04)


def test_ages(telling: Telling) -> None:
    assert telling.leeftijd["12+"] / telling.kinderen == pytest.approx(0.30, abs=0.04)
    assert 0.05 <= telling.leeftijd["0-3"] / telling.kinderen <= 0.15


@pytest.mark.parametrize(("soort", "minst", "meest"), [("gesprek", 3, 4), ("check", 1, 2), ("bezoek", 8, 10)])
def test_events_a_year(telling: Telling, soort: str, minst: float, meest: float) -> None:
    assert minst <= telling.gebeurd[soort] / telling.jaren <= meest


def test_two_case_discussions_a_year_under_a_gi(telling: Telling) -> None:
    assert telling.besprekingen / telling.onder_gi == pytest.approx(2, abs=0.25)


def test_under_four_a_talk_alone_is_rare(telling: Telling) -> None:
    assert 0.1 <= telling.jong["tellend"] / telling.jong["gesprek"] <= 0.4


def test_a_tenth_to_a_fifth_of_the_norms_is_overdue(telling: Telling) -> None:
    assert 0.10 <= telling.laat_per_norm.total() / telling.per_norm.total() <= 0.20
    vaak = {norm: aantal for norm, aantal in telling.per_norm.items() if aantal > 300}
    assert len(vaak) >= 11
    for norm, aantal in vaak.items():
        assert 0.05 <= telling.laat_per_norm[norm] / aantal <= 0.27, norm


def test_some_children_were_never_seen(telling: Telling) -> None:
    assert 0.02 <= telling.nooit_gezien / telling.voltijd <= 0.04


def list_dagen(delen: list[Deel]) -> Iterator[int]:
    """Yield how many days after it happened each event was first recorded."""
    for deel in delen:
        tabellen: tuple[Tabel[tuple[object, ...]], ...] = (
            deel.kindgesprek, deel.veiligheidscheck, deel.huisbezoek, deel.casuistiekbespreking, deel.ontwikkelbeeld,
            deel.hulpverleningsplan, deel.pleegoudervoogdgesprek,
        )  # type: ignore[assignment]  # fmt: skip
        for tabel in tabellen:
            for eerste in tabel.eerste:
                yield (civil_date(eerste.op) - eerste.feit.datum).days  # type: ignore[attr-defined]


def test_late_registrations(aanbieder: list[Deel]) -> None:
    dagen = list(list_dagen(aanbieder))
    assert sum(dag > 14 for dag in dagen) / len(dagen) == pytest.approx(0.08, abs=0.01)
    assert min(dagen) == 0


def test_turnover_of_begeleiders(aanbieder: list[Deel]) -> None:
    wissels = posten = 0
    for deel in aanbieder:
        begeleiders = sum(feit.rol == "pleegzorgbegeleider" for _, feit in deel.medewerker.current())
        plekken = round(sum(feit.tot is None for _, feit in deel.plaatsing.current()) / 17)
        wissels, posten = wissels + begeleiders - plekken, posten + plekken
    assert wissels / (posten * 10) == pytest.approx(0.167, abs=0.03)


def test_caseload(aanbieder: list[Deel], vandaag: date) -> None:
    for deel in aanbieder:
        lopend = [feit for _, feit in deel.begeleiding.current() if is_active(feit.van, feit.tot, vandaag)]
        last = Counter(feit.medewerker_id for feit in lopend)
        assert min(last.values()) >= 14
        assert max(last.values()) <= 21


def test_corrections_and_withdrawals(aanbieder: list[Deel]) -> None:
    gesprekken = sum(len(deel.kindgesprek.eerste) for deel in aanbieder)
    versies = [versie for deel in aanbieder for reeks in deel.kindgesprek.volgende.values() for versie in reeks]
    assert len(versies) / gesprekken == pytest.approx(0.01, abs=0.005)
    assert {versie.ingetrokken for versie in versies} == {True, False}


def test_calamiteiten_and_exceptions(aanbieder: list[Deel]) -> None:
    signalen = [feit for deel in aanbieder for _, feit in deel.signaal.current()]
    assert 1 <= sum(feit.calamiteit for feit in signalen) <= 40
    plannen = [feit for deel in aanbieder for _, feit in deel.uitzondering.current()]
    goedgekeurd = sum(plan.goedgekeurd_door is not None for plan in plannen)
    assert len(plannen) / 2 < goedgekeurd < len(plannen)
