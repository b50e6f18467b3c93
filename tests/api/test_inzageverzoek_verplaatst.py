"""What was recorded with the wrong child: in neither file that is given stand words of the other."""

from pathlib import Path

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.inzagedossier import Dossier, Vraag, add_kind, inhoud_of, text_of

GEZEGD = "Ik slaap liever bij mijn nicht."


def test_a_moved_fact_is_given_to_the_right_child_alone(vraag: Vraag, dossier: Dossier, tmp_path: Path) -> None:
    other = add_kind(dossier, "2011-05-06", roepnaam="Duifje", achternaam="Waterhoen")
    ids = {**dossier.ids, "pleegkind": other["id"]}
    body = {**SOORTEN_VAN_FEIT["plaatsing"].body(ids), "vorm": "deeltijd"}
    ids["plaatsing"] = dossier.beheerder.made("/plaatsingen", body).id
    talk = SOORTEN_VAN_FEIT["kindgesprek"]
    said = {"stemVanHetKind": GEZEGD, "kindVoeldeZichVeilig": "nee", "datum": "2026-09-30"}
    made = dossier.teamleider.made(talk.path(dossier.ids), {**talk.body(dossier.ids), **said})
    path = f"/kindgesprekken/{made.id}"
    right = dossier.teamleider.made(f"{path}/correctie", {"reden": GEZEGD, "vorm": "telefoon"}, etag=made.etag)
    why = {"reden": "Dit zei Duifje Waterhoen, en Duifje niet Sam.", "plaatsingId": ids["plaatsing"]}
    new = dossier.teamleider.made(f"{path}/verplaatsing", why, etag=right.etag)

    (gone,) = [feit for feit in inhoud_of(vraag())["feiten"] if feit["id"] == made.id]
    assert (gone["verplaatst"], gone["ingetrokken"], gone["datum"]) == (True, True, "2026-09-30")
    assert [one["inhoud"] for one in gone["versies"]] == [{}, {}, {}]
    assert [one["wijzigingsreden"] for one in gone["versies"]] == [
        None, None, "Dit zei [naam weggelaten], en [naam weggelaten] niet Sam.",
    ]  # fmt: skip
    pdf = tmp_path / "inzage.pdf"
    assert vraag(formaat="pdf", uitvoer=str(pdf)).code == 0
    assert "hoort bij een ander kind" in text_of(pdf)
    for text in (vraag().out, text_of(pdf)):
        assert GEZEGD not in text
        assert "Duifje" not in text

    (given,) = [feit for feit in inhoud_of(vraag(other["nummer"]))["feiten"] if feit["id"] == new.id]
    assert (given["verplaatst"], [one["inhoud"]["stemVanHetKind"] for one in given["versies"]]) == (False, [GEZEGD])
