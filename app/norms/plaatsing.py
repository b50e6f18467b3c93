"""The norms about one plaatsing: KAG-3, KAG-R, KAG-D, VC-J, HB and ZIEN.

A move starts a new plaatsing: sight in the old family says nothing about the new one.
Source: ``normen.md`` §5 and §5b; *P* is the van of the plaatsing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.norms.bevinding import Bevinding, Normuitkomst, as_event, count_upto, last_event
from app.norms.calendar import add_days, add_months
from app.norms.feiten import Gebeurtenis, Kindgesprek, Plaatsing, Signaal
from app.norms.gesprek import counts
from app.norms.versies.versie import NormVersie
from app.norms.waarneming import last_waarneming
from app.terms import NormCode, OnderwerpSoort, PlaatsingVorm, Zwaarte

_STREEF, _PLAATSING = Zwaarte.STREEF, OnderwerpSoort.PLAATSING
_VOLTIJD = frozenset({PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS})
LIGHTER_UNDER_POV = frozenset({NormCode.KAG_3, NormCode.KAG_R, NormCode.HB, NormCode.ZP})


def counting_talks(plaatsing: Plaatsing, peildatum: date, aantal: int) -> list[Kindgesprek]:
    """Return the latest counting talk of each of the last ``aantal`` different days, newest first (§4)."""
    gevonden: list[Kindgesprek] = []
    gesprekken = plaatsing.kindgesprekken
    for i in range(count_upto(gesprekken, peildatum) - 1, -1, -1):
        gesprek = gesprekken[i]
        if gevonden and gevonden[-1].datum == gesprek.datum:
            continue
        if counts(gesprek, plaatsing, peildatum):
            gevonden.append(gesprek)
            if len(gevonden) == aantal:
                break
    return gevonden


def _newest(gesprekken: list[Kindgesprek]) -> Gebeurtenis | None:
    return as_event(gesprekken[0]) if gesprekken else None


def kag_3(plaatsing: Plaatsing, _: Sequence[Signaal], norm: NormVersie, peildatum: date) -> Normuitkomst:
    """Three talks a year: pro rata from P at first, then 12 months after the third-latest day."""
    aantal = norm.number("aantal")
    dagen = counting_talks(plaatsing, peildatum, aantal)
    if len(dagen) < aantal:
        uiterlijk = add_months(plaatsing.van, norm.number("stap_maanden") * (len(dagen) + 1))
    else:
        uiterlijk = add_months(dagen[aantal - 1].datum, norm.number("venster_maanden"))
    return Normuitkomst(_newest(dagen), uiterlijk)


def kag_r(plaatsing: Plaatsing, _: Sequence[Signaal], norm: NormVersie, peildatum: date) -> Normuitkomst:
    """A recent talk: m(L or P, 4); in deeltijd, as KAG-D, m(L or P, 12)."""
    laatste = _newest(counting_talks(plaatsing, peildatum, 1))
    anker = plaatsing.van if laatste is None else laatste.datum
    return Normuitkomst(laatste, add_months(anker, norm.number("maanden")))


def vc_j(plaatsing: Plaatsing, signalen: Sequence[Signaal], norm: NormVersie, peildatum: date) -> Normuitkomst:
    """A check a year: m(L or P, 12), sooner after a signaal that asks for one and became known since."""
    laatste = last_event(plaatsing.veiligheidschecks, plaatsing.van, peildatum)
    anker = plaatsing.van if laatste is None else laatste.datum
    uiterlijk = add_months(anker, norm.number("maanden"))
    bekend = asking_signal_day(signalen, anker, peildatum)
    if bekend is not None:
        uiterlijk = min(uiterlijk, add_days(bekend, norm.number("dagen_na_signaal")))
    return Normuitkomst(as_event(laatste), uiterlijk)


def asking_signal_day(signalen: Sequence[Signaal], anker: date, peildatum: date) -> date | None:
    """Return the first day after ``anker`` on which a signaal that asks for a check became known."""
    dagen = [
        s.bekend_geworden_op
        for s in signalen
        if s.vraagt_veiligheidscheck and anker < s.bekend_geworden_op <= peildatum
    ]
    return min(dagen, default=None)


def hb(plaatsing: Plaatsing, _: Sequence[Signaal], norm: NormVersie, peildatum: date) -> Normuitkomst:
    """A home visit: (L or P) + 42 days."""
    laatste = last_event(plaatsing.huisbezoeken, plaatsing.van, peildatum)
    anker = plaatsing.van if laatste is None else laatste.datum
    return Normuitkomst(as_event(laatste), add_days(anker, norm.number("dagen")))


def zien(plaatsing: Plaatsing, _: Sequence[Signaal], norm: NormVersie, peildatum: date) -> Normuitkomst:
    """The child itself is seen: L + 42 days, at first P + 14."""
    laatste = last_waarneming(plaatsing, peildatum)
    if laatste is None:
        return Normuitkomst(None, add_days(plaatsing.van, norm.number("dagen_eerste")))
    return Normuitkomst(laatste, add_days(laatste.datum, norm.number("dagen")))


_Regel = Callable[[Plaatsing, Sequence[Signaal], NormVersie, date], Normuitkomst]
_VOLTIJD_REGELS: tuple[tuple[NormCode, _Regel], ...] = (
    (NormCode.KAG_3, kag_3),
    (NormCode.KAG_R, kag_r),
    (NormCode.VC_J, vc_j),
    (NormCode.HB, hb),
    (NormCode.ZIEN, zien),
)
_DEELTIJD_REGELS: tuple[tuple[NormCode, _Regel], ...] = ((NormCode.VC_J, vc_j), (NormCode.KAG_D, kag_r))


def find_plaatsing(
    plaatsing: Plaatsing,
    signalen: Sequence[Signaal],
    normen: Mapping[NormCode, NormVersie],
    peildatum: date,
    streef: frozenset[NormCode],
) -> list[Bevinding]:
    """Return the findings on a plaatsing that is active on ``peildatum``.

    Args:
        plaatsing: the plaatsing, active on the peildatum.
        signalen: the signalen of the child.
        normen: the versions in force.
        peildatum: the day of judgement.
        streef: the norms that are ``streef`` for this child on this day.
    """
    uit = []
    for code, regel in _VOLTIJD_REGELS if plaatsing.vorm in _VOLTIJD else _DEELTIJD_REGELS:
        norm = normen.get(code)
        if norm is not None:
            laatste, uiterlijk, _ = regel(plaatsing, signalen, norm, peildatum)
            zwaarte = _STREEF if code in streef else norm.zwaarte
            uit.append(Bevinding(norm, _PLAATSING, plaatsing.id, zwaarte, laatste, uiterlijk))
    return uit
