"""What the uitstel of a reminder may say: of one thing, never of what somebody must act on, and not for long."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from app.invoer.bezwaar import Bezwaar
from app.norms.uitstel import MAX_UITSTEL, NOOIT_UITGESTELD

_FOUT: Final = "ongeldige_waarde"
_NOOIT: Final = "Wat na een zorg of een calamiteit moet gebeuren, wordt nooit uitgesteld. Doe het, en leg het vast."
_GEEN: Final = "Kies een norm of een uitzondering waarover de herinnering gaat."
_BEIDE: Final = "Kies een norm of een uitzondering, niet allebei."
_TOT: Final = f"Dit hoort na datum te liggen, hoogstens {MAX_UITSTEL.days} dagen later; verbeter de dag."


def faults_in_uitstel(waarden: Mapping[str, object]) -> Iterator[Bezwaar]:
    """Yield what an uitstel says against the rules.

    Args:
        waarden: ``norm`` or ``uitzondering_id``, ``datum`` and ``tot``.
    """
    norm, uitzondering = waarden.get("norm"), waarden.get("uitzondering_id")
    if norm is None and uitzondering is None:
        yield Bezwaar("norm", "verplicht", _GEEN)
    elif norm is not None and uitzondering is not None:
        yield Bezwaar("uitzondering_id", _FOUT, _BEIDE)
    elif norm in NOOIT_UITGESTELD:
        yield Bezwaar("norm", _FOUT, _NOOIT)
    datum, tot = waarden.get("datum"), waarden.get("tot")
    if isinstance(datum, date) and isinstance(tot, date) and not datum < tot <= datum + MAX_UITSTEL:
        yield Bezwaar("tot", _FOUT, _TOT)
