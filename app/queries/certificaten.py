"""The certificates of files that were destroyed: what may be gone from the log, and whether two people approved it.

A certificate is a row like any other to the change log: changed, or made behind its back, it shows there.
"""

from typing import Final

from sqlalchemy.orm import Session

from app.norms.bewaartermijnen import VIER_OGEN
from app.queries.bevindingen import Bevindingen
from app.queries.lezen import streaming
from app.queries.wijzigingsketen import Rijsleutels

_CERTIFICATES: Final = """
SELECT v.uid::text, s.id, s.rijen, (
    SELECT count(DISTINCT o.door) FROM vernietiging_oordeel o
    WHERE o.vernietiging_id = v.id AND o.oordeel = 'goedgekeurd' AND o.op <= s.op)
FROM vernietiging_stap s
JOIN vernietiging v ON v.id = s.vernietiging_id AND v.organisatie_id = s.organisatie_id
WHERE s.organisatie_id = %(organisatie)s AND s.stap = 'verzegeld' ORDER BY s.id
"""


def read_certificates(session: Session, organisatie_id: int, found: Bevindingen) -> Rijsleutels:
    """Return table and key of every row that certificates of an organisatie name.

    Args:
        session: in one snapshot, working for the organisatie.
        organisatie_id: whose.
        found: gets a sentence for every certificate that two people did not approve.
    """
    named: set[tuple[str, int]] = set()
    with streaming(session, _CERTIFICATES, {"organisatie": organisatie_id}) as rows:
        for uid, _, rijen, approvals in rows:
            if approvals < VIER_OGEN:
                found.add(f"Vernietiging {uid}: uitgevoerd zonder akkoord van twee mensen.")
            named.update((tabel, key) for tabel, keys in rijen.items() for key in keys)
    return named
