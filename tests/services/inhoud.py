"""What an organisatie's file holds, in words that do not depend on keys: to compare two moments or two imports."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Base
from app.models.base import Feit
from app.security.bsn import decrypt_bsn
from app.security.secrets import Secrets
from app.services.demo.load import MODELLEN

#: table → sorted versions of facts, each as a tuple of (column, value)
Inhoud: TypeAlias = dict[str, list[tuple[tuple[str, str], ...]]]

# Keys, order and ciphertext differ between two imports of the same; the BSN itself is compared instead.
_KEYS = frozenset(
    {"id", "eerste_id", "feit_id", "uid", "organisatie_id", "vervangt_id", "volgorde", "bsn_versleuteld", "bsn_index"}
)


def read_inhoud(
    session: Session, organisatie_id: int, secrets: Secrets, *, without: frozenset[str] = frozenset()
) -> Inhoud:
    """Return every version of every fact, references by nummer; without the columns named."""
    nummers = _nummers(session, organisatie_id)
    inhoud: Inhoud = {}
    for model in MODELLEN:
        rows = session.scalars(select(model).where(model.organisatie_id == organisatie_id))
        inhoud[model.__tablename__] = sorted(_row(row, nummers, secrets, without) for row in rows)
    return inhoud


def _row(
    row: Any, nummers: dict[tuple[str, int], str], secrets: Secrets, without: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    values: dict[str, Any] = {}
    for column in row.__table__.columns:
        value = getattr(row, column.key)
        if column.key in row.REFERENCES and value is not None:
            value = nummers[row.REFERENCES[column.key], value]
        if isinstance(value, datetime):
            value = value.astimezone(UTC)
        if column.key not in _KEYS | without:
            values[column.key] = value
    if getattr(row, "bsn_versleuteld", None):
        values["bsn"] = decrypt_bsn(secrets, row.bsn_versleuteld, row.organisatie_id, row.uid)
    return tuple((name, str(value)) for name, value in values.items())


def _nummers(session: Session, organisatie_id: int) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for model in MODELLEN:
        statement = select(model.id, model.nummer).where(model.organisatie_id == organisatie_id)
        found |= {(model.__tablename__, key): nummer for key, nummer in session.execute(statement)}
    team = Base.metadata.tables["team"]
    rows = session.execute(select(team.c.id, team.c.naam).where(team.c.organisatie_id == organisatie_id))
    return found | {("team", key): naam for key, naam in rows}


def count_rows(session: Session) -> dict[str, int]:
    """Return how many rows every table of the database has, but that which says how far an import is."""
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in Base.metadata.tables.items()
        if name != "importstand"
    }


def read_rows(session: Session, organisatie_id: int) -> dict[str, list[Any]]:
    """Return every row of an organisatie as it stands, keys included; without what counts recordings and imports."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for name, table in Base.metadata.tables.items():
        if "organisatie_id" in table.columns and name not in ("vastlegteller", "importstand"):
            statement = select(table).where(table.c.organisatie_id == organisatie_id)
            rows[name] = sorted(map(str, session.execute(statement)))
    return rows


def versions(session: Session, model: type[Feit], organisatie_id: int, nummer: str) -> list[Any]:
    """Return the versions of one fact, the first one first."""
    statement = (
        select(model).where(model.organisatie_id == organisatie_id, model.nummer == nummer).order_by(model.versie)
    )
    return list(session.scalars(statement))
