"""The explanation: the rule with its dates, the source, what counted and what did not and why."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from app.norms.dutch import dutch_count, dutch_date
from app.norms.feiten import Dossier, Gezin
from app.norms.gesprek import uncounted_reasons
from app.norms.judge import judge
from app.norms.uitleg.explain import Uitleg, explain
from app.norms.versies.catalogue import LANDELIJK, Catalogus, for_organisatie
from app.terms import GespreksVorm, Rol
from tests.norms.bouw import (
    bezoeken,
    checks,
    dag,
    events,
    families_of,
    gesprek,
    gezin,
    kind,
    lid,
    maatregel,
    mdo,
    plaatsing,
    signaal,
    talks,
    uitzondering,
    vgb,
)
from tests.norms.strategieen import Wereld, days, worlds
from tests.norms.test_aanbieder_a import aanbieder_a

P = "2025-01-31"
CATALOGUS = Catalogus(LANDELIJK)


def uitleg(norm: str, op: str, dossier: Dossier, *gezinnen: Gezin, onderwerp: int | None = None) -> Uitleg:
    families = families_of(dossier, *gezinnen)
    oordelen = [
        o
        for o in judge(dossier, families, CATALOGUS, dag(op))
        if o.norm.code == norm and onderwerp in {None, o.onderwerp_id}
    ]
    assert len(oordelen) == 1
    return explain(oordelen[0], dossier, families, CATALOGUS)


def reasons(van: Uitleg) -> list[tuple[str, str, str]]:
    return [(str(t.datum), t.soort, t.reden) for t in van.telden_niet]


@pytest.mark.parametrize(
    ("op", "tekst"),
    [("2026-03-03", "3 maart 2026"), ("2025-12-31", "31 december 2025"), ("2024-02-29", "29 februari 2024")],
)
def test_dates_read_as_on_screen(op: str, tekst: str) -> None:
    assert dutch_date(dag(op)) == tekst


def test_one_is_singular() -> None:
    assert (dutch_count(1, "maand", "maanden"), dutch_count(4, "maand", "maanden")) == (
        "1 maand",
        "4 maanden",
    )


def test_every_talk_that_did_not_count_has_all_its_reasons() -> None:
    gesprekken = [
        gesprek("2025-02-28", nr=1),
        gesprek("2025-03-01", doorgegaan=False, alleen=False, nr=2),
        gesprek("2025-03-02", vorm=GespreksVorm.TELEFOON, nr=3),
        gesprek("2025-03-03", alleen=False, vorm=GespreksVorm.BEELDBELLEN, veiligheid=False, nr=4),
        gesprek("2025-03-04", veiligheid=False, nr=5),
        gesprek("2025-03-06", alleen=False, nr=6),
    ]
    u = uitleg("KAG-R", "2025-03-05", kind(plaatsing(P, gesprekken=gesprekken)))
    assert u.laatste is not None
    assert (u.laatste.id, u.laatste.datum) == (1, dag("2025-02-28"))
    assert reasons(u) == [
        ("2025-03-01", "kindgesprek", "het gesprek ging niet door"),
        ("2025-03-02", "kindgesprek", "het gesprek was telefonisch, niet fysiek"),
        (
            "2025-03-03",
            "kindgesprek",
            (
                "niet alleen gesproken; het gesprek was via beeldbellen, niet fysiek; "
                "de veiligheid in het gezin is niet besproken"
            ),
        ),
        ("2025-03-04", "kindgesprek", "de veiligheid in het gezin is niet besproken"),
    ]
    assert u.regel == (
        "Het laatste kind-alleengesprek was op 28 februari 2025; "
        "binnen 4 maanden, uiterlijk op 28 juni 2025, is een kind-alleengesprek nodig."
    )
    assert "keuze van dit project" in u.bron


def test_a_talk_outside_the_plaatsing_or_after_the_day() -> None:
    p = plaatsing(P, "2025-06-01")
    assert uncounted_reasons(gesprek("2025-01-30"), p, dag("2025-12-31")) == ("viel buiten de plaatsing",)
    assert uncounted_reasons(gesprek("2025-06-01"), p, dag("2025-12-31")) == ("viel buiten de plaatsing",)
    assert uncounted_reasons(gesprek("2025-05-31"), p, dag("2025-05-30")) == ("ligt na de peildatum",)
    mislukt = gesprek("2025-06-02", doorgegaan=False)
    assert uncounted_reasons(mislukt, p, dag("2025-06-01")) == (
        "het gesprek ging niet door",
        "viel buiten de plaatsing",
        "ligt na de peildatum",
    )


_EERDER = plaatsing(
    "2024-01-01",
    P,
    gesprekken=talks("2024-06-01", "2024-12-30"),
    checks=checks("2024-12-30"),
    bezoeken=bezoeken("2025-01-29"),
    nr=9,
    gezin=69,
)


@pytest.mark.parametrize(
    ("norm", "soort", "datum"),
    [
        ("KAG-3", "kindgesprek", "2024-12-30"),
        ("KAG-R", "kindgesprek", "2024-12-30"),
        ("VC-J", "veiligheidscheck", "2024-12-30"),
        ("HB", "huisbezoek", "2025-01-29"),
    ],
)
def test_the_last_of_an_earlier_plaatsing_is_named(norm: str, soort: str, datum: str) -> None:
    u = uitleg(norm, "2025-03-01", kind(_EERDER, plaatsing(P)))
    assert reasons(u) == [(datum, soort, "hoort bij een eerdere plaatsing")]


def test_events_of_another_plaatsing_after_the_last_one() -> None:
    weekend = plaatsing("2025-02-01", bezoeken=bezoeken("2025-02-05", "2025-03-05"), nr=11, gezin=71)
    u = uitleg("HB", "2025-04-01", kind(plaatsing(P, bezoeken=bezoeken("2025-02-10")), weekend), onderwerp=10)
    assert reasons(u) == [("2025-03-05", "huisbezoek", "hoort bij een andere plaatsing")]


def test_a_discussion_that_was_not_multidisciplinary() -> None:
    besprekingen = [*mdo("2025-02-10"), *mdo("2025-03-01", multidisciplinair=False), *mdo("2025-09-01")]
    dossier = kind(plaatsing(P), maatregelen=[maatregel("ots", P)], besprekingen=besprekingen)
    u = uitleg("MDO", "2025-03-05", dossier)
    assert reasons(u) == [("2025-03-01", "casuistiekbespreking", "geen multidisciplinaire bespreking")]


def test_events_before_the_anchor_name_the_last_one() -> None:
    dossier = kind(
        plaatsing(P),
        maatregelen=[maatregel("pleegoudervoogdij", P)],
        beelden=events("2024-01-01", "2025-01-30"),
        plannen=events("2025-01-30"),
        voogdgesprekken=events("2025-01-30"),
    )
    for norm in ("ONT-J", "HVP-6", "POV-1"):
        ((datum, _, reden),) = reasons(uitleg(norm, "2025-03-01", dossier))
        assert (datum, reden) == ("2025-01-30", "viel vóór het begin van deze periode in zorg")
    familie = gezin((P, None), contract="2025-03-15", evaluaties=events("2025-03-14"))
    u = uitleg("EVAL-J", "2025-04-01", dossier, familie)
    assert reasons(u) == [("2025-03-14", "evaluatie", "viel vóór het begin van deze termijn")]


def test_the_steps_of_a_vgb() -> None:
    stappen = [
        vgb("2020-01-01", nr=1),
        vgb("2025-03-01", "ingetrokken", nr=2),
        vgb("2025-04-01", "aangevraagd", nr=3),
    ]
    u = uitleg("VGB-T", "2025-05-01", kind(plaatsing(P)), gezin((P, None), leden=[lid(vgbs=stappen)]))
    assert [r[2] for r in reasons(u)] == [
        "vervallen door een later besluit",
        "de VGB is ingetrokken",
        "een aanvraag is nog geen besluit",
    ]
    assert "op 1 maart 2025 ingetrokken" in u.regel
    opnieuw = gezin(("2020-01-01", "2022-03-31"), (P, None), leden=[lid(vgbs=[vgb("2022-03-30")])])
    u = uitleg("VGB-T", "2025-05-01", kind(plaatsing(P)), opnieuw)
    assert [r[2] for r in reasons(u)] == ["afgegeven vóór het einde van een eerdere periode als pleeggezin"]


_ZAK = kind(
    plaatsing(P, checks=checks("2025-02-10")),
    geboren="2021-09-01",
    maatregelen=[maatregel("ots", "2025-03-01"), maatregel("pleegoudervoogdij", "2025-03-01")],
    signalen=[signaal("2025-03-03", vraagt=True, calamiteit=True)],
)
_FAMILIE = gezin(
    (P, None),
    netwerk=True,
    contract="2025-02-01",
    leden=[
        lid(nr=1),
        lid(vgbs=[vgb("2024-01-01", herscreening="2027-01-01")], nr=2),
        lid("2013-05-01", inwonende=True, nr=3),
    ],
)


@pytest.mark.parametrize(
    ("norm", "onderwerp", "delen"),
    [
        ("KAG-3", None, ["31 januari 2025", "geen van de 3", "31 mei 2025", "omdat er pleegoudervoogdij is"]),
        ("KAG-R", None, ["De plaatsing begon op 31 januari 2025", "4 maanden", "31 mei 2025"]),
        ("VC-J", None, ["3 maart 2025 werd een signaal bekend", "binnen 7 dagen", "10 maart 2025"]),
        ("MDO", None, ["De ots of voogdij loopt sinds 1 maart 2025", "6 maanden", "1 september 2025"]),
        ("HB", None, ["42 dagen", "14 maart 2025"]),
        ("ONT-J", None, ["6 maanden (het kind is dan nog geen 4 jaar)", "31 juli 2025"]),
        ("HVP-6", None, ["De zorg begon op 31 januari 2025", "42 dagen", "14 maart 2025"]),
        ("VP", None, ["3 maanden", "30 april 2025", "een vertrouwenspersoon"]),
        ("VGB-T", 1, ["1 februari 2025", "91 dagen", "3 mei 2025"]),
        ("VGB-T", 2, ["De VGB is afgegeven op 1 januari 2024 en geldig"]),
        ("VGB-H", 2, ["1 januari 2024", "1 januari 2027"]),
        ("VGB-12", 3, ["wordt 12 jaar", "1 mei 2025"]),
        ("EVAL-J", None, ["De termijn begon op 1 februari 2025", "1 februari 2026"]),
        ("POV-1", None, ["De pleegoudervoogdij loopt sinds 1 maart 2025", "1 maart 2026"]),
        ("CAL-3", None, ["bekend op 3 maart 2025", "3 werkdagen", "6 maart 2025"]),
    ],
)
def test_the_sentence_has_the_numbers_and_dates(norm: str, onderwerp: int | None, delen: list[str]) -> None:
    zin = uitleg(norm, "2025-03-05", _ZAK, _FAMILIE, onderwerp=onderwerp).regel
    assert [deel for deel in delen if deel not in zin] == []
    assert zin.endswith(".")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({}, "Een goedgekeurde uitzondering geldt van 10 juni 2025 tot en met 10 juli 2025."),
        ({"goedgekeurd_door": None}, "telt niet: zij is nog niet goedgekeurd."),
        ({"goedgekeurd_door": 1}, "telt niet: zij is goedgekeurd door de opsteller zelf."),
        (
            {"goedkeurder_rol": Rol.PLEEGZORGBEGELEIDER},
            "telt niet: zij is niet goedgekeurd door een gedragswetenschapper of teamleider.",
        ),
        ({"herzien_uiterlijk": dag("2025-06-20")}, "telt niet: zij is verlopen."),
        ({"van": dag("2025-07-01")}, "telt niet: zij is nog niet ingegaan."),
    ],
)
def test_an_exception_is_explained(anders: dict[str, Any], zin: str) -> None:
    u = uitzondering("KAG-R", "2025-06-10", "2025-07-10")._replace(**anders)
    oud = uitzondering("KAG-R", "2024-01-01", "2024-02-01", nr=1)
    uit = uitleg("KAG-R", "2025-06-25", kind(plaatsing(P), uitzonderingen=[oud, u])).uitzondering
    assert uit is not None
    assert uit.endswith(zin)
    assert "2024" not in uit
    assert uitleg("KAG-3", "2025-06-25", kind(plaatsing(P), uitzonderingen=[u])).uitzondering is None


@settings(max_examples=300, deadline=None)
@given(worlds, days())
def test_every_judgement_can_be_explained(wereld: Wereld, op: date) -> None:
    for o in judge(wereld.dossier, wereld.gezinnen, wereld.catalogus, op):
        u = explain(o, wereld.dossier, wereld.gezinnen, wereld.catalogus)
        assert u.regel.endswith(".")
        assert "None" not in u.regel
        assert (u.bron, u.laatste) == (o.norm.bron, o.laatste)
        assert list(u.telden_niet) == sorted(u.telden_niet, key=lambda t: (t.datum, t.id))
        for t in u.telden_niet:
            assert t.reden
            assert t.datum <= op
            assert o.laatste is None or t.datum > o.laatste.datum


def test_every_judgement_of_aanbieder_a_can_be_explained() -> None:
    inhoud, op = aanbieder_a(), date(2026, 9, 30)
    for dossier in inhoud.dossiers.values():
        for o in judge(dossier, inhoud.gezinnen, CATALOGUS, op):
            u = explain(o, dossier, inhoud.gezinnen, CATALOGUS)
            assert o.uiterlijk is None or dutch_date(o.uiterlijk) in u.regel


def test_an_adult_is_named_as_the_reason_for_streef() -> None:
    u = uitleg("KAG-R", "2025-03-05", kind(plaatsing(P), geboren="2006-01-01"))
    assert u.regel.endswith("Dit telt als streefwaarde omdat de jongere 18 jaar of ouder is.")


def test_the_third_last_talk_is_named() -> None:
    u = uitleg("KAG-3", "2025-05-01", kind(plaatsing(P, gesprekken=talks("2025-02-10", "2025-03-01", "2025-04-01"))))
    assert "10 februari 2025" in u.regel
    assert "10 februari 2026" in u.regel


def test_an_organisation_with_n_months_is_explained() -> None:
    norm = next(n for n in LANDELIJK if n.code == "VGB-H")
    eigen = for_organisatie(LANDELIJK, [replace(norm, parameters={"maanden": 36})])
    dossier = kind(plaatsing(P))
    families = families_of(dossier, gezin((P, None), leden=[lid(vgbs=[vgb("2024-01-31")])]))
    o = next(o for o in judge(dossier, families, eigen, dag(P) + timedelta(days=1)) if o.norm.code == "VGB-H")
    assert "na 36 maanden opnieuw screenen: uiterlijk op 31 januari 2027" in explain(o, dossier, families, eigen).regel
