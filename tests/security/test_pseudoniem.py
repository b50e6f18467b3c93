"""A pseudonym: the same again under one mandate, another under another, and not to be had without the key."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from app.security.pseudoniem import PATROON, Pseudoniemen
from app.security.secrets import Secrets, load_secrets


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_secrets(Path(tmp_path_factory.mktemp("geheim")) / "geheimen.json", create=True)


def test_it_stands_still_and_fits_in_an_address(secrets: Secrets) -> None:
    mandaat, kind = uuid4(), uuid4()
    name = Pseudoniemen(secrets, mandaat).of("pleegkind", kind)
    assert name == Pseudoniemen(secrets, mandaat).of("pleegkind", str(kind))
    assert re.fullmatch(PATROON, name)
    assert len(name) == len("pleegkind-") + 32
    assert kind.hex[:8] not in name


def test_mandate_kind_id_and_key_all_matter(secrets: Secrets) -> None:
    mandaat, kind = uuid4(), uuid4()
    names = Pseudoniemen(secrets, mandaat)
    others = [
        Pseudoniemen(secrets, uuid4()).of("pleegkind", kind),
        names.of("pleegkind", uuid4()),
        names.of("pleeggezin", kind).replace("pleeggezin", "pleegkind"),
        Pseudoniemen(replace(secrets, pseudoniem=bytes(32)), mandaat).of("pleegkind", kind),
    ]
    parts = {name[-26:] for name in (names.of("pleegkind", kind), *others)}
    assert len(parts) == 5


def test_it_is_found_again_among_the_children_and_only_there(secrets: Secrets) -> None:
    names, kinderen = Pseudoniemen(secrets, uuid4()), [uuid4() for _ in range(50)]
    assert names.find(names.of("pleegkind", kinderen[7]), "pleegkind", kinderen) == kinderen[7]
    assert names.find(names.of("pleegkind", uuid4()), "pleegkind", kinderen) is None
    assert names.find(names.of("pleeggezin", kinderen[7]), "pleegkind", kinderen) is None


def test_its_mark_says_under_which_mandate_to_look(secrets: Secrets) -> None:
    mine, other = Pseudoniemen(secrets, uuid4()), Pseudoniemen(secrets, uuid4())
    name = mine.of("pleegkind", uuid4())
    assert mine.is_mine(name)
    assert not other.is_mine(name)
    for broken in ("", "pleegkind", name.upper(), name[:-1], name + "a", f"{name}\n"):
        assert not mine.is_mine(broken), broken
