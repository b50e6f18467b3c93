"""Two files of one child become one: everything of both, under either id, and for a month two again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT, unique
from tests.api.client import NU, VANDAAG, Gebruiker, Gemaakt, standing_still
from tests.api.files import ALLEEN, Kind, overdue_child
from tests.api.toetswereld import Audit
from tests.api.world import World, place_child

REDEN = "Verhuisde en werd opnieuw ingevoerd."


@dataclass(frozen=True)
class Paar:
    """A child whose file stays, and the file in which it was before: a plaatsing that is over, and what happened."""

    blijft: Kind
    ander: Mapping[str, str]
    bsn: str
    achternaam: str
    beheerder: Gebruiker

    @property
    def teamleider(self) -> Gebruiker:
        return self.blijft.teamleider

    @property
    def path(self) -> str:
        return f"/pleegkinderen/{self.ander['pleegkind']}"

    def propose(self) -> Gemaakt:
        body = {"anderKindId": self.ander["pleegkind"], "reden": REDEN}
        return self.teamleider.made(f"{self.blijft.path}/samenvoeging", body)

    def merge(self) -> Gemaakt:
        return self.beheerder.made(f"/samenvoegingen/{self.propose().id}/goedkeuring")

    def undo(self, merged: Gemaakt) -> Gemaakt:
        return self.beheerder.made(f"/samenvoegingen/{merged.id}/herstel", {"reden": "toch een broer"})


def make_pair(world: World) -> Paar:
    """The other file has a BSN and a name of its own; the file that stays has no BSN."""
    blijft = overdue_child(world, weeks=8)
    shown = world["teamleider"].get(blijft.path)
    off = {"bsn": None, "wijzigingsreden": "onbekend"}
    assert world["teamleider"].ask("PATCH", blijft.path, off, etag=shown.headers["etag"]).status_code == 200
    bsn, achternaam = kanarie.bsn(), unique("Vroegerheter").replace(" ", "")
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    body = {**soort.body({}), "bsn": bsn, "achternaam": achternaam}
    ander = {"pleegkind": world["teamleider"].made("/pleegkinderen", body).id}
    gezin = SOORTEN_VAN_FEIT["pleeggezin"]
    ander["pleeggezin"] = world["teamleider"].made(gezin.path(ander), gezin.body(ander)).id
    plaatsing = {**SOORTEN_VAN_FEIT["plaatsing"].body(ander), "van": "2026-01-10"}
    ander["plaatsing"] = world["teamleider"].made("/plaatsingen", plaatsing).id
    talk = {"plaatsingId": ander["plaatsing"], "datum": "2026-03-01", **ALLEEN}
    ander["kindgesprek"] = world["teamleider"].made(f"/pleegkinderen/{ander['pleegkind']}/kindgesprekken", talk).id
    for naam in ("maatregel", "signaal", "vertrouwenspersoon"):
        one = SOORTEN_VAN_FEIT[naam]
        ander[naam] = world["teamleider"].made(one.path(ander), one.body(ander)).id
    step = SOORTEN_VAN_FEIT["meldcodestap"]
    ander["meldcodestap"] = world["teamleider"].made(step.path(ander), step.body(ander)).id
    end = {"tot": (VANDAAG - timedelta(days=70)).isoformat(), "eindreden": "doorplaatsing"}
    etag = world["teamleider"].get(f"/plaatsingen/{ander['plaatsing']}").headers["etag"]
    world["teamleider"].made(f"/plaatsingen/{ander['plaatsing']}/beeindiging", end, etag=etag)
    return Paar(blijft, ander, bsn, achternaam, world["beheerder"])


@pytest.fixture
def paar(world: World) -> Paar:
    return make_pair(world)


def _without(shown: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in shown.items() if name not in names}


def test_all_of_both_is_in_one_file_under_either_id(paar: Paar) -> None:
    seen = {naam: paar.teamleider.read(f"/{_meervoud(naam)}/{paar.ander[naam]}") for naam in _VAN_HET_ANDER}
    merged = paar.merge()
    assert (merged.shown["stand"], merged.shown["versie"]) == ("goedgekeurd", 2)
    assert paar.teamleider.read(paar.path) == paar.teamleider.read(paar.blijft.path)
    for below in ("kindgesprekken", "maatregelen", "signalen", "vertrouwenspersonen", "tijdlijn", "termijnen"):
        one, other = (paar.teamleider.rows(f"{path}/{below}") for path in (paar.path, paar.blijft.path))
        assert one == other
    assert paar.ander["kindgesprek"] in {one["id"] for one in paar.teamleider.rows(f"{paar.path}/kindgesprekken")}
    for naam, before in seen.items():  # the same facts: id, nummer, content; only whose they are is new
        after = paar.teamleider.read(f"/{_meervoud(naam)}/{paar.ander[naam]}")
        new = ("versie", "pleegkindId", "vastgelegdOp", "vastgelegdDoor", "wijzigingsreden")
        assert _without(after, *new) == _without(before, *new)
        if "pleegkindId" in after:
            assert after["pleegkindId"] == paar.blijft.ids["pleegkind"]
    listed = [one["id"] for one in paar.beheerder.walk("/pleegkinderen?limit=200")]
    assert paar.ander["pleegkind"] not in listed
    assert listed.count(paar.blijft.ids["pleegkind"]) == 1
    late = {one["pleegkindId"] for one in paar.beheerder.walk("/termijnen?limit=200")}
    assert paar.ander["pleegkind"] not in late


_VAN_HET_ANDER = ("plaatsing", "kindgesprek", "maatregel", "signaal", "vertrouwenspersoon", "meldcodestap")


def _meervoud(naam: str) -> str:
    return SOORTEN_VAN_FEIT[naam].meervoud


def test_the_other_name_and_bsn_find_the_file_that_stays(paar: Paar) -> None:
    paar.merge()
    for asked in ({"naam": paar.achternaam}, {"bsn": paar.bsn}):
        found = paar.teamleider.post("/pleegkinderen/_zoek", asked).json()["resultaten"]
        assert [one["id"] for one in found] == [paar.blijft.ids["pleegkind"]]
    again = {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "bsn": paar.bsn}
    refused = paar.teamleider.post("/pleegkinderen", again)
    assert (refused.status_code, refused.json()["code"]) == (409, "bsn_al_bekend")


def test_what_was_known_before_stays(audit: Audit) -> None:
    paar = make_pair(audit.world)
    before = paar.beheerder.read(paar.path)
    talk = paar.beheerder.read(f"/signalen/{paar.ander['signaal']}")
    then = f"bekendOp={talk['vastgelegdOp'].replace(':', '%3A')}"
    with standing_still(NU + timedelta(minutes=1)):
        paar.merge()
        assert paar.beheerder.read(f"{paar.path}?{then}")["achternaam"] == before["achternaam"]
        said = paar.beheerder.read(f"/signalen/{paar.ander['signaal']}?{then}")
        assert {**said, "opvolging": None} == {**talk, "opvolging": None}  # its steps were recorded after it


def test_a_change_by_the_old_id_is_of_the_file_that_stays(paar: Paar) -> None:
    paar.merge()
    shown = paar.teamleider.get(paar.path)
    change = {"bsn": paar.bsn, "wijzigingsreden": "nu bekend"}
    changed = paar.teamleider.ask("PATCH", paar.path, change, etag=shown.headers["etag"])
    assert (changed.status_code, changed.json()["id"]) == (200, paar.blijft.ids["pleegkind"])
    body = {"datum": "2026-10-01"}
    made = paar.teamleider.made(f"{paar.path}/hulpverleningsplannen", body)
    assert made.shown["pleegkindId"] == paar.blijft.ids["pleegkind"]


def test_who_reads_what_was_written_about_two_files_is_logged_with_both(paar: Paar, world: World) -> None:
    paar.propose()
    answer = world["kwaliteit"].get("/wijzigingen?limit=25")
    looked = world["kwaliteit"].look_of(answer)
    assert looked
    for kind in (paar.blijft.ids["pleegkind"], paar.ander["pleegkind"]):
        assert kind in answer.text
        assert kind in looked["pleegkinderen"]


def test_four_eyes(paar: Paar) -> None:
    proposed = paar.propose()
    path = f"/samenvoegingen/{proposed.id}"
    assert paar.teamleider.read(path) == proposed.shown
    refused = paar.teamleider.post(f"{path}/goedkeuring")
    assert (refused.status_code, refused.json()["code"]) == (409, "vier_ogen")
    early = paar.beheerder.post(f"{path}/herstel", {"reden": "x"})
    assert (early.status_code, early.json()["code"]) == (409, "nog_niet_goedgekeurd")
    assert paar.teamleider.read(paar.path)["id"] == paar.ander["pleegkind"]  # nothing was done
    assert paar.beheerder.post(f"{path}/goedkeuring", etag='"x-9"').status_code == 412
    paar.beheerder.made(f"{path}/goedkeuring", etag=proposed.etag)
    twice = paar.beheerder.post(f"{path}/goedkeuring")
    assert (twice.status_code, twice.json()["code"]) == (409, "al_beslist")


def test_a_proposal_is_found_by_who_is_to_approve_it(paar: Paar, world: World) -> None:
    made = paar.propose().shown

    def found(who: str, question: str) -> list[Mapping[str, Any]]:
        return [one for one in world[who].walk(f"/samenvoegingen?limit=200&{question}") if one["id"] == made["id"]]

    waiting = "stand=voorgesteld&kanNog=true"
    assert found("beheerder", f"{waiting}&vanAnderen=true") == [made]
    assert found("teamleider", waiting) == [made]
    assert found("teamleider", f"{waiting}&vanAnderen=true") == []
    assert found("teamleider_zuid", "") == found("vreemde_beheerder", "") == found("beheerder", "stand=hersteld") == []
    merged = paar.beheerder.made(f"/samenvoegingen/{made['id']}/goedkeuring")
    assert found("beheerder", waiting) == []
    assert found("begeleider", "stand=goedgekeurd&kanNog=true") == [merged.shown]
    undone = paar.undo(merged)
    assert found("beheerder", "kanNog=true") == found("beheerder", "stand=goedgekeurd") == []
    assert found("beheerder", "stand=hersteld") == [undone.shown]


@pytest.mark.parametrize(("seconds", "there"), [(0, True), (1, False)])
def test_what_can_no_longer_be_decided_waits_for_nobody(audit: Audit, seconds: int, *, there: bool) -> None:
    paar = make_pair(audit.world)
    made = paar.propose()
    begun, until = (datetime.fromisoformat(made.shown[name]) for name in ("voorgesteldOp", "goedTeKeurenTot"))
    assert until - begun == timedelta(days=30)

    def listed(question: str) -> bool:
        return made.id in {one["id"] for one in paar.beheerder.again().walk(f"/samenvoegingen?limit=200&{question}")}

    with standing_still(NU + timedelta(days=30, seconds=seconds)):
        assert (listed("kanNog=true"), listed("stand=voorgesteld")) == (there, True)
        if there:
            paar.beheerder.again().made(f"/samenvoegingen/{made.id}/goedkeuring")
    if there:
        with standing_still(NU + timedelta(days=60, seconds=1)):
            assert (listed("kanNog=true"), listed("stand=goedgekeurd")) == (False, True)


def test_it_is_undone_and_what_was_recorded_meanwhile_is_where_it_belongs(paar: Paar) -> None:
    before = paar.teamleider.read(paar.path)
    merged = paar.merge()
    own = paar.blijft.talk()
    talk = {"plaatsingId": paar.ander["plaatsing"], "datum": "2026-04-01", **ALLEEN}
    late = paar.teamleider.made(f"{paar.blijft.path}/kindgesprekken", talk)
    undone = paar.undo(merged)
    assert (undone.shown["stand"], undone.shown["redenHerstel"]) == ("hersteld", "toch een broer")
    shown = paar.teamleider.read(paar.path)
    new = ("versie", "vastgelegdOp", "vastgelegdDoor", "wijzigingsreden")
    assert _without(shown, *new) == _without(before, *new)
    talks = {one["id"] for one in paar.teamleider.rows(f"{paar.path}/kindgesprekken")}
    assert talks == {paar.ander["kindgesprek"], late.id}
    assert {one["id"] for one in paar.teamleider.rows(f"{paar.blijft.path}/kindgesprekken")} == {own.id}
    for naam in ("maatregel", "signaal", "vertrouwenspersoon"):
        assert [one["id"] for one in paar.teamleider.rows(f"{paar.path}/{_meervoud(naam)}")] == [paar.ander[naam]]
        assert paar.teamleider.rows(f"{paar.blijft.path}/{_meervoud(naam)}") == []
    again = paar.beheerder.post(f"/samenvoegingen/{merged.id}/herstel", {"reden": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "al_beslist")
    paar.merge()  # and after all
    assert paar.teamleider.read(paar.path)["id"] == paar.blijft.ids["pleegkind"]


@pytest.mark.parametrize(("seconds", "status"), [(0, 201), (1, 409)])
def test_until_thirty_days_and_no_second_longer(audit: Audit, seconds: int, status: int) -> None:
    paar = make_pair(audit.world)
    proposed = paar.propose()
    with standing_still(NU + timedelta(days=30, seconds=seconds)):
        approved = paar.beheerder.again().post(f"/samenvoegingen/{proposed.id}/goedkeuring")
        assert approved.status_code == status
        if status == 409:
            assert approved.json()["code"] == "termijn_voorbij"
            return
        moment = NU + timedelta(days=60)
    with standing_still(moment + timedelta(days=1)):
        late = paar.beheerder.again().post(f"/samenvoegingen/{proposed.id}/herstel", {"reden": "x"})
        assert (late.status_code, late.json()["code"]) == (409, "termijn_voorbij")


def test_what_cannot_be_one_file_is_refused_in_words(world: World) -> None:
    een, twee = overdue_child(world), overdue_child(world)
    body = {"anderKindId": twee.ids["pleegkind"], "reden": REDEN}
    path = f"{een.path}/samenvoeging"

    def refused() -> tuple[int, str]:
        answer = een.teamleider.post(path, body)
        return answer.status_code, answer.json()["code"]

    assert refused() == (409, "ander_kind")  # each a BSN of its own
    _patch(twee, {"bsn": None})
    assert refused() == (409, "overlap")
    _patch(twee, {"geboortedatum": "2017-03-05"})
    assert refused() == (409, "ander_kind")
    _patch(twee, {"geboortedatum": "2017-03-04"})
    same = een.teamleider.post(path, {**body, "anderKindId": een.ids["pleegkind"]})
    assert (same.status_code, same.json()["code"]) == (409, "zelfde_kind")


def _patch(kind: Kind, changes: dict[str, Any]) -> None:
    etag = kind.teamleider.get(kind.path).headers["etag"]
    body = {**changes, "wijzigingsreden": "verbeterd"}
    answer = kind.teamleider.ask("PATCH", kind.path, body, etag=etag)
    assert answer.status_code == 200, answer.text


def test_what_a_file_is_held_for_comes_first(paar: Paar) -> None:
    held = paar.beheerder.made("/bewaarblokkades", {"pleegkindId": paar.ander["pleegkind"], "reden": "klacht"})
    body = {"anderKindId": paar.ander["pleegkind"], "reden": REDEN}
    refused = paar.teamleider.post(f"{paar.blijft.path}/samenvoeging", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "dossier_vast")
    paar.beheerder.made(f"/bewaarblokkades/{held.id}/opheffing", {"reden": "klaar"})
    paar.merge()
    # From now on what keeps the one keeps the other, whichever id is given.
    later = paar.beheerder.made("/bewaarblokkades", {"pleegkindId": paar.ander["pleegkind"], "reden": "klacht"})
    assert later.shown["pleegkindId"] == paar.blijft.ids["pleegkind"]


def test_who_sees_only_one_of_the_files_decides_nothing(paar: Paar, world: World) -> None:
    elders = place_child(world["teamleider_zuid"], world.medewerkers["begeleider_zuid"])
    body = {"anderKindId": elders["pleegkind"], "reden": REDEN}
    refused = paar.teamleider.post(f"{paar.blijft.path}/samenvoeging", body)
    assert [(one["name"], one["code"]) for one in refused.json()["errors"]] == [("anderKindId", "onbekende_verwijzing")]
    path = f"/samenvoegingen/{paar.propose().id}"
    for wie, status in (("teamleider_zuid", 404), ("vreemde_beheerder", 404), ("kwaliteit", 403), ("begeleider", 403)):
        assert world[wie].post(f"{path}/goedkeuring").status_code == status
    both = {paar.blijft.ids["pleegkind"], paar.ander["pleegkind"]}
    looks = world["kwaliteit"].each(f"/inzagen?pleegkind={paar.blijft.ids['pleegkind']}&limit=200")
    looks_of_both = [one for one in looks if both <= set(one["pleegkinderen"] or ())]
    assert "POST /v1/pleegkinderen/{id}/samenvoeging" in {one["handeling"] for one in looks_of_both}


def _close_follow_up(paar: Paar, audit: Audit) -> None:
    """Close the extra inzet about the other file, without which it stays a file of its own."""
    every = audit.kwaliteit.walk("/extra-inzetten?limit=200")
    mine = [one for one in every if one["pleegkindId"] == paar.ander["pleegkind"]]
    assert mine
    for one in mine:
        body = {"anderKindId": paar.ander["pleegkind"], "reden": REDEN}
        refused = paar.teamleider.post(f"{paar.blijft.path}/samenvoeging", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "dossier_vast")
        decision = {"reden": "Besluit na bespreking."}
        audit.world["gedragswetenschapper"].made(f"/extra-inzetten/{one['id']}/afsluiting", decision)


def test_a_frozen_audit_stays_as_it_is(audit: Audit) -> None:
    paar = make_pair(audit.world)
    toets = audit.freeze(audit.build())
    url = f"/kwartaaltoetsen/{toets.id}"
    _close_follow_up(paar, audit)
    before, rows = audit.kwaliteit.read(url), audit.kwaliteit.rows(f"{url}/regels?limit=200")
    paar.merge()
    assert audit.kwaliteit.read(url) == before
    assert audit.kwaliteit.rows(f"{url}/regels?limit=200") == rows
    found = audit.kwaliteit.read(f"{url}/vergelijking")["verschillen"]
    assert paar.blijft.ids["pleegkind"] in {one["pleegkindId"] for one in found}
    assert all(one["aanleidingen"] for one in found)
