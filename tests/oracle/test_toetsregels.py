"""The columns of an audit row that normen.md §5b adds, at their edges: each worked out by hand."""

from datetime import date
from typing import Any

import pytest

from .klein import (
    NORMEN,
    P,
    Werkboek,
    build_gezien,
    build_plaatsing,
    build_stap,
    build_uitzondering,
    build_werkboek,
    build_zichtplan,
    build_zorg,
)
from .toetsregels import build_regels

DERDE = (date(2026, 7, 1), date(2026, 9, 30))
VIERDE = (date(2026, 10, 1), date(2026, 12, 31))
KOLOMMEN = ("peildatum", "zien_stand", "zien_laatste", "opvolging_stand", "zichtplan")
WEG = date(2026, 11, 1)
TWEE = [build_plaatsing("P", P, WEG), build_plaatsing("P2", P, None, vorm="deeltijd")]


def get_cellen(werkboek: Werkboek, kwartaal: tuple[date, date] = VIERDE) -> tuple[str, ...]:
    (regel,) = build_regels(werkboek, *kwartaal, NORMEN)
    return tuple(regel[kolom] for kolom in KOLOMMEN)


def test_before_the_first_day_the_columns_are_empty() -> None:
    werkboek = build_werkboek(
        veiligheidschecks=[build_zorg("C", date(2026, 9, 1), kind_gezien=True)],
        uitzonderingen=[build_zichtplan(date(2026, 10, 1))],
    )
    assert get_cellen(werkboek, DERDE) == ("2026-09-30", "nvt", "", "nvt", "nvt")
    # The plan ended on 31 October, the check was before k may be, and the child was seen 121 days ago.
    assert get_cellen(werkboek) == ("2026-12-31", "te_laat", "2026-09-01", "nvt", "nee")


@pytest.mark.parametrize(
    ("gezien", "zien"),
    [
        ([], ("te_laat", "")),
        ([build_gezien("H", date(2026, 10, 31))], ("op_tijd", "2026-10-31")),
        ([build_gezien("H", date(2026, 9, 19))], ("nadert", "2026-09-19")),  # + 42 d = 31 October
        ([build_gezien("H", date(2026, 9, 18))], ("te_laat", "2026-09-18")),
        ([build_gezien("H", date(2026, 10, 31), plaatsing="P2")], ("te_laat", "")),
        ([build_gezien("H", WEG)], ("te_laat", "")),  # the day of leaving is after the row's peildatum
    ],
)
def test_seen_in_the_rows_own_plaatsing_on_its_own_peildatum(
    gezien: list[dict[str, Any]], zien: tuple[str, str]
) -> None:
    werkboek = build_werkboek(plaatsingen=TWEE, huisbezoeken=gezien)
    assert get_cellen(werkboek) == ("2026-10-31", *zien, "nvt", "nee")


def test_deeltijd_has_no_seen() -> None:
    werkboek = build_werkboek(plaatsingen=TWEE[1:], huisbezoeken=[build_gezien("H", WEG, plaatsing="P2")])
    assert get_cellen(werkboek) == ("2026-12-31", "nvt", "", "nvt", "nee")


K = date(2026, 10, 2)
OVERLEG, BESLUIT = build_stap("N1", "overleg", K), build_stap("N2", "besluit", K)


@pytest.mark.parametrize(
    ("zorg", "feiten", "stand"),
    [
        (build_zorg("C", K), [OVERLEG], "te_laat"),
        (build_zorg("C", K), [OVERLEG, BESLUIT], "te_laat"),  # no hercheck on 30 October
        (build_zorg("C", K, plaatsing="P2"), [OVERLEG, BESLUIT], "op_tijd"),  # the hercheck of another plaatsing
        (build_zorg("C", K, plaatsing="P2"), [OVERLEG], "te_laat"),
        (build_zorg("C", date(2026, 10, 10)), [OVERLEG, BESLUIT], "te_laat"),  # steps of before k
        (build_zorg("C", date(2026, 10, 30), plaatsing="P2"), [], "nadert"),
        (build_zorg("C", date(2026, 10, 31)), [], "nadert"),
        (build_zorg("C", WEG, plaatsing="P2"), [], "nvt"),  # after the row's peildatum
    ],
)
def test_the_worst_answer_of_the_child(zorg: dict[str, Any], feiten: list[dict[str, Any]], stand: str) -> None:
    # An uitzondering changes nothing about it.
    uitzondering = build_uitzondering("U", date(2026, 9, 20), normen=("OPV-O", "OPV-B", "OPV-H"))
    werkboek = build_werkboek(
        plaatsingen=TWEE, veiligheidschecks=[zorg], opvolgstappen=feiten, uitzonderingen=[uitzondering]
    )
    assert get_cellen(werkboek)[3] == stand


@pytest.mark.parametrize(
    ("anders", "zichtplan"),
    [
        ({"herzien_uiterlijk": date(2026, 10, 31)}, "ja"),
        ({"herzien_uiterlijk": date(2026, 10, 30)}, "nee"),
        ({"goedgekeurd_door": None}, "nee"),
        ({"goedgekeurd_door": "M3"}, "nee"),
        ({"soort": None}, "nee"),
        ({"pleegkind": "ANDER"}, "nee"),
    ],
)
def test_an_approved_plan_that_is_active(anders: dict[str, Any], zichtplan: str) -> None:
    plan = {**build_zichtplan(date(2026, 10, 1)), **anders}
    assert get_cellen(build_werkboek(plaatsingen=TWEE, uitzonderingen=[plan]))[4] == zichtplan
