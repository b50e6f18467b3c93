"""When a documented exception covers a norm, and in Dutch why another one does not.

Source: ``normen.md`` §5 ("Een uitzondering"): approved by another person than the author, with rol
gedragswetenschapper or teamleider, from van to herzienUiterlijk, both included.
"""

from collections.abc import Iterable
from datetime import date

from app.norms.feiten import Uitzondering
from app.terms import NormCode, Rol

_APPROVERS = frozenset({Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER})


def covers(uitzondering: Uitzondering, code: NormCode, peildatum: date) -> bool:
    """Tell whether an uitzondering covers a norm on ``peildatum``."""
    return (
        uitzondering.van <= peildatum <= uitzondering.herzien_uiterlijk
        and code in uitzondering.normen
        and _approval_fault(uitzondering) is None
    )


def covering(uitzonderingen: Iterable[Uitzondering], code: NormCode, peildatum: date) -> Uitzondering | None:
    """Return the uitzondering that covers a norm; with several the earliest van (then the lowest id)."""
    dekkend = (u for u in uitzonderingen if covers(u, code, peildatum))
    return min(dekkend, key=lambda u: (u.van, u.id), default=None)


def uncovered_reason(uitzondering: Uitzondering, peildatum: date) -> str | None:
    """Return in Dutch why an uitzondering covers nothing on ``peildatum``; None when it covers."""
    if uitzondering.van > peildatum:
        return "is nog niet ingegaan"
    fault = _approval_fault(uitzondering)
    if fault is not None:
        return fault
    return "is verlopen" if peildatum > uitzondering.herzien_uiterlijk else None


def _approval_fault(uitzondering: Uitzondering) -> str | None:
    if uitzondering.goedgekeurd_door is None:
        return "is nog niet goedgekeurd"
    if uitzondering.goedgekeurd_door == uitzondering.opgesteld_door:
        return "is goedgekeurd door de opsteller zelf"
    if uitzondering.goedkeurder_rol not in _APPROVERS:
        return "is niet goedgekeurd door een gedragswetenschapper of teamleider"
    return None
