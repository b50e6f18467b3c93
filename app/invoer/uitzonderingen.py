"""What an uitzondering may say: how long before it is looked at again, which norms, and what makes a zichtplan one."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from app.invoer.bezwaar import Bezwaar
from app.norms.calendar import add_months
from app.norms.uitzondering import GESPREKSNORMEN, NOOIT_GEDEKT, ZICHTPLAN_MAANDEN
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import UitzonderingSoort

#: An uitzondering is reviewed at most so many days after its van; a zichtplan at most so many months.
MAX_UITZONDERING: Final = timedelta(days=90)
MAX_ZICHTPLAN_MAANDEN: Final = ZICHTPLAN_MAANDEN
#: What people record begins at most so long ago; an import keeps its history.
MAX_TERUG: Final = timedelta(days=14)
#: A zichtplan says within how many days the child is seen, at most so many.
MAX_WAARNEMING_DAGEN: Final = 42
#: From this day on there are zichtplannen, and what somebody must act on is excused by nothing.
ZICHTPLAN_VANAF: Final = TWEEDE_CATALOGUS
ZICHTPLAN_NORMEN: Final = frozenset(code.value for code in GESPREKSNORMEN)
_NOOIT: Final = frozenset(code.value for code in NOOIT_GEDEKT)

_FOUT: Final = "ongeldige_waarde"
_HERZIEN: Final = f"Dit hoort van van tot en met {MAX_UITZONDERING.days} dagen later te liggen; verbeter de datum."
_HERZIEN_PLAN: Final = f"Dit hoort van van tot en met {MAX_ZICHTPLAN_MAANDEN} maanden later te zijn; verbeter de datum."
_NORMEN_PLAN: Final = "Een zichtplan gaat alleen over KAG-3, KAG-R en KAG-D; kies andere normen of een uitzondering."
_VAN_PLAN: Final = "Een zichtplan begint op of na 1 oktober 2026; verbeter van of kies een uitzondering."
_DAGEN_PLAN: Final = "Vul in om de hoeveel dagen het kind wordt gezien."
_DAGEN: Final = f"Vul een aantal dagen in van 1 tot en met {MAX_WAARNEMING_DAGEN}."
_GEEN_DAGEN: Final = "Dit hoort alleen bij een zichtplan; maak het leeg of kies een zichtplan."
_NOOIT_NORMEN: Final = "Voor een van deze normen geldt nooit een uitzondering; haal haar weg."


def faults_in_uitzondering(waarden: Mapping[str, object]) -> Iterator[Bezwaar]:
    """Yield what an uitzondering says against the rules; a value that is not there or cannot be used is not judged.

    Args:
        waarden: ``soort``, ``normen``, ``van``, ``herzien_uiterlijk`` and ``waarneming_dagen``; without a soort it
            is an ordinary one.
    """
    soort = waarden.get("soort")
    if soort is not None and not isinstance(soort, str):
        return
    is_plan = soort == UitzonderingSoort.ZICHTPLAN
    van, herzien, normen = waarden.get("van"), waarden.get("herzien_uiterlijk"), waarden.get("normen")
    if isinstance(van, date) and isinstance(herzien, date):
        yield from _in_review(van, herzien, is_plan=is_plan)
    named = (
        frozenset(map(str, normen)) if isinstance(normen, Collection) and not isinstance(normen, str) else frozenset()
    )
    since = isinstance(van, date) and van >= ZICHTPLAN_VANAF
    if is_plan and not named <= ZICHTPLAN_NORMEN:
        yield Bezwaar("soort", _FOUT, _NORMEN_PLAN)
    elif is_plan and isinstance(van, date) and not since:
        yield Bezwaar("soort", _FOUT, _VAN_PLAN)
    elif since and named & _NOOIT:
        yield Bezwaar("normen", _FOUT, _NOOIT_NORMEN)
    yield from _in_days(waarden.get("waarneming_dagen"), is_plan=is_plan)


def _in_review(van: date, herzien: date, *, is_plan: bool) -> Iterator[Bezwaar]:
    last = add_months(van, MAX_ZICHTPLAN_MAANDEN) if is_plan else van + MAX_UITZONDERING
    if not van <= herzien <= last:
        yield Bezwaar("herzien_uiterlijk", _FOUT, _HERZIEN_PLAN if is_plan else _HERZIEN)


def _in_days(dagen: object, *, is_plan: bool) -> Iterator[Bezwaar]:
    if is_plan and dagen is None:
        yield Bezwaar("waarneming_dagen", "verplicht", _DAGEN_PLAN)
    elif is_plan and isinstance(dagen, int) and not 1 <= dagen <= MAX_WAARNEMING_DAGEN:
        yield Bezwaar("waarneming_dagen", _FOUT, _DAGEN)
    elif not is_plan and isinstance(dagen, int):
        yield Bezwaar("waarneming_dagen", _FOUT, _GEEN_DAGEN)
