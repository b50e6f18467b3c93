"""A real HTTP receiver of webhooks, as somebody else would write it: what it got, and what it answers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from standardwebhooks import Webhook


@dataclass
class Ontvanger:
    """What came in, whole, and the status that the next ones get."""

    port: int = 0
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.port}/haak"

    def events(self, geheim: str) -> list[BaseCloudEvent]:
        """Return what came in: each signed with a secret, and an event as the SDK reads it."""
        for _, headers, body in self.got:
            Webhook(geheim).verify(body, headers)
        return [from_http_event(HTTPMessage(headers, body)) for _, headers, body in self.got]

    @property
    def words(self) -> str:
        """All that came in as one text: the line, the headers and the body."""
        return "\n".join(f"{line}\n{headers}\n{body.decode()}" for line, headers, body in self.got)


@contextmanager
def receiving() -> Iterator[Ontvanger]:
    """Receive on this machine."""
    box = Ontvanger()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.got.append((self.requestline, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(box.status)
            for name, value in box.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
