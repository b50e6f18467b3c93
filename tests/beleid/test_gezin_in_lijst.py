"""Where the children in one's lists live is not looked for once more: the lists say the same as when it is."""

from collections.abc import Callable

import pytest

from app.queries import zorg
from app.terms import Rol
from tests.api.client import Gebruiker
from tests.beleid.wereld import Wereld

_LISTS = ("/pleegkinderen?metZorg=true", "/termijnen?metZorg=true&limit=100", "/termijnen?metZorg=true&stand=nadert")


def _said(user: Gebruiker) -> list[list[object]]:
    return [[one["zorg"] for one in user.rows(path)] for path in _LISTS]


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes every list look for the families that its reader may see."""
    statement = zorg._statement
    return lambda: monkeypatch.setattr(zorg, "_statement", lambda scope, *, at_home: statement(scope, at_home=False))


@pytest.mark.parametrize("rol", [one for one in Rol if one not in (Rol.INSPECTEUR, Rol.BEHEERDER)])
def test_the_families_of_a_list_are_those_that_its_reader_may_see(
    wereld: Wereld, looked_for: Callable[[], None], rol: Rol
) -> None:
    user = wereld.user(rol, "eigen")
    fast = _said(user)
    assert any(one["pleeggezinId"] for one in fast[0] if isinstance(one, dict))
    looked_for()
    assert _said(user) == fast
