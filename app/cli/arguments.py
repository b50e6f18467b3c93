"""What several commands ask: an organisatie, a place to write to, a day, a quarter, a moment."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app import clock
from app.invoer.tekst import MAX_REGEL, fault_in_line, normalise
from app.norms.kwartaaltoets.kwartaal import Kwartaal

#: what a code may be: it stands in addresses, names of files and commands
_CODE: Final = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python reads weeks, and days without a dash, as well


def read_code(value: str) -> str:
    """Read the code of an organisatie."""
    if _CODE.fullmatch(value) is None:
        raise typer.BadParameter(
            "een code heeft 1 tot en met 32 letters, cijfers, - of _, en begint met een letter of cijfer"
        )
    return value


def read_line(value: str) -> str:
    """Read one line of text that is kept, by the rule of every entry (``app.invoer.tekst``)."""
    line = normalise(value)
    if not line:
        raise typer.BadParameter("vul hier iets in")
    if len(line) > MAX_REGEL:
        raise typer.BadParameter(f"dit mag hoogstens {MAX_REGEL} tekens lang zijn")
    if zin := fault_in_line(line):
        raise typer.BadParameter(zin.removesuffix("."))
    return line


def read_file_name(value: str) -> Path:
    """Read where to write to: something that can be a file."""
    path = Path(value)
    if not path.name:
        raise typer.BadParameter("noem een bestand om naar te schrijven")
    return path


Organisatie = Annotated[
    str, typer.Option("--organisatie", parser=read_code, metavar="CODE", help="De code van de organisatie.")
]
Uitvoer = Annotated[
    Path | None,
    typer.Option(
        "--uitvoer",
        parser=read_file_name,
        metavar="BESTAND",
        help="Schrijf naar dit bestand in plaats van het scherm.",
    ),
]
Reden = Annotated[
    str | None,
    typer.Option(
        "--reden", parser=read_line, metavar="TEKST", help="Waarom u dit bekijkt; staat in het inzagelogboek."
    ),
]
Alle = Annotated[
    str | None, typer.Option("--organisatie", parser=read_code, metavar="CODE", help="Alleen deze organisatie.")
]


def read_day(value: str) -> date:
    """Read a civil date as JJJJ-MM-DD."""
    try:
        return date.fromisoformat(value if _DAY.fullmatch(value) else "")
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
