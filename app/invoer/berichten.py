"""Of which facts somebody must hear: at once, when nobody acted on it in time, or before it ends."""

from collections.abc import Iterator, Mapping

from app.invoer.opvolging import day_of_aanleiding
from app.norms.opvolging import is_said_unsafe
from app.terms import Berichtreden, Uitkomst, VgbStatus


def causes(waarden: Mapping[str, object]) -> Iterator[Berichtreden]:
    """Yield why somebody must hear of a fact.

    A child that says in a talk that it is not safe at home discloses that as much as a signaal that is called so.

    Args:
        waarden: the columns of any kind of fact; each has its own.
    """
    said = is_said_unsafe(waarden.get("doorgegaan"), waarden.get("veilig_in_gezin"))
    if said or waarden.get("onthulling"):
        yield Berichtreden.ONTHULLING
    if waarden.get("uitkomst") == Uitkomst.ONVEILIG:
        yield Berichtreden.ONVEILIG
    if waarden.get("calamiteit"):
        yield Berichtreden.CALAMITEIT
    if waarden.get("status") == VgbStatus.INGETROKKEN:
        yield Berichtreden.VGB_INGETROKKEN
    if day_of_aanleiding(waarden) is not None:
        yield Berichtreden.OPVOLGING_LAAT
    if waarden.get("goedgekeurd_door") is not None:
        yield Berichtreden.UITZONDERING_EINDIGT
