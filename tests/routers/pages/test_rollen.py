"""The rol in the token, where the settings ask for one: never more than the token gives, never more than the file."""

from typing import Any

import pytest

from app import clock
from app.access.permissions import PERMISSIONS_OF_ROL
from app.access.reach import _SCOPE_OF_ROL, Scope
from app.access.rollen import WITHIN, narrower
from app.terms import Rol
from tests.routers.pages.conftest import Huis, NewPerson
from tests.routers.pages.provider import ISSUER, sign

B, T, G, K = Rol.PLEEGZORGBEGELEIDER, Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.KWALITEITSMEDEWERKER
GROEPEN = {"pz-b": B, "pz-t": T, "pz-team": T, "pz-g": G, "pz-k": K, "pz-beheer": Rol.BEHEERDER}
#: stored rol, claim, the rol that holds; None: no access
TABLE: list[tuple[Rol, Any, Rol | None]] = [
    (T, "pz-t", T),
    (T, ["pz-t"], T),
    (T, ["pz-t", "koffie", "printers"], T),
    (T, ["pz-t", "pz-team"], T),
    (G, ["pz-b"], B),
    (B, "pz-g", B),
    (T, "pz-g", None),
    (T, "pz-b", None),
    (B, "pz-t", None),
    (B, "pz-beheer", None),
    (K, "pz-t", None),
    (T, "pz-k", None),
    (T, None, None),
    (T, "koffie", None),
    (T, "PZ-T", None),
    (T, [], None),
    (T, ["pz-t", "pz-b"], None),
    (T, ["pz-t", 7], None),
    (T, {"pz-t": True}, None),
    (T, 7, None),
]
REACH = [Scope.NIETS, Scope.CASELOAD, Scope.TEAM, Scope.ORGANISATIE]


def test_within_means_no_permission_and_no_child_more() -> None:
    for rol, other in ((rol, other) for rol in Rol for other in Rol if rol != other):
        fewer = PERMISSIONS_OF_ROL[other] <= PERMISSIONS_OF_ROL[rol]
        nearer = REACH.index(_SCOPE_OF_ROL[other]) <= REACH.index(_SCOPE_OF_ROL[rol])
        assert (other in WITHIN[rol]) == (fewer and nearer), (rol, other)


def test_the_narrower_is_the_same_from_both_sides() -> None:
    assert all(narrower(one, other) == narrower(other, one) for one in Rol for other in Rol)


@pytest.mark.parametrize(("stored", "claim", "holds"), TABLE)
def test_on_pages_and_for_the_api_alike(
    huis: Huis, new_person: NewPerson, stored: Rol, claim: Any, holds: Rol | None
) -> None:
    person = new_person(stored)
    huis.map_rollen("groepen", GROEPEN)
    huis.provider.claims = {} if claim is None else {"groepen": claim}
    browser = huis.browser()
    answer = browser.sign_in(person)
    now = int(clock.now().timestamp())
    claims = {"iss": ISSUER, "aud": "pleegzicht", "sub": person.subject, "iat": now, "exp": now + 60}
    headers = {"Authorization": f"Bearer {sign({**claims, **huis.provider.claims})}", "Accept": "application/json"}
    api = browser.client.get("/v1/ik", headers=headers)
    if holds is None:
        assert (answer.status_code, api.status_code) == (403, 401)
        assert not browser.is_in()
    else:
        assert (answer.status_code, api.json()["rollen"]) == (303, [holds])
        assert f"<dd>{holds.capitalize()}</dd>" in browser.home().text


def test_a_session_from_before_the_mapping_is_over(huis: Huis, new_person: NewPerson) -> None:
    browser = huis.browser()
    browser.sign_in(new_person())
    assert browser.is_in()
    huis.map_rollen("groepen", GROEPEN)
    assert not browser.is_in()


def test_a_rol_that_is_taken_away_in_the_file_is_gone_at_once(huis: Huis, new_person: NewPerson) -> None:
    person = new_person(Rol.GEDRAGSWETENSCHAPPER)
    huis.map_rollen("groepen", GROEPEN)
    huis.provider.claims = {"groepen": "pz-g"}
    browser = huis.browser()
    browser.sign_in(person)
    person.become(Rol.PLEEGZORGBEGELEIDER)
    assert "<dd>Pleegzorgbegeleider</dd>" in browser.home().text
