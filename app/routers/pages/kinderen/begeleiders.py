"""Who guides a child besides the one that a list names, who comes, and who went: in words, each with its days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.norms.calendar import is_active
from app.queries.bladen.kindblad import Begeleidingsperiode
from app.queries.zorg import Zorg
from app.web.pagewords import dag


@dataclass(frozen=True, slots=True)
class Begeleiderregel:
    """One of them: what they are to the child today, their name, and since or until when."""

    wie: str
    naam: str
    wanneer: str


def begeleiderregels(perioden: Sequence[Begeleidingsperiode], zorg: Zorg, vandaag: date) -> list[Begeleiderregel]:
    """Return who else guides a child today, who will, and who did last.

    Args:
        perioden: of everybody who ever did, the last to begin first.
        zorg: says who is its begeleider today.
        vandaag: the day.
    """
    return list(_regels(perioden, zorg, vandaag))


def _regels(perioden: Sequence[Begeleidingsperiode], zorg: Zorg, vandaag: date) -> Iterator[Begeleiderregel]:
    own = (zorg.begeleider_naam, zorg.begeleider_sinds)
    others = [one for one in perioden if (one.naam, one.van) != own]
    for one in others:
        if is_active(one.van, one.tot, vandaag) and one.naam != zorg.vertrokken_begeleider_naam:
            yield Begeleiderregel("Ook begeleider", one.naam, f"sinds {dag(one.van)}{_until(one)}")
    for one in reversed(others):
        if one.van > vandaag:
            yield Begeleiderregel("Begeleider wordt", one.naam, f"vanaf {dag(one.van)}{_until(one)}")
    before = next((one for one in others if one.tot is not None and one.tot <= vandaag), None)
    if before is not None:
        yield Begeleiderregel("Daarvoor", before.naam, f"van {dag(before.van)}{_until(before)}")


def _until(one: Begeleidingsperiode) -> str:
    return f" tot {dag(one.tot)}" if one.tot else ""
