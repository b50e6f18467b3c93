"""The tables of key figures: two for each set of rows, for one would not fit on a page."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Final

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import (
    ALLE,
    SOORTEN,
    STANDEN,
    VOLTIJD,
    counts,
    group_name,
    share,
    speaks_of_opvolging,
)
from app.exports.pdf.tekst import number, percent
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, Kengetallen
from app.norms.kwartaaltoets.rij import CRITERIA
from app.norms.normwoorden import NORMEN
from app.terms import NormCode

# The template puts every word on a line of its own.
_UITKOMST: Final = (
    "Kinderen", "Navolgbaar", "%", "Met uitzondering", "Te laat op streef", "Nooit alleen gesproken",
    "Dagen te laat, mediaan",
    "Dagen te laat, hoogste", "Perioden", "met gesprek", "Laat vastgelegd",
)  # fmt: skip
#: a table of so many rows takes less than half a page, and then stays on one
_HEEL: Final = 14
_OPVOLGING: Final = (
    "Aanlei- dingen", "Overleg: termijn voorbij", "op tijd", "nog zonder", "Besluit: termijn voorbij", "op tijd",
    "nog zonder", "Late opvolging", "Gezien: geldt voor", "op tijd", "Zichtplan",
)  # fmt: skip
_STANDEN: Final = ("geldt voor", *(woord.replace("uitzondering", "uitz.") for woord in STANDEN.values()))


_Tabelsoort = tuple[str, tuple[NormCode, ...], tuple[str, ...], Callable[[Kengetallen], Iterable[str]]]


def list_tabellen(bestand: Toetsbestand) -> list[dict[str, Any]]:
    """Return the tables, over voltijd and crisis first."""
    kinds: list[_Tabelsoort] = [
        ("Uitkomst", (), _UITKOMST, _outcome),
        ("Standen", CRITERIA, _STANDEN * len(CRITERIA), _criteria),
    ]
    if speaks_of_opvolging(bestand):
        kinds.append(("Zicht en opvolging", (), _OPVOLGING, _opvolging))
    return [
        {
            "titel": f"{titel}, {over}",
            "boven": [{"kop": NORMEN[code], "breedte": len(_STANDEN)} for code in upper],
            "koppen": ["Naam", *koppen],
            "delen": _parts(bestand, select, cells),
            "heel": len(bestand.kengetallen) <= _HEEL,
        }
        for over, select in ((VOLTIJD, _voltijd), (ALLE, _alle))
        for titel, upper, koppen, cells in kinds
    ]


def _voltijd(groep: GroepKengetallen) -> Kengetallen:
    return groep["voltijd"]


def _alle(groep: GroepKengetallen) -> Kengetallen:
    return groep["alle"]


def _parts(
    bestand: Toetsbestand,
    select: Callable[[GroepKengetallen], Kengetallen],
    cells: Callable[[Kengetallen], Iterable[str]],
) -> list[dict[str, Any]]:
    return [
        {"soort": SOORTEN[soort], "rijen": [[group_name(groep), *cells(select(groep))] for groep in groepen]}
        for soort, groepen in groupby(bestand.kengetallen, key=lambda groep: groep["soort"])
    ]


def _outcome(van: Kengetallen) -> Iterable[str]:
    periodes = van["kindperiodes"]
    return (
        number(van["rijen"]),
        number(van["navolgbaar"]),
        percent(share(van["navolgbaar"], van["rijen"])),
        number(van["metUitzondering"]),
        number(van["lateStreef"]),
        number(van["nooitGezien"]),
        number(van["mediaanDagenTeLaat"]),
        number(van["hoogsteDagenTeLaat"]),
        number(periodes["totaal"]),
        percent(share(periodes["metGesprek"], periodes["totaal"])),
        number(van["lateRegistraties"]),
    )


def _opvolging(van: Kengetallen) -> Iterable[str]:
    opvolging, gezien = van["opvolging"], van["gezien"]
    stappen = (
        cel
        for stap in (opvolging["overleg"], opvolging["besluit"])
        for cel in (
            number(stap["vervallen"]),
            percent(share(stap["opTijd"], stap["vervallen"])),
            number(stap["zonder"]),
        )
    )
    return [
        number(opvolging["aanleidingen"]),
        *stappen,
        number(opvolging["rijenTeLaat"]),
        number(gezien["vanToepassing"]),
        percent(share(gezien["gezien"], gezien["vanToepassing"])),
        number(van["zichtplannen"]),
    ]


def _criteria(van: Kengetallen) -> Iterable[str]:
    for code in CRITERIA:
        criterium = van["criteria"][code]
        yield number(criterium["vanToepassing"])
        for count in counts(criterium):
            yield percent(share(count, criterium["vanToepassing"]))
