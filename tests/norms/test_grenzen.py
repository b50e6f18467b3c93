"""Every number of a norm has bounds, and the national norms lie within them."""

from dataclasses import replace

import pytest

from app.norms.versies.grenzen import GRENZEN, out_of_bounds
from app.norms.versies.landelijk import LANDELIJK
from app.norms.versies.versie import NormVersie

PARAMETERS = [(norm, naam) for norm in LANDELIJK for naam in norm.parameters]


@pytest.mark.parametrize(("norm", "naam"), PARAMETERS, ids=[f"{norm.code} {naam}" for norm, naam in PARAMETERS])
def test_every_parameter_has_bounds_on_both_sides(norm: NormVersie, naam: str) -> None:
    least, most = GRENZEN[naam]

    def faults(waarde: int | None) -> list[str]:
        eigen = replace(norm, parameters={**norm.parameters, naam: waarde})
        return [about for about, detail in out_of_bounds(norm, eigen) if detail]

    assert least >= 1
    assert [faults(waarde) for waarde in (least, most, norm.parameters[naam])] == [[], [], []]
    assert [faults(waarde) for waarde in (least - 1, most + 1, -4, 0, 2**53)] == [[naam]] * 5
    assert faults(None) == ([] if norm.parameters[naam] is None else [naam])
