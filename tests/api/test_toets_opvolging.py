"""The audit of the first quarter of the second catalogue: what it says of sight and follow-up, and what it opens."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.api.client import Dienst, Gebruiker, Gemaakt, standing_still
from tests.api.files import overdue_child
from tests.api.toetswereld import Audit

K = "2026-10-20"
Q4 = {"kwartaal": "2026-Q4"}
NA_Q4 = datetime(2027, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def later(audit: Audit) -> Iterator[Audit]:
    """A child that was spoken to, whose check was unsafe and of whom nobody did anything; the quarter is over."""
    kind = audit.kind
    body = {"plaatsingId": kind.ids["plaatsing"], "datum": K, "instrument": "LIRIK"}
    kind.begeleider.made(f"{kind.path}/veiligheidschecks", {**body, "uitkomst": "onveilig", "kindGezien": True})
    kind.begeleider.made(f"{kind.path}/kindgesprekken", kind.talk_body() | {"datum": K, "veiligInGezin": "ja"})
    with standing_still(NA_Q4):
        users = {naam: user.again() for naam, user in audit.world.users.items()}
        audit.world.users.update(users)
        yield Audit(audit.world, kind, users["kwaliteit"])


def frozen(audit: Audit) -> Gemaakt:
    return audit.freeze(audit.kwaliteit.made("/kwartaaltoetsen", Q4))


def opened(audit: Audit) -> list[list[str]]:
    return sorted(one["criteria"] for one in audit.follow_up(audit.kwaliteit))


def act(user: Gebruiker, audit: Audit, **wat: Any) -> Gemaakt:
    (check,) = user.rows(f"{audit.kind.path}/veiligheidschecks")
    return user.made(
        f"{audit.kind.path}/opvolgstappen", {"veiligheidscheckId": check["id"], "datum": "2027-01-01", **wat}
    )


def test_late_follow_up_opens_extra_inzet_though_the_row_is_navolgbaar(later: Audit) -> None:
    toets = frozen(later)
    row = later.row(toets)
    assert (row["navolgbaar"], row["opvolgingStand"]) == (True, "te_laat")
    assert opened(later) == [["OPV-B", "OPV-H", "OPV-O"]]
    (one,) = later.follow_up(later.kwaliteit)
    assert one["eigenaarId"] == later.world.medewerkers["begeleider"]
    assert one["uiterlijk"] == "2027-01-28"  # 28 days after the row's peildatum


def test_one_of_each_and_none_twice(later: Audit, audit: Audit) -> None:
    """An open one about sight does not stand in for one about follow-up, nor the other way round."""
    first = later.freeze(later.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q3"}))
    assert opened(later) == [["KAG-R"]]
    assert later.row(first)["opvolgingStand"] is None
    second = frozen(later)
    assert opened(later) == [["KAG-R"], ["OPV-B", "OPV-H", "OPV-O"]]
    later.freeze(later.kwaliteit.made("/kwartaaltoetsen", {**Q4, "vervangt": second.id}))
    assert opened(later) == [["KAG-R"], ["OPV-B", "OPV-H", "OPV-O"]]


def test_it_closes_with_the_step_that_was_missing_once_nothing_of_it_is_late(later: Audit) -> None:
    frozen(later)
    (one,) = later.follow_up(later.kwaliteit)
    begeleider, path = later.world["begeleider"], f"/extra-inzetten/{one['id']}/afsluiting"
    overleg = act(begeleider, later, stap="overleg", met="gedragswetenschapper")
    body = {"feitSoort": "opvolgstap", "feitId": overleg.id}
    assert begeleider.post(path, body).json()["code"] == "niet_hersteld"
    act(begeleider, later, stap="besluit", besluit="hulp")
    check = {"plaatsingId": later.kind.ids["plaatsing"], "datum": "2027-01-01", "instrument": "LIRIK"}
    begeleider.made(f"{later.kind.path}/veiligheidschecks", {**check, "uitkomst": "veilig", "kindGezien": True})
    assert begeleider.made(path, body).shown["afgesloten"]


def test_the_comparison_names_the_steps_that_were_recorded_since(later: Audit) -> None:
    begeleider, kind = later.world["begeleider"], later.kind
    wat = {"soort": "x", "vraagtVeiligheidscheck": False, "calamiteit": False, "letsel": True}
    signaal = begeleider.made(f"{kind.path}/signalen", {"datum": K, "bekendGewordenOp": K, **wat})
    toets = frozen(later)
    overleg = act(begeleider, later, stap="overleg", met="teamleider", datum="2026-12-30")
    body = {"stap": 5, "datum": "2026-12-30", "toelichting": "Besloten."}
    besluit = begeleider.made(f"/signalen/{signaal.id}/meldcodestappen", body)
    (found,) = later.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/vergelijking")["verschillen"]
    assert {(one["oorzaak"], one["soort"], one["id"]) for one in found["aanleidingen"]} == {
        ("late_invoer", "opvolgstap", overleg.id),
        ("late_invoer", "meldcodestap", besluit.id),
    }
    cells = {one["veld"]: (one["was"], one["wordt"]) for one in found["velden"]}
    assert [veld for veld in cells if veld.startswith("aanleiding")] == []  # those say what was known in the quarter
    assert cells[f"OPV-B {signaal.id}.stand"] == ("te_laat", "op_tijd")


def figures(audit: Audit, toets: Gemaakt, soort: str, naam: str | None = None) -> dict[str, Any]:
    groepen = audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")["groepen"]
    (found,) = [one["alle"] for one in groepen if one["soort"] == soort and naam in (None, one["naam"])]
    return dict(found)


def test_the_key_figures_say_what_was_done_and_by_when(later: Audit) -> None:
    """One child with an aanleiding on which nobody acted, of two rows; each of an age and a maatregel."""
    with standing_still():
        act(later.kind.begeleider, later, stap="overleg", met="teamleider", datum="2026-10-21")
    whole = figures(later, frozen(later), "organisatie")
    assert whole["opvolging"] == {
        "aanleidingen": 1,
        "overleg": {"vervallen": 1, "opTijd": 1, "zonder": 0},
        "besluit": {"vervallen": 1, "opTijd": 0, "zonder": 1},
        "rijenTeLaat": 1,
    }
    assert whole["gezien"] == {"vanToepassing": 2, "gezien": 0}  # 42 days after the talk, and never
    assert whole["zichtplannen"] == 0
    assert (whole["criteria"]["MDO"]["vanToepassing"], whole["mdoStreef"]["vanToepassing"]) == (0, 2)


def test_the_key_figures_say_what_was_known_on_the_last_day_of_the_quarter(later: Audit) -> None:
    """A step that is recorded afterwards was not taken then, and what became known afterwards was not to act on."""
    begeleider, kind = later.world["begeleider"], later.kind
    act(begeleider, later, stap="overleg", met="teamleider", datum="2026-10-21")
    wat = {"soort": "x", "vraagtVeiligheidscheck": False, "calamiteit": False, "letsel": True}
    signaal = begeleider.made(f"{kind.path}/signalen", {"datum": K, "bekendGewordenOp": K, **wat})
    step = {"stap": 2, "datum": K, "toelichting": "Overlegd."}
    begeleider.made(f"/signalen/{signaal.id}/meldcodestappen", step)
    toets = frozen(later)
    opvolging = figures(later, toets, "organisatie")["opvolging"]
    assert opvolging["aanleidingen"] == 1
    assert opvolging["overleg"] == {"vervallen": 1, "opTijd": 0, "zonder": 1}
    (een,) = later.row(toets)["aanleidingen"]
    assert (een["soort"], een["overleg"]) == ("veiligheidscheck", {"uiterlijk": "2026-10-21", "op": None})
    acted = {one["norm"]: one["stand"] for one in later.row(toets)["oordelen"] if one["norm"] == "OPV-O"}
    assert acted == {"OPV-O": "op_tijd"}  # the row itself says what is known now


def test_a_zichtplan_and_being_seen_are_counted(later: Audit) -> None:
    begeleider, kind = later.world["begeleider"], later.kind
    body = {"plaatsingId": kind.ids["plaatsing"], "datum": "2026-12-01", "kindGezien": True}
    begeleider.made(f"{kind.path}/huisbezoeken", body)
    plan = {
        "soort": "zichtplan", "waarnemingDagen": 21, "normen": ["KAG-3", "KAG-R"], "reden": "Te jong.",
        "borging": "We zien het kind elke drie weken.", "van": "2026-12-20", "herzienUiterlijk": "2027-06-20",
    }  # fmt: skip
    made = begeleider.made(f"{kind.path}/uitzonderingen", plan)
    later.world["gedragswetenschapper"].made(f"/uitzonderingen/{made.id}/goedkeuring")
    toets = frozen(later)
    whole = figures(later, toets, "organisatie")
    assert (whole["gezien"], whole["zichtplannen"]) == ({"vanToepassing": 2, "gezien": 1}, 1)
    (row,) = [one for one in written(later, toets) if one["opvolging_stand"] == "te_laat"]
    assert list(row.values())[-4:] == ["op_tijd", "2026-12-01", "te_laat", "ja"]


def test_each_age_and_each_maatregel_is_a_group(later: Audit) -> None:
    kind, begeleider = later.kind, later.world["begeleider"]
    begeleider.made(f"{kind.path}/maatregelen", {"soort": "ots", "van": "2026-10-01", "gi": "GI Voorbeeld"})
    toets = frozen(later)
    leeftijd = figures(later, toets, "leeftijd")
    assert leeftijd["rijen"] == 2  # both children were born on the same day
    assert leeftijd["opvolging"]["aanleidingen"] == 1
    own, other = (figures(later, toets, "maatregel", naam) for naam in ("ots", ""))
    assert [one["rijen"] for one in (own, other)] == [1, 1]
    assert [one["opvolging"]["rijenTeLaat"] for one in (own, other)] == [1, 0]
    assert (own["criteria"]["MDO"]["vanToepassing"], own["mdoStreef"]["vanToepassing"]) == (1, 0)


def written(audit: Audit, toets: Gemaakt) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(audit.export(toets, "csv").decode())))


def pages(audit: Audit, toets: Gemaakt) -> list[str]:
    reader = PdfReader(io.BytesIO(audit.export(toets, "pdf")))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_every_export_says_it(later: Audit) -> None:
    toets = frozen(later)
    rows = {row["pleegkind_nummer"]: list(row.items())[22:] for row in written(later, toets)}
    own = later.row(toets)["pleegkind"]["nummer"]
    columns = ("zien_stand", "zien_laatste", "opvolging_stand", "zichtplan")
    assert rows.pop(own) == list(zip(columns, ("te_laat", K, "te_laat", "nee"), strict=True))
    assert list(rows.values()) == [list(zip(columns, ("te_laat", "", "nvt", "nee"), strict=True))]
    book = CalamineWorkbook.from_filelike(io.BytesIO(later.export(toets, "xlsx")))
    head, first, *_ = book.get_sheet_by_name("Kengetallen").to_python()
    _, alle = first, book.get_sheet_by_name("Kengetallen").to_python()[2]
    place = head.index("Aanleidingen")
    assert alle[place : place + 14] == [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 2, 0, 0, 0]
    named = {row[0] for row in book.get_sheet_by_name("Kengetallen").to_python()}
    assert {"Leeftijd", "Maatregel"} <= named
    front, *rest = pages(later, toets)
    assert "Bij 1 kind had iemand na een zorg moeten handelen en is dat niet vastgelegd." in front
    assert "Zicht en opvolging, alle plaatsingen" in " ".join(rest)
    assert "Leeftijd" in " ".join(rest)


def test_where_nobody_had_to_act_the_first_page_says_so(audit: Audit) -> None:
    overdue_child(audit.world)
    with standing_still(NA_Q4):
        again = Audit(audit.world, audit.kind, audit.kwaliteit.again())
        front, *_ = pages(again, frozen(again))
    assert "Bij geen kind is opvolging na een zorg te laat." in front


def test_an_audit_of_the_quarter_before_says_nothing_of_it(later: Audit, dienst: Dienst) -> None:
    toets = later.freeze(later.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q3"}))
    for row in written(later, toets):
        assert list(row.values())[22:] == ["nvt", "", "nvt", "nvt"]
    groepen = later.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/kengetallen")["groepen"]
    assert {one["soort"] for one in groepen} == {"organisatie", "team", "gi", "zorgvorm"}
    assert all("opvolging" not in one["alle"] for one in groepen)
    assert "na een zorg" not in " ".join(pages(later, toets))
