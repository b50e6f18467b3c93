"""What a message says: that something asks for attention, and where to look. Never of whom, and never what."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.norms.aandacht import Groep


@dataclass(frozen=True, slots=True)
class Brief:
    """One message, in plain words.

    Attributes:
        onderwerp: its subject.
        regels: what it says, a paragraph each.
        link: where to look.
    """

    onderwerp: str
    regels: tuple[str, ...]
    link: str


def attention(link: str) -> Brief:
    """Return the message that something asks for attention today."""
    zin = "Er is iets dat vandaag aandacht vraagt."
    return Brief(zin, (zin, "Meld u aan in Pleegzicht om te zien wat het is."), link)


#: how each group is called, in the order in which they ask for attention
_GROEPEN = {
    Groep.OPVOLGING: "Hier moet iemand nog iets doen",
    Groep.TE_LAAT: "Te laat",
    Groep.NADERT: "Nadert",
    Groep.STREEF: "Later dan het streven",
    Groep.UITZONDERING: "Met een uitzondering",
}


def overview(aantallen: Mapping[Groep, int], uitgesteld: int, link: str) -> Brief:
    """Return the message of the week: how many children ask for what, nought included.

    Args:
        aantallen: children by what they ask, without what the reader put off.
        uitgesteld: children of whom the reader put something off that asks for attention.
        link: where to look.
    """
    rows = (f"{naam}: {aantallen.get(groep, 0)}." for groep, naam in _GROEPEN.items())
    return Brief(
        "Uw weekoverzicht van Pleegzicht",
        (
            f"Kinderen in uw lijst: {sum(aantallen.values())}.",
            *rows,
            f"Door u uitgesteld: {uitgesteld}.",
            "Dit bericht komt elke maandag.",
        ),
        link,
    )
