"""Two audits beside each other: what is the same in both is not kept, and what differs is said as if all was."""

from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.vergelijking import compare
from app.queries.kwartaaltoetsen.rijen import Toetsregel
from app.queries.kwartaaltoetsen.vergelijking import keep_unequal

_LEEG: dict[str, Any] = dict.fromkeys(RegelInhoud.__annotations__)


def _regel(nummer: str, uid: int, navolgbaar: bool) -> RegelInhoud:  # noqa: FBT001 — hypothesis gives it so
    known = {"pleegkind": {"id": str(uid), "nummer": nummer}, "plaatsing": {"nummer": "P1"}, "navolgbaar": navolgbaar}
    none = dict.fromkeys(("maatregelen", "oordelen", "ruisfactoren", "aanleidingen"), ())
    return cast("RegelInhoud", {**_LEEG, **known, **none, "criteria": {}})


def _nummer(regel: RegelInhoud) -> str:
    return regel["pleegkind"]["nummer"]


def _toets(*, by_nummer: bool) -> st.SearchStrategy[list[RegelInhoud]]:
    """Give audits of children that may have each other's nummers, each once, by nummer or in any order."""
    regels = st.builds(_regel, st.sampled_from("ABCDE"), st.integers(1, 6), st.booleans())
    toets = st.lists(regels, max_size=6, unique_by=lambda regel: regel["pleegkind"]["id"])
    return toets.map(lambda made: sorted(made, key=_nummer)) if by_nummer else toets


_IN_ANY_ORDER = _toets(by_nummer=True) | _toets(by_nummer=False)


@given(was=_IN_ANY_ORDER, wordt=_IN_ANY_ORDER)
def test_what_differs_is_the_same_as_with_both_audits_whole(was: list[RegelInhoud], wordt: list[RegelInhoud]) -> None:
    kept_was, kept_wordt = keep_unequal(was, [Toetsregel(0, 0, None, None, regel) for regel in wordt])
    assert compare(kept_was, (regel.inhoud for regel in kept_wordt)) == compare(was, wordt)


@given(toets=_toets(by_nummer=True), other=st.integers(0, 5))
def test_only_the_row_that_differs_is_kept(toets: list[RegelInhoud], other: int) -> None:
    changed = [
        cast("RegelInhoud", {**regel, "navolgbaar": not regel["navolgbaar"]}) if place == other else regel
        for place, regel in enumerate(toets)
    ]
    kept_was, kept_wordt = keep_unequal(toets, [Toetsregel(0, 0, None, None, regel) for regel in changed])
    assert kept_was == toets[other : other + 1]
    assert [regel.inhoud for regel in kept_wordt] == changed[other : other + 1]
