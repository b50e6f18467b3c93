"""What typer, click and the operating system say, in Dutch; what commands say themselves is Dutch already."""

import errno
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

_NIET_GELDIG: Final = "deze waarde is hier niet geldig"
#: what typer, or pydantic under it, says of a value → in Dutch; the first that fits
_WAARDE: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    (re.compile(r".*valid integer.*|.*not a valid int.*"), "geef een geheel getal"),
    (re.compile(r".*valid number.*|.*not a valid float.*"), "geef een getal"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"geef een getal van ten minste \1"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"geef een getal van ten hoogste \1"),
    (re.compile(r".*not in the range (\S+)<=x<=(\S+?)\.?"), r"geef een getal van \1 tot en met \2"),
    (re.compile(r".* is not one of (.+?)\.?"), r"kies een van: \1"),
    (re.compile(r"(Input|Value|Invalid|Path|File|Directory|Got|No|Option|Missing|Could)\b.*"), _NIET_GELDIG),
)
#: what they say of the whole line
_GEBRUIK: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    (re.compile(r"No such command '(.*?)'\..*"), r"er is geen opdracht \1; pleegzicht --help noemt ze"),
    (re.compile(r"No such option:? (\S+?)\.?( .*)?"), r"de optie \1 bestaat hier niet"),
    (re.compile(r"Got unexpected extra arguments? ?(?:\(s\) )?\((.*)\)"), r"dit is te veel: \1"),
    (re.compile(r"Option '?(\S+?)'? requires (an argument|\d+ arguments)\."), r"de optie \1 vraagt een waarde"),
    (re.compile(r"Option '?(\S+?)'? does not take a value\."), r"de optie \1 heeft geen waarde"),
    (re.compile(r"Missing command\."), "geef een opdracht; pleegzicht --help noemt ze"),
    (re.compile(r"Missing (?:option|argument|parameter) '?(.+?)'?\.(?: .*)?"), r"\1 ontbreekt"),
    (re.compile(r"Invalid value(?: for '?(.+?)'?)?: .*"), _NIET_GELDIG),
)
#: what --help says
_HULP: Final[Mapping[str, str]] = {
    "Usage:": "Gebruik:",
    "Arguments:": "Argumenten:",
    "Options:": "Opties:",
    "Commands:": "Opdrachten:",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT [ARGUMENTEN]...",
    "[required]": "[verplicht]",
    "[default:": "[standaard:",
    "Show this message and exit.": "Toon deze uitleg.",
}
#: what SQLAlchemy and psycopg raise when a connection breaks or is refused
_DATABASE_WEG: Final = frozenset(
    {"sqlalchemy.exc.OperationalError", "sqlalchemy.exc.InterfaceError", "psycopg.OperationalError"}
)
#: what the operating system says in English, by its number
_SYSTEEM: Final[Mapping[int | None, str]] = {
    errno.ENOENT: "dit bestand of deze map bestaat niet",
    errno.EACCES: "hier is geen toegang toe",
    errno.EPERM: "dit mag niet van het systeem",
    errno.EISDIR: "dit is een map, geen bestand",
    errno.ENOTDIR: "een deel van dit pad is geen map",
    errno.EEXIST: "dit bestaat al",
    errno.ENOSPC: "er is geen ruimte meer om te schrijven",
    errno.EDQUOT: "er is geen ruimte meer om te schrijven",
    errno.EFBIG: "dit bestand wordt te groot",
    errno.EROFS: "hier kan alleen worden gelezen",
    errno.ENAMETOOLONG: "deze naam is te lang",
    errno.ELOOP: "deze verwijzing loopt rond",
    errno.EPIPE: "wie de uitvoer las, is gestopt",
    errno.EIO: "lezen of schrijven lukt niet; is de schijf heel?",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.ENXIO: "dit is geen gewoon bestand",
    errno.EADDRINUSE: "dit adres is al in gebruik; kies een andere poort",
    errno.EADDRNOTAVAIL: "dit adres is niet van deze machine",
    errno.ECONNREFUSED: "er is geen verbinding te krijgen",
}


def system_fault(error: OSError) -> str:
    """Return in one Dutch line, without a full stop, what the operating system refused, and where."""
    said = _SYSTEEM.get(error.errno) or f"het systeem weigert dit (nummer {error.errno or 'onbekend'})"
    return f"{error.filename}: {said}" if error.filename else said


def lost_the_database(error: BaseException) -> bool:
    """Tell whether the database went away, by name: most commands end before SQLAlchemy is imported at all."""
    return any(f"{kind.__module__}.{kind.__name__}" in _DATABASE_WEG for kind in type(error).__mro__)


def wrong_use(error: Any) -> str:
    """Return in one Dutch line, without a full stop, what was wrong with the way a command was called."""
    message = " ".join(str(getattr(error, "message", None) or "").split())
    parameter = getattr(error, "param", None)
    if isinstance(error, BadParameter) and message:  # of a value; ours, or typer's
        said = _said(message, _WAARDE)
        return said if parameter is None else f"{_name(parameter)}: {said}"
    return _said(" ".join(error.format_message().split()), _GEBRUIK)


def _name(parameter: Any) -> str:
    long = [option for option in parameter.opts if option.startswith("--")]
    return str(long[0] if long else parameter.metavar or parameter.name)


def _said(message: str, table: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """Return the first sentence that fits, with what click quotes in it but without its quotes."""
    for pattern, sentence in table:
        found = pattern.fullmatch(message)
        if found:
            return found.expand(sentence).replace("'", "") if "\\" in sentence else sentence
    return message


def _in_dutch(text: str) -> str:
    """Return help with the words that click has of its own in Dutch."""
    for english, dutch in _HULP.items():
        text = text.replace(english, dutch)
    return text


class Command(TyperCommand):
    """A command."""

    def get_help(self, ctx: Any) -> str:
        """Return its help."""
        return _in_dutch(super().get_help(ctx))


class Commands(TyperGroup):
    """The commands."""

    def get_help(self, ctx: Any) -> str:
        """Return their help."""
        return _in_dutch(super().get_help(ctx))
