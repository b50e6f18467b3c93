"""What happens beside the browser, by the API: somebody else saves, ends, hands over; and what a list must have."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2

from tests_e2e.demo import Demo

_SECONDS = 60


@dataclass(frozen=True)
class Api:
    """Somebody of the demo with a program."""

    base: str
    token: str

    def get(self, path: str) -> httpx2.Response:
        answer = httpx2.get(f"{self.base}/v1{path}", headers=self._headers(), timeout=_SECONDS)
        assert answer.status_code == 200, (path, answer.text)
        return answer

    def rows(self, path: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(path).json()["resultaten"]
        return found

    def post(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        own = {**self._headers(), "Idempotency-Key": str(uuid4()), **headers}
        answer = httpx2.post(f"{self.base}/v1{path}", json=body, headers=own, timeout=_SECONDS)
        assert answer.status_code < 300, (path, answer.text)
        made: dict[str, Any] = answer.json()
        return made

    def change(self, path: str, verb: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change what stands there now."""
        return self.post(f"{path}/{verb}", body, **{"If-Match": self.get(path).headers["etag"]})

    def kinderen(self) -> list[dict[str, Any]]:
        """Return the children of a list, by name; each with its zorg."""
        return self.rows("/pleegkinderen?metZorg=true&limit=200")

    def geplaatst(self) -> list[dict[str, Any]]:
        """Return those who live somewhere with a begeleider."""
        return [one for one in self.kinderen() if one["zorg"]["plaatsingId"] and one["zorg"]["begeleiderId"]]

    def places(self, wie: str, van: str) -> str:
        """Let a child come to live in a family, with a begeleider and nothing else in its file; return its id."""
        naam = uuid4().hex[:8]
        born = {"roepnaam": f"Kind {naam}", "achternaam": "Van Nergens", "geboortedatum": "2018-02-03"}
        kind = self.post("/pleegkinderen", born)["id"]
        gezin = self.post("/pleeggezinnen", {"naam": f"Gezin {naam}", "soort": "bestand", "gemeente": "Lindebeek"})
        how = {"vorm": "voltijd", "zorgvorm": "pleegzorg", "van": van}
        stay = self.post("/plaatsingen", {"pleegkindId": kind, "pleeggezinId": gezin["id"], **how})["id"]
        self.post(f"/plaatsingen/{stay}/begeleidingen", {"medewerkerId": wie, "van": van})
        return str(kind)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def api_of(demo: Demo, wie: str) -> Api:
    return Api(demo.base, demo.token(wie))


def add_begeleiders(chief: Api, leider: Api, aantal: int) -> list[dict[str, str]]:
    """Let people begin in the team of a teamleider."""
    team = chief.get(f"/medewerkers/{leider.get('/ik').json()['medewerker']['id']}").json()["teamId"]
    wie = {"rol": "pleegzorgbegeleider", "teamId": team}
    return [chief.post("/medewerkers", {"naam": f"Nieuw {uuid4().hex[:8]}", **wie}) for _ in range(aantal)]
