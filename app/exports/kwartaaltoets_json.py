"""A quarterly audit as JSON: its digest, and the exact bytes that the digest covers.

``{"digest":"<hex>","inhoud":<canonical JSON>}`` and a line feed. Whoever hashes what stands between the two finds the
digest, without this software and without a JSON parser.
"""

from collections.abc import Iterator

from app.exports.toetsbestand import Toetsbestand
from app.toets.canoniek import iterate_canonical

OPENING = b'{"digest":"'
TUSSEN = b'","inhoud":'
SLOT = b"}\n"


def write_toets_json(bestand: Toetsbestand) -> Iterator[bytes]:
    """Yield the file row by row; names are never in it, for the digest may not depend on who asks."""
    yield OPENING + bestand.digest.encode() + TUSSEN
    yield from iterate_canonical(bestand.kop, bestand.kengetallen, bestand.regels())
    yield SLOT
