"""What somebody sees in the case of a child is said on the page of its ruisfactoren, kept, and taken back there."""

import re

from tests.api.client import NOBODY, Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_GEZIEN = {"code": "R10", "datum": "2026-11-01", "geldt-tot": "2027-05-01", "reden": "Zij lieten ons niet binnen."}


def key_in(page: str, path: str) -> str:
    found = re.search(rf'<form[^>]* action="{path}".*?name="sleutel" value="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


def own_child(dienst: Dienst, world: World) -> tuple[Bladeraar, str, str]:
    """Return who guides a child, that child, and the page of its ruisfactoren."""
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    return bladeraar(dienst, world["begeleider"]), kind, f"/kinderen/{kind}/ruisfactoren"


def test_what_somebody_sees_is_recorded_once_and_is_a_reason_to_discuss(dienst: Dienst, world: World) -> None:
    own, kind, path = own_child(dienst, world)
    assert f'href="{path}"' in own.read(f"/kinderen/{kind}")
    page = own.read(path)
    assert 'value="R10"' in page
    assert 'value="R01"' not in page.split("<select")[1]  # that one follows from the file
    sent = {**_GEZIEN, "sleutel": key_in(page, path)}
    for _ in range(2):
        assert own.post(path, sent).headers["location"] == path
    (made,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/ruisscores")
    assert (made["code"], made["datum"], made["geldtTot"]) == ("R10", "2026-11-01", "2027-05-01")
    page = own.read(path)
    assert page.count("Zij lieten ons niet binnen.") == 1
    assert "Pleegouders weigeren toegang" in page.split('id="gezien"')[0]
    assert f'href="{path}"' in own.read("/bespreken?ruisfactor=R10&limit=200")


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(dienst: Dienst, world: World) -> None:
    own, _, path = own_child(dienst, world)
    empty = own.post(path, {"reden": "", "datum": "", "code": "", "geldt-tot": ""})
    assert empty.status_code == 400
    for field in ("code", "datum", "geldt-tot", "reden"):
        assert f'href="#{field}"' in empty.text
        assert f'id="{field}-fout"' in empty.text
    long = own.post(path, {**_GEZIEN, "geldt-tot": "2028-01-01"})
    assert long.status_code == 400
    assert 'href="#geldt-tot"' in long.text
    assert "Zij lieten ons niet binnen.</textarea>" in long.text
    derived = own.post(path, {**_GEZIEN, "code": "R01"})
    assert 'href="#code"' in derived.text


def test_what_was_seen_wrongly_is_taken_back(dienst: Dienst, world: World) -> None:
    own, kind, path = own_child(dienst, world)
    body = {"code": "R15", "datum": "2026-10-01", "geldtTot": "2026-11-15", "reden": "Hij eet slecht."}
    made = world["begeleider"].made(f"/pleegkinderen/{kind}/ruisscores", body).id
    weg = f"/ruisscores/{made}/intrekking"
    sent = {"versie": "1", "sleutel": key_in(own.read(path), weg)}
    wrong = own.post(weg, {**sent, "reden": ""})
    assert wrong.status_code == 400
    assert f'href="#weg-{made}"' in wrong.text
    for _ in range(2):
        assert own.post(weg, {**sent, "reden": "Was een ander kind."}).headers["location"] == path
    assert "Hij eet slecht." not in own.read(path)


def test_who_records_nothing_reads_it_and_others_see_nothing(dienst: Dienst, world: World) -> None:
    _, kind, path = own_child(dienst, world)
    world["begeleider"].made(
        f"/pleegkinderen/{kind}/ruisscores",
        {"code": "R15", "datum": "2026-10-01", "geldtTot": "2026-11-15", "reden": "Hij eet slecht."},
    )
    kwaliteit, other = (bladeraar(dienst, world[wie]) for wie in ("kwaliteit", "begeleider_zuid"))
    page = kwaliteit.read(path)
    assert "Hij eet slecht." in page
    assert "<textarea" not in page
    assert kwaliteit.post(path, _GEZIEN).status_code == 403
    for missing in (path, f"/kinderen/{NOBODY}/ruisfactoren"):
        assert other.get(missing).status_code == 404
        assert other.post(missing, _GEZIEN).status_code == 404
