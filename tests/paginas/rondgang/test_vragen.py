"""How often a page asks the database: every GET page of the policy table, for who may see it, with little and much.

Counted are all statements of a request but its two lines in the access log.
"""

from tests.api.client import VANDAAG
from tests.api.database import counting_queries
from tests.api.files import ALLEEN
from tests.paginas.conftest import bladeraar
from tests.paginas.rondgang.conftest import Wereld, pages

#: who looks: the session of the cookie, and the medewerker behind it as known now
_WIE = 2
#: what a page asks at most beside that, however much it shows
MOST = 8
#: no page: an audit as a file goes out in pieces of 500 rows; nor a list: the comparison judges a whole quarter anew,
#: and looks for causes when anything differs. What they ask beside who looks, with one piece.
_IN_PIECES = {
    "/kwartaaltoetsen/{id}/vergelijking": 15,
    "/kwartaaltoetsen/{id}/export": 8,
    "/toezicht/kwartaaltoetsen/{id}/export": 8,
}
_ONVEILIG = {"instrument": "LIRIK", "uitkomst": "onveilig", "kindGezien": True}


def test_a_page_asks_little_and_the_same_however_much_there_is(wereld: Wereld) -> None:
    few = wereld.costs()
    assert {pad for pad, _ in few} == {one.pad for one in pages()}
    wereld.grow()
    many = wereld.costs()
    grown = {page: (few[page], many[page]) for page in few if few[page] != many[page] and page[0] not in _IN_PIECES}
    assert grown == {}
    too_many = {page: n for page, n in many.items() if n > _WIE + _IN_PIECES.get(page[0], MOST)}
    assert too_many == {}
    assert len(many) > 100


def test_a_visit_on_which_two_parts_are_a_worry_asks_no_more(wereld: Wereld) -> None:
    begeleider, path = wereld.world["begeleider"], f"/pleegkinderen/{wereld.eigen['pleegkind']}"
    worries = {"kindgesprek": {**ALLEEN, "veiligInGezin": "nee"}, "veiligheidscheck": _ONVEILIG}
    visit = {"plaatsingId": wereld.eigen["plaatsing"], "datum": VANDAAG.isoformat(), **worries}
    talk = begeleider.post(f"{path}/bezoeken", visit).json()["kindgesprek"]["id"]
    browser = bladeraar(wereld.dienst, begeleider)
    page = f"/kinderen/{wereld.eigen['pleegkind']}/bezoek/{talk}"
    browser.get(page)
    with counting_queries() as seen:
        shown = browser.get(page)
    assert "Veilig Thuis" in shown.text
    assert len(seen) <= _WIE + MOST
