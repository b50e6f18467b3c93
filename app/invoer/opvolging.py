"""What was seen or said and what was done: an aanleiding, a step about it, the end of an inquiry, who was there."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from app.invoer.bezwaar import Bezwaar
from app.norms.opvolging import ERNSTIG, asks_to_act, is_said_unsafe, is_worrying
from app.terms import BIJ_ALLEEN, OpvolgstapSoort

#: sheet → the columns that decide whether a row is an aanleiding, beside its days
DEELT_MEE: Final[Mapping[str, frozenset[str]]] = {
    "kindgesprekken": frozenset({"doorgegaan", "veilig_in_gezin"}),
    "veiligheidschecks": frozenset({"uitkomst"}),
    "signalen": frozenset(ERNSTIG),
}

_FOUT: Final = "ongeldige_waarde"
_GEEN_AANLEIDING: Final = "Hierna hoeft niemand iets te doen, of het is van een ander kind; kies een andere aanleiding."
_VOOR_AANLEIDING: Final = "Deze stap ligt voor de dag van de aanleiding; verbeter een van beide datums."
_CONCLUSIE: Final = "Dit hoort alleen bij twijfel, en niet voor de dag waarop het bekend werd; verbeter een van beide."
_ALLEEN: Final = "Een gesprek met deze aanwezigen is niet alleen met het kind; verbeter een van beide."
#: stap → the column that says more of it, and what is asked there
_MEER: Final = {
    OpvolgstapSoort.OVERLEG: ("met", "Vul in met wie is overlegd."),
    OpvolgstapSoort.BESLUIT: ("besluit", "Vul in wat is besloten."),
}


def day_of_aanleiding(waarden: Mapping[str, object]) -> date | None:
    """Return the day k from which somebody must act on a fact, or None when it is no aanleiding.

    What makes it one is asked of the rule (``app.norms.opvolging``); a fact that is being recorded has no dossier yet.

    Args:
        waarden: the columns of a kindgesprek, a veiligheidscheck or a signaal; each has its own.
    """
    k = waarden.get("bekend_geworden_op", waarden.get("datum"))
    is_one = (
        any(waarden.get(kolom) for kolom in ERNSTIG)
        or is_worrying(waarden.get("uitkomst"))
        or is_said_unsafe(waarden.get("doorgegaan"), waarden.get("veilig_in_gezin"))
    )
    return k if is_one and isinstance(k, date) and asks_to_act(k) else None


def fault_in_aanleiding(kolom: str, k: date | None) -> Bezwaar | None:
    """Object to a step about what is no aanleiding."""
    return Bezwaar(kolom, "onbekende_verwijzing", _GEEN_AANLEIDING) if k is None else None


def fault_before_aanleiding(day: date, k: date) -> Bezwaar | None:
    """Object to a step that was taken before its aanleiding."""
    return Bezwaar("datum", "datum_buiten_periode", _VOOR_AANLEIDING) if day < k else None


def faults_in_stap(waarden: Mapping[str, object]) -> Iterator[Bezwaar]:
    """Yield what a step does not say and must: with whom, or what was decided; and what belongs to the other one."""
    stap = waarden.get("stap")
    for soort, (kolom, zin) in _MEER.items():
        if stap == soort and waarden.get(kolom) is None:
            yield Bezwaar(kolom, "verplicht", zin)
        elif isinstance(stap, OpvolgstapSoort) and stap != soort and isinstance(waarden.get(kolom), str):
            yield Bezwaar(kolom, _FOUT, f"Dit hoort niet bij een {stap}; maak het leeg.")


def fault_in_conclusion(waarden: Mapping[str, object]) -> Bezwaar | None:
    """Object to the end of an inquiry where there was no doubt, or from before the signaal was known."""
    conclusie, bekend = waarden.get("conclusie_op"), waarden.get("bekend_geworden_op")
    twijfel = waarden.get("bij_twijfel") or False
    if not isinstance(conclusie, date) or not isinstance(bekend, date) or not isinstance(twijfel, bool):
        return None
    fits = twijfel and conclusie >= bekend
    return None if fits else Bezwaar("conclusie_op", _FOUT, _CONCLUSIE)


def fault_in_company(waarden: Mapping[str, object]) -> Bezwaar | None:
    """Object to a talk alone at which one of the household or family was there."""
    there = waarden.get("aanwezigen")
    others = isinstance(there, Collection) and not BIJ_ALLEEN.issuperset(there)
    return Bezwaar("aanwezigen", _FOUT, _ALLEEN) if waarden.get("alleen") is True and others else None
