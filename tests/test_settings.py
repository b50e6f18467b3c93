"""Settings that contradict each other refuse the start, each with its own line."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.errors import OngeldigeInstelling
from app.security.code_flow import read_client_secret
from app.settings import Settings
from app.terms import Rol

GOOD: dict[str, Any] = {
    "oidc_issuer": "https://aanmelden.example/tenant",
    "oidc_jwks_url": "https://aanmelden.example/jwks",
    "oidc_client_id": "pleegzicht-web",
    "oidc_client_secret_file": Path("geheim.txt"),
    "oidc_rol_claim": "groepen",
    "oidc_rollen": '{"cn=leiders,ou=pz": "teamleider"}',
    "public_url": "https://pleegzicht.example",
}
_MAIL = {"smtp_host": "mail.example", "mail_afzender": "pleegzicht@aanbieder.example"}
CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"demo": True}, "PLEEGZICHT_DEMO en PLEEGZICHT_OIDC_ISSUER"),
    ({"oidc_jwks_url": None}, "PLEEGZICHT_OIDC_JWKS_URL ontbreekt"),
    ({"oidc_issuer": None, "oidc_client_id": None}, "PLEEGZICHT_OIDC_ROL_CLAIM zonder"),
    ({"oidc_issuer": "http://aanmelden.example"}, "PLEEGZICHT_OIDC_ISSUER moet met https"),
    ({"public_url": None}, "PLEEGZICHT_PUBLIC_URL ontbreekt"),
    ({"public_url": "http://pleegzicht.example"}, "PLEEGZICHT_PUBLIC_URL moet"),
    ({"public_url": "https://pleegzicht.example/"}, "PLEEGZICHT_PUBLIC_URL moet"),
    ({"public_url": "https://pleegzicht.example/pad"}, "PLEEGZICHT_PUBLIC_URL moet"),
    ({"public_url": "https://wie:wat@pleegzicht.example"}, "PLEEGZICHT_PUBLIC_URL moet"),
    ({"oidc_client_id": None}, "PLEEGZICHT_OIDC_CLIENT_SECRET_FILE zonder"),
    ({"oidc_client_id": "pleegzicht"}, "mogen niet gelijk zijn"),
    ({"oidc_scope": "profile"}, "PLEEGZICHT_OIDC_SCOPE"),
    ({"oidc_rol_claim": None}, "horen bij elkaar"),
    ({"oidc_rollen": "{}"}, "horen bij elkaar"),
    ({"oidc_rollen": '{"x": "baas"}'}, "geef JSON van waarde naar rol"),
    ({"oidc_rollen": '["teamleider"]'}, "geef JSON van waarde naar rol"),
    ({"smtp_host": "mail.example"}, "PLEEGZICHT_MAIL_AFZENDER ontbreekt"),
    ({**_MAIL, "public_url": None, "oidc_client_id": None, "oidc_client_secret_file": None}, "_PUBLIC_URL ontbreekt"),
    ({**_MAIL, "smtp_gebruiker": "pleegzicht"}, "PLEEGZICHT_SMTP_GEBRUIKER en"),
    ({**_MAIL, "smtp_wachtwoord_file": Path("x")}, "PLEEGZICHT_SMTP_GEBRUIKER en"),
    ({**_MAIL, "smtp_beveiliging": "geen"}, "PLEEGZICHT_SMTP_BEVEILIGING=geen"),
]


def test_settings_that_agree_are_taken() -> None:
    assert Settings(**GOOD).oidc_rollen == {"cn=leiders,ou=pz": Rol.TEAMLEIDER}
    assert Settings(**{**GOOD, "public_url": "http://127.0.0.1:8000"}).public_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(("over", "said"), CONTRADICTIONS)
def test_a_contradiction_refuses_the_start(over: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(**{**GOOD, **over})
    (message,) = [fault["msg"] for fault in refused.value.errors()]
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize("content", [None, b"", b" \n", b"a\nb", b"\xff", b"x" * 5000])
def test_a_file_without_one_secret_refuses_the_start(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "geheim.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(OngeldigeInstelling) as refused:
        read_client_secret(file)
    assert "PLEEGZICHT_OIDC_CLIENT_SECRET_FILE" in str(refused.value)
    assert "a\nb" not in str(refused.value)


def test_a_secret_is_its_line_without_the_end(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("gehe im\n", "utf-8")
    assert read_client_secret(tmp_path / "geheim.txt") == "gehe im"
    assert read_client_secret(None) is None
