"""Lives that cannot be: before the birth, too old for care, older than anybody; recorded before it was."""

from datetime import date
from typing import Final

from app.invoer.bezwaar import Bezwaar
from app.norms.calendar import age_on, birthday

ONMOGELIJK: Final = "datum_onmogelijk"
#: The columns that say when something of a life was or began.
DAGEN: Final = ("datum", "van", "sinds", "inwonend_sinds")
#: Nobody is this old in youth care when something begins.
_TE_OUD_VOOR_ZORG: Final = 27
_OUDSTE: Final = 110  # years; nobody of a household is older

_VOOR_GEBOORTE: Final = "Deze dag ligt voor de geboorte; verbeter deze datum of de geboortedatum."
_VOLWASSEN: Final = (
    f"Op deze dag is het kind al {_TE_OUD_VOOR_ZORG} jaar of ouder; verbeter deze datum of de geboortedatum."
)
_TE_OUD: Final = f"Wie dan is geboren, is nu ouder dan {_OUDSTE} jaar; verbeter de geboortedatum."
_VASTGELEGD: Final = "Dit is vastgelegd voordat het gebeurde; verbeter deze datum of de dag waarop het was."
_FEITEN: Final = "In het dossier staan al feiten die dan niet kunnen; verbeter de geboortedatum of corrigeer die eerst."


def fault_in_life(kolom: str, day: date, geboren: date) -> Bezwaar | None:
    """Object to a day of a life that does not fit the birth; a ``van`` is of a child, and has a last age."""
    if day < geboren:
        return Bezwaar(kolom, ONMOGELIJK, _VOOR_GEBOORTE)
    if kolom == "van" and day >= birthday(geboren, _TE_OUD_VOOR_ZORG):
        return Bezwaar(kolom, ONMOGELIJK, _VOLWASSEN)
    return None


def fault_in_birth(geboren: date, vandaag: date) -> Bezwaar | None:
    """Object to a person over 110."""
    return Bezwaar("geboortedatum", ONMOGELIJK, _TE_OUD) if age_on(geboren, vandaag) > _OUDSTE else None


def fault_in_recording(vastgelegd: date, datum: date) -> Bezwaar | None:
    """Object to what was recorded on a day before it happened."""
    return Bezwaar("vastgelegd_op", ONMOGELIJK, _VASTGELEGD) if vastgelegd < datum else None


def fault_against_file(geboren: date, first: date | None, last_van: date | None) -> Bezwaar | None:
    """Object to a birth that does not fit what is recorded already.

    Args:
        geboren: the new date of birth.
        first: the earliest day of a fact of this life.
        last_van: the latest day on which care of this child began.
    """
    too_late = first is not None and first < geboren
    too_old = last_van is not None and last_van >= birthday(geboren, _TE_OUD_VOOR_ZORG)
    return Bezwaar("geboortedatum", ONMOGELIJK, _FEITEN) if too_late or too_old else None
