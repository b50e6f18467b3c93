"""When a documented exception covers a norm, and in Dutch why another one does not.

Source: ``normen.md`` §5 ("Een uitzondering"): approved by another person than the author, with rol
gedragswetenschapper or teamleider, from van to herzienUiterlijk, both included. From October 2026 on (§5b) a zichtplan
is approved by a gedragswetenschapper, any other uitzondering covers a talk alone for 30 days, and nothing covers what
somebody must act on.
"""

from collections.abc import Iterable
from datetime import date

from app.norms.calendar import add_days, add_months
from app.norms.dutch import dutch_date
from app.norms.feiten import Uitzondering
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import NormCode, Rol, UitzonderingSoort

#: norms that a zichtplan can cover, and any other uitzondering only for so many days
GESPREKSNORMEN = frozenset({NormCode.KAG_3, NormCode.KAG_R, NormCode.KAG_D})
GESPREK_DAGEN = 30
ZICHTPLAN_MAANDEN = 6
#: norms that nothing covers from October 2026 on
NOOIT_GEDEKT = frozenset({NormCode.OPV_O, NormCode.OPV_B, NormCode.OPV_H, NormCode.ZP, NormCode.CAL_3})
_APPROVERS = frozenset({Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER})
_ZICHTPLAN = UitzonderingSoort.ZICHTPLAN


def covers(uitzondering: Uitzondering, code: NormCode, peildatum: date) -> bool:
    """Tell whether an uitzondering covers a norm on ``peildatum``."""
    return (
        uitzondering.van <= peildatum <= last_day(uitzondering, code)
        and code in uitzondering.normen
        and not (code in NOOIT_GEDEKT and peildatum >= TWEEDE_CATALOGUS)
        and _approval_fault(uitzondering) is None
    )


def last_day(uitzondering: Uitzondering, code: NormCode) -> date:
    """Return the last day on which an uitzondering can cover a norm: what lasts longer needs a zichtplan."""
    einde = uitzondering.herzien_uiterlijk
    if code not in GESPREKSNORMEN or uitzondering.soort == _ZICHTPLAN or uitzondering.van < TWEEDE_CATALOGUS:
        return einde
    return min(einde, add_days(uitzondering.van, GESPREK_DAGEN))


def is_active_zichtplan(uitzondering: Uitzondering, peildatum: date) -> bool:
    """Tell whether an uitzondering is an approved zichtplan that runs on ``peildatum``."""
    return uitzondering.soort == _ZICHTPLAN and is_active_uitzondering(uitzondering, peildatum)


def is_active_uitzondering(uitzondering: Uitzondering, peildatum: date) -> bool:
    """Tell whether an uitzondering, a zichtplan or another, is approved and runs on ``peildatum``."""
    runs = uitzondering.van <= peildatum <= uitzondering.herzien_uiterlijk
    return runs and _approval_fault(uitzondering) is None


def covering(uitzonderingen: Iterable[Uitzondering], code: NormCode, peildatum: date) -> Uitzondering | None:
    """Return the uitzondering that covers a norm; with several the earliest van (then the lowest id)."""
    dekkend = (u for u in uitzonderingen if covers(u, code, peildatum))
    return min(dekkend, key=lambda u: (u.van, u.id), default=None)


def uncovered_reason(uitzondering: Uitzondering, code: NormCode, peildatum: date) -> str | None:
    """Return in Dutch why an uitzondering does not cover a norm that it names; None when it does."""
    if uitzondering.van > peildatum:
        return "is nog niet ingegaan"
    if code in NOOIT_GEDEKT and peildatum >= TWEEDE_CATALOGUS:
        return "kan deze norm niet dekken"
    fault = _approval_fault(uitzondering)
    if fault is not None:
        return fault
    if peildatum > uitzondering.herzien_uiterlijk:
        return "is verlopen"
    if peildatum > last_day(uitzondering, code):
        tot = dutch_date(last_day(uitzondering, code))
        return f"gold voor deze norm tot en met {tot}; wat langer duurt, vraagt om een zichtplan"
    return None


def _approval_fault(uitzondering: Uitzondering) -> str | None:
    if uitzondering.goedgekeurd_door is None:
        return "is nog niet goedgekeurd"
    if uitzondering.goedgekeurd_door == uitzondering.opgesteld_door:
        return "is goedgekeurd door de opsteller zelf"
    if uitzondering.soort == _ZICHTPLAN:
        return _zichtplan_fault(uitzondering)
    if uitzondering.goedkeurder_rol not in _APPROVERS:
        return "is niet goedgekeurd door een gedragswetenschapper of teamleider"
    return None


def _zichtplan_fault(uitzondering: Uitzondering) -> str | None:
    if uitzondering.goedkeurder_rol != Rol.GEDRAGSWETENSCHAPPER:
        return "is een zichtplan en niet goedgekeurd door een gedragswetenschapper"
    if not _is_whole_zichtplan(uitzondering):
        return "voldoet niet aan de eisen van een zichtplan"
    return None


def _is_whole_zichtplan(uitzondering: Uitzondering) -> bool:
    """Tell whether a zichtplan keeps to its rules: about talks alone, since October 2026, six months, with its days."""
    return (
        bool(uitzondering.normen)
        and uitzondering.normen <= GESPREKSNORMEN
        and uitzondering.van >= TWEEDE_CATALOGUS
        and uitzondering.herzien_uiterlijk <= add_months(uitzondering.van, ZICHTPLAN_MAANDEN)
        and uitzondering.waarneming_dagen is not None
    )
