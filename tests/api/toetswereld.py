"""A quarterly audit of a small organisatie of its own, with two children that nobody has seen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.api.client import Dienst, Gebruiker, Gemaakt
from tests.api.files import Kind, overdue_child
from tests.api.mensen import MENSEN, add_mensen
from tests.api.world import World, place_child

Q3 = {"kwartaal": "2026-Q3"}
#: within the quarter, and long enough ago to be recorded late
IN_Q3 = date(2026, 9, 1)
#: who of everybody an audit needs
_MENSEN = [one for one in MENSEN if one.naam not in ("begeleider_zuid", "waarnemer")]


@dataclass(frozen=True)
class Audit:
    """A world with a child that nobody has seen, and how to audit it.

    Attributes:
        world: of its own.
        kind: late for KAG-R and KAG-3 at the end of the quarter.
        kwaliteit: who audits.
    """

    world: World
    kind: Kind
    kwaliteit: Gebruiker

    def build(self, **more: Any) -> Gemaakt:
        return self.kwaliteit.made("/kwartaaltoetsen", {**Q3, **more})

    def freeze(self, toets: Gemaakt) -> Gemaakt:
        return self.kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")

    def row(self, toets: Gemaakt, who: Gebruiker | None = None) -> dict[str, Any]:
        """Return the row of the child."""
        rows = (who or self.kwaliteit).walk(f"/kwartaaltoetsen/{toets.id}/regels?limit=2")
        found: dict[str, Any] = {row["pleegkind"]["id"]: row for row in rows}[self.kind.ids["pleegkind"]]
        return found

    def export(self, toets: Gemaakt, formaat: str) -> bytes:
        answer = self.kwaliteit.get(f"/kwartaaltoetsen/{toets.id}/export?formaat={formaat}")
        assert answer.status_code == 200, answer.text
        return bytes(answer.content)

    def follow_up(self, who: Gebruiker, query: str = "") -> list[dict[str, Any]]:
        """Return the extra inzetten about the child that somebody sees."""
        rows = who.walk(f"/extra-inzetten?{query}")
        return [row for row in rows if row["pleegkindId"] == self.kind.ids["pleegkind"]]


def small_audit(dienst: Dienst, others: World) -> Audit:
    """Make an organisatie with one child more, of whom nothing changes; the strangers are those of another world."""
    world = World(**vars(add_mensen(dienst, "beheerder", _MENSEN)))
    world.users.update({wie: user for wie, user in others.users.items() if wie.startswith("vreemde_")})
    world.medewerkers.update({wie: key for wie, key in others.medewerkers.items() if wie.startswith("vreemde_")})
    place_child(world["teamleider_zuid"], van="2026-05-20")
    return Audit(world, overdue_child(world, weeks=30), world["kwaliteit"])
