"""Retention: nothing goes without two people, what is needed stays, and what was kept long enough is proposed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.db.namens import Namens
from app.norms.calendar import add_months, birthday
from app.services.vernietigingen.besluiten import propose_due
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import standing_still
from tests.api.rustdossier import LATER, NA_DE_WACHTTIJD, Rust
from tests.api.world import vernietiging_body

# Nothing without two people


@pytest.mark.parametrize("who", [(), (0,), (1,)], ids=["nobody", "who proposed", "one other"])
def test_nothing_goes_without_two(rust: Rust, who: tuple[int, ...]) -> None:
    rows, voorstel = rust.rows(), rust.propose().id
    for number in who:
        rust.approve(voorstel, number)
    assert rust.run().verzegeld == 0
    assert rust.rows() == rows


def test_one_person_does_not_make_four_eyes(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel, 0)
    again = rust.beheerders[0].again().post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})
    assert (again.status_code, again.json()["code"]) == (409, "vier_ogen")
    assert rust.beheerders[0].again().read(f"/vernietigingen/{voorstel}")["akkoorden"] == 1


def test_one_objection_ends_it(rust: Rust) -> None:
    voorstel, chief = rust.propose().id, rust.beheerders[1].again()
    bare = chief.post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "afgewezen"})
    assert (bare.status_code, bare.json()["errors"][0]["name"]) == (400, "toelichting")
    chief.made(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "afgewezen", "toelichting": "Belang van een broer."})
    late = rust.beheerders[0].again().post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})
    assert (late.status_code, late.json()["code"]) == (409, "voorstel_afgelopen")
    assert rust.run().verzegeld == 0


def test_a_hold_keeps_what_two_approved(rust: Rust) -> None:
    rows, voorstel, chief = rust.rows(), rust.propose().id, rust.beheerders[0].again()
    rust.approve(voorstel)
    held = chief.made("/bewaarblokkades", {"pleegkindId": rust.kind, "reden": "Er loopt een strafzaak."})
    done = rust.run()
    assert done.verzegeld == 0
    assert "bewaarblokkade" in done.gelaten[0]
    assert rust.rows() == rows
    chief.made(f"/bewaarblokkades/{held.id}/opheffing", {"reden": "De zaak is gesloten."}, etag=held.etag)
    assert rust.run().verzegeld == 1


def test_of_a_child_in_care_nothing_is_proposed(rust: Rust) -> None:
    with standing_still(LATER - timedelta(days=60)):
        refused = rust.beheerders[0].again().post("/vernietigingen", vernietiging_body(rust.kind))
    assert (refused.status_code, refused.json()["code"]) == (409, "zorg_loopt")


def test_a_young_child_does_not_ask_itself(rust: Rust) -> None:
    chief = rust.beheerders[0].again()
    young = chief.made("/pleegkinderen", {"roepnaam": "Kim", "achternaam": "B", "geboortedatum": "2018-10-31"}).id
    body = {**vernietiging_body(young), "verzoeker": "kind"}
    refused = chief.post("/vernietigingen", body)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "kind_te_jong")
    made = chief.made("/vernietigingen", {**body, "verzoeker": "gezagsdrager"}).shown
    assert (made["antwoordUiterlijk"], made["stand"]) == ("2027-01-30", "voorgesteld")


# What is needed stays


def test_of_a_child_that_came_back_nothing_goes(rust: Rust) -> None:
    """Approved while it was away; placed again, or written about, before the night."""
    rows, voorstel = rust.rows(), rust.propose().id
    rust.approve(voorstel)
    visit = SOORTEN_VAN_FEIT["huisbezoek"]
    rust.leider.again().made(visit.path(rust.ids), visit.body(rust.ids))
    done = rust.run()
    assert (done.verzegeld, len(done.gelaten)) == (0, 1)
    assert "nog iets vastgelegd" in done.gelaten[0]
    place_again(rust)
    assert "weer een plaatsing" in rust.run().gelaten[0]
    assert len(rust.rows()["huisbezoek"]) == len(rows["huisbezoek"]) + 1


def place_again(rust: Rust, kind: str | None = None) -> str:
    soort = SOORTEN_VAN_FEIT["plaatsing"]
    ids = {**rust.ids, "pleegkind": kind or rust.kind}
    return rust.beheerders[0].again().made(soort.path(ids), {**soort.body(ids), "van": "2027-01-15"}).id


def test_nobody_approves_while_care_goes_on(rust: Rust) -> None:
    voorstel = rust.propose().id
    place_again(rust)
    refused = rust.beheerders[0].again().post(f"/vernietigingen/{voorstel}/oordeel", {"oordeel": "goedgekeurd"})
    assert (refused.status_code, refused.json()["code"]) == (409, "zorg_loopt")


def test_the_file_stays_while_another_child_lives_in_the_family(rust: Rust) -> None:
    soort, voorstel = SOORTEN_VAN_FEIT["pleegkind"], rust.propose().id
    other = rust.leider.again().made(soort.path({}), soort.body({})).id
    plaatsing = place_again(rust, other)
    rust.approve(voorstel)
    assert "woont nu een ander kind" in rust.run().gelaten[0]
    end = {"tot": "2027-01-31", "eindreden": "naar huis"}
    rust.beheerders[0].again().made(f"/plaatsingen/{plaatsing}/beeindiging", end)
    assert rust.run().verzegeld == 1
    assert rust.deviations(LATER) == 0


def test_a_locked_file_can_still_be_held(rust: Rust) -> None:
    rust.approve(rust.propose().id)
    rust.run()
    chief = rust.beheerders[0].again()
    held = chief.made("/bewaarblokkades", {"pleegkindId": rust.kind, "reden": "De politie vraagt ernaar."})
    assert held.shown["pleegkindId"] == rust.kind
    done = rust.run(NA_DE_WACHTTIJD)
    assert (done.vernietigd, len(done.gelaten)) == (0, 1)
    chief.made(f"/bewaarblokkades/{held.id}/opheffing", {"reden": "Niet meer nodig."}, etag=held.etag)
    assert rust.run(NA_DE_WACHTTIJD).vernietigd == 1


def test_without_its_key_nothing_is_called_destroyed_or_opened(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    key = next(rust.sleutels.folder.iterdir())
    elsewhere = key.rename(key.with_suffix(".weg"))
    assert "ligt niet in deze map" in rust.run(NA_DE_WACHTTIJD).gelaten[0]
    rust.take_back(voorstel)
    assert "met geen sleutel" in rust.run(NA_DE_WACHTTIJD).gelaten[0]
    elsewhere.rename(key)
    assert rust.run(NA_DE_WACHTTIJD).hersteld == 1


def test_everything_that_was_said_is_shown(rust: Rust) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.take_back(voorstel)
    shown = rust.beheerders[0].again().read(f"/vernietigingen/{voorstel}")
    assert [(one["oordeel"], one["toelichting"]) for one in shown["oordelen"]] == [
        ("goedgekeurd", None),
        ("goedgekeurd", None),
        ("ingetrokken", "Er loopt toch een klacht."),
    ]
    assert len({one["door"] for one in shown["oordelen"]}) == 2
    assert rust.run().hersteld == 0  # nothing was locked away yet


# What was kept long enough


def test_twenty_years_after_the_end_it_is_proposed_and_no_day_before(rust: Rust) -> None:
    due = clock.start_of_day(clock.civil_date(LATER).replace(year=2047, month=1, day=1))
    for at, expected in ((due - timedelta(days=1), 0), (due, 1), (due, 0)):
        with sessions.unit_of_work(rust.dienst.engine, Namens(rust.organisatie_id)) as session:
            assert propose_due(session, rust.organisatie_id, at, clock.civil_date(at)) == expected
    shown = rust.beheerders[0].again().rows("/vernietigingen?stand=voorgesteld")
    assert [(one["grond"], one["eindeZorg"]) for one in shown] == [("bewaartermijn", "2027-01-01")]
    assert rust.run(due + timedelta(days=400)).verzegeld == 0


@pytest.mark.parametrize(
    ("organisatie", "maatregel", "gi"),
    [("gi", "ots", True), ("gi", "voogdij_gi", True), ("gi", "vrijwillig", False), ("gi", None, False),
     ("gi", "pleegoudervoogdij", False), ("aanbieder", "voogdij_gi", False)],
)  # fmt: skip
def test_a_gi_keeps_the_file_of_a_child_under_ots_or_voogdij_longer(
    rust: Rust, organisatie: str, maatregel: str | None, *, gi: bool
) -> None:
    with Session(rust.dienst.owner) as session:
        session.execute(
            text("UPDATE organisatie SET soort = :s WHERE id = :o"), {"s": organisatie, "o": rust.organisatie_id}
        )
        session.commit()
    chief = rust.leider.again()
    body = {"soort": maatregel, "van": "2026-06-01", "tot": "2026-07-01"}
    if maatregel:
        chief.made(f"/pleegkinderen/{rust.kind}/maatregelen", body)
    geboren = date.fromisoformat(chief.read(f"/pleegkinderen/{rust.kind}")["geboortedatum"])
    rests = LATER.date() if maatregel else date(2027, 1, 1)  # since the maatregel was recorded, or since care ended
    due = add_months(birthday(geboren, 18), 12 * 30) if gi else add_months(rests, 12 * 20)
    for day, expected in ((due - timedelta(days=1), 0), (due, 1)):
        at = clock.start_of_day(day)
        with sessions.unit_of_work(rust.dienst.engine, Namens(rust.organisatie_id)) as session:
            assert propose_due(session, rust.organisatie_id, at, day) == expected
