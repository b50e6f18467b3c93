"""``pleegzicht gezond`` on what the service leans on: the roles of its login, and the service where people sign in."""

import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import text

from tests.cli.conftest import Installatie, forget_settings
from tests.security.aanvallen import RSA, public_jwk

ROLES = ("pleegzicht_app", "pleegzicht_inzage", "pleegzicht_open", "pleegzicht_migratie")
JWKS, WELL_KNOWN = "/jwks", "/.well-known/openid-configuration"


@contextmanager
def login_of_its_own(heel: Installatie, monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[str]:
    """Let the service sign in with a login that is no superuser, and has every role that it needs."""
    password = secrets.token_hex(16)
    with heel.owner.begin() as connection:
        connection.execute(text(f"DROP ROLE IF EXISTS {name}"))
        connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'"))
        connection.execute(text(f"GRANT pg_read_all_data, {', '.join(ROLES)} TO {name}"))
    url = heel.owner.url.set(username=name, password=password).render_as_string(hide_password=False)
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", url)
    forget_settings()
    try:
        yield name
    finally:
        with heel.owner.begin() as connection:
            connection.execute(text(f"DROP ROLE {name}"))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_was_taken_from_the_login_is_named(
    heel: Installatie, monkeypatch: pytest.MonkeyPatch, worker_id: str, role: str
) -> None:
    with login_of_its_own(heel, monkeypatch, f"gezond_{worker_id}") as login:
        code, found = heel.gezond()
        assert (code, found["Rollen"][:6]) == (0, "goed  ")
        with heel.owner.begin() as connection:
            connection.execute(text(f"REVOKE {role} FROM {login}"))
        code, found = heel.gezond()
        assert code == 1
        assert f"{login} mag {role} niet aannemen: " in found["Rollen"]
        assert f'GRANT {role} TO "{login}";' in found["Rollen"]


class Aanmelddienst:
    """One on this machine: path → status and what it answers."""

    def __init__(self) -> None:
        self.port = 0
        self.answers: dict[str, tuple[int, Any]] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def description(self, **other: str) -> Mapping[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/a", "token_endpoint": f"{self.issuer}/t",
            **other,
        }  # fmt: skip


@pytest.fixture
def dienst(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aanmelddienst]:
    """Return one that answers as it must, with the settings that name it."""
    made = Aanmelddienst()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, said = made.answers[self.path]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    made.answers = {JWKS: (200, {"keys": [public_jwk(RSA, "RS256", "een")]}), WELL_KNOWN: (200, made.description())}
    told = {"OIDC_ISSUER": made.issuer, "OIDC_JWKS_URL": made.issuer + JWKS, "OIDC_CLIENT_ID": "pleegzicht-web"}
    for name, value in {**told, "PUBLIC_URL": "https://x.test"}.items():
        monkeypatch.setenv(f"PLEEGZICHT_{name}", value)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_service_to_sign_in_at_that_answers_is_well(heel: Installatie, dienst: Aanmelddienst) -> None:
    code, found = heel.gezond()
    assert (code, found["Aanmelddienst"]) == (0, "goed  Aanmelddienst: antwoordt.")


@pytest.mark.parametrize(
    ("path", "answer", "said", "setting"),
    [
        (JWKS, (503, {}), "sleutels zijn niet te krijgen (status 503)", "PLEEGZICHT_OIDC_JWKS_URL"),
        (JWKS, (200, {"keys": []}), "sleutels zijn niet te krijgen (onleesbaar)", "PLEEGZICHT_OIDC_JWKS_URL"),
        (JWKS, (200, "<html>"), "sleutels zijn niet te krijgen (onleesbaar)", "PLEEGZICHT_OIDC_JWKS_URL"),
        (WELL_KNOWN, (404, {}), "beschrijving is niet te krijgen (status 404)", "PLEEGZICHT_OIDC_ISSUER"),
        (WELL_KNOWN, (200, {"issuer": "https://ander.test"}), "(issuer past niet)", "PLEEGZICHT_OIDC_ISSUER"),
    ],
)
def test_what_it_does_not_give_is_named(
    heel: Installatie, dienst: Aanmelddienst, path: str, answer: tuple[int, Any], said: str, setting: str
) -> None:
    dienst.answers[path] = answer
    code, found = heel.gezond()
    assert (code, found["Aanmelddienst"][:6]) == (1, "FOUT  ")
    assert said in found["Aanmelddienst"]
    assert f"en of {setting} klopt." in found["Aanmelddienst"]


def test_one_that_cannot_be_reached_is_named(heel: Installatie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEEGZICHT_OIDC_ISSUER", "https://127.0.0.1:1")
    monkeypatch.setenv("PLEEGZICHT_OIDC_JWKS_URL", "https://127.0.0.1:1/jwks")
    code, found = heel.gezond()
    assert (code, found["Aanmelddienst"][:6]) == (1, "FOUT  ")
    assert "(niet bereikbaar)" in found["Aanmelddienst"]
