"""Whether the chain of an organisatie's change log is whole: every digest and every link is computed again, here.

The database gives nothing but text in a form that ``docs/beveiliging-sporen.md`` describes; Python hashes it.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from app.db.streaming import streaming
from app.lib.progress import Progress
from app.queries.bevindingen import Bevindingen
from app.queries.vernietigingen.certificaten import Gewist

#: the text of an entry that its digest is of; ``w`` is the row
ENTRY: Final = (
    "jsonb_build_array('wijziging/1', w.organisatie_id, w.tabel, w.rij_id, w.uid, w.pleegkind_id, w.handeling, w.zout, "
    "w.voor, w.na)::text"
)
_ENTRIES = f"""
SELECT s.nummer, w.id, {ENTRY}, w.digest, w.zout IS NULL, w.pakket_id, w.tabel, w.rij_id, w.handeling
FROM wijziging w
LEFT JOIN wijzigingsschakel s ON s.pakket_id = w.pakket_id AND s.organisatie_id = w.organisatie_id
WHERE w.organisatie_id = %(organisatie)s
ORDER BY s.nummer NULLS LAST, w.id
"""  # noqa: S608 — a constant
_LINKS = """
SELECT s.nummer, s.vorige, s.hash, s.aantal, CASE WHEN p.id IS NOT NULL THEN jsonb_build_array(
    p.id, p.transactie, p.op, p.account_id, p.medewerker_id, p.verzoek_id, p.reden)::text END
FROM wijzigingsschakel s
LEFT JOIN wijzigingspakket p ON p.id = s.pakket_id AND p.organisatie_id = s.organisatie_id
WHERE s.organisatie_id = %(organisatie)s
ORDER BY s.nummer
"""
_LOOSE = """
SELECT p.id FROM wijzigingspakket p
WHERE p.organisatie_id = %(organisatie)s
  AND NOT EXISTS (SELECT FROM wijzigingsschakel s WHERE s.pakket_id = p.id AND s.organisatie_id = p.organisatie_id)
ORDER BY p.id
"""
_HEAD = "SELECT nummer, hash FROM wijzigingskop WHERE organisatie_id = %(organisatie)s"
#: what the first link follows
BEGIN: Final = hashlib.sha256(b"").digest()
_EVERY = 20_000  # links between two words about how far it is


@dataclass(slots=True)
class Keten:
    """What was walked.

    Attributes:
        wijzigingen: entries read.
        schakels: links read.
        standen: number of a link that was asked for → its hash, and the entries up to and with it.
    """

    wijzigingen: int = 0
    schakels: int = 0
    standen: dict[int, tuple[str, int]] = field(default_factory=dict)


def walk_chain(
    session: Session,
    organisatie_id: int,
    found: Bevindingen,
    asked: Collection[int] = (),
    progress: Progress | None = None,
    gewist: Gewist | None = None,
) -> Keten:
    """Walk the chain of an organisatie from its beginning.

    Args:
        session: in one snapshot, working for the organisatie.
        organisatie_id: whose chain.
        found: gets a sentence for everything that is not as it was written.
        asked: the links whose state seals want to compare.
        progress: hears how many entries were read.
        gewist: what certificates allow to be empty; None: nothing.
    """
    keten, before, parameters = Keten(), (0, BEGIN), {"organisatie": organisatie_id}
    with streaming(session, _ENTRIES, parameters) as entries, streaming(session, _LINKS, parameters) as links:
        packages = _packages(entries, keten, found, progress, gewist or Gewist())
        package = next(packages, None)
        for nummer, vorige, hash_, aantal, fields in links:
            regels, inhoud = 0, hashlib.sha256()
            if package is not None and package[0] == nummer:
                _, regels, inhoud = package
                package = next(packages, None)
            found.extend(_faults_of_link(before, (nummer, bytes(vorige), aantal), (regels, fields)))
            if fields is not None:
                text = text_of_link(organisatie_id, nummer, bytes(vorige), fields, regels, inhoud.hexdigest())
                if hashlib.sha256(text.encode()).digest() != bytes(hash_):
                    found.add(f"Schakel {nummer}: de hash past niet bij wat erin zit.")
            before = (nummer, bytes(hash_))
            keten.schakels += 1
            if nummer in asked:
                keten.standen[nummer] = bytes(hash_).hex(), keten.wijzigingen - (package[1] if package else 0)
        if package is not None:
            found.add(f"{package[1]} wijzigingen horen bij geen schakel van de keten.")
            for _ in packages:
                pass
    _check_ends(session, organisatie_id, before, found)
    return keten


_Package = tuple[int | None, int, Any]


def _packages(
    entries: Iterator[tuple[Any, ...]],
    keten: Keten,
    found: Bevindingen,
    progress: Progress | None,
    gewist: Gewist,
) -> Iterator[_Package]:
    """Yield for each link that has entries: its number, how many, and the digest of their digests so far."""
    for nummer, rows in groupby(entries, key=itemgetter(0)):
        regels, inhoud = 0, hashlib.sha256()
        for _, key, text, digest, emptied, *about in rows:
            regels += 1
            keten.wijzigingen += 1
            inhoud.update(digest)
            pakket, tabel, rij, handeling = about
            if emptied:
                if not gewist.may_be_empty(key, pakket, tabel, rij, handeling):
                    found.add(f"Wijziging {key}: de inhoud is weg zonder certificaat van vernietiging.")
            elif hashlib.sha256(text.encode()).digest() != bytes(digest):
                found.add(f"Wijziging {key}: de digest past niet bij de inhoud.")
            elif gewist.must_be_empty(tabel, rij):
                found.add(f"Wijziging {key}: gaat over een vernietigd dossier en heeft nog inhoud.")
            if progress and keten.wijzigingen % _EVERY == 0:
                progress(keten.wijzigingen, 0, "wijzigingen narekenen")
        yield nummer, regels, inhoud


def _faults_of_link(
    before: tuple[int, bytes], link: tuple[int, bytes, int], package: tuple[int, str | None]
) -> Iterator[str]:
    nummer, vorige, aantal = link
    regels, fields = package
    if nummer != before[0] + 1:
        yield f"Schakel {nummer} volgt op schakel {before[0]}: er is er een weg."
    if vorige != before[1]:
        yield f"Schakel {nummer}: sluit niet aan op de vorige."
    if aantal != regels:
        yield f"Schakel {nummer}: telt {aantal} wijzigingen en heeft er {regels}."
    if fields is None:
        yield f"Schakel {nummer}: het pakket is weg."


def text_of_link(organisatie_id: int, nummer: int, vorige: bytes, fields: str, regels: int, inhoud: str) -> str:
    """Return the text that the hash of a link is of; ``fields`` is the text of a JSON array."""
    opening = json.dumps(["wijzigingsschakel/1", organisatie_id, nummer, vorige.hex()])
    return f'{opening[:-1]}, {fields[1:-1]}, {regels}, "{inhoud}"]'


def _check_ends(session: Session, organisatie_id: int, last: tuple[int, bytes], found: Bevindingen) -> None:
    parameters = {"organisatie": organisatie_id}
    with streaming(session, _LOOSE, parameters) as loose:
        found.extend(f"Pakket {key} heeft geen schakel." for (key,) in loose)
    with streaming(session, _HEAD, parameters) as heads:
        head = next(heads, (0, BEGIN))
    if (head[0], bytes(head[1])) != last:
        found.add(f"De kop van de keten staat op schakel {head[0]}, de laatste schakel is {last[0]}.")
