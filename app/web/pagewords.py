"""How pages write days, numbers and names: a space that does not break, and initials for who hides names."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from app import clock
from app.invoer.telefoon import digits_of
from app.lib.naamvorm import VOORVOEGSELS
from app.norms.dutch import dutch_count, dutch_date

_VAST: Final = "\u00a0"  # a day or a number with its noun is never torn apart
_WEEKDAGEN: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def dag(value: date) -> str:
    """Return a day: ``12 september 2026``."""
    return dutch_date(value).replace(" ", _VAST)


def dagmaand(value: date) -> str:
    """Return a day without its year: ``12 september``."""
    return _VAST.join(dutch_date(value).split(" ")[:2])


def weekdag(value: date) -> str:
    """Return a day with that of the week: ``maandag 12 september 2026``."""
    return f"{_WEEKDAGEN[value.weekday()]}{_VAST}{dag(value)}"


def moment(value: datetime) -> str:
    """Return an instant on the clock of Amsterdam: ``12 september 2026, 14.05 uur``."""
    local = value.astimezone(clock.AMSTERDAM)
    return f"{dag(local.date())}, {local:%H.%M}{_VAST}uur"


def klok(value: datetime) -> str:
    """Return an instant of the last hours: ``14:32``."""
    return f"{value.astimezone(clock.AMSTERDAM):%H:%M}"


def dagen(n: int) -> str:
    """Return a number of days: ``101 dagen``."""
    return dutch_count(n, "dag", "dagen").replace(" ", _VAST)


def werkdagen(n: int) -> str:
    """Return a number of working days: ``3 werkdagen``."""
    return dutch_count(n, "werkdag", "werkdagen").replace(" ", _VAST)


def kinderen(n: int) -> str:
    """Return a number of children: ``1 kind``, ``4 kinderen``."""
    return dutch_count(n, "kind", "kinderen").replace(" ", _VAST)


def initialen(naam: str) -> str:
    """Return a name as initials: ``Isa van Loon`` is ``I.v.L.``; what is no word is left out."""
    words = [word for word in naam.replace("-", " ").split() if word[0].isalpha()]
    return "".join(_initial(word) for word in words)


def _initial(word: str) -> str:
    if word == "gezin":
        return f"gezin{_VAST}"
    return f"{word[0].lower() if word.lower() in VOORVOEGSELS else word[0].upper()}."


def gezin(naam: str) -> str:
    """Return a family's name as in a sentence: some are recorded with the word before it, some without."""
    first, _, rest = naam.partition(" ")
    return f"gezin {rest}" if rest and first.lower() == "gezin" else f"gezin {naam}"


def hoofdletter(text: str) -> str:
    """Return a text with a capital before it; capitals in it (``GI``, ``Veilig Thuis``) stay."""
    return text[:1].upper() + text[1:]


def kort(naam: str) -> str:
    """Return a colleague's name as people write it: ``Anne Bakker`` is ``A. Bakker``."""
    first, _, rest = naam.partition(" ")
    return f"{first[0]}.{_VAST}{rest}" if rest else naam


#: name in templates → what does it
FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "dag": dag,
    "hoofdletter": hoofdletter,
    "dagmaand": dagmaand,
    "weekdag": weekdag,
    "moment": moment,
    "klok": klok,
    "dagen": dagen,
    "kinderen": kinderen,
    "gezin": gezin,
    "initialen": initialen,
    "kort": kort,
    "bel": digits_of,
}
