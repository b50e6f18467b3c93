"""What the service itself makes of a fact of a third party is in no file that a child is given."""

from pathlib import Path

import pytest

from app.services.feiten.gevolgen import BESLIS
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import VANDAAG
from tests.api.inzagedossier import Dossier, Vraag, add_kind, inhoud_of, text_of

WEG = ("het pleeggezin is ingetrokken", "kan blijven wonen")


@pytest.fixture(scope="module")
def acties(dossier: Dossier) -> dict[str, str]:
    """Withdraw the VGB in the child's family, and agree on something too; return both actions of the child."""
    path = f"/gezinsleden/{dossier.ids['gezinslid']}/vgbs"
    dossier.beheerder.made(path, {"status": "ingetrokken", "datum": str(VANDAAG)})
    mine = f"/pleegkinderen/{dossier.ids['pleegkind']}/acties"
    (vanzelf,) = [one["id"] for one in dossier.beheerder.rows(mine) if one["vgbId"]]
    agreed = {"datum": str(VANDAAG), "omschrijving": "School bellen.", "uiterlijk": "2026-11-20"}
    return {"vanzelf": vanzelf, "afgesproken": dossier.teamleider.made(mine, agreed).id}


@pytest.mark.parametrize("formaat", ["json", "pdf"])
def test_an_action_that_came_from_a_withdrawn_vgb_is_not_given(
    vraag: Vraag, acties: dict[str, str], tmp_path: Path, formaat: str
) -> None:
    target = tmp_path / f"dossier.{formaat}"
    done = vraag(formaat=formaat, uitvoer=str(target))
    assert (done.code, done.out) == (0, "")
    whole = " ".join(text_of(target).split())
    assert "School bellen." in whole
    assert [words for words in (BESLIS, *WEG, acties["vanzelf"]) if words in whole] == []


def test_its_deadline_is_not_given_either_and_that_of_what_was_agreed_is(
    vraag: Vraag, dossier: Dossier, acties: dict[str, str]
) -> None:
    inhoud = inhoud_of(vraag())
    shown = dossier.begeleider.rows(f"/pleegkinderen/{dossier.ids['pleegkind']}/termijnen")
    judged = [one["onderwerp"]["id"] for one in shown if one["norm"] == "ACT"]
    given = [one for one in inhoud["feiten"] if one["soort"] == "actie"]
    assert acties["afgesproken"] in {one["id"] for one in given}
    assert acties["vanzelf"] in judged
    assert len([one for one in inhoud["oordelen"] if one["norm"] == "ACT"]) == len(judged) - 1


def test_what_was_moved_to_another_file_stays_what_it_was(vraag: Vraag, dossier: Dossier) -> None:
    """Whoever moved it, the words are about a member of a family."""
    mine, chief = f"/pleegkinderen/{dossier.ids['pleegkind']}/acties", dossier.beheerder
    before = {one["id"] for one in chief.rows(mine)}
    gezin = f"/pleeggezinnen/{dossier.ids['pleeggezin']}"
    lid = chief.made(f"{gezin}/gezinsleden", SOORTEN_VAN_FEIT["gezinslid"].body(dossier.ids)).id
    chief.made(f"/gezinsleden/{lid}/vgbs", {"status": "ingetrokken", "datum": str(VANDAAG)})
    (one,) = [one for one in chief.rows(mine) if one["id"] not in before]
    ander = add_kind(dossier, "2011-05-06", roepnaam="Robin")
    ids = {**dossier.ids, "pleegkind": ander["id"]}
    dossier.beheerder.made("/plaatsingen", {**SOORTEN_VAN_FEIT["plaatsing"].body(ids), "vorm": "deeltijd"})
    etag = dossier.teamleider.get(f"/acties/{one['id']}").headers["etag"]
    moved = {"reden": "Verkeerd kind.", "pleegkindId": ander["id"]}
    dossier.teamleider.made(f"/acties/{one['id']}/verplaatsing", moved, etag=etag)
    inhoud = inhoud_of(vraag(ander["nummer"]))
    assert {feit["soort"] for feit in inhoud["feiten"]} == {"pleegkind", "plaatsing"}
    assert [one["norm"] for one in inhoud["oordelen"] if one["norm"] == "ACT"] == []
    assert BESLIS not in str(inhoud)
