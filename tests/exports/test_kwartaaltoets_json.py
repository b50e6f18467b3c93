"""The audit as JSON: the digest, and exactly the bytes it covers."""

import hashlib
import json

import pytest

from app.exports.kwartaaltoets.as_json import write_toets_json
from tests.exports.toetsbouw import KANARIE, as_concept, build_bestand


@pytest.mark.parametrize("aantal", [0, 1, 25])
def test_what_stands_behind_the_digest_hashes_to_it(aantal: int) -> None:
    bestand = build_bestand(aantal)
    written = b"".join(write_toets_json(bestand))
    begin = f'{{"digest":"{bestand.digest}","inhoud":'.encode()
    assert written.startswith(begin)
    assert written.endswith(b"}\n")
    inhoud, _, slot = written[len(begin) :].partition(b',"vaststelling":')
    assert hashlib.sha256(inhoud).hexdigest() == bestand.digest
    assert slot.startswith(b'{"door":"M00099","op":"2026-10-05T07:30:00Z","sha256":"')
    concept = b"".join(write_toets_json(as_concept(bestand)))
    assert concept == begin + inhoud + b"}\n"
    assert json.loads(written)["inhoud"]["regels"] == list(bestand.regels())


def test_names_are_never_in_it() -> None:
    assert KANARIE.encode() not in b"".join(write_toets_json(build_bestand(30, namen=True)))
