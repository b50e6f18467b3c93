"""The children of whom an example can be told: who lives somewhere today, and when somebody saw them there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.demo.achteraf import Achteraf, recent
from app.demo.feiten import Begeleiding
from app.demo.gebruikers import BEGELEIDER
from app.terms import GespreksVorm, PlaatsingVorm

_LANG_GENOEG = 90  # days: so long somebody lives there at least


@dataclass(slots=True)
class Kandidaat:
    """A child with one plaatsing today.

    Attributes:
        kind, plaatsing: positions.
        vorm: of the plaatsing.
        van: its first day.
        wie: who guides it.
        gevolgd: whether that is the user whom README follows: for those children nobody has to act.
        gezien: the days on which somebody saw the child there.
        checks: the days of its veiligheidschecks.
        gesproken: whether somebody lately spoke with it alone there.
    """

    kind: int
    plaatsing: int
    vorm: PlaatsingVorm
    van: int
    wie: int
    gevolgd: bool
    gezien: list[int] = field(default_factory=list)
    checks: list[int] = field(default_factory=list)
    gesproken: bool = False

    def is_unseen_since(self, dag: int) -> bool:
        """Tell whether nobody saw the child on or after a day."""
        return self.van < dag and all(gezien < dag for gezien in self.gezien)

    def has_no_check_since(self, dag: int) -> bool:
        """Tell whether there was no veiligheidscheck on or after a day."""
        return self.van < dag and all(check < dag for check in self.checks)


def list_kandidaten(bouw: Achteraf) -> list[Kandidaat]:
    """Return them in order, without the story."""
    deel, gevonden = bouw.deel, {one.plaatsing: one for one in _living(bouw)}
    for tabel in (deel.kindgesprek, deel.huisbezoek, deel.veiligheidscheck):
        for _, feit in recent(bouw, tabel):
            one = gevonden.get(feit.plaatsing_id)
            if one is not None and _is_seen(feit):
                one.gezien.append(bouw.kal.dag(feit.datum))
                one.gesproken |= getattr(feit, "alleen", False)
    for _, check in recent(bouw, deel.veiligheidscheck):
        if check.plaatsing_id in gevonden:
            gevonden[check.plaatsing_id].checks.append(bouw.kal.dag(check.datum))
    return list(gevonden.values())


def _living(bouw: Achteraf) -> Iterator[Kandidaat]:
    deel, kal = bouw.deel, bouw.kal
    guides = {feit.plaatsing_id: feit for _, feit in deel.begeleiding.current() if feit.tot is None}
    running = [(positie, feit) for positie, feit in deel.plaatsing.current() if feit.tot is None]
    plekken = Counter(feit.pleegkind_id for _, feit in running)
    met_plan = {feit.pleegkind_id for _, feit in deel.uitzondering.current()}
    for positie, feit in running:
        guide: Begeleiding | None = guides.get(positie)
        if guide is None or feit.pleegkind_id < bouw.vanaf:
            continue
        van = kal.dag(feit.van)
        if plekken[feit.pleegkind_id] == 1 and feit.pleegkind_id not in met_plan and van < kal.vandaag - _LANG_GENOEG:
            gevolgd = guide.medewerker_id == deel.accounts.get(BEGELEIDER.gebruikersnaam)
            yield Kandidaat(feit.pleegkind_id, positie, feit.vorm, van, guide.medewerker_id, gevolgd)


def _is_seen(feit: object) -> bool:
    """Tell whether a fact says that somebody saw the child: a talk face to face, or a visit or check that says so."""
    if hasattr(feit, "doorgegaan") and hasattr(feit, "vorm"):
        return bool(feit.doorgegaan) and feit.vorm is GespreksVorm.FYSIEK
    return bool(getattr(feit, "kind_gezien", None))
