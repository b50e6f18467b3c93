"""The norm about one signaal: CAL-3, also after the child left.

Source: ``normen.md`` §5.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.norms.bevinding import Bevinding, Uitkomst
from app.norms.calendar import add_days, add_working_days
from app.norms.feiten import Gebeurtenis, Signaal
from app.norms.versie import NormVersie
from app.terms import NormCode


def cal_3(signaal: Signaal, norm: NormVersie, peildatum: date) -> Uitkomst | None:
    """A calamiteit is reported by w(bekendGewordenOp, 3), when in doubt within 42 days."""
    bekend, gemeld = signaal.bekend_geworden_op, signaal.gemeld_igj_op
    if not signaal.calamiteit or bekend > peildatum:
        return None
    if gemeld is not None and gemeld <= peildatum:
        return Uitkomst(Gebeurtenis(signaal.id, gemeld), None)
    if signaal.bij_twijfel:
        return Uitkomst(None, add_days(bekend, norm.number("dagen_bij_twijfel")))
    return Uitkomst(None, add_working_days(bekend, norm.number("werkdagen")))


def find_signalen(
    signalen: Sequence[Signaal], normen: Mapping[NormCode, NormVersie], peildatum: date
) -> list[Bevinding]:
    """Return the findings on the calamiteiten among the signalen of one child."""
    norm = normen.get(NormCode.CAL_3)
    if norm is None:
        return []
    uit = []
    for signaal in signalen:
        uitkomst = cal_3(signaal, norm, peildatum)
        if uitkomst is not None:
            uit.append(Bevinding(norm, signaal.id, norm.zwaarte, uitkomst.laatste, uitkomst.uiterlijk))
    return uit
