"""The pages that only come after a form: what a form makes is made by the API, and the page of it is opened.

What is recorded stays, and is too little to weigh in any other figure; the webhook ends, for it would be told of all.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from starlette.types import ASGIApp

from bench.asgi import Request, as_json, ask, read
from bench.bank import Bank
from bench.toetsen import last_quarter

_GESPREK = {
    "doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "veiligInGezin": "nee",
}  # fmt: skip
_SIGNAAL = {"soort": "letsel", "letsel": True, "calamiteit": False, "vraagtVeiligheidscheck": True}
_PLAN = {"normen": ["HB"], "reden": "Het huis wordt verbouwd.", "borging": "Elke week op school."}
_BORN = {"roepnaam": "Twee", "achternaam": "Keer", "geboortedatum": "2015-05-05", "tochNieuw": True}


class _Form:
    """Somebody of the demo who sends what a form says."""

    def __init__(self, app: ASGIApp, bank: Bank, wie: str) -> None:
        self._app, self._token = app, bank.token(wie)

    def send(self, path: str, body: Mapping[str, Any], prefer: str = "") -> Any:
        """Return what was made."""
        sent = Request("POST", f"/v1{path}", self._token, as_json(body), str(uuid4()), prefer=prefer)
        answer = ask(self._app, sent)
        assert 200 <= answer.status < 300, f"{path}: {answer.status} {answer.body!r}"
        return answer.json()

    def child(self) -> Mapping[str, Any]:
        """Return a child that they guide and that lives somewhere."""
        found = read(self._app, "/v1/pleegkinderen?metZorg=true&limit=200", self._token)["resultaten"]
        return next(one for one in found if one["zorg"]["plaatsingId"])


@contextmanager
def after_forms(app: ASGIApp, bank: Bank) -> Iterator[Mapping[str, list[str]]]:
    """Yield who opens which of these pages."""
    chief = _Form(app, bank, "beheerder")
    webhook = f"/webhooks/{chief.send('/webhooks', {'adres': 'https://ecd.example/pleegzicht'})['id']}"
    order = _Form(app, bank, "kwaliteit").send(
        "/kwartaaltoetsen", {"kwartaal": str(last_quarter(bank.today))}, "respond-async"
    )
    yield {
        "begeleider": _of_a_child(_Form(app, bank, "begeleider"), bank.today.isoformat()),
        "beheerder": [webhook, f"/samenvoegingen/{_one_file(chief)}"],
        "kwaliteit": [f"/toetsopdrachten/{order['id']}"],
    }
    chief.send(f"{webhook}/beeindiging", {"reden": "gemeten"})


def _of_a_child(wie: _Form, day: str) -> list[str]:
    kind = wie.child()
    path, page = f"/pleegkinderen/{kind['id']}", f"/kinderen/{kind['id']}"
    visit = {"plaatsingId": kind["zorg"]["plaatsingId"], "datum": day, "kindgesprek": _GESPREK}
    gesprek = wie.send(f"{path}/bezoeken", visit)["kindgesprek"]["id"]
    signaal = wie.send(f"{path}/signalen", {"datum": day, "bekendGewordenOp": day, **_SIGNAAL})["id"]
    plan = wie.send(f"{path}/uitzonderingen", {**_PLAN, "van": day, "herzienUiterlijk": day})["id"]
    return [f"{page}/bezoek/{gesprek}", f"{page}/signaal/{signaal}", f"/uitzonderingen/{plan}"]


def _one_file(chief: _Form) -> str:
    one, other = (chief.send("/pleegkinderen", _BORN)["id"] for _ in range(2))
    made = chief.send(f"/pleegkinderen/{one}/samenvoeging", {"anderKindId": other, "reden": "Twee keer ingevoerd."})
    return str(made["id"])
