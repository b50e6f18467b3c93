"""The forms that keep what is typed, of each make one, and one who types."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

WOORDEN = "Ik wil\nvaker naar <b>opa</b>."
IN_HET_VELD = "Ik wil\nvaker naar &lt;b&gt;opa&lt;/b&gt;.</textarea>"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture(autouse=True)
def nothing_typed(dienst: Dienst, service_at_work: None) -> Iterator[None]:
    yield
    with dienst.owner.begin() as connection:
        connection.execute(text("DELETE FROM concept"))


@dataclass
class Geval:
    """A form that keeps what is typed: where it opens, where it is sent, and a field of it with words in it."""

    formulier: str
    over: str
    opent: str
    naar: str
    veld: str
    rest: dict[str, str]
    kind: str = ""

    @property
    def adres(self) -> str:
        return f"/concepten/{self.formulier}/{self.over}"

    def velden(self, **over: str) -> dict[str, str]:
        return {**self.rest, self.veld: WOORDEN, "sleutel": str(uuid4()), **over}


BEZOEK = {"wanneer": "2026-11-02", "hoe": "thuis", "gezien": "ja", "gesprek": "alleen", "veiligheid": "ja"}
_SIGNAAL = {
    "datum": "2026-11-02", "bekendGewordenOp": "2026-11-02", "soort": "zorg", "vraagtVeiligheidscheck": False,
    "calamiteit": False, "bijTwijfel": False, "onthulling": True,
}  # fmt: skip
_GESPREK = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "datum": "2026-10-12"}


def _step(formulier: str, ids: dict[str, str], world: World) -> Geval:
    """Return a form of what is done about a worry: on the page of a visit, or of a signaal."""
    kind, of_visit = ids["pleegkind"], formulier.endswith("bezoek")
    talk = {**_GESPREK, "plaatsingId": ids["plaatsing"], "veiligInGezin": "nee"}
    noun, body = ("kindgesprekken", talk) if of_visit else ("signalen", _SIGNAAL)
    feit = world["begeleider"].made(f"/pleegkinderen/{kind}/{noun}", body).id
    about = {"gesprek": feit, "bezoek": feit} if of_visit else {"signaal": feit}
    rest = {"kind": kind, "datum": "2026-11-02", **about}
    opent = f"/kinderen/{kind}/{'bezoek' if of_visit else 'signaal'}/{feit}"
    if formulier.startswith("meldcode"):
        rest |= {"stap": formulier[-1], "veilig_thuis": "advies"}
        return Geval(formulier, feit, opent, f"/kinderen/{kind}/meldcode", "toelichting", rest, kind)
    besluit = formulier.startswith("besluit")
    rest |= {"stap": "besluit", "besluit": "afspraken"} if besluit else {"stap": "overleg", "met": "teamleider"}
    return Geval(formulier, feit, opent, f"/kinderen/{kind}/opvolging", "toelichting", rest, kind)


_STAPPEN = ("overleg-bezoek", "besluit-bezoek", "overleg-signaal", "besluit-signaal", "meldcode-1", "meldcode-5")


@pytest.fixture(
    params=["bezoek", "actie", "uitzondering", "bespreking", "nieuw-signaal", "verbetering-kindgesprek", *_STAPPEN]
)
def geval(request: pytest.FixtureRequest, world: World) -> Geval:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    return (_step if request.param in _STAPPEN else form_of)(request.param, ids, world)


def form_of(formulier: str, ids: dict[str, str], world: World) -> Geval:
    """Return a form about a child, or about a fact of it."""
    kind = ids["pleegkind"]
    if formulier == "bezoek":
        return Geval("bezoek", kind, f"/kinderen/{kind}/bezoek", f"/kinderen/{kind}/bezoek", "woorden", BEZOEK)
    if formulier == "actie":
        rest = {"uiterlijk": "2026-11-20"}
        return Geval("actie", kind, f"/kinderen/{kind}/actie", f"/kinderen/{kind}/actie", "omschrijving", rest)
    if formulier == "uitzondering":
        rest = {"norm-KAG-R": "ja", "borging": "Elke week bellen.", "van": "2026-11-02", "tot": "2026-12-01"}
        path = f"/kinderen/{kind}/uitzondering"
        return Geval("uitzondering", kind, path, path, "reden", rest)
    if formulier == "bespreking":
        path, rest = f"/kinderen/{kind}/bespreking", {"datum": "2026-11-02", "multi": "ja"}
        return Geval("bespreking", kind, path, path, "conclusie", rest)
    if formulier == "nieuw-signaal":
        path = f"/kinderen/{kind}/signaal"
        rest = {"datum": "2026-11-02", "bekend": "2026-11-02", "soort": "zorg", "calamiteit": "nee", "check": "nee"}
        return Geval("nieuw-signaal", kind, path, path, "toelichting", rest)
    body = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    feit = world["begeleider"].made(f"/pleegkinderen/{kind}/kindgesprekken", body).id
    path, rest = f"/feiten/kindgesprek/{feit}", {"versie": "1", "reden": "aangevuld"}
    return Geval("verbetering-kindgesprek", feit, path, f"{path}/correctie", "stem_van_het_kind", rest)


def concepten(dienst: Dienst) -> list[Any]:
    with dienst.owner.connect() as connection:
        return list(connection.execute(text("SELECT plaats, inhoud FROM concept ORDER BY id")))
