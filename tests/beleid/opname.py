"""Everything that somebody can read, byte for byte, at one moment: to hold beside the same at another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from httpx2 import Response

from app.access.policy import RouteRegel, route_regels
from app.web.pagination import decode_cursor
from tests import kanarie
from tests.api.bodies import KINDS
from tests.api.client import NOBODY, PREFIX, Gebruiker
from tests.beleid.wereld import ACHTERNAAM, Wereld

#: headers that differ between two answers to the same question: each has a reason here
VOLATILE = frozenset({"x-request-id"})  # drawn anew for every request; a cursor is encrypted anew and compared opened
#: what somebody reads about their own reading: it grows by reading
OVER_ZICHZELF = ("/toezicht/inzagen", "/inzagen")
RELATIES = ("eigen", "organisatie", "begeleiding_90", "vreemd")
STANDEN = ("te_laat", "uitzondering", "nadert", "op_tijd")
_ID = re.compile(r"/[0-9a-f]{8}-")
_DAGEN = (
    "peildatum=2026-09-15",
    "peildatum=2026-12-01",
    "bekendOp=2026-11-02T09:00:00Z",
    "bekendOp=2026-01-01T00:00:00Z",
)
#: filters beside which there is one of the same kind
_ALIKE = ("stand=uitzondering", "stand=op_tijd", _DAGEN[1], _DAGEN[3])
#: filters of each list, beside the whole
FILTERS: Mapping[str, tuple[str, ...]] = {
    "/pleegkinderen": (*(f"stand={one}" for one in STANDEN), *_DAGEN, "team={team}", "begeleider={zuid}", "limit=1"),
    "/termijnen": (
        *(f"stand={one}&limit=200" for one in STANDEN), *_DAGEN, "mijn=true", "norm=KAG-R", "zwaarte=streef",
        "zonderBegeleider=true",
        "team={team}", "begeleider={zuid}", "limit=1",
    ),
    "/bespreeklijst": (*_DAGEN, "team={team}", "limit=1"),
    "/plaatsingen": (_DAGEN[2], "limit=1", "pleegkind={kind}", "pleeggezin={gezin}"),
    "/acties": (_DAGEN[2], "mijn=true", "gedaan=false&metZorg=true", "limit=1"),
    "/uitstellen": (_DAGEN[2], "mijn=true", "lopend=false&metZorg=true", "limit=1"),
    "/signalen": (_DAGEN[2], "metZorg=true", "limit=1"),
    "/uitzonderingen": (_DAGEN[2], "stand=wacht", "vanAnderen=true&metZorg=true", "limit=1"),
    "/samenvoegingen": ("stand=voorgesteld", "stand=goedgekeurd", "kanNog=true&vanAnderen=true", "limit=1"),
    "/caseloads": ("limit=1",),
    "/afwezigheden": ("lopend=true", "limit=1"),
    "/belnummers": ("team={team}", "limit=1"),
    "/pleeggezinnen": (_DAGEN[2], "limit=1"),
    "/extra-inzetten": ("mijn=true", "afgesloten=true", "zonderEigenaar=true", "limit=1"),
    "/noodtoegangen": ("besproken=true", "besproken=false"),
    "/kwartaaltoetsen/{id}/regels": ("navolgbaar=true", "navolgbaar=false", "limit=1"),
    "/kwartaaltoetsen/{id}/export": ("formaat=csv", "formaat=xlsx", "formaat=xlsx&namen=true"),
    "/toezicht/kwartaaltoetsen/{id}/export": ("formaat=csv", "formaat=xlsx"),
    "/toezicht/termijnen": (*(f"stand={one}&limit=200" for one in STANDEN), *_DAGEN[:2]),
    "/toezicht/steekproef": ("omvang=3&seed=7", "omvang=200&seed=1"),
    "/pleegkinderen/{id}/termijnen": _DAGEN,
    "/pleegkinderen/{id}/tijdlijn": (_DAGEN[2], "limit=1"),
}  # fmt: skip
FOUTEN = ("?onbekendeSleutel=1", "?cursor=x", "?limit=0")
#: lists of which rows that somebody may not see could change what is counted, chosen or ordered
TELLEND = (
    "/pleegkinderen", "/termijnen", "/bespreeklijst", "/extra-inzetten", "/caseloads", "/kwartaaltoetsen/{id}/regels",
)  # fmt: skip


@dataclass(frozen=True)
class Omvang:
    """How much is asked.

    Attributes:
        relaties: of whose files the ids are; and always one that does not exist.
        filters: of each list, beside the whole.
        fouten: how many of ``FOUTEN`` each route gets; routes take turns.
        met_etag: whether everything is asked again by its ETag, or only what has no id in its path.
    """

    relaties: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    fouten: int
    met_etag: bool


HEEL = Omvang(RELATIES, FILTERS, len(FOUTEN), met_etag=True)


def chosen(onzichtbaar: str) -> Omvang:
    """Return what is asked at every change: each address of a file that one may see, and of one that one may not."""
    filters = {one: tuple(way for way in FILTERS[one] if not way.startswith(_ALIKE)) for one in TELLEND}
    return Omvang(("eigen", onzichtbaar), filters, 1, met_etag=False)


@dataclass(frozen=True)
class Opname:
    """What somebody got, by what was asked."""

    antwoorden: Mapping[str, tuple[Any, ...]]

    def differences(self, other: "Opname") -> list[str]:
        """Return what was asked that now has another answer, or a next page that was not there."""
        asked = {**self.antwoorden, **other.antwoorden}
        return [vraag for vraag in asked if self.antwoorden.get(vraag) != other.antwoorden.get(vraag)]


def record(wereld: Wereld, user: Gebruiker, omvang: Omvang = HEEL) -> Opname:
    """Ask everything that there is to read, with filters, one page on, by the ETag, and wrongly."""
    found: dict[str, tuple[Any, ...]] = {}
    for path in addresses(wereld, omvang):
        answer = user.get(path)
        found[path] = _kept(wereld, path, answer)
        onward = answer.links.get("next")
        if onward is not None:
            target = onward["url"].removeprefix(PREFIX)
            found[f"{path} en verder"] = _kept(wereld, target, user.get(target))
        if "etag" in answer.headers and (omvang.met_etag or not _ID.search(path)):
            again = user.get(path, If_None_Match=answer.headers["etag"])
            found[f"{path} met ETag"] = _kept(wereld, path, again)
    for wie in searches(wereld):
        found[f"zoek {wie}"] = _kept(wereld, "", user.post("/pleegkinderen/_zoek", wie))
    return Opname(found)


def searches(wereld: Wereld) -> list[dict[str, str]]:
    return [
        {"naam": ACHTERNAAM},
        {"naam": "Voorbeeld"},
        {"naam": kanarie.NAAM},
        {"naam": "Geheim"},
        {"bsn": "123456782"},
        {"bsn": "111222333"},
    ]


def addresses(wereld: Wereld, omvang: Omvang = HEEL) -> Iterator[str]:
    """Yield every address below ``/v1`` that a GET of the route table has in this world."""
    names = {
        "team": NOBODY,
        "zuid": wereld.medewerkers["begeleider_zuid"],
        "kind": wereld.files["organisatie"]["pleegkind"],
        "gezin": wereld.files["organisatie"]["pleeggezin"],
    }
    reads = [one for one in route_regels() if one.methode == "GET" and one.pad.startswith(PREFIX)]
    for turn, route in enumerate(reads):
        template = route.pad.removeprefix(PREFIX)
        if template in OVER_ZICHZELF:
            continue
        paths = list(_filled(wereld, route, omvang.relaties))
        for i in range(omvang.fouten):
            yield f"{paths[-1]}{FOUTEN[(turn + i) % len(FOUTEN)]}"  # refused before an id is looked at
        for path in paths:
            yield path
            yield from (f"{path}?{one.format(**names)}" for one in omvang.filters.get(template, ()))
            if template.startswith("/toezicht/") and "{" not in template:
                yield from (f"{path}?organisatie={code}" for code in (wereld.code, wereld.vreemde_code, "NIEMAND"))


def _filled(wereld: Wereld, route: RouteRegel, relaties: tuple[str, ...]) -> Iterator[str]:
    """Yield the paths of a route with the ids of some files, visible or not, and one that does not exist."""
    path = route.pad.removeprefix(PREFIX)
    if "{pseudoniem}" in path:
        yield from sorted({path.replace("{pseudoniem}", one) for one in wereld.pseudoniemen.values()})
        return
    if "{id}" not in path:
        yield path
        return
    kind = KINDS[path.split("/")[1]]
    ids = {files[kind]: None for relatie in relaties if kind in (files := wereld.files[relatie])}
    yield from (path.replace("{id}", key) for key in (*ids, NOBODY))


def _kept(wereld: Wereld, path: str, answer: Response) -> tuple[Any, ...]:
    """Return status, headers and body, with every cursor opened."""
    lockbox = wereld.dienst.api.state.cursor_lockbox
    whole = PREFIX + path.partition("?")[0]

    def opened(match: re.Match[str]) -> str:
        return f"cursor={decode_cursor(lockbox, whole, match.group(1))}"

    headers = {
        name: re.sub(r"cursor=([\w-]+)", opened, value)
        for name, value in answer.headers.items()
        if name not in VOLATILE
    }
    if "next" in answer.links or "prev" in answer.links:
        headers.pop("content-length", None)
    return answer.status_code, headers, answer.content
