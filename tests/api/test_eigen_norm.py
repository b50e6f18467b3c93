"""An organisatie's own norm: what it may be, at the door."""

from datetime import timedelta
from typing import Any

import pytest

from app.terms import Rol
from tests.api.client import NU, VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.world import place_child

NORM = {"geldigVan": "2026-12-01", "waarschuwingDagen": 60, "toelichting": "Wij kijken vaker."}


@pytest.fixture(scope="module")
def chief(dienst: Dienst, module_at_work: None) -> Gebruiker:
    """Return the beheerder of an organisatie without children."""
    return add_organisatie(dienst)[0]


@pytest.mark.parametrize(
    ("code", "parameters", "name"),
    [
        ("KAG-R", {"maanden": -4}, "parameters.maanden"),
        ("KAG-R", {"maanden": 0}, "parameters.maanden"),
        ("HB", {"dagen": -1}, "parameters.dagen"),
        ("HB", {"dagen": 100_000}, "parameters.dagen"),
        ("HB", {"dagen": None}, "parameters.dagen"),
        ("VP", {"maanden": 2**53}, "parameters.maanden"),
        ("VC-J", {"dagenNaSignaal": -7}, "parameters.dagenNaSignaal"),
        ("KAG-3", {"aantal": 1000}, "parameters.aantal"),
        ("CAL-3", {"werkdagen": 0}, "parameters.werkdagen"),
    ],
)
def test_a_number_that_no_norm_can_have_is_refused(
    chief: Gebruiker, code: str, parameters: dict[str, Any], name: str
) -> None:
    before = chief.rows("/normen")
    refused = chief.post("/normen", {**NORM, "code": code, "parameters": parameters})
    assert refused.status_code == 400
    (found,) = refused.json()["errors"]
    assert (found["name"], found["code"]) == (name, "ongeldige_waarde")
    assert found["detail"].startswith("Deze instelling ")
    assert chief.rows("/normen") == before


def test_what_loosens_is_a_sentence(chief: Gebruiker) -> None:
    refused = chief.post("/normen", {**NORM, "code": "KAG-R", "parameters": {"maanden": 5}})
    (found,) = refused.json()["errors"]
    assert (found["code"], found["detail"]) == (
        "versoepeling",
        "Dit is soepeler dan de landelijke norm: maanden mag niet hoger zijn dan 4.",
    )


# A version that should not hold, or no longer


@pytest.fixture
def leider(dienst: Dienst) -> tuple[Gebruiker, Gebruiker]:
    """Return the beheerder and a teamleider of an organisatie of their own."""
    chief, _ = add_organisatie(dienst)
    return chief, add_medewerker(dienst, chief, Rol.TEAMLEIDER, chief.made("/teams", {"naam": "noord"}).id)[0]


def tighten(chief: Gebruiker, maanden: int = 2, **over: Any) -> str:
    """Record a stricter KAG-R from 1 December on, and return its id."""
    return chief.made("/normen", {**NORM, "code": "KAG-R", "parameters": {"maanden": maanden}, **over}).id


def own_normen(chief: Gebruiker) -> list[dict[str, Any]]:
    return [one for one in chief.rows("/normen") if one["id"] is not None]


def due(user: Gebruiker, kind: str, peildatum: str, bekend_op: str = "") -> str:
    """Return the uiterlijk of KAG-R of a child on a day, of its own page and of the list, which must say the same."""
    vraag = f"peildatum={peildatum}" + (f"&bekendOp={bekend_op}" if bekend_op else "")
    (own,) = [one for one in user.rows(f"/pleegkinderen/{kind}/termijnen?{vraag}") if one["norm"] == "KAG-R"]
    (listed,) = user.rows(f"/termijnen?norm=KAG-R&stand={own['stand']}&{vraag}")
    assert listed["uiterlijk"] == own["uiterlijk"]
    return str(own["uiterlijk"])


def test_a_mistyped_norm_is_withdrawn_before_it_holds_and_another_takes_its_day(
    leider: tuple[Gebruiker, Gebruiker],
) -> None:
    chief, user = leider
    kind = place_child(user, van="2026-10-01")["pleegkind"]
    mistyped = tighten(chief, maanden=1)
    assert due(user, kind, "2026-12-10") == "2026-11-01"
    answer = chief.post(f"/normen/{mistyped}/intrekking", {"reden": "1 in plaats van 2"})
    assert (answer.status_code, answer.json()["ingetrokken"]) == (201, True)
    assert own_normen(chief) == []
    assert due(user, kind, "2026-12-10") == "2027-02-01"
    tighten(chief, maanden=2)
    assert due(user, kind, "2026-12-10") == "2026-12-01"
    again = chief.post(f"/normen/{mistyped}/intrekking", {"reden": "nog eens"})
    assert (again.status_code, again.json()["code"]) == (409, "norm_ingetrokken")
    ended = chief.post(f"/normen/{mistyped}/beeindiging", {"vanaf": "2026-12-05", "reden": "weg"})
    assert (ended.status_code, ended.json()["code"]) == (409, "norm_ingetrokken")


def test_a_norm_that_holds_cannot_be_withdrawn(leider: tuple[Gebruiker, Gebruiker]) -> None:
    chief, _ = leider
    today = tighten(chief, geldigVan=VANDAAG.isoformat())
    refused = chief.post(f"/normen/{today}/intrekking", {"reden": "toch niet"})
    assert (refused.status_code, refused.json()["code"]) == (409, "norm_geldt_al")
    assert [one["id"] for one in own_normen(chief)] == [today]


@pytest.mark.parametrize(
    ("vanaf", "status", "code"),
    [
        ("2026-11-01", 400, "ongeldige_waarde"),  # yesterday
        ("2026-11-30", 400, "ongeldige_waarde"),
        ("2026-12-01", 400, "ongeldige_waarde"),  # its first day: that is a withdrawal
        ("2026-12-02", 201, None),
        ("2026-12-30", 201, None),
        ("2026-12-31", 409, "norm_eindigt_al"),  # its end
        ("2062-12-31", 409, "norm_eindigt_al"),
    ],
)
def test_from_which_days_on_a_norm_can_end(
    leider: tuple[Gebruiker, Gebruiker], vanaf: str, status: int, code: str | None
) -> None:
    chief, _ = leider
    norm = tighten(chief, geldigTot="2026-12-31")
    answer = chief.post(f"/normen/{norm}/beeindiging", {"vanaf": vanaf, "reden": "niet meer nodig"})
    said = answer.json()
    assert answer.status_code == status
    if status == 400:
        (found,) = said["errors"]
        assert (found["name"], found["code"]) == ("vanaf", code)
    elif status == 409:
        assert said["code"] == code
    (shown,) = own_normen(chief)
    assert shown["geldigTot"] == (vanaf if status == 201 else "2026-12-31")


def test_a_running_norm_ends_and_what_was_judged_by_it_stays(leider: tuple[Gebruiker, Gebruiker]) -> None:
    chief, user = leider
    kind = place_child(user, van="2026-10-01")["pleegkind"]
    norm = tighten(chief, geldigVan=VANDAAG.isoformat())
    with standing_still(NU + timedelta(days=10)):
        chief, user = chief.again(), user.again()
        before = (NU + timedelta(days=9)).isoformat().replace("+00:00", "Z")
        chief.made(f"/normen/{norm}/beeindiging", {"vanaf": "2026-12-01", "reden": "niet meer nodig"})
        assert due(user, kind, "2026-11-12") == "2026-12-01"
        assert due(user, kind, "2026-11-30") == "2026-12-01"
        assert due(user, kind, "2026-12-01") == "2027-02-01"
        assert due(user, kind, "2026-12-01", before) == "2026-12-01"
        # A day that was mistyped is brought forward; then another version has room again.
        chief.made(f"/normen/{norm}/beeindiging", {"vanaf": "2026-11-20", "reden": "eerder"})
        assert due(user, kind, "2026-11-20") == "2027-02-01"
        tighten(chief, maanden=3, geldigVan="2026-11-20")
        assert due(user, kind, "2026-11-20") == "2027-01-01"


def test_the_change_log_says_who_ended_which_norm(leider: tuple[Gebruiker, Gebruiker]) -> None:
    chief, _ = leider
    norm = tighten(chief)
    chief.made(f"/normen/{norm}/intrekking", {"reden": "vergissing"})
    last = chief.rows("/wijzigingen?limit=1")[0]
    assert (last["soort"], last["handeling"]) == ("norm_beeindiging", "toegevoegd")
    assert (last["na"]["eigenNormId"], last["na"]["vanaf"]) == (norm, "2026-12-01")


def test_a_comparison_names_the_end_of_a_norm(dienst: Dienst, leider: tuple[Gebruiker, Gebruiker]) -> None:
    """The concept of the running quarter was made with a norm of which the end was recorded later."""
    chief, user = leider
    kwaliteit, _ = add_medewerker(dienst, chief, Rol.KWALITEITSMEDEWERKER, None)
    place_child(user, van="2026-10-01")
    norm = tighten(chief, maanden=1)
    vergelijking = f"/kwartaaltoetsen/{kwaliteit.made('/kwartaaltoetsen', {'kwartaal': '2026-Q4'}).id}/vergelijking"
    assert kwaliteit.get(vergelijking).json()["verschillen"] == []
    chief.made(f"/normen/{norm}/intrekking", {"reden": "vergissing"})
    (one,) = kwaliteit.get(vergelijking).json()["verschillen"]
    (cause,) = one["aanleidingen"]
    said = (cause["oorzaak"], cause["soort"], cause["id"], cause["reden"])
    assert said == ("normversie", "norm", norm, "vergissing")
