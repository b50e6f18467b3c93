"""Which changed facts can touch a row of an audit: the one place that lists them.

A row reads more than its own child's facts: the family, who else lives and lived there, the signalen about them, and
the team of the begeleider with its name. And a fact may have been another child's when the audit was frozen, or be
another's now. So everything is followed through the versions that held then and those that came since: the *venster*.

What the rows begin to read, gets a line in ``RAAKVLAKKEN``; a test compares drawn histories and fails on a difference
that nothing here explains.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.db.rows import Rows
from app.db.statement import FastStatement
from app.models import Begeleiding, FeitVanKind, Gezinslid, Medewerker, Plaatsing, Signaal, Team, Teamwijziging
from app.models.base import Base, Feit
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.queries.feiten.verplaatst import WEG, reason_may_be_told
from app.terms import Oorzaak

_KINDEREN = bindparam("kinderen", type_=ARRAY(BigInteger))
_ORGANISATIE = bindparam("organisatie", type_=BigInteger)
#: the last recording that the audit knew, its moment, and the moment of knowledge of the comparison
_SINDS = bindparam("sinds", type_=BigInteger)
_BEKEND = bindparam("bekend", type_=DateTime(timezone=True))
_TOT = bindparam("tot", type_=DateTime(timezone=True))
#: the last day that a row of the audit can be about
_LAATSTE_DAG = bindparam("laatste_dag", type_=Date)
_FOREVER: Any = literal_column("'infinity'::timestamptz")


class Bereik(StrEnum):
    """What of a child's row a fact can hang on."""

    KIND = "kind"
    PLAATSING = "plaatsing"
    SIGNAAL = "signaal"
    GEZIN = "gezin"
    GEZINSLID = "gezinslid"
    KRING = "kring"  # every child that ever lived in one of its families, itself included
    BEGELEIDER = "begeleider"
    TEAM = "team"  # each in which a begeleider is said to be or have been


@dataclass(frozen=True, slots=True)
class Raakvlak:
    """One way in which a kind of fact touches a row.

    Attributes:
        naam: what the fact is called.
        model: the table of its versions; or of what is only added to, such as what becomes of a team.
        column: the column by which it is reached, in the version itself or in the one that it replaces.
        bereik: what that column refers to.
        dag: the column with the day on which it happened or began.
        only_if: of a version and the one it replaces, whether the change matters to a row; None: it does.
    """

    naam: str
    model: type[Base]
    column: str
    bereik: Bereik
    dag: str | None = None
    only_if: Callable[[Any, Any], ColumnElement[bool]] | None = None


def _other_team(now: Any, before: Any) -> ColumnElement[bool]:
    """Tell whether somebody's team is another from a day within the quarter or before, or somebody left.

    Of a medewerker a row shows nothing else that can change. Of one membership only its first day can be another one:
    then the days between the two are of another team.
    """
    first_day = case(
        (now.team_id.is_distinct_from(before.team_id), now.team_sinds),
        else_=case((before.team_sinds.is_(None), None), else_=func.least(now.team_sinds, before.team_sinds)),
    )
    changed = or_(now.team_id.is_distinct_from(before.team_id), now.team_sinds.is_distinct_from(before.team_sinds))
    return or_(now.ingetrokken, and_(changed, or_(first_day.is_(None), first_day <= _LAATSTE_DAG)))


_BEREIK_VAN: Final = {
    Eigenaar.PLEEGKIND: Bereik.KIND,
    Eigenaar.PLAATSING: Bereik.PLAATSING,
    Eigenaar.SIGNAAL: Bereik.SIGNAAL,
    Eigenaar.PLEEGGEZIN: Bereik.GEZIN,
    Eigenaar.GEZINSLID: Bereik.GEZINSLID,
}


def _bereik_of(soort: FeitSoort) -> Bereik:
    """Return what of a row a kind hangs on; a child or a family on itself."""
    eigenaar = soort.als_eigenaar if soort.eigenaar is Eigenaar.ZELF else soort.eigenaar
    return _BEREIK_VAN[eigenaar or soort.eigenaar]


RAAKVLAKKEN: Final[tuple[Raakvlak, ...]] = (
    *(Raakvlak(soort.naam, soort.model, soort.eigenaar, _bereik_of(soort), soort.dag) for soort in SOORTEN.values()),
    Raakvlak("plaatsing", Plaatsing, "pleeggezin_id", Bereik.GEZIN, "van"),
    Raakvlak("signaal", Signaal, "pleegkind_id", Bereik.KRING, "datum"),
    Raakvlak("medewerker", Medewerker, "feit_id", Bereik.BEGELEIDER, "team_sinds", only_if=_other_team),
    Raakvlak("team", Teamwijziging, "team_id", Bereik.TEAM, "van"),
)


@lru_cache(maxsize=1)
def changes() -> FastStatement:
    """Build the union of everything recorded since that touches the row of one of ``:kinderen``.

    Its rows: child, kind of fact, oorzaak, uid, day, moment of recording, reason, place in the order of recording.
    """
    reached = _reaches()
    return FastStatement(union(*(part for vlak in RAAKVLAKKEN for part in _touching(vlak, reached[vlak.bereik]))))


def _touching(vlak: Raakvlak, reached: CTE) -> Iterator[Rows]:
    """Yield the changes that are reached by what a version says, and those by what the version before it said."""
    if not issubclass(vlak.model, Feit):
        yield _added(vlak, reached)
        return
    now, before = aliased(vlak.model), aliased(vlak.model)
    shown = select(reached.c.kind, *_shown(vlak, now)).where(_is_new(now))
    if vlak.only_if is None:
        yield shown.join(reached, reached.c.sleutel == getattr(now, vlak.column))
    shown = shown.join(before, before.id == now.vervangt_id)
    if vlak.only_if is not None:
        shown = shown.where(vlak.only_if(now, before))
    yield shown.join(reached, reached.c.sleutel == getattr(before, vlak.column))


def _added(vlak: Raakvlak, reached: CTE) -> Rows:
    """Select what became of a team from a day within the quarter or before; last, as it has no place in the order."""
    rij: Any = aliased(vlak.model)
    said = [cast(literal_column(f"'{text}'"), Text) for text in (vlak.naam, Oorzaak.LATE_INVOER.value)]
    no_reason, last = cast(literal_column("NULL"), Text), cast(literal_column(str(2**63 - 1)), BigInteger)
    return (
        select(reached.c.kind, *said, Team.uid, getattr(rij, vlak.dag or ""), rij.vastgelegd_op, no_reason, last)
        .join(rij, getattr(rij, vlak.column) == reached.c.sleutel)
        .join(Team, Team.id == rij.team_id)
        .where(
            rij.organisatie_id == _ORGANISATIE,
            rij.van <= _LAATSTE_DAG,
            rij.vastgelegd_op > _BEKEND,
            rij.vastgelegd_op <= func.coalesce(_TOT, _FOREVER),
        )
    )


def _shown(vlak: Raakvlak, version: Any) -> list[Any]:
    return [
        cast(literal_column(f"'{vlak.naam}'"), Text),
        cast(_oorzaak(vlak, version), Text),
        version.uid,
        cast(getattr(version, vlak.dag) if vlak.dag else literal_column("NULL"), Date),
        version.vastgelegd_op,
        _reden(version),
        version.volgorde,
    ]


def _reden(version: Any) -> ColumnElement[str]:
    """Return why there is a version; of before the fact was moved that stands in another child's words."""
    told = or_(version.wijzigingsreden.is_(None), reason_may_be_told(version))
    return case((told, version.wijzigingsreden), else_=cast(literal_column(f"'{WEG}'"), Text))


def _oorzaak(vlak: Raakvlak, version: Any) -> ColumnElement[str]:
    """Return what a version is: of a fact that was moved both the withdrawal and the new fact are the move."""
    moved = []
    if issubclass(vlak.model, FeitVanKind):
        went_or_came = or_(version.verplaatst_naar.is_not(None), version.verplaatst_van.is_not(None))
        moved = [(went_or_came, Oorzaak.VERPLAATSING.value)]
    return case(
        *moved,
        (version.ingetrokken, Oorzaak.INTREKKING.value),
        (version.versie > 1, Oorzaak.CORRECTIE.value),
        else_=Oorzaak.LATE_INVOER.value,
    )


def _is_new(version: Any) -> ColumnElement[bool]:
    """Return that the audit did not know a version yet: recorded since, or known only from a later moment."""
    return and_(
        version.organisatie_id == _ORGANISATIE,
        or_(version.volgorde > _SINDS, version.vastgelegd_op > _BEKEND),
        version.vastgelegd_op <= func.coalesce(_TOT, _FOREVER),
    )


def _in_venster(version: Any, model: type[Feit]) -> ColumnElement[bool]:
    """Return that a version held when the audit was frozen, or came since."""
    later = aliased(model)
    return not_(exists(later.id).where(later.vervangt_id == version.id, later.volgorde <= _SINDS))


def _reaches() -> dict[Bereik, CTE]:
    """Return per bereik the pairs of a child and what its row reaches."""
    placed = (
        select(Plaatsing.pleegkind_id.label("kind"), Plaatsing.feit_id.label("sleutel"), Plaatsing.pleeggezin_id)
        .where(Plaatsing.pleegkind_id == _KINDEREN.any_(), _in_venster(Plaatsing, Plaatsing))
        .distinct()
        .cte("van_plaatsing")
    )
    gezin = select(placed.c.kind, placed.c.pleeggezin_id.label("sleutel")).distinct().cte("van_gezin")
    kind: Any = select(func.unnest(_KINDEREN).label("kind")).subquery("kinderen")
    own = select(kind.c.kind, kind.c.kind.label("sleutel"))
    there = aliased(Plaatsing)
    kring = union(
        own,
        select(gezin.c.kind, there.pleegkind_id).join(
            there, and_(there.pleeggezin_id == gezin.c.sleutel, _in_venster(there, Plaatsing))
        ),
    )

    def beyond(reached: CTE, model: Any, column: Any, key: Any) -> Rows:
        """Select what hangs by a column on what is reached."""
        hung = and_(column == reached.c.sleutel, _in_venster(model, model))
        return select(reached.c.kind, key.label("sleutel")).join(model, hung).distinct()

    begeleider = beyond(placed, Begeleiding, Begeleiding.plaatsing_id, Begeleiding.medewerker_id).cte("van_begeleider")
    return {
        Bereik.KIND: own.cte("van_kind"),
        Bereik.PLAATSING: placed,
        Bereik.GEZIN: gezin,
        Bereik.KRING: kring.cte("van_kring"),
        Bereik.SIGNAAL: beyond(own.cte("van_zelf"), Signaal, Signaal.pleegkind_id, Signaal.feit_id).cte("van_signaal"),
        Bereik.GEZINSLID: beyond(gezin, Gezinslid, Gezinslid.pleeggezin_id, Gezinslid.feit_id).cte("van_gezinslid"),
        Bereik.BEGELEIDER: begeleider,
        # Every team that was ever said to be theirs: which one held on a day follows from all of the versions.
        Bereik.TEAM: select(begeleider.c.kind, Medewerker.team_id.label("sleutel"))
        .join(Medewerker, Medewerker.feit_id == begeleider.c.sleutel)
        .where(Medewerker.team_id.is_not(None))
        .distinct()
        .cte("van_team"),
    }
