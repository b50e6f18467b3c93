"""What people wrote in a child's file: only for an inspecteur whose mandate has ``dossiertekst``.

The words are theirs, and may name anybody; that is why it is a right of its own.
"""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, Date, Text, bindparam, cast, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.db.rows import Rows
from app.db.statement import FastStatement
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds
from app.queries.feiten.eigenaren import is_of_children

_KIND = bindparam("kind", type_=BigInteger)


class _Tekst(NamedTuple):
    """What a branch of the statement selects, in this order; ``tekst`` holds each text under its field's name."""

    soort: str
    uid: UUID
    datum: date
    tekst: dict[str, str]


def _branch(soort: FeitSoort) -> Rows:
    model = soort.model
    day = getattr(model, soort.dag or "datum")
    pairs = [
        part for name in soort.teksten for part in (literal_column(f"'{_camel(name)}'", Text), getattr(model, name))
    ]
    return select(
        literal_column(f"'{soort.naam}'", Text),
        model.uid,
        cast(day, Date).label("dag"),
        cast(func.jsonb_strip_nulls(func.jsonb_build_object(*pairs)), JSONB),
    ).where(is_of_children(soort.eigenaar, model, [_KIND]), day <= bindparam("peildatum", type_=Date), holds(model))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


_ALL = FastStatement(union_all(*(_branch(soort) for soort in SOORTEN.values() if soort.teksten)))


def list_dossierteksten(session: Session, kind: int, peildatum: date) -> list[dict[str, Any]]:
    """Return every free text of a child's file dated on or before a day, the newest first; the caller has the right."""
    found = (_Tekst(*row) for row in _ALL.rows(session, kind=kind, peildatum=peildatum))
    in_order = sorted((one for one in found if one.tekst), key=lambda one: (one.datum, one.uid), reverse=True)
    return [one._asdict() for one in in_order]
