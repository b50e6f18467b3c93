"""The trace of a command that gives out files of children: in the access log, as a request is.

Nobody signed in: the line says which user of the operating system at which machine, and why when that was said.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from app.errors import BadInput, Forbidden, NotFound, fault
from app.models import Organisatie
from app.services.inzagen.logboek import record_command, record_outcome
from app.terms import InzageUitkomst

#: characters of what somebody says why they look
MAX_DOEL: Final = 500
_ZONDER_REDEN: Final = "opdracht op de server, zonder opgegeven reden"


@dataclass(frozen=True, slots=True)
class Opdrachtgever:
    """Who runs a command.

    Attributes:
        opdracht: its name.
        wie: the user of the operating system and the machine.
        reden: why, in words; None when it was not said.
    """

    opdracht: str
    wie: str
    reden: str | None


#: says that these children are about to be shown; must be called before they are
Toon = Callable[[Sequence[UUID]], None]


@contextmanager
def look_by_command(
    log: Engine, organisatie: Organisatie, gever: Opdrachtgever, now: Callable[[], datetime]
) -> Iterator[Toon]:
    """Log the intent before anything is read; what is yielded logs the children before they are given out.

    Args:
        log: the engine of the log.
        organisatie: whose files.
        gever: who looks.
        now: the clock.

    Raises:
        BadInput: the reden is empty or too long.
        Unavailable: the log cannot be written; nothing is shown.
    """
    doel = _doel(gever.reden)
    voornemen = record_command(log, organisatie, f"pleegzicht {gever.opdracht}", gever.wie, doel, now())
    shown = False

    def show(pleegkinderen: Sequence[UUID]) -> None:
        nonlocal shown
        record_outcome(log, voornemen, InzageUitkomst.GETOOND, pleegkinderen, now())
        shown = True

    try:
        yield show
    except BaseException as error:
        if not shown:
            record_outcome(log, voornemen, outcome_of(error), None, now())
        raise


def _doel(reden: str | None) -> str:
    if reden is None:
        return _ZONDER_REDEN
    if not 1 <= len(reden.strip()) <= MAX_DOEL or not reden.isprintable():
        zin = f"Geef bij --reden in hoogstens {MAX_DOEL} tekens op een regel aan waarom u dit bekijkt."
        raise BadInput(fault("reden", "ongeldige_waarde", zin))
    return reden.strip()


def outcome_of(error: BaseException) -> InzageUitkomst:
    """Return how a look ended that was broken off."""
    if isinstance(error, NotFound):
        return InzageUitkomst.NIET_GEVONDEN
    return InzageUitkomst.GEWEIGERD if isinstance(error, Forbidden) else InzageUitkomst.MISLUKT
