"""Whose something is: one BSN is one child's, and what is recorded of a child does not become another's."""

from collections.abc import Iterable
from typing import Final

from app.invoer.bezwaar import Bezwaar

_DUBBEL: Final = "Een ander kind heeft dit BSN al; verbeter het, of zoek dat kind op."
_ANDER_KIND: Final = (
    "Dit hoort bij een ander kind dan eerst; laat het staan, en verplaats het in de dienst als het bij het verkeerde "
    "kind is vastgelegd."
)
_VIER_OGEN: Final = "Wie de uitzondering opstelt, kan haar niet goedkeuren; laat een ander dat doen."


def fault_in_bsn(own: object, holders: Iterable[object]) -> Bezwaar | None:
    """Object to a BSN that somebody else has.

    Args:
        own: who the child is.
        holders: who has this BSN.
    """
    return Bezwaar("bsn", "dubbel_bsn", _DUBBEL) if any(holder != own for holder in holders) else None


def fault_in_owner(kolom: str, before: object, after: object) -> Bezwaar | None:
    """Object to what moves from one child to another; a plaatsing can, when it was the wrong child's."""
    return Bezwaar(kolom, "ander_kind", _ANDER_KIND) if before != after else None


def fault_in_approval(author: object, approver: object) -> Bezwaar | None:
    """Object to the approval of one's own uitzondering."""
    same = approver is not None and author == approver
    return Bezwaar("goedgekeurd_door", "vier_ogen", _VIER_OGEN) if same else None
