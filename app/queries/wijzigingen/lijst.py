"""The change log as it is shown: what was written in the organisatie, by whom, and why; the last first.

Only codes, dates and keys: of free text and names the log itself has no more than a digest, and shows that they
changed. The reason of a correction is read from the fact itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Text,
    Uuid,
    bindparam,
    cast,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.models import Base, Medewerker, Pleegkind, Wijziging, Wijzigingspakket
from app.models.soorten import SOORTEN
from app.models.versions import newest
from app.queries.feiten.verplaatst import reason_may_be_told
from app.schemas.wijziging import WijzigingenFilter
from app.terms import Wijzigingshandeling

#: a fact's own administration, which the entry says itself or which means nothing outside
_INSIDE: Final = frozenset({"eerste_id", "vervangt_id", "volgorde", "zegel_id"})
#: table → columns with keys of no meaning outside
_INSIDE_OF: Final[Mapping[str, frozenset[str]]] = {"vernietiging_stap": frozenset({"rijen", "wijzigingen"})}
#: columns that refer to a medewerker, whatever they are called
_PEOPLE: Final = frozenset({
    "medewerker_id", "vastgelegd_door", "opgesteld_door", "goedgekeurd_door", "aangemaakt_door", "vastgesteld_door",
    "eigenaar_id", "door", "gegeven_door", "gesteld_door", "voorgesteld_door",
})  # fmt: skip
_REFERENCES: Final[Mapping[str, str]] = {
    **dict.fromkeys(_PEOPLE, "medewerker"),
    **{column: table for soort in SOORTEN.values() for column, table in soort.model.REFERENCES.items()},
    "ander_id": "pleegkind",
    "team_id": "team",
    "opgegaan_in": "team",
    "toets_id": "kwartaaltoets",
    "extra_inzet_id": "extra_inzet",
    "eigen_norm_id": "eigen_norm",
    "mandaat_id": "toezichtsmandaat",
    "webhook_id": "webhook",
    "vernietiging_id": "vernietiging",
    "blokkade_id": "bewaarblokkade",
    "inspectie_id": "organisatie",
}

_REASON: Final = "wijzigingsreden"
_UTC: Final = "+00:00"
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")

_LOGGED = (
    select(
        Wijziging.id,
        Wijziging.pakket_id,
        Wijziging.digest,
        Wijziging.tabel,
        Wijziging.rij_id,
        Wijziging.uid,
        Wijziging.handeling,
        Wijziging.voor,
        Wijziging.na,
        Wijzigingspakket.op,
        Wijzigingspakket.verzoek_id,
        Wijzigingspakket.reden,
        Medewerker.uid.label("medewerker"),
        Medewerker.naam,
        Pleegkind.uid.label("pleegkind"),
    )
    .join(Wijzigingspakket, Wijzigingspakket.id == Wijziging.pakket_id)
    .outerjoin(Medewerker, (Medewerker.feit_id == Wijzigingspakket.medewerker_id) & newest(Medewerker))
    .outerjoin(Pleegkind, Pleegkind.id == Wijziging.pleegkind_id)
    .where(Wijziging.organisatie_id == bindparam("organisatie", type_=BigInteger))
)
_KEYS = (
    Key("pakket_id", Wijziging.pakket_id, descending=True),
    Key("id", Wijziging.id, descending=True),
)
_KIND: Final[ColumnElement[bool]] = Wijziging.pleegkind_id.in_(
    select(Pleegkind.id).where(Pleegkind.uid == bindparam("pleegkind", type_=Uuid))
)
_VAN: Final[ColumnElement[bool]] = Wijzigingspakket.op >= bindparam("van", type_=DateTime(timezone=True))
_TOT: Final[ColumnElement[bool]] = Wijzigingspakket.op < bindparam("tot", type_=DateTime(timezone=True))
_LISTS = {
    (kind, van, tot): KeysetQuery(
        _LOGGED.where(*(term for wanted, term in ((kind, _KIND), (van, _VAN), (tot, _TOT)) if wanted)), *_KEYS
    )
    for kind in (False, True)
    for van in (False, True)
    for tot in (False, True)
}


@dataclass(frozen=True, slots=True)
class Door:
    """Who wrote, with the name that they have now."""

    id: UUID
    naam: str


@dataclass(frozen=True, slots=True)
class GetoondeWijziging:
    """One entry as it is shown; ``uid`` is made of its digest, so it says which entry it is and nothing else."""

    uid: UUID
    op: datetime
    medewerker: Door | None
    handeling: Wijzigingshandeling
    soort: str
    onderwerp_id: UUID | None
    pleegkind_id: UUID | None
    voor: Mapping[str, Any] | None
    na: Mapping[str, Any] | None
    reden: str | None
    verzoek_id: str | None


def list_wijzigingen(
    session: Session, actor: Actor, wanted: WijzigingenFilter, page: Page
) -> Window[GetoondeWijziging]:
    """Return a page of what was written in the actor's organisatie, the last first."""
    asked = {"pleegkind": wanted.pleegkind, "van": wanted.van, "tot": wanted.tot}
    query = _LISTS[wanted.pleegkind is not None, wanted.van is not None, wanted.tot is not None]
    window = query.fetch(session, page, {"organisatie": actor.organisatie_id, **asked})
    names = _Namen(session, window.rows)
    return Window([names.show(row) for row in window.rows], window.next, window.prev)


class _Namen:
    """The ids and reasons of everything on a page, each read in one statement."""

    def __init__(self, session: Session, rows: Sequence[Any]) -> None:
        self._uids = _read(session, _referred(rows), "uid")
        corrected = ((row.tabel, row.rij_id) for row in rows if _REASON in (row.na or {}))
        self._reasons = _read(session, corrected, _REASON)

    def show(self, row: Any) -> GetoondeWijziging:
        """Return an entry as it is shown."""
        return GetoondeWijziging(
            uid=UUID(bytes=bytes(row.digest)[:16]),
            op=row.op,
            medewerker=None if row.medewerker is None else Door(row.medewerker, row.naam),
            handeling=row.handeling,
            soort=row.tabel,
            onderwerp_id=row.uid,
            pleegkind_id=row.pleegkind,
            voor=self._content(row.tabel, row.voor),
            na=self._content(row.tabel, row.na),
            reden=self._reasons.get((row.tabel, row.rij_id), row.reden),
            verzoek_id=row.verzoek_id,
        )

    def _content(self, tabel: str, content: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        if content is None:
            return None
        inside = _INSIDE | _INSIDE_OF.get(tabel, frozenset())
        return {_camel(name): self._value(name, value) for name, value in content.items() if name not in inside}

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {"verborgen": True}
        if name in _REFERENCES and value is not None:
            return self._uids.get((_REFERENCES[name], value))
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return value.removesuffix(_UTC) + "Z"
        return value


def _referred(rows: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Yield table and key of everything that the content of entries refers to."""
    for row in rows:
        for content in (row.voor, row.na):
            for name, value in (content or {}).items():
                if name in _REFERENCES and value is not None:
                    yield _REFERENCES[name], value


def _read(session: Session, wanted: Iterable[tuple[str, int]], column: str) -> dict[tuple[str, int], Any]:
    """Return one column of the rows with these keys, whichever tables they are in."""
    keys: dict[str, list[int]] = {}
    for table, key in set(wanted):
        keys.setdefault(table, []).append(key)
    if not keys:
        return {}
    parts = []
    for name, values in sorted(keys.items()):
        columns, ids = Base.metadata.tables[name].c, cast(sorted(values), ARRAY(BigInteger))
        found = select(literal_column(f"'{name}'", Text), columns.id, columns[column]).where(columns.id == ids.any_())
        parts.append(found.where(_is_told(name)) if column == _REASON else found)
    return {(str(name), int(key)): value for name, key, value in session.execute(union_all(*parts))}


def _is_told(name: str) -> ColumnElement[bool]:
    soort = SOORTEN.get(name)
    return true() if soort is None else reason_may_be_told(soort.model)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
