"""Names of sheets: whatever a team is called, a spreadsheet opens the file."""

import pytest

from app.exports.kwartaaltoets.xlsx.bladen import KINDEREN, Bladnamen


@pytest.mark.parametrize(
    ("team", "blad"),
    [
        ("Team Waterveld", "Team Waterveld"),
        ("a/b\\c[d]e:f*g?h'i", "a b c d e f g h i"),
        ("=1+1", "=1+1"),
        ("T" * 31, "T" * 31),
        ("T" * 32, "T" * 31),
        ("😀" * 20, "😀" * 15),
        ("", "blad"),
        ("***", "blad"),
        (KINDEREN, "Kinderen (2)"),
        ("normen", "normen (2)"),
        ("History", "History (2)"),
        ("een\x00twee\uffff", "een twee"),
    ],
)
def test_a_name_becomes_one_that_a_sheet_may_have(team: str, blad: str) -> None:
    assert Bladnamen().free(team) == blad


def test_names_that_differ_in_capitals_alone_get_a_number() -> None:
    namen = Bladnamen()
    assert [namen.free(team) for team in ("Noord", "NOORD", "noord")] == ["Noord", "NOORD (2)", "noord (3)"]


def test_long_names_that_begin_alike_stay_within_the_limit() -> None:
    namen = Bladnamen()
    given = [namen.free("Team met een heel erg lange naam " + str(number)) for number in range(12)]
    assert len({naam.lower() for naam in given}) == 12
    assert all(len(naam) <= 31 for naam in given)
