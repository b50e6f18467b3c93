"""For every route of the policy table: the request that somebody in a relation makes, and when it was let through.

A write is let through when it is refused for another reason than who asks (a stale version, a day in the future): so
that the matrix changes nothing that it sees. What has no such reason is not committed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from unittest import mock

from httpx2 import Response

from app.access.policy import Beleidsuitkomst, RouteRegel
from app.web import sessions
from tests import database
from tests.api.bodies import KINDS, SOORTEN_VAN_FEIT, Json, waarheen
from tests.api.client import NOBODY, PREFIX, Gebruiker
from tests.api.world import noodtoegang_body, vernietiging_body
from tests.beleid.wereld import ACHTERNAAM, ADRES, KINDEREN, Wereld, body_of, bsn_of

_STALE = '"x-1"'
_TOMORROW = "2026-11-03"
#: a list → where in a result the id is, and of which kind it is
LIJSTEN: Mapping[str, tuple[str, str]] = {
    "/v1/pleegkinderen": ("id", "pleegkind"),
    "/v1/pleegkinderen/_zoek": ("id", "pleegkind"),
    "/v1/pleegkinderen/_zoek#bsn": ("id", "pleegkind"),
    "/v1/bespreeklijst": ("id", "pleegkind"),
    "/v1/acties": ("pleegkindId", "pleegkind"),
    "/v1/uitstellen": ("pleegkindId", "pleegkind"),
    "/v1/signalen": ("pleegkindId", "pleegkind"),
    "/v1/uitzonderingen": ("pleegkindId", "pleegkind"),
    "/v1/samenvoegingen": ("pleegkindId", "pleegkind"),
    "/v1/plaatsingen": ("pleegkindId", "pleegkind"),
    "/v1/termijnen": ("pleegkindId", "pleegkind"),
    "/v1/pleeggezinnen": ("id", "pleeggezin"),
    "/v1/pleeggezinnen/_zoek": ("id", "pleeggezin"),
    "/v1/extra-inzetten": ("id", "extra_inzet"),
    "/v1/noodtoegangen": ("id", "noodtoegang"),
    "/v1/vernietigingen": ("id", "vernietiging"),
    "/v1/bewaarblokkades": ("id", "bewaarblokkade"),
    "/v1/kwartaaltoetsen": ("id", "kwartaaltoets"),
    "/v1/kwartaaltoetsen/{id}/regels": ("pleegkind", "pleegkind"),
    "/v1/medewerkers": ("id", "medewerker"),
    "/v1/teams": ("id", "team"),
    "/v1/belnummers": ("teamId", "team"),
    "/v1/afwezigheden": ("id", "afwezigheid"),
    "/v1/webhooks": ("id", "webhook"),
    "/v1/toezicht/organisaties": ("organisatie", "code"),
    "/v1/toezicht/inzagen": ("handeling", "code"),
}


@dataclass(frozen=True)
class Vraag:
    """One cell of the matrix: who asks for what, in which relation."""

    route: RouteRegel
    rol: str
    relatie: str

    def __str__(self) -> str:
        return f"{self.route.methode} {self.route.pad} {self.rol} {self.relatie}"


@dataclass(frozen=True)
class Verzoek:
    """What is sent."""

    user: Gebruiker
    methode: str
    pad: str
    body: Json | None = None
    etag: str | None = None

    def send(self) -> Response:
        if self.pad.startswith(PREFIX):
            return self.user.ask(self.methode, self.pad.removeprefix(PREFIX), self.body, etag=self.etag)
        return self.user.client.request(self.methode, self.pad, content=None, headers=list(self.user.headers.items()))


def verzoek_for(wereld: Wereld, vraag: Vraag) -> Verzoek:
    """Return the request of a cell."""
    user = wereld.user(vraag.rol, vraag.relatie)
    template = vraag.route.pad.partition("#")[0]
    pad = template.replace("{id}", _key(wereld, vraag)).replace("{pseudoniem}", _pseudoniem(wereld, vraag))
    pad = pad.replace("{naam}", "navolgbaar")
    body, etag = _body(wereld, vraag)
    return Verzoek(user, vraag.route.methode, pad + _query(wereld, vraag), body, etag)


def _kind(vraag: Vraag) -> str:
    return KINDS[vraag.route.pad.split("/")[2]]


def _key(wereld: Wereld, vraag: Vraag) -> str:
    if "{id}" not in vraag.route.pad:
        return ""
    if vraag.route.pad.startswith("/v1/toezicht/"):
        return NOBODY if vraag.relatie == "bestaat_niet" else wereld.files["eigen"]["kwartaaltoets"]
    return wereld.key(vraag.rol, vraag.relatie, _kind(vraag))


def _pseudoniem(wereld: Wereld, vraag: Vraag) -> str:
    found = wereld.pseudoniemen.get(vraag.relatie, f"pleegkind-{'b' * 32}")
    return found if "{pseudoniem}" in vraag.route.pad else ""


def _query(wereld: Wereld, vraag: Vraag) -> str:
    pad = vraag.route.pad
    if pad.startswith("/v1/toezicht/") and "{" not in pad and vraag.route.regel == "toezicht_kijken":
        code = "BESTAATNIET" if vraag.relatie == "bestaat_niet" else wereld.code
        return f"?organisatie={code}"
    if pad == "/v1/openapi.json" or not pad.startswith(PREFIX):
        return ""
    return "?limit=200" if pad in LIJSTEN and vraag.route.methode == "GET" else ""


def _body(wereld: Wereld, vraag: Vraag) -> tuple[Json | None, str | None]:
    """Return the body and the version of a write: in order, but for what refuses it after who asks was judged."""
    if vraag.route.methode == "GET":
        return None, None
    if vraag.route.pad in _SPECIAL:
        return _SPECIAL[vraag.route.pad](wereld, vraag)
    *_, noun, last = vraag.route.pad.split("/")
    if noun == "{id}" and last in KINDS:
        return _recording(wereld, vraag, KINDS[last]), None
    if vraag.route.methode == "PATCH":
        kind = _kind(vraag)
        return ({"naam": "Anders"} if kind == "medewerker" else SOORTEN_VAN_FEIT[kind].wijziging), _STALE
    if last == "verplaatsing":
        return {**waarheen(_kind(vraag), wereld.files["eigen"]), "reden": "verkeerd kind"}, _STALE
    changes = SOORTEN_VAN_FEIT[_kind(vraag)].wijziging if last == "correctie" else {}
    return {"reden": "vergissing", **changes}, _STALE


def _recording(wereld: Wereld, vraag: Vraag, naam: str) -> Json:
    """Return a fact of tomorrow, or a period that ends before it begins."""
    ids = wereld.files[vraag.relatie if vraag.relatie in wereld.files else "eigen"]
    ids = {**wereld.files["eigen"], **ids}
    body = body_of(naam, ids)
    for name in ("datum", "sinds", "geboortedatum"):
        if name in body:
            return {**body, name: _TOMORROW, **({"geldtTot": "2027-04-01"} if naam == "ruisscore" else {})}
    if "herzienUiterlijk" in body:
        return {**body, "herzienUiterlijk": "2027-12-31"}
    return {**body, "tot": "2020-01-01"}


Special = Callable[[Wereld, Vraag], tuple[Json | None, str | None]]


def _always(body: Json | None, etag: str | None = None) -> Special:
    return lambda wereld, vraag: (body, etag)


def _plaatsing(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    kind = wereld.key(vraag.rol, vraag.relatie, "pleegkind")
    ids = {"pleegkind": kind, "pleeggezin": wereld.files["leeg_gezin"]["pleeggezin"]}
    return {**body_of("plaatsing", ids), "tot": "2020-01-01"}, None


def _bezoek(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    ids = wereld.files[vraag.relatie if vraag.relatie in wereld.files else "eigen"]
    return {"plaatsingId": ids["plaatsing"], "datum": _TOMORROW, "huisbezoek": {}}, None


def _overdracht(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    return {"eigenaarId": NOBODY, "reden": "neemt over"}, None


def _kinderoverdracht(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    return {"kinderen": [{"pleegkindId": NOBODY, "medewerkerId": NOBODY, "van": "2026-11-02"}], "reden": "weg"}, None


def _noodtoegang(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    return noodtoegang_body(wereld.key(vraag.rol, vraag.relatie, "pleegkind")), None


def _vernietiging(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    body = vernietiging_body(wereld.key(vraag.rol, vraag.relatie, "pleegkind"))
    return {**body, "ontvangenOp": _TOMORROW}, None


def _blokkade(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    return {"pleegkindId": wereld.key(vraag.rol, vraag.relatie, "pleegkind"), "reden": "Er loopt een klacht."}, None


def _mandaat(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    waarvoor = {"doel": "Thematisch toezicht", "wettelijkeGrond": "Jeugdwet, hoofdstuk 9"}
    return {"inspectie": "BESTAATNIET", **waarvoor, "van": "2026-11-02", "tot": "2027-02-02"}, None


def _webhook(wereld: Wereld, vraag: Vraag) -> tuple[Json, None]:
    return {"adres": ADRES}, None  # there already


_NORM = {"code": "KAG-R", "geldigVan": "2027-01-01", "waarschuwingDagen": 30, "toelichting": "losser"}
_SPECIAL: Mapping[str, Special] = {
    "/v1/pleegkinderen": lambda w, v: ({**body_of("pleegkind", {}), "geboortedatum": _TOMORROW}, None),
    "/v1/pleegkinderen/_zoek": _always({"naam": ACHTERNAAM}),
    "/v1/pleegkinderen/_zoek#bsn": lambda w, v: ({"bsn": bsn_of(v.relatie)}, None),
    "/v1/pleeggezinnen": lambda w, v: (body_of("pleeggezin", {}), None),
    "/v1/pleeggezinnen/_zoek": _always({"naam": "gezin"}),
    "/v1/plaatsingen": _plaatsing,
    "/v1/pleegkinderen/{id}/bezoeken": _bezoek,
    "/v1/pleegkinderen/{id}/samenvoeging": _always({"anderKindId": NOBODY, "reden": "Zelfde kind."}),
    "/v1/samenvoegingen/{id}/goedkeuring": _always(None, _STALE),
    "/v1/samenvoegingen/{id}/herstel": _always({"reden": "toch niet"}, _STALE),
    "/v1/plaatsingen/{id}/beeindiging": _always({"tot": "2020-01-01", "eindreden": "naar huis"}, _STALE),
    "/v1/uitzonderingen/{id}/goedkeuring": _always(None, _STALE),
    "/v1/noodtoegangen": _noodtoegang,
    "/v1/noodtoegangen/{id}/bespreking": _always({"toelichting": "Terecht."}, _STALE),
    "/v1/vernietigingen": _vernietiging,
    "/v1/vernietigingen/{id}/oordeel": _always({"oordeel": "goedgekeurd"}, _STALE),
    "/v1/bewaarblokkades": _blokkade,
    "/v1/bewaarblokkades/{id}/opheffing": _always({"reden": "klaar"}, _STALE),
    "/v1/kwartaaltoetsen": _always({"kwartaal": "2099-Q1"}),
    "/v1/kwartaaltoetsen/{id}/vaststelling": _always(None, _STALE),
    "/v1/kwartaaltoetsen/{id}/export": _always({"formaat": "csv"}),
    "/v1/kwartaaltoetsen/{id}/publicatie": _always({"cijfersDigest": "0" * 64}),  # not what there is to see
    "/v1/kwartaaltoetsen/{id}/publicatie/intrekking": _always({"reden": "vergissing"}),  # nothing went out
    "/v1/extra-inzetten/{id}/overdracht": _overdracht,
    "/v1/extra-inzetten/{id}/afsluiting": _always({"feitSoort": "kindgesprek", "feitId": NOBODY}),
    "/v1/extra-inzetten/{id}/afsluiting#besluit": _always({"reden": "Besluit na bespreking."}),
    "/v1/importen": _always({"bestand": "AAAA"}),  # read, and no workbook
    "/v1/normen": _always({**_NORM, "parameters": {"maanden": 6}}),
    "/v1/normen/{id}/intrekking": _always({"reden": "vergissing"}),
    "/v1/normen/{id}/beeindiging": _always({"vanaf": "2020-01-01", "reden": "klaar"}),
    "/v1/teams": _always({"naam": "noord"}),
    "/v1/teams/{id}/hernoeming": _always({"naam": "zuid"}),
    "/v1/teams/{id}/samenvoeging": _always({"opgegaanIn": NOBODY}),
    "/v1/teams/{id}/sluiting": _always({}),
    "/v1/teams/{id}/belnummers": _always({"functie": "Teamleider"}),
    "/v1/medewerkers": _always({"naam": "Nieuw", "rol": "teamleider", "teamId": NOBODY}),
    "/v1/medewerkers/{id}/intrekking": _always({"reden": "uit dienst"}, _STALE),
    "/v1/medewerkers/{id}/terugkeer": _always({"reden": "weer in dienst"}, _STALE),
    "/v1/medewerkers/{id}/overdracht": _kinderoverdracht,
    "/v1/medewerkers/{id}/afwezigheden": _always({"vervangerId": NOBODY, "van": "2026-11-02"}),
    "/v1/afwezigheden/{id}/beeindiging": _always({"tot": "2020-01-01", "reden": "terug"}, _STALE),
    "/v1/toezichtsmandaten": _mandaat,
    "/v1/ik/agenda": _always(None),
    "/v1/ik/agenda/intrekking": _always(None),
    "/v1/webhooks": _webhook,
    "/v1/webhooks/{id}/beeindiging": _always({"reden": "klaar"}, _STALE),
    "/v1/toezichtsmandaten/{id}/intrekking": _always({"reden": "klaar"}, _STALE),
}
#: what is really made: on a session that never commits
MAKES_SOMETHING = frozenset({
    "/v1/ik/agenda",
    "/v1/noodtoegangen", "/v1/pleeggezinnen", "/v1/teams/{id}/belnummers",
    "/v1/extra-inzetten/{id}/afsluiting#besluit", "/v1/bewaarblokkades", "/v1/kwartaaltoetsen/{id}/export",
})  # fmt: skip
#: rules of routes that name a child in what is sent
NAMES_A_CHILD = frozenset({"kind_plaatsen", "vernietiging_voorstellen", "blokkade_stellen"})


def ask(wereld: Wereld, vraag: Vraag) -> Response:
    """Send the request of a cell."""
    verzoek = verzoek_for(wereld, vraag)
    if vraag.route.methode == "POST" and vraag.route.pad in MAKES_SOMETHING:
        with mock.patch.object(sessions, "unit_of_work", database.nothing_stays):
            return verzoek.send()
    return verzoek.send()


_REFUSED = {401: Beleidsuitkomst.AANMELDEN, 403: Beleidsuitkomst.WEIGEREN, 404: Beleidsuitkomst.BESTAAT_NIET}
_LET_THROUGH = frozenset({200, 201, 202, 400, 409, 412})


def outcome_of(wereld: Wereld, vraag: Vraag, answer: Response) -> Beleidsuitkomst | str:
    """Return the outcome of a cell, or in words what came that is none."""
    status = answer.status_code
    if status in _REFUSED:
        return _REFUSED[status]
    if status not in _LET_THROUGH or (vraag.route.methode == "GET" and status != 200):
        return f"status {status}"
    return _refused_afterwards(vraag, answer) if status == 400 else _given(wereld, vraag, answer)


def _refused_afterwards(vraag: Vraag, answer: Response) -> Beleidsuitkomst | str:
    if vraag.route.regel in NAMES_A_CHILD and _names_the_child(answer.json()):
        return Beleidsuitkomst.ONBEKENDE_VERWIJZING
    return Beleidsuitkomst.TOESTAAN if _refused_by_a_service(answer.json()) else f"status 400: {answer.text}"


def _given(wereld: Wereld, vraag: Vraag, answer: Response) -> Beleidsuitkomst:
    if answer.status_code == 200 and vraag.route.pad in LIJSTEN:
        return Beleidsuitkomst.TOESTAAN if _in_list(wereld, vraag, answer.json()) else Beleidsuitkomst.WEGGELATEN
    masked = vraag.route.pad.startswith("/v1/toezicht/") and vraag.route.regel != "toezicht_eigen"
    return Beleidsuitkomst.GEMASKEERD if masked else Beleidsuitkomst.TOESTAAN


def _names_the_child(problem: Json) -> bool:
    return any((one["name"], one["code"]) == ("pleegkindId", "onbekende_verwijzing") for one in problem["errors"])


def _refused_by_a_service(problem: Json) -> bool:
    """Tell whether it was not the door that refused: the door does not know who may see what."""
    codes = {one["code"] for one in problem["errors"]}
    return bool(codes) and codes <= {
        "datum_in_toekomst", "datum_buiten_periode", "ongeldige_waarde", "onbekende_verwijzing", "versoepeling",
        "onleesbaar_werkboek",
    }  # fmt: skip


def _in_list(wereld: Wereld, vraag: Vraag, shown: Json) -> bool:
    where, kind = LIJSTEN[vraag.route.pad]
    found = {_value(one, where) for one in shown["resultaten"]}
    if kind == "code":
        return bool(found)
    relatie = vraag.relatie if vraag.relatie in (*KINDEREN, "leeg_gezin", "vreemd") else "eigen"
    return wereld.key(vraag.rol, relatie, kind) in found


def _value(one: Any, where: str) -> Any:
    value = one.get(where)
    return value.get("id") if isinstance(value, dict) else value
