"""Every rule of entry at both doors: the workbook and the API refuse the same.

``REGELS`` is the list. A fault code that no rule has, a rule in ``app.invoer`` that one of the doors does not ask, and
a rule without a sample at a door where it holds: each is red here.
"""

import ast
from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from httpx2 import Response

import app
from app.imports.bekend import Bekend, BekendePlaatsing, BekendFeit
from app.imports.faults import FoutCode
from app.imports.teams import Teams
from app.invoer.regels import REGELS, Invoerregel
from app.terms import PlaatsingVorm
from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.files import Kind, overdue_child
from tests.api.world import World
from tests.imports import bouw

BRON = Path(app.__file__).parent
_HUIZEN = ("datums", "levens", "opvolging", "personen", "teams", "tekst", "uitzonderingen")
#: what is wrong with a file, its sheets or its cells, before there is anything to enter
VAN_HET_BESTAND = {
    FoutCode.ONBEKENDE_KOLOM, FoutCode.ONBEKEND_BLAD, FoutCode.FORMULE_ZONDER_WAARDE, FoutCode.SAMENGEVOEGDE_CELLEN,
    FoutCode.AFHANKELIJK,
}  # fmt: skip
#: what an import says of people and accounts that the API asks by other means
VAN_DE_IMPORT = {"rol_van_account", "identiteit"}

#: the service records at its own moment; a workbook says itself what is in a plaatsing
EEN_DEUR = {"fault_in_recording", "fault_around_events", "fault_in_company"}

P2 = BekendePlaatsing("K2", PlaatsingVorm.VOLTIJD, date(2025, 1, 10), None)
T1 = {"kindgesprekken": {"T1": BekendFeit("P2", date(2025, 6, 1))}}
NIETS: Final = Bekend()
PLAN = {
    "soort": "zichtplan", "waarneming_dagen": 21, "van": date(2026, 10, 1), "herzien_uiterlijk": date(2027, 4, 1),
}  # fmt: skip

#: rule → what is changed in the sound workbook, what is stored, and where the fault is
WERKBOEK: Mapping[str, tuple[Mapping[str, list[dict[str, Any]]], Bekend, tuple[str, str]]] = {
    "verplicht": ({"huisbezoeken": [{"datum": ""}]}, NIETS, ("huisbezoeken", "datum")),
    "bestaande_datum": ({"huisbezoeken": [{"datum": "30-2-2025"}]}, NIETS, ("huisbezoeken", "datum")),
    "bestaande_waarde": ({"vgbs": [{"status": "zoek"}]}, NIETS, ("vgbs", "status")),
    "bekende_verwijzing": ({"evaluaties": [{"pleeggezin": "G9"}]}, NIETS, ("evaluaties", "pleeggezin")),
    "leesbare_regel": ({"veiligheidschecks": [{"instrument": "\u200b"}]}, NIETS, ("veiligheidschecks", "instrument")),
    "leesbare_tekst": ({"uitzonderingen": [{"reden": "a\x1bb"}]}, NIETS, ("uitzonderingen", "reden")),
    "elfproef": ({"pleegkinderen": [{"bsn": "123456789"}]}, NIETS, ("pleegkinderen", "bsn")),
    "niet_na_vandaag": ({"evaluaties": [{"datum": date(2026, 11, 22)}]}, NIETS, ("evaluaties", "datum")),
    "begin_binnen_een_jaar": ({"maatregelen": [{"van": date(2062, 1, 1)}]}, NIETS, ("maatregelen", "van")),
    "einde_na_begin": ({"maatregelen": [{"tot": date(2025, 1, 9)}]}, NIETS, ("maatregelen", "tot")),
    "binnen_de_plaatsing": ({"huisbezoeken": [{"datum": date(2025, 1, 9)}]}, NIETS, ("huisbezoeken", "datum")),
    "herziening_op_tijd": (
        {"uitzonderingen": [{"herzien_uiterlijk": date(2026, 1, 1)}]}, NIETS, ("uitzonderingen", "herzien_uiterlijk"),
    ),
    "zichtplan_over_gesprekken": (
        {"uitzonderingen": [{**PLAN, "normen": "VC-J"}]}, NIETS, ("uitzonderingen", "soort"),
    ),
    "waarneming_bij_zichtplan": (
        {"uitzonderingen": [{**PLAN, "waarneming_dagen": ""}]}, NIETS, ("uitzonderingen", "waarneming_dagen"),
    ),
    "nooit_een_uitzondering": (
        {"uitzonderingen": [{"normen": "CAL-3", "van": date(2026, 10, 1), "herzien_uiterlijk": date(2026, 10, 2)}]},
        NIETS, ("uitzonderingen", "normen"),
    ),
    "conclusie_na_twijfel": (
        {"signalen": [{"conclusie_op": date(2026, 10, 5)}]}, NIETS, ("signalen", "conclusie_op"),
    ),
    "stap_over_een_aanleiding": ({"signalen": [{"calamiteit": "nee"}]}, NIETS, ("opvolgstappen", "aanleiding")),
    "stap_na_zijn_aanleiding": (
        {"opvolgstappen": [{"datum": date(2026, 10, 1)}]}, NIETS, ("opvolgstappen", "datum"),
    ),
    "stap_zegt_met_wie_of_wat": ({"opvolgstappen": [{"met": ""}]}, NIETS, ("opvolgstappen", "met")),
    "niet_voor_de_geboorte": ({"signalen": [{"datum": date(2015, 5, 4)}]}, NIETS, ("signalen", "datum")),
    "niet_te_oud_voor_zorg": (
        {"pleegkinderen": [{"geboortedatum": date(1998, 6, 1)}], "uitzonderingen": [{"normen": "MDO"}]},
        NIETS, ("uitzonderingen", "van"),
    ),
    "niet_ouder_dan_110": (
        {"gezinsleden": [{"geboortedatum": date(1910, 7, 6)}]}, NIETS, ("gezinsleden", "geboortedatum"),
    ),
    "geboorte_voor_de_feiten": (
        {"pleegkinderen": [{"geboortedatum": date(2015, 5, 5)}]},
        Bekend(
            geboren={"pleegkinderen": {"K1": date(2014, 1, 1)}},
            feiten={"signalen": {"X9": BekendFeit("K1", date(2015, 1, 1))}},
        ),
        ("pleegkinderen", "geboortedatum"),
    ),
    "vastgelegd_na_datum": (
        {"evaluaties": [{"vastgelegd_op": date(2025, 5, 31)}]}, NIETS, ("evaluaties", "vastgelegd_op"),
    ),
    "een_plek_tegelijk": (
        {"plaatsingen": [{}, {"nummer": "P2", "van": date(2026, 2, 1)}]}, NIETS, ("plaatsingen", "van"),
    ),
    "een_bsn_per_kind": ({}, Bekend(bsn_van=lambda _: {"K9"}), ("pleegkinderen", "bsn")),
    "blijft_bij_het_kind": ({}, Bekend(plaatsingen={"P2": P2}, feiten=T1), ("kindgesprekken", "plaatsing")),
    "vier_ogen": ({"uitzonderingen": [{"goedgekeurd_door": "M1"}]}, NIETS, ("uitzonderingen", "goedgekeurd_door")),
    "geen_gesloten_team": ({}, Bekend(teams=Teams({"Team Duinrand": 1})), ("medewerkers", "team")),
    "een_nummer_per_rij": ({"evaluaties": [{}, {}]}, NIETS, ("evaluaties", "nummer")),
}  # fmt: skip


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def body(soort: str, kind: Kind, /, **over: Any) -> dict[str, Any]:
    return {**SOORTEN_VAN_FEIT[soort].body(kind.ids), **over}


def path_of(soort: str, kind: Kind) -> str:
    return SOORTEN_VAN_FEIT[soort].path(kind.ids)


def post(soort: str, /, **over: Any) -> Callable[[Kind, World], Response]:
    """Return what records one of a kind at the API with fields changed."""

    def send(kind: Kind, world: World) -> Response:
        return world["teamleider"].post(path_of(soort, kind), body(soort, kind, **over))

    return send


def without_a_day(kind: Kind, world: World) -> Response:
    return world["teamleider"].post(path_of("huisbezoek", kind), {"plaatsingId": kind.ids["plaatsing"]})


def shrink_plaatsing(kind: Kind, world: World) -> Response:
    other = overdue_child(world)
    world["teamleider"].made(path_of("huisbezoek", other), body("huisbezoek", other))
    plaatsing = world["teamleider"].get(f"/plaatsingen/{other.ids['plaatsing']}")
    change = {"reden": "later begonnen", "van": "2026-10-02"}
    path = f"/plaatsingen/{other.ids['plaatsing']}/correctie"
    return world["teamleider"].post(path, change, etag=plaatsing.headers["ETag"])


def place_an_adult(kind: Kind, world: World) -> Response:
    adult = world["teamleider"].made("/pleegkinderen", body("pleegkind", kind, geboortedatum="1999-06-01")).id
    return world["teamleider"].post("/plaatsingen", body("plaatsing", kind, pleegkindId=adult))


def give_a_later_birth(kind: Kind, world: World) -> Response:
    shown = world["teamleider"].get(kind.path)
    return world["teamleider"].patch(kind.path, {"geboortedatum": "2026-06-02"}, etag=shown.headers["ETag"])


def give_the_same_bsn(kind: Kind, world: World) -> Response:
    bsn = kanarie.bsn()
    world["teamleider"].made("/pleegkinderen", body("pleegkind", kind, bsn=bsn))
    return world["teamleider"].post("/pleegkinderen", body("pleegkind", kind, bsn=bsn))


def move_a_talk(kind: Kind, world: World) -> Response:
    talk = world["teamleider"].made(path_of("kindgesprek", kind), body("kindgesprek", kind))
    change = {"reden": "verkeerd kind", "plaatsingId": world.files["team"]["plaatsing"]}
    return world["teamleider"].post(f"/kindgesprekken/{talk.id}/correctie", change, etag=talk.etag)


def approve_ones_own(kind: Kind, world: World) -> Response:
    own = world["gedragswetenschapper"].made(f"{kind.path}/uitzonderingen", body("uitzondering", kind))
    return world["gedragswetenschapper"].post(f"/uitzonderingen/{own.id}/goedkeuring")


def come_into_a_closed_team(_: Kind, world: World) -> Response:
    beheer = world["beheerder"]
    team = beheer.made("/teams", {"naam": f"Team {uuid4()}"}).id
    beheer.made(f"/teams/{team}/sluiting", {})
    body = {"naam": "Noor Bos", "rol": "pleegzorgbegeleider", "teamId": team}
    return beheer.post("/medewerkers", body)


def answer_a_signaal(stap: dict[str, Any] | None = None, **over: Any) -> Callable[[Kind, World], Response]:
    """Return what records a step about a signaal with fields changed."""

    def send(kind: Kind, world: World) -> Response:
        signaal = world["teamleider"].made(path_of("signaal", kind), body("signaal", kind, **over)).id
        kind.ids["signaal"] = signaal
        return world["teamleider"].post(path_of("opvolgstap", kind), body("opvolgstap", kind, **(stap or {})))

    return send


API: Mapping[str, Callable[[Kind, World], Response]] = {
    "verplicht": without_a_day,
    "bestaande_datum": post("huisbezoek", datum="2026-02-30"),
    "bestaande_waarde": post("veiligheidscheck", uitkomst="zoek"),
    "bekende_verwijzing": post("huisbezoek", plaatsingId=str(uuid4())),
    "leesbare_regel": post("veiligheidscheck", instrument="\u200b"),
    "leesbare_tekst": post("uitzondering", reden="a\x1bb"),
    "elfproef": post("pleegkind", bsn="123456789"),
    "niet_na_vandaag": post("ontwikkelbeeld", datum="2026-11-03"),
    "begin_binnen_een_jaar": post("maatregel", van="2027-11-03"),
    "einde_na_begin": post("maatregel", tot="2026-05-31"),
    "binnen_de_plaatsing": post("huisbezoek", datum="2026-05-19"),
    "plaatsing_om_haar_feiten": shrink_plaatsing,
    "herziening_op_tijd": post("uitzondering", herzienUiterlijk="2027-06-01"),
    "zichtplan_over_gesprekken": post("uitzondering", soort="zichtplan", waarnemingDagen=21, normen=["VC-J"]),
    "waarneming_bij_zichtplan": post("uitzondering", soort="zichtplan"),
    "nooit_een_uitzondering": post("uitzondering", normen=["CAL-3"]),
    "conclusie_na_twijfel": post("signaal", conclusieOp="2026-10-05"),
    "alleen_zonder_gezin": post("kindgesprek", aanwezigen=["huisgenoot"]),
    "stap_over_een_aanleiding": answer_a_signaal(calamiteit=False),
    "stap_na_zijn_aanleiding": answer_a_signaal(stap={"datum": "2026-09-30"}),
    "stap_zegt_met_wie_of_wat": answer_a_signaal(stap={"met": None}),
    "niet_van_lang_geleden": post("uitzondering", van="2026-10-01"),
    "niet_voor_de_geboorte": post("signaal", datum="2017-03-03"),
    "niet_te_oud_voor_zorg": place_an_adult,
    "niet_ouder_dan_110": post("gezinslid", geboortedatum="1910-07-06"),
    "geboorte_voor_de_feiten": give_a_later_birth,
    "een_plek_tegelijk": post("plaatsing", van="2026-07-01"),
    "een_bsn_per_kind": give_the_same_bsn,
    "blijft_bij_het_kind": move_a_talk,
    "vier_ogen": approve_ones_own,
    "geen_gesloten_team": come_into_a_closed_team,
}


@pytest.mark.parametrize("regel", [regel for regel in REGELS if regel.werkboek], ids=lambda regel: regel.naam)
def test_the_workbook_keeps_the_rule(regel: Invoerregel) -> None:
    change, bekend, (blad, kolom) = WERKBOEK[regel.naam]
    found = {(fault[0], fault[2], fault[3]) for fault in bouw.found(bouw.check(bouw.boek_met(**change), bekend))}
    assert (blad, kolom, regel.werkboek) in found


@pytest.mark.parametrize("regel", [regel for regel in REGELS if regel.api], ids=lambda regel: regel.naam)
def test_the_api_keeps_the_rule(regel: Invoerregel, kind: Kind, world: World) -> None:
    answer = API[regel.naam](kind, world)
    problem = answer.json()
    assert answer.status_code in {400, 409}, problem
    assert regel.api in {problem["code"], *(error["code"] for error in problem.get("errors", ()))}


@pytest.mark.parametrize("teken", ["\u034f", "\ufe0f", "\u200d", "\u3164", "\U000e0100"], ids=ascii)
def test_no_door_lets_in_what_nobody_sees(teken: str, kind: Kind, world: World) -> None:
    woord = f"Bak{teken}ker"
    answer = post("pleegkind", achternaam=woord)(kind, world)
    assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [("achternaam", "ongeldig_teken")]
    boek = bouw.boek_met(pleegkinderen=[{"achternaam": woord}], medewerkers=[{"naam": woord}])
    found = {(fault[0], fault[2]) for fault in bouw.found(bouw.check(boek, NIETS))}
    assert {("pleegkinderen", "achternaam"), ("medewerkers", "naam")} <= found


def test_a_rule_at_one_door_only_says_why() -> None:
    assert all(regel.werkboek and regel.api for regel in REGELS if not regel.waarom)
    assert all(not regel.werkboek or not regel.api for regel in REGELS if regel.waarom)
    assert len({regel.naam for regel in REGELS}) == len(REGELS)


def test_every_fault_of_a_workbook_is_a_rule() -> None:
    promised = {regel.werkboek for regel in REGELS}
    assert {str(code) for code in FoutCode} - promised - {str(code) for code in VAN_HET_BESTAND} <= VAN_DE_IMPORT


def test_every_fault_of_a_recorded_fact_is_a_rule() -> None:
    """The codes that the services give for what stands in a body, read from their source."""
    said = {
        str(argument.value)
        for naam in ("feiten/checks", "pleegkinderen", "plaatsingen", "uitzonderingen")
        for node in ast.walk(ast.parse((BRON / "services" / f"{naam}.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"fault", "Fault"}
        for argument in node.args[1:]
        if isinstance(argument, ast.Constant)
    }
    codes = {word for word in said if word.replace("_", "").isalpha() and word.islower()}
    assert codes
    assert codes <= {regel.api for regel in REGELS}


@pytest.mark.parametrize(
    "functie",
    [
        naam
        for huis in _HUIZEN
        for naam in vars(import_module(f"app.invoer.{huis}"))
        if naam.startswith("fault_") and naam not in EEN_DEUR
    ],
)
def test_both_doors_ask_the_rule_in_its_home(functie: str) -> None:
    for deur in (("imports",), ("services", "schemas")):
        assert any(functie in path.read_text("utf-8") for naam in deur for path in (BRON / naam).rglob("*.py")), deur
