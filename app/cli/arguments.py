"""What several commands ask: an organisatie, a place to write to, a day, a quarter, a moment."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app import clock
from app.norms.kwartaaltoets.kwartaal import Kwartaal

#: what a code may be: it stands in addresses, names of files and commands
_CODE: Final = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


def read_code(value: str) -> str:
    """Read the code of an organisatie."""
    if _CODE.fullmatch(value) is None:
        raise typer.BadParameter(
            "een code heeft 1 tot en met 32 letters, cijfers, - of _, en begint met een letter of cijfer"
        )
    return value


Organisatie = Annotated[
    str, typer.Option("--organisatie", parser=read_code, metavar="CODE", help="De code van de organisatie.")
]
Uitvoer = Annotated[Path | None, typer.Option("--uitvoer", help="Schrijf naar dit bestand in plaats van het scherm.")]
Reden = Annotated[
    str | None, typer.Option("--reden", help="Waarom u dit bekijkt; staat in het inzagelogboek.", metavar="TEKST")
]
Alle = Annotated[
    str | None, typer.Option("--organisatie", parser=read_code, metavar="CODE", help="Alleen deze organisatie.")
]


def read_day(value: str) -> date:
    """Read a civil date as JJJJ-MM-DD."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter("geef een datum als JJJJ-MM-DD") from None


def read_quarter(value: str) -> Kwartaal:
    """Read a quarter as JJJJ-Qn."""
    try:
        return Kwartaal.parse(value)
    except ValueError:
        raise typer.BadParameter("geef een kwartaal als 2026-Q3") from None


def read_moment(value: str) -> datetime:
    """Read an instant; a date means 00:00 in Amsterdam, an instant without offset is Amsterdam time."""
    try:
        if len(value) == len("2026-01-01"):
            return clock.start_of_day(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter("geef een moment als JJJJ-MM-DDTUU:MM:SS, met of zonder tijdzone") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.AMSTERDAM)
