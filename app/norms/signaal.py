"""The norm about one signaal: CAL-3, also after the child left.

Source: ``normen.md`` §5 and §5b.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from app.norms.bevinding import Bevinding, Normuitkomst
from app.norms.calendar import add_days, add_working_days
from app.norms.feiten import Gebeurtenis, Signaal
from app.norms.versies.versie import TWEEDE_CATALOGUS, NormVersie
from app.terms import NormCode, OnderwerpSoort

_SIGNAAL = OnderwerpSoort.SIGNAAL
_NA_CONCLUSIE = 2  # the formula of CAL-3 by which doubt ends with a conclusion, and geweld is reported too


def cal_3(signaal: Signaal, norm: NormVersie, peildatum: date) -> Normuitkomst | None:
    """A calamiteit is reported by w(bekendGewordenOp, 3); in doubt after the doubt.

    Of a signaal that became known before October 2026, that is within 42 days; of a later one, and of geweld too,
    w(the conclusion, 3), where the inquiry takes 42 days at most.
    """
    bekend, gemeld = signaal.bekend_geworden_op, signaal.gemeld_igj_op
    second = follows_second(signaal, norm)
    if bekend > peildatum or not (signaal.calamiteit or (second and signaal.geweld)):
        return None
    if gemeld is not None and gemeld <= peildatum:
        return Normuitkomst(Gebeurtenis(signaal.id, gemeld), None)
    if not signaal.bij_twijfel:
        return Normuitkomst(None, add_working_days(bekend, norm.number("werkdagen")))
    einde = add_days(bekend, norm.number("dagen_bij_twijfel"))
    if not second:
        return Normuitkomst(None, einde)
    conclusie = signaal.conclusie_op
    if conclusie is not None and conclusie <= peildatum:
        einde = min(einde, conclusie)
    return Normuitkomst(None, add_working_days(einde, norm.number("werkdagen")))


def follows_second(signaal: Signaal, norm: NormVersie) -> bool:
    """Tell whether the second formula holds for a signaal: not for one that became known before it began."""
    return norm.formule >= _NA_CONCLUSIE and signaal.bekend_geworden_op >= TWEEDE_CATALOGUS


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
            uit.append(Bevinding(norm, _SIGNAAL, signaal.id, norm.zwaarte, uitkomst.laatste, uitkomst.uiterlijk))
    return uit
