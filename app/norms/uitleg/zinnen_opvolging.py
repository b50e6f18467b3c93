"""The sentences of the norms that ask whether the child was seen and whether somebody acted. Source: ``normen.md`` §5b.

Of an aanleiding: what was seen or said, since when somebody should have acted, and what was done.
"""

from collections.abc import Callable, Iterator, Mapping

from app.norms.calendar import add_days
from app.norms.dutch import days, dutch_count, dutch_date
from app.norms.feiten import Signaal
from app.norms.opvolging import Aanleiding, first_recheck, first_stap, stap_deadline
from app.norms.uitleg.zaak import Zaak
from app.terms import NormCode, OnderwerpSoort, OpvolgstapSoort, Uitkomst

_OVERLEG, _BESLUIT = OpvolgstapSoort.OVERLEG, OpvolgstapSoort.BESLUIT
_EEN = {_OVERLEG: "overleg", _BESLUIT: "een besluit"}
_UITKOMST = {Uitkomst.ZORGEN: "zijn er zorgen", Uitkomst.ONVEILIG: "is het onveilig"}


def seen_or_said(zaak: Zaak, aanleiding: Aanleiding) -> str:
    """Return what was seen or said, as the beginning of a sentence."""
    op = f"Op {dutch_date(aanleiding.k)}"
    if aanleiding.soort == OnderwerpSoort.KINDGESPREK:
        return f"{op} zei het kind in een gesprek dat het in dit gezin niet veilig is"
    if aanleiding.plaatsing is not None:
        check = next(c for c in aanleiding.plaatsing.veiligheidschecks if c.id == aanleiding.id)
        return f"Volgens de veiligheidscheck van {dutch_date(aanleiding.k)} {_UITKOMST[check.uitkomst]}"
    signaal = next(s for s in zaak.dossier.signalen if s.id == aanleiding.id)
    return f"{op} werd een signaal bekend: {' en '.join(_grave(signaal))}"


def _grave(signaal: Signaal) -> Iterator[str]:
    if signaal.onthulling:
        yield "een onthulling"
    if signaal.letsel:
        yield "letsel"
    if signaal.geweld:
        yield "geweld"
    if signaal.calamiteit:
        yield "een calamiteit"


def _of_stap(stap: OpvolgstapSoort, andere: OpvolgstapSoort) -> Callable[[Zaak], str]:
    """Return the maker of the sentence of OPV-O or OPV-B."""

    def sentence(zaak: Zaak) -> str:
        aanleiding, norm = zaak.aanleiding, zaak.oordeel.norm
        termijn = dutch_count(norm.number("werkdagen"), "werkdag", "werkdagen")
        dag = dutch_date(stap_deadline(aanleiding, norm))
        begin = f"{seen_or_said(zaak, aanleiding)}; binnen {termijn}, uiterlijk op {dag}, is {_EEN[stap]} nodig."
        if zaak.laatste is not None:
            return f"{begin} Dat was er op {dutch_date(zaak.laatste)}."
        gedaan = first_stap(zaak.dossier, aanleiding, andere, zaak.peildatum)
        wel = "" if gedaan is None else f", wel {_EEN[andere]} van {dutch_date(gedaan.datum)}"
        return f"{begin} Er is nog niets van vastgelegd{wel}."

    return sentence


def _recheck(zaak: Zaak) -> str:
    aanleiding, dagen = zaak.aanleiding, zaak.oordeel.norm.number("dagen")
    dag = dutch_date(add_days(aanleiding.k, dagen))
    begin = (
        f"{seen_or_said(zaak, aanleiding)}; binnen {days(dagen)}, uiterlijk op {dag}, is opnieuw een veiligheidscheck "
        "nodig waarbij het kind is gezien."
    )
    gedaan = first_recheck(aanleiding, zaak.peildatum)
    return f"{begin} {'Die is er nog niet.' if gedaan is None else f'Die was er op {dutch_date(gedaan.datum)}.'}"


def _until(zaak: Zaak) -> str:
    uiterlijk = zaak.oordeel.uiterlijk
    return "" if uiterlijk is None else f"uiterlijk op {dutch_date(uiterlijk)}"


def _zien(zaak: Zaak) -> str:
    norm = zaak.oordeel.norm
    if zaak.laatste is None:
        van = dutch_date(zaak.plaatsing.van)
        begin = f"De plaatsing begon op {van} en er is nog niet vastgelegd dat het kind is gezien"
        termijn = days(norm.number("dagen_eerste"))
    else:
        begin = f"Het kind is voor het laatst gezien op {dutch_date(zaak.laatste)}"
        termijn = days(norm.number("dagen"))
    return f"{begin}; binnen {termijn}, {_until(zaak)}, moet een professional het kind zelf zien."


def _zp(zaak: Zaak) -> str:
    plan = zaak.uitzondering
    gezien = "sindsdien is niet vastgelegd dat het kind is gezien"
    if zaak.laatste is not None:
        gezien = f"het kind is voor het laatst gezien op {dutch_date(zaak.laatste)}"
    return (
        f"Volgens het zichtplan van {dutch_date(plan.van)} wordt het kind elke {days(plan.waarneming_dagen or 0)} "
        f"gezien; {gezien}, dus weer {_until(zaak)}."
    )


def _act(zaak: Zaak) -> str:
    return f"Op {dutch_date(zaak.actie.datum)} is een actie afgesproken; zij moet {_until(zaak)} gedaan zijn."


ZINNEN: Mapping[NormCode, Callable[[Zaak], str]] = {
    NormCode.ZIEN: _zien,
    NormCode.OPV_O: _of_stap(_OVERLEG, _BESLUIT),
    NormCode.OPV_B: _of_stap(_BESLUIT, _OVERLEG),
    NormCode.OPV_H: _recheck,
    NormCode.ZP: _zp,
    NormCode.ACT: _act,
}
