"""Deterministic, and without a fault that an import would refuse (``afspraken.md`` §5)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from app.clock import civil_date
from app.demo.feiten import Deel, Plaatsing
from app.demo.generator import Plan, generate, generate_ander, generate_igj
from app.demo.nummering import LETTERS
from app.demo.omvang import of_kinderen, parse_omvang
from app.demo.tabel import Tabel
from app.models.base import content_columns
from app.norms.calendar import add_months, is_active
from app.services.demo.load import MODELLEN
from app.terms import PlaatsingVorm, UitzonderingSoort
from tests.demo.bsns import passes_elfproef

#: columns of dates on which something happened; the others may lie ahead
GEBEURD = (
    "datum", "sinds", "bekend_geworden_op", "gemeld_igj_op", "geboortedatum", "inwonend_sinds", "van", "gedaan_op",
    "conclusie_op", "teruggekoppeld_op",
)  # fmt: skip


def list_versies(deel: Deel, tabel: str) -> Iterator[Any]:
    """Yield every version of every fact of a table."""
    feiten: Tabel[Any] = getattr(deel, tabel)
    for positie, eerste in enumerate(feiten.eerste):
        yield eerste
        yield from feiten.volgende.get(positie, ())


def as_values(*delen: Deel) -> list[Any]:
    return [(deel.team, deel.accounts, [list(list_versies(deel, tabel)) for tabel in LETTERS]) for deel in delen]


def test_the_same_seed_gives_the_same_facts(vandaag: date) -> None:
    plan = Plan(of_kinderen(300), 5, vandaag)
    assert as_values(*generate(plan)) == as_values(*generate(plan))
    assert as_values(generate_ander(vandaag, 5)) == as_values(generate_ander(vandaag, 5))


def test_another_seed_gives_other_facts(vandaag: date) -> None:
    een, twee = (as_values(*generate(Plan(of_kinderen(30), seed, vandaag))) for seed in (1, 2))
    assert een != twee


@pytest.mark.parametrize("kinderen", [1, 2, 5, 6, 7, 60, 333])
def test_any_number_of_children(kinderen: int, vandaag: date) -> None:
    delen = list(generate(Plan(of_kinderen(kinderen), 1, vandaag)))
    assert sum(len(deel.pleegkind.eerste) for deel in delen) == kinderen
    gebruikers = {"begeleider", "begeleider2", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder"}
    assert set(delen[0].accounts) == gebruikers


@pytest.mark.parametrize("dag", range(8))
def test_on_every_day_of_the_week(dag: int) -> None:
    vandaag = date(2026, 12, 24) + timedelta(dag)
    (deel,) = generate(Plan(parse_omvang("klein"), 3, vandaag))
    assert max(civil_date(versie.op) for tabel in LETTERS for versie in list_versies(deel, tabel)) < vandaag


def test_the_other_organisaties(vandaag: date) -> None:
    ander, igj = generate_ander(vandaag, 1), generate_igj(vandaag, 1)
    assert len(ander.pleegkind.eerste) == 2
    assert set(ander.accounts) == {"buitenstaander"}
    assert set(igj.accounts) == {"inspecteur"}
    assert len(igj.pleegkind.eerste) == 0


def test_the_fields_are_the_columns_of_the_models(aanbieder: list[Deel]) -> None:
    assert [model.__tablename__ for model in MODELLEN] == list(LETTERS)
    for model in MODELLEN:
        verteld = [tabel.eerste[0].feit for deel in aanbieder if (tabel := getattr(deel, model.__tablename__)).eerste]
        velden = verteld[0]._fields
        kolommen = content_columns(model)
        verwacht = ["bsn" if kolom == "bsn_versleuteld" else kolom for kolom in kolommen if kolom != "bsn_index"]
        assert list(velden) == [kolom for kolom in verwacht if kolom in velden]  # of the rest nothing is told


def test_nothing_lies_ahead(aanbieder: list[Deel], vandaag: date) -> None:
    for deel in aanbieder:
        for tabel in LETTERS:
            for versie in list_versies(deel, tabel):
                assert civil_date(versie.op) < vandaag
                data = (getattr(versie.feit, kolom, None) for kolom in GEBEURD)
                assert all(datum is None or datum < vandaag for datum in data), (tabel, versie)


def test_every_version_is_recorded_after_the_one_it_replaces(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        for tabel in LETTERS:
            feiten: Tabel[Any] = getattr(deel, tabel)
            for positie, versies in feiten.volgende.items():
                momenten = [feiten.eerste[positie].op, *(versie.op for versie in versies)]
                assert all(eerder < later for eerder, later in pairwise(momenten))
                assert all(versie.reden for versie in versies)


def test_plaatsingen_voltijd_do_not_overlap(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        per_kind: dict[int, list[Plaatsing]] = defaultdict(list)
        for _, plaatsing in deel.plaatsing.current():
            if plaatsing.vorm is not PlaatsingVorm.DEELTIJD:
                per_kind[plaatsing.pleegkind_id].append(plaatsing)
        for plaatsingen in per_kind.values():
            for eerder, later in pairwise(sorted(plaatsingen, key=lambda plaatsing: plaatsing.van)):
                assert eerder.tot is not None
                assert eerder.tot <= later.van


def test_periods_do_not_end_before_they_begin(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        for tabel in ("plaatsing", "begeleiding", "maatregel"):
            assert all(v.feit.tot is None or v.feit.van <= v.feit.tot for v in list_versies(deel, tabel))
        for _, lid in deel.gezinslid.current():
            assert lid.inwonend_tot is None or lid.inwonend_sinds <= lid.inwonend_tot
            assert lid.geboortedatum <= lid.inwonend_sinds


@pytest.mark.parametrize("tabel", ["kindgesprek", "veiligheidscheck", "huisbezoek"])
def test_events_lie_within_their_plaatsing(aanbieder: list[Deel], tabel: str) -> None:
    for deel in aanbieder:
        plaatsingen = dict(deel.plaatsing.current())
        for versie in list_versies(deel, tabel):
            plaatsing = plaatsingen[versie.feit.plaatsing_id]
            assert plaatsing.van <= versie.feit.datum
            assert plaatsing.tot is None or versie.feit.datum <= plaatsing.tot


def test_children_are_born_before_their_plaatsing(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        kinderen = dict(deel.pleegkind.current())
        assert all(kinderen[p.pleegkind_id].geboortedatum < p.van for _, p in deel.plaatsing.current())


def test_begeleidingen_lie_within_their_plaatsing_one_at_a_time(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        plaatsingen = dict(deel.plaatsing.current())
        per: dict[int, list[Any]] = defaultdict(list)
        for _, begeleiding in deel.begeleiding.current():
            per[begeleiding.plaatsing_id].append(begeleiding)
        for positie, begeleidingen in per.items():
            plaatsing = plaatsingen[positie]
            assert begeleidingen[0].van >= plaatsing.van
            laatste = begeleidingen[-1].tot
            assert plaatsing.tot is None or (laatste is not None and laatste <= plaatsing.tot)
            assert all(a.tot is not None and a.tot <= b.van for a, b in pairwise(begeleidingen))


def test_exceptions_have_an_end_and_four_eyes(aanbieder: list[Deel]) -> None:
    for deel in aanbieder:
        rollen = {positie: feit.rol for positie, feit in deel.medewerker.current()}
        for versie in list_versies(deel, "uitzondering"):
            plan = versie.feit
            is_plan = plan.soort is UitzonderingSoort.ZICHTPLAN
            assert plan.van <= plan.herzien_uiterlijk
            assert plan.herzien_uiterlijk <= (add_months(plan.van, 6) if is_plan else plan.van + timedelta(90))
            assert plan.goedgekeurd_door != plan.opgesteld_door
            assert plan.goedgekeurd_door is None or plan.goedkeurder_rol == rollen[plan.goedgekeurd_door]


def test_the_file_never_names_what_it_does_not_know_yet(aanbieder: list[Deel]) -> None:
    """As of any moment, a known plaatsing has a known child and family."""
    for deel in aanbieder:
        for plaatsing in deel.plaatsing.eerste:
            assert deel.pleegkind.eerste[plaatsing.feit.pleegkind_id].op <= plaatsing.op
            assert deel.pleeggezin.eerste[plaatsing.feit.pleeggezin_id].op <= plaatsing.op
        for begeleiding in deel.begeleiding.eerste:
            assert deel.medewerker.eerste[begeleiding.feit.medewerker_id].op <= begeleiding.op


def test_bsns_are_valid_different_and_of_the_test_range(aanbieder: list[Deel]) -> None:
    bsns = [kind.bsn for deel in aanbieder for _, kind in deel.pleegkind.current()]
    assert len(set(bsns)) == 1300
    assert all(bsn is not None and bsn.startswith("99") and passes_elfproef(bsn) for bsn in bsns)


def test_every_child_in_care_has_a_legal_basis(aanbieder: list[Deel], vandaag: date) -> None:
    zonder = 0
    for deel in aanbieder:
        met = {m.pleegkind_id for _, m in deel.maatregel.current() if is_active(m.van, m.tot, vandaag)}
        zonder += len({p.pleegkind_id for _, p in deel.plaatsing.current() if p.tot is None} - met)
    assert zonder < 5
