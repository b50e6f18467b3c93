"""Two files of one child that became one: what either said is the child's, its name and nummer of then included."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.inzagedossier import Dossier, Vraag, add_kind, inhoud_of, last_look, text_of

WEG = "Dit trekken we in."
GEZEGD = "Toen ik nog Ijsvogel heette, woonde ik bij Kolibrie Nachtegaal."


class Samen:
    """A child whose file stays, and the file that went up in it with a talk, and one that was withdrawn."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.blijft = add_kind(dossier, "2011-05-06", roepnaam="Noor", achternaam="Nieuwenaam")
        self.ander = add_kind(dossier, "2011-05-06", roepnaam="Noortje", achternaam="Ijsvogel")
        ids = {**dossier.ids, "pleegkind": self.ander["id"]}
        placed = {**SOORTEN_VAN_FEIT["plaatsing"].body(ids), "vorm": "deeltijd"}
        ids["plaatsing"] = self.plaatsing = dossier.beheerder.made("/plaatsingen", placed).id
        talk = SOORTEN_VAN_FEIT["kindgesprek"]
        said = {**talk.body(ids), "stemVanHetKind": GEZEGD}
        self.talk = dossier.teamleider.made(talk.path(ids), said).id
        gone = dossier.teamleider.made(talk.path(ids), {**talk.body(ids), "datum": "2026-09-01"})
        dossier.teamleider.made(f"/kindgesprekken/{gone.id}/intrekking", {"reden": WEG}, etag=gone.etag)
        self.gone = gone.id

    def merge(self) -> str:
        body = {"anderKindId": self.ander["id"], "reden": "Noortje Ijsvogel is hetzelfde kind."}
        path = f"/pleegkinderen/{self.blijft['id']}/samenvoeging"
        proposed = self.dossier.teamleider.made(path, body).id
        self.dossier.beheerder.made(f"/samenvoegingen/{proposed}/goedkeuring")
        return proposed


@pytest.fixture
def samen(dossier: Dossier) -> Samen:
    return Samen(dossier)


def _feiten(inhoud: Mapping[str, Any]) -> dict[str, Any]:
    return {feit["id"]: feit for feit in inhoud["feiten"]}


@pytest.mark.parametrize("which", ["blijft", "ander"])
def test_either_nummer_gives_all_of_both(samen: Samen, vraag: Vraag, which: str, tmp_path: Path) -> None:
    samen.merge()
    nummer = getattr(samen, which)["nummer"]
    inhoud = inhoud_of(vraag(nummer))
    kind = inhoud["pleegkind"]
    assert (kind["id"], kind["nummer"], kind["achternaam"]) == (
        samen.blijft["id"], samen.blijft["nummer"], "Nieuwenaam",
    )  # fmt: skip
    assert [(one["id"], one["nummer"], one["roepnaam"], one["achternaam"]) for one in kind["opgegaan"]] == [
        (samen.ander["id"], samen.ander["nummer"], "Noortje", "Ijsvogel")
    ]
    feiten = _feiten(inhoud)
    (talk,) = feiten[samen.talk]["versies"]
    assert talk["inhoud"]["stemVanHetKind"] == "Toen ik nog Ijsvogel heette, woonde ik bij [naam weggelaten]."
    assert [one["wijzigingsreden"] for one in feiten[samen.plaatsing]["versies"]] == [
        None, "samengevoegd: Noortje Ijsvogel is hetzelfde kind.",
    ]  # fmt: skip
    assert [one["wijzigingsreden"] for one in feiten[samen.gone]["versies"]] == [None, WEG]
    assert feiten[samen.ander["id"]]["versies"][0]["inhoud"]["achternaam"] == "Ijsvogel"
    pdf = tmp_path / "inzage.pdf"
    assert vraag(nummer, formaat="pdf", uitvoer=str(pdf)).code == 0
    assert f"Noortje Ijsvogel, nummer {samen.ander['nummer']}" in text_of(pdf)


def test_who_looked_in_either_is_told_and_the_log_names_both(samen: Samen, vraag: Vraag) -> None:
    before = [look["handeling"] for look in inhoud_of(vraag(samen.ander["nummer"]))["inzagen"]]
    assert "POST /v1/kindgesprekken/{id}/intrekking" in before
    samen.merge()
    after = [look["handeling"] for look in inhoud_of(vraag(samen.blijft["nummer"]))["inzagen"]]
    assert set(before) <= set(after)
    assert {samen.blijft["id"], samen.ander["id"]} <= set(last_look(samen.dossier)["pleegkinderen"])


def test_files_that_are_two_again_are_two_children(samen: Samen, vraag: Vraag) -> None:
    proposed = samen.merge()
    samen.dossier.beheerder.made(f"/samenvoegingen/{proposed}/herstel", {"reden": "toch een zus"})
    inhoud = inhoud_of(vraag(samen.blijft["nummer"]))
    assert inhoud["pleegkind"]["opgegaan"] == []
    assert samen.talk not in _feiten(inhoud)
    assert samen.talk in _feiten(inhoud_of(vraag(samen.ander["nummer"])))
