"""The words for norms, standen and facts on pages: one place, and a test that none is missing.

Never that a child is safe: only what was recorded, and whether in time.
"""

from datetime import date
from typing import Final

from app.norms.aandacht import ALLEEN, Groep, groep_of
from app.norms.calendar import add_days, count_working_days
from app.norms.judge import Oordeel
from app.norms.normwoorden import NORMEN
from app.norms.opvolging import OPVOLGING
from app.terms import Stand, Zwaarte
from app.web.pagewords import dag, dagen, werkdagen

#: norm → what is said when nothing was ever recorded that counts for it
NOOIT: Final = {
    "KAG-3": "Nog nooit alleen gesproken",
    "KAG-R": "Nog nooit alleen gesproken",
    "KAG-D": "Nog nooit alleen gesproken",
    "ZIEN": "Nog nooit gezien",
    "VC-J": "Nog geen veiligheidscheck vastgelegd",
    "HB": "Nog geen huisbezoek vastgelegd",
    "MDO": "Nog geen casuïstiekbespreking vastgelegd",
    "ONT-J": "Ontwikkeling nog niet in kaart",
    "HVP-6": "Nog geen hulpverleningsplan vastgelegd",
}
#: group of attention → (class of the mark, word on it)
MERK: Final = {
    Groep.OPVOLGING: ("opvolging", "Opvolging open"),
    Groep.TE_LAAT: ("laat", "Te laat"),
    Groep.STREEF: ("nadert", "Streefdag voorbij"),
    Groep.NADERT: ("nadert", "Nadert"),
    Groep.UITZONDERING: ("uitz", "Uitzondering"),
    Groep.OP_TIJD: ("tijd", "Op tijd vastgelegd"),
    Groep.GEEN: ("geen", "Geen norm van toepassing"),
}


def is_nooit(oordeel: Oordeel) -> bool:
    """Tell whether it is late because nothing that counts was ever recorded."""
    return oordeel.stand is Stand.TE_LAAT and oordeel.laatste is None and oordeel.norm.code in NOOIT


def merk(oordeel: Oordeel | None) -> tuple[str, str]:
    """Return the class and the word of the mark of a judgement; of a child without any when None."""
    if oordeel is None:
        return MERK[Groep.GEEN]
    groep = groep_of(oordeel)
    if is_nooit(oordeel) and oordeel.zwaarte is Zwaarte.NORM:
        return "nooit", "Nog nooit alleen" if oordeel.norm.code in ALLEEN else "Niets vastgelegd"
    if groep is Groep.NADERT and oordeel.uiterlijk is not None:
        over = (oordeel.uiterlijk - oordeel.peildatum).days
        return "nadert", f"Nog {dagen(over)}" if over else "Vandaag"
    return MERK[groep]


def wat(oordeel: Oordeel) -> str:
    """Return what a judgement is about."""
    return NORMEN[oordeel.norm.code]


def wanneer(oordeel: Oordeel) -> str:
    """Return since when it is late, or until when it is not."""
    if oordeel.stand is Stand.TE_LAAT:
        return _te_laat(oordeel)
    if oordeel.stand is Stand.UITZONDERING:
        return f"uitzondering, anders te laat sinds {dag(_first_late(oordeel))}"
    if oordeel.uiterlijk is None:
        return "er hoeft nu niets"
    head = "uiterlijk" if oordeel.stand is Stand.NADERT or oordeel.norm.code in OPVOLGING else "volgende uiterlijk"
    return f"{head} {dag(oordeel.uiterlijk)}{_left(oordeel, oordeel.uiterlijk)}"


def zin(oordeel: Oordeel | None) -> str:
    """Return the reason in one line of a list."""
    if oordeel is None:
        return "Vandaag geldt geen norm, bijvoorbeeld omdat er geen plaatsing loopt."
    if is_nooit(oordeel):
        return f"{NOOIT[oordeel.norm.code]}: {_te_laat(oordeel)}"
    return f"{wat(oordeel)}: {wanneer(oordeel)}"


def _te_laat(oordeel: Oordeel) -> str:
    late = dagen(oordeel.dagen_te_laat or 0)
    if _counts_working_days(oordeel) and oordeel.uiterlijk is not None:
        late = werkdagen(count_working_days(oordeel.uiterlijk, oordeel.peildatum))
    return f"te laat sinds {dag(_first_late(oordeel))} ({late})"


def _counts_working_days(oordeel: Oordeel) -> bool:
    """Tell whether the norm itself counts working days: then what is said of its last day does so too."""
    return "werkdagen" in oordeel.norm.parameters


def _left(oordeel: Oordeel, uiterlijk: date) -> str:
    """Return how many working days are left for what must be done within so many; empty for other norms."""
    if not _counts_working_days(oordeel):
        return ""
    if uiterlijk == oordeel.peildatum:
        return ", vandaag"
    return f", nog {werkdagen(count_working_days(oordeel.peildatum, uiterlijk))}"


def _first_late(oordeel: Oordeel) -> date:
    assert oordeel.uiterlijk is not None  # noqa: S101 - what is late has a last day
    return add_days(oordeel.uiterlijk, 1)
