"""What somebody is not reminded of for a while: for how long at most, of what never, and what is heard meanwhile. Pure.

A judgement is what it was, wherever it is shown or counted; only what a message says to one person is different.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from app.norms.judge import Oordeel
from app.norms.opvolging import OPVOLGING
from app.terms import NormCode

#: [keuze] a reminder is put off for at most so long at a time
MAX_UITSTEL: Final = timedelta(days=28)
#: of what somebody must act on people are reminded until it is done
NOOIT_UITGESTELD: Final = OPVOLGING | {NormCode.CAL_3}


def heard_of(oordelen: Iterable[Oordeel], uitgesteld: Collection[NormCode]) -> list[Oordeel]:
    """Return of which judgements of a child somebody is reminded who put off the reminders of some norms."""
    silent = frozenset(uitgesteld) - NOOIT_UITGESTELD
    return [oordeel for oordeel in oordelen if oordeel.norm.code not in silent]
