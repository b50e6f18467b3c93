"""How far an import is: seen by who may import, before it is committed; and that it ended, whatever its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest

from app.services.werkboek.importeren import import_rijen
from app.services.werkboek.run import NetGemaakt
from tests.api.bodies import Json
from tests.api.client import Dienst, Gebruiker
from tests.api.test_importen import somebody, werkboek
from tests.api.world import World

_WHERE = "app.services.werkboek.run.import_rijen"


def stand(user: Gebruiker) -> Json:
    (found,) = user.rows("/importen")
    return dict(found)


@contextmanager
def during(seen: Callable[[], None], then: Exception | None = None) -> Iterator[None]:
    """Look in the middle of an import: what it wrote is not committed yet."""

    def watched(*given: Any, **named: Any) -> Any:
        done = import_rijen(*given, **named)
        seen()
        if then:
            raise then
        return done

    with mock.patch(_WHERE, watched):
        yield


def test_who_waits_sees_how_far_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.werkboek.voortgang._OFTEN", 0.0)
    kwaliteit, seen = world["kwaliteit"], []
    nummer, bestand = somebody()
    with during(lambda: seen.append(stand(world["beheerder"]))):
        assert kwaliteit.post("/importen", werkboek(bestand, proef=False)).status_code == 200
    (middle,) = seen
    assert (middle["bezig"], middle["afgelopen"]) == (True, False)
    assert 0 < middle["totaal"] == middle["gedaan"]
    assert middle["onderdeel"]
    after = stand(kwaliteit)
    assert (after["bezig"], after["afgelopen"], after["begonnenOp"]) == (False, True, middle["begonnenOp"])
    assert nummer in {one["nummer"] for one in world["beheerder"].walk("/medewerkers?limit=200")}


def test_one_that_fails_ended_too(world: World) -> None:
    kwaliteit, seen = world["kwaliteit"], []
    _, bestand = somebody()
    with during(lambda: seen.append(stand(kwaliteit)["bezig"]), NetGemaakt("tegelijk")):
        assert kwaliteit.post("/importen", werkboek(bestand, proef=False)).status_code == 409
    assert seen == [True]
    assert (stand(kwaliteit)["bezig"], stand(kwaliteit)["afgelopen"]) == (False, True)


def test_one_that_was_killed_does_not_run_for_ever(world: World) -> None:
    kwaliteit = world["kwaliteit"]
    _, bestand = somebody()
    with mock.patch("app.services.werkboek.voortgang._end"):
        kwaliteit.post("/importen", werkboek(bestand))
    assert (stand(kwaliteit)["bezig"], stand(kwaliteit)["afgelopen"]) == (False, False)


def test_another_organisatie_sees_nothing_of_it(world: World, dienst: Dienst) -> None:
    _, bestand = somebody()
    world["kwaliteit"].post("/importen", werkboek(bestand))
    assert world["vreemde_beheerder"].rows("/importen") == []
    assert world["teamleider"].get("/importen").status_code == 403
