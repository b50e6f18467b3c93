"""Drawing a catalogue whose norms change inside the period (normen.md §5: versioned data)."""

from hypothesis import strategies as st

from .dagen_trekken import BIJZONDERE_DAGEN
from .normen import Normversie, add_tweede_catalogus, build_normversies

ANDERE_PARAMETERS: dict[str, dict[str, tuple[int | None, ...]]] = {
    "KAG-3": {"aantal": (2, 3, 4), "stap_maanden": (3, 4), "venster_maanden": (12,)},
    "KAG-R": {"maanden": (3, 4, 5)},
    "VC-J": {"maanden": (6, 12), "dagen_na_signaal": (3, 7, 14)},
    "MDO": {"maanden": (4, 6)},
    "HB": {"dagen": (28, 42)},
    "ONT-J": {"maanden_jong": (3, 6), "maanden": (9, 12), "leeftijd_jong": (4, 6)},
    "HVP-6": {"dagen": (30, 42)},
    "VP": {"maanden": (1, 3)},
    "VGB-T": {"dagen_netwerk": (56, 91)},
    "VGB-12": {"leeftijd": (12,), "dagen_vooraf": (30, 60)},
    "VGB-H": {"maanden": (None, 36, 60)},
    "EVAL-J": {"maanden": (6, 12)},
    "POV-1": {"maanden": (6, 12)},
    "CAL-3": {"werkdagen": (1, 3), "dagen_bij_twijfel": (14, 42)},
}


@st.composite
def normversie_lijsten(draw: st.DrawFn, *, tweede: bool = True) -> list[Normversie]:
    """A whole catalogue: version 1 of each from 1900, some followed by later versions without a gap.

    The second catalogue takes over on its day, unless only the first is asked for.
    """
    lijst = []
    for eerste in build_normversies(tweede=False):
        versie = eerste
        dagen = draw(st.lists(st.sampled_from(BIJZONDERE_DAGEN), max_size=2, unique=True))
        for dag in sorted(dagen) if draw(st.booleans()) else []:
            lijst.append({**versie, "geldig_tot": dag})
            versie = {
                "code": versie["code"],
                "versie": versie["versie"] + 1,
                "geldig_van": dag,
                "geldig_tot": None,
                "zwaarte": draw(st.sampled_from(("norm", "streef"))),
                "waarschuwing_dagen": draw(st.sampled_from((0, 1, 14, 30, 60))),
                "parameters": {
                    naam: draw(st.sampled_from(keuzen)) for naam, keuzen in ANDERE_PARAMETERS[versie["code"]].items()
                },
            }
        lijst.append(versie)
    return add_tweede_catalogus(lijst) if tweede else lijst
