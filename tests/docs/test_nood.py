"""The decision about breaking the glass names every kind that may be recorded then, and no other."""

import re
from pathlib import Path

from app.models.soorten import SOORTEN

ADR = Path(__file__).parents[2] / "docs/adr"


def test_the_kinds_that_may_be_recorded_in_need_are_those_of_the_decision() -> None:
    (decision,) = ADR.glob("0016-*.md")
    said = re.search(r"what they did or heard\s+themselves \(([^)]+)\)", decision.read_text("utf-8"))
    assert said is not None
    assert {word.strip() for word in said[1].split(",")} == {soort.naam for soort in SOORTEN.values() if soort.bij_nood}
