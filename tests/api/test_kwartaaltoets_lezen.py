"""What a quarterly audit shows, and to whom: read only, of audits that tests share."""

from datetime import date

import pytest

from tests.api.client import NOBODY, Dienst, without_id
from tests.api.files import overdue_child
from tests.api.toetswereld import Q3, Audit
from tests.api.world import World, build_world


@pytest.fixture(scope="module")
def shared_audit(dienst: Dienst, module_at_work: None) -> Audit:
    """A world of which tests build the concept again and freeze nothing."""
    world = build_world(dienst, full=False)
    return Audit(world, overdue_child(world, weeks=30), world["kwaliteit"])


def test_a_concept_says_of_every_child_how_it_stood(shared_audit: Audit) -> None:
    toets = shared_audit.build()
    assert (toets.shown["status"], toets.shown["rijen"]) == ("concept", len(shared_audit.world.files) - 1)
    row = shared_audit.row(toets)
    assert (row["navolgbaar"], row["nooitGezien"], row["peildatum"]) == (False, True, "2026-09-30")
    assert row["criteria"]["KAG-R"]["stand"] == "te_laat"
    assert row["criteria"]["KAG-R"]["dagenTeLaat"] == (date(2026, 9, 30) - date(2026, 8, 6)).days
    assert row["criteria"]["MDO"] is None


def test_names_are_in_an_export_only_when_asked(shared_audit: Audit) -> None:
    toets = shared_audit.build()
    naam = shared_audit.kwaliteit.read(shared_audit.kind.path)["roepnaam"].encode()
    assert naam not in shared_audit.export(toets, "json") + shared_audit.export(toets, "csv")
    assert naam not in shared_audit.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/regels").content


def test_the_key_figures_are_those_of_the_rows(shared_audit: Audit) -> None:
    toets = shared_audit.build()
    figures = shared_audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")
    whole = figures["groepen"][0]
    rows = shared_audit.kwaliteit.walk(f"/kwartaaltoetsen/{toets.id}/regels")
    assert whole["alle"]["rijen"] == len(rows)
    assert whole["alle"]["navolgbaar"] == sum(row["navolgbaar"] for row in rows)
    assert {one["naam"] for one in figures["groepen"] if one["soort"] == "team"} >= {"noord", "zuid"}
    assert list(figures["trend"]) == ["2026-Q3"]


def test_rows_are_those_of_children_that_one_sees(shared_audit: Audit) -> None:
    toets = shared_audit.build()
    for name, relaties in (
        ("teamleider", ("eigen", "team", "niemand")),
        ("teamleider_zuid", ("organisatie", "niemand")),
    ):
        shown = {
            row["pleegkind"]["id"]
            for row in shared_audit.world[name].walk(f"/kwartaaltoetsen/{toets.id}/regels?limit=3")
        }
        assert shown - {shared_audit.kind.ids["pleegkind"]} == {
            shared_audit.world.files[one]["pleegkind"] for one in relaties
        }
        assert (shared_audit.kind.ids["pleegkind"] in shown) == (name == "teamleider")


@pytest.mark.parametrize("kwartaal", ["2027-Q1", "2026-Q5", "2026", ""])
def test_a_quarter_that_is_none_is_400(world: World, kwartaal: str) -> None:
    answer = world["kwaliteit"].post("/kwartaaltoetsen", {"kwartaal": kwartaal})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == "kwartaal"


@pytest.mark.parametrize("path", ["", "/regels", "/kengetallen", "/vergelijking", "/export?formaat=csv"])
def test_of_another_organisatie_it_does_not_exist(world: World, path: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    strange = world["vreemde_kwaliteit"]
    absent = without_id(strange.get(f"/kwartaaltoetsen/{NOBODY}{path}"))
    assert absent[0] == 404
    assert without_id(strange.get(f"/kwartaaltoetsen/{toets}{path}")) == absent


@pytest.mark.parametrize("name", ["begeleider", "inspecteur"])
def test_without_the_right_it_is_403(world: World, name: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    user = world[name]
    assert {user.get(f"/kwartaaltoetsen/{toets}{path}").status_code for path in ("", "/regels")} == {403}
    assert user.post("/kwartaaltoetsen", Q3).status_code == 403


@pytest.mark.parametrize("name", ["begeleider", "gedragswetenschapper", "teamleider", "beheerder", "inspecteur"])
def test_only_kwaliteit_freezes_and_exports(world: World, name: str) -> None:
    toets = world.files["eigen"]["kwartaaltoets"]
    user = world[name]
    assert user.post(f"/kwartaaltoetsen/{toets}/vaststelling").status_code == 403
    assert user.get(f"/kwartaaltoetsen/{toets}/export?formaat=csv").status_code == 403
