"""The norm about what a zichtplan promises, ZP, and the one about an agreed action, ACT. Source: ``normen.md`` §5b."""

from collections.abc import Mapping
from datetime import date

from app.norms.bevinding import Bevinding, Normuitkomst
from app.norms.calendar import add_days
from app.norms.feiten import Dossier, Uitzondering
from app.norms.uitzondering import is_active_zichtplan
from app.norms.versies.versie import NormVersie
from app.norms.waarneming import last_waarneming, latest
from app.terms import NormCode, OnderwerpSoort, Zwaarte

_UITZONDERING, _ACTIE, _STREEF = OnderwerpSoort.UITZONDERING, OnderwerpSoort.ACTIE, Zwaarte.STREEF


def zp(dossier: Dossier, plan: Uitzondering, peildatum: date) -> Normuitkomst:
    """(L or van) + the days of the plan; L is the last waarneming in any plaatsing from van on."""
    laatste = latest(last_waarneming(plaatsing, peildatum, plan.van) for plaatsing in dossier.plaatsingen)
    anker = plan.van if laatste is None else laatste.datum
    return Normuitkomst(laatste, add_days(anker, plan.waarneming_dagen or 0))


def find_zichtplannen(
    dossier: Dossier, normen: Mapping[NormCode, NormVersie], peildatum: date, streef: frozenset[NormCode]
) -> list[Bevinding]:
    """Return the findings on the zichtplannen that run for a child in zorg."""
    norm = normen.get(NormCode.ZP)
    if norm is None:
        return []
    uit = []
    for plan in dossier.uitzonderingen:
        if is_active_zichtplan(plan, peildatum):
            laatste, uiterlijk, _ = zp(dossier, plan, peildatum)
            zwaarte = _STREEF if norm.code in streef else norm.zwaarte
            uit.append(Bevinding(norm, _UITZONDERING, plan.id, zwaarte, laatste, uiterlijk))
    return uit


def find_acties(dossier: Dossier, normen: Mapping[NormCode, NormVersie], peildatum: date) -> list[Bevinding]:
    """Return the findings on the actions that are agreed and not done, in zorg or not."""
    norm = normen.get(NormCode.ACT)
    if norm is None:
        return []
    return [
        Bevinding(norm, _ACTIE, actie.id, norm.zwaarte, None, actie.uiterlijk)
        for actie in dossier.acties
        if actie.datum <= peildatum and not (actie.gedaan_op is not None and actie.gedaan_op <= peildatum)
    ]
