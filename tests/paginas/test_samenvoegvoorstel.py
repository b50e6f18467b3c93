"""That two files are of one child is proposed on the page of the child: chosen, compared, said why, and asked once."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT, unique
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, titel

_REDEN = "Verhuisde en werd opnieuw ingevoerd."
_SOORT = SOORTEN_VAN_FEIT["pleegkind"]
#: each pair is born on a day of its own: other tests leave many children of one day
_dagen = count()


@dataclass(frozen=True)
class Paar:
    """Two files with one date of birth, and somebody who may say that they are of one child."""

    leider: Bladeraar
    kind: str
    ander: str
    nummer: str

    @property
    def path(self) -> str:
        return f"/kinderen/{self.kind}/samenvoeging"

    def form(self, **given: str) -> dict[str, str]:
        return {"sleutel": str(uuid4()), "ander": self.ander, "reden": _REDEN, **given}


@pytest.fixture
def paar(dienst: Dienst, world: World) -> Paar:
    leider = world["teamleider"]
    kind = place_child(leider, world.medewerkers["begeleider"])["pleegkind"]
    born = {"geboortedatum": (date(2012, 1, 1) + timedelta(days=next(_dagen))).isoformat()}
    path = f"/pleegkinderen/{kind}"
    etag = leider.get(path).headers["etag"]
    assert leider.ask("PATCH", path, {**born, "wijzigingsreden": "verschreven"}, etag=etag).status_code == 200
    ander = leider.made(_SOORT.path({}), {**_SOORT.body({}), **born, "achternaam": unique("Tweemaal")})
    return Paar(bladeraar(dienst, leider), kind, ander.id, ander.shown["nummer"])


def test_from_the_page_of_the_child_to_a_proposal_that_waits(paar: Paar) -> None:
    assert f'href="{paar.path}"' in paar.leider.read(f"/kinderen/{paar.kind}")
    beside = f"{paar.path}?ander={paar.ander}"
    assert beside in paar.leider.read(paar.path)  # born on the same day
    both = paar.leider.read(beside)
    assert "Dit dossier blijft" in both
    assert both.count(paar.nummer) >= 2
    assert re.search(
        r'Plaatsing</th><td data-kop="Blijft">1<.*?</td><td data-kop="Gaat erin op">geen</td>', both, re.DOTALL
    )
    assert "Weet u zeker" in both
    assert paar.nummer not in titel(both)
    sent = paar.form()
    made = paar.leider.post(paar.path, sent)
    assert made.status_code == 303
    assert re.fullmatch(r"/samenvoegingen/[0-9a-f-]{36}", made.headers["location"])
    assert "Wacht op akkoord" in paar.leider.read(made.headers["location"])
    assert paar.leider.post(paar.path, sent).headers["location"] == made.headers["location"]  # sent twice, made once


def test_the_other_is_found_by_nummer_and_by_name(paar: Paar, world: World) -> None:
    naam = world["teamleider"].read(f"/pleegkinderen/{paar.ander}")["achternaam"]
    for q in (paar.nummer, naam):
        found = paar.leider.post(f"{paar.path}/_zoek", {"q": q}).text
        assert f"{paar.path}?ander={paar.ander}" in found
    assert f"?ander={paar.kind}" not in paar.leider.post(f"{paar.path}/_zoek", {"q": naam[:2]}).text
    nobody = paar.leider.post(f"{paar.path}/_zoek", {"q": "zzzzqq"}).text
    assert "Er is geen ander kind met deze letters of dit nummer" in nobody


def test_which_of_the_two_stays_is_turned_round(paar: Paar) -> None:
    turned = f"/kinderen/{paar.ander}/samenvoeging?ander={paar.kind}"
    assert turned in paar.leider.read(f"{paar.path}?ander={paar.ander}")
    assert f'value="{paar.kind}"' in paar.leider.read(turned)


def test_what_is_missing_stands_on_top_and_nothing_typed_is_lost(paar: Paar) -> None:
    refused = paar.leider.post(paar.path, paar.form(reden=" "))
    assert refused.status_code == 400
    assert refused.text.index('href="#reden"') < refused.text.index("<h1>")
    assert 'aria-describedby="reden-fout"' in refused.text
    assert f'name="ander" value="{paar.ander}"' in refused.text
    nobody = paar.leider.post(paar.path, paar.form(ander=""))
    assert nobody.status_code == 400
    assert 'href="#zoek"' in nobody.text


def test_what_was_typed_is_there_again(paar: Paar) -> None:
    kept = {"ander": paar.ander, "reden": "Half getypt", "sleutel": str(uuid4())}
    assert paar.leider.post(f"/concepten/samenvoeging/{paar.kind}", kept).status_code == 200
    again = paar.leider.read(paar.path)  # as it is opened from the list of concepten
    assert "Half getypt" in again
    assert "Concept van" in again
    assert f'name="ander" value="{paar.ander}"' in again
    assert paar.leider.post(paar.path, paar.form()).status_code == 303
    assert "Half getypt" not in paar.leider.read(paar.path)


def test_two_files_are_proposed_once(paar: Paar) -> None:
    assert paar.leider.post(paar.path, paar.form()).status_code == 303
    for path, ander in ((paar.path, paar.ander), (f"/kinderen/{paar.ander}/samenvoeging", paar.kind)):
        shown = paar.leider.read(f"{path}?ander={ander}")
        assert "Er wacht al een voorstel" in shown
        assert "Ja, voorstellen" not in shown
        again = paar.leider.post(path, paar.form(ander=ander))
        assert again.status_code == 409
        assert "Er wacht al een voorstel" in again.text.split("<h1>")[0]


def test_another_date_of_birth_is_said_before_anything_is_typed(paar: Paar, world: World) -> None:
    other = world["teamleider"].made(_SOORT.path({}), {**_SOORT.body({}), "geboortedatum": "2011-02-03"})
    shown = paar.leider.read(f"{paar.path}?ander={other.id}")
    assert "De geboortedatum verschilt" in shown
    assert "Ja, voorstellen" not in shown
    assert paar.leider.post(paar.path, paar.form(ander=other.id)).status_code == 409
    assert f"?ander={other.id}" not in paar.leider.read(paar.path)


def test_it_is_for_who_may_change_both_files(dienst: Dienst, world: World, paar: Paar) -> None:
    elsewhere, worker = bladeraar(dienst, world["teamleider_zuid"]), bladeraar(dienst, world["begeleider"])
    absent = elsewhere.get(f"/kinderen/{NOBODY}/samenvoeging")
    foreign = elsewhere.get(paar.path)
    assert (foreign.status_code, without_id(foreign)) == (404, without_id(absent))
    for path, form in ((paar.path, paar.form()), (f"{paar.path}/_zoek", {"q": paar.nummer})):
        assert elsewhere.post(path, form).status_code == 404
        assert worker.post(path, form).status_code == 403
    assert worker.get(paar.path).status_code == 403
    assert paar.path not in worker.read(f"/kinderen/{paar.kind}")


def test_a_child_out_of_sight_is_nobody(paar: Paar, world: World) -> None:
    vreemd = world.files["vreemd"]["pleegkind"]
    answers = [paar.leider.get(f"{paar.path}?ander={uid}") for uid in (vreemd, NOBODY)]
    assert [one.status_code for one in answers] == [404, 404]
    assert without_id(answers[0]) == without_id(answers[1])
    sent = [paar.leider.post(paar.path, paar.form(ander=uid)) for uid in (vreemd, NOBODY)]
    assert [one.status_code for one in sent] == [400, 400]
    assert all('href="#zoek"' in one.text and vreemd not in one.text for one in sent)


def test_the_log_names_both_files(paar: Paar, world: World) -> None:
    look = world["beheerder"].look_of(paar.leider.get(f"{paar.path}?ander={paar.ander}"))
    assert look
    assert {paar.kind, paar.ander} == set(look["pleegkinderen"])


def test_without_the_token_of_a_page_nothing_is_proposed(paar: Paar) -> None:
    assert paar.leider.ask("POST", paar.path, {"formulier": "x", **paar.form()}).status_code == 403
    assert "Ja, voorstellen" in paar.leider.read(f"{paar.path}?ander={paar.ander}")
