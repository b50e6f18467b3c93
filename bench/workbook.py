"""A provider's workbook of any size: invented, faultless, and the same every time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter  # type: ignore[import-untyped] # it has no types of its own

from app.demo.bsn import make_bsn
from app.imports.sheets import BLADEN

Row = Mapping[str, object]

_STAFF = 40
_CARE = (400, 6 * 365)  # days since the plaatsing began
_TALK = {"doorgegaan": "ja", "alleen": "ja", "vorm": "fysiek", "veiligheid_besproken": "ja"}
#: sheet → days between two events, and what every row of it says
_OF_PLAATSING: Mapping[str, tuple[int, Row]] = {
    "kindgesprekken": (90, _TALK),
    "veiligheidschecks": (365, {"instrument": "ARIJ", "uitkomst": "veilig"}),
    "huisbezoeken": (42, {}),
}
_OF_CHILD: Mapping[str, tuple[int, Row]] = {
    "casuistiekbesprekingen": (180, {"multidisciplinair": "ja"}),
    "ontwikkelbeelden": (365, {}),
    "hulpverleningsplannen": (700, {}),
}


def write_workbook(path: Path, kinderen: int, today: date) -> int:
    """Write the .xlsx and return how many rows it has without headers: some 70 per child."""
    rng, sheets = Random(1), {blad: list[Row]() for blad in BLADEN}
    sheets["medewerkers"] = [_medewerker(i) for i in range(_STAFF)]
    for i in range(kinderen):
        for blad, row in _child(i, today - timedelta(days=rng.randint(*_CARE)), today):
            sheets[blad].append({"nummer": f"{blad[:3]}{len(sheets[blad])}", **row})
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for blad, rows in sheets.items():
            _write_sheet(book.add_worksheet(blad), [kolom.naam for kolom in BLADEN[blad].kolommen], rows)
    return sum(map(len, sheets.values()))


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Sequence[Row]) -> None:
    sheet.write_row(0, 0, columns)
    for i, row in enumerate(rows, start=1):
        values: list[Any] = [row.get(column) for column in columns]
        sheet.write_row(i, 0, values)


def _medewerker(i: int) -> Row:
    return {"nummer": f"M{i}", "naam": f"Begeleider {i}", "rol": "pleegzorgbegeleider", "team": f"Team {i // 8}"}


def _child(i: int, van: date, today: date) -> Iterator[tuple[str, Row]]:
    """Yield every row about one child and its family."""
    child, place, family = {"pleegkind": f"K{i}"}, {"plaatsing": f"P{i}"}, {"pleeggezin": f"G{i}"}
    staff = {"medewerker": f"M{i % _STAFF}"}
    yield from _family(i, van)
    birth = van - timedelta(days=1000 + i % 4000)
    name = {"roepnaam": "Kind", "achternaam": f"Voorbeeld {i}", "geboortedatum": birth, "bsn": make_bsn(i)}
    yield "pleegkinderen", {"nummer": f"K{i}", **name}
    kind = {"vorm": "voltijd", "zorgvorm": "pleegzorg", "van": van}
    yield "plaatsingen", {"nummer": f"P{i}", **child, **family, **kind}
    yield "begeleidingen", {**place, **staff, "van": van}
    yield "maatregelen", {**child, "soort": "ots", "van": van}
    yield "vertrouwenspersonen", {**child, "sinds": van, "soort": "netwerk"}
    yield from _events(_OF_PLAATSING, {**place, **staff}, van, today)
    yield from _events(_OF_CHILD, child, van, today)
    yield from _events({"evaluaties": (365, {})}, family, van, today)


def _family(i: int, van: date) -> Iterator[tuple[str, Row]]:
    """Yield a family, its members and their VGBs."""
    yield "pleeggezinnen", {"nummer": f"G{i}", "naam": f"Gezin {i}", "soort": "bestand", "pleegcontract_op": van}
    for j, (rol, born) in enumerate((("pleegouder", date(1980, 2, 3)), ("inwonende", date(1998, 5, 6)))):
        since = {"inwonend_sinds": van - timedelta(days=1000)}
        member = {"pleeggezin": f"G{i}", "naam": f"Lid {j}", "geboortedatum": born, "rol": rol, **since}
        yield "gezinsleden", {"nummer": f"L{i}-{j}", **member}
        yield "vgbs", {"gezinslid": f"L{i}-{j}", "status": "afgegeven", "datum": van - timedelta(days=30)}


def _events(kinds: Mapping[str, tuple[int, Row]], owner: Row, van: date, today: date) -> Iterator[tuple[str, Row]]:
    for blad, (step, says) in kinds.items():
        for days in range(step // 2, (today - van).days, step):
            yield blad, {**owner, **says, "datum": van + timedelta(days=days)}
