"""The sheet Kengetallen: every group twice, over its voltijd and crisis rows and over all its rows."""

from collections.abc import Iterator
from itertools import chain
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
from app.exports.kwartaaltoets.xlsx.bladen import KENGETALLEN
from app.exports.kwartaaltoets.xlsx.schrijven import Cel, SheetWriter, as_share
from app.norms.kwartaaltoets.inhoud import CriteriumKengetal, Kengetallen
from app.norms.kwartaaltoets.rij import CRITERIA

_VOOR: Final = ("Soort", "Naam", "Over", "Kinderen", "Navolgbaar", "Navolgbaar %")
_NA: Final = (
    "Met uit-\nzondering", "Te laat\nop streef", "Nooit alleen\ngesproken",
    "Dagen te laat,\nmediaan", "Dagen te laat,\nhoogste",
    "Kind-\nperiodes", "… met\ngesprek", "… met\ngesprek %", "Late\nregistraties",
)  # fmt: skip
_OPVOLGING: Final = (
    "Aanleidingen", "Overleg,\ntermijn voorbij", "… op tijd", "… op tijd %", "… nog zonder",
    "Besluit,\ntermijn voorbij", "… op tijd", "… op tijd %", "… nog zonder", "Kinderen met\nlate opvolging",
    "Gezien,\ngeldt voor", "… op tijd", "… op tijd %", "Kinderen met\nzichtplan",
)  # fmt: skip
_PER_CRITERIUM: Final = ("geldt voor", *(f"{woord} %" for woord in STANDEN.values()))
_BREEDTEN: Final = (12, 30, 17)


def write_kengetallen(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(KENGETALLEN)
    koppen = [*_VOOR, *(f"{code}\n{kop}" for code in CRITERIA for kop in _PER_CRITERIUM), *_NA]
    if speaks_of_opvolging(bestand):
        koppen += [*_OPVOLGING, *(f"MDO, streef\n{kop}" for kop in _PER_CRITERIUM)]
    sheet.set_column(0, len(koppen) - 1, 15)
    for place, breedte in enumerate(_BREEDTEN):
        sheet.set_column(place, place, breedte)
    writer.write_header(sheet, 0, koppen)
    row = 0
    for groep in bestand.kengetallen:
        for over, kengetallen in ((VOLTIJD, groep["voltijd"]), (ALLE, groep["alle"])):
            row += 1
            cellen = (SOORTEN[groep["soort"]], group_name(groep), over, *_figures(kengetallen))
            writer.write_row(sheet, row, cellen)
    sheet.freeze_panes(1, len(_BREEDTEN))
    sheet.autofilter(0, 0, row, len(koppen) - 1)


def _figures(van: Kengetallen) -> Iterator[Cel]:
    periodes = van["kindperiodes"]
    yield van["rijen"]
    yield van["navolgbaar"]
    yield as_share(share(van["navolgbaar"], van["rijen"]))
    yield from chain.from_iterable(_criterium(van["criteria"][code]) for code in CRITERIA)
    yield van["metUitzondering"]
    yield van["lateStreef"]
    yield van["nooitGezien"]
    yield van["mediaanDagenTeLaat"]
    yield van["hoogsteDagenTeLaat"]
    yield periodes["totaal"]
    yield periodes["metGesprek"]
    yield as_share(share(periodes["metGesprek"], periodes["totaal"]))
    yield van["lateRegistraties"]
    yield from _opvolging(van)


def _opvolging(van: Kengetallen) -> Iterator[Cel]:
    if "opvolging" not in van:  # of a quarter before the second catalogue
        return
    opvolging, gezien = van["opvolging"], van["gezien"]
    yield opvolging["aanleidingen"]
    for stap in (opvolging["overleg"], opvolging["besluit"]):
        yield stap["vervallen"]
        yield stap["opTijd"]
        yield as_share(share(stap["opTijd"], stap["vervallen"]))
        yield stap["zonder"]
    yield opvolging["rijenTeLaat"]
    yield gezien["vanToepassing"]
    yield gezien["gezien"]
    yield as_share(share(gezien["gezien"], gezien["vanToepassing"]))
    yield van["zichtplannen"]
    yield from _criterium(van["mdoStreef"])


def _criterium(van: CriteriumKengetal) -> Iterator[Cel]:
    whole = van["vanToepassing"]
    yield whole
    for count in counts(van):
        yield as_share(share(count, whole))
