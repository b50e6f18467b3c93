"""HTTP as uvicorn speaks it, with bounds: the head of a request has a size and a time, its body a time; else a problem.

The parser has neither: it keeps what it is given until the head is whole. uvicorn closes a silent connection only
after its first answer, and waits for a body for ever.
"""

import asyncio
from asyncio.events import TimerHandle
from importlib import metadata
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from app.errors import AppError, BadInput, HeadTooLarge, TooSlow
from app.web.around.envelope import DEFAULTS, FORCED
from app.web.problems import MEDIA_TYPE, problem_body

MAX_HEAD = 64 * 1024  # bytes: the request line, the headers, and whatever trails a body
HEAD_SECONDS = 10.0
#: what a body has to begin with, and how many of its bytes buy a second: a large one over a poor line comes through
BODY_SECONDS = 30.0
BODY_RATE = 1000
#: what the parser gets at a time: it tells of no header before that is whole, so this is what counting may be late
_SLICE = 4096
_AROUND_LINE, _AROUND_HEADER = len("  HTTP/1.1\r\n\r\n"), len(": \r\n")


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._clock: TimerHandle | None = None
        self._size = 0  # of the head so far, as far as the parser told of it
        self._kept = 0  # bytes since the parser last told of anything but a header
        self._moved = False
        self._begun = False
        self._in_body = False
        self._body_began = 0.0  # by the clock of the loop
        self._body_size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the first head its time."""
        super().connection_made(transport)
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, until it has been given too much."""
        if not self._in_body:
            self._start_clock()
        for start in range(0, len(data), _SLICE):
            if self.transport.is_closing():
                return
            self._feed(data[start : start + _SLICE])

    def _feed(self, part: bytes) -> None:
        self._moved = False
        super().data_received(part)
        self._kept = 0 if self._moved else self._kept + len(part)
        if self._kept > MAX_HEAD:
            self._refuse(HeadTooLarge())

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._size, self._begun, self._moved = _AROUND_LINE, True, True
        self._start_clock()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header; one that trails a body is nobody's."""
        self._count(len(name) + len(value) + _AROUND_HEADER)
        if not self._in_body:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start the request, when its head is small enough."""
        self._count(len(self.parser.get_method()))
        self._in_body, self._moved = True, True
        self._begin_body()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Go on: a body has a limit of its own to its size (``app.web.around.body_limit``)."""
        self._moved = True
        self._body_size += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Wait for the next head."""
        self._in_body, self._begun, self._moved = False, False, True
        self._stop_clock()
        super().on_message_complete()

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > MAX_HEAD:
            raise HeadTooLarge  # the parser stops, and ``send_400_response`` is told

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 — uvicorn's words, which are English
        """Refuse what the parser could not read, or what was too much for us; the name is uvicorn's."""
        self._refuse(HeadTooLarge() if self._size > MAX_HEAD else BadInput(detail="De aanvraag is geen geldig HTTP."))

    def _begin_body(self) -> None:
        self._stop_clock()
        self._body_began, self._body_size = self.loop.time(), 0
        self._clock = self.loop.call_later(BODY_SECONDS, self._look_at_body)

    def _look_at_body(self) -> None:
        """Hang up when what came of a body is too little for its time, unless it is we who do not read on."""
        cycle: RequestResponseCycle = self.cycle
        more = BODY_SECONDS + self._body_size / BODY_RATE - (self.loop.time() - self._body_began)
        if self.flow.read_paused or cycle.waiting_for_100_continue:
            self._begin_body()
        elif more > 0:
            self._clock = self.loop.call_later(more, self._look_at_body)
        elif cycle.response_complete:
            self.transport.close()
        else:
            self._refuse(TooSlow())

    def _start_clock(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _too_slow(self) -> None:
        self._clock = None
        if self._answering():
            self._start_clock()  # it is we who do not read on
        elif self._begun:
            self._refuse(TooSlow())
        elif not self.transport.is_closing():
            self.transport.close()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _refuse(self, error: AppError) -> None:
        """Answer and hang up; when another answer is on its way only the latter."""
        if self.transport.is_closing():
            return
        if not self.pipeline and not (self._answering() and self.cycle.response_started):
            body = problem_body(error)
            own = (
                (b"content-type", MEDIA_TYPE.encode()),
                (b"content-length", str(len(body)).encode()),
                (b"connection", b"close"),
                (b"api-version", metadata.version("pleegzicht").encode()),
            )
            headers = (*self.server_state.default_headers, *own, *FORCED, *DEFAULTS)
            lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
            self.transport.write(STATUS_LINE[error.status] + lines + b"\r\n" + body)
        self.transport.close()
