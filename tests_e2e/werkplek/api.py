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

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def api_of(demo: Demo, wie: str) -> Api:
    return Api(demo.base, demo.token(wie))
