"""The norms about what somebody must act on: OPV-O, OPV-B and OPV-H, also after the child left.

An *aanleiding* is a check that is not ``veilig``, a talk in which the child said that it is not safe in this family, or
a grave signaal; *k* is its day. Source: ``normen.md`` §5b.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from app.norms.bevinding import Bevinding, count_upto
from app.norms.calendar import add_days, add_months, add_working_days, is_active
from app.norms.feiten import Dossier, Gebeurtenis, Plaatsing, Signaal
from app.norms.versies.versie import TWEEDE_CATALOGUS, NormVersie
from app.terms import NormCode, OnderwerpSoort, OpvolgstapSoort, Uitkomst, Veiligheidsgevoel

#: what was done about an aanleiding is shown so long; what was not done stays until it is
GETOOND_MAANDEN = 12
#: what is late here leads every list
OPVOLGING = frozenset({NormCode.OPV_O, NormCode.OPV_B, NormCode.OPV_H})
#: while one of these is open, who guided a child last may record steps and close actions, however long ago it left
NA_VERTREK = frozenset({NormCode.OPV_O, NormCode.OPV_B, NormCode.ACT})
#: each of these makes a signaal one after which somebody must act
ERNSTIG = ("onthulling", "letsel", "geweld", "calamiteit")
_KINDGESPREK, _CHECK = OnderwerpSoort.KINDGESPREK, OnderwerpSoort.VEILIGHEIDSCHECK
_SIGNAAL = OnderwerpSoort.SIGNAAL
_OVERLEG, _BESLUIT = OpvolgstapSoort.OVERLEG, OpvolgstapSoort.BESLUIT
_ZORGELIJK, _NEE = (Uitkomst.ZORGEN, Uitkomst.ONVEILIG), Veiligheidsgevoel.NEE
#: step of the meldcode → what it is of the follow-up
MELDCODE: Mapping[int, OpvolgstapSoort] = {2: _OVERLEG, 5: _BESLUIT}
#: norm → the step that meets it
STAP_VAN_NORM: Mapping[NormCode, OpvolgstapSoort] = {NormCode.OPV_O: _OVERLEG, NormCode.OPV_B: _BESLUIT}


class Aanleiding(NamedTuple):
    """A fact after which somebody must act, and its day k; a check has the plaatsing in which it was."""

    soort: OnderwerpSoort
    id: int
    k: date
    plaatsing: Plaatsing | None


def is_grave(signaal: Signaal) -> bool:
    """Tell whether a signaal is of a kind after which somebody must act."""
    return any(getattr(signaal, naam) for naam in ERNSTIG)


def is_worrying(uitkomst: object) -> bool:
    """Tell whether somebody must act on the outcome of a check; not on what is no outcome."""
    return uitkomst in _ZORGELIJK


def is_said_unsafe(doorgegaan: object, veilig_in_gezin: object) -> bool:
    """Tell whether a child said that it is not safe in this family, in a talk that took place."""
    return veilig_in_gezin == _NEE and bool(doorgegaan)


def asks_to_act(k: date) -> bool:
    """Tell whether what became known on this day is asked about: from the second catalogue on."""
    return k >= TWEEDE_CATALOGUS


def aanleidingen(dossier: Dossier, peildatum: date) -> Iterator[Aanleiding]:
    """Yield what somebody must act on, with k from October 2026 up to ``peildatum``."""
    for plaatsing in dossier.plaatsingen:
        if plaatsing.van <= peildatum:
            yield from _in_plaatsing(plaatsing, peildatum)
    for signaal in dossier.signalen:
        k = signaal.bekend_geworden_op
        if is_grave(signaal) and asks_to_act(k) and k <= peildatum:
            yield Aanleiding(_SIGNAAL, signaal.id, k, None)


def _in_plaatsing(plaatsing: Plaatsing, peildatum: date) -> Iterator[Aanleiding]:
    gesprekken, checks = plaatsing.kindgesprekken, plaatsing.veiligheidschecks
    for i in range(count_upto(gesprekken, peildatum) - 1, -1, -1):
        gesprek = gesprekken[i]
        if not asks_to_act(gesprek.datum):
            break
        if is_said_unsafe(gesprek.doorgegaan, gesprek.veilig_in_gezin):
            yield Aanleiding(_KINDGESPREK, gesprek.id, gesprek.datum, None)
    for i in range(count_upto(checks, peildatum) - 1, -1, -1):
        check = checks[i]
        if not asks_to_act(check.datum):
            break
        if is_worrying(check.uitkomst):
            yield Aanleiding(_CHECK, check.id, check.datum, plaatsing)


def first_stap(dossier: Dossier, aanleiding: Aanleiding, stap: OpvolgstapSoort, peildatum: date) -> Gebeurtenis | None:
    """Return the first overleg or besluit about an aanleiding, dated from k up to ``peildatum``.

    Of a signaal a step of the meldcode is one too.
    """
    soort, key, k, _ = aanleiding
    found = [
        Gebeurtenis(one.id, one.datum, "opvolgstap")
        for one in dossier.opvolgstappen
        if one.aanleiding_id == key
        and one.aanleiding_soort == soort
        and one.stap == stap
        and k <= one.datum <= peildatum
    ]
    if soort == _SIGNAAL:
        found += [
            Gebeurtenis(one.id, one.datum, "meldcodestap")
            for one in dossier.meldcodestappen
            if one.signaal_id == key and MELDCODE.get(one.stap) == stap and k <= one.datum <= peildatum
        ]
    return min(found, key=lambda one: one.datum, default=None)


def stap_deadline(aanleiding: Aanleiding, norm: NormVersie) -> date:
    """Return the last day for an overleg or a besluit: w(k, so many working days)."""
    return add_working_days(aanleiding.k, norm.number("werkdagen"))


def first_recheck(aanleiding: Aanleiding, peildatum: date) -> Gebeurtenis | None:
    """Return the first later check in the same plaatsing at which the child was seen."""
    if aanleiding.plaatsing is None:
        return None
    checks = aanleiding.plaatsing.veiligheidschecks
    for check in checks[: count_upto(checks, peildatum)]:
        if check.datum > aanleiding.k and check.kind_gezien:
            return Gebeurtenis(check.id, check.datum)
    return None


def find_opvolging(dossier: Dossier, normen: Mapping[NormCode, NormVersie], peildatum: date) -> list[Bevinding]:
    """Return the findings on every aanleiding of a child, in zorg or not."""
    if peildatum < TWEEDE_CATALOGUS:
        return []
    uit: list[Bevinding] = []
    for aanleiding in aanleidingen(dossier, peildatum):
        shown = peildatum < add_months(aanleiding.k, GETOOND_MAANDEN)
        for code, stap in STAP_VAN_NORM.items():
            norm = normen.get(code)
            if norm is not None:
                gezet = first_stap(dossier, aanleiding, stap, peildatum)
                uit += _found(norm, aanleiding, gezet, stap_deadline(aanleiding, norm), shown=shown)
        norm = normen.get(NormCode.OPV_H)
        waar = aanleiding.plaatsing
        if norm is not None and waar is not None and is_active(waar.van, waar.tot, peildatum):
            uiterlijk = add_days(aanleiding.k, norm.number("dagen"))
            uit += _found(norm, aanleiding, first_recheck(aanleiding, peildatum), uiterlijk, shown=shown)
    return uit


def _found(
    norm: NormVersie, aanleiding: Aanleiding, gezet: Gebeurtenis | None, uiterlijk: date, *, shown: bool
) -> Iterator[Bevinding]:
    """Yield the finding: what is done is shown for a year, what is not stays until it is."""
    if gezet is None:
        yield Bevinding(norm, aanleiding.soort, aanleiding.id, norm.zwaarte, None, uiterlijk)
    elif shown:
        yield Bevinding(norm, aanleiding.soort, aanleiding.id, norm.zwaarte, gezet, None)
