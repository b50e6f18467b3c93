"""What an edge of a derived ruisfactor is: on which days it holds, and on which it does not."""

from typing import NamedTuple

from app.norms.ruis.feiten import RuisFeiten


class Rand(NamedTuple):
    """A factor holds from ``eerste`` up to and including ``laatste`` (None: it goes on), and not on the days beside."""

    code: str
    naam: str
    feiten: RuisFeiten
    eerste: str
    laatste: str | None = None


class Niet(NamedTuple):
    """A factor does not hold on a day."""

    code: str
    naam: str
    feiten: RuisFeiten
    op: str
