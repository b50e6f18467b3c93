"""A mandate: given by a beheerder, for a time, to one inspectie; without one nothing exists."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.client import NOBODY, NU, Dienst, Gebruiker, standing_still, without_id
from tests.api.conftest import DemoUser
from tests.api.inspectie import Inspectie, add_inspectie, give, mandaat_body
from tests.api.mensen import add_organisatie
from tests.api.routes import routes
from tests.api.toezicht import Onderzoek, frozen_toets, investigate
from tests.api.world import World, build_world

LISTS = ("/toezicht/termijnen", "/toezicht/kengetallen", "/toezicht/kwartaaltoetsen", "/toezicht/steekproef")


@pytest.fixture
def beheerder(dienst: Dienst) -> Gebruiker:
    """Return the beheerder of an organisatie of its own, without children."""
    return add_organisatie(dienst)[0]


@pytest.fixture
def inspectie(dienst: Dienst) -> Inspectie:
    return add_inspectie(dienst)


@pytest.fixture(scope="module")
def onderzoek(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Onderzoek:
    return investigate(demo, dienst)


def code_of(beheerder: Gebruiker) -> str:
    return str(beheerder.rows("/organisaties")[0]["code"])


# Giving and withdrawing


def test_what_was_given_is_shown(beheerder: Gebruiker, inspectie: Inspectie) -> None:
    made = give(beheerder, inspectie, dossiertekst=True)
    assert beheerder.rows("/toezichtsmandaten") == [made.shown] == [beheerder.read(f"/toezichtsmandaten/{made.id}")]
    wanted = mandaat_body(inspectie.code, dossiertekst=True)
    assert {name: made.shown[name] for name in wanted} == wanted
    assert (made.shown["versie"], made.shown["ingetrokkenOp"], made.shown["gegevenOp"]) == (
        1, None, "2026-11-02T09:00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("over", "name"),
    [
        ({"inspectie": "NIETBESTAAND"}, "inspectie"),
        ({"van": "2026-11-01"}, "van"),
        ({"tot": "2026-11-02"}, "tot"),
        ({"aangekondigdOp": "2026-11-03"}, "aangekondigdOp"),
        ({"doel": " "}, "doel"),
        ({"wettelijkeGrond": None}, "wettelijkeGrond"),
    ],
)
def test_what_cannot_be_is_refused(beheerder: Gebruiker, inspectie: Inspectie, over: dict[str, Any], name: str) -> None:
    refused = beheerder.post("/toezichtsmandaten", mandaat_body(inspectie.code, **over))
    assert (refused.status_code, {one["name"] for one in refused.json()["errors"]}) == (400, {name})
    assert beheerder.rows("/toezichtsmandaten") == []


def test_an_aanbieder_is_no_inspectie(beheerder: Gebruiker, dienst: Dienst) -> None:
    other = code_of(add_organisatie(dienst)[0])
    assert beheerder.post("/toezichtsmandaten", mandaat_body(other)).status_code == 400


def test_one_mandate_at_a_time(beheerder: Gebruiker, inspectie: Inspectie, dienst: Dienst) -> None:
    made = give(beheerder, inspectie)
    overlapping = mandaat_body(inspectie.code, van="2027-02-01", tot="2027-03-01")
    refused = beheerder.post("/toezichtsmandaten", overlapping)
    assert (refused.status_code, refused.json()["code"]) == (409, "overlap")
    give(beheerder, inspectie, van="2027-02-02", tot="2027-03-01")  # the day on which the first no longer holds
    give(beheerder, add_inspectie(dienst))
    beheerder.made(f"/toezichtsmandaten/{made.id}/intrekking", {"reden": "onderzoek gestopt"})
    give(beheerder, inspectie)


def test_a_withdrawal_is_once_and_for_good(beheerder: Gebruiker, inspectie: Inspectie) -> None:
    made = give(beheerder, inspectie)
    path = f"/toezichtsmandaten/{made.id}/intrekking"
    assert beheerder.post(path, {"reden": "x"}, etag='"oud-1"').status_code == 412
    withdrawn = beheerder.made(path, {"reden": "onderzoek gestopt"}, etag=made.etag)
    assert (withdrawn.shown["versie"], withdrawn.shown["reden"]) == (2, "onderzoek gestopt")
    again = beheerder.post(path, {"reden": "nog eens"})
    assert (again.status_code, again.json()["code"]) == (409, "al_ingetrokken")
    assert beheerder.read(f"/toezichtsmandaten/{made.id}") == withdrawn.shown


def test_a_mandate_is_its_organisatie_s_own(beheerder: Gebruiker, inspectie: Inspectie, dienst: Dienst) -> None:
    made, stranger = give(beheerder, inspectie), add_organisatie(dienst)[0]
    for method, path, body in (("GET", "", None), ("POST", "/intrekking", {"reden": "x"})):
        there, absent = (
            without_id(stranger.ask(method, f"/toezichtsmandaten/{uid}{path}", body)) for uid in (made.id, NOBODY)
        )
        assert there == absent
        assert there[0] == 404
    assert stranger.rows("/toezichtsmandaten") == []
    assert beheerder.read(f"/toezichtsmandaten/{made.id}")["ingetrokkenOp"] is None


def test_the_same_key_gives_one_mandate(beheerder: Gebruiker, inspectie: Inspectie) -> None:
    body = mandaat_body(inspectie.code)
    first, again = (beheerder.post("/toezichtsmandaten", body, key="m1") for _ in range(2))
    assert (first.status_code, again.content) == (201, first.content)
    assert len(beheerder.rows("/toezichtsmandaten")) == 1


# Under it, and without it


def statuses(inspectie: Inspectie, code: str) -> set[int]:
    return {inspectie.inspecteur.again().get(f"{path}?organisatie={code}").status_code for path in LISTS}


def nothing_there(inspectie: Inspectie, code: str) -> None:
    """Check that an organisatie is, byte for byte, one that does not exist."""
    user = inspectie.inspecteur.again()
    assert code not in {one["code"] for one in user.rows("/toezicht/organisaties")}
    for path in LISTS:
        there, absent = (without_id(user.get(f"{path}?organisatie={one}")) for one in (code, "BESTAATNIET"))
        assert there == absent
        assert there[0] == 404


def test_a_mandate_begins_ends_and_is_withdrawn(beheerder: Gebruiker, inspectie: Inspectie) -> None:
    """Half-open, on civil dates: 23:00 UTC is the next day in Amsterdam."""
    code = code_of(beheerder)
    nothing_there(inspectie, code)
    made = give(beheerder, inspectie, van="2026-11-10", tot="2026-11-20")
    nothing_there(inspectie, code)
    for at, holds in (
        (datetime(2026, 11, 9, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 9, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 19, 23, 0, tzinfo=UTC), False),
    ):
        with standing_still(at):
            if holds:
                assert statuses(inspectie, code) == {200, 404}  # without a frozen audit there are no figures yet
                assert inspectie.inspecteur.again().rows(f"/toezicht/termijnen?organisatie={code}") == []
            else:
                nothing_there(inspectie, code)
    with standing_still(datetime(2026, 11, 12, 9, tzinfo=UTC)):
        assert code in {one["code"] for one in inspectie.inspecteur.again().rows("/toezicht/organisaties")}
        beheerder.again().made(f"/toezichtsmandaten/{made.id}/intrekking", {"reden": "gestopt"})
        nothing_there(inspectie, code)


def test_another_inspectie_s_mandate_is_not_ours(beheerder: Gebruiker, inspectie: Inspectie, dienst: Dienst) -> None:
    give(beheerder, inspectie)
    nothing_there(add_inspectie(dienst), code_of(beheerder))


def test_with_two_mandates_one_says_which(inspectie: Inspectie, dienst: Dienst) -> None:
    for _ in range(2):
        give(add_organisatie(dienst)[0], inspectie)
    refused = inspectie.inspecteur.get("/toezicht/termijnen")
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "organisatie")
    assert len(inspectie.inspecteur.walk("/toezicht/organisaties?limit=1")) == 2


def test_audits_and_files_of_others_do_not_exist(onderzoek: Onderzoek, inspectie: Inspectie, dienst: Dienst) -> None:
    """A frozen audit, a concept and a pseudonym of a mandate that is not one's own: the bytes of nothing."""
    user = inspectie.inspecteur
    give(add_organisatie(dienst)[0], inspectie)
    concept = onderzoek.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q4"}).id
    dossier = onderzoek.inspecteur.rows("/toezicht/termijnen?limit=1")[0]["dossier"]
    for asker, uid in ((user, onderzoek.toets), (user, concept), (onderzoek.inspecteur, concept)):
        paths = (f"/toezicht/kwartaaltoetsen/{one}/regels" for one in (uid, NOBODY))
        there, absent = (without_id(asker.get(path)) for path in paths)
        assert there == absent
        assert there[0] == 404
    unknown = f"pleegkind-{'a' * 32}"
    assert without_id(user.get(f"/toezicht/dossiers/{dossier}")) == without_id(
        user.get(f"/toezicht/dossiers/{unknown}")
    )
    mine = f"{dossier[:-1]}{'a' if dossier[-1] != 'a' else 'b'}"  # the mark of this mandate, and no child
    assert (
        without_id(onderzoek.inspecteur.get(f"/toezicht/dossiers/{mine}"))[2]
        == user.get(f"/toezicht/dossiers/{unknown}").content
    )
    assert user.get("/toezicht/dossiers/pleegkind-1").status_code == 400


def test_pseudonyms_differ_between_mandates(lean_world: World, dienst: Dienst) -> None:
    """Two inspecties, and one under a later mandate: three names for one child."""
    beheerder, kwaliteit = lean_world["beheerder"], lean_world["kwaliteit"]
    frozen_toets(kwaliteit)
    code = code_of(beheerder)
    seen: list[set[str]] = []
    one, other = add_inspectie(dienst), add_inspectie(dienst)
    first = give(beheerder, one)
    give(beheerder, other)
    seen += [names(inspectie, code) for inspectie in (one, other)]
    beheerder.made(f"/toezichtsmandaten/{first.id}/intrekking", {"reden": "nieuw doel"})
    give(beheerder, one, doel="Een ander doel")
    seen.append(names(one, code))
    assert len({len(found) for found in seen}) == 1
    assert len(seen[0]) >= 4
    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert one.inspecteur.get(f"/toezicht/dossiers/{min(seen[0])}").status_code == 404


def names(inspectie: Inspectie, code: str) -> set[str]:
    rows = inspectie.inspecteur.read(f"/toezicht/steekproef?organisatie={code}&omvang=200")["regels"]
    return {row["dossier"] for row in rows}


# The announcement


def test_what_was_recorded_after_the_announcement_is_seen_as_such(dienst: Dienst) -> None:
    world = build_world(dienst, full=False)
    beheerder, kind = world["beheerder"], world.files["eigen"]
    frozen_toets(world["kwaliteit"])
    path = f"/pleegkinderen/{kind['pleegkind']}/ontwikkelbeelden"
    with standing_still(NU + timedelta(days=1)):
        late = world["teamleider"].again().made(path, {"datum": "2026-10-20"})
    with standing_still(NU + timedelta(days=2)):
        announced, silent = add_inspectie(dienst), add_inspectie(dienst)
        chief = beheerder.again()
        assert give(chief, silent, van="2026-11-04").shown["aangekondigdOp"] is None
        give(chief, announced, van="2026-11-04", aangekondigdOp="2026-11-02")
        for inspectie, dag, later in ((announced, "2026-11-02", [1]), (silent, None, None)):
            inspecteur = inspectie.inspecteur.again()
            sample = inspecteur.read(f"/toezicht/steekproef?organisatie={code_of(chief)}&omvang=200")
            counts = sample["naAankondiging"]
            assert sample["aangekondigdOp"] == dag
            assert (counts and sorted(one["aantal"] for one in counts if one["aantal"])) == later
            of = {one["dossier"] for one in sample["regels"]}
            assert counts is None or {one["dossier"] for one in counts} == of
            marks = marks_of(inspecteur, of, late.shown["datum"])
            assert marks == {None if dag is None else True}


def marks_of(inspecteur: Gebruiker, dossiers: set[str], dag: str) -> set[bool | None]:
    """Return how the ontwikkelbeeld of a day is marked; what else is there was recorded before."""
    facts = [one for dossier in dossiers for one in inspecteur.read(f"/toezicht/dossiers/{dossier}")["tijdlijn"]]
    late = [one for one in facts if (one["soort"], one["datum"]) == ("ontwikkelbeeld", dag)]
    assert {one["naAankondiging"] for one in facts if one not in late} <= {False, None}
    return {one["naAankondiging"] for one in late}


# The door


def toezicht_paths(dienst: Dienst) -> Iterator[str]:
    for path in sorted({route.path for route in routes(dienst.api) if route.path.startswith("/toezicht/")}):
        yield path.replace("{id}", NOBODY).replace("{pseudoniem}", f"pleegkind-{'a' * 32}")


def test_only_get_and_head(onderzoek: Onderzoek, dienst: Dienst) -> None:
    paths = list(toezicht_paths(dienst))
    assert len(paths) == 9
    for path in paths:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            refused = onderzoek.inspecteur.ask(method, path, {})
            assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD"), (method, path)
    head = onderzoek.inspecteur.ask("HEAD", "/toezicht/termijnen")
    assert (head.status_code, head.content) == (200, b"")


def test_only_an_inspecteur(onderzoek: Onderzoek, demo: DemoUser, dienst: Dienst) -> None:
    for path in toezicht_paths(dienst):
        for naam in ("beheerder", "kwaliteit", "teamleider", "begeleider", "buitenstaander"):
            assert demo(naam).get(path).status_code == 403, (naam, path)


def test_an_inspecteur_still_sees_nothing_elsewhere(onderzoek: Onderzoek, dienst: Dienst) -> None:
    reads = [route for route in routes(dienst.api) if route.method == "GET" and route.permission]
    elsewhere = [route for route in reads if not route.path.startswith("/toezicht/")]
    open_to_all = {"/ik", "/normen", "/organisaties", "/ruisfactoren", "/bewaarbeleid"}
    for route in elsewhere:
        status = onderzoek.inspecteur.get(route.path.replace("{id}", NOBODY)).status_code
        assert status == (200 if route.path in open_to_all else 403), str(route)
