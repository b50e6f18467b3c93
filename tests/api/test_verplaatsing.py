"""A fact that was recorded with the wrong child: gone from there with its words, and the right child's from now on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.models.soorten import SOORTEN
from tests.api.bodies import SOORTEN_VAN_FEIT, VERPLAATSBAAR, unique, waarheen
from tests.api.client import NU, VANDAAG, Gebruiker, Gemaakt, standing_still
from tests.api.files import Kind, overdue_child
from tests.api.toetswereld import IN_Q3, Audit
from tests.api.world import World, noodtoegang_body, place_child

WEG = "[hoort bij een ander kind]"
WOORDEN = "Ik wil hier weg, zei Fladderik."
#: every kind that is about a child, and what one says in words
WAT_ER_STAAT: dict[str, dict[str, Any]] = {
    "kindgesprek": {"stemVanHetKind": WOORDEN, "vervolgactie": WOORDEN, "kindVoeldeZichVeilig": "nee"},
    "veiligheidscheck": {"instrument": WOORDEN},
    "huisbezoek": {},
    "begeleiding": {},
    "casuistiekbespreking": {"conclusie": WOORDEN},
    "ontwikkelbeeld": {},
    "hulpverleningsplan": {},
    "vertrouwenspersoon": {"naam": WOORDEN},
    "pleegoudervoogdgesprek": {},
    "signaal": {"soort": WOORDEN, "toelichting": WOORDEN},
    "opvolgstap": {"toelichting": WOORDEN},
    "actie": {"omschrijving": WOORDEN},
    "dossierlezing": {},
    "uitstel": {"reden": WOORDEN},
    "meldcodestap": {"toelichting": WOORDEN},
    "ruisscore": {"reden": WOORDEN},
    "maatregel": {"gi": WOORDEN, "jeugdbeschermer": WOORDEN},
    "uitzondering": {"reden": WOORDEN, "borging": WOORDEN},
    "plaatsing": {"eindreden": WOORDEN, "vorm": "deeltijd"},
}


@dataclass(frozen=True)
class Twee:
    """Two children of one team; each fact is recorded with ``fout`` and belongs to ``goed``."""

    fout: Kind
    goed: Kind

    @property
    def teamleider(self) -> Gebruiker:
        return self.fout.teamleider

    def record(self, naam: str, **over: Any) -> Gemaakt:
        soort = SOORTEN_VAN_FEIT[naam]
        body = {**soort.body(self.fout.ids), **WAT_ER_STAAT[naam], **over}
        return self.teamleider.made(soort.path(self.fout.ids), body)

    def waarheen(self, naam: str) -> dict[str, str]:
        return waarheen(naam, self.goed.ids)

    def move(self, naam: str, made: Gemaakt, reden: str = "hoort bij het andere kind", **over: Any) -> Gemaakt:
        path = f"/{SOORTEN[naam].meervoud}/{made.id}/verplaatsing"
        return self.teamleider.made(path, {**self.waarheen(naam), "reden": reden, **over}, etag=made.etag)


@pytest.fixture
def twee(world: World) -> Twee:
    return two_children(world)


@pytest.fixture
def later(audit: Audit) -> Twee:
    """Two children of an organisatie of their own, whose clock a test may put forward."""
    return two_children(audit.world)


def two_children(world: World) -> Twee:
    paar = Twee(overdue_child(world), overdue_child(world))
    for kind in (paar.fout, paar.goed):
        signaal = SOORTEN_VAN_FEIT["signaal"]
        kind.ids["signaal"] = kind.teamleider.made(signaal.path(kind.ids), signaal.body(kind.ids)).id
        kind.ids["medewerker"] = world.medewerkers["collega"]
    return paar


def one_moment_on(minutes: int = 1) -> Any:
    return standing_still(NU + timedelta(minutes=minutes))


def test_every_kind_about_a_child_is_here() -> None:
    assert set(WAT_ER_STAAT) == VERPLAATSBAAR


@pytest.mark.parametrize("naam", WAT_ER_STAAT)
def test_it_is_new_at_the_right_child_and_withdrawn_without_its_words_at_the_first(twee: Twee, naam: str) -> None:
    meervoud, made = SOORTEN[naam].meervoud, twee.record(naam)
    new = twee.move(naam, made)
    assert (new.shown["versie"], new.shown["ingetrokken"]) == (1, False)
    assert new.shown["wijzigingsreden"] == "hoort bij het andere kind"
    assert new.id != made.id
    kept = {
        name: value
        for name, value in made.shown.items()
        if name not in {"id", "nummer", "vastgelegdOp", "wijzigingsreden", *twee.waarheen(naam)}
    }
    assert {name: new.shown[name] for name in kept} == kept
    for name, value in twee.waarheen(naam).items():
        assert new.shown[name] == value
    answer = twee.teamleider.get(f"/{meervoud}/{made.id}")
    assert WOORDEN not in answer.text
    assert (answer.json()["ingetrokken"], answer.json()["versie"]) == (True, 2)
    assert answer.json()["wijzigingsreden"] == "hoort bij het andere kind"
    assert all(answer.json()[name] in (WEG, None) for name in WAT_ER_STAAT[naam] if name != "vorm")
    assert new.id in {one["id"] for one in twee.teamleider.walk(f"{twee.goed.path}/tijdlijn?limit=200")}
    for path in (twee.fout.path, f"{twee.fout.path}/tijdlijn?limit=200"):
        assert made.id not in twee.teamleider.get(path).text


def test_what_the_file_said_before_stays_but_not_its_words_to_who_may_not_read_them(later: Twee, audit: Audit) -> None:
    """The other child goes to another team: in the first file is still seen that something was, and no words."""
    made = {naam: later.record(naam) for naam in reversed(WAT_ER_STAAT)}
    recorded = max(one.shown["vastgelegdOp"] for one in made.values())
    then = f"bekendOp={recorded.replace(':', '%3A')}"
    old = {naam: f"/{SOORTEN[naam].meervoud}/{one.id}?{then}" for naam, one in made.items()}
    with one_moment_on():
        for naam, one in made.items():
            later.move(naam, one)
    for naam, one in made.items():
        assert later.teamleider.read(old[naam]) == one.shown, naam  # may read both
    hand_over(later.goed, audit.world)
    with one_moment_on(2):
        told = {naam: later.teamleider.read(path) for naam, path in old.items()}
        timeline = later.teamleider.get(f"{later.fout.path}/tijdlijn?limit=200&{then}")
    assert WOORDEN not in timeline.text
    for naam, one in made.items():
        said = {name: one.shown[name] for name in WAT_ER_STAAT[naam]} | {"themas": one.shown.get("themas")}
        assert WOORDEN not in str(told[naam])
        assert {**told[naam], **said} == {**one.shown, "themas": one.shown.get("themas")}, naam
        assert one.id in timeline.text, naam


def hand_over(kind: Kind, world: World) -> None:
    """Let another team guide a child: the teamleider of noord sees it no more."""
    chief = world["beheerder"]
    end = {"reden": "andere begeleider", "tot": VANDAAG.isoformat(), "van": (VANDAAG - timedelta(200)).isoformat()}
    for one in chief.rows(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen"):
        etag = chief.get(f"/begeleidingen/{one['id']}").headers["etag"]
        chief.made(f"/begeleidingen/{one['id']}/intrekking", {"reden": end["reden"]}, etag=etag)
    team = chief.made("/teams", {"naam": unique("Team")}).id
    newcomer = {"naam": unique("Medewerker"), "rol": "pleegzorgbegeleider", "teamId": team}
    body = {"medewerkerId": chief.made("/medewerkers", newcomer).id, "van": VANDAAG.isoformat()}
    chief.made(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen", body)


def test_judgements_change_from_the_move_on_and_no_past_answer_does(later: Twee) -> None:
    talk = later.fout.talk()
    assert (later.fout.stand("KAG-R"), later.goed.stand("KAG-R")) == ("op_tijd", "te_laat")
    with one_moment_on():
        new = later.move("kindgesprek", talk)
        assert (later.fout.stand("KAG-R"), later.goed.stand("KAG-R")) == ("te_laat", "op_tijd")
        assert later.goed.termijn("KAG-R")["laatste"]["id"] == new.id
        then = f"bekendOp={talk.shown['vastgelegdOp']}".replace(":", "%3A")
        assert (later.fout.stand("KAG-R", then), later.goed.stand("KAG-R", then)) == ("op_tijd", "te_laat")
    assert later.fout.norms_in_list() >= {"KAG-R"}
    assert "KAG-R" not in later.goed.norms_in_list()


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_late_counts_from_the_first_file(later: Twee, days: int, *, late: bool) -> None:
    talk = later.fout.talk(VANDAAG - timedelta(days))
    with standing_still(NU + timedelta(40)):
        fresh = Twee(again(later.fout), again(later.goed))
        new = fresh.move("kindgesprek", talk)
        lines = {one["id"]: one for one in fresh.teamleider.walk(f"{later.goed.path}/tijdlijn?limit=200")}
        assert lines[new.id]["laatGeregistreerd"] is late
        # Another day is another fact: what is corrected here counts from here.
        day = (VANDAAG - timedelta(days + 1)).isoformat()
        fresh.teamleider.made(
            f"/kindgesprekken/{new.id}/correctie", {"reden": "andere dag", "datum": day}, etag=new.etag
        )
        lines = {one["id"]: one for one in fresh.teamleider.walk(f"{later.goed.path}/tijdlijn?limit=200")}
        assert lines[new.id]["laatGeregistreerd"] is True


def again(kind: Kind) -> Kind:
    return Kind(kind.ids, kind.begeleider.again(), kind.teamleider.again())


def test_moved_on_and_back_it_still_counts_from_the_first(later: Twee, audit: Audit) -> None:
    talk, third = later.fout.talk(VANDAAG - timedelta(10), stemVanHetKind=WOORDEN), overdue_child(audit.world)
    with standing_still(NU + timedelta(40)):
        fresh = Twee(again(later.fout), again(later.goed))
        second = Twee(fresh.goed, again(third)).move("kindgesprek", fresh.move("kindgesprek", talk))
        home = Twee(again(third), fresh.fout).move("kindgesprek", second)
        lines = {one["id"]: one for one in fresh.teamleider.walk(f"{later.fout.path}/tijdlijn?limit=200")}
        assert lines[home.id]["laatGeregistreerd"] is False
        assert home.shown["stemVanHetKind"] == WOORDEN
        for gone in (talk, second):
            assert WOORDEN not in fresh.teamleider.get(f"/kindgesprekken/{gone.id}").text


def test_who_has_no_right_on_either_file_moves_nothing(twee: Twee, world: World) -> None:
    talk = twee.fout.talk()
    path, body = f"/kindgesprekken/{talk.id}/verplaatsing", {**twee.waarheen("kindgesprek"), "reden": "vergissing"}
    ander, eigen = place_child(world["teamleider_zuid"], world.medewerkers["begeleider_zuid"]), world["begeleider"]
    # The other file is out of sight: as if it did not exist, by plaatsing and by child.
    for naam, column in (("plaatsing", "plaatsingId"), ("pleegkind", "pleegkindId")):
        away = {"reden": "vergissing", column: ander[naam]}
        refused = eigen.post(path, away, etag=talk.etag)
        assert refused.status_code == 400
        assert [(one["name"], one["code"]) for one in refused.json()["errors"]] == [(column, "onbekende_verwijzing")]
    # It may be read, opened with a reason, and no more.
    eigen.made("/noodtoegangen", noodtoegang_body(ander["pleegkind"]))
    assert eigen.post(path, {"reden": "v", "plaatsingId": ander["plaatsing"]}, etag=talk.etag).status_code == 403
    assert world["begeleider_zuid"].post(path, body, etag=talk.etag).status_code == 404
    assert world["vreemde_teamleider"].post(path, body, etag=talk.etag).status_code == 404
    assert world["kwaliteit"].post(path, body, etag=talk.etag).status_code == 403
    assert eigen.read(f"/kindgesprekken/{talk.id}") == talk.shown


def test_only_the_version_that_was_seen_and_once(twee: Twee) -> None:
    talk = twee.fout.talk()
    path, body = f"/kindgesprekken/{talk.id}/verplaatsing", {**twee.waarheen("kindgesprek"), "reden": "vergissing"}
    assert twee.teamleider.post(path, body).status_code == 428
    assert twee.teamleider.post(path, body, etag='"x-9"').status_code == 412
    key = unique("sleutel")
    first = twee.teamleider.post(path, body, key=key, etag=talk.etag)
    again_ = twee.teamleider.post(path, body, key=key, etag=talk.etag)
    assert (first.status_code, again_.status_code) == (201, 201)
    assert first.content == again_.content
    assert first.headers["location"] == f"/v1/kindgesprekken/{first.json()['id']}"
    assert len(twee.teamleider.rows(f"{twee.goed.path}/kindgesprekken")) == 1
    gone = twee.teamleider.get(f"/kindgesprekken/{talk.id}").headers["etag"]
    for step in ("verplaatsing", "correctie", "intrekking"):
        sent = {"reden": "toch"} if step != "verplaatsing" else body
        refused = twee.teamleider.post(f"/kindgesprekken/{talk.id}/{step}", sent, etag=gone)
        assert (refused.status_code, refused.json()["code"]) == (409, "ingetrokken")


def test_a_move_within_one_file_is_a_correction(twee: Twee) -> None:
    for naam in ("kindgesprek", "casuistiekbespreking", "plaatsing", "meldcodestap"):
        made, same = twee.record(naam), Twee(twee.fout, twee.fout)
        path = f"/{SOORTEN[naam].meervoud}/{made.id}/verplaatsing"
        refused = twee.teamleider.post(path, {**same.waarheen(naam), "reden": "x"}, etag=made.etag)
        assert (refused.status_code, refused.json()["code"]) == (409, "zelfde_kind")


def test_by_child_it_goes_to_the_one_plaatsing_that_fits(twee: Twee) -> None:
    talk = twee.fout.talk()
    new = twee.move("kindgesprek", talk, plaatsingId=None, pleegkindId=twee.goed.ids["pleegkind"])
    assert new.shown["plaatsingId"] == twee.goed.ids["plaatsing"]
    early = twee.fout.talk()
    body = {**SOORTEN_VAN_FEIT["plaatsing"].body(twee.goed.ids), "vorm": "deeltijd"}
    twee.teamleider.made("/plaatsingen", body)
    path = f"/kindgesprekken/{early.id}/verplaatsing"
    for wie in (
        {"pleegkindId": twee.goed.ids["pleegkind"]},
        {},
        {**twee.waarheen("kindgesprek"), "pleegkindId": twee.goed.ids["pleegkind"]},
    ):
        refused = twee.teamleider.post(path, {"reden": "x", **wie}, etag=early.etag)
        assert [(one["name"], one["code"]) for one in refused.json()["errors"]] == [("plaatsingId", "verplicht")]


def test_the_rules_of_entry_hold_at_the_new_place(world: World) -> None:
    paar = Twee(overdue_child(world, weeks=22), overdue_child(world, weeks=2))
    talk = paar.fout.talk(VANDAAG - timedelta(30))
    path = f"/kindgesprekken/{talk.id}/verplaatsing"
    refused = paar.teamleider.post(path, {**paar.waarheen("kindgesprek"), "reden": "x"}, etag=talk.etag)
    assert [(one["name"], one["code"]) for one in refused.json()["errors"]] == [("datum", "datum_buiten_periode")]
    place = paar.teamleider.get(f"/plaatsingen/{paar.fout.ids['plaatsing']}")
    path = f"/plaatsingen/{paar.fout.ids['plaatsing']}/verplaatsing"
    refused = paar.teamleider.post(path, {**paar.waarheen("plaatsing"), "reden": "x"}, etag=place.headers["etag"])
    assert (refused.status_code, refused.json()["code"]) == (409, "overlap")


def test_an_approval_was_for_the_other_child(twee: Twee, world: World) -> None:
    made = twee.record("uitzondering")
    approved = world["gedragswetenschapper"].made(f"/uitzonderingen/{made.id}/goedkeuring")
    new = twee.move("uitzondering", approved)
    assert (new.shown["goedgekeurdDoor"], new.shown["opgesteldDoor"]) == (None, world.medewerkers["teamleider"])
    refused = twee.teamleider.post(f"/uitzonderingen/{new.id}/goedkeuring")
    assert (refused.status_code, refused.json()["code"]) == (409, "vier_ogen")


def test_what_hangs_on_a_signaal_and_on_a_plaatsing_goes_along(twee: Twee, world: World) -> None:
    twee.record("meldcodestap")
    signaal = twee.teamleider.get(f"/signalen/{twee.fout.ids['signaal']}")
    new = twee.move("signaal", Gemaakt(twee.fout.ids["signaal"], signaal.headers["etag"], signaal.json()))
    steps = twee.teamleider.rows(f"/signalen/{new.id}/meldcodestappen")
    assert [one["toelichting"] for one in steps] == [WOORDEN]
    third = place_child(world["teamleider"], world.medewerkers["begeleider"], van="2026-06-01")
    leeg = SOORTEN_VAN_FEIT["pleegkind"]
    third["pleegkind"] = twee.teamleider.made(leeg.path({}), leeg.body({})).id
    twee.fout.talk(stemVanHetKind=WOORDEN)
    place = twee.teamleider.get(f"/plaatsingen/{twee.fout.ids['plaatsing']}")
    body = {"pleegkindId": third["pleegkind"], "reden": "verkeerd kind"}
    moved = twee.teamleider.made(f"/plaatsingen/{place.json()['id']}/verplaatsing", body, etag=place.headers["etag"])
    talks = world["begeleider"].rows(f"/pleegkinderen/{third['pleegkind']}/kindgesprekken")
    assert [(one["plaatsingId"], one["stemVanHetKind"]) for one in talks] == [(moved.id, WOORDEN)]
    assert twee.fout.in_list() is None  # its begeleiding went along


def test_the_change_log_tells_of_both_and_not_the_reason_of_before(twee: Twee, world: World) -> None:
    talk = twee.fout.talk(stemVanHetKind=WOORDEN)
    body = {"reden": WOORDEN, "vorm": "telefoon"}
    right = twee.teamleider.made(f"/kindgesprekken/{talk.id}/correctie", body, etag=talk.etag)
    new = twee.move("kindgesprek", right)
    for kind, about in ((twee.fout, talk), (twee.goed, new)):
        answer = world["beheerder"].get(f"/wijzigingen?pleegkind={kind.ids['pleegkind']}&limit=50")
        assert WOORDEN not in answer.text
        entry = next(one for one in answer.json()["resultaten"] if one["onderwerpId"] == about.id)
        assert entry["reden"] == "hoort bij het andere kind"
    both = {twee.fout.ids["pleegkind"], twee.goed.ids["pleegkind"]}
    looks = world["kwaliteit"].each(f"/inzagen?pleegkind={twee.goed.ids['pleegkind']}&limit=200")
    looks_of_both = [one for one in looks if both <= set(one["pleegkinderen"] or ())]
    assert [one["handeling"] for one in looks_of_both] == ["POST /v1/kindgesprekken/{id}/verplaatsing"]


def test_an_audit_that_differs_says_that_something_was_moved(audit: Audit) -> None:
    """gevallen/02: a talk of one child turned out to be another's; both rows differ, and each has a reason."""
    paar = Twee(audit.kind, overdue_child(audit.world, weeks=30))
    talk = paar.fout.talk(IN_Q3)
    toets = audit.freeze(audit.build())
    new = paar.move("kindgesprek", talk)
    url = f"/kwartaaltoetsen/{toets.id}/vergelijking"
    found = {one["pleegkindId"]: one for one in audit.kwaliteit.read(url)["verschillen"]}
    assert found.keys() == {paar.fout.ids["pleegkind"], paar.goed.ids["pleegkind"]}
    for kind, about in ((paar.fout, talk), (paar.goed, new)):
        named = found[kind.ids["pleegkind"]]["aanleidingen"]
        assert [(one["oorzaak"], one["soort"], one["id"], one["reden"]) for one in named] == [
            ("verplaatsing", "kindgesprek", about.id, "hoort bij het andere kind")
        ]
    assert audit.kwaliteit.read(f"{url}?bekendOp={toets.shown['bekendOp']}")["verschillen"] == []


def test_an_extra_inzet_that_it_closed_is_open_again(audit: Audit) -> None:
    paar = Twee(audit.kind, overdue_child(audit.world, weeks=30))
    audit.freeze(audit.build())
    (extra,) = audit.follow_up(audit.kwaliteit)
    talk, path = paar.fout.talk(), f"/extra-inzetten/{extra['id']}"
    closed = paar.fout.begeleider.made(f"{path}/afsluiting", {"feitSoort": "kindgesprek", "feitId": talk.id})
    paar.move("kindgesprek", talk)
    (again_,) = audit.follow_up(audit.kwaliteit)
    assert (again_["afgesloten"], again_["eigenaarId"]) == (False, closed.shown["eigenaarId"])
    steps = audit.kwaliteit.read(path)["stappen"]
    assert [step["soort"] for step in steps] == ["opening", "afsluiting", "opening"]
    assert "ander kind" in steps[-1]["reden"]
