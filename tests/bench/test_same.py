import pytest

from bench.asgi import Request
from bench.same import comparable, must_equal

LIST = Request("GET", "/v1/termijnen?limit=25", "token")
CHILD = Request("GET", "/v1/pleegkinderen/1/termijnen", "token")


def row(norm: str, stand: str = "te_laat", **more: object) -> dict[str, object]:
    return {"norm": norm, "stand": stand, "onderwerp": {"soort": "pleegkind", "id": "1"}, **more}


def test_another_order_of_a_list_is_another_answer() -> None:
    one, other = ({"resultaten": rows} for rows in ([row("HB"), row("VP")], [row("VP"), row("HB")]))
    with pytest.raises(AssertionError, match=r"\[0\] norm: dienst 'HB', bodem 'VP'"):
        must_equal("lijst", comparable(one, LIST), comparable(other, LIST))
    must_equal("kind", comparable(one, CHILD), comparable(other, CHILD))


def test_another_stand_is_another_answer() -> None:
    one, other = ({"resultaten": [row("HB", stand)]} for stand in ("te_laat", "nadert"))
    with pytest.raises(AssertionError, match="stand: dienst 'te_laat', bodem 'nadert'"):
        must_equal("lijst", comparable(one, LIST), comparable(other, LIST))


def test_a_row_less_is_another_answer() -> None:
    with pytest.raises(AssertionError, match="lijst"):
        must_equal("lijst", comparable({"resultaten": [row("HB"), row("VP")]}, LIST), [row("HB")])


@pytest.mark.parametrize(
    ("service", "floor", "said"),
    [
        ([row("HB")], [], r"alleen de dienst: \[\{'norm': 'HB'"),
        ([], [row("HB")], r"alleen de bodem: \[\{'norm': 'HB'"),
        ([row("HB"), row("VP")], [row("VP")], r"alleen de dienst: \[\{'norm': 'HB'.*\}\]$"),
        ([row("HB"), row("HB")], [row("HB")], "dienst 2 keer, bodem 1 keer"),
        ({"laatste": None}, {}, r"alleen de dienst: \[\('laatste', None\)\]"),
    ],
)
def test_of_what_one_lacks_is_said_what_it_is(service: object, floor: object, said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        must_equal("een gesprek", {"termijnen": service}, {"termijnen": floor})


def test_what_the_floor_leaves_out_is_not_compared() -> None:
    one = {"resultaten": [row("HB", uitleg={})]}
    must_equal("lijst", comparable(one, LIST), comparable({"resultaten": [row("HB")]}, LIST))


def test_empty_lists_prove_nothing() -> None:
    with pytest.raises(AssertionError, match="empty"):
        comparable({"resultaten": []}, LIST)
