"""How long what is kept: the policy table, as data, and the day from which a child's file may be destroyed.

Source: ``normen.md`` §8 (retention). A lawyer must confirm before use. What the law asks is a least, so nothing here
destroys anything: a proposal, two people and a wait come between (ADR 0017).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.norms.calendar import ADULT_AGE, add_months, birthday
from app.terms import Bewaarsoort, MaatregelSoort

#: within so many months whoever asked for destruction is answered
ANTWOORD_MAANDEN: Final = 3
#: how many people must approve, each for themselves
VIER_OGEN: Final = 2
#: how long a child's file is kept at least
BEWAARJAREN: Final = 20
#: the file of a GI about a child that was under ots or voogdij: so many years after the eighteenth birthday
GI_JAREN: Final = 30
#: under one of these a child was when its file at a GI is kept longer
GI_MAATREGELEN: Final = frozenset({MaatregelSoort.OTS, MaatregelSoort.VOOGDIJ_GI})
#: [keuze] how long a locked file can still be opened again: longer than any backup with the open file is kept
WACHTTIJD: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Bewaartermijn:
    """One line of the policy table.

    Attributes:
        soort: what is kept.
        jaren: at least so long; None: as long as what it belongs to.
        vanaf: from when that is counted, in words.
        daarna: what then becomes of it, in words.
        bron: where that is from.
    """

    soort: Bewaarsoort
    jaren: int | None
    vanaf: str
    daarna: str
    bron: str


BEWAARBELEID: Final = (
    Bewaartermijn(
        Bewaarsoort.DOSSIER,
        BEWAARJAREN,
        "de laatste dag van de laatste plaatsing, of de laatste wijziging als die later is",
        f"voorstel; vernietigd na akkoord van twee beheerders en een wachttijd van {WACHTTIJD.days} dagen",
        "Jeugdwet art. 7.3.8; een verzoek om eerdere vernietiging: art. 7.3.9",
    ),
    Bewaartermijn(
        Bewaarsoort.DOSSIER_GI,
        GI_JAREN,
        "de achttiende verjaardag van een kind dat onder ots of voogdij stond; nooit korter dan een ander dossier",
        "als een dossier",
        "Jeugdwet art. 7.3.8: langer bewaren door een gecertificeerde instelling, hoogstens zo lang",
    ),
    Bewaartermijn(
        Bewaarsoort.WIJZIGINGSLOG,
        None,
        "het dossier waarover een regel gaat",
        "de inhoud gaat met het dossier mee; dat er iets is gewijzigd, en de keten, blijven",
        "keuze van dit project",
    ),
    Bewaartermijn(
        Bewaarsoort.INZAGELOGBOEK,
        20,
        "de inzage",
        "blijft; het noemt een kind alleen met een kenmerk dat na vernietiging nergens meer heen leidt",
        "NEN 7513; de duur is een keuze van dit project",
    ),
    Bewaartermijn(
        Bewaarsoort.KWARTAALTOETS,
        20,
        "de vaststelling",
        "blijft; een regel noemt een kind met zijn dossiernummer, zonder naam of vrije tekst",
        "keuze van dit project: verantwoording aan inspectie en gemeente",
    ),
)


def may_be_destroyed_from(
    einde_zorg: date | None, laatste_wijziging: date, *, geboortedatum: date, gi: bool
) -> date | None:
    """Return the first day on which a file may be destroyed without a request; None while care goes on.

    Args:
        einde_zorg: the end of the last plaatsing; None while one runs, or when there never was one.
        laatste_wijziging: the day of the last recording in the file.
        geboortedatum: of the child.
        gi: whether the file is a GI's and the child was ever under ots or voogdij.
    """
    if einde_zorg is None:
        return None
    kept = add_months(max(einde_zorg, laatste_wijziging), 12 * BEWAARJAREN)
    return max(kept, add_months(birthday(geboortedatum, ADULT_AGE), 12 * GI_JAREN)) if gi else kept


def answer_due(ontvangen_op: date) -> date:
    """Return the last day on which a request to destroy is answered in time."""
    return add_months(ontvangen_op, ANTWOORD_MAANDEN)
