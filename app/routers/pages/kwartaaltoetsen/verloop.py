"""How the rows of an audit differ, in the words of the page: from the quarter before, and from what is known now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.exports.kwartaaltoets.woorden import STANDEN
from app.norms.kwartaaltoets.vergelijking import Kindverloop, Veldverschil, Verloop
from app.norms.normwoorden import NORMEN
from app.norms.ruis.catalogue import RUISFACTOREN
from app.queries.kwartaaltoetsen.vergelijking import Verschilaanleiding
from app.routers.pages.woorden.tijdlijn import MAATREGELEN, SOORTNAMEN
from app.terms import Oorzaak
from app.web.pagewords import dag

#: verloop → what is said of those children; the order is that of the page
VERLOOP: Final = {
    Verloop.SLECHTER: "slechter: van de drie normen zijn er meer te laat",
    Verloop.BETER: "beter: van de drie normen zijn er minder te laat",
    Verloop.NIEUW: "nieuw in de toets",
    Verloop.WEG: "niet meer in de toets",
    Verloop.GELIJK: "zoals het was",
}
#: cell of a row → what it is
VELDEN: Final = {
    "geplaatstOpKwartaaleinde": "geplaatst op de laatste dag",
    "peildatum": "dag van het oordeel",
    "navolgbaar": "navolgbaar",
    "lateRegistraties": "laat vastgelegd",
    "professionals12m": "professionals in een jaar",
    "ruisscore": "gewicht van de ruisfactoren",
    "ruisfactoren": "ruisfactoren",
    "opvolgingStand": "opvolging na een zorg",
    "zichtplan": "zichtplan",
    "plaatsing": "plaatsing",
    "begeleider": "begeleider",
    "team": "team",
    "maatregelen": "maatregelen",
}
#: part of a judgement → what it is
DELEN: Final = {
    "stand": "stand",
    "zwaarte": "norm of streefnorm",
    "uiterlijk": "uiterste dag",
    "uitzonderingId": "uitzondering",
    "laatste": "laatste die meetelde",
    "overleg": "overleg",
    "besluit": "besluit",
}
#: cell of a row with a list of codes → what each means
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "maatregelen": MAATREGELEN,
    "ruisfactoren": {one.code: one.naam for one in RUISFACTOREN},
}
#: why an audit would say something else now
OORZAKEN: Final[Mapping[Oorzaak, str]] = {
    Oorzaak.LATE_INVOER: "later vastgelegd",
    Oorzaak.CORRECTIE: "verbeterd",
    Oorzaak.INTREKKING: "ingetrokken",
    Oorzaak.VERPLAATSING: "verplaatst uit of naar een ander dossier",
    Oorzaak.NORMVERSIE: "andere norm",
    Oorzaak.VERNIETIGING: "vernietigd",
}
#: what was recorded since → what it is called
AANLEIDINGEN: Final[Mapping[str, str]] = {
    **SOORTNAMEN, "team": "team", "medewerker": "medewerker", "norm": "norm van de organisatie",
    "vernietiging": "dossier",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verloopgroep:
    """The children with whom it went one way; of those for whom nothing changed nobody needs the names."""

    naam: Verloop
    zin: str
    aantal: int
    kinderen: Sequence[Kindverloop]


def by_verloop(verloop: Sequence[Kindverloop]) -> list[Verloopgroep]:
    """Return all groups, also those without anybody."""
    found = {naam: [one for one in verloop if one.verloop is naam] for naam in VERLOOP}
    return [
        Verloopgroep(naam, VERLOOP[naam], len(kinderen), () if naam is Verloop.GELIJK else kinderen)
        for naam, kinderen in found.items()
    ]


def said_of(verschil: Veldverschil) -> str:
    """Return in words what differs: ``Veiligheidscheck, stand: te laat wordt op tijd``."""
    naam, _, deel = verschil.veld.partition(".")
    what = NORMEN.get(naam.split(" ")[0]) or VELDEN.get(naam, "opvolging na een zorg")
    about = f"{what}, {DELEN.get(deel, deel)}" if deel else what
    if deel == "uitzonderingId":
        return f"{about}: {'komt erbij' if verschil.was is None else 'vervalt of is een andere'}"
    return f"{about}: {_value(naam, verschil.was)} wordt {_value(naam, verschil.wordt)}"


def why_of(aanleiding: Verschilaanleiding) -> str:
    """Return in words why something differs: ``later vastgelegd: gesprek met het kind van 3 mei 2026``."""
    day = f" van {dag(aanleiding.datum)}" if aanleiding.datum else ""
    reden = f" ({aanleiding.reden})" if aanleiding.reden else ""
    return f"{OORZAKEN[aanleiding.oorzaak]}: {AANLEIDINGEN[aanleiding.soort].lower()}{day}{reden}"


def _value(naam: str, text: str | None) -> str:
    """Return what a cell says: a day, and each of a list of codes, in words."""
    if text is None:
        return "leeg"
    if naam in _CODES:
        return ", ".join(_CODES[naam].get(code, code.replace("_", " ")).lower() for code in text.split())
    try:
        return dag(date.fromisoformat(text))
    except ValueError:
        return STANDEN.get(text, text.replace("_", " "))
