"""The norms about the child during its zorgperiode: MDO, ONT-J, HVP-6, VP and POV-1.

Source: ``normen.md`` §5; *Z* is the first day of the zorgperiode, *M* of the run of maatregelen.
"""

from collections.abc import Callable, Mapping
from datetime import date

from app.norms.bevinding import Bevinding, Normuitkomst, count_upto, last_event
from app.norms.calendar import add_days, add_months, birthday, maatregel_run
from app.norms.feiten import Dossier, Gebeurtenis
from app.norms.versies.versie import NormVersie
from app.terms import MaatregelSoort, NormCode, OnderwerpSoort, Zwaarte

MDO_MAATREGELEN = frozenset({MaatregelSoort.OTS, MaatregelSoort.VOOGDIJ_GI})
POV_MAATREGELEN = frozenset({MaatregelSoort.PLEEGOUDERVOOGDIJ})
_STREEF, _PLEEGKIND = Zwaarte.STREEF, OnderwerpSoort.PLEEGKIND
_VOOR_IEDER = 2  # the formula of MDO by which every child is discussed


def mdo(dossier: Dossier, z: date, norm: NormVersie, peildatum: date) -> Normuitkomst | None:
    """m(the later of (L or Z) and M, 6) while ots or voogdij_gi is active; else, as streef, m(L or Z, 6)."""
    m = maatregel_run(dossier.maatregelen, MDO_MAATREGELEN, peildatum)
    if m is None and norm.formule < _VOOR_IEDER:
        return None
    laatste = last_multidisciplinary(dossier, z, peildatum)
    if m is None:
        return _since_maatregel(laatste, z, z, norm)._replace(zwaarte=_STREEF)
    return _since_maatregel(laatste, z, m, norm)


def last_multidisciplinary(dossier: Dossier, z: date, peildatum: date) -> Gebeurtenis | None:
    """Return the last multidisciplinary discussion dated in [z, peildatum]; others do not count."""
    besprekingen = dossier.casuistiekbesprekingen
    for i in range(count_upto(besprekingen, peildatum) - 1, -1, -1):
        bespreking = besprekingen[i]
        if bespreking.datum < z:
            break
        if bespreking.multidisciplinair:
            return Gebeurtenis(bespreking.id, bespreking.datum)
    return None


def pov_1(dossier: Dossier, z: date, norm: NormVersie, peildatum: date) -> Normuitkomst | None:
    """m(the later of (L or Z) and M, 12); applies while pleegoudervoogdij is active."""
    m = maatregel_run(dossier.maatregelen, POV_MAATREGELEN, peildatum)
    if m is None:
        return None
    laatste = last_event(dossier.pleegoudervoogdgesprekken, z, peildatum)
    return _since_maatregel(laatste, z, m, norm)


def _since_maatregel(laatste: Gebeurtenis | None, z: date, m: date, norm: NormVersie) -> Normuitkomst:
    anker = z if laatste is None else laatste.datum
    return Normuitkomst(laatste, add_months(max(anker, m), norm.number("maanden")))


def ont_j(dossier: Dossier, z: date, norm: NormVersie, peildatum: date) -> Normuitkomst:
    """m(L or Z, 6) while the child is then not yet 4, else m(L or Z, 12)."""
    laatste = last_event(dossier.ontwikkelbeelden, z, peildatum)
    anker = z if laatste is None else laatste.datum
    jong = add_months(anker, norm.number("maanden_jong"))
    if jong < birthday(dossier.geboortedatum, norm.number("leeftijd_jong")):
        return Normuitkomst(laatste, jong)
    return Normuitkomst(laatste, add_months(anker, norm.number("maanden")))


def hvp_6(dossier: Dossier, z: date, norm: NormVersie, peildatum: date) -> Normuitkomst:
    """Z + 42 days; nothing is due once a plan is dated from Z up to the peildatum."""
    laatste = last_event(dossier.hulpverleningsplannen, z, peildatum)
    return Normuitkomst(laatste, add_days(z, norm.number("dagen")) if laatste is None else None)


def vp(dossier: Dossier, z: date, norm: NormVersie, peildatum: date) -> Normuitkomst:
    """m(Z, 3); nothing is due once a vertrouwenspersoon is known, also from before Z."""
    laatste = last_event(dossier.vertrouwenspersonen, date.min, peildatum)
    return Normuitkomst(laatste, add_months(z, norm.number("maanden")) if laatste is None else None)


_REGELS: tuple[tuple[NormCode, Callable[[Dossier, date, NormVersie, date], Normuitkomst | None]], ...] = (
    (NormCode.MDO, mdo),
    (NormCode.ONT_J, ont_j),
    (NormCode.HVP_6, hvp_6),
    (NormCode.VP, vp),
    (NormCode.POV_1, pov_1),
)


def find_pleegkind(
    dossier: Dossier,
    z: date,
    normen: Mapping[NormCode, NormVersie],
    peildatum: date,
    streef: frozenset[NormCode],
) -> list[Bevinding]:
    """Return the findings on a child that is in zorg on ``peildatum`` since ``z``."""
    uit = []
    for code, regel in _REGELS:
        norm = normen.get(code)
        uitkomst = None if norm is None else regel(dossier, z, norm, peildatum)
        if norm is not None and uitkomst is not None:
            zwaarte = _STREEF if code in streef else uitkomst.zwaarte or norm.zwaarte
            uit.append(Bevinding(norm, _PLEEGKIND, dossier.id, zwaarte, uitkomst.laatste, uitkomst.uiterlijk))
    return uit
