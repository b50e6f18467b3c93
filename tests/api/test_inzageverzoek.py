"""``pleegzicht inzageverzoek``: what a child is given is what was recorded, and nothing of anybody else."""

from pathlib import Path

import pytest

from app.access.dossierkolommen import KOLOMMEN
from app.models.plaats import VERSIE, Plaats
from tests.api.inzagedossier import (
    ANDER_BSN,
    BSN,
    GEKUIST,
    KANARIES,
    NAAM_WEG,
    REDEN,
    TEKST,
    WOORDEN_WEG,
    Dossier,
    Vraag,
    camel,
    cleaned,
    feit_of,
    inhoud_of,
    text_of,
)

# What is in it


def test_every_recorded_field_is_given_and_third_parties_are_not(vraag: Vraag, dossier: Dossier) -> None:
    inhoud = inhoud_of(vraag())
    begeleider = {"naam": dossier.begeleider_naam, "rol": "pleegzorgbegeleider"}
    people = {"medewerker": begeleider, "deelnemers": [begeleider]}
    assert set(dossier.recorded) == {feit["soort"] for feit in inhoud["feiten"]}
    for soort, sent in dossier.recorded.items():
        first = feit_of(inhoud, dossier, soort)["versies"][0]
        given = first["inhoud"]
        for name, value in sent.items():
            match name:
                case "bsn" | "pleegkindId" | "pleeggezinId":
                    assert name not in given, (soort, name)
                case "medewerkerId" | "deelnemers":
                    assert given[name.removesuffix("Id")] == people[name.removesuffix("Id")], (soort, name)
                case "naam" | "jeugdbeschermer":
                    assert given[name] == NAAM_WEG, (soort, name)
                case _:
                    assert given[name] == cleaned(value), (soort, name)
        assert first["versie"] == 1
        assert first["vastgelegdOp"].startswith("2026-11-02T09:00:00")
        assert first["vastgelegdDoor"]["rol"] in ("teamleider", "beheerder")
    assert feit_of(inhoud, dossier, "plaatsing")["versies"][0]["inhoud"]["pleeggezin"] == "pleeggezin 1"


def test_corrections_and_withdrawals_are_given_in_the_order_of_the_timeline(vraag: Vraag, dossier: Dossier) -> None:
    inhoud = inhoud_of(vraag())
    first, second = feit_of(inhoud, dossier, "kindgesprek")["versies"]
    assert (first["inhoud"]["vorm"], second["inhoud"]["vorm"]) == ("fysiek", "beeldbellen")
    assert (first["inhoud"]["datum"], second["inhoud"]["datum"]) == ("2026-10-01", "2026-10-02")
    assert (first["wijzigingsreden"], second["wijzigingsreden"]) == (None, GEKUIST)
    visit = feit_of(inhoud, dossier, "huisbezoek")
    assert visit["ingetrokken"]
    assert [(one["ingetrokken"], one["wijzigingsreden"]) for one in visit["versies"]] == [
        (False, None),
        (True, GEKUIST),
    ]
    first, approved = feit_of(inhoud, dossier, "uitzondering")["versies"]
    assert (first["inhoud"]["goedgekeurdDoor"], approved["inhoud"]["goedkeurderRol"]) == (None, "gedragswetenschapper")
    days = [(feit["datum"] or "9999", feit["id"]) for feit in inhoud["feiten"]]
    assert days == sorted(days, reverse=True)
    tijdlijn = dossier.begeleider.walk(f"/pleegkinderen/{dossier.ids['pleegkind']}/tijdlijn")
    given = [feit["id"] for feit in inhoud["feiten"] if not feit["ingetrokken"] and feit["soort"] != "pleegkind"]
    assert given == [feit["id"] for feit in tijdlijn]
    late = {feit["id"]: feit["versies"][-1]["laatGeregistreerd"] for feit in inhoud["feiten"]}
    assert {feit["id"]: feit["laatGeregistreerd"] for feit in tijdlijn}.items() <= late.items()
    assert any(late.values())


def test_the_judgements_are_those_of_today_and_of_third_parties_only_how_it_stands(
    vraag: Vraag, dossier: Dossier
) -> None:
    inhoud = inhoud_of(vraag())
    shown = dossier.begeleider.rows(f"/pleegkinderen/{dossier.ids['pleegkind']}/termijnen")
    assert [(one["norm"], one["stand"]) for one in inhoud["oordelen"]] == [(one["norm"], one["stand"]) for one in shown]
    about_others = 0
    for ours, theirs in zip(inhoud["oordelen"], shown, strict=True):
        if theirs["onderwerp"]["soort"] in ("gezinslid", "pleeggezin"):
            about_others += 1
            hidden = ("uiterlijk", "teLaatSinds", "dagenTeLaat", "laatste", "uitleg")
            assert [ours[name] for name in hidden] == [None] * 5
            continue
        assert ours["uitleg"]["regel"] == theirs["uitleg"]["regel"]
        assert [one["reden"] for one in ours["uitleg"]["teldenNiet"]] == [
            one["reden"] for one in theirs["uitleg"]["teldenNiet"]
        ]
        assert (ours["uiterlijk"], ours["dagenTeLaat"]) == (theirs["uiterlijk"], theirs["dagenTeLaat"])
    assert 0 < about_others < len(shown)


def test_it_says_who_looked_why_and_with_which_reason_the_glass_was_broken(vraag: Vraag, dossier: Dossier) -> None:
    vraag()  # a request is a look of its own, which the next one shows
    logged = dossier.beheerder.walk(f"/inzagen?limit=200&pleegkind={dossier.ids['pleegkind']}")
    inhoud = inhoud_of(vraag())
    given = inhoud["inzagen"]
    assert [one["id"] for one in given] == [one["id"] for one in logged]
    for ours, theirs in zip(given, logged, strict=True):
        outside = theirs["rol"] == "inspecteur"
        assert ours["naam"] == (NAAM_WEG if outside else theirs["naam"])
        for name in ("op", "rol", "namens", "soort", "handeling", "noodtoegang", "uitkomst"):
            assert ours[name] == theirs[name], name
        assert ours["doel"] == theirs["doel"].replace(TEKST, GEKUIST)
        assert ours["redenNoodtoegang"] == ([GEKUIST] if theirs["noodtoegang"] else [])
    assert {one["rol"] for one in given} >= {"inspecteur", "pleegzorgbegeleider", "beheerder", "teamleider"}
    assert [one["handeling"] for one in given if one["noodtoegang"]] == ["GET /v1/pleegkinderen/{id}/tijdlijn"]
    assert given[0]["handeling"] == "pleegzicht inzageverzoek"
    (opened,) = inhoud["noodtoegangen"]
    assert (opened["reden"], opened["medewerker"]["rol"]) == (GEKUIST, "pleegzorgbegeleider")
    assert (opened["bespreking"]["toelichting"], opened["bespreking"]["door"]["rol"]) == (GEKUIST, "teamleider")
    assert set(given[0]) == {
        "id", "op", "naam", "rol", "namens", "soort", "handeling", "doel", "noodtoegang", "redenNoodtoegang",
        "uitkomst",
    }  # fmt: skip


def test_the_head_says_whose_file_it_is_who_asked_and_on_what_ground(vraag: Vraag, dossier: Dossier) -> None:
    inhoud = inhoud_of(vraag())
    assert inhoud["pleegkind"] == {
        "id": dossier.ids["pleegkind"],
        "nummer": dossier.kindnummer,
        "roepnaam": "Sam",
        "achternaam": "de Vries",
        "geboortedatum": "2012-03-04",
        "opgegaan": [],
    }
    assert (inhoud["leeftijd"], inhoud["peildatum"], inhoud["op"]) == (14, "2026-11-02", "2026-11-02T09:00:00Z")
    assert (inhoud["verzoeker"], inhoud["reden"]) == ("kind", REDEN)
    assert inhoud["grond"] == "Vanaf 12 jaar heeft een kind recht op inzage in het eigen dossier."
    assert inhoud["door"] == {"naam": "Bea Beheer", "rol": "beheerder"}
    assert inhoud["organisatie"]["code"] == dossier.code


# What is not in it


@pytest.mark.parametrize("formaat", ["json", "pdf"])
def test_no_name_of_a_third_party_and_no_bsn_anywhere(
    vraag: Vraag, dossier: Dossier, tmp_path: Path, formaat: str
) -> None:
    target = tmp_path / f"dossier.{formaat}"
    done = vraag(formaat=formaat, uitvoer=str(target))
    assert (done.code, done.out) == (0, "")
    whole = text_of(target)
    said = f"{whole} {done.err}".casefold()
    assert "sam de vries" in said or "de vries" in said
    assert [word for word in KANARIES if word in said] == []
    digits = "".join(sign for sign in said if sign.isdigit())
    assert BSN not in digits
    assert ANDER_BSN not in digits
    assert whole.count("weggelaten]") > 20


def test_what_the_child_said_is_given_to_others_only_when_that_was_decided(vraag: Vraag, dossier: Dossier) -> None:
    places = {
        (soort, kolom)
        for soort, kolommen in KOLOMMEN.items()
        for kolom, plaats in kolommen.items()
        if plaats is Plaats.EIGEN_WOORDEN
    }
    assert ("kindgesprek", "stem_van_het_kind") in places
    for options, given in ((["--met-eigen-woorden"], True), ([], False)):
        inhoud = inhoud_of(vraag(dossier.kindnummer, *options, verzoeker="gezagsdrager"))
        assert inhoud["grond"].startswith("Tot 16 jaar")
        for soort, kolom in places:
            value = feit_of(inhoud, dossier, soort)["versies"][0]["inhoud"][camel(kolom)]
            assert value is not None, (soort, kolom)  # or nothing is tried
            assert (WOORDEN_WEG not in value if isinstance(value, list) else value != WOORDEN_WEG) == given, (
                soort,
                kolom,
            )


def test_every_shown_column_is_in_the_json_and_no_other(vraag: Vraag, dossier: Dossier) -> None:
    inhoud = inhoud_of(vraag())
    for feit in inhoud["feiten"]:
        kolommen = KOLOMMEN[feit["soort"]]
        wanted = {
            camel(kolom if plaats is Plaats.FEIT else kolom.removesuffix("_id"))
            for kolom, plaats in kolommen.items()
            if plaats is not Plaats.WEG and kolom not in VERSIE
        }
        for versie in feit["versies"]:
            assert set(versie["inhoud"]) == wanted, feit["soort"]
