"""List, dossier, CSV, XLSX, PDF, key figures, inspecteur and audit say the same of the second catalogue.

Of every child of the demo as it is loaded, on the last day of the first quarter that is judged by it: the audit is a
concept still.
"""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from tests.api.client import Dienst
from tests.api.conftest import DemoUser
from tests.api.test_alles_zegt_hetzelfde import Alles, facts_of
from tests.api.toezicht import STANDEN, investigate

P = "2026-12-31"
OPVOLGING = ("OPV-O", "OPV-B", "OPV-H")
NIEUW = (*OPVOLGING, "ZIEN", "KAG-D", "ZP", "ACT")
#: what is about the child wherever it lives or lived; the rest of a row is about its plaatsing
VAN_HET_KIND = ("OPV-O", "OPV-B", "ZP", "ACT")


@pytest.fixture(scope="module")
def alles(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Alles:
    onderzoek = investigate(demo, dienst)
    concept = onderzoek.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q4"}).id
    about = type(onderzoek)(**{**vars(onderzoek), "toets": concept})
    rows, _ = about.audit()
    return Alles(about, {row["pleegkind"]["nummer"]: row for row in rows})


def oordelen(alles: Alles, *normen: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each judgement of some norms, with its row."""
    for row in alles.rows.values():
        yield from ((row, one) for one in row["oordelen"] if one["norm"] in normen)


def test_the_demo_has_all_kinds_of_rows(alles: Alles) -> None:
    found = Counter(one["norm"] for _, one in oordelen(alles, *NIEUW))
    assert all(found[norm] > 1 for norm in NIEUW), found
    assert {row["zienStand"] for row in alles.rows.values()} >= {None, "te_laat"}
    assert {row["opvolgingStand"] for row in alles.rows.values()} >= {None, "te_laat"}
    assert {row["zichtplan"] for row in alles.rows.values()} == {True, False}


def test_the_dossier_of_every_child_says_what_its_row_says(alles: Alles) -> None:
    """Both ways for what is about the child: the row forgets none of it."""
    for nummer, row in alles.rows.items():
        path = f"/pleegkinderen/{row['pleegkind']['id']}/termijnen?peildatum={row['peildatum']}"
        shown = {(one["norm"], one["onderwerp"]["id"]): facts_of(one) for one in alles.onderzoek.kwaliteit.rows(path)}
        said = {(one["norm"], one["onderwerp"]["id"]): facts_of(one) for one in row["oordelen"]}
        new = {key: facts for key, facts in said.items() if key[0] in NIEUW}
        assert new.items() <= shown.items(), nummer
        assert {key for key in shown if key[0] in VAN_HET_KIND} <= new.keys(), nummer


def test_a_row_sums_up_its_own_judgements(alles: Alles) -> None:
    for nummer, row in alles.rows.items():
        seen = [one for one in row["oordelen"] if one["norm"] == "ZIEN"]
        assert [row["zienStand"]] == ([one["stand"] for one in seen] or [None]), nummer
        assert row["zienLaatste"] == (seen[0]["laatste"]["datum"] if seen and seen[0]["laatste"] else None)
        acted = {one["stand"] for one in row["oordelen"] if one["norm"] in OPVOLGING}
        assert row["opvolgingStand"] == next((one for one in ("te_laat", "nadert", "op_tijd") if one in acted), None)
        plans = [one for one in row["oordelen"] if one["norm"] == "ZP"]
        assert bool(plans) <= row["zichtplan"], nummer


@pytest.mark.parametrize("norm", NIEUW)
def test_the_list_says_the_same_of_every_child_that_is_judged_on_that_day(alles: Alles, norm: str) -> None:
    judged = {row["pleegkind"]["id"] for row in alles.rows.values() if row["peildatum"] == P}
    listed = [
        (one["pleegkindId"], one["onderwerp"]["id"], facts_of(one))
        for stand in STANDEN
        for one in alles.onderzoek.kwaliteit.walk(f"/termijnen?peildatum={P}&norm={norm}&stand={stand}&limit=200")
        if one["pleegkindId"] in judged
    ]
    said = [
        (row["pleegkind"]["id"], one["onderwerp"]["id"], facts_of(one))
        for row, one in oordelen(alles, norm)
        if row["peildatum"] == P
    ]
    if norm in VAN_HET_KIND:
        assert sorted(listed) == sorted(said)
    else:  # a row leaves out what is about a plaatsing beside its own
        assert set(map(str, said)) <= set(map(str, listed))


def test_the_children_for_whom_somebody_should_have_acted_lead_the_list(alles: Alles) -> None:
    judged = {row["pleegkind"]["id"]: row for row in alles.rows.values() if row["peildatum"] == P}
    late = {kind for kind, row in judged.items() if row["opvolgingStand"] == "te_laat"}
    listed = [one["id"] for one in alles.onderzoek.kwaliteit.walk(f"/pleegkinderen?peildatum={P}&limit=200")]
    assert late
    places = [place for place, kind in enumerate(listed) if kind in late]
    others = [place for place, kind in enumerate(listed) if kind in judged and kind not in late]
    assert max(places) < min(others)
    open_ = {row["pleegkind"]["id"] for row, one in oordelen(alles, *OPVOLGING) if one["uiterlijk"] is not None}
    asked = alles.onderzoek.kwaliteit.walk(f"/pleegkinderen?peildatum={P}&opvolging=open&limit=200")
    assert {one["id"] for one in asked} & judged.keys() == open_ & judged.keys()


def test_csv_and_xlsx_say_it_of_every_child(alles: Alles) -> None:
    written, sheet = alles.csv_and_sheet()
    assert written.keys() == sheet.keys() == alles.rows.keys()
    for nummer, row in alles.rows.items():
        zien, opvolging = row["zienStand"] or "nvt", row["opvolgingStand"] or "nvt"
        plan = "ja" if row["zichtplan"] else "nee"
        assert list(written[nummer].values())[22:] == [zien, row["zienLaatste"] or "", opvolging, plan]
        shown = sheet[nummer]
        words = [str(shown[kop]).replace("n.v.t.", "nvt").replace(" ", "_") for kop in ("Kind gezien", "Opvolging")]
        assert words == [zien, opvolging], nummer
        assert (str(shown["Voor het laatst\ngezien"]), shown["Zichtplan"]) == (row["zienLaatste"] or "", plan)


def test_the_key_figures_count_these_rows(alles: Alles) -> None:
    groepen = alles.onderzoek.kwaliteit.read(f"/kwartaaltoetsen/{alles.onderzoek.toets}/kengetallen")["groepen"]
    whole, rows = groepen[0]["alle"], list(alles.rows.values())
    opvolging = whole["opvolging"]
    assert opvolging["rijenTeLaat"] == sum(row["opvolgingStand"] == "te_laat" for row in rows)
    every = [one for row in rows for one in row["aanleidingen"]]
    assert opvolging["aanleidingen"] == len(every) > 0
    for stap in ("overleg", "besluit"):
        due = [one[stap] for one in every if one[stap]["uiterlijk"] <= P]
        on_time = [one for one in due if one["op"] and one["op"] <= one["uiterlijk"]]
        without = [one for one in due if one["op"] is None]
        assert opvolging[stap] == {"vervallen": len(due), "opTijd": len(on_time), "zonder": len(without)}
    asked = [row["zienStand"] for row in rows if row["zienStand"]]
    seen = [one for one in asked if one in ("op_tijd", "nadert")]
    assert whole["gezien"] == {"vanToepassing": len(asked), "gezien": len(seen)}
    assert whole["zichtplannen"] == sum(row["zichtplan"] for row in rows)
    for soort in ("leeftijd", "maatregel"):
        parts = [one["alle"] for one in groepen if one["soort"] == soort]
        assert sum(one["rijen"] for one in parts) == len(rows)
        assert sum(one["opvolging"]["rijenTeLaat"] for one in parts) == opvolging["rijenTeLaat"]
        assert sum(one["opvolging"]["aanleidingen"] for one in parts) == len(every)


def test_the_first_page_of_the_report_says_for_how_many_nobody_acted(alles: Alles) -> None:
    front = PdfReader(io.BytesIO(alles.export("pdf"))).pages[0].extract_text()
    late = sum(row["opvolgingStand"] == "te_laat" for row in alles.rows.values())
    said = " ".join(front.split())
    assert late > 1
    assert f"Bij {late} kinderen had iemand na een zorg moeten handelen en is dat niet vastgelegd." in said


def test_the_inspecteur_sees_aanleidingen_and_steps_without_what_anybody_wrote(alles: Alles) -> None:
    onderzoek, seen = alles.onderzoek, Counter[str]()
    for row in alles.rows.values():
        kind = row["pleegkind"]["id"]
        steps = onderzoek.kwaliteit.rows(f"/pleegkinderen/{kind}/opvolgstappen?limit=200")
        answer = onderzoek.inspecteur.get(f"/toezicht/dossiers/{onderzoek.namen.of('pleegkind', kind)}")
        dossier = answer.json()
        shown = [one for one in dossier["tijdlijn"] if one["soort"] == "opvolgstap"]
        own = [
            (onderzoek.namen.of("opvolgstap", one["id"]), one["datum"], one["stap"], one["met"], one["besluit"])
            for one in steps
        ]
        found = [
            (one["pseudoniem"], one["datum"], *(one["kenmerken"][name] for name in ("stap", "met", "besluit")))
            for one in shown
        ]
        assert sorted(map(str, found)) == sorted(map(str, own))
        assert all(set(one["kenmerken"]) == {"stap", "met", "besluit"} for one in shown)
        words = [one["toelichting"] for one in steps if one["toelichting"]]
        assert not [text for text in words if text in answer.text]
        about = {(one["norm"], one["onderwerp"]["pseudoniem"]) for one in dossier["termijnen"]}
        own_about = {
            (one["norm"], onderzoek.namen.of(one["onderwerp"]["soort"], one["onderwerp"]["id"]))
            for one in onderzoek.kwaliteit.rows(f"/pleegkinderen/{kind}/termijnen")
        }
        assert about == own_about
        seen += Counter(stappen=len(steps), woorden=len(words), zorgen=sum(norm in OPVOLGING for norm, _ in about))
    assert all(seen[name] for name in ("stappen", "woorden", "zorgen")), seen
