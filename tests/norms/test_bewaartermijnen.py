"""Until when a file is kept: the edges, and that of a GI."""

from datetime import date

import pytest

from app.norms.bewaartermijnen import BEWAARBELEID, BEWAARJAREN, GI_JAREN, may_be_destroyed_from
from app.terms import Bewaarsoort

D = date.fromisoformat


@pytest.mark.parametrize(
    ("geboren", "einde", "gewijzigd", "gi", "vanaf"),
    [
        ("2015-03-04", None, "2026-10-01", False, None),
        ("2015-03-04", None, "2026-10-01", True, None),
        ("2015-03-04", "2026-10-01", "2026-09-01", False, "2046-10-01"),
        ("2015-03-04", "2026-10-01", "2027-02-28", False, "2047-02-28"),
        ("2015-03-04", "2026-10-01", "2026-09-01", True, "2063-03-04"),
        ("2008-10-01", "2026-10-01", "2026-09-01", True, "2056-10-01"),
        ("2012-02-29", "2026-10-01", "2026-09-01", True, "2060-03-01"),  # eighteen on 1 March 2030
        ("2000-01-01", "2021-01-01", "2026-10-01", True, "2048-01-01"),
        ("1990-01-01", "2011-01-01", "2030-06-01", True, "2050-06-01"),  # never shorter than another file
        ("2015-03-04", "2024-02-29", "2024-02-29", False, "2044-02-29"),
    ],
)
def test_the_first_day_on_which_a_file_may_go(
    geboren: str, einde: str | None, gewijzigd: str, vanaf: str | None, *, gi: bool
) -> None:
    found = may_be_destroyed_from(D(einde) if einde else None, D(gewijzigd), geboortedatum=D(geboren), gi=gi)
    assert found == (D(vanaf) if vanaf else None)


def test_the_policy_says_what_the_rule_does() -> None:
    jaren = {regel.soort: regel.jaren for regel in BEWAARBELEID}
    assert set(jaren) == set(Bewaarsoort)
    assert (jaren[Bewaarsoort.DOSSIER], jaren[Bewaarsoort.DOSSIER_GI]) == (BEWAARJAREN, GI_JAREN) == (20, 30)
