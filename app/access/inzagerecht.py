"""Who may ask for a child's own file, by the child's age; ``normen.md`` §8."""

from typing import Final

from app.errors import Forbidden
from app.terms import Verzoeker

ZELF_VANAF: Final = 12  # years
GEZAG_TOT: Final = 16  # years


class KindTeJong(Forbidden):
    """The child asks itself and is too young to."""

    code = "kind_te_jong"
    detail = f"Dit kind is nog geen {ZELF_VANAF} jaar: dan vraagt wie het gezag heeft om inzage."


class GezagTotZestien(Forbidden):
    """Somebody else asks for the file of a child that is old enough to ask itself."""

    code = "gezag_tot_zestien"
    detail = f"Deze jongere is {GEZAG_TOT} jaar of ouder: dan vraagt alleen de jongere zelf om inzage."


def ground_of(verzoeker: Verzoeker, leeftijd: int) -> str:
    """Return on what ground somebody is given the file of a child of so many years, as a Dutch sentence.

    Raises:
        KindTeJong, GezagTotZestien: it is not given.
    """
    if verzoeker is Verzoeker.KIND:
        if leeftijd < ZELF_VANAF:
            raise KindTeJong
        return f"Vanaf {ZELF_VANAF} jaar heeft een kind recht op inzage in het eigen dossier."
    if leeftijd >= GEZAG_TOT:
        raise GezagTotZestien
    return f"Tot {GEZAG_TOT} jaar heeft ook wie het gezag over een kind heeft recht op inzage in zijn dossier."
