"""No save overwrites a version its author had not seen."""

from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from app.errors import PreconditionFailed, PreconditionRequired
from app.terms import Rol
from app.web.etag import etag, is_known, require_match
from tests.web.conftest import Gebruiker, NewUser

CURRENT = etag(UUID(int=1), 3)


def test_an_etag_is_strong_and_tells_object_and_version() -> None:
    assert CURRENT == '"00000000000000000000000000000001-3"'
    assert len({CURRENT, etag(UUID(int=1), 4), etag(UUID(int=2), 3)}) == 3


@pytest.mark.parametrize("header", [CURRENT, f' "x", {CURRENT} ', f'W/"y",{CURRENT}'])
def test_a_strong_tag_matches(header: str) -> None:
    require_match(header, CURRENT)


@pytest.mark.parametrize("header", [None, "", " ", "*", " * "])
def test_no_version_named_is_428(header: str | None) -> None:
    with pytest.raises(PreconditionRequired):
        require_match(header, CURRENT)


@pytest.mark.parametrize(
    "header",
    [f"W/{CURRENT}", etag(UUID(int=1), 2), CURRENT.strip('"'), CURRENT[:-1], '""', "onzin", f"x{CURRENT}y"[:-2]],
)
def test_a_stale_weak_or_odd_tag_is_412(header: str) -> None:
    with pytest.raises(PreconditionFailed):
        require_match(header, CURRENT)


@pytest.mark.parametrize(
    ("header", "known"), [(None, False), (CURRENT, True), (f"W/{CURRENT}", True), ("*", True), ('"x"', False)]
)
def test_if_none_match_compares_weakly(header: str | None, known: bool) -> None:  # noqa: FBT001
    assert is_known(header, CURRENT) is known


def _new(client: TestClient, who: Gebruiker) -> tuple[str, str]:
    made = client.post("/v1/dingen", json={"naam": "een", "eersteDatum": "2026-01-01"}, headers=who.headers)
    return made.headers["Location"], made.headers["ETag"]


def _rename(client: TestClient, who: Gebruiker, path: str, name: str, tag: str | None) -> tuple[int, str]:
    headers = who.headers | ({"If-Match": tag} if tag else {})
    answer = client.patch(path, json={"naam": name}, headers=headers)
    return answer.status_code, answer.headers.get("ETag", "")


def test_a_change_needs_the_version_that_was_read(client: TestClient, begeleider: Gebruiker) -> None:
    path, first = _new(client, begeleider)
    assert _rename(client, begeleider, path, "twee", None)[0] == 428
    status, second = _rename(client, begeleider, path, "twee", first)
    assert (status, second != first) == (200, True)
    assert _rename(client, begeleider, path, "drie", first)[0] == 412
    got = client.get(path, headers=begeleider.headers)
    assert (got.json()["naam"], got.headers["ETag"]) == ("twee", second)


def test_what_the_client_has_is_not_sent_again(client: TestClient, begeleider: Gebruiker) -> None:
    path, tag = _new(client, begeleider)
    same = client.get(path, headers={**begeleider.headers, "If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={**begeleider.headers, "If-None-Match": '"x"'}).status_code == 200


def test_another_s_is_404_before_any_precondition(client: TestClient, begeleider: Gebruiker, new_user: NewUser) -> None:
    path, tag = _new(client, begeleider)
    other = new_user(Rol.PLEEGZORGBEGELEIDER)
    assert _rename(client, other, path, "x", tag)[0] == 404
    assert _rename(client, other, f"/v1/dingen/{uuid4()}", "x", None)[0] == 404
