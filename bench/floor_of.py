"""What the floor must be told about this bank; it looks up nothing of ours itself."""

from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from app.db.sessions import APP_ROLE
from app.norms.versies.landelijk import LANDELIJK
from app.security.demo_issuer import AUDIENCE, ISSUER
from bench.bank import Bank
from bench.floor.settings import Settings

_NAMES = {"dbname": "database", "host": "host", "port": "port", "user": "user", "password": "password"}
_PUBLIC = ("kty", "crv", "x", "y", "kid")


def write_floor_settings(bank: Bank) -> Path:
    """Write the settings of the floor and return where."""
    given = conninfo_to_dict(bank.conninfo)
    path = bank.folder / "bodem.json"
    Settings(
        database={_NAMES[name]: value for name, value in given.items() if name in _NAMES},
        role=APP_ROLE,
        issuer=ISSUER,
        audience=AUDIENCE,
        jwk={name: str(bank.secrets.demo_jwk[name]) for name in _PUBLIC},
        secret=bank.secrets.cursor[:32].hex(),
        normen={norm.code: (norm.naam, norm.bron) for norm in LANDELIJK},
    ).write(path)
    return path
