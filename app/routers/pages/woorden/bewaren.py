"""The words for keeping and destroying files; a test holds that none is missing."""

from typing import Final

from app.terms import Vernietigingsgrond, Vernietigingsoordeel, Vernietigingsstand

#: where a proposal stands → (class of the mark, word on it)
STANDEN: Final = {
    Vernietigingsstand.VOORGESTELD: ("wacht", "Voorgesteld"),
    Vernietigingsstand.GOEDGEKEURD: ("wacht", "Goedgekeurd, nog niet uitgevoerd"),
    Vernietigingsstand.AFGEWEZEN: ("niet", "Afgewezen"),
    Vernietigingsstand.INGETROKKEN: ("niet", "Akkoord ingetrokken"),
    Vernietigingsstand.VERZEGELD: ("laat", "Verzegeld"),
    Vernietigingsstand.HERSTELD: ("mee", "Hersteld"),
    Vernietigingsstand.VERNIETIGD: ("niet", "Vernietigd"),
}
GRONDEN: Final = {
    Vernietigingsgrond.BEWAARTERMIJN: "De bewaartermijn is voorbij",
    Vernietigingsgrond.VERZOEK: "Iemand vraagt erom",
}
#: what one person said of it
OORDELEN: Final = {
    Vernietigingsoordeel.GOEDGEKEURD: "Goedgekeurd",
    Vernietigingsoordeel.AFGEWEZEN: "Afgewezen",
    Vernietigingsoordeel.INGETROKKEN: "Akkoord ingetrokken",
}
