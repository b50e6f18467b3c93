"""A calendar feed (iCalendar, RFC 5545): on which days to plan a talk, and with which of the children; no name."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.queries.agendas import Afspraak

if TYPE_CHECKING:
    from icalendar import Event

_MAKER: Final = "-//Pleegzicht//Gesprekken//NL"


def write_agenda(afspraken: Iterable[Afspraak], merk: Callable[[Afspraak], str], nu: datetime) -> bytes:
    """Return the calendar.

    Args:
        afspraken: the days.
        merk: by what a calendar knows one again.
        nu: when it was made.
    """
    from icalendar import Calendar  # noqa: PLC0415 — 5 MB, which most workers do without

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for afspraak in afspraken:
        calendar.add_component(_event(afspraak, merk(afspraak), nu))
    return bytes(calendar.to_ical())


def _event(afspraak: Afspraak, merk: str, nu: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 — as above

    event = Event()
    event.add("uid", f"{merk}@pleegzicht")
    event.add("dtstamp", nu)
    event.add("dtstart", afspraak.dag)
    event.add("dtend", afspraak.dag + timedelta(days=1))
    event.add("summary", f"Gesprek plannen (kind {afspraak.nummer})")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
