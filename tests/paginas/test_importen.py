"""A workbook on a page: every fault on screen before anything is written, and only who may brings it."""

import csv
import re
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from app.imports.faults import Fout, FoutCode
from app.routers.pages import importen
from app.routers.pages.importen import group
from app.services.werkboek.importeren import count_rijen
from tests.api.client import Dienst
from tests.api.database import count_rows, more_rows
from tests.api.world import World
from tests.paginas.conftest import Bladeraar, bladeraar

_ROMMELIG = (Path(__file__).parents[1] / "data" / "aanbieder-rommelig.xlsx").read_bytes()
_GRENS = "grens-van-de-proef"


def send(who: Bladeraar, bestand: bytes, stap: str = "proef", *, token: str | None = None) -> tuple[int, str]:
    fields = {"formulier": token or who.token("/ik"), "stap": stap}
    parts = [f'--{_GRENS}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    head = f'--{_GRENS}\r\nContent-Disposition: form-data; name="bestand"; filename="werkboek.xlsx"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + bestand + f"\r\n--{_GRENS}--\r\n".encode()
    answer = who.raw("/import", body, f"multipart/form-data; boundary={_GRENS}")
    return answer.status_code, answer.text


@pytest.mark.parametrize("stap", ["proef", "inlezen"])
def test_every_fault_is_on_screen_and_nothing_is_written(dienst: Dienst, world: World, stap: str) -> None:
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    before = count_rows(dienst.owner)
    status, page = send(kwaliteit, _ROMMELIG, stap)
    assert status == 400
    assert "er is niets geschreven" in page
    with (Path(__file__).parents[1] / "data" / "aanbieder-rommelig.fouten.csv").open(encoding="utf-8") as file:
        told = {(one["blad"], one["kolom"]) for one in csv.DictReader(file) if one["kolom"]}
    shown = set(re.findall(r'row">([a-z_]+)</th><td data-kop="Rijen">[^<]*</td><td data-kop="Kolom">([a-z_]*)', page))
    assert told <= shown
    assert more_rows(before, count_rows(dienst.owner)) == {}


def test_the_faults_come_as_the_file_that_the_command_writes(dienst: Dienst, world: World) -> None:
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    assert 'name="stap" value="fouten"' in send(kwaliteit, _ROMMELIG)[1]
    status, told = send(kwaliteit, _ROMMELIG, "fouten")
    assert status == 200
    with (Path(__file__).parents[1] / "data" / "aanbieder-rommelig.fouten.csv").open(encoding="utf-8") as file:
        wanted = list(csv.DictReader(file))
    lines = list(csv.DictReader(told.splitlines()))
    assert all(one.pop("melding") for one in lines)
    assert all(one in lines for one in wanted)  # and what lies after today, for this test
    assert len(lines) > len(wanted)


def test_of_many_rows_all_can_be_opened() -> None:
    rijen = [*range(2, 14), 20, 22]
    (regel,) = group(
        [Fout("kindgesprekken", rij, "datum", FoutCode.ONGELDIGE_DATUM, "Dit is geen dag.") for rij in rijen]
    )
    assert (regel.rijen, regel.aantal) == ("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 en 4 andere", 14)
    assert regel.alle == "2 tot en met 13, 20, 22"


@pytest.mark.parametrize("bestand", [b"", b"geen werkboek", b"\x00\r\n\xff" * 1000])
def test_what_is_no_workbook_is_told(dienst: Dienst, world: World, bestand: bytes) -> None:
    status, page = send(bladeraar(dienst, world["beheerder"]), bestand)
    assert status == 400
    assert 'id="fouten"' in page


def test_only_who_may_brings_one_and_only_by_a_form_of_ours(dienst: Dienst, world: World) -> None:
    for wie in ("begeleider", "gedragswetenschapper", "teamleider", "inspecteur"):
        assert bladeraar(dienst, world[wie]).get("/import").status_code == 403, wie
    for wie in ("kwaliteit", "beheerder"):
        assert bladeraar(dienst, world[wie]).get("/import").status_code == 200, wie
    assert send(bladeraar(dienst, world["teamleider"]), _ROMMELIG)[0] == 403
    assert send(bladeraar(dienst, world["kwaliteit"]), _ROMMELIG, token="0" * 64)[0] == 403


def test_who_waits_can_look_how_far_it_is(dienst: Dienst, world: World) -> None:
    kwaliteit, seen = bladeraar(dienst, world["kwaliteit"]), list[str]()

    def look(*given: Any, **named: Any) -> Any:
        seen.append(bladeraar(dienst, world["beheerder"]).read("/import/voortgang"))
        return count_rijen(*given, **named)

    with mock.patch("app.services.werkboek.run.count_rijen", look):
        send(kwaliteit, _ROMMELIG)
    (during,) = seen
    assert "Bezig sinds" in during
    assert '<meta http-equiv="refresh" content="5">' in during
    after = kwaliteit.read("/import/voortgang")
    assert "is afgelopen" in after
    assert "refresh" not in after
    page = kwaliteit.read("/import")
    assert '<a href="/import/voortgang"' in page
    assert re.search(r'<script type="module" src="/static/import\.[0-9a-f]+\.js">', page)


def test_what_does_not_fit_on_the_screen_is_counted(dienst: Dienst, world: World) -> None:
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    everything = send(kwaliteit, _ROMMELIG)[1].count('data-kop="Rijen"')
    with mock.patch.object(importen, "GETOOND", 3):
        page = send(kwaliteit, _ROMMELIG)[1].replace("\N{NO-BREAK SPACE}", " ")
    assert page.count('data-kop="Rijen"') == 3
    assert f"{everything - 3} " in page.split("</tbody>")[1]
