"""Who looked at a file, as a list that somebody can read: what one did on one day is one line."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any, Final

from app.clock import civil_date
from app.exports.pdf.tekst import number
from app.norms.dutch import dutch_date

#: lines; the JSON has every look
HOOGSTENS: Final = 4000
_ROUTE: Final = "/v1/"


def list_looks(inzagen: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the lines, the last day first, and a sentence about those that do not fit."""
    lines = _lines(inzagen)
    rijen = list(islice(lines, HOOGSTENS))
    more = sum(1 for _ in lines)
    meer = f"Nog {number(more)} regels staan hier niet; het JSON-bestand heeft ze alle." if more else None
    return {"rijen": rijen, "meer": meer}


def _lines(inzagen: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Yield the lines, holding one day at a time."""
    for dag, looks in groupby(inzagen, key=lambda look: civil_date(datetime.fromisoformat(look["op"]))):
        counted: dict[tuple[str, ...], int] = {}
        for look in looks:
            key = (_who(look), _what(look), _why(look))
            counted[key] = counted.get(key, 0) + 1
        for (wie, wat, waarom), aantal in counted.items():
            yield [_day(dag), wie, f"{wat} ({number(aantal)} keer)" if aantal > 1 else wat, waarom]


def _day(dag: date) -> str:
    return dutch_date(dag)


def _who(look: Mapping[str, Any]) -> str:
    return f"{look['naam']}, {look['rol']}, {look['namens']}"


def _what(look: Mapping[str, Any]) -> str:
    """Return what was done: the kind of look, and at which part of the service."""
    _, _, path = look["handeling"].partition(_ROUTE)
    words = [word.strip("_") for word in path.split("/") if word and not word.startswith("{")]
    return f"{look['soort']}: {' '.join(words) or look['handeling']}"


def _why(look: Mapping[str, Any]) -> str:
    if not look["noodtoegang"]:
        return str(look["doel"])
    reden = "; ".join(look["redenNoodtoegang"])
    return f"{look['doel']}. Noodtoegang{f': {reden}' if reden else ''}"
