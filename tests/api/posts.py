"""A request that must be accepted for every POST and PATCH of the route table, made fresh each time it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from httpx2 import Response

from tests.api.bodies import KINDS, PLURALS, SOORTEN_VAN_FEIT, VERPLAATSBAAR, Ids, Json, Soort, unique, waarheen
from tests.api.client import VANDAAG, Gebruiker, Gemaakt
from tests.api.files import overdue_child
from tests.api.inspectie import mandaat_body
from tests.api.world import World, noodtoegang_body, vernietiging_body

_period = count()


@dataclass(frozen=True)
class Verzoek:
    """One request, ready to be sent by somebody who may.

    Attributes:
        user: who may.
        method: POST or PATCH.
        path: with the ids in it.
        body: accepted.
        changed: another body that would be accepted as well.
        etag: for If-Match, where a version is changed.
        target: the kind that is recorded or changed.
    """

    user: Gebruiker
    method: str
    path: str
    body: Json | None
    changed: Json
    etag: str | None = None
    target: str = ""

    @property
    def is_new(self) -> bool:
        """Whether something is recorded that was not there, instead of a step with what was."""
        return self.path.split("/")[-1] in KINDS

    def send(self, *, key: str | None = None, **headers: str) -> Response:
        return self.user.ask(self.method, self.path, self.body, key=key, etag=self.etag, **headers)

    def with_body(self, body: Any) -> "Verzoek":
        return replace(self, body=body)


Maker = Callable[[], Verzoek]


def every_write(world: World) -> Mapping[tuple[str, str], Maker]:
    """Return for each (method, path) of the route table what makes a request for it."""
    makers: dict[tuple[str, str], Maker] = {}
    for soort in SOORTEN_VAN_FEIT.values():
        makers["POST", soort.template] = lambda soort=soort: _record(world, soort)  # type: ignore[misc]
        one = f"/{soort.meervoud}/{{id}}"
        makers["POST", f"{one}/correctie"] = lambda soort=soort: _change(world, soort, "correctie")  # type: ignore[misc]
        makers["POST", f"{one}/intrekking"] = lambda soort=soort: _withdraw(world, soort)  # type: ignore[misc]
        if soort.naam in VERPLAATSBAAR:
            makers["POST", f"{one}/verplaatsing"] = lambda soort=soort: _move(world, soort)  # type: ignore[misc]
    del makers["POST", "/pleegkinderen/{id}/correctie"]  # PATCH is that
    for naam in ("pleegkind", "pleeggezin", "gezinslid"):
        soort = SOORTEN_VAN_FEIT[naam]
        makers["PATCH", f"/{soort.meervoud}/{{id}}"] = lambda soort=soort: _change(world, soort, "")  # type: ignore[misc]
    return {
        **makers,
        ("POST", "/plaatsingen/{id}/beeindiging"): lambda: _end(world),
        ("POST", "/uitzonderingen/{id}/goedkeuring"): lambda: _approve(world),
        ("POST", "/pleegkinderen/_zoek"): lambda: _search(world),
        ("POST", "/normen"): lambda: _tighten(world),
        ("POST", "/normen/{id}/intrekking"): lambda: _withdraw_norm(world),
        ("POST", "/normen/{id}/beeindiging"): lambda: _end_norm(world),
        ("POST", "/teams"): lambda: _team(world),
        ("POST", "/teams/{id}/hernoeming"): lambda: _rename(world),
        ("POST", "/teams/{id}/samenvoeging"): lambda: _join(world),
        ("POST", "/teams/{id}/sluiting"): lambda: _close_team(world),
        ("POST", "/medewerkers"): lambda: _medewerker(world),
        ("PATCH", "/medewerkers/{id}"): lambda: _change_medewerker(world),
        ("POST", "/medewerkers/{id}/intrekking"): lambda: _revoke(world),
        ("POST", "/medewerkers/{id}/terugkeer"): lambda: _reinstate(world),
        ("POST", "/medewerkers/{id}/overdracht"): lambda: _hand_over_child(world),
        ("POST", "/toezichtsmandaten"): lambda: _give_mandaat(world),
        ("POST", "/toezichtsmandaten/{id}/intrekking"): lambda: _withdraw_mandaat(world),
        ("POST", "/noodtoegangen"): lambda: _open(world),
        ("POST", "/noodtoegangen/{id}/bespreking"): lambda: _discuss(world),
        ("POST", "/bewaarblokkades"): lambda: _hold(world),
        ("POST", "/bewaarblokkades/{id}/opheffing"): lambda: _lift(world),
        ("POST", "/vernietigingen"): lambda: _propose(world),
        ("POST", "/vernietigingen/{id}/oordeel"): lambda: _judge(world),
        ("POST", "/pleegkinderen/{id}/samenvoeging"): lambda: _propose_one_file(world),
        ("POST", "/samenvoegingen/{id}/goedkeuring"): lambda: _make_one_file(world),
        ("POST", "/samenvoegingen/{id}/herstel"): lambda: _make_two_files(world),
        ("POST", "/kwartaaltoetsen"): lambda: _build_toets(world),
        ("POST", "/kwartaaltoetsen/{id}/vaststelling"): lambda: _freeze_toets(world),
        ("POST", "/extra-inzetten/{id}/overdracht"): lambda: _hand_over(world),
        ("POST", "/extra-inzetten/{id}/afsluiting"): lambda: _close(world),
    }


def _mandaat(world: World) -> Json:
    """Each in days of its own: an inspectie has one mandate at a time."""
    van = VANDAAG + timedelta(days=800 + 10 * next(_period))
    periode = {"van": van.isoformat(), "tot": (van + timedelta(days=9)).isoformat()}
    return mandaat_body(_file(world)["inspectie"], **periode)


def _give_mandaat(world: World) -> Verzoek:
    body = _mandaat(world)
    return Verzoek(world["beheerder"], "POST", "/toezichtsmandaten", body, {**body, "doel": "Iets anders"})


def _withdraw_mandaat(world: World) -> Verzoek:
    made = world["beheerder"].made("/toezichtsmandaten", _mandaat(world))
    path = f"/toezichtsmandaten/{made.id}/intrekking"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "klaar"}, {"reden": "anders"}, made.etag)


def _open(world: World) -> Verzoek:
    body = noodtoegang_body(overdue_child(world).ids["pleegkind"])
    other = {**body, "reden": "Een heel andere reden, maar lang genoeg."}
    return Verzoek(world["waarnemer"], "POST", "/noodtoegangen", body, other)


def _discuss(world: World) -> Verzoek:
    opened = _open(world)
    made = opened.user.made(opened.path, opened.body)
    body, other = {"toelichting": "Terecht geopend."}, {"toelichting": "anders"}
    return Verzoek(world["teamleider"], "POST", f"/noodtoegangen/{made.id}/bespreking", body, other, made.etag)


def _hold(world: World) -> Verzoek:
    body = {"pleegkindId": _file(world)["pleegkind"], "reden": "Er loopt een strafzaak."}
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


def _propose_one_file(world: World) -> Verzoek:
    """Of two files in which nothing stands."""
    een, twee = fresh(world, "pleegkind"), fresh(world, "pleegkind")
    body = {"anderKindId": twee.id, "reden": "Twee keer ingevoerd."}
    path = f"/pleegkinderen/{een.id}/samenvoeging"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"})


def _make_one_file(world: World) -> Verzoek:
    proposal = _propose_one_file(world)
    made = proposal.user.made(proposal.path, proposal.body)
    return Verzoek(world["beheerder"], "POST", f"/samenvoegingen/{made.id}/goedkeuring", None, {}, made.etag)


def _make_two_files(world: World) -> Verzoek:
    approval = _make_one_file(world)
    made = approval.user.made(approval.path, approval.body)
    path = f"/samenvoegingen/{made.id}/herstel"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "toch twee"}, {"reden": "anders"}, made.etag)


def _build_toets(world: World) -> Verzoek:
    quarters = {"kwartaal": "2026-Q2"}, {"kwartaal": "2026-Q1"}
    return Verzoek(world["kwaliteit"], "POST", "/kwartaaltoetsen", *quarters)


def _freeze_toets(world: World) -> Verzoek:
    """Each of a quarter of its own: frozen is frozen."""
    toets = world["kwaliteit"].made("/kwartaaltoetsen", {"kwartaal": f"{2020 - next(_period)}-Q1"})
    return Verzoek(world["kwaliteit"], "POST", f"/kwartaaltoetsen/{toets.id}/vaststelling", None, {})


def _extra_inzet(world: World) -> str:
    """Freeze a quarter in which a new child was never seen, and return what that opened for it."""
    kind, kwaliteit = overdue_child(world, weeks=30).ids["pleegkind"], world["kwaliteit"]
    frozen = [one for one in kwaliteit.walk("/kwartaaltoetsen?limit=200") if one["kwartaal"] == "2026-Q3"]
    newest = next((one["id"] for one in frozen if one["vervangenDoor"] is None), None)
    toets = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q3", "vervangt": newest})
    kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")
    found = kwaliteit.walk("/extra-inzetten?limit=200")
    return str(next(one["id"] for one in found if one["pleegkindId"] == kind))


def _hand_over(world: World) -> Verzoek:
    body = {"eigenaarId": world.medewerkers["collega"], "reden": "neemt over"}
    path = f"/extra-inzetten/{_extra_inzet(world)}/overdracht"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"})


def _close(world: World) -> Verzoek:
    body = {"reden": "Besluit na bespreking."}
    path = f"/extra-inzetten/{_extra_inzet(world)}/afsluiting"
    return Verzoek(world["gedragswetenschapper"], "POST", path, body, {"reden": "anders"})


def _file(world: World) -> Ids:
    return world.files["eigen"]


def _body(soort: Soort, ids: Ids) -> Json:
    """Return a body that fits beside what is there: a second plaatsing is deeltijd."""
    return {**soort.body(ids), **({"vorm": "deeltijd"} if soort.naam == "plaatsing" else {})}


def fresh(world: World, naam: str) -> Gemaakt:
    """Record one more of a kind in the file of ``eigen``."""
    soort, ids = SOORTEN_VAN_FEIT[naam], _file(world)
    return world["teamleider"].made(soort.path(ids), _body(soort, ids))


def _record(world: World, soort: Soort) -> Verzoek:
    ids = _file(world)
    body = _body(soort, ids)
    other = {name.replace("nieuweReden", "reden"): value for name, value in soort.wijziging.items()}
    path = soort.path(ids)
    return Verzoek(world["teamleider"], "POST", path, body, {**body, **other}, target=soort.naam)


def _change(world: World, soort: Soort, step: str) -> Verzoek:
    made = fresh(world, soort.naam)
    path = f"/{soort.meervoud}/{made.id}"
    if step:
        body = {"reden": "vergissing", **soort.wijziging}
        other = {**body, "reden": "een andere reden"}
        return Verzoek(world["teamleider"], "POST", f"{path}/{step}", body, other, made.etag, soort.naam)
    other = {**soort.wijziging, "wijzigingsreden": "een andere reden"}
    return Verzoek(world["teamleider"], "PATCH", path, soort.wijziging, other, made.etag, soort.naam)


def _withdraw(world: World, soort: Soort) -> Verzoek:
    made = fresh(world, soort.naam)
    path, why = f"/{soort.meervoud}/{made.id}/intrekking", {"reden": "dubbel"}
    return Verzoek(world["teamleider"], "POST", path, why, {"reden": "anders"}, made.etag, soort.naam)


def _move(world: World, soort: Soort) -> Verzoek:
    """To a child that nobody else asks about: a moved begeleiding lets its medewerker see the file."""
    made, other = fresh(world, soort.naam), overdue_child(world).ids
    signaal = SOORTEN_VAN_FEIT["signaal"]
    told = world["teamleider"].made(signaal.path(other), signaal.body(other)).id
    body = {**waarheen(soort.naam, {**other, "signaal": told}), "reden": "verkeerd kind"}
    path = f"/{soort.meervoud}/{made.id}/verplaatsing"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"}, made.etag, soort.naam)


def _end(world: World) -> Verzoek:
    path = f"/plaatsingen/{fresh(world, 'plaatsing').id}/beeindiging"
    body = {"tot": "2026-11-30", "eindreden": "naar huis"}
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "tot": "2026-12-01"}, target="plaatsing")


def _approve(world: World) -> Verzoek:
    path = f"/uitzonderingen/{fresh(world, 'uitzondering').id}/goedkeuring"
    return Verzoek(world["gedragswetenschapper"], "POST", path, None, {}, target="uitzondering")


def _search(world: World) -> Verzoek:
    body, other = {"naam": "Voorbeeld"}, {"naam": "Anders"}
    return Verzoek(world["teamleider"], "POST", "/pleegkinderen/_zoek", body, other)


def _tighten(world: World) -> Verzoek:
    """Each in a year of its own: an organisatie has one version of a norm at a time."""
    van = VANDAAG + timedelta(days=800 + 10 * next(_period))
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
