"""Stories about one child: its verdicts, its place in the lists, and talks as they were held."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.api.client import VANDAAG, Gebruiker, Gemaakt
from tests.api.world import World, place_child

#: a talk that counts
ALLEEN = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True}


@dataclass(frozen=True)
class Kind:
    """A child in the caseload of a begeleider.

    Attributes:
        ids: of pleegkind, pleeggezin, plaatsing and begeleiding.
        begeleider: who guides it.
        teamleider: of the begeleider's team.
    """

    ids: dict[str, str]
    begeleider: Gebruiker
    teamleider: Gebruiker

    @property
    def path(self) -> str:
        return f"/pleegkinderen/{self.ids['pleegkind']}"

    def talk(self, datum: date = VANDAAG, **over: Any) -> Gemaakt:
        """Record a talk; alone and counting unless ``over`` says otherwise."""
        return self.begeleider.made(f"{self.path}/kindgesprekken", self.talk_body(datum, **over))

    def talk_body(self, datum: date = VANDAAG, **over: Any) -> dict[str, Any]:
        return {"plaatsingId": self.ids["plaatsing"], "datum": datum.isoformat(), **ALLEEN, **over}

    def termijn(self, norm: str, query: str = "") -> dict[str, Any]:
        """Return the judgement of one norm, with its uitleg."""
        found = [one for one in self.begeleider.rows(f"{self.path}/termijnen?{query}") if one["norm"] == norm]
        assert len(found) == 1, (norm, found)
        return dict(found[0])

    def stand(self, norm: str, query: str = "") -> str:
        return str(self.termijn(norm, query)["stand"])

    def in_list(self, query: str = "") -> dict[str, Any] | None:
        """Return the child's line in the caseload, or None when it is not in the list."""
        rows = self.begeleider.walk(f"/pleegkinderen?{query}&limit=200")
        found = [one for one in rows if one["id"] == self.ids["pleegkind"]]
        return found[0] if found else None

    def norms_in_list(self, query: str = "stand=te_laat") -> set[str]:
        """Return for which norms the child is in the overdue list."""
        rows = self.begeleider.walk(f"/termijnen?{query}&limit=200")
        return {one["norm"] for one in rows if one["pleegkindId"] == self.ids["pleegkind"]}

    def to_discuss(self, query: str = "") -> dict[str, Any] | None:
        """Return the child's line in the list for the case discussion, or None when it is not in it."""
        rows = self.begeleider.walk(f"/bespreeklijst?{query}&limit=200")
        found = [one for one in rows if one["id"] == self.ids["pleegkind"]]
        assert len(found) <= 1
        return found[0] if found else None

    def ruis(self, query: str = "") -> dict[str, list[str]]:
        """Return the reasons for each ruisfactor of the child, by code."""
        line = self.to_discuss(query)
        return {one["code"]: one["redenen"] for one in line["ruisfactoren"]} if line else {}


def overdue_child(world: World, weeks: int = 22) -> Kind:
    """Record a child of the begeleider that is late for KAG-R and KAG-3 and for nothing else of zwaarte norm."""
    van = (VANDAAG - timedelta(weeks=weeks)).isoformat()
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], van)
    kind = Kind(ids, world["begeleider"], world["teamleider"])
    kind.begeleider.made(f"{kind.path}/hulpverleningsplannen", {"datum": van})
    return kind
