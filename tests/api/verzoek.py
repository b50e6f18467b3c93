"""One request of a test, ready to be sent by somebody who may; and what most of them are about."""

from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from httpx2 import Response

from tests.api.bodies import KINDS, SOORTEN_VAN_FEIT, Ids, Json, Soort
from tests.api.client import Gebruiker, Gemaakt
from tests.api.world import World

#: for what may not overlap: each gets days, a year or a quarter of its own
period = count()


@dataclass(frozen=True)
class Verzoek:
    """One request, ready to be sent by somebody who may.

    Attributes:
        user: who may.
        method: POST or PATCH.
        path: with the ids in it.
        body: accepted.
        changed: another body that would be accepted as well.
        etag: for If-Match, where a version is changed.
        target: the kind that is recorded or changed.
    """

    user: Gebruiker
    method: str
    path: str
    body: Json | None
    changed: Json
    etag: str | None = None
    target: str = ""

    @property
    def is_new(self) -> bool:
        """Whether something is recorded that was not there, instead of a step with what was."""
        return self.path.split("/")[-1] in KINDS

    def send(self, *, key: str | None = None, **headers: str) -> Response:
        return self.user.ask(self.method, self.path, self.body, key=key, etag=self.etag, **headers)

    def with_body(self, body: Any) -> "Verzoek":
        return replace(self, body=body)


def own_file(world: World) -> Ids:
    return world.files["eigen"]


def body_beside(soort: Soort, ids: Ids) -> Json:
    """Return a body that fits beside what is there: a second plaatsing is deeltijd."""
    return {**soort.body(ids), **({"vorm": "deeltijd"} if soort.naam == "plaatsing" else {})}


def fresh(world: World, naam: str) -> Gemaakt:
    """Record one more of a kind in the file of ``eigen``."""
    soort, ids = SOORTEN_VAN_FEIT[naam], own_file(world)
    return world["teamleider"].made(soort.path(ids), body_beside(soort, ids))
