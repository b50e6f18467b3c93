"""A child is found however its name is written, and is not recorded twice without saying so."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.bodies import unique
from tests.api.client import Dienst, Gebruiker, Gemaakt
from tests.api.mensen import add_organisatie
from tests.api.world import World

GEBOREN = "2015-05-05"


@pytest.fixture(scope="module")
def chief(dienst: Dienst, module_at_work: None) -> Gebruiker:
    """Return the beheerder of an organisatie without children."""
    return add_organisatie(dienst)[0]


def body(roepnaam: str, achternaam: str, **over: Any) -> dict[str, Any]:
    return {"roepnaam": roepnaam, "achternaam": achternaam, "geboortedatum": GEBOREN, **over}


def found(user: Gebruiker, naam: str) -> list[str]:
    answer = user.post("/pleegkinderen/_zoek", {"naam": naam})
    assert answer.status_code == 200
    return [one["id"] for one in answer.json()["resultaten"]]


@pytest.mark.parametrize(
    ("roepnaam", "achternaam", "vragen"),
    [
        ("Zoë", "van der Çelik", ["zoe celik", "Celik, Zoe van der", "ZOË  ÇELIK", "v.d. Çelik", "celik"]),
        ("Sam", "de Vriesman", ["Vriesman, Sam de", "sam de\N{NO-BREAK SPACE}vriesman", "SAM VRIESMAN", "am vriesm"]),
        ("Anne-Marie", "d’Hondtsma", ["annemarie", "Anne Marie d'Hondtsma", "dhondtsma", "hondtsma, annemarie"]),
        (unicodedata.normalize("NFD", "Héloïse"), "’t Hartog", ["Héloïse", "heloise 't hartog", "Hartog", "t hartog"]),
        ("Jip", "O'Brien\N{NO-BREAK SPACE}Jan-Bakkerij", ["obrien", "o’brien jip", "Jan Bakkerij", "bakkerij-jan"]),
    ],
)
def test_a_search_finds_a_child_however_it_is_written(
    chief: Gebruiker, roepnaam: str, achternaam: str, vragen: list[str]
) -> None:
    kind = chief.made("/pleegkinderen", body(roepnaam, achternaam)).id
    assert {vraag: found(chief, vraag) for vraag in vragen} == {vraag: [kind] for vraag in vragen}
    assert found(chief, "Sam Janssens") == []


@pytest.mark.parametrize("vraag", ["--", "’’", ". ,"])
def test_a_search_for_no_letter_finds_nobody(chief: Gebruiker, vraag: str) -> None:
    chief.made("/pleegkinderen", body(unique("Jip"), "Iemand"))
    assert found(chief, vraag) == []


def test_a_family_is_found_by_name_and_nummer_within_its_organisatie(chief: Gebruiker, world: World) -> None:
    naam = f"{unique('Pauw')} van den Çelik"
    gezin = chief.made("/pleeggezinnen", {"naam": naam, "soort": "bestand", "gemeente": "Lindebeek"})

    def families(user: Gebruiker, vraag: str) -> list[tuple[str, str]]:
        answer = user.post("/pleeggezinnen/_zoek", {"naam": vraag})
        assert answer.status_code == 200
        return [(one["id"], one["gemeente"]) for one in answer.json()["resultaten"]]

    for vraag in (naam, naam.upper(), "celik pauw", "vandencelik", chief.read(f"/pleeggezinnen/{gezin.id}")["nummer"]):
        assert families(chief, vraag) == [(gezin.id, "Lindebeek")], vraag
    assert families(chief, "--") == []
    assert families(world["beheerder"], naam) == []  # of another organisatie
    assert chief.post("/pleeggezinnen/_zoek", {"naam": "P"}).status_code == 400


def test_a_family_is_found_by_who_may_see_it(world: World) -> None:
    naam = unique("Pauw")
    gezin = world["teamleider"].made("/pleeggezinnen", {"naam": naam, "soort": "bestand"})
    for wie, sees in (("teamleider", True), ("kwaliteit", True), ("begeleider", False)):
        answer = world[wie].post("/pleeggezinnen/_zoek", {"naam": naam})
        assert [one["id"] for one in answer.json()["resultaten"]] == [gezin.id] * sees, wie


def test_a_search_finds_a_corrected_name_and_not_the_one_before(chief: Gebruiker) -> None:
    kind = chief.made("/pleegkinderen", body("Kim", "Verschreven"))
    patch(chief, kind, {"achternaam": "Vérbeterd"})
    assert found(chief, "verbeterd kim") == [kind.id]
    assert found(chief, "verschreven") == []


def path_of(kind: Gemaakt) -> str:
    return f"/pleegkinderen/{kind.id}"


def patch(user: Gebruiker, kind: Gemaakt, changes: dict[str, Any]) -> None:
    answer = try_patch(user, kind, changes)
    assert answer.status_code == 200, answer.text


def try_patch(user: Gebruiker, kind: Gemaakt, changes: dict[str, Any]) -> Any:
    etag = user.get(path_of(kind)).headers["etag"]
    return user.patch(path_of(kind), changes, etag=etag)


@pytest.mark.parametrize(
    ("roepnaam", "achternaam"),
    [("Sam", "de Dubbele"), ("SAM", "Dubbele, de"), ("sám", "de  dubbele"), ("Sam", "Dubbele"), ("de Dubbele", "Sam")],
)
def test_a_child_that_looks_like_another_is_refused_unless_it_is_said_to_be_new(
    dienst: Dienst, roepnaam: str, achternaam: str
) -> None:
    chief = add_organisatie(dienst)[0]
    eerste = chief.made("/pleegkinderen", body("Sam", "de Dubbele")).id
    for over in ({}, {"tochNieuw": False}):
        refused = chief.post("/pleegkinderen", body(roepnaam, achternaam, **over))
        assert (refused.status_code, refused.json()["code"]) == (409, "lijkt_op")
        assert "Dubbele" not in refused.text
    assert found(chief, "dubbele") == [eerste]
    other_day = {**body(roepnaam, achternaam), "geboortedatum": "2015-05-06"}
    ids = {eerste, chief.made("/pleegkinderen", other_day).id}
    ids.add(chief.made("/pleegkinderen", body(roepnaam, achternaam, tochNieuw=True)).id)
    assert set(found(chief, "dubbele")) == ids
    elsewhere = add_organisatie(dienst)[0]
    assert elsewhere.post("/pleegkinderen", body(roepnaam, achternaam)).status_code == 201


def test_a_withdrawn_child_looks_like_nobody(dienst: Dienst) -> None:
    chief = add_organisatie(dienst)[0]
    kind = chief.made("/pleegkinderen", body("Noor", "Weg"))
    chief.made(f"{path_of(kind)}/intrekking", {"reden": "dubbel"}, etag=kind.etag)
    assert chief.post("/pleegkinderen", body("Noor", "Weg")).status_code == 201


def test_a_change_that_makes_a_child_look_like_another_is_refused_too(dienst: Dienst) -> None:
    chief = add_organisatie(dienst)[0]
    chief.made("/pleegkinderen", body("Noor", "van Dijk"))
    kind = chief.made("/pleegkinderen", {**body("Noor", "van Dijk"), "geboortedatum": "2014-01-01"})
    for changes in ({"geboortedatum": GEBOREN}, {"geboortedatum": GEBOREN, "achternaam": "Dijk, van"}):
        refused = try_patch(chief, kind, changes)
        assert (refused.status_code, refused.json()["code"]) == (409, "lijkt_op")
    assert chief.read(path_of(kind))["geboortedatum"] == "2014-01-01"
    patch(chief, kind, {"geboortedatum": GEBOREN, "tochNieuw": True})
    # They are two now: another change of one is not asked about again, nor is writing the name otherwise.
    patch(chief, kind, {"geslacht": "x"})
    patch(chief, kind, {"achternaam": "van Dijk"})


def test_two_that_record_the_same_child_at_once_get_one(dienst: Dienst) -> None:
    chief = add_organisatie(dienst)[0]
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda n: chief.post("/pleegkinderen", body("Tegelijk", "Twee"), key=f"k{n}"), range(2))
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
