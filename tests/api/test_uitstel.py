"""A reminder is put off by one person, with a reason and an end; no verdict, list or audit is different for it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.client import NU, VANDAAG, Gebruiker, standing_still
from tests.api.files import Kind, overdue_child
from tests.api.toetswereld import Audit
from tests.api.world import World

UITSTEL = {"norm": "KAG-R", "datum": "2026-11-02", "tot": "2026-11-16", "reden": "Het kind is op kamp."}
UITZONDERING = {
    "normen": ["KAG-R"], "reden": "Het kind wil nog niet.", "borging": "School kijkt mee.", "van": "2026-11-01",
    "herzienUiterlijk": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def faults(who: Gebruiker, path: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    refused = who.post(path, body)
    assert refused.status_code == 400, refused.text
    return [(one["name"], one["code"]) for one in refused.json()["errors"]]


def test_it_says_of_what_until_when_by_whom_and_why(kind: Kind) -> None:
    made = kind.begeleider.made(f"{kind.path}/uitstellen", UITSTEL)
    assert {name: made.shown[name] for name in UITSTEL} == UITSTEL
    assert (made.shown["uitzonderingId"], made.shown["medewerkerId"]) == (None, made.shown["vastgelegdDoor"])
    assert [one["id"] for one in kind.teamleider.rows(f"{kind.path}/uitstellen")] == [made.id]


@pytest.mark.parametrize("norm", ["OPV-O", "OPV-B", "OPV-H", "CAL-3"])
def test_what_must_be_done_after_a_worry_is_never_put_off(kind: Kind, norm: str) -> None:
    refused = kind.begeleider.post(f"{kind.path}/uitstellen", {**UITSTEL, "norm": norm})
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["name"], fault["code"]) == (400, "norm", "ongeldige_waarde")
    assert fault["detail"] == (
        "Wat na een zorg of een calamiteit moet gebeuren, wordt nooit uitgesteld. Doe het, en leg het vast."
    )


@pytest.mark.parametrize(
    ("more", "name", "code"),
    [
        ({"norm": None}, "norm", "verplicht"),
        ({"tot": "2026-11-02"}, "tot", "ongeldige_waarde"),
        ({"tot": "2026-12-01"}, "tot", "ongeldige_waarde"),
        ({"datum": "2026-11-03"}, "datum", "datum_in_toekomst"),
        ({"reden": ""}, "reden", "ongeldige_waarde"),
    ],
)
def test_what_it_does_not_say_or_may_not_say_is_refused(kind: Kind, more: Any, name: str, code: str) -> None:
    assert (name, code) in faults(kind.begeleider, f"{kind.path}/uitstellen", {**UITSTEL, **more})


def test_twenty_eight_days_is_the_most(kind: Kind) -> None:
    kind.begeleider.made(f"{kind.path}/uitstellen", {**UITSTEL, "tot": "2026-11-30"})


def test_the_end_of_an_uitzondering_is_put_off_until_its_last_day_at_most(kind: Kind, world: World) -> None:
    made = kind.begeleider.made(f"{kind.path}/uitzonderingen", UITZONDERING)
    path, about = f"{kind.path}/uitstellen", {**UITSTEL, "norm": None, "uitzonderingId": made.id}
    assert faults(kind.begeleider, path, {**about, "tot": "2026-11-21"}) == [("tot", "ongeldige_waarde")]
    assert faults(kind.begeleider, path, {**about, "norm": "MDO"}) == [("uitzonderingId", "ongeldige_waarde")]
    kind.begeleider.made(path, {**about, "tot": "2026-11-20"})
    other = overdue_child(world)
    there = f"{other.path}/uitstellen"
    assert faults(kind.begeleider, there, about) == [("uitzonderingId", "onbekende_verwijzing")]


def of_child(kind: Kind, who: Gebruiker, query: str) -> list[str]:
    rows = who.walk(f"/uitstellen?{query}&limit=200")
    return [one["id"] for one in rows if one["pleegkindId"] == kind.ids["pleegkind"]]


def test_the_list_is_of_what_is_put_off_today_mine_or_everybodys(kind: Kind) -> None:
    path = f"{kind.path}/uitstellen"
    mine = kind.begeleider.made(path, UITSTEL)
    theirs = kind.teamleider.made(path, {**UITSTEL, "norm": "KAG-3", "tot": "2026-11-09"})
    over = kind.begeleider.made(path, {**UITSTEL, "norm": "VC-J", "datum": "2026-10-05", "tot": "2026-11-02"})
    assert of_child(kind, kind.begeleider, "") == [theirs.id, mine.id]  # who is reminded first stands first
    assert of_child(kind, kind.begeleider, "mijn=true") == [mine.id]
    assert set(of_child(kind, kind.begeleider, "mijn=true&lopend=false")) == {mine.id, over.id}


def test_it_ends_before_its_day_and_stays_in_the_file(kind: Kind) -> None:
    made = kind.begeleider.made(f"{kind.path}/uitstellen", UITSTEL)
    kind.teamleider.made(f"/uitstellen/{made.id}/intrekking", {"reden": "toch nodig"}, etag=made.etag)
    assert of_child(kind, kind.begeleider, "lopend=false") == []
    versies = kind.begeleider.rows(f"/uitstellen/{made.id}/versies")
    assert [(one["versie"], one["ingetrokken"]) for one in versies] == [(2, True), (1, False)]


def test_nobody_silences_another(kind: Kind) -> None:
    """Who makes it longer is the one who is not reminded."""
    made = kind.begeleider.made(f"{kind.path}/uitstellen", UITSTEL)
    longer = {"tot": "2026-11-23", "reden": "kamp duurt langer"}
    changed = kind.teamleider.made(f"/uitstellen/{made.id}/correctie", longer, etag=made.etag)
    assert changed.shown["medewerkerId"] == changed.shown["vastgelegdDoor"] != made.shown["medewerkerId"]
    assert of_child(kind, kind.begeleider, "mijn=true") == []


def test_nobody_else_puts_it_off(kind: Kind, world: World) -> None:
    for who, status in (("kwaliteit", 403), ("begeleider_zuid", 404), ("collega", 404), ("vreemde_teamleider", 404)):
        assert world[who].post(f"{kind.path}/uitstellen", UITSTEL).status_code == status, who


#: what is asked before and after; of an audit the same is asked below
VRAGEN = (
    "/pleegkinderen?limit=200", "/pleegkinderen?stand=te_laat&limit=200", "/termijnen?limit=200",
    "/termijnen?stand=nadert&limit=200", "/termijnen?mijn=true&metZorg=true&limit=200", "/caseloads?limit=200",
    "/bespreeklijst?limit=200", "/uitzonderingen?limit=200", "/acties?limit=200",
)  # fmt: skip


def seen(who: Gebruiker, *more: str) -> dict[str, bytes]:
    return {path: bytes(who.get(path).content) for path in (*VRAGEN, *more)}


def test_a_child_is_as_late_as_before_everywhere(audit: Audit) -> None:
    """Every list, and an audit with what follows from it, byte for byte; only the lists of uitstellen are longer."""
    kind, users = audit.kind, [audit.kind.begeleider, audit.kind.teamleider, audit.kwaliteit]
    own = (f"{kind.path}/termijnen",)
    before = [seen(who, *own) for who in users]
    first = audit.build()
    rows = audit.row(first)
    for norm in ("KAG-R", "KAG-3", "VC-J", "MDO", "ZIEN", "HB"):
        kind.begeleider.made(f"{kind.path}/uitstellen", {**UITSTEL, "norm": norm})
    assert [seen(who, *own) for who in users] == before
    assert kind.stand("KAG-R") == "te_laat"
    second = audit.build()
    assert audit.row(second) == rows
    assert audit.export(second, "csv") == audit.export(first, "csv")
    with standing_still(NU + timedelta(hours=1)):
        kwaliteit = audit.kwaliteit.again()
        frozen = kwaliteit.made(f"/kwartaaltoetsen/{second.id}/vaststelling")
        assert frozen.shown["status"] == "vastgesteld"
        found = [one for one in kwaliteit.walk("/extra-inzetten") if one["pleegkindId"] == kind.ids["pleegkind"]]
    assert len(found) == 1


def test_the_timeline_tells_it(kind: Kind) -> None:
    made = kind.begeleider.made(f"{kind.path}/uitstellen", UITSTEL)
    (row,) = [one for one in kind.begeleider.rows(f"{kind.path}/tijdlijn") if one["id"] == made.id]
    assert (row["soort"], row["datum"], row["kenmerken"]) == (
        "uitstel", VANDAAG.isoformat(), {"norm": "KAG-R", "tot": "2026-11-16"}
    )  # fmt: skip
