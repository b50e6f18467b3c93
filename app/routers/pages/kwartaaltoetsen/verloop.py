"""How the rows of an audit differ, in the words of the page: from the quarter before, and from what is known now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.norms.kwartaaltoets.vergelijking import Kindverloop, Veldverschil, Verloop
from app.norms.normwoorden import NORMEN

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
    return f"{about}: {_value(verschil.was)} wordt {_value(verschil.wordt)}"


def _value(text: str | None) -> str:
    return "leeg" if text is None else text.replace("_", " ")
