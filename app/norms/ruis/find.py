"""Which ruisfactoren hold for a child on a day, each with its weight and its reasons: the only function that says so.

The outcome is an order for a case discussion, never a verdict. What lies after the peildatum does not count. Of a child
that is not in zorg only what concerns the child itself remains: what it told, signalen about it, what people scored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from app.norms.calendar import is_active
from app.norms.dutch import dutch_date
from app.norms.ruis.catalogue import in_force
from app.norms.ruis.feiten import RuisFeiten
from app.norms.ruis.gezin import full_or_unsafe, left_behind
from app.norms.ruis.signaal import several_signals, signals_of_others, told_without_meldcode, told_without_opvolging
from app.norms.ruis.wisseling import changed_people, no_jeugdbeschermer
from app.norms.ruis.zaak import RuisZaak, open_zaak
from app.norms.ruis.zicht import no_own_sight, not_seen, only_foster_parents, unseen_behind_foster_parents
from app.terms import Ruiscode

_AFGELEID: Mapping[Ruiscode, Callable[[RuisZaak], Iterator[str]]] = {
    Ruiscode.R01: no_own_sight,
    Ruiscode.R04: told_without_meldcode,
    Ruiscode.R05: signals_of_others,
    Ruiscode.R06: several_signals,
    Ruiscode.R07: changed_people,
    Ruiscode.R08: no_jeugdbeschermer,
    Ruiscode.R11: only_foster_parents,
    Ruiscode.R12: full_or_unsafe,
    Ruiscode.R13: left_behind,
}
#: of the second versions: what they find instead
_AFGELEID_TWEEDE: Mapping[Ruiscode, Callable[[RuisZaak], Iterator[str]]] = {
    Ruiscode.R01: not_seen,
    Ruiscode.R04: told_without_opvolging,
    Ruiscode.R11: unseen_behind_foster_parents,
}


class Ruisbevinding(NamedTuple):
    """A ruisfactor that holds: its weight, and why, in Dutch sentences with days and without names."""

    code: Ruiscode
    gewicht: int
    redenen: tuple[str, ...]


def find_ruis(feiten: RuisFeiten, gewichten: Mapping[Ruiscode, int], peildatum: date) -> list[Ruisbevinding]:
    """Return the ruisfactoren that hold for a child on a day, by code.

    Args:
        feiten: what the file says of the child and of the families where it lives.
        gewichten: the factors in force on the day, with their weights; another factor is not looked for.
        peildatum: the civil date.
    """
    zaak = open_zaak(feiten, peildatum)
    found = []
    for code, gewicht in gewichten.items():
        derive = _deriving(code, peildatum)
        redenen = (*(derive(zaak) if derive else ()), *_scored(zaak, code))
        if redenen:
            found.append(Ruisbevinding(code, gewicht, redenen))
    return sorted(found)


def _deriving(code: Ruiscode, peildatum: date) -> Callable[[RuisZaak], Iterator[str]] | None:
    versie = in_force(peildatum).get(code)
    if versie is not None and versie.versie > 1:
        return _AFGELEID_TWEEDE[code]
    return _AFGELEID.get(code)


def _scored(zaak: RuisZaak, code: Ruiscode) -> Iterator[str]:
    for score in zaak.feiten.scores:
        if score.code is code and is_active(score.datum, score.geldt_tot, zaak.peildatum):
            yield f"Gescoord op {dutch_date(score.datum)}; dat geldt tot {dutch_date(score.geldt_tot)}."


def score_of(bevindingen: Iterable[Ruisbevinding]) -> int:
    """Return the score: the sum of the weights."""
    return sum(bevinding.gewicht for bevinding in bevindingen)
