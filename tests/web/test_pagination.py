"""Pages of a list: nothing twice, nothing missed, back and forth, while rows come and go."""

import base64
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete
from starlette.testclient import TestClient

from app.db import sessions
from app.db.keyset import BadCursor
from app.lib.ids import new_uid
from app.security.lockbox import Lockbox
from app.web.pagination import decode_cursor, encode_cursor
from tests.web.conftest import Gebruiker
from tests.web.proefapp import ding

LINK = re.compile(r'<([^>]*)>; rel="([a-z]+)"')


@pytest.fixture
def dingen(web_engine: Engine, begeleider: Gebruiker) -> list[str]:
    """Put 13 things with equal days and names in; return their ids in the order of the list."""
    rows = [
        {
            "uid": new_uid(), "naam": f"n{number % 2}", "dag": date(2026, 1, 1 + number // 5), "versie": 1,
            "eigenaar": begeleider.subject.upper(),
        }
        for number in range(13)
    ]  # fmt: skip
    with sessions.unit_of_work(web_engine) as session:
        session.execute(ding.insert(), rows)
    ordered = sorted(rows, key=lambda row: (-row["dag"].toordinal(), row["naam"], str(row["uid"])))  # type: ignore[attr-defined]
    return [str(row["uid"]) for row in ordered]


class Reader:
    """Follows the links of a list."""

    def __init__(self, client: TestClient, who: Gebruiker) -> None:
        self.client, self.who = client, who

    def get(self, url: str) -> tuple[list[str], dict[str, str]]:
        answer = self.client.get(url, headers=self.who.headers)
        assert answer.status_code == 200, answer.text
        assert answer.json().keys() == {"resultaten"}
        links = {relation: target for target, relation in LINK.findall(answer.headers["Link"])}
        return [row["id"] for row in answer.json()["resultaten"]], links

    def follow(self, url: str, relation: str) -> list[list[str]]:
        pages: list[list[str]] = []
        target: str | None = url
        while target is not None and len(pages) < 50:
            page, links = self.get(target)
            pages.append(page)
            target = links.get(relation)
        return pages


@pytest.fixture
def reader(client: TestClient, begeleider: Gebruiker) -> Reader:
    return Reader(client, begeleider)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 12, 13, 14, 200])
def test_the_pages_together_are_the_list(reader: Reader, dingen: list[str], limit: int) -> None:
    pages = reader.follow(f"/v1/dingen?limit={limit}", "next")
    assert [uid for page in pages for uid in page] == dingen
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 12])
def test_back_from_the_end_gives_the_same_pages(reader: Reader, dingen: list[str], limit: int) -> None:
    url = f"/v1/dingen?limit={limit}"
    while "next" in (links := reader.get(url)[1]):
        url = links["next"]
    pages = reader.follow(url, "prev")
    assert [uid for page in reversed(pages) for uid in page] == dingen


def test_first_and_last_page_say_so(reader: Reader, dingen: list[str]) -> None:
    _, links = reader.get("/v1/dingen?limit=10")
    assert links.keys() == {"first", "next"}
    _, links = reader.get(links["next"])
    assert links.keys() == {"first", "prev"}
    _, links = reader.get(links["prev"])
    assert links.keys() == {"first", "next"}
    assert reader.get(links["first"])[0] == dingen[:10]


def test_an_empty_list_has_no_other_pages(reader: Reader) -> None:
    assert reader.get("/v1/dingen") == ([], {"first": "/v1/dingen"})


def test_without_limit_a_page_has_25(reader: Reader, dingen: list[str], web_engine: Engine) -> None:
    extra = [
        {"uid": new_uid(), "naam": "x", "dag": date(2025, 1, 1), "versie": 1, "eigenaar": reader.who.subject.upper()}
        for _ in range(20)
    ]
    with sessions.unit_of_work(web_engine) as session:
        session.execute(ding.insert(), extra)
    assert [len(page) for page in reader.follow("/v1/dingen", "next")] == [25, 8]


def test_links_keep_the_other_parameters(reader: Reader, dingen: list[str]) -> None:
    _, links = reader.get("/v1/dingen?naam=n1&limit=2&peildatum=2026-07-01")
    for target in links.values():
        query = parse_qs(urlsplit(target).query)
        assert (query["naam"], query["limit"], query["peildatum"]) == (["n1"], ["2"], ["2026-07-01"])
    assert len([uid for page in reader.follow("/v1/dingen?naam=n1&limit=2", "next") for uid in page]) == 6


def test_rows_that_go_leave_the_rest_in_place(reader: Reader, dingen: list[str], web_engine: Engine) -> None:
    first, links = reader.get("/v1/dingen?limit=5")
    with sessions.unit_of_work(web_engine) as session:
        session.execute(delete(ding).where(ding.c.uid.in_([UUID(uid) for uid in (first[1], first[4], dingen[6])])))
    second, links = reader.get(links["next"])
    assert second == [dingen[5], *dingen[7:11]]
    assert reader.get(links["prev"])[0] == [first[0], first[2], first[3]]


def test_a_page_of_which_all_rows_went_is_empty(reader: Reader, dingen: list[str], web_engine: Engine) -> None:
    _, links = reader.get("/v1/dingen?limit=12")
    with sessions.unit_of_work(web_engine) as session:
        session.execute(delete(ding).where(ding.c.uid == UUID(dingen[12])))
    assert reader.get(links["next"]) == ([], {"first": "/v1/dingen?limit=12"})


def test_a_cursor_tells_nothing_of_the_row(reader: Reader, dingen: list[str]) -> None:
    one, other = (reader.get("/v1/dingen?limit=1")[1]["next"] for _ in range(2))
    assert one != other  # encrypted, so not even equal rows are seen to be equal
    assert b"n0" not in _decoded(one)


def _decoded(url: str) -> bytes:
    return base64.urlsafe_b64decode(parse_qs(urlsplit(url).query)["cursor"][0] + "==")


BAD = ["x", "AAAA", "A" * 200, "bmllbWFuZA", "eyJuYWFtIjoxfQ", "=", "%00", "é", "A" * 3000, "-_-_", ""]


@pytest.mark.parametrize("cursor", BAD)
def test_a_malformed_cursor_is_400(client: TestClient, begeleider: Gebruiker, cursor: str) -> None:
    answer = client.get("/v1/dingen", params={"cursor": cursor}, headers=begeleider.headers)
    assert answer.status_code == 400
    assert {(fault["in"], fault["name"]) for fault in answer.json()["errors"]} == {("query", "cursor")}


LOCKBOX = Lockbox(bytes(32))


@pytest.mark.parametrize(
    "keys",
    [(), ("2026-01-01",), ("2026-01-01", "n", "geen-uuid"), ("31-12-2026", "n", str(UUID(int=1))),
     ("2026-01-01", 7, str(UUID(int=1))), ("2026-01-01", "n", 7), (7, "n", str(UUID(int=1))),
     ("2026-01-01", "n", str(UUID(int=1)), 1)],
)  # fmt: skip
def test_a_closed_cursor_with_other_keys_is_400(
    client: TestClient, begeleider: Gebruiker, keys: tuple[str | int, ...]
) -> None:
    cursor = encode_cursor(LOCKBOX, "/v1/dingen", keys, backwards=False)
    assert client.get(f"/v1/dingen?cursor={cursor}", headers=begeleider.headers).status_code == 400


def test_a_cursor_belongs_to_its_list_and_its_key() -> None:
    cursor = encode_cursor(LOCKBOX, "/v1/dingen", ("a", 1), backwards=True)
    assert decode_cursor(LOCKBOX, "/v1/dingen", cursor) == (("a", 1), True)
    for lockbox, path in [(LOCKBOX, "/v1/anders"), (Lockbox(b"x" * 32), "/v1/dingen")]:
        with pytest.raises(BadCursor):
            decode_cursor(lockbox, path, cursor)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", "", "1e1", "99999999999999999999"])
def test_a_limit_is_1_to_200(client: TestClient, begeleider: Gebruiker, limit: str) -> None:
    answer = client.get(f"/v1/dingen?limit={limit}", headers=begeleider.headers)
    assert answer.status_code == 400
    assert [fault["name"] for fault in answer.json()["errors"]] == ["limit"]


def test_another_organisatie_s_cursor_shows_nothing_of_it(
    client: TestClient, dingen: list[str], reader: Reader, kwaliteit: Gebruiker
) -> None:
    _, links = reader.get("/v1/dingen?limit=2")
    assert Reader(client, kwaliteit).get(links["next"])[0] == []
