"""Cells by what they are: text is always text, a day a real date, a share a real percentage, a stand text and colour.

The only module that knows formats of cells. Every stand differs in weight and shape of its letters too, and te laat is
the only dark one: so it reads the same in black and white.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from textwrap import wrap
from typing import Any, Final, NamedTuple

from app.exports.kwartaaltoets.woorden import STANDEN
from app.lib.cell import MAX_CEL
from app.terms import Stand, Zwaarte

_DAG_NUL: Final = date(1899, 12, 30)
_EERSTE_DAG: Final = 61  # 1 March 1900; a spreadsheet counts a 29 February before it that never was
KLEUREN: Final[Mapping[str, str]] = {
    Stand.OP_TIJD: "#DCE9E1",
    Stand.NADERT: "#FFE699",
    Stand.UITZONDERING: "#9DC3E6",
    Stand.TE_LAAT: "#9C1C1C",
}
_REGELHOOGTE: Final = 15  # points
_MARGE: Final = 5  # points
_STREEF: Final = "streef"
_STAND_FORMATEN: Final[Mapping[str, Mapping[str, object]]] = {
    Stand.OP_TIJD: {},
    Stand.NADERT: {"bg_color": KLEUREN[Stand.NADERT], "italic": True},
    Stand.UITZONDERING: {"bg_color": KLEUREN[Stand.UITZONDERING], "underline": 1},
    Stand.TE_LAAT: {"bg_color": KLEUREN[Stand.TE_LAAT], "font_color": "#FFFFFF", "bold": True},
    # late on what one strives for: no violation, so never the dark one
    _STREEF: {"bg_color": "#F4D9D6", "bold": True},
}


class Aandeel(NamedTuple):
    """A fraction that shows as a percentage."""

    waarde: float


class Standcel(NamedTuple):
    """A stand; a late streef says so, unless a column beside it does."""

    stand: str
    zwaarte: str
    zegt_streef: bool


class Alinea(NamedTuple):
    """Prose that runs over several lines of a column; no spreadsheet makes a row higher by itself for it."""

    tekst: str
    breedte: int

    @property
    def lines(self) -> int:
        """How many lines it fills, at most."""
        return len(wrap(self.tekst, max(1, self.breedte - 6))) or 1


Cel = str | int | float | date | datetime | Aandeel | Standcel | Alinea | None

_Write = Callable[[Any, int, int, Any], None]


class SheetWriter:
    """Writes rows of typed values into sheets of one workbook."""

    def __init__(self, workbook: Any) -> None:
        middle: dict[str, object] = {"valign": "vcenter"}
        self.titel = workbook.add_format({"bold": True, "font_size": 16})
        self.vet = workbook.add_format({"bold": True, **middle})
        self._tekst = workbook.add_format(middle)
        self._alinea = workbook.add_format({"text_wrap": True, **middle})
        self._kop = workbook.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#1F3A4D", "font_color": "#FFFFFF", "border": 1, **middle}
        )
        self._dag = workbook.add_format({"num_format": "dd-mm-yyyy", "align": "left", **middle})
        self._moment = workbook.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left", **middle})
        self._aandeel = workbook.add_format({"num_format": "0.0%", "align": "center", **middle})
        self._getal = workbook.add_format({"align": "center", **middle})
        self._standen = {naam: workbook.add_format({**middle, **wat}) for naam, wat in _STAND_FORMATEN.items()}
        self._writers: Mapping[type, _Write] = {
            int: self._write_number,
            float: self._write_number,
            date: self._write_day,
            datetime: self._write_moment,
            Aandeel: self._write_share,
            Standcel: self._write_stand,
            Alinea: self._write_paragraph,
        }

    def write_header(self, sheet: Any, row: int, koppen: Sequence[str]) -> None:
        """Write a header, as high as its longest title has lines."""
        sheet.set_row(row, _REGELHOOGTE * (1 + max(kop.count("\n") for kop in koppen)) + _MARGE)
        for column, kop in enumerate(koppen):
            sheet.write_string(row, column, kop[:MAX_CEL], self._kop)

    def write_row(self, sheet: Any, row: int, cellen: Sequence[Cel]) -> None:
        """Write a row, as high as its longest paragraph; what is None stays empty."""
        lines = max((cel.lines for cel in cellen if type(cel) is Alinea), default=1)
        if lines > 1:
            sheet.set_row(row, _REGELHOOGTE * lines + _MARGE)
        for column, cel in enumerate(cellen):
            if cel is not None:
                # What has no writer of its own is a kind of text, such as a term.
                write: _Write = self._writers.get(type(cel), self._write_text)
                write(sheet, row, column, cel)

    def _write_text(self, sheet: Any, row: int, column: int, cel: str) -> None:
        sheet.write_string(row, column, cel[:MAX_CEL], self._tekst)

    def _write_paragraph(self, sheet: Any, row: int, column: int, cel: "Alinea") -> None:
        sheet.write_string(row, column, cel.tekst[:MAX_CEL], self._alinea)

    def _write_number(self, sheet: Any, row: int, column: int, cel: float) -> None:
        sheet.write_number(row, column, cel, self._getal)

    def _write_day(self, sheet: Any, row: int, column: int, cel: date) -> None:
        serial = (cel - _DAG_NUL).days
        if serial < _EERSTE_DAG:
            sheet.write_string(row, column, cel.isoformat())
        else:
            sheet.write_number(row, column, serial, self._dag)

    def _write_moment(self, sheet: Any, row: int, column: int, cel: datetime) -> None:
        sheet.write_datetime(row, column, cel.replace(tzinfo=None), self._moment)

    def _write_share(self, sheet: Any, row: int, column: int, cel: Aandeel) -> None:
        sheet.write_number(row, column, cel.waarde, self._aandeel)

    def _write_stand(self, sheet: Any, row: int, column: int, cel: Standcel) -> None:
        late_streef = cel.stand == Stand.TE_LAAT and cel.zwaarte == Zwaarte.STREEF
        tekst = STANDEN[cel.stand] + (" (streef)" if late_streef and cel.zegt_streef else "")
        sheet.write_string(row, column, tekst, self._standen[_STREEF if late_streef else cel.stand])


@lru_cache(maxsize=20_000)
def day(text: str | None) -> date | None:
    """Read a day of the content; the same days come back by the thousand."""
    return None if text is None else date.fromisoformat(text)


def as_share(fraction: float | None) -> Aandeel | str:
    """Return a share as a cell; a dash when there is nothing to share."""
    return "–" if fraction is None else Aandeel(fraction)
