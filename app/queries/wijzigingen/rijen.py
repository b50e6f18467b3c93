"""Whether the business tables say what the change log says: each live row against the newest entry about it.

A row that was changed, removed or added behind the log's back is found here, however whole the log itself is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from app.db.rows import Regel
from app.db.streaming import streaming
from app.lib.progress import Progress
from app.models.soorten import SOORTEN
from app.queries.bevindingen import Bevindingen
from app.queries.wijzigingen.keten import ENTRY
from app.terms import Wijzigingshandeling

#: every table of which the log keeps what is written to it
VASTGELEGD: Final = (
    "organisatie", "team", "teamwijziging", "belnummer", "account", "medewerker", *SOORTEN, "eigen_norm",
    "norm_beeindiging", "kwartaaltoets", "extra_inzet", "extra_inzet_stap", "toezichtsmandaat", "mandaat_intrekking",
    "noodtoegang", "noodtoegang_bespreking", "bewaarblokkade", "bewaarblokkade_opheffing", "vernietiging",
    "vernietiging_oordeel", "vernietiging_stap", "samenvoeging", "samenvoeging_stap", "afwezigheid",
    "afwezigheid_einde", "webhook", "webhook_einde", "publicatie",
    "publicatie_intrekking",
)  # fmt: skip
#: every other table, and why the log does not follow it
NIET_VASTGELEGD: Final[Mapping[str, str]] = {
    "termijn": "follows from the facts; pleegzicht controleer computes it again",
    "plaatsing_bezetting": "follows from the plaatsingen; a trigger keeps it",
    "kind_in_begeleiding": "follows from plaatsingen and begeleidingen; triggers keep it",
    "open_na_vertrek": "follows from plaatsingen and judgements; triggers keep it",
    "zonder_begeleider": "follows from plaatsingen and begeleidingen; triggers keep it",
    "vastlegteller": "a counter; every fact carries the number that it gave",
    "kwartaaltoets_regel": "the digest in its kwartaaltoets covers every row, and a concept is built again on demand",
    "idempotentie": "answers that were given, kept to give them again",
    "bericht": "follows from the facts; says that something must be heard, and of what, until it was",
    "bezorging": "what became of such a message",
    "gebeurtenis": "which webhook was told of such a message",
    "taakstand": "when each job of the service ran last",
    "importstand": "how far an import is; the log has what it wrote",
    "toetsopdracht": "what is made of an audit beside a request, for a day; the log has what it wrote",
    "open_kengetal": "never changes, and the digest in its publicatie covers every row",
    "agenda": "whose calendar reads along; the access log has each look",
    "sessie": "who is signed in on pages; the access log has what they looked at",
    "concept": "what somebody typed and did not send: no fact, and gone within twelve hours",
    "inzage": "the access log, which a seal covers itself",
    "inzage_afloop": "the access log, which a seal covers itself",
    "wijzigingspakket": "the change log itself",
    "wijziging": "the change log itself",
    "wijzigingsschakel": "the change log itself",
    "wijzigingskop": "the change log itself",
    "zegel": "a copy of what lies outside",
    "alembic_version": "the version of the schema",
}

_APART = ("id", "organisatie_id", "uid", "feit_id")
_COLUMNS = """
SELECT a.attname::text, t.typname::text FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = to_regclass('public.' || %(tabel)s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_NEWEST = f"""
SELECT w.rij_id, w.handeling, w.id, {ENTRY}
FROM wijziging w WHERE w.organisatie_id = %(organisatie)s AND w.tabel = %(tabel)s ORDER BY w.rij_id, w.id
"""  # noqa: S608 — a constant
_UID, _ZOUT, _NA = 4, 7, 9  # places in the text of an entry


@dataclass(slots=True)
class _Regel:
    """The newest entry about a row, as its digest covers it."""

    key: int
    uid: str | None
    zout: str
    na: Mapping[str, Any] | None


def compare_rows(session: Session, organisatie_id: int, found: Bevindingen, progress: Progress | None = None) -> int:
    """Compare every live row of an organisatie with the log, and return how many rows there are.

    Args:
        session: in one snapshot, working for the organisatie.
        organisatie_id: whose rows.
        found: gets a sentence for every row that differs.
        progress: hears how far it is.
    """
    total = 0
    for done, tabel in enumerate(VASTGELEGD, start=1):
        total += _compare_table(session, organisatie_id, tabel, found)
        if progress:
            progress(done, len(VASTGELEGD), "rijen vergelijken")
    _check_unknown(session, organisatie_id, found)
    return total


def _compare_table(session: Session, organisatie_id: int, tabel: str, found: Bevindingen) -> int:
    parameters, rows = {"organisatie": organisatie_id, "tabel": tabel}, 0
    with (
        streaming(session, _NEWEST, parameters) as entries,
        streaming(session, _live(session, tabel), parameters) as live,
    ):
        known = _newest(entries, tabel, found)
        entry = next(known, None)
        for key, text in live:
            rows += 1
            while entry is not None and entry.key < key:
                _expect_gone(entry, tabel, found)
                entry = next(known, None)
            if entry is None or entry.key > key or entry.na is None:
                found.add(f"{tabel} {key}: staat in de database en niet in het wijzigingslog.")
            else:
                found.extend(f"{tabel} {key}: {fault}." for fault in _differences(entry, json.loads(text)))
            if entry is not None and entry.key == key:
                entry = next(known, None)
        while entry is not None:
            _expect_gone(entry, tabel, found)
            entry = next(known, None)
    return rows


def _live(session: Session, tabel: str) -> str:
    """Return the statement that reads the live rows of a table, JSON as its text."""
    with streaming(session, _COLUMNS, {"tabel": tabel}) as columns:
        kinds = dict(columns)
    texts = ", ".join(f"'{name}', t.{name}::text" for name, kind in kinds.items() if kind == "jsonb")
    tenant = "organisatie_id" if "organisatie_id" in kinds else "id"
    return (
        f"SELECT t.id, (to_jsonb(t) || jsonb_build_object({texts}))::text FROM {tabel} t "  # noqa: S608 — no input
        f"WHERE t.{tenant} = %(organisatie)s ORDER BY t.id"
    )


def _newest(entries: Iterator[tuple[Any, ...]], tabel: str, found: Bevindingen) -> Iterator[_Regel]:
    """Yield the newest entry about each row, having looked at whether the entries about it can follow each other."""
    for key, group in groupby(entries, key=itemgetter(0)):
        there, entry = False, None
        for _, handeling, regel, text in group:
            fields = json.loads(text)
            entry = _Regel(key, fields[_UID], fields[_ZOUT], fields[_NA])
            emptied = fields[_ZOUT] is None  # that it may be is looked at along the chain
            if not emptied and not _may_follow(handeling, entry.na, there=there):
                found.add(f"Wijziging {regel}: {tabel} {key} kan hier niet zijn {handeling}.")
            there = handeling != Wijzigingshandeling.VERWIJDERD
        if entry is not None:
            yield entry


def _may_follow(handeling: str, na: Mapping[str, Any] | None, *, there: bool) -> bool:
    """Tell whether this can happen to a row that is there or not; a later version of a fact is a row of its own."""
    if (na is None) != (handeling == Wijzigingshandeling.VERWIJDERD):
        return False
    if handeling == Wijzigingshandeling.TOEGEVOEGD:
        return not there
    return there or (na or {}).get("versie", 1) > 1


def _expect_gone(entry: _Regel, tabel: str, found: Bevindingen) -> None:
    if entry.na is not None:
        found.add(f"{tabel} {entry.key}: staat in het wijzigingslog en niet meer in de database.")


def _differences(entry: _Regel, row: Regel) -> Iterator[str]:
    """Yield what a live row says otherwise than the entry about it."""
    if row.get("uid") != entry.uid:
        yield "uid is anders dan het wijzigingslog zegt"
    live = {name: value for name, value in row.items() if name not in _APART and value is not None}
    na = entry.na or {}
    for name in sorted(live.keys() | na.keys()):
        if name not in live or name not in na or not _same(na[name], live[name], entry.zout):
            yield f"{name} is anders dan het wijzigingslog zegt"


def _same(logged: Any, live: Any, zout: str) -> bool:
    if isinstance(logged, dict):
        text = live if isinstance(live, str) else json.dumps(live, ensure_ascii=False)
        return bool(logged == {"sha256": hashlib.sha256(f"{zout}{text}".encode()).hexdigest()})
    return bool(logged == live)


_UNKNOWN = """
SELECT DISTINCT w.tabel FROM wijziging w
WHERE w.organisatie_id = %(organisatie)s AND NOT w.tabel = ANY(%(bekend)s) ORDER BY w.tabel
"""


def _check_unknown(session: Session, organisatie_id: int, found: Bevindingen) -> None:
    parameters = {"organisatie": organisatie_id, "bekend": list(VASTGELEGD)}
    with streaming(session, _UNKNOWN, parameters) as tables:
        found.extend(f"Het wijzigingslog noemt een tabel {name}, die niet wordt vastgelegd." for (name,) in tables)
