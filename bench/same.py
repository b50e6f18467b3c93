"""Whether the floor gives the answers of the service: asked of both before anything is timed.

A floor that answers something else is no floor. Compared are lists (the same rows, standen and order), pages of some
children, and what a recorded talk leaves behind: the answer, the termijnen, the change log, its chain, the kept key and
the access log. Not compared is what the floor leaves out (``bench.floor``): explanations.
"""

import http.client
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import text

from bench.asgi import Request
from bench.bank import Bank
from bench.http_case import Case
from bench.progress import tell

_LEFT_OUT: Final = ("uitleg",)
_OWN: Final = ("id", "nummer", "vastgelegdOp")  # of each recording, whoever makes it
_TALKS = 5
_STATE: Final = {
    "termijnen": """
        SELECT t.norm, t.onderwerp_soort, t.onderwerp_id, greatest(t.van, :vandaag) AS van, t.tot, t.uiterlijk,
               t.nadert_vanaf, t.zwaarte, t.uitzondering_id, t.laatste_datum, t.laatste_soort,
               (SELECT count(*) FROM kindgesprek g WHERE g.id = t.laatste_id) AS gesprek
        FROM termijn t JOIN pleegkind k ON k.id = t.pleegkind_id
        WHERE k.uid = :kind AND (t.tot IS NULL OR t.tot > :vandaag) ORDER BY 1, 2, 3, 4
    """,
    "gesprekken": """
        SELECT g.datum, g.alleen, g.vorm, g.stem_van_het_kind, g.themas, g.medewerker_id, g.vastgelegd_door, g.versie
        FROM kindgesprek g JOIN plaatsing p ON p.id = g.plaatsing_id JOIN pleegkind k ON k.id = p.pleegkind_id
        WHERE k.uid = :kind ORDER BY g.id
    """,
    "wijzigingen": """
        SELECT w.tabel, w.handeling, w.voor, (SELECT string_agg(n, ' ' ORDER BY n) FROM jsonb_object_keys(w.na) n) AS na
        FROM wijziging w JOIN pleegkind k ON k.id = w.pleegkind_id
        WHERE k.uid = :kind AND w.tabel = 'kindgesprek' ORDER BY w.id
    """,
    "schakels": """
        SELECT s.aantal, p.account_id, p.medewerker_id, p.verzoek_id IS NOT NULL AS verzoek, p.reden
        FROM wijzigingsschakel s JOIN wijzigingspakket p ON p.id = s.pakket_id
        WHERE p.id IN (SELECT w.pakket_id FROM wijziging w JOIN pleegkind k ON k.id = w.pleegkind_id
                       WHERE k.uid = :kind AND w.tabel = 'kindgesprek') ORDER BY s.nummer
    """,
    "sleutels": "SELECT i.account_id, i.status FROM idempotentie i WHERE i.sleutel = :sleutel",
    "inzage": """
        SELECT i.rol, i.naam, i.namens, i.soort, i.handeling, i.onderwerp, i.doel, a.uitkomst, a.noodtoegang,
               a.pleegkinderen
        FROM inzage i JOIN inzage_afloop a ON a.inzage_uid = i.uid
        WHERE i.onderwerp = :kind AND i.soort = 'vastleggen' ORDER BY i.id DESC LIMIT 1
    """,
}


def check_same(bank: Bank, cases: Sequence[Case], service: int, floor: int) -> None:
    """Ask both servers the same.

    Raises:
        AssertionError: an answer, or what it left behind, differs.
    """
    for case in cases:
        if case.reads:
            for request in (case.requests[0], *_others(case.requests[0], service)):
                given = [comparable(_ask(port, request), request) for port in (service, floor)]
                must_equal(f"{case.naam} ({request.target})", *given)
        else:
            for request in case.requests[:_TALKS]:
                must_equal(case.naam, *(_recorded(bank, case, request, port) for port in (service, floor)))
    tell(f"{len(cases)} soorten verzoeken: bodem en dienst geven hetzelfde")


def _others(request: Request, service: int) -> list[Request]:
    """Return the same page of more children, when the request is about one: of all in the list of who asks."""
    parts = request.target.split("/")
    if len(parts) < 5:
        return []
    listed = _ask(service, Request("GET", "/v1/pleegkinderen?limit=25", request.token))["resultaten"]
    return [Request("GET", "/".join([*parts[:3], row["id"], parts[4]]), request.token) for row in listed]


def _ask(port: int, request: Request, status: int = 200) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {name.decode(): value.decode() for name, value in request.headers if name != b"host"}
        line.request(request.method, request.target, request.body, headers)
        answer = line.getresponse()
        body = answer.read()
        assert answer.status == status, f"{request.line}: {answer.status} {body[:200]!r}"
        return json.loads(body)
    finally:
        line.close()


def comparable(answer: Mapping[str, Any], request: Request) -> list[Any]:
    """Return the rows without what the floor leaves out; the judgements of one child in one order."""
    rows = [{name: value for name, value in row.items() if name not in _LEFT_OUT} for row in answer["resultaten"]]
    assert rows, f"{request.target}: an empty list proves nothing"
    if "/termijnen" in request.target and "/pleegkinderen/" in request.target:
        rows.sort(key=lambda row: (row["norm"], row["onderwerp"]["id"]))
    return rows


def _recorded(bank: Bank, case: Case, request: Request, port: int) -> dict[str, Any]:
    """Return what one recording answers and leaves behind."""
    case.reset()
    answer = _ask(port, request, case.status)
    kind = request.target.split("/")[3]
    values = {"kind": kind, "vandaag": bank.today, "sleutel": request.key}
    with bank.owner.connect() as connection:
        left = {name: [tuple(row) for row in connection.execute(text(sql), values)] for name, sql in _STATE.items()}
    case.reset()
    for name in ("termijnen", "gesprekken", "wijzigingen", "schakels", "sleutels", "inzage"):
        assert left[name], f"{case.naam}: nothing in {name}"
    return {"antwoord": {name: value for name, value in answer.items() if name not in _OWN}, **left}


def must_equal(what: str, service: Any, floor: Any) -> None:
    """Stop when two answers differ, and say where.

    Raises:
        AssertionError: they do.
    """
    if service == floor:
        return
    raise AssertionError(f"{what}: de bodem antwoordt anders dan de dienst.\n{_difference(service, floor)}")


def _difference(service: Any, floor: Any) -> str:
    """Return the first place where two answers differ, and of lists of another length what one of them lacks."""
    if isinstance(service, dict) and isinstance(floor, dict):
        if service.keys() != floor.keys():
            return _lacking(list(service.items()), list(floor.items()))
        name = next(name for name in service if service[name] != floor[name])
        return f"{name}: " + _difference(service[name], floor[name])
    if isinstance(service, list) and isinstance(floor, list):
        if len(service) != len(floor):
            return _lacking(service, floor)
        at = next(i for i, (one, other) in enumerate(zip(service, floor, strict=True)) if one != other)
        return f"[{at}] " + _difference(service[at], floor[at])
    return f"dienst {service!r}, bodem {floor!r}"


def _lacking(service: Sequence[Any], floor: Sequence[Any]) -> str:
    """Return what stands in one list and not in the other; how many there are when each has everything of the other."""
    pairs = (("dienst", service, floor), ("bodem", floor, service))
    alone = [(whose, [one for one in own if one not in other]) for whose, own, other in pairs]
    said = [f"alleen de {whose}: {more!r}" for whose, more in alone if more]
    return ", ".join(said) or f"dienst {len(service)} keer, bodem {len(floor)} keer"
