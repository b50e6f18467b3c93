"""The norms about one member of the household: VGB-T, VGB-12 and VGB-H.

Source: ``normen.md`` §5 and §5b; *F* starts the family's run, *B* is the later of F and inwonendSinds, *C* the date
of the pleegcontract.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from app.norms.bevinding import Bevinding, Normuitkomst, count_upto
from app.norms.calendar import Run, add_days, add_months, birthday, is_active
from app.norms.feiten import Gebeurtenis, Gezin, Gezinslid, Vgb
from app.norms.versies.versie import NormVersie
from app.terms import GezinslidRol, GezinSoort, NormCode, OnderwerpSoort, VgbStatus, Zorgvorm, Zwaarte

AGE_OF_VGB = 12  # years; part of the rule "was already 12 on B", VGB-12 has its own parameter
#: [keuze] so many working days to decide about each child when a VGB is withdrawn: as for a besluit after a worry
BESLUIT_WERKDAGEN = 5
_AANGEVRAAGD, _AFGEGEVEN = VgbStatus.AANGEVRAAGD, VgbStatus.AFGEGEVEN
_PLEEGOUDER, _NETWERK = GezinslidRol.PLEEGOUDER, GezinSoort.NETWERK
_GEZINSLID, _STREEF = OnderwerpSoort.GEZINSLID, Zwaarte.STREEF
_WIE_ER_WAS = 2  # the formula by which the 13 weeks hold for who was there on C, and a gezinshuis is no pleegzorg
_LICHTER_ZONDER_PLEEGZORG = frozenset({NormCode.VGB_T, NormCode.VGB_H})


class Lidstand(NamedTuple):
    """What the rules need of one member: B, last decision, valid VGB, contract date in a netwerk family.

    ``netwerkcontract`` by the first formula, ``eigen_contract`` by the second: None where the 13 weeks do not hold.
    """

    lid: Gezinslid
    b: date
    besluit: Vgb | None
    geldig: Vgb | None
    netwerkcontract: date | None
    eigen_contract: date | None

    def contract(self, norm: NormVersie) -> date | None:
        """Return the contract from which this member has 13 weeks; None when it has none."""
        return self.eigen_contract if norm.formule >= _WIE_ER_WAS else self.netwerkcontract


def last_decision(lid: Gezinslid, peildatum: date) -> Vgb | None:
    """Return the last decision up to ``peildatum``; a request is none; the later row of a day wins."""
    for i in range(count_upto(lid.vgbs, peildatum) - 1, -1, -1):
        if lid.vgbs[i].status != _AANGEVRAAGD:
            return lid.vgbs[i]
    return None


def is_valid(besluit: Vgb | None, run: Run) -> bool:
    """Tell whether a last decision is a valid VGB: issued, and not before the end of an earlier run."""
    if besluit is None or besluit.status != _AFGEGEVEN:
        return False
    return run.vorige_einde is None or besluit.datum >= run.vorige_einde


def contract_known(gezin: Gezin, peildatum: date) -> date | None:
    """Return C: the date of the pleegcontract when it is not after ``peildatum``."""
    c = gezin.pleegcontract_op
    return c if c is not None and c <= peildatum else None


def look_at(lid: Gezinslid, gezin: Gezin, run: Run, peildatum: date) -> Lidstand:
    """Collect what the three rules need of a member who lives there on ``peildatum``."""
    besluit = last_decision(lid, peildatum)
    c = contract_known(gezin, peildatum) if gezin.soort == _NETWERK else None
    return Lidstand(
        lid,
        max(run.van, lid.inwonend_sinds),
        besluit,
        besluit if is_valid(besluit, run) else None,
        c if lid.rol == _PLEEGOUDER else None,
        c if c is not None and lid.inwonend_sinds <= c else None,
    )


def has_pleegzorg(gezin: Gezin, peildatum: date) -> bool:
    """Tell whether a plaatsing of zorgvorm pleegzorg is active in the family."""
    return any(p.zorgvorm == Zorgvorm.PLEEGZORG and is_active(p.van, p.tot, peildatum) for p in gezin.plaatsingen)


def _as_event(vgb: Vgb | None) -> Gebeurtenis | None:
    return None if vgb is None else Gebeurtenis(vgb.id, vgb.datum)


def vgb_t(stand: Lidstand, norm: NormVersie, _: date) -> Normuitkomst | None:
    """A pleegouder, or who was already 12 on B, has a valid VGB on B; in a netwerk family within C + 91 days.

    Those days are a pleegouder's by the first formula, and by the second whoever's was there on C.
    """
    lid, b = stand.lid, stand.b
    if lid.rol != _PLEEGOUDER and birthday(lid.geboortedatum, AGE_OF_VGB) > b:
        return None
    if stand.geldig is not None:
        return Normuitkomst(_as_event(stand.geldig), None)
    if stand.besluit is not None and stand.besluit.status != _AFGEGEVEN:
        return Normuitkomst(None, max(b, stand.besluit.datum))
    contract = stand.contract(norm)
    if contract is not None:
        return Normuitkomst(None, max(b, add_days(contract, norm.number("dagen_netwerk"))))
    return Normuitkomst(None, b)


def vgb_12(stand: Lidstand, norm: NormVersie, peildatum: date) -> Normuitkomst | None:
    """An inwonende who was younger than 12 on B has a valid VGB on the 12th birthday."""
    jarig = birthday(stand.lid.geboortedatum, norm.number("leeftijd"))
    if stand.lid.rol == _PLEEGOUDER or jarig <= stand.b:
        return None
    if peildatum < add_days(jarig, -norm.number("dagen_vooraf")):
        return None
    return Normuitkomst(_as_event(stand.geldig), jarig if stand.geldig is None else None)


def vgb_h(stand: Lidstand, norm: NormVersie, _: date) -> Normuitkomst | None:
    """A valid VGB is renewed by its herscreening date, else by m(afgifte, N) where N is set."""
    if stand.geldig is None:
        return None
    uiterlijk = stand.geldig.herscreening_uiterlijk
    if uiterlijk is None:
        maanden = norm.parameters.get("maanden")
        if maanden is None:
            return None
        uiterlijk = add_months(stand.geldig.datum, maanden)
    return Normuitkomst(_as_event(stand.geldig), uiterlijk)


_REGELS: tuple[tuple[NormCode, Callable[[Lidstand, NormVersie, date], Normuitkomst | None]], ...] = (
    (NormCode.VGB_T, vgb_t),
    (NormCode.VGB_12, vgb_12),
    (NormCode.VGB_H, vgb_h),
)


def find_gezinsleden(gezin: Gezin, run: Run, normen: Mapping[NormCode, NormVersie], peildatum: date) -> list[Bevinding]:
    """Return the findings on the members who live in an active family on ``peildatum``."""
    uit = []
    lichter = frozenset() if has_pleegzorg(gezin, peildatum) else _LICHTER_ZONDER_PLEEGZORG
    for lid in gezin.gezinsleden:
        if not is_active(lid.inwonend_sinds, lid.inwonend_tot, peildatum):
            continue
        stand = look_at(lid, gezin, run, peildatum)
        for code, regel in _REGELS:
            norm = normen.get(code)
            uitkomst = None if norm is None else regel(stand, norm, peildatum)
            if norm is not None and uitkomst is not None:
                zwaarte = _STREEF if code in lichter and norm.formule >= _WIE_ER_WAS else norm.zwaarte
                uit.append(Bevinding(norm, _GEZINSLID, lid.id, zwaarte, uitkomst.laatste, uitkomst.uiterlijk))
    return uit
