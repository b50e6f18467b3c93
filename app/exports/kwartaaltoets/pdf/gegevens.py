"""Everything the report says, as one JSON value; the typst template only lays it out."""

from typing import Any, Final

from app.clock import AMSTERDAM
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.pdf.opvallend import sentences
from app.exports.kwartaaltoets.pdf.rijen import list_kinderen
from app.exports.kwartaaltoets.pdf.tabellen import list_tabellen
from app.exports.kwartaaltoets.woorden import (
    GEPLAATST,
    NAVOLGBAAR,
    NOOIT_EEN_OORDEEL,
    STANDEN,
    counts,
    dutch_moment,
    group_name,
    known_at,
    quarter_words,
    quarters,
    seal_sentence,
    share,
    status_sentence,
    status_word,
)  # fmt: skip
from app.exports.pdf.tekst import number, percent, printable
from app.norms.kwartaaltoets.rij import CRITERIA
from app.norms.normwoorden import NORMEN

#: bars of more teams do not fit on a page; the tables have all
_TEAMS_IN_BEELD: Final = 24


def report_of(bestand: Toetsbestand) -> object:
    """Return the report, with nothing in it that its fonts cannot print."""
    kop = bestand.kop
    moment = (bestand.vastgesteld_op or known_at(bestand)).astimezone(AMSTERDAM)
    return printable({
        "titel": f"Kwartaaltoets {quarter_words(kop['kwartaal'])}",
        "organisatie": kop["organisatie"]["naam"],
        "kwartaal": kop["kwartaal"],
        "status": status_word(bestand),
        "statuszin": status_sentence(bestand),
        "bekend": f"Beoordeeld is wat op {dutch_moment(known_at(bestand))} in het dossier stond.",
        "vervangt": kop["vervangt"],
        "digest": bestand.digest,
        "zegel": bestand.zegel and seal_sentence(bestand.zegel),
        "datum": [moment.year, moment.month, moment.day],
        "namen": bestand.namen is not None,
        "navolgbaar": NAVOLGBAAR,
        "ruis": NOOIT_EEN_OORDEEL,
        "tegels": _tiles(bestand),
        "opvallend": sentences(bestand),
        "standen": list(STANDEN.values()),
        "criteria": _criteria(bestand),
        "trend": _trend(bestand),
        "teams": _teams(bestand),
        "kinderen": list_kinderen(bestand),
        "tabellen": list_tabellen(bestand),
        "normen": [
            {name: str(norm[name]) for name in ("code", "versie", "naam", "zwaarte", "regel", "bron")}
            for norm in kop["normen"]
        ],
    })  # fmt: skip


def _tiles(bestand: Toetsbestand) -> list[dict[str, str]]:
    alle, van = bestand.kengetallen[0]["alle"], bestand.kengetallen[0]["voltijd"]
    periodes = van["kindperiodes"]
    tiles = {
        f"navolgbaar, van de {_kinderen(alle['rijen'])} {GEPLAATST['alle']}": number(alle["navolgbaar"]),
        f"navolgbaar, van de {_kinderen(van['rijen'])} {GEPLAATST['voltijd']}": number(van["navolgbaar"]),
        "van hen nog nooit alleen gesproken": number(van["nooitGezien"]),
        "perioden met gesprek": percent(share(periodes["metGesprek"], periodes["totaal"])),
    }
    if "opvolging" in alle:
        tiles["late opvolging na een zorg"] = number(alle["opvolging"]["rijenTeLaat"])
    return [{"wat": what, "getal": shown} for what, shown in tiles.items()]


def _kinderen(count: int) -> str:
    return f"{number(count)} {'kind' if count == 1 else 'kinderen'}"


def _criteria(bestand: Toetsbestand) -> dict[str, Any]:
    staven = []
    for code in CRITERIA:
        van = bestand.kengetallen[0]["voltijd"]["criteria"][code]
        delen = [share(count, van["vanToepassing"]) for count in counts(van)]
        staven.append({
            "naam": NORMEN[code],
            "geldt": _kinderen(van["vanToepassing"]),
            "delen": [{"deel": deel or 0, "tekst": percent(deel)} for deel in delen],
        })  # fmt: skip
    return {"staven": staven, "alt": _alt_of_criteria(staven)}


def _alt_of_criteria(staven: list[dict[str, Any]]) -> str:
    def spoken(staaf: dict[str, Any]) -> str:
        delen = zip(STANDEN.values(), staaf["delen"], strict=True)
        return f"{staaf['naam']}: " + ", ".join(f"{deel['tekst']} {woord}" for woord, deel in delen)

    return "Staafdiagram van de standen per criterium. " + "; ".join(map(spoken, staven)) + "."


def _trend(bestand: Toetsbestand) -> dict[str, Any]:
    punten = []
    for kwartaal, groep in quarters(bestand).items():
        deel = share(groep["voltijd"]["navolgbaar"], groep["voltijd"]["rijen"])
        punten.append({"kwartaal": kwartaal, "deel": deel, "tekst": percent(deel)})
    spoken = "; ".join(f"{punt['kwartaal']}: {punt['tekst']}" for punt in punten)
    alone = f"Er is geen eerder kwartaal vastgesteld om mee te vergelijken. {spoken}." if len(punten) == 1 else None
    return {"punten": punten, "alleen": alone, "alt": f"Lijndiagram van het navolgbare deel per kwartaal. {spoken}."}


def _teams(bestand: Toetsbestand) -> dict[str, Any]:
    groepen = [groep for groep in bestand.kengetallen if groep["soort"] == "team"]
    staven = []
    for groep in groepen[:_TEAMS_IN_BEELD]:
        van = groep["voltijd"]
        deel = share(van["navolgbaar"], van["rijen"])
        tekst = f"{percent(deel)} van {number(van['rijen'])}"
        staven.append({"naam": group_name(groep), "deel": deel or 0, "tekst": tekst})
    more = len(groepen) - len(staven)
    wie = "team staat" if more == 1 else "teams staan"
    spoken = "; ".join(f"{staaf['naam']}: {staaf['tekst']}" for staaf in staven)
    return {
        "staven": staven,
        "meer": f"Nog {number(more)} {wie} in de tabellen." if more else None,
        "alt": f"Staafdiagram van het navolgbare deel per team. {spoken}.",
    }
