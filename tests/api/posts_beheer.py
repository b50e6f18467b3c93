"""Requests that must be accepted about people, teams, norms, mandates and retention, made fresh each time."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from tests.api.bodies import PLURALS, Json, unique
from tests.api.client import VANDAAG, Gemaakt
from tests.api.files import overdue_child
from tests.api.inspectie import mandaat_body
from tests.api.verzoek import Verzoek, fresh, own_file, period
from tests.api.world import World, vernietiging_body
from tests.imports.bouw import xlsx_of


def _mandaat(world: World) -> Json:
    """Each in days of its own: an inspectie has one mandate at a time."""
    van = VANDAAG + timedelta(days=800 + 10 * next(period))
    periode = {"van": van.isoformat(), "tot": (van + timedelta(days=9)).isoformat()}
    return mandaat_body(own_file(world)["inspectie"], **periode)


def _give_mandaat(world: World) -> Verzoek:
    body = _mandaat(world)
    return Verzoek(world["beheerder"], "POST", "/toezichtsmandaten", body, {**body, "doel": "Iets anders"})


def _withdraw_mandaat(world: World) -> Verzoek:
    made = world["beheerder"].made("/toezichtsmandaten", _mandaat(world))
    path = f"/toezichtsmandaten/{made.id}/intrekking"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "klaar"}, {"reden": "anders"}, made.etag)


_HAKEN = "https://haken.example/"


def _add_webhook(world: World) -> Verzoek:
    """Those made here before end first: an organisatie has few at a time."""
    for one in world["beheerder"].rows("/webhooks"):
        if one["beeindigdOp"] is None and one["adres"].startswith(_HAKEN):
            world["beheerder"].made(f"/webhooks/{one['id']}/beeindiging", {"reden": "een ander"})
    body = {"adres": f"{_HAKEN}{next(period)}"}
    return Verzoek(world["beheerder"], "POST", "/webhooks", body, {"adres": f"{_HAKEN}anders"})


def _end_webhook(world: World) -> Verzoek:
    made = world["beheerder"].made("/webhooks", _add_webhook(world).body)
    path = f"/webhooks/{made.id}/beeindiging"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "klaar"}, {"reden": "anders"}, made.etag)


def _hold(world: World) -> Verzoek:
    body = {"pleegkindId": own_file(world)["pleegkind"], "reden": "Er loopt een strafzaak."}
    return Verzoek(world["beheerder"], "POST", "/bewaarblokkades", body, {**body, "reden": "anders"})


def _lift(world: World) -> Verzoek:
    held = _hold(world)
    made = held.user.made(held.path, held.body)
    path = f"/bewaarblokkades/{made.id}/opheffing"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "klaar"}, {"reden": "anders"}, made.etag)


def _propose(world: World) -> Verzoek:
    """Of a child that was never placed: of one in care nothing is destroyed."""
    body = vernietiging_body(fresh(world, "pleegkind").id)
    return Verzoek(world["beheerder"], "POST", "/vernietigingen", body, {**body, "toelichting": "anders"})


def _judge(world: World) -> Verzoek:
    proposal = _propose(world)
    made = proposal.user.made(proposal.path, proposal.body)
    body = {"oordeel": "goedgekeurd"}
    path = f"/vernietigingen/{made.id}/oordeel"
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "toelichting": "na overleg"}, made.etag)


def _tighten(world: World) -> Verzoek:
    """Each in a year of its own: an organisatie has one version of a norm at a time."""
    van = VANDAAG + timedelta(days=800 + 10 * next(period))
    periode = {"geldigVan": van.isoformat(), "geldigTot": (van + timedelta(days=9)).isoformat()}
    body = {"code": "KAG-R", **periode, "waarschuwingDagen": 30, "parameters": {"maanden": 3}, "toelichting": "scherp"}
    return Verzoek(world["beheerder"], "POST", "/normen", body, {**body, "waarschuwingDagen": 40})


def _withdraw_norm(world: World) -> Verzoek:
    made, why = world["beheerder"].made("/normen", _tighten(world).body), {"reden": "verkeerd getypt"}
    return Verzoek(world["beheerder"], "POST", f"/normen/{made.id}/intrekking", why, {"reden": "anders"})


def _end_norm(world: World) -> Verzoek:
    norm: Json = _tighten(world).body or {}
    made, van = world["beheerder"].made("/normen", norm), date.fromisoformat(norm["geldigVan"])
    body = {"vanaf": (van + timedelta(days=5)).isoformat(), "reden": "niet meer nodig"}
    path = f"/normen/{made.id}/beeindiging"
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "vanaf": (van + timedelta(days=3)).isoformat()})


def _team(world: World) -> Verzoek:
    body, other = {"naam": unique("Team")}, {"naam": unique("Team")}
    return Verzoek(world["beheerder"], "POST", "/teams", body, other)


def _call(world: World) -> Verzoek:
    body = {"functie": "Gedragswetenschapper", "telefoonnummer": "010 123 45 67", "uren": "op werkdagen"}
    path = f"/teams/{_new_team(world)}/belnummers"
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "telefoonnummer": "010 765 43 21"})


def _new_team(world: World) -> str:
    return world["beheerder"].made("/teams", {"naam": unique("Team")}).id


def _rename(world: World) -> Verzoek:
    path, body = f"/teams/{_new_team(world)}/hernoeming", {"naam": unique("Team"), "van": "2026-09-01"}
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "naam": unique("Team")})


def _join(world: World) -> Verzoek:
    path, body = f"/teams/{_new_team(world)}/samenvoeging", {"opgegaanIn": _new_team(world), "van": "2026-09-01"}
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "van": "2026-10-01"})


def _close_team(world: World) -> Verzoek:
    path, body = f"/teams/{_new_team(world)}/sluiting", {"van": "2026-09-01"}
    return Verzoek(world["beheerder"], "POST", path, body, {"van": "2026-10-01"})


def _medewerker(world: World) -> Verzoek:
    account = {"issuer": "https://aanmelden.example", "subject": unique("s")}
    body = {"naam": unique("Medewerker"), "rol": "pleegzorgbegeleider", "teamId": world.teams["noord"]}
    whole = {**body, "email": "kim@voorbeeld.test", "account": account}
    return Verzoek(world["beheerder"], "POST", "/medewerkers", whole, {**whole, "naam": "Anders"}, target="medewerker")


def _new_medewerker(world: World) -> Gemaakt:
    return world["beheerder"].made("/medewerkers", {"naam": unique("Medewerker"), "rol": "pleegzorgbegeleider"})


def _change_medewerker(world: World) -> Verzoek:
    made = _new_medewerker(world)
    body = {"naam": unique("Medewerker"), "teamId": world.teams["zuid"]}
    path = f"/{PLURALS['medewerker']}/{made.id}"
    return Verzoek(world["beheerder"], "PATCH", path, body, {**body, "naam": "A"}, made.etag, "medewerker")


def _revoke(world: World) -> Verzoek:
    made = _new_medewerker(world)
    path, why = f"/medewerkers/{made.id}/intrekking", {"reden": "uit dienst"}
    return Verzoek(world["beheerder"], "POST", path, why, {"reden": "anders"}, made.etag, "medewerker")


def _reinstate(world: World) -> Verzoek:
    made = _new_medewerker(world)
    world["beheerder"].made(f"/medewerkers/{made.id}/intrekking", {"reden": "uit dienst"}, etag=made.etag)
    etag = world["beheerder"].get(f"/medewerkers/{made.id}").headers["etag"]
    path, why = f"/medewerkers/{made.id}/terugkeer", {"reden": "weer in dienst"}
    return Verzoek(world["beheerder"], "POST", path, why, {"reden": "anders"}, etag, "medewerker")


def _hand_over_child(world: World) -> Verzoek:
    kind = overdue_child(world).ids["pleegkind"]
    one = {"pleegkindId": kind, "medewerkerId": world.medewerkers["collega"], "van": VANDAAG.isoformat()}
    body = {"kinderen": [one], "reden": "uit dienst"}
    path = f"/medewerkers/{world.medewerkers['begeleider']}/overdracht"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"})


def _import(world: World) -> Verzoek:
    """A workbook with somebody new, who is nobody's colleague yet."""
    person = {"nummer": unique("W"), "naam": "Werkboek", "rol": "pleegzorgbegeleider"}
    file = b64encode(xlsx_of({"medewerkers": [person]})).decode()
    body: Json = {"bestand": file, "proef": False}
    return Verzoek(world["beheerder"], "POST", "/importen", body, {**body, "proef": True})


def _report(world: World) -> Verzoek:
    body = {"vervangerId": world.medewerkers["collega"], "van": "2026-10-01", "tot": "2026-12-01"}
    path = f"/medewerkers/{_new_medewerker(world).id}/afwezigheden"
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "tot": "2026-12-02"})


def _come_back(world: World) -> Verzoek:
    said = _report(world)
    made = said.user.made(said.path, said.body)
    path, body = f"/afwezigheden/{made.id}/beeindiging", {"tot": "2026-11-20", "reden": "eerder terug"}
    return Verzoek(world["beheerder"], "POST", path, body, {**body, "reden": "anders"}, made.etag)


BEHEER: Mapping[tuple[str, str], Callable[[World], Verzoek]] = {
    ("POST", "/importen"): _import,
    ("POST", "/normen"): _tighten,
    ("POST", "/normen/{id}/intrekking"): _withdraw_norm,
    ("POST", "/normen/{id}/beeindiging"): _end_norm,
    ("POST", "/teams"): _team,
    ("POST", "/teams/{id}/belnummers"): _call,
    ("POST", "/teams/{id}/hernoeming"): _rename,
    ("POST", "/teams/{id}/samenvoeging"): _join,
    ("POST", "/teams/{id}/sluiting"): _close_team,
    ("POST", "/medewerkers"): _medewerker,
    ("PATCH", "/medewerkers/{id}"): _change_medewerker,
    ("POST", "/medewerkers/{id}/intrekking"): _revoke,
    ("POST", "/medewerkers/{id}/terugkeer"): _reinstate,
    ("POST", "/medewerkers/{id}/overdracht"): _hand_over_child,
    ("POST", "/medewerkers/{id}/afwezigheden"): _report,
    ("POST", "/afwezigheden/{id}/beeindiging"): _come_back,
    ("POST", "/toezichtsmandaten"): _give_mandaat,
    ("POST", "/webhooks"): _add_webhook,
    ("POST", "/webhooks/{id}/beeindiging"): _end_webhook,
    ("POST", "/toezichtsmandaten/{id}/intrekking"): _withdraw_mandaat,
    ("POST", "/bewaarblokkades"): _hold,
    ("POST", "/bewaarblokkades/{id}/opheffing"): _lift,
    ("POST", "/vernietigingen"): _propose,
    ("POST", "/vernietigingen/{id}/oordeel"): _judge,
}
