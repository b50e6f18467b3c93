"""R12 and R13: who else lives in the family, and who left it.

There is no relation between siblings in the file, so every other child of the family counts, foster siblings included.
"""

from collections.abc import Iterator

from app.norms.calendar import is_active
from app.norms.dutch import dutch_date
from app.norms.feiten import Plaatsing
from app.norms.ruis.feiten import Gezinsplaatsing
from app.norms.ruis.zaak import RuisZaak, normalized

_VEEL = 3  # plaatsingen at once
#: Reasons for an end that say that it was not safe; the eindreden is free text.
ONVEILIG = frozenset(
    {"veiligheid", "onveilig", "onveiligheid", "onveilige_situatie", "veiligheid_van_het_kind", "veiligheidsredenen"}
)


def full_or_unsafe(zaak: RuisZaak) -> Iterator[str]:
    """R12: three or more plaatsingen run in the family, or one there ended for safety."""
    for _, gezin in zaak.gezinnen():
        lopend = sum(is_active(one.van, one.tot, zaak.peildatum) for one in gezin.plaatsingen)
        if lopend >= _VEEL:
            yield f"In dit gezin lopen {lopend} plaatsingen."
        for dag in sorted(one.tot for one in gezin.plaatsingen if one.tot and _unsafe_end(one, zaak)):
            yield f"Een plaatsing in dit gezin eindigde op {dutch_date(dag)} om redenen van veiligheid."


def _unsafe_end(plaatsing: Gezinsplaatsing, zaak: RuisZaak) -> bool:
    ended = plaatsing.tot is not None and plaatsing.tot <= zaak.peildatum
    return ended and normalized(plaatsing.eindreden) in ONVEILIG


def left_behind(zaak: RuisZaak) -> Iterator[str]:
    """R13: in the last 6 months another child left that had lived there together with this one."""
    for eigen, gezin in zaak.gezinnen():
        gebleven = {one.kind_id for one in gezin.plaatsingen if is_active(one.van, one.tot, zaak.peildatum)}
        dagen = {
            one.tot
            for one in gezin.plaatsingen
            if one.tot and one.kind_id not in gebleven and zaak.recent(one.tot) and _together(one, eigen)
        }
        for dag in sorted(dagen):
            yield f"Op {dutch_date(dag)} verliet een ander kind dit gezin; dit kind bleef."


def _together(ander: Gezinsplaatsing, eigen: Plaatsing) -> bool:
    """Tell whether both lived there on some day, given that the other's plaatsing ended while this one ran."""
    return ander.tot is not None and max(ander.van, eigen.van) < ander.tot
