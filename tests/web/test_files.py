"""A file leaves whole, or nothing of it does, when a process that sends it is killed."""

import anyio
from starlette.types import Message

from app.web.files import open_file


def test_a_file_of_a_megabyte_leaves_in_one_go() -> None:
    """nginx then has all of it, or nothing of which half could be taken for a file."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "asgi": {"spec_version": "2.4"}}
    anyio.run(open_file([b"a" * 700_000, b"b" * 300_000], "text/csv", {}), scope, receive, send)
    assert [len(one.get("body", b"")) for one in sent] == [0, 1_000_000, 0]
    assert dict(sent[0]["headers"])[b"content-length"] == b"1000000"
