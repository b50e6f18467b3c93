"""The children of the report: those whose sight of safety is not navolgbaar, the longest late first, with a limit."""

from collections.abc import Mapping
from datetime import date
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Final

from app.exports.kwartaaltoets.bestand import Namen, Toetsbestand
from app.exports.kwartaaltoets.woorden import GEPLAATST
from app.exports.pdf.tekst import number
from app.norms.dutch import days
from app.norms.kwartaaltoets.inhoud import Kengetallen, RegelInhoud, Verwijzing
from app.norms.kwartaaltoets.kengetallen import late_criteria
from app.norms.normwoorden import NORMEN

#: more rows make a report that nobody reads; the workbook has all
HOOGSTENS: Final = 500
_ZONDER_NAMEN: Final = Namen({}, {})


def list_kinderen(bestand: Toetsbestand) -> dict[str, Any]:
    """Return the columns, the rows, and how many more there are; one pass, that keeps only the rows it shows."""
    namen = bestand.namen or _ZONDER_NAMEN
    late = ((_longest_first(regel), _row(regel, namen)) for regel in bestand.regels() if not regel["navolgbaar"])
    rijen = [row for _, row in nsmallest(HOOGSTENS, late, key=itemgetter(0))]
    alle = bestand.kengetallen[0]["alle"]
    return {
        "kolommen": ["Kind", "Team", "Begeleider", "Te laat", "sinds"],
        "rijen": rijen,
        "totaal": _total(alle),
        "meer": _more(alle["rijen"] - alle["navolgbaar"] - len(rijen)),
    }


def _total(alle: Kengetallen) -> str:
    """Tell of the whole list, deeltijd included, how many there are and how late it is at most."""
    count, hoogste = alle["rijen"] - alle["navolgbaar"], alle["hoogsteDagenTeLaat"]
    wie = f"{number(count)} van de {number(alle['rijen'])} kinderen {GEPLAATST['alle']}, ook in deeltijd"
    return f"{wie}." if hoogste is None else f"{wie}. Het langst is {days(hoogste)} te laat."


def _more(count: int) -> str | None:
    if count <= 0:
        return None
    wie = "kind staat" if count == 1 else "kinderen staan"
    return f"Nog {number(count)} {wie} hier niet; de Excel-export heeft alle kinderen."


def _longest_first(regel: RegelInhoud) -> tuple[int, str]:
    return -_days_late(regel), regel["pleegkind"]["nummer"]


def _days_late(regel: RegelInhoud) -> int:
    late = (regel["criteria"][code] for code in late_criteria(regel))
    return max((oordeel["dagenTeLaat"] or 0 for oordeel in late if oordeel), default=0)


def _row(regel: RegelInhoud, namen: Namen) -> list[list[str]]:
    """Return the lines of each cell of a row."""
    late = [(code, oordeel) for code in late_criteria(regel) if (oordeel := regel["criteria"][code])]
    return [
        _person(regel["pleegkind"], namen.kinderen),
        [regel["team"]["naam"] if regel["team"] else "–"],
        _person(regel["begeleider"], namen.medewerkers) if regel["begeleider"] else ["–"],
        [NORMEN[code] for code, _ in late],
        [f"{_day(oordeel['teLaatSinds'])} ({days(oordeel['dagenTeLaat'] or 0)})" for _, oordeel in late],
    ]


def _person(wie: Verwijzing, namen: Mapping[str, str]) -> list[str]:
    return [namen[wie["id"]], wie["nummer"]] if wie["id"] in namen else [wie["nummer"]]


def _day(text: str | None) -> str:
    return "–" if text is None else f"{date.fromisoformat(text):%d-%m-%Y}"
