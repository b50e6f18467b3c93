"""Nothing typed is lost: no network, signed out, the browser gone, back, twice, two tabs; and it is recorded once."""

import re

import pytest
from playwright.sync_api import Request, Route, expect

from tests_e2e.werkplek.bezoek import WOORDEN, fill_visit, is_recorded_once, open_form, save, sign_in
from tests_e2e.werkplek.conftest import SMAL, Binnen

_TIJD = re.compile(r"Concept van \d\d:\d\d")


def test_what_was_typed_is_there_on_another_machine_when_this_one_breaks(binnen: Binnen) -> None:
    iemand = binnen("begeleider2", SMAL)
    form = open_form(iemand, 0)
    fill_visit(iemand.page, WOORDEN)
    expect(iemand.page.locator("form .concept")).to_contain_text(_TIJD)
    iemand.context.close()
    other = binnen("begeleider2", SMAL)
    page = other.go(form)
    expect(page.get_by_text(_TIJD).first).to_be_visible()
    expect(page.locator("#woorden")).to_have_value(WOORDEN)
    expect(page.locator("#gesprek-alleen")).to_be_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("button", name="Concept weggooien").click()
    expect(page.locator("#woorden")).to_have_value("")
    expect(page.get_by_text(_TIJD)).to_have_count(0)


def test_what_was_typed_about_a_worry_is_there_on_another_machine_too(binnen: Binnen) -> None:
    iemand = binnen("begeleider2", SMAL)
    page = iemand.page
    open_form(iemand, 1)
    fill_visit(page)
    page.locator("#onveilig").check()
    page.get_by_role("button", name="Bewaren en opvolgen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("thuis is het niet veilig")
    page.locator("#toelichting").fill("Samen gewogen, morgen verder.")
    expect(page.locator("form .concept").first).to_contain_text(_TIJD)
    where = page.url.removeprefix(iemand.base)
    iemand.context.close()
    other = binnen("begeleider2", SMAL)
    page = other.go(where)
    expect(page.get_by_text(_TIJD).first).to_be_visible()
    expect(page.locator("#toelichting")).to_have_value("Samen gewogen, morgen verder.")
    expect(page.locator("#waarom")).to_have_value("")
    page.locator('input[name="met"][value="teamleider"]').check()
    other.context.set_offline(True)
    page.get_by_role("button", name="Overleg vastleggen").click()
    expect(page.locator(".net").first).to_contain_text("Nog niet verstuurd.")
    other.context.set_offline(False)
    expect(page.locator(".loop li").first).to_contain_text("Overleg na een zorg")
    other.go(where)
    expect(page.get_by_text(_TIJD)).to_have_count(0)


def test_who_says_no_to_the_last_question_finds_nothing_of_it_again(binnen: Binnen) -> None:
    """Also what was kept already, and what a page that is left would still send."""
    iemand = binnen("teamleider", SMAL)
    page = iemand.go("/team")
    where = page.locator("a[href$=overdracht]").first.get_attribute("href")
    assert where
    iemand.go(where)
    page.locator("#reden").fill("Zij is ziek.")
    expect(page.locator("form .concept")).to_contain_text(_TIJD)
    page.locator("#reden").fill("Zij is toch niet ziek.")
    page.get_by_role("button", name="Nog niet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Team")
    iemand.go(where)
    expect(page.get_by_text(_TIJD)).to_have_count(0)
    expect(page.locator("#reden")).to_have_value("")


def test_who_leaves_at_once_loses_nothing_either(binnen: Binnen) -> None:
    iemand = binnen("begeleider2", SMAL)
    form = open_form(iemand, 0)
    iemand.page.locator("#wil").fill("Een hond.")
    iemand.page.locator("a.terug").click()
    expect(iemand.page.locator(".zicht")).to_be_visible()
    page = iemand.go(form)
    expect(page.locator("#wil")).to_have_value("Een hond.")
    page.get_by_role("button", name="Concept weggooien").click()
    expect(page.locator("#wil")).to_have_value("")


def test_a_form_without_network_waits_and_is_sent_once(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 1"
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 4)
    fill_visit(page, woorden)
    iemand.context.set_offline(True)
    save(page)
    expect(page.locator(".net")).to_contain_text("Nog niet verstuurd.")
    expect(page.locator("#woorden")).to_have_value(woorden)
    save(page)
    iemand.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    is_recorded_once(iemand, form, woorden)


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 2"
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 6)
    fill_visit(page, woorden)
    keys: list[str] = []

    def lose(route: object, request: object) -> None:
        keys.append(str(re.findall(r"sleutel=([0-9a-f-]+)", str(getattr(request, "post_data")))))  # noqa: B009
        if len(keys) == 1:
            route.fetch(max_redirects=0)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route(f"**{form}", lose)
    save(page)
    expect(page.locator(".net")).to_contain_text("Nog niet verstuurd.")
    save(page)  # not waiting for it to try again by itself
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    assert len(set(keys)) == 1
    is_recorded_once(iemand, form, woorden)


def test_a_form_tries_again_by_itself_until_it_is_recorded_once(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 6"
    iemand = binnen("begeleider2", SMAL)
    page, sent = iemand.page, list[str]()
    page.clock.install()
    form = open_form(iemand, 6)
    fill_visit(page, woorden)

    def is_sent(request: Request) -> bool:
        return request.method == "POST" and request.url.endswith(form)

    def refuse_twice(route: Route, request: Request) -> None:
        if is_sent(request):
            sent.extend(re.findall(r"sleutel=([0-9a-f-]+)", request.post_data or ""))
        if is_sent(request) and len(sent) <= 2:
            route.abort()
        else:
            route.continue_()

    page.route(f"**{form}", refuse_twice)
    save(page)
    expect(page.locator(".net")).to_contain_text("Nog niet verstuurd.")
    for _ in range(2):
        with page.expect_request(is_sent):
            page.clock.fast_forward("00:16")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    assert len(sent) == 3
    assert len(set(sent)) == 1
    is_recorded_once(iemand, form, woorden)


def test_who_was_signed_out_while_typing_signs_in_elsewhere_and_keeps_the_text(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 3"
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 5)
    fill_visit(page, woorden)
    iemand.context.clear_cookies()
    save(page)
    expect(page.locator(".net")).to_contain_text("U bent afgemeld.")
    expect(page.locator("#woorden")).to_have_value(woorden)
    # the tab in which somebody signs in says so to this one, which then sends by itself
    sign_in(iemand.context, iemand.base, "begeleider2").close()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    is_recorded_once(iemand, form, woorden)


def test_what_one_typed_is_never_sent_under_the_name_of_another(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 5"
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 7)
    fill_visit(page, woorden)
    iemand.context.clear_cookies()
    save(page)
    expect(page.locator(".net")).to_contain_text("U bent afgemeld.")
    other = sign_in(iemand.context, iemand.base, "teamleider")
    expect(page.locator(".net")).to_contain_text("iemand anders aangemeld")
    expect(page.locator("#woorden")).to_have_value(woorden)
    other.goto(iemand.base + form.removesuffix("/bezoek"))
    expect(other.locator(".loop .stem", has_text=woorden)).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
def test_back_and_again_records_nothing_more(binnen: Binnen, *, script: bool) -> None:
    iemand = binnen("begeleider2", SMAL, script=script)
    page, form = iemand.page, open_form(iemand, 8)
    fill_visit(page, f"Ik kan al fietsen, {script}.")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bezoek aan")
    expect(page.get_by_text(_TIJD)).to_have_count(0)
    save(page)  # to the record that there is, or to what is missing in a form that is empty again
    expect(page.locator("#fouten").or_(page.get_by_role("heading", name="Bezoek bewaard"))).to_be_visible()
    is_recorded_once(iemand, form, f"Ik kan al fietsen, {script}.")


def test_tapped_twice_is_recorded_once_without_scripts_too(binnen: Binnen) -> None:
    for nr, script in ((9, True), (10, False)):
        iemand = binnen("begeleider2", SMAL, script=script)
        form = open_form(iemand, nr)
        fill_visit(iemand.page, "Ik heb een nieuwe fiets.")
        iemand.page.get_by_role("button", name="Bezoek bewaren").dblclick(no_wait_after=True)
        expect(iemand.page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
        is_recorded_once(iemand, form, "Ik heb een nieuwe fiets.")


def test_two_tabs_with_one_form_make_one_record(binnen: Binnen) -> None:
    woorden = f"{WOORDEN} 4"
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 2)
    fill_visit(page, woorden)
    expect(page.locator("form .concept")).to_contain_text(_TIJD)
    second = iemand.context.new_page()
    second.goto(iemand.base + form)
    expect(second.locator("#woorden")).to_have_value(woorden)
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    second.locator("#wil").fill("Nog iets anders.")
    save(second)
    expect(second.locator("#fouten")).to_contain_text("Dit is al bewaard.")
    expect(second.locator("#wil")).to_have_value("Nog iets anders.")
    is_recorded_once(iemand, form, woorden)


def test_signing_out_warns_of_what_was_typed_a_moment_ago(binnen: Binnen) -> None:
    iemand = binnen("begeleider2", SMAL)
    page, form = iemand.page, open_form(iemand, 3)
    page.locator("#woorden").fill("Ik wil een kat.")
    page.locator("details.ik summary").click()
    page.get_by_role("button", name="Afmelden", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt nog niet alles verstuurd")
    page.locator(f'main a[href="{form}"]').click()
    expect(page.locator("#woorden")).to_have_value("Ik wil een kat.")
    assert page.url == iemand.base + form
    page.locator("details.ik summary").click()
    page.get_by_role("button", name="Overal afmelden").click()
    page.get_by_role("button", name="Weggooien en afmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    again = binnen("begeleider2", SMAL)
    expect(again.go(form).locator("#woorden")).to_have_value("")


def test_who_does_nothing_for_a_while_is_warned_and_stays_in_when_they_say_so(binnen: Binnen) -> None:
    iemand = binnen("begeleider2", SMAL)
    page = iemand.page
    page.clock.install()
    form = open_form(iemand, 1)
    regel = page.locator(".sessie-let")
    expect(regel).to_be_hidden()
    page.locator("#woorden").fill("Ik wil een hond.")
    expect(page.locator("form .concept")).to_contain_text(_TIJD)
    page.clock.fast_forward("24:20")
    expect(regel).to_contain_text(re.compile(r"U wordt om \d\d:\d\d afgemeld, omdat u even niets deed\."))
    page.get_by_role("button", name="Blijf aangemeld").click()
    expect(regel).to_be_hidden()
    page.clock.fast_forward("24:20")
    expect(regel).to_be_visible()
    page.clock.fast_forward("05:00")
    expect(regel).to_contain_text("U bent afgemeld.")
    expect(page.get_by_role("link", name="Aanmelden in een nieuw tabblad")).to_be_visible()
    expect(page.locator("#woorden")).to_have_value("Ik wil een hond.")
    iemand.go(form).get_by_role("button", name="Concept weggooien").click()
