"""Asking the provider of sign-in something: a bounded answer within a bounded time, and no redirects."""

import time
from collections.abc import Mapping

import httpx2

SECONDS = 10  # for a whole answer; the client's own limit is for each step of it


class Refused(Exception):
    """Answered with another status than 200; ``body`` is what it said."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body
        super().__init__(status)


def fetch(
    client: httpx2.Client,
    method: str,
    url: str,
    *,
    limit: int,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return the body of an answer.

    Args:
        client: with a timeout and without redirects.
        method: GET or POST.
        url: https, or http on this machine.
        limit: bytes; a packed answer is not asked for and not taken: a few bytes of it may be a gigabyte.
        data: sent as a form.
        headers: more of them.

    Raises:
        Refused: for another status.
        ValueError: too large, or too slow.
        httpx2.HTTPError: it cannot be reached.
    """
    given = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    started = time.perf_counter()
    with client.stream(method, url, headers=given, data=data, follow_redirects=False) as response:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ValueError("packed")
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit or time.perf_counter() - started > SECONDS:
                raise ValueError("too large or too slow")
    if response.status_code != httpx2.codes.OK:
        raise Refused(response.status_code, body)
    return body


def new_client() -> httpx2.Client:
    """Return a client for it."""
    return httpx2.Client(timeout=3.0, follow_redirects=False)
