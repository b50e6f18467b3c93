"""The norm about the family itself, EVAL-J, and the findings that all its children share.

Source: ``normen.md`` §5; *A* is the later of the pleegcontract C and the start F of the family's run.
"""

from collections.abc import Mapping
from datetime import date

from app.norms.bevinding import Bevinding, Normuitkomst, last_event
from app.norms.calendar import Run, add_months, family_run
from app.norms.feiten import Gezin
from app.norms.versies.versie import NormVersie
from app.norms.vgb import contract_known, find_gezinsleden
from app.terms import NormCode, OnderwerpSoort

# Findings per (gezin id, peildatum); they hold for one catalogue and one moment of knowledge.
Gezinscache = dict[tuple[int, date], list[Bevinding]]


def evaluation_anchor(gezin: Gezin, run: Run, peildatum: date) -> date:
    """Return A: the later of C and F, or F without a C."""
    c = contract_known(gezin, peildatum)
    return run.van if c is None else max(c, run.van)


def eval_j(gezin: Gezin, run: Run, norm: NormVersie, peildatum: date) -> Normuitkomst:
    """m(L or A, 12)."""
    a = evaluation_anchor(gezin, run, peildatum)
    laatste = last_event(gezin.evaluaties, a, peildatum)
    return Normuitkomst(laatste, add_months(a if laatste is None else laatste.datum, norm.number("maanden")))


def find_gezin(
    gezin: Gezin, normen: Mapping[NormCode, NormVersie], peildatum: date, cache: Gezinscache | None
) -> list[Bevinding]:
    """Return the findings on a family with a plaatsing active on ``peildatum``, and on its members."""
    if cache is None:
        return _find(gezin, normen, peildatum)
    bekend = cache.get((gezin.id, peildatum))
    if bekend is None:
        bekend = cache[gezin.id, peildatum] = _find(gezin, normen, peildatum)
    return bekend


def _find(gezin: Gezin, normen: Mapping[NormCode, NormVersie], peildatum: date) -> list[Bevinding]:
    run = family_run(gezin.plaatsingen, peildatum)
    if run is None:
        msg = f"gezin {gezin.id} heeft geen plaatsing op {peildatum}"
        raise ValueError(msg)  # the caller left a plaatsing out of the family: F would be unknown
    uit = find_gezinsleden(gezin, run, normen, peildatum)
    norm = normen.get(NormCode.EVAL_J)
    if norm is not None:
        laatste, uiterlijk, _ = eval_j(gezin, run, norm, peildatum)
        uit.append(Bevinding(norm, OnderwerpSoort.PLEEGGEZIN, gezin.id, norm.zwaarte, laatste, uiterlijk))
    return uit
