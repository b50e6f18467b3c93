"""Every error is a problem: status, title, detail, code; all faults at once; never what was sent."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app import errors
from app.web.database_errors import as_app_error
from app.web.problems import problem_response
from tests.web.conftest import Gebruiker

CANARY = "KANARIE-7f3a"
PLAIN: list[type[errors.AppError]] = [
    errors.NotSignedIn, errors.Forbidden, errors.NotFound, errors.MethodNotAllowed, errors.NotAcceptable,
    errors.Conflict, errors.PreconditionFailed, errors.TooLarge, errors.UnsupportedMedia, errors.Unprocessable,
    errors.PreconditionRequired, errors.TooMany, errors.Unavailable, errors.AppError, errors.BadInput,
]  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN)
def test_every_error_is_a_problem(kind: type[errors.AppError]) -> None:
    answer = problem_response(kind())
    assert answer.status_code == kind.status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(bytes(answer.body))
    assert {"status", "title", "detail", "code"} <= problem.keys()
    assert problem["status"] == kind.status
    assert all(problem[name] for name in ("title", "detail", "code"))


def test_the_statuses_are_those_of_the_contract() -> None:
    assert sorted(kind.status for kind in PLAIN) == [
        400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429, 500, 503,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "header", "value"),
    [
        (errors.NotSignedIn(), "WWW-Authenticate", "Bearer"),
        (errors.MethodNotAllowed("GET", "HEAD"), "Allow", "GET, HEAD"),
        (errors.TooMany(retry_after=9), "Retry-After", "9"),
        (errors.Unavailable(), "Retry-After", "2"),
    ],
)
def test_the_header_that_goes_with_a_status(error: errors.AppError, header: str, value: str) -> None:
    assert problem_response(error).headers[header] == value


def test_not_found_has_the_same_bytes_everywhere(client: TestClient, begeleider: Gebruiker) -> None:
    paths = ["/v1/bestaat-niet", "/v1/ik/", "/v1", "/", f"/v1/dingen/{uuid4()}", "/v1//ik", "/v1/ik/meer"]
    answers = [client.get(path, headers=begeleider.headers) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_every_fault_is_reported_at_once_in_dutch(client: TestClient, begeleider: Gebruiker) -> None:
    body = {
        "eersteDatum": "31-12-2026",
        "aantal": "drie",
        "klaar": 1,
        "extra": CANARY,
        "gezienOp": "2026-01-01T10:00:00",
    }
    answer = client.post("/v1/dingen", json=body, headers={**begeleider.headers, "Idempotency-Key": ""})
    assert answer.status_code == 400
    assert answer.json()["code"] == "ongeldige_invoer"
    found = {(fault["in"], fault["name"]): (fault["code"], fault["detail"]) for fault in answer.json()["errors"]}
    assert found == {
        ("header", "Idempotency-Key"): ("ongeldige_waarde", "Vul dit in."),
        ("body", "naam"): ("verplicht", "Dit is verplicht."),
        ("body", "eersteDatum"): ("ongeldige_datum", "Geef een datum als JJJJ-MM-DD, tussen 1900 en 2199."),
        ("body", "aantal"): ("ongeldige_waarde", "Geef een geheel getal."),
        ("body", "klaar"): ("ongeldige_waarde", "Geef true of false."),
        ("body", "gezienOp"): (
            "ongeldige_datum",
            "Geef een tijdstip met tijdzone, zoals 2026-07-01T09:30:00Z.",
        ),
        ("body", "extra"): ("onbekend_veld", "Dit veld bestaat hier niet."),
    }


@pytest.mark.parametrize(
    "body",
    [
        {"naam": CANARY, "eersteDatum": CANARY},
        {"naam": [CANARY], "eersteDatum": {"x": CANARY}},
        {"naam": CANARY * 100, "eersteDatum": "2026-01-01", "aantal": CANARY},
        {"naam": "x", "eersteDatum": "2026-01-01", f"mijn {CANARY} veld": 1},
        CANARY,
        [CANARY],
    ],
)
def test_input_is_never_repeated(
    client: TestClient, begeleider: Gebruiker, body: object, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = client.post("/v1/dingen", json=body, headers=begeleider.headers)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    captured = capsys.readouterr()
    assert CANARY not in answer.text + str(answer.headers) + captured.out + captured.err


@pytest.mark.parametrize("query", [f"limit={CANARY}", f"{CANARY}=1", f"cursor={CANARY}", f"peildatum={CANARY}"])
def test_a_query_is_never_repeated(client: TestClient, begeleider: Gebruiker, query: str) -> None:
    answer = client.get(f"/v1/dingen?{query}", headers=begeleider.headers)
    assert answer.status_code == 400
    assert CANARY not in answer.text


def test_faults_in_a_query_come_together(client: TestClient, begeleider: Gebruiker) -> None:
    answer = client.get("/v1/dingen?limit=0&peildatum=0&onbekend=1", headers=begeleider.headers)
    found = {(fault["name"], fault["code"]) for fault in answer.json()["errors"]}
    assert found == {("limit", "ongeldige_waarde"), ("peildatum", "ongeldige_datum"), ("onbekend", "onbekend_veld")}


@pytest.mark.parametrize(("method", "allow"), [("PUT", "GET, HEAD, POST"), ("PATCH", "GET, HEAD, POST")])
def test_405_names_every_method_of_the_path(client: TestClient, method: str, allow: str) -> None:
    """Starlette names only those of the first route that fits."""
    answer = client.request(method, "/v1/dingen")
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)


def test_a_commit_that_fails_is_no_201(web_engine: Engine, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_commit(session: Session) -> None:
        if session.info.get("breekt"):
            raise OperationalError("COMMIT", {}, Exception("weg"))

    monkeypatch.setattr(Session, "commit", break_commit)
    assert client.post("/v1/stuk").status_code == 500


def _raised(engine: Engine, statement: str) -> Exception:
    with pytest.raises(Exception) as raised, engine.begin() as connection:  # noqa: PT011 - any database error
        connection.execute(text(statement))
    return raised.value


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("08006", errors.Unavailable), ("53300", errors.Unavailable), ("57P01", errors.Unavailable),
        ("57014", errors.Unavailable), ("40001", errors.Unavailable), ("40P01", errors.Unavailable),
        ("55P03", errors.Unavailable), ("25006", errors.Unavailable), ("23505", errors.Conflict),
        ("23P01", errors.Conflict), ("23503", None), ("23514", None), ("22003", None), ("42501", None),
        ("42703", None),
    ],
)  # fmt: skip
def test_what_a_database_error_means(web_engine: Engine, state: str, expected: type[errors.AppError] | None) -> None:
    error = _raised(web_engine, f"DO $$ BEGIN RAISE EXCEPTION 'Jansen' USING ERRCODE = '{state}'; END $$")
    answer = as_app_error(error)
    assert (type(answer) if answer else None) is expected
    assert as_app_error(error.orig).__class__ is answer.__class__  # type: ignore[attr-defined]


def test_two_corrections_of_one_version_are_412(web_engine: Engine) -> None:
    statement = (
        "DO $$ BEGIN RAISE unique_violation USING CONSTRAINT = 'uq_kindgesprek_vervangt_id', MESSAGE = 'x'; END $$"
    )
    error = _raised(web_engine, statement)
    assert isinstance(error, IntegrityError)
    assert isinstance(as_app_error(error), errors.PreconditionFailed)


def test_an_exhausted_pool_is_503() -> None:
    assert isinstance(as_app_error(PoolTimeout()), errors.Unavailable)
    assert as_app_error(ValueError()) is None
