"""The certificates of locked files: what may be gone from the change log, and whether two people approved it.

A certificate is a row like any other to the change log: made, changed or removed behind its back, it shows there. It
names the entries that it emptied, with a digest over what is left of them; beside those only the entries that its own
transaction wrote about the rows it removed may be empty. Once its file is back, those alone.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from app.db.streaming import streaming
from app.norms.bewaartermijnen import VIER_OGEN
from app.queries.bevindingen import Bevindingen

#: tables in which rows are only ever added
TOEVOEGEN: Final = (
    "bewaarblokkade", "bewaarblokkade_opheffing", "vernietiging", "vernietiging_oordeel", "vernietiging_stap",
)  # fmt: skip
#: what is left of an entry that was emptied, as its digest covers it
RESTANT: Final = "w.id, encode(w.digest, 'hex'), w.tabel, w.rij_id, w.uid::text, w.pleegkind_id, w.handeling"

_CERTIFICATES: Final = """
SELECT v.uid::text, s.rijen, s.wijzigingen, later.stap, e.pakket_id, (
    SELECT count(DISTINCT o.door) FROM vernietiging_oordeel o
    WHERE o.vernietiging_id = v.id AND o.oordeel = 'goedgekeurd' AND o.op <= s.op)
FROM vernietiging_stap s
JOIN vernietiging v ON v.id = s.vernietiging_id AND v.organisatie_id = s.organisatie_id
LEFT JOIN vernietiging_stap later ON later.vernietiging_id = s.vernietiging_id AND later.stap = 'hersteld'
LEFT JOIN wijziging e ON e.organisatie_id = s.organisatie_id AND e.pleegkind_id = v.pleegkind_id
    AND e.tabel = 'vernietiging_stap' AND e.rij_id = s.id AND e.handeling = 'toegevoegd'
WHERE s.organisatie_id = %(organisatie)s AND s.stap = 'verzegeld' ORDER BY s.id
"""
_LEFT: Final = f"""
SELECT {RESTANT} FROM wijziging w
WHERE w.organisatie_id = %(organisatie)s AND w.id = ANY(%(ids)s) AND w.zout IS NULL ORDER BY w.id
"""  # noqa: S608 — a constant
_CHANGED: Final = """
SELECT w.id, w.tabel FROM wijziging w
WHERE w.organisatie_id = %(organisatie)s AND w.tabel = ANY(%(tabellen)s) AND w.handeling <> 'toegevoegd' ORDER BY w.id
"""


@dataclass(slots=True)
class Gewist:
    """What certificates allow.

    Attributes:
        regels: keys of the entries that may, and must, be empty.
        verwijderd: (package, table, key) of entries about the removal itself, which may be empty.
        rijen: (table, key) of the rows of files that are locked or destroyed: nothing about them may have content.
    """

    regels: set[int] = field(default_factory=set)
    verwijderd: set[tuple[int, str, int]] = field(default_factory=set)
    rijen: set[tuple[str, int]] = field(default_factory=set)

    def may_be_empty(self, key: int, pakket: int, tabel: str, rij: int, handeling: str) -> bool:
        """Tell whether an entry may be without content."""
        return key in self.regels or (handeling == "verwijderd" and (pakket, tabel, rij) in self.verwijderd)

    def must_be_empty(self, tabel: str, rij: int) -> bool:
        """Tell whether nothing about a row may have content any more."""
        return (tabel, rij) in self.rijen


def digest_of_rest(entries: Iterable[Sequence[Any]]) -> str:
    """Return the digest over what is left of emptied entries, each as ``RESTANT`` reads it, in order of their key."""
    total = hashlib.sha256()
    for entry in entries:
        total.update(json.dumps(list(entry)).encode() + b"\n")
    return total.hexdigest()


def read_certificates(session: Session, organisatie_id: int, found: Bevindingen) -> Gewist:
    """Return what the certificates of an organisatie allow.

    Args:
        session: in one snapshot, working for the organisatie.
        organisatie_id: whose.
        found: gets a sentence for every certificate that two people did not approve, or that does not fit.
    """
    gone = Gewist()
    with streaming(session, _CERTIFICATES, {"organisatie": organisatie_id}) as rows:
        certificates = list(rows)
    for uid, rijen, wijzigingen, back, pakket, approvals in certificates:
        if approvals < VIER_OGEN:
            found.add(f"Vernietiging {uid}: uitgevoerd zonder akkoord van twee mensen.")
        named = {(tabel, key) for tabel, keys in rijen.items() for key in keys}
        if pakket is not None:
            gone.verwijderd.update((pakket, *one) for one in named)
        if back is None:
            gone.regels.update(wijzigingen["ids"])
            gone.rijen |= named
            _check_rest(session, organisatie_id, uid, wijzigingen, found)
    _check_added_only(session, organisatie_id, found)
    return gone


def _check_rest(session: Session, organisatie_id: int, uid: str, named: Any, found: Bevindingen) -> None:
    with streaming(session, _LEFT, {"organisatie": organisatie_id, "ids": named["ids"]}) as rows:
        if digest_of_rest(rows) != named["sha256"]:
            found.add(f"Vernietiging {uid}: wat van de logregels over is, is niet wat het certificaat zegt.")


def _check_added_only(session: Session, organisatie_id: int, found: Bevindingen) -> None:
    parameters = {"organisatie": organisatie_id, "tabellen": list(TOEVOEGEN)}
    with streaming(session, _CHANGED, parameters) as rows:
        found.extend(
            f"Wijziging {key}: een regel van {tabel} is gewijzigd; daar komt alleen iets bij." for key, tabel in rows
        )
