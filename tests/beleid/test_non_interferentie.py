"""What somebody may not see changes nothing of what they get: every GET, byte for byte, before and after.

``make drill-tests`` compares everything for everybody, the suite a choice of it for four of them.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT, unique
from tests.api.client import Gebruiker
from tests.api.inspectie import add_inspectie, give
from tests.api.mensen import add_medewerker
from tests.api.world import noodtoegang_body, place_child
from tests.beleid.opname import HEEL, OVER_ZICHZELF, Opname, chosen, record
from tests.beleid.wereld import Wereld, body_of


def by_another_organisatie(wereld: Wereld) -> None:
    """Let the others do all that an organisatie does: people, children, facts, corrections, norms, audits, mandates."""
    chief, leider = wereld.users["vreemde_beheerder"], wereld.users["vreemde_teamleider"]
    kwaliteit, files = wereld.users["vreemde_kwaliteit"], wereld.files["vreemd"]
    team = chief.made("/teams", {"naam": unique("Team")}).id
    _, made = add_medewerker(wereld.dienst, chief, Rol.PLEEGZORGBEGELEIDER, team)
    chief.made("/pleegkinderen", {**_kind("Geheim"), "bsn": "111222333"} if _first(chief) else _kind("Geheim"))
    _dossier(leider, made.id)
    _correct_everything(chief, leider, files)
    norm = _norm(len(chief.rows("/normen")))
    chief.made(f"/normen/{chief.made('/normen', norm).id}/intrekking", {"reden": "vergissing"})
    end = {"vanaf": norm["geldigVan"].replace("-01-01", "-06-01"), "reden": "klaar"}
    chief.made(f"/normen/{chief.made('/normen', norm).id}/beeindiging", end)
    toets = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": _next_quarter(kwaliteit)})
    kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")
    _stand_in(wereld.users["vreemde_waarnemer"], files["pleegkind"])
    give(chief, add_inspectie(wereld.dienst))


def _stand_in(user: Gebruiker, kind: str) -> None:
    """Open a file with a reason; who did so for an earlier test, under the same standing clock, has it open still."""
    assert user.post("/noodtoegangen", noodtoegang_body(kind)).status_code in (201, 409)


def by_another_team(wereld: Wereld) -> None:
    """Let team zuid and the beheerder change children, people's files and facts that nobody of noord may see."""
    chief = wereld.users["beheerder"]
    leider = wereld.users["teamleider_zuid"]
    _dossier(leider, wereld.medewerkers["begeleider_zuid"])
    _correct_everything(chief, leider, wereld.files["organisatie"])
    _stand_in(wereld.users["waarnemer"], wereld.files["begeleiding_91"]["pleegkind"])


def of_who_they_are(wereld: Wereld) -> None:
    """Let the organisatie itself change names, and what is still its own: a concept, a mandate, a noodtoegang."""
    chief, kwaliteit = wereld.users["beheerder"], wereld.users["kwaliteit"]
    for relatie in ("eigen", "organisatie"):
        files = wereld.files[relatie]
        _patch(chief, f"/pleegkinderen/{files['pleegkind']}", {"roepnaam": unique("Ander")})
        _patch(chief, f"/pleeggezinnen/{files['pleeggezin']}", {"naam": unique("Ander")})
        _patch(chief, f"/medewerkers/{wereld.medewerkers['begeleider']}", {"naam": unique("Ander")})
    kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q2"})
    _stand_in(wereld.users["waarnemer"], wereld.files["eigen"]["pleegkind"])
    give(chief, add_inspectie(wereld.dienst))


#: who → what is changed out of their sight
VERBORGEN: Mapping[str, tuple[Callable[[Wereld], None], ...]] = {
    "begeleider": (by_another_organisatie, by_another_team),
    "gedragswetenschapper": (by_another_organisatie, by_another_team),
    "teamleider": (by_another_organisatie, by_another_team),
    "kwaliteit": (by_another_organisatie,),
    "beheerder": (by_another_organisatie,),
    "mandaat": (by_another_organisatie, of_who_they_are),
    "mandaat_voorbij": (by_another_organisatie, by_another_team, of_who_they_are),
}


def _kind(naam: str) -> dict[str, Any]:
    return {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "achternaam": naam}


def _first(chief: Gebruiker) -> bool:
    return not chief.post("/pleegkinderen/_zoek", {"bsn": "111222333"}).json()["resultaten"]


def _next_quarter(kwaliteit: Gebruiker) -> str:
    """Return the last quarter before 2026-Q3 that has no audit yet."""
    done = {one["kwartaal"] for one in kwaliteit.walk("/kwartaaltoetsen?limit=200")}
    before = ("2026-Q2", "2026-Q1", *(f"{jaar}-Q{deel}" for jaar in range(2025, 2015, -1) for deel in (4, 3, 2, 1)))
    return next(one for one in before if one not in done)


def _norm(number: int) -> dict[str, Any]:
    """Return a stricter norm in a year of its own."""
    periode = {"geldigVan": f"{2030 + number}-01-01", "geldigTot": f"{2030 + number}-12-31"}
    return {"code": "KAG-R", **periode, "waarschuwingDagen": 30, "parameters": {"maanden": 3}, "toelichting": "scherp"}


def _dossier(leider: Gebruiker, medewerker: str) -> None:
    """Record a new child with a whole file and a begeleider."""
    ids = place_child(leider, van="2026-01-10")
    for naam, soort in SOORTEN_VAN_FEIT.items():
        if naam not in ids and naam != "begeleiding":
            ids[naam] = leider.made(soort.path(ids), body_of(naam, ids)).id
    body = {"medewerkerId": medewerker, "van": "2026-01-10"}
    leider.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body)


def _correct_everything(chief: Gebruiker, leider: Gebruiker, files: Mapping[str, str]) -> None:
    """Correct every fact of a file, and add one and withdraw it again."""
    for naam, soort in SOORTEN_VAN_FEIT.items():
        if naam in ("pleegkind", "plaatsing", "begeleiding"):
            continue
        path = f"/{soort.meervoud}/{files[naam]}"
        etag = leider.get(path).headers["etag"]
        changes = {name: "2026-07-10" if name == "datum" else value for name, value in soort.wijziging.items()}
        leider.made(f"{path}/correctie", {"reden": unique("vergissing"), **changes}, etag=etag)
        body = body_of(naam, files)
        made = leider.made(soort.path(files), body)
        leider.made(f"/{soort.meervoud}/{made.id}/intrekking", {"reden": "dubbel"}, etag=made.etag)
    _patch(chief, f"/pleegkinderen/{files['pleegkind']}", {"roepnaam": unique("Geheim")})


def _patch(user: Gebruiker, path: str, changes: Mapping[str, Any]) -> None:
    answer = user.patch(path, changes, etag=user.get(path).headers["etag"])
    assert answer.status_code == 200, answer.text


#: who is compared at every change → whose file they may not see
GEKOZEN = {"begeleider": "organisatie", "teamleider": "organisatie", "kwaliteit": "vreemd", "mandaat": "vreemd"}
#: who sees what another team does
ZIET = "teamleider_zuid"
#: by whom: what they got before, and after
Vergelijk = Callable[[str], tuple[Opname, Opname]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "wie" in metafunc.fixturenames:
        metafunc.parametrize("wie", VERBORGEN if metafunc.config.getoption("--heel") else GEKOZEN)


@pytest.fixture(scope="module")
def vergelijk(wereld: Wereld, module_at_work: None, *, heel: bool) -> Vergelijk:
    """Return what gives both recordings; who the same is hidden from are recorded around the same changes."""

    def all_of(users: tuple[str, ...]) -> dict[str, Opname]:
        omvang = {wie: HEEL if heel else chosen(GEKOZEN.get(wie, "organisatie")) for wie in users}
        return {wie: record(wereld, wereld.users[wie], omvang[wie]) for wie in users}

    @cache
    def around(users: tuple[str, ...]) -> dict[str, tuple[Opname, Opname]]:
        before = all_of(users)
        for change in VERBORGEN[users[0]]:
            change(wereld)
        after = all_of(users)
        return {wie: (before[wie], after[wie]) for wie in users}

    def of(wie: str) -> tuple[Opname, Opname]:
        hidden = VERBORGEN[wie if wie in VERBORGEN else "begeleider"]
        alike = tuple(one for one in (VERBORGEN if heel else GEKOZEN) if VERBORGEN[one] == hidden)
        return around((*alike, ZIET) if "begeleider" in alike else alike)[wie]

    return of


def test_what_one_may_not_see_changes_nothing(vergelijk: Vergelijk, wie: str, *, heel: bool) -> None:
    before, after = vergelijk(wie)
    assert before.differences(after) == []
    assert len(before.antwoorden) > (500 if heel else 280)


def test_the_comparison_sees_a_change_that_one_may_see(vergelijk: Vergelijk) -> None:
    """The planted fault: the same changes, for somebody who sees them."""
    before, after = vergelijk(ZIET)
    assert len(before.differences(after)) > 20


def test_a_log_shows_nothing_of_what_others_did_elsewhere(wereld: Wereld) -> None:
    """The addresses that grow by reading: what was added is of who read."""
    user, own = wereld.users["kwaliteit"], wereld.medewerkers["kwaliteit"]
    path = f"{OVER_ZICHZELF[1]}?limit=200"
    before = {one["id"] for one in user.rows(path)}
    VERBORGEN["kwaliteit"][0](wereld)
    assert {one["medewerker"] for one in user.rows(path) if one["id"] not in before} <= {own}
