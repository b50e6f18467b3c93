"""The audit, beheer and toezicht on pages: nothing is frozen by accident, nobody falls between two stools, no name."""

import re
from csv import DictReader
from io import BytesIO, StringIO
from unittest import mock
from uuid import uuid4

import pytest
from pypdf import PdfReader

from app.exports.kwartaaltoets.woorden import GEPLAATST, GETELD
from app.routers.pages.kwartaaltoetsen import toetsen
from app.routers.pages.kwartaaltoetsen.toetsen import RIJEN
from app.terms import Regelkeuze
from tests.api.client import Dienst
from tests.api.database import count_rows, more_rows
from tests.api.inspectie import add_inspectie
from tests.api.world import World, audit_world, build_world, oversee_world, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, fields_of, forms_in
from tests.routers.pages.test_trend import over as quarters


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """A world of its own, with a frozen quarter and an inspectie."""
    return oversee_world(dienst, audit_world(dienst, build_world(dienst)))


def test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen(dienst: Dienst, world: World) -> None:
    kwaliteit, offered = bladeraar(dienst, world["kwaliteit"]), '<option value="2026-Q2"'
    assert offered in kwaliteit.read("/kwartaaltoetsen")
    place_child(world["teamleider"], world.medewerkers["begeleider"], van="2025-01-10")
    made = kwaliteit.post("/kwartaaltoetsen", {"kwartaal": "2026-Q2"})
    path = made.headers["location"]
    page = kwaliteit.read(path)
    digest = re.search(r'name="digest" value="([^"]+)"', page)
    assert digest
    freeze, before = f"{path}/vaststelling", count_rows(dienst.owner)
    asked = re.search(r"Er opent (\d+) keer extra inzet.*?Bij <b>(\d+)</b> van deze", page, re.DOTALL)
    for wrong in ({"digest": digest[1]}, {"digest": "x", "zeker": "ja"}):
        assert kwaliteit.post(freeze, wrong).status_code == 400
        assert "Concept" in kwaliteit.read(path)
    assert kwaliteit.post(freeze, {"digest": digest[1], "zeker": "ja"}).headers["location"] == f"{path}?klaar=true"
    assert asked
    assert more_rows(before, count_rows(dienst.owner))["extra_inzet"] == int(asked[1]) == int(asked[2]) > 0
    assert GETELD in kwaliteit.read(path)
    assert GETELD in kwaliteit.read("/kwartaaltoetsen")
    naam = world["beheerder"].read(f"/medewerkers/{world.medewerkers['kwaliteit']}")["naam"]
    told = kwaliteit.read(f"{path}?klaar=true").replace("\N{NO-BREAK SPACE}", " ")
    assert f"Kwartaaltoets 2026-Q2 is vastgesteld door {naam}, op 2 november 2026" in told
    assert "is vastgesteld door" not in kwaliteit.read(path)
    assert "Niemand kan deze toets nog wijzigen." in kwaliteit.read(path)
    assert "/vaststelling" not in kwaliteit.read(path)
    assert offered not in kwaliteit.read("/kwartaaltoetsen")
    shown = kwaliteit.get(f"{path}/export?formaat=csv")
    assert shown.headers["content-disposition"].startswith("attachment")
    assert kwaliteit.get(f"{path}/vergelijking").status_code == 200
    again = kwaliteit.post("/kwartaaltoetsen", {"kwartaal": "2026-Q2"})
    assert again.status_code == 409
    assert kwaliteit.post("/kwartaaltoetsen", {"kwartaal": "gisteren"}).status_code == 400


def test_the_quarter_that_runs_is_not_offered_and_it_is_said_why(dienst: Dienst, world: World) -> None:
    page = bladeraar(dienst, world["kwaliteit"]).read("/kwartaaltoetsen").replace("\N{NO-BREAK SPACE}", " ")
    assert '<option value="2026-Q4"' not in page
    assert "2026-Q4 staat er nog niet bij: dat kwartaal loopt tot en met 31 december 2026." in page


def test_page_and_files_say_the_same_of_the_same_children(dienst: Dienst, world: World) -> None:
    kwaliteit, path = bladeraar(dienst, world["kwaliteit"]), f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    page = kwaliteit.read(path)
    inhoud = kwaliteit.get(f"{path}/export?formaat=json").json()
    pdf = PdfReader(BytesIO(kwaliteit.get(f"{path}/export?formaat=pdf").content))
    first = " ".join(pdf.pages[0].extract_text().split())
    rows = list(DictReader(StringIO(kwaliteit.get(f"{path}/export?formaat=csv").text.removeprefix("\ufeff"))))
    counted = (sum(row["navolgbaar"] == "true" for row in rows), len(rows))
    groep = inhoud["inhoud"]["kengetallen"][0]
    assert (groep["alle"]["navolgbaar"], groep["alle"]["rijen"]) == counted
    for over, wie in GEPLAATST.items():
        n, of = groep[over]["navolgbaar"], groep[over]["rijen"]
        kinderen = f"{of} {'kind' if of == 1 else 'kinderen'} {wie}"
        assert f"{n} van {kinderen}" in page.replace("\N{NO-BREAK SPACE}", " "), over
        assert f"{n} navolgbaar, van de {kinderen}" in first, over


def test_each_figure_of_children_leads_to_as_many_of_them(dienst: Dienst, world: World) -> None:
    kwaliteit, path = bladeraar(dienst, world["kwaliteit"]), f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    page, alle = kwaliteit.read(path), world["kwaliteit"].read(f"{path}/kengetallen")["groepen"][0]["alle"]
    rows = world["kwaliteit"].walk(f"{path}/regels?limit=200")
    for naam, counted in (
        ("met_uitzondering", [one for one in rows if one["metUitzondering"]]),
        ("nooit_gezien", [one for one in rows if one["nooitGezien"]]),
        ("laat_vastgelegd", [one for one in rows if one["lateRegistraties"]]),
    ):
        assert f'href="{path}?alleen={naam}#rijen"' in page
        assert world["kwaliteit"].walk(f"{path}/regels?limit=200&alleen={naam}") == counted
        shown = kwaliteit.read(f"{path}?limit=200&alleen={naam}").split('id="rijen"')[1]
        assert set(re.findall(r'href="/kinderen/([0-9a-f-]{36})"', shown)) == {
            one["pleegkind"]["id"] for one in counted
        }
    assert alle["nooitGezien"] == sum(one["nooitGezien"] for one in rows) > 0
    assert RIJEN.keys() == {None, *Regelkeuze}


def test_a_teamleider_reads_an_audit_and_freezes_none(dienst: Dienst, world: World) -> None:
    path = f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    leider = bladeraar(dienst, world["teamleider"])
    page = leider.read(path)
    assert "Vaststellen" not in page
    assert world.files["organisatie"]["pleegkind"] not in page
    assert leider.get(f"{path}/export").status_code == 403
    assert bladeraar(dienst, world["vreemde_kwaliteit"]).get(path).status_code == 404


def test_a_beheerder_adds_who_works_here_and_asks_what_becomes_of_the_children_of_who_leaves(
    dienst: Dienst, world: World
) -> None:
    chief = bladeraar(dienst, world["beheerder"])
    naam = f"Nieuw {uuid4().hex[:8]}"
    wrong = chief.post("/medewerkers", {"naam": "", "rol": "teamleider"})
    assert wrong.status_code == 400
    assert 'href="#naam"' in wrong.text
    sent = {"naam": naam, "rol": "pleegzorgbegeleider", "team": world.teams["noord"]}
    assert chief.post("/medewerkers", sent).headers["location"] == "/beheer"
    (made,) = [one for one in world["beheerder"].walk("/medewerkers?limit=200") if one["naam"] == naam]
    kind = place_child(world["teamleider"], made["id"])["pleegkind"]
    left = chief.post(f"/medewerkers/{made['id']}/intrekking", {"versie": "1", "reden": "uit dienst"})
    assert left.headers["location"] == f"/medewerkers/{made['id']}/overdracht"
    assert f'name="kind-{kind}"' in chief.read(left.headers["location"])
    stale = chief.post(f"/medewerkers/{world.medewerkers['collega']}/intrekking", {"versie": "9", "reden": "weg"})
    assert stale.status_code == 412


def test_what_a_beheerder_makes_is_made_once_however_often_it_is_tapped(dienst: Dienst, world: World) -> None:
    chief, naam = bladeraar(dienst, world["beheerder"]), f"Dubbel {uuid4().hex[:8]}"
    shown = dict(forms_in(chief.read("/beheer")))
    mandaat = {
        "inspectie": add_inspectie(dienst).code,
        "doel": naam,
        "grond": "Jeugdwet",
        "van": "2026-11-02",
        "tot": "2027-02-02",
    }
    forms = {
        "/medewerkers": {"naam": naam, "rol": "pleegzorgbegeleider"}, "/teams": {"teamnaam": naam},
        "/toezichtsmandaten": mandaat,
    }  # fmt: skip
    before = count_rows(dienst.owner)
    assert len({fields_of(shown[path])["sleutel"] for path in forms}) == 3
    for path, sent in forms.items():
        answers = [chief.post(path, {**fields_of(shown[path]), **sent}) for _ in range(2)]
        assert [one.headers.get("location") for one in answers] == ["/beheer", "/beheer"], path
    made = more_rows(before, count_rows(dienst.owner))
    assert [made[one] for one in ("medewerker", "team", "toezichtsmandaat")] == [1, 1, 1]


def test_the_access_log_on_a_page_names_who_looked(dienst: Dienst, world: World) -> None:
    kind = world.files["eigen"]["pleegkind"]
    bladeraar(dienst, world["begeleider"]).read(f"/kinderen/{kind}")
    page = bladeraar(dienst, world["beheerder"]).read(f"/inzagen?pleegkind={kind}")
    assert "GET /kinderen/{id}" in page
    assert "op een bladzijde" in page
    assert bladeraar(dienst, world["begeleider"]).get(f"/inzagen?pleegkind={kind}").status_code == 403


def test_a_mandate_is_given_and_withdrawn(dienst: Dienst, world: World) -> None:
    chief = bladeraar(dienst, world["beheerder"])
    sent = {
        "inspectie": "BESTAATNIET",
        "doel": "Onderzoek",
        "grond": "Jeugdwet",
        "van": "2026-11-02",
        "tot": "2027-02-02",
    }
    wrong = chief.post("/toezichtsmandaten", sent)
    assert wrong.status_code == 400
    assert 'value="BESTAATNIET"' in wrong.text


def test_an_inspecteur_sees_what_was_recorded_after_the_announcement(dienst: Dienst, world: World) -> None:
    chief, inspectie = bladeraar(dienst, world["beheerder"]), add_inspectie(dienst)
    sent = {"inspectie": inspectie.code, "doel": "Onderzoek", "grond": "Jeugdwet", "van": "2026-11-02"}
    refused = chief.post("/toezichtsmandaten", {**sent, "tot": "2027-02-02", "aangekondigd": "2026-11-03"})
    assert refused.status_code == 400
    assert 'href="#aangekondigd"' in refused.text
    given = {**sent, "tot": "2027-02-02", "aangekondigd": "2026-11-01"}
    assert chief.post("/toezichtsmandaten", given).headers["location"] == "/beheer"
    assert "aangekondigd op 1\N{NO-BREAK SPACE}november" in chief.read("/beheer")
    igj, code = bladeraar(dienst, inspectie.inspecteur), world["beheerder"].rows("/organisaties")[0]["code"]
    sample = igj.read(f"/toezicht/steekproef?organisatie={code}&omvang=200")
    assert "Na de aankondiging vastgelegd" in sample
    drawn = re.findall(r"/toezicht/dossiers/(pleegkind-[a-z0-9]+)", sample)
    assert "Na de aankondiging van het bezoek." in igj.read(f"/toezicht/dossiers/{drawn[0]}")


_OORDEEL = re.compile(
    r'<summary><span class="stand stand--(\w+)">.*?</svg>([^<]*)</span> <span class="oordeel-wat">([^<:]*).*?'
    r'<span class="oordeel-wanneer">([^<]*)</span></summary>'
)


def verdicts_on(page: str) -> list[list[str]]:
    """Return of each judgement on a page the mark, the word on it, the norm and since or until when."""
    return [[part.strip() for part in found] for found in _OORDEEL.findall(page)]


def test_an_inspecteur_reads_the_verdicts_that_the_organisatie_reads(dienst: Dienst, world: World) -> None:
    ids = world.files["eigen"]
    own = verdicts_on(bladeraar(dienst, world["teamleider"]).read(f"/kinderen/{ids['pleegkind']}"))
    theirs = verdicts_on(bladeraar(dienst, world["igj"]).read(f"/toezicht/dossiers/{ids['pseudoniem']}"))
    assert len(own) > 5
    assert theirs == own


def test_an_inspecteur_sees_pseudonyms_and_no_name(dienst: Dienst, world: World) -> None:
    igj: Bladeraar = bladeraar(dienst, world["igj"])
    code = world["beheerder"].rows("/organisaties")[0]["code"]
    first, again = (igj.read(f"/toezicht/steekproef?organisatie={code}&seed=7") for _ in range(2))
    drawn = re.findall(r"/toezicht/dossiers/(pleegkind-[a-z0-9]+)", first)
    assert drawn
    assert drawn == re.findall(r"/toezicht/dossiers/(pleegkind-[a-z0-9]+)", again)
    answer = igj.get(f"/toezicht/dossiers/{world.files['eigen']['pseudoniem']}")
    page = answer.text
    child = world["begeleider"].read(f"/pleegkinderen/{world.files['eigen']['pleegkind']}")
    for text in (first, page):
        for secret in (child["id"], child["nummer"], child["achternaam"], child["roepnaam"]):
            assert secret not in text
    assert igj.get("/toezicht/steekproef?organisatie=BESTAATNIET").status_code == 404
    assert igj.get("/kinderen").status_code == 403
    look = world["beheerder"].look_of(answer)
    assert look
    assert look["handeling"] == "GET /toezicht/dossiers/{pseudoniem}"


def test_a_rise_by_exceptions_alone_is_said_on_the_page(dienst: Dienst, world: World) -> None:
    kwaliteit, path = bladeraar(dienst, world["kwaliteit"]), f"/kwartaaltoetsen/{world.files['eigen']['kwartaaltoets']}"
    assert "alleen van uitzonderingen" not in kwaliteit.read(path)
    with mock.patch.object(toetsen, "trend_of", return_value=quarters((100, 80, 0), (100, 84, 5))):
        page = kwaliteit.read(path).replace("\N{NO-BREAK SPACE}", " ")
    assert "De stijging komt alleen van uitzonderingen." in page
    assert "Navolgbaar ging van 80,0 procent naar 84,0 procent. Zonder uitzonderingen ging het van 80,0" in page
