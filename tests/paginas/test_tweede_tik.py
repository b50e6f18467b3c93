"""A button that is tapped twice does what it says once, and the second tap gets the outcome of the first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst, Gebruiker
from tests.api.database import count_rows, more_rows
from tests.api.inspectie import add_inspectie, give
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.world import World, audit_world, build_world, noodtoegang_body, place_child, retain
from tests.paginas.conftest import bladeraar, fields_of, forms_in
from tests.paginas.test_samenvoegingen import propose

_WAAROM = {"reden": "Zij is ziek."}


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """A world of its own, with a frozen quarter."""
    return audit_world(dienst, build_world(dienst, full=False))


@dataclass
class Knop:
    """Who taps, on which page, the form behind the button, and what is filled in."""

    wie: Gebruiker
    blad: str
    naar: str
    velden: dict[str, str] = field(default_factory=dict)


Maker = Callable[[Dienst, World], Knop]


def _colleague(dienst: Dienst, world: World) -> str:
    return add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])[1].id


def _done(_: Dienst, world: World) -> Knop:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    body = {"datum": "2026-11-02", "omschrijving": "Bellen", "uiterlijk": "2026-11-20"}
    actie = world["begeleider"].made(f"/pleegkinderen/{kind}/acties", body).id
    return Knop(world["begeleider"], "/acties", f"/acties/{actie}/gedaan")


def _absent(dienst: Dienst, world: World) -> Knop:
    path = f"/medewerkers/{_colleague(dienst, world)}/afwezigheid"
    return Knop(world["teamleider"], path, path, {"vervanger": world.medewerkers["begeleider"], "van": "2026-11-02"})


def _back(dienst: Dienst, world: World) -> Knop:
    weg, body = _colleague(dienst, world), {"vervangerId": world.medewerkers["begeleider"], "van": "2026-11-01"}
    made = world["teamleider"].made(f"/medewerkers/{weg}/afwezigheden", body).id
    return Knop(world["teamleider"], "/team", f"/afwezigheden/{made}/beeindiging")


def _children_go(dienst: Dienst, world: World) -> Knop:
    weg = _colleague(dienst, world)
    kind, path = place_child(world["teamleider"], weg)["pleegkind"], f"/medewerkers/{weg}/overdracht"
    return Knop(world["teamleider"], path, path, {f"kind-{kind}": world.medewerkers["collega"], **_WAAROM})


def _reminded(_: Dienst, world: World) -> Knop:
    ids, soort = place_child(world["teamleider"], world.medewerkers["begeleider"]), SOORTEN_VAN_FEIT["uitstel"]
    made = world["begeleider"].made(soort.path(ids), {**soort.body(ids), "datum": "2026-11-02", "tot": "2026-11-20"}).id
    return Knop(world["begeleider"], f"/kinderen/{ids['pleegkind']}", f"/uitstellen/{made}/einde")


def _approved(_: Dienst, world: World) -> Knop:
    ids, soort = place_child(world["teamleider"], world.medewerkers["begeleider"]), SOORTEN_VAN_FEIT["uitzondering"]
    made = world["begeleider"].made(soort.path(ids), soort.body(ids)).id
    path = f"/uitzonderingen/{made}"
    return Knop(world["gedragswetenschapper"], path, f"{path}/goedkeuring")


def _one_file(_: Dienst, world: World) -> Knop:
    path = f"/samenvoegingen/{propose(world, 'beheerder')[2].id}"
    return Knop(world["teamleider"], path, f"{path}/goedkeuring")


def _two_files(_: Dienst, world: World) -> Knop:
    made = propose(world, "beheerder")[2]
    world["teamleider"].made(f"/samenvoegingen/{made.id}/goedkeuring", etag=made.etag)
    path = f"/samenvoegingen/{made.id}"
    return Knop(world["beheerder"], path, f"{path}/herstel", {"reden": "Toch een broer."})


def _given(_: Dienst, world: World) -> Knop:
    path = f"/extra-inzetten/{world.files['eigen']['extra_inzet']}"
    to = {"wie": world.medewerkers["collega"], "waarom": "Hij kent het gezin."}
    return Knop(world["kwaliteit"], path, f"{path}/overdracht", to)


def _decided(_: Dienst, world: World) -> Knop:
    path = f"/extra-inzetten/{world.files['team']['extra_inzet']}"
    return Knop(world["gedragswetenschapper"], path, f"{path}/afsluiting", {"reden": "Het kind verhuisde."})


def _frozen(dienst: Dienst, _: World) -> Knop:
    chief, _code = add_organisatie(dienst)
    kwaliteit = add_medewerker(dienst, chief, Rol.KWALITEITSMEDEWERKER, None)[0]
    path = f"/kwartaaltoetsen/{kwaliteit.made('/kwartaaltoetsen', {'kwartaal': '2026-Q2'}).id}"
    return Knop(kwaliteit, path, f"{path}/vaststelling", {"zeker": "ja"})


def _built(dienst: Dienst, _: World) -> Knop:
    kwaliteit = add_medewerker(dienst, add_organisatie(dienst)[0], Rol.KWALITEITSMEDEWERKER, None)[0]
    return Knop(kwaliteit, "/kwartaaltoetsen", "/kwartaaltoetsen", {"kwartaal": "2026-Q2"})


def _calendar(dienst: Dienst, world: World) -> Knop:
    own = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])[0]
    return Knop(own, "/agenda", "/agenda")


def _discussed(_: Dienst, world: World) -> Knop:
    kind = place_child(world["teamleider"], world.medewerkers["collega"])["pleegkind"]
    made = world["waarnemer"].made("/noodtoegangen", noodtoegang_body(kind)).id
    said = {"toelichting": "Het was nodig."}
    return Knop(world["teamleider"], "/noodtoegang", f"/noodtoegang/{made}/bespreking", said)


def _address(dienst: Dienst, _: World) -> Knop:
    adres = {"adres": f"https://ecd.example/{uuid4()}"}
    return Knop(add_organisatie(dienst)[0], "/webhooks", "/webhooks", adres)


def _no_address(dienst: Dienst, _: World) -> Knop:
    chief, _code = add_organisatie(dienst)
    made = chief.made("/webhooks", {"adres": "https://ecd.example/een"}).id
    return Knop(chief, "/webhooks", f"/webhooks/{made}/beeindiging", _WAAROM)


def _lifted(dienst: Dienst, _: World) -> Knop:
    chief, _code = add_organisatie(dienst)
    held = retain(chief, place_child(chief)["pleegkind"])["bewaarblokkade"]
    return Knop(chief, "/vernietigingen", f"/bewaarblokkades/{held}/opheffing", _WAAROM)


def _judged(dienst: Dienst, _: World) -> Knop:
    chief, _code = add_organisatie(dienst)
    made = retain(chief, place_child(chief)["pleegkind"])["vernietiging"]
    said = {"oordeel": "afgewezen", "waarom": "Er loopt nog een klacht."}
    return Knop(chief, "/vernietigingen", f"/vernietigingen/{made}/oordeel", said)


def _no_mandate(dienst: Dienst, _: World) -> Knop:
    chief, _code = add_organisatie(dienst)
    made = give(chief, add_inspectie(dienst)).id
    return Knop(chief, "/beheer", f"/toezichtsmandaten/{made}/intrekking", _WAAROM)


def _left(dienst: Dienst, world: World) -> Knop:
    return Knop(world["beheerder"], "/beheer", f"/medewerkers/{_colleague(dienst, world)}/intrekking", _WAAROM)


_KNOPPEN: dict[str, Maker] = {
    "actie gedaan": _done, "afwezig": _absent, "weer terug": _back, "kinderen overdragen": _children_go,
    "weer herinneren": _reminded, "uitzondering akkoord": _approved, "samenvoeging akkoord": _one_file,
    "samenvoeging herstellen": _two_files, "extra inzet overdragen": _given, "extra inzet besluiten": _decided,
    "toets vaststellen": _frozen, "toets opmaken": _built, "agenda aan": _calendar,
    "noodtoegang besproken": _discussed, "webhook erbij": _address, "webhook weg": _no_address,
    "blokkade opheffen": _lifted, "oordeel": _judged, "mandaat intrekken": _no_mandate, "uit dienst": _left,
}  # fmt: skip


@pytest.mark.parametrize("knop", _KNOPPEN)
def test_a_second_tap_gets_the_outcome_of_the_first(dienst: Dienst, world: World, knop: str) -> None:
    tap = _KNOPPEN[knop](dienst, world)
    browser = bladeraar(dienst, tap.wie)
    shown = [text for action, text in forms_in(browser.read(tap.blad)) if action == tap.naar]
    sent = {**fields_of(next((text for text in shown if set(tap.velden) <= _names(text)), shown[0])), **tap.velden}
    first = browser.post(tap.naar, sent, of=tap.blad)
    assert first.status_code == 303, first.text
    before = count_rows(dienst.owner)
    again = browser.post(tap.naar, sent, of="/ik")
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert more_rows(before, count_rows(dienst.owner)) == {}
    assert browser.get(first.headers["location"].partition("#")[0]).status_code == 200


def _names(form: str) -> set[str]:
    return {part.partition('"')[0] for part in form.split(' name="')[1:]}
