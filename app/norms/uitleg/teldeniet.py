"""The later events that did not count for a norm, each with its reasons in plain Dutch.

"Later" is after the last counting event up to the peildatum. When nothing counts, of what lies before the
anchor only the most recent event is named: the one a begeleider would think of. Source: ``normen.md`` §4.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from app.norms.bevinding import GedateerdFeit, Gezien, count_upto
from app.norms.calendar import is_active
from app.norms.feiten import Gebeurtenis, Kindgesprek, Plaatsing, Vgb
from app.norms.gesprek import uncounted_reasons
from app.norms.gezin import evaluation_anchor
from app.norms.uitleg.zaak import Zaak
from app.norms.waarneming import is_seen_in_talk
from app.terms import NormCode, VgbStatus

_BEFORE_ZORG = "viel vóór het begin van deze periode in zorg"
_BEFORE_ANCHOR = "viel vóór het begin van deze termijn"
_NOT_MULTIDISCIPLINARY = "geen multidisciplinaire bespreking"
_OUTSIDE = "viel buiten de plaatsing"


class TeldeNiet(NamedTuple):
    """An event that did not count: id and datum as recorded, its kind, and all its reasons joined."""

    id: int
    datum: date
    soort: str
    reden: str


_F = TypeVar("_F", bound=GedateerdFeit)
_Gevonden = Iterator[tuple[GedateerdFeit, tuple[str, ...]]]


def uncounted(zaak: Zaak) -> tuple[TeldeNiet, ...]:
    """Return the later events that did not count for this judgement, by datum."""
    gevonden = (
        TeldeNiet(f.id, f.datum, soort, "; ".join(redenen))
        for soort, lister in _LISTERS.get(zaak.oordeel.norm.code, ())
        for f, redenen in lister(zaak)
        if redenen
    )
    return tuple(sorted(gevonden, key=lambda t: (t.datum, t.id)))


def _candidates(feiten: Sequence[_F], anker: date, zaak: Zaak) -> list[_F]:
    """Return the facts after the last counting one; without it, from the anchor and the last before that."""
    bekend = feiten[: count_upto(feiten, zaak.peildatum)]
    laatste = zaak.laatste
    if laatste is not None:
        return [f for f in bekend if f.datum > laatste]
    return [f for f in bekend if f.datum < anker][-1:] + [f for f in bekend if f.datum >= anker]


def _talks(zaak: Zaak) -> _Gevonden:
    def reasons(gesprek: Kindgesprek, plaatsing: Plaatsing) -> tuple[str, ...]:
        return uncounted_reasons(gesprek, plaatsing, zaak.peildatum)

    return _of_plaatsingen(zaak, lambda p: p.kindgesprekken, reasons)


def _checks(zaak: Zaak) -> _Gevonden:
    return _of_plaatsingen(zaak, lambda p: p.veiligheidschecks, outside_reasons)


def _visits(zaak: Zaak) -> _Gevonden:
    return _of_plaatsingen(zaak, lambda p: p.huisbezoeken, outside_reasons)


def outside_reasons(feit: GedateerdFeit, plaatsing: Plaatsing) -> tuple[str, ...]:
    """Return why a visit or check is none of this plaatsing; empty when it is."""
    return (_OUTSIDE,) if feit.datum < plaatsing.van else ()


def unseen_reasons(feit: Gezien, plaatsing: Plaatsing) -> tuple[str, ...]:
    """Return why a visit or check is no waarneming of the child; empty when it is one."""
    outside = () if is_active(plaatsing.van, plaatsing.tot, feit.datum) else (_OUTSIDE,)
    if feit.kind_gezien:
        return outside
    reden = "er is niet vastgelegd of het kind is gezien" if feit.kind_gezien is None else "het kind is niet gezien"
    return (reden, *outside)


def not_face_to_face_reasons(gesprek: Kindgesprek, plaatsing: Plaatsing) -> tuple[str, ...]:
    """Return why a talk is no waarneming of the child; empty when it is one."""
    outside = () if is_active(plaatsing.van, plaatsing.tot, gesprek.datum) else (_OUTSIDE,)
    if is_seen_in_talk(gesprek):
        return outside
    return ("het gesprek ging niet door" if not gesprek.doorgegaan else "het gesprek was niet fysiek", *outside)


def _unseen_visits(zaak: Zaak) -> _Gevonden:
    return _of_plaatsingen(zaak, lambda p: p.huisbezoeken, unseen_reasons)


def _unseen_checks(zaak: Zaak) -> _Gevonden:
    return _of_plaatsingen(zaak, lambda p: p.veiligheidschecks, unseen_reasons)


def _other_talks(zaak: Zaak) -> _Gevonden:
    return _of_plaatsingen(zaak, lambda p: p.kindgesprekken, not_face_to_face_reasons)


def _under_plan(
    facts_of: Callable[[Plaatsing], Sequence[_F]], reasons: Callable[[_F, Plaatsing], tuple[str, ...]]
) -> Callable[[Zaak], _Gevonden]:
    """Return the lister of what was no waarneming since the zichtplan began, in any plaatsing."""

    def lister(zaak: Zaak) -> _Gevonden:
        for plaatsing in zaak.dossier.plaatsingen:
            for feit in _candidates(facts_of(plaatsing), zaak.uitzondering.van, zaak):
                if feit.datum >= zaak.uitzondering.van:
                    yield feit, reasons(feit, plaatsing)

    return lister


def _rechecks(zaak: Zaak) -> _Gevonden:
    aanleiding = zaak.aanleiding
    if zaak.laatste is not None or aanleiding.plaatsing is None:
        return
    checks = aanleiding.plaatsing.veiligheidschecks
    for check in checks[: count_upto(checks, zaak.peildatum)]:
        if check.datum > aanleiding.k:
            yield check, unseen_reasons(check, aanleiding.plaatsing)


def _of_plaatsingen(
    zaak: Zaak,
    facts_of: Callable[[Plaatsing], Sequence[_F]],
    reasons: Callable[[_F, Plaatsing], tuple[str, ...]],
) -> _Gevonden:
    eigen = zaak.plaatsing
    for plaatsing in zaak.dossier.plaatsingen:
        elders: tuple[str, ...] = ()  # why an event of this plaatsing cannot count here, whatever it was
        if plaatsing.id != eigen.id:
            welke = "eerdere" if plaatsing.van < eigen.van else "andere"
            elders = (f"hoort bij een {welke} plaatsing",)
        for feit in _candidates(facts_of(plaatsing), eigen.van, zaak):
            yield feit, elders + reasons(feit, plaatsing)


def _discussions(zaak: Zaak) -> _Gevonden:
    for bespreking in _candidates(zaak.dossier.casuistiekbesprekingen, zaak.z, zaak):
        soort = () if bespreking.multidisciplinair else (_NOT_MULTIDISCIPLINARY,)
        yield bespreking, soort + _before(bespreking, zaak.z, _BEFORE_ZORG)


def _before(feit: GedateerdFeit, anker: date, reden: str) -> tuple[str, ...]:
    return (reden,) if feit.datum < anker else ()


def _of_child(facts_of: Callable[[Zaak], Sequence[Gebeurtenis]]) -> Callable[[Zaak], _Gevonden]:
    def lister(zaak: Zaak) -> _Gevonden:
        for feit in _candidates(facts_of(zaak), zaak.z, zaak):
            yield feit, _before(feit, zaak.z, _BEFORE_ZORG)

    return lister


def _evaluations(zaak: Zaak) -> _Gevonden:
    gezin = zaak.gezin
    anker = evaluation_anchor(gezin, zaak.run, zaak.peildatum)
    for feit in _candidates(gezin.evaluaties, anker, zaak):
        yield feit, _before(feit, anker, _BEFORE_ANCHOR)


def _vgbs(zaak: Zaak) -> _Gevonden:
    vorige_einde, besluit = zaak.run.vorige_einde, zaak.lidstand.besluit
    for vgb in _candidates(zaak.lid.vgbs, date.min, zaak):
        yield vgb, (_vgb_reason(vgb, besluit, vorige_einde),)


def _vgb_reason(vgb: Vgb, besluit: Vgb | None, vorige_einde: date | None) -> str:
    if vgb.status == VgbStatus.AANGEVRAAGD:
        return "een aanvraag is nog geen besluit"
    if vgb.status != VgbStatus.AFGEGEVEN:
        return f"de VGB is {vgb.status}"
    if vorige_einde is not None and vgb.datum < vorige_einde:
        return "afgegeven vóór het einde van een eerdere periode als pleeggezin"
    return "vervallen door een later besluit" if vgb is not besluit else "geen geldige VGB"


_TALKS = (("kindgesprek", _talks),)
_VGBS = (("vgb", _vgbs),)
_LISTERS: dict[NormCode, tuple[tuple[str, Callable[[Zaak], _Gevonden]], ...]] = {
    NormCode.KAG_3: _TALKS,
    NormCode.KAG_R: _TALKS,
    NormCode.KAG_D: _TALKS,
    NormCode.VC_J: (("veiligheidscheck", _checks),),
    NormCode.HB: (("huisbezoek", _visits),),
    NormCode.MDO: (("casuistiekbespreking", _discussions),),
    NormCode.ONT_J: (("ontwikkelbeeld", _of_child(lambda zaak: zaak.dossier.ontwikkelbeelden)),),
    NormCode.HVP_6: (("hulpverleningsplan", _of_child(lambda zaak: zaak.dossier.hulpverleningsplannen)),),
    NormCode.POV_1: (("pleegoudervoogdgesprek", _of_child(lambda zaak: zaak.dossier.pleegoudervoogdgesprekken)),),
    NormCode.EVAL_J: (("evaluatie", _evaluations),),
    NormCode.VGB_T: _VGBS,
    NormCode.VGB_12: _VGBS,
    NormCode.VGB_H: _VGBS,
    NormCode.ZIEN: (
        ("huisbezoek", _unseen_visits),
        ("veiligheidscheck", _unseen_checks),
        ("kindgesprek", _other_talks),
    ),
    NormCode.ZP: (
        ("huisbezoek", _under_plan(lambda p: p.huisbezoeken, unseen_reasons)),
        ("veiligheidscheck", _under_plan(lambda p: p.veiligheidschecks, unseen_reasons)),
        ("kindgesprek", _under_plan(lambda p: p.kindgesprekken, not_face_to_face_reasons)),
    ),
    NormCode.OPV_H: (("veiligheidscheck", _rechecks),),
}
