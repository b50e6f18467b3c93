"""Whether the rule still asks for a message: the verdict is asked again before anybody hears anything. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.norms.calendar import add_days
from app.norms.feiten import Uitzondering
from app.norms.judge import Oordeel
from app.norms.uitzondering import is_active_uitzondering
from app.terms import Berichtreden, NormCode, OnderwerpSoort, Stand

#: why somebody must hear → the norms that say whether nobody did anything yet
NORMEN: Final[Mapping[Berichtreden, frozenset[NormCode]]] = {
    Berichtreden.ONTHULLING: frozenset({NormCode.OPV_O}),
    Berichtreden.ONVEILIG: frozenset({NormCode.OPV_O}),
    Berichtreden.CALAMITEIT: frozenset({NormCode.OPV_O, NormCode.CAL_3}),
    Berichtreden.VGB_INGETROKKEN: frozenset({NormCode.VGB_T, NormCode.VGB_12}),
    Berichtreden.OPVOLGING_LAAT: frozenset({NormCode.OPV_O}),
}

#: [keuze] so many days before an uitzondering or zichtplan ends, somebody must think of what comes after it
VOORAF_DAGEN: Final = 14


def tell_of_end(herzien_uiterlijk: date) -> date:
    """Return from which day on somebody must hear that an uitzondering ends."""
    return add_days(herzien_uiterlijk, -VOORAF_DAGEN)


def tell_end_from(uitzonderingen: Iterable[Uitzondering], key: int, vandaag: date) -> date | None:
    """Return from which day on somebody must hear that an uitzondering of a child ends; None when it holds no more."""
    runs = (one for one in uitzonderingen if one.id == key and is_active_uitzondering(one, vandaag))
    return next((tell_of_end(one.herzien_uiterlijk) for one in runs), None)


def tell_from(reden: Berichtreden, onderwerp: tuple[OnderwerpSoort, int], oordelen: Iterable[Oordeel]) -> date | None:
    """Return from which day on somebody must hear it; None when nothing asks for it any more.

    Args:
        reden: why.
        onderwerp: what the judgements are about.
        oordelen: of one child, today.
    """
    due = [
        oordeel.uiterlijk
        for oordeel in oordelen
        if (oordeel.onderwerp_soort, oordeel.onderwerp_id) == onderwerp
        and oordeel.norm.code in NORMEN[reden]
        and oordeel.stand is not Stand.UITZONDERING
    ]
    open_ = [uiterlijk for uiterlijk in due if uiterlijk is not None]
    if not open_:
        return None
    return add_days(min(open_), 1) if reden is Berichtreden.OPVOLGING_LAAT else date.min
