"""Retention: nothing goes without two, what goes is gone from every table, and while there is a key it comes back."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.db.namens import Namens
from app.models import Base
from app.norms.calendar import add_months, birthday
from app.queries.dossier.rijen import BLIJFT, conditions_of
from app.queries.vernietigingen.lijst import read_destroyed
from app.security.dossiersleutels import DossierOnleesbaar
from app.services.vernietigingen.besluiten import propose_due
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, standing_still, without_id
from tests.api.rustdossier import LATER, NA_DE_WACHTTIJD, Rust
from tests.api.world import place_child, vernietiging_body

#: columns by which a row is of a child
_OF_A_CHILD = frozenset({"pleegkind_id", "plaatsing_id", "signaal_id", "extra_inzet_id", "noodtoegang_id"})


#: tables that stay and have words of their own: the purpose of a mandate, the name of a GI
_EIGEN_WOORDEN = ("inzage", "toezichtsmandaat", "kwartaaltoets")
#: who the child is, and what was said: of its file alone
_WOORDEN = ("de Vries", "KANARIEGEEL", "J. Roodborst", "Ooievaar")


def test_every_table_of_a_child_goes_or_stays_for_a_reason() -> None:
    of_a_child = {name for name, table in Base.metadata.tables.items() if _OF_A_CHILD & set(table.columns.keys())}
    assert of_a_child | {"pleegkind"} == (conditions_of(0).keys() | BLIJFT.keys())


def test_what_two_people_approved_is_gone_from_every_table(vol: Rust) -> None:
    before = vol.whole_database()
    assert all(any(name in content for content in before.values()) for name in _WOORDEN)
    uids = {row[3] for rows in vol.rows().values() for row in rows if len(row) > 3 and row[3].count("-") == 4}
    voorstel = vol.propose().id
    vol.approve(voorstel)
    done = vol.run()
    assert (done.verzegeld, done.hersteld, done.vernietigd, done.gelaten) == (1, 0, 0, ())
    assert all(rows == [] for rows in vol.rows().values())
    for table, content in vol.whole_database().items():
        of_file = _WOORDEN[:1] if table.startswith(_EIGEN_WOORDEN) else _WOORDEN  # a mandate has words of its own
        assert not [name for name in of_file if name in content], table
        if not table.startswith(("inzage", "kwartaaltoets_regel", "wijziging", "vernietiging")):
            assert not [uid for uid in uids if uid in content], table
    assert vol.faults() == ()
    assert vol.deviations(LATER) == 0
    assert vol.stand(voorstel) == "verzegeld"


def test_afterwards_the_child_is_as_one_that_never_was(vol: Rust) -> None:
    vol.approve(vol.propose().id)
    vol.run()
    chief = vol.beheerders[0].again()
    for path in (f"/pleegkinderen/{vol.kind}", f"/pleegkinderen/{vol.kind}/tijdlijn"):
        absent = chief.get(path.replace(vol.kind, NOBODY))
        assert without_id(chief.get(path)) == without_id(absent)
        assert absent.status_code == 404
    assert vol.kind not in {one["id"] for one in chief.walk("/pleegkinderen?limit=200")}
    assert chief.post("/pleegkinderen/_zoek", {"naam": "Vries"}).json()["resultaten"] == []
    assert [one["pleegkindId"] for one in chief.walk("/vernietigingen")] == [vol.kind]


def test_an_answer_that_is_kept_to_be_repeated_goes_along(rust: Rust) -> None:
    kept = text("SELECT sleutel FROM idempotentie WHERE organisatie_id = :o AND antwoord IS NOT NULL")
    with Session(rust.dienst.owner) as session:
        before = set(session.scalars(kept, {"o": rust.organisatie_id}))
    rust.approve(rust.propose().id)
    rust.run()
    with Session(rust.dienst.owner) as session:
        after = set(session.scalars(kept, {"o": rust.organisatie_id}))
    assert before - after == {"pleegkind-1", "plaatsing-1", "huisbezoek-1"}
    assert "pleeggezin-1" in after


def test_an_approval_that_is_taken_back_brings_everything_back(vol: Rust) -> None:
    rows, log = vol.rows(), vol.log()
    voorstel = vol.propose().id
    vol.approve(voorstel)
    vol.run()
    vol.take_back(voorstel)
    assert vol.stand(voorstel) == "ingetrokken"
    done = vol.run(LATER + timedelta(days=89))
    assert (done.verzegeld, done.hersteld, done.vernietigd) == (0, 1, 0)
    back = vol.rows()
    assert {**back, "termijn": []} == {**rows, "termijn": []}  # those follow from the facts: ``deviations``
    assert back["termijn"]
    assert vol.log()[: len(log)] == log
    assert vol.faults() == ()
    assert vol.deviations(LATER) == 0
    assert vol.stand(voorstel) == "hersteld"
    key = next(vol.sleutels.folder.iterdir())  # a backup of the sealed time may still be put back
    vol.run(LATER + timedelta(days=178))
    assert key.exists()
    vol.run(LATER + timedelta(days=180))
    assert not key.exists()
    chief = vol.beheerders[0].again()
    assert chief.read(f"/pleegkinderen/{vol.kind}")["achternaam"] == "de Vries"


def test_the_key_goes_after_ninety_days_and_not_a_second_before(rust: Rust) -> None:
    voorstel = rust.propose()
    rust.approve(voorstel.id)
    rust.run()
    key = next(rust.sleutels.folder.iterdir())
    assert key.stat().st_mode & 0o777 == 0o600
    shown = rust.beheerders[0].again().read(f"/vernietigingen/{voorstel.id}")
    due = datetime.fromisoformat(shown["vernietigbaarVanaf"])
    assert due - datetime.fromisoformat(shown["verzegeldOp"]) == timedelta(days=90)
    assert rust.run(due - timedelta(microseconds=1)).vernietigd == 0
    assert key.exists()
    assert rust.run(due).vernietigd == 1
    assert not key.exists()
    assert rust.stand(voorstel.id) == "vernietigd"
    assert rust.faults() == ()
    with Session(rust.dienst.owner) as session:
        uid, sealed = session.execute(
            text("SELECT v.uid, s.cijfertekst FROM vernietiging_stap s JOIN vernietiging v ON v.id = s.vernietiging_id "
                 "WHERE v.uid = :uid AND s.stap = 'verzegeld'"),
            {"uid": voorstel.id},
        ).one()  # fmt: skip
    with pytest.raises(DossierOnleesbaar):
        rust.sleutels.open(uid, sealed)
    with standing_still(NA_DE_WACHTTIJD):
        late = rust.beheerders[1].again().post(
            f"/vernietigingen/{voorstel.id}/oordeel", {"oordeel": "ingetrokken", "toelichting": "te laat"}
        )  # fmt: skip
    assert (late.status_code, late.json()["code"]) == (409, "voorstel_afgelopen")


def test_a_run_that_was_cut_short_is_finished_by_the_next(rust: Rust, monkeypatch: pytest.MonkeyPatch) -> None:
    voorstel = rust.propose().id
    rust.approve(voorstel)
    rust.run()
    with monkeypatch.context() as cut:
        cut.setattr("app.services.vernietigingen.uitvoeren._remove_used_keys", lambda run: None)
        assert rust.run(NA_DE_WACHTTIJD).vernietigd == 1
    assert list(rust.sleutels.folder.iterdir())
    rust.run(NA_DE_WACHTTIJD)
    assert list(rust.sleutels.folder.iterdir()) == []


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


def test_a_sealed_file_can_still_be_held(rust: Rust) -> None:
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
    assert rust.run().hersteld == 0  # nothing was sealed yet


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


def test_what_another_file_kept_of_a_moved_fact_goes_and_comes_back_with_it(rust: Rust) -> None:
    """A talk of this child that was recorded with another one: its words lie in both files."""
    said, leider = "Ik mis de konijnen.", rust.leider.again()
    other = place_child(leider)
    talk = SOORTEN_VAN_FEIT["kindgesprek"]
    made = leider.made(talk.path(other), {**talk.body(other), "stemVanHetKind": said})
    naar = {"reden": "verkeerd kind", "plaatsingId": rust.ids["plaatsing"]}
    new = leider.made(f"/kindgesprekken/{made.id}/verplaatsing", naar, etag=made.etag)
    before = rust.rows()["kindgesprek"]
    assert len(before) == 3
    voorstel = rust.propose().id
    rust.approve(voorstel)
    assert rust.run().verzegeld == 1
    assert not [table for table, content in rust.whole_database().items() if said in content]
    for gone in (made, new):
        assert leider.get(f"/kindgesprekken/{gone.id}").status_code == 404
    assert leider.get(f"/pleegkinderen/{other['pleegkind']}").status_code == 200
    assert rust.faults() == ()
    rust.take_back(voorstel)
    assert rust.run().hersteld == 1
    assert rust.rows()["kindgesprek"] == before
    assert rust.faults() == ()


def test_the_other_file_of_a_child_goes_and_comes_back_with_it(rust: Rust) -> None:
    """Two files were made one: nothing of the one that went up stays behind, and its nummer is known as destroyed."""
    leider, naam = rust.leider.again(), "Vroegergeheten"
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    ander = leider.made(soort.path({}), {**soort.body({}), "achternaam": naam})
    signaal = SOORTEN_VAN_FEIT["signaal"]
    leider.made(signaal.path({"pleegkind": ander.id}), {**signaal.body({}), "soort": "zei Fladderik"})
    body = {"anderKindId": ander.id, "reden": "twee keer ingevoerd"}
    proposed = leider.made(f"/pleegkinderen/{rust.kind}/samenvoeging", body).id
    rust.beheerders[0].again().made(f"/samenvoegingen/{proposed}/goedkeuring")
    voorstel = rust.propose().id
    rust.approve(voorstel)
    assert rust.run().verzegeld == 1
    left = rust.whole_database()
    assert not [table for table, content in left.items() if naam in content or "Fladderik" in content]
    for uid in (rust.kind, ander.id):
        assert leider.get(f"/pleegkinderen/{uid}").status_code == 404
    with Session(rust.dienst.owner) as session:
        assert ander.shown["nummer"] in read_destroyed(session, rust.organisatie_id)
    assert rust.faults() == ()
    rust.take_back(voorstel)
    assert rust.run().hersteld == 1
    assert leider.read(f"/pleegkinderen/{ander.id}")["id"] == rust.kind
    assert len(leider.rows(f"/pleegkinderen/{ander.id}/signalen")) == 1
    assert rust.faults() == ()
