"""The only reader of the environment (prefix ``PLEEGZICHT_``; names in ``contract.md`` §2)."""

from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import OngeldigeInstelling


class Settings(BaseSettings):
    """Every setting of the service; a contradiction refuses the start."""

    model_config = SettingsConfigDict(env_prefix="PLEEGZICHT_", frozen=True, env_ignore_empty=True)

    database_url: str | None = None
    database_read_url: str | None = None
    demo: bool = False
    oidc_issuer: str | None = None
    oidc_audience: str = "pleegzicht"
    oidc_jwks_url: str | None = None
    oidc_client_id: str | None = None
    secrets_file: Path | None = None
    data_dir: Path = Path(".data")
    zegel_map: Path | None = None
    zegel_webhook: str | None = Field(default=None, pattern="^https?://")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @model_validator(mode="after")
    def refuse_contradictions(self) -> Self:
        """Refuse combinations that would let a demo token into a real service."""
        if self.demo and self.oidc_issuer:
            msg = "PLEEGZICHT_DEMO en PLEEGZICHT_OIDC_ISSUER gaan niet samen: kies demo of een echte aanmelding"
            raise ValueError(msg)
        if self.oidc_issuer and not self.oidc_jwks_url:
            msg = "PLEEGZICHT_OIDC_JWKS_URL ontbreekt bij PLEEGZICHT_OIDC_ISSUER"
            raise ValueError(msg)
        return self

    @property
    def secrets_path(self) -> Path:
        """Where the keys for BSN, pseudonyms, sessions and seals live."""
        return self.secrets_file or self.data_dir / "geheimen.json"

    @property
    def zegel_path(self) -> Path:
        """Where seals are written; a folder on another machine, mounted here, anchors best."""
        return self.zegel_map or self.data_dir / "zegels"


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
