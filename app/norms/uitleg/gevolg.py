"""What one fact did to the judgements of its child: for which norms it can count, whether it does, and why not.

Source: ``normen.md`` §4 and §5b ("Bezoek in one request").
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.norms.feiten import Dossier, Opvolgstap, Plaatsing
from app.norms.gesprek import uncounted_reasons
from app.norms.judge import Oordeel
from app.norms.opvolging import STAP_VAN_NORM
from app.norms.uitleg.teldeniet import not_face_to_face_reasons, outside_reasons, unseen_reasons
from app.norms.uitleg.zaak import Zaak
from app.terms import NormCode, OnderwerpSoort, OpvolgstapSoort

_BEFORE_PLAN = "viel vóór het begin van het zichtplan"
_BEFORE_AANLEIDING = "viel vóór de dag van de zorg"
_NOT_AFTER_CHECK = "viel niet na de veiligheidscheck waar het om gaat"
#: step → why it does not do for the other one
_ANDERE_STAP = {
    OpvolgstapSoort.BESLUIT: "een besluit is geen overleg",
    OpvolgstapSoort.OVERLEG: "een overleg is geen besluit",
}
Redenen = tuple[str, ...]


class Gevolg(NamedTuple):
    """A judgement for which a fact can count, by its place among those given; why it does not, empty when it does."""

    plaats: int
    waarom_niet: Redenen


def gevolgen_of(
    dossier: Dossier, oordelen: Sequence[Oordeel], soort: str, feit_id: int, peildatum: date
) -> Iterator[Gevolg]:
    """Yield what a fact did to each judgement for which its kind can count.

    Args:
        dossier: the child.
        oordelen: what the rule said of it on ``peildatum``.
        soort: kind of the fact: a part of a visit, or opvolgstap.
        feit_id: the fact; one that is not in the file counts for nothing.
        peildatum: the day of judgement.
    """
    told = _told_by(dossier, soort, feit_id, peildatum)
    for plaats, oordeel in enumerate(oordelen if told else ()):
        waarom_niet = told(oordeel) if told else None
        if waarom_niet is not None:
            yield Gevolg(plaats, waarom_niet)


def of_same_visit(dossier: Dossier, soort: str, feit_id: int) -> list[tuple[str, int]]:
    """Return kind and id of every part of the visit of which a fact is: those of its day and plaatsing, itself too."""
    facts_of = _FEITEN[soort]
    for plaatsing in dossier.plaatsingen:
        days = [one.datum for one in facts_of(plaatsing) if one.id == feit_id]
        if days:
            return [(naam, one.id) for naam, of in _FEITEN.items() for one in of(plaatsing) if one.datum in days]
    return []


def _told_by(dossier: Dossier, soort: str, feit_id: int, peildatum: date) -> Callable[[Oordeel], Redenen | None] | None:
    """Return what says of a judgement why the fact does not count for it; None when there is no such fact."""
    for stap in dossier.opvolgstappen if soort == "opvolgstap" else ():
        if stap.id == feit_id:
            return lambda oordeel: _of_step(stap, oordeel, dossier)
    facts_of = _FEITEN.get(soort)
    for plaatsing in dossier.plaatsingen if facts_of else ():
        feit = next((one for one in facts_of(plaatsing) if one.id == feit_id), None) if facts_of else None
        if feit is not None:
            return lambda oordeel: _of_visit(soort, feit, plaatsing, Zaak(oordeel, dossier, {}), peildatum)
    return None


def _of_step(stap: Opvolgstap, oordeel: Oordeel, dossier: Dossier) -> Redenen | None:
    asked = STAP_VAN_NORM.get(oordeel.norm.code)
    about = (oordeel.onderwerp_soort, oordeel.onderwerp_id)
    if asked is None or about != (stap.aanleiding_soort, stap.aanleiding_id):
        return None
    other = () if stap.stap == asked else (_ANDERE_STAP[stap.stap],)
    early = (_BEFORE_AANLEIDING,) if stap.datum < Zaak(oordeel, dossier, {}).aanleiding.k else ()
    return other + early


def _of_visit(soort: str, feit: Any, plaatsing: Plaatsing, zaak: Zaak, peildatum: date) -> Redenen | None:
    code = zaak.oordeel.norm.code
    if code == NormCode.ZP:
        return _seen(soort, feit, plaatsing) + ((_BEFORE_PLAN,) if feit.datum < zaak.uitzondering.van else ())
    if code == NormCode.OPV_H:
        return _recheck(soort, feit, plaatsing, zaak)
    rule = _REDENEN.get((code, soort))
    subject = (zaak.oordeel.onderwerp_soort, zaak.oordeel.onderwerp_id)
    if rule is None or subject != (OnderwerpSoort.PLAATSING, plaatsing.id):
        return None
    return rule(feit, plaatsing, peildatum)


def _recheck(soort: str, feit: Any, plaatsing: Plaatsing, zaak: Zaak) -> Redenen | None:
    """Say why a check is no other look after a worrying one of the same plaatsing; of that one itself nothing."""
    aanleiding = zaak.aanleiding
    if soort != "veiligheidscheck" or feit.id == aanleiding.id or aanleiding.plaatsing is not plaatsing:
        return None
    return unseen_reasons(feit, plaatsing) + ((_NOT_AFTER_CHECK,) if feit.datum <= aanleiding.k else ())


def _seen(soort: str, feit: Any, plaatsing: Plaatsing) -> Redenen:
    rule = not_face_to_face_reasons if soort == "kindgesprek" else unseen_reasons
    return rule(feit, plaatsing)


_FEITEN: Mapping[str, Callable[[Plaatsing], Sequence[Any]]] = {
    "huisbezoek": lambda plaatsing: plaatsing.huisbezoeken,
    "kindgesprek": lambda plaatsing: plaatsing.kindgesprekken,
    "veiligheidscheck": lambda plaatsing: plaatsing.veiligheidschecks,
}
#: norm of a plaatsing and kind of fact → why one does not count, as reasons that are empty when it does
_REDENEN: Mapping[tuple[NormCode, str], Callable[[Any, Plaatsing, date], Redenen]] = {
    **dict.fromkeys(
        ((code, "kindgesprek") for code in (NormCode.KAG_3, NormCode.KAG_R, NormCode.KAG_D)), uncounted_reasons
    ),
    (NormCode.VC_J, "veiligheidscheck"): lambda feit, plaatsing, _: outside_reasons(feit, plaatsing),
    (NormCode.HB, "huisbezoek"): lambda feit, plaatsing, _: outside_reasons(feit, plaatsing),
    (NormCode.ZIEN, "kindgesprek"): lambda feit, plaatsing, _: not_face_to_face_reasons(feit, plaatsing),
    (NormCode.ZIEN, "veiligheidscheck"): lambda feit, plaatsing, _: unseen_reasons(feit, plaatsing),
    (NormCode.ZIEN, "huisbezoek"): lambda feit, plaatsing, _: unseen_reasons(feit, plaatsing),
}
