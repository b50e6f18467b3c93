"""What a number in an organisatie's own norm can be at all, whatever the national one says: a typing error is none.

Bounds of this project; that an own norm does not loosen the national one is looked at elsewhere (``loosening``).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.norms.versies.versie import NormVersie

_MAANDEN, _DAGEN = (1, 120), (1, 3650)
#: parameter → least and most
GRENZEN: Final[Mapping[str, tuple[int, int]]] = {
    "aantal": (1, 52),
    "stap_maanden": _MAANDEN,
    "venster_maanden": _MAANDEN,
    "maanden": _MAANDEN,
    "maanden_jong": _MAANDEN,
    "leeftijd": (1, 18),
    "leeftijd_jong": (1, 18),
    "dagen": _DAGEN,
    "dagen_eerste": _DAGEN,
    "dagen_na_signaal": _DAGEN,
    "dagen_netwerk": _DAGEN,
    "dagen_bij_twijfel": _DAGEN,
    "dagen_vooraf": _DAGEN,
    "werkdagen": (1, 260),
}


def out_of_bounds(basis: NormVersie, eigen: NormVersie) -> Iterator[tuple[str, str]]:
    """Yield each parameter of an own version that no norm can have, with a Dutch sentence about it."""
    for naam, waarde in eigen.parameters.items():
        least, most = GRENZEN[naam]
        if waarde is None:
            if basis.parameters[naam] is not None:
                yield naam, "Deze instelling mag niet leeg zijn."
        elif not least <= waarde <= most:
            yield naam, f"Deze instelling is een getal van {least} tot en met {most}."
