"""What is given at a request for a child's own file: JSON in canonical form with its digest, or a PDF to read."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.exports.inzageverzoek.pdf import write_inzageverzoek_pdf
from app.exports.keurmerk import Zegelverwijzing
from app.exports.kwartaaltoets.as_json import write_canonical
from app.lib.canoniek import iterate_object
from app.queries.dossier.inzagedossier import Inzagedossier
from app.terms import Toetsformaat

VERSIE: Final = "pleegzicht-inzage/1"
_INZAGEN: Final = "inzagen"


@dataclass(frozen=True, slots=True)
class Klaar:
    """A file that only has to be written.

    Attributes:
        digest: SHA-256 of its canonical content, the same for each format.
        feiten: how many facts are in it.
        inzagen: how many looks.
        stukken: its bytes.
    """

    digest: str
    feiten: int
    inzagen: int
    stukken: Iterator[bytes]


def prepare_json(dossier: Inzagedossier) -> Klaar:
    """Return the file as JSON; the looks are read once for the digest and once more to be written."""
    return _prepared(dossier, lambda digest, zegel: write_canonical(digest, _canonical(dossier), zegel))


def prepare_pdf(dossier: Inzagedossier) -> Klaar:
    """Return the file as a tagged PDF."""
    return _prepared(dossier, lambda digest, zegel: iter([write_inzageverzoek_pdf(dossier, digest, zegel)]))


WRITERS: Final[Mapping[Toetsformaat, Callable[[Inzagedossier], Klaar]]] = {
    Toetsformaat.PDF: prepare_pdf,
    Toetsformaat.JSON: prepare_json,
}


def _prepared(dossier: Inzagedossier, write: Callable[[str, Zegelverwijzing | None], Iterator[bytes]]) -> Klaar:
    counted = _Telling(dossier.inzagen())
    digest = hashlib.sha256()
    for piece in _canonical(dossier, counted):
        digest.update(piece)
    last = dossier.zegel
    zegel = None if last is None else Zegelverwijzing(last.nummer, last.op, last.digest)
    stukken = write(digest.hexdigest(), zegel)
    return Klaar(digest.hexdigest(), len(dossier.inhoud["feiten"]), counted.aantal, stukken)


def _canonical(dossier: Inzagedossier, inzagen: Iterator[Any] | None = None) -> Iterator[bytes]:
    looks = dossier.inzagen() if inzagen is None else inzagen
    return iterate_object({"versie": VERSIE, **dossier.inhoud}, {_INZAGEN: looks})


class _Telling(Iterator[Any]):
    """Counts what passes."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.aantal = 0

    def __next__(self) -> Any:
        item = next(self._items)
        self.aantal += 1
        return item
