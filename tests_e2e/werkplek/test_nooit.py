"""What must never happen in a moment, where the test of the moment itself does not say so.

Said elsewhere: 1 typed text lost, recorded twice (``test_niets_verloren``, ``test_tegelijk``); 2 saved as an ordinary
talk; 5 a BSN needed, the foster mother's word as seen; 6 an open action of nobody (``test_momenten``); 7 frozen by
accident (``test_momenten_kantoor``), a rise by exceptions alone that does not say so (``tests/paginas``, kwaliteit); 9
only a red row; 10 a name (``test_momenten_toezien``).
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app import clock
from tests_e2e.werkplek.api import add_begeleiders
from tests_e2e.werkplek.bezoek import fill_visit, save
from tests_e2e.werkplek.conftest import BREED, SMAL, AlsProgramma, Binnen

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_SOORTEN = ("huisbezoeken", "kindgesprekken", "veiligheidschecks")
_LANG_GELEDEN = (clock.today() - timedelta(days=300)).isoformat()


@script
def test_1_never_three_forms_for_one_visit(binnen: Binnen, api: AlsProgramma, *, script: bool) -> None:
    own = api("begeleider2")
    kind = f"/pleegkinderen/{own.geplaatst()[-5 if script else -6]['id']}"
    before = {soort: len(own.rows(f"{kind}/{soort}?limit=200")) for soort in _SOORTEN}
    page = binnen("begeleider2", SMAL, script=script).go(f"{kind.replace('pleegkinderen', 'kinderen')}/bezoek")
    page.locator("#hoe-thuis").check()
    fill_visit(page)
    page.locator("#check-ja").check()
    page.locator("#instrument").fill("ARIJ")
    page.locator("#uitkomst-veilig").check()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    assert {soort: len(own.rows(f"{kind}/{soort}?limit=200")) - n for soort, n in before.items()} == dict.fromkeys(
        _SOORTEN, 1
    )


@script
def test_3_never_left_out_since_nothing_was_ever_recorded(binnen: Binnen, api: AlsProgramma, *, script: bool) -> None:
    wie = api("begeleider").get("/ik").json()["medewerker"]["id"]
    kind = api("teamleider").places(wie, _LANG_GELEDEN)
    page = binnen("begeleider", BREED, script=script).page
    late = page.locator("section", has=page.locator("#g-te_laat"))
    line = late.locator("li.kind", has=page.locator(f'a[href="/kinderen/{kind}"]'))
    expect(line).to_contain_text("Nog nooit alleen gesproken")
    expect(page.locator(f'a.kind-naam[href="/kinderen/{kind}"]')).to_have_count(1)


@script
def test_4_never_in_no_row_since_the_worker_left(binnen: Binnen, api: AlsProgramma, *, script: bool) -> None:
    chief, leider = api("beheerder"), api("teamleider")
    (wie,) = add_begeleiders(chief, leider, 1)
    kind = leider.places(wie["id"], _LANG_GELEDEN)
    chief.change(f"/medewerkers/{wie['id']}", "intrekking", {"reden": "uit dienst"})
    page = binnen("teamleider", BREED, script=script).page
    zonder = page.locator("section", has=page.locator("#zonder"))
    expect(zonder.locator(f'a.kind-naam[href="/kinderen/{kind}"]')).to_be_visible()
    expect(page.locator("section[aria-labelledby=leden] tr", has_text=wie["naam"])).to_contain_text("uit dienst")


@script
def test_8_never_approving_one_s_own(binnen: Binnen, api: AlsProgramma, *, script: bool) -> None:
    """Not the one who may approve what another asks for either."""
    kind = api("gedragswetenschapper").geplaatst()[-1 if script else -2]["id"]
    page = binnen("gedragswetenschapper", BREED, script=script).go(f"/kinderen/{kind}/uitzondering")
    page.locator('input[name="norm-HB"]').check()
    page.locator("#reden").fill("Het huis wordt verbouwd.")
    page.locator("#borging").fill("Elke week op school.")
    page.locator("#tot").fill(page.locator("#van").input_value())
    page.get_by_role("button", name="Vragen om akkoord").click()
    expect(page.get_by_text("Wacht op akkoord")).to_be_visible()
    expect(page.get_by_role("button", name="Akkoord geven")).to_have_count(0)
    asked = page.url
    page.get_by_role("link", name="Team", exact=True).click()
    expect(page.locator(f"section[aria-labelledby=wacht] a[href='{asked}']")).to_have_count(0)


@pytest.mark.parametrize("wie", ["teamleider", "kwaliteit", "beheerder"])
def test_10_never_a_sample_that_the_organisatie_picks(binnen: Binnen, wie: str) -> None:
    page = binnen(wie, BREED).page
    for path in ("/toezicht", "/toezicht/steekproef?organisatie=DEMO&seed=7"):
        answer = page.goto(page.url.rpartition("/")[0] + path)
        assert answer
        assert answer.status == 403
