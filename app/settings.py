"""The only reader of the environment (prefix ``PLEEGZICHT_``; names in ``afspraken.md`` §2)."""

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import OngeldigeInstelling
from app.lib.adres import is_safe_address, origin_of
from app.terms import Mailbeveiliging, Rol

#: a mail server that no network lies in between with
_HERE = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """Every setting of the service; a contradiction refuses the start."""

    model_config = SettingsConfigDict(env_prefix="PLEEGZICHT_", frozen=True, env_ignore_empty=True)

    database_url: str | None = None
    database_read_url: str | None = None
    database_read_achterstand: float = Field(default=2.0, ge=0, le=60)
    demo: bool = False
    oidc_issuer: str | None = None
    oidc_audience: str = "pleegzicht"
    oidc_jwks_url: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret_file: Path | None = None
    oidc_scope: str = "openid"
    oidc_rol_claim: str | None = None
    oidc_rollen: Annotated[dict[str, Rol], NoDecode] = Field(default_factory=dict)
    public_url: str | None = None
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    secrets_file: Path | None = None
    data_dir: Path = Path(".data")
    zegel_map: Path | None = None
    dossiersleutel_map: Path | None = None
    zegel_webhook: str | None = Field(default=None, pattern="^https?://")
    backup_merk: Path | None = None
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    metrics_host: str = "127.0.0.1"
    otlp_url: str | None = Field(default=None, pattern="^https?://")
    otlp_deel: float = Field(default=1.0, ge=0, le=1)
    smtp_host: str | None = None
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_beveiliging: Mailbeveiliging = Mailbeveiliging.STARTTLS
    smtp_gebruiker: str | None = None
    smtp_wachtwoord_file: Path | None = None
    mail_afzender: str | None = Field(default=None, pattern=r"^[^@\s<>]+@[^@\s<>]+$")
    oin: str | None = Field(default=None, pattern=r"^\d{20}$")
    webhook_netten: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("oidc_rollen", mode="before")
    @classmethod
    def read_rollen(cls, value: object) -> object:
        """Read ``{"waarde van de claim": "rol"}``."""
        try:
            pairs: Any = json.loads(value) if isinstance(value, str) else value
            return {str(claim): Rol(rol) for claim, rol in pairs.items()}
        except (ValueError, AttributeError):
            msg = 'geef JSON van waarde naar rol, zoals {"pz-leiders": "teamleider"}'
            raise ValueError(msg) from None

    @field_validator("cors_origins", "webhook_netten", mode="before")
    @classmethod
    def read_listed(cls, value: object) -> object:
        """Read ``https://een.example,https://twee.example``, or ``10.1.0.0/16,10.2.0.0/16``."""
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @model_validator(mode="after")
    def refuse_contradictions(self) -> Self:
        """Refuse combinations that would let a demo token into a real service, or nobody at all."""
        for message in self._contradictions():
            raise ValueError(message)
        return self

    def _contradictions(self) -> Iterator[str]:
        if self.demo and self.oidc_issuer:
            yield "PLEEGZICHT_DEMO en PLEEGZICHT_OIDC_ISSUER gaan niet samen: kies demo of een echte aanmelding"
        if self.oidc_issuer and not self.oidc_jwks_url:
            yield "PLEEGZICHT_OIDC_JWKS_URL ontbreekt bij PLEEGZICHT_OIDC_ISSUER"
        for name in ("oidc_client_id", "oidc_rol_claim"):
            if getattr(self, name) and not self.oidc_issuer:
                yield f"PLEEGZICHT_{name.upper()} zonder PLEEGZICHT_OIDC_ISSUER"
        if bool(self.oidc_rol_claim) != bool(self.oidc_rollen):
            yield "PLEEGZICHT_OIDC_ROL_CLAIM en PLEEGZICHT_OIDC_ROLLEN horen bij elkaar: geef beide of geen van beide"
        yield from self._contradictions_of_pages()
        yield from self._contradictions_of_mail()

    def _contradictions_of_pages(self) -> Iterator[str]:
        if self.public_url and not _is_origin(self.public_url):
            yield "PLEEGZICHT_PUBLIC_URL moet https://naam zijn, zonder pad (http alleen op deze machine)"
        if not all(_is_origin(one) for one in self.cors_origins):
            yield "PLEEGZICHT_CORS_ORIGINS moet https://naam zijn, zonder pad, met komma's ertussen (http alleen hier)"
        if self.oidc_client_id and not self.public_url:
            yield "PLEEGZICHT_PUBLIC_URL ontbreekt bij PLEEGZICHT_OIDC_CLIENT_ID"
        if self.oidc_client_secret_file and not self.oidc_client_id:
            yield "PLEEGZICHT_OIDC_CLIENT_SECRET_FILE zonder PLEEGZICHT_OIDC_CLIENT_ID"
        if self.oidc_client_id and not is_safe_address(self.oidc_issuer):
            yield "PLEEGZICHT_OIDC_ISSUER moet met https beginnen"
        if self.oidc_client_id and "openid" not in self.oidc_scope.split():
            yield "PLEEGZICHT_OIDC_SCOPE moet openid bevatten"
        if self.oidc_client_id == self.oidc_audience:
            yield (
                "PLEEGZICHT_OIDC_CLIENT_ID en PLEEGZICHT_OIDC_AUDIENCE mogen niet gelijk zijn: "
                "een ID-token zou dan een toegangsbewijs zijn"
            )

    def _contradictions_of_mail(self) -> Iterator[str]:
        for name in ("mail_afzender", "public_url"):
            if self.smtp_host and not getattr(self, name):
                yield f"PLEEGZICHT_{name.upper()} ontbreekt bij PLEEGZICHT_SMTP_HOST"
        if bool(self.smtp_gebruiker) != bool(self.smtp_wachtwoord_file):
            yield "PLEEGZICHT_SMTP_GEBRUIKER en PLEEGZICHT_SMTP_WACHTWOORD_FILE horen bij elkaar"
        if self.smtp_host and self.smtp_beveiliging is Mailbeveiliging.GEEN and self.smtp_host not in _HERE:
            yield "PLEEGZICHT_SMTP_BEVEILIGING=geen kan alleen met een mailserver op deze machine"

    @property
    def secrets_path(self) -> Path:
        """Where the keys for BSN, pseudonyms, sessions and seals live."""
        return self.secrets_file or self.data_dir / "geheimen.json"

    @property
    def zegel_path(self) -> Path:
        """Where seals are written; a folder on another machine, mounted here, anchors best."""
        return self.zegel_map or self.data_dir / "zegels"

    @property
    def dossiersleutel_path(self) -> Path:
        """Where the keys of locked files are until they are destroyed; never in the backup of the database."""
        return self.dossiersleutel_map or self.data_dir / "dossiersleutels"


def _is_origin(url: str) -> bool:
    return is_safe_address(url) and url == origin_of(url)


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Read the environment once.

    Raises:
        OngeldigeInstelling: with one clear line when a setting is wrong or two contradict each other.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"])
        prefix = f"PLEEGZICHT_{name.upper()}: " if name else ""
        message = prefix + first["msg"].removeprefix("Value error, ")
        raise OngeldigeInstelling(message) from None


def share_metrics(folder: str) -> None:
    """Let this process and those that it starts keep what they count in a folder: the library is told so here only."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
