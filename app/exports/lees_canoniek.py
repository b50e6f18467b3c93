"""Reading an export back, character by character and row by row: is it in the one form that has a digest?

Every value is decoded and written again by ``app.lib.canoniek``; what comes out must be what stood there. So white
space, an escape that is not needed, a key twice or in another place, and NaN are all found, without ever holding more
than a row of 20,000.
"""

import json
from typing import Final, NoReturn, TextIO

from app.exports.kwartaaltoets.as_json import OPENING, SLOT_BYTES, TUSSEN, read_slot
from app.lib.canoniek import DIGEST, as_canonical

_CHUNK: Final = 64 * 1024  # bytes that are read at a time
#: the lists of an audit, and of a child's file, that are read and counted row by row
_REGELS: Final = frozenset({"regels", "feiten", "inzagen"})


class NietCanoniek(Exception):
    """It is not an export in canonical form; the message says where that shows, in Dutch."""


def count_regels(stream: TextIO) -> int:
    """Read a whole export (opened with ``newline=""``) and return how many rows it has.

    Raises:
        NietCanoniek: it is not, to the last character, what this service would write.
    """
    reader = _Reader(stream)
    reader.expect(OPENING.decode())
    reader.skip(DIGEST)
    reader.expect(TUSSEN.decode())
    regels = _read_inhoud(reader)
    reader.expect_slot()
    return regels


def _read_inhoud(reader: "_Reader") -> int:
    regels, before = None, ""
    reader.expect("{")
    while True:
        key = reader.value()
        if not isinstance(key, str) or key <= before:
            reader.refuse()
        reader.expect(":")
        if key in _REGELS:
            regels = (regels or 0) + _read_regels(reader)
        else:
            reader.value()
        before = key
        if not reader.accept(","):
            reader.expect("}")
            return reader.refuse() if regels is None else regels


def _read_regels(reader: "_Reader") -> int:
    reader.expect("[")
    if reader.accept("]"):
        return 0
    regels = 1
    reader.value()
    while reader.accept(","):
        reader.value()
        regels += 1
    reader.expect("]")
    return regels


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


class _Reader:
    """A place in a text that is read in pieces."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._place = 0
        self._before = 0  # characters that were read and let go

    def refuse(self) -> NoReturn:
        """Stop here."""
        raise NietCanoniek(f"de vorm klopt niet bij teken {self._before + self._place + 1}")

    def skip(self, length: int) -> None:
        """Pass over some characters."""
        self._need(length)
        self._place += length

    def accept(self, literal: str) -> bool:
        """Pass over ``literal`` if it stands here."""
        self._need(len(literal))
        if not self._text.startswith(literal, self._place):
            return False
        self._place += len(literal)
        return True

    def expect(self, literal: str) -> None:
        """Pass over ``literal``, or refuse."""
        if not self.accept(literal):
            self.refuse()

    def expect_slot(self) -> None:
        """Pass over the end of the file, with or without a seal, and refuse if it is anything else."""
        self._need(SLOT_BYTES)
        rest = self._text[self._place :].encode(errors="surrogatepass")
        if rest != read_slot(rest).bytes:
            self.refuse()

    def value(self) -> object:
        """Read one value in canonical form."""
        try:
            value, end = self._decode()
            canonical = as_canonical(value)
        except (ValueError, RecursionError):
            self.refuse()
        if not self._text.startswith(canonical, self._place) or end - self._place != len(canonical):
            self.refuse()
        self._place = end
        return value

    def _decode(self) -> tuple[object, int]:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            # A number at the end of what was read may go on.
            if end < len(self._text) or not self._more():
                return value, end

    def _need(self, length: int) -> None:
        while len(self._text) - self._place < length and self._more():
            pass

    def _more(self) -> bool:
        """Read on, each time at least as much as is still held, so that a long value is not read again and again."""
        rest = self._text[self._place :]
        piece = self._stream.read(max(_CHUNK, len(rest)))
        self._before += self._place
        self._text, self._place = rest + piece, 0
        return bool(piece)
