"""Everything recorded about a child in one list, newest first."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Select,
    String,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.models import Plaatsing, Signaal
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.models.versions import holds
from app.queries.keyset import Key, KeysetQuery, Page, Window

#: What of each kind stands on the timeline: codes and yes/no, no names and no free text.
_KENMERKEN: Mapping[str, tuple[str, ...]] = {
    "kindgesprek": ("doorgegaan", "alleen", "vorm", "veiligheid_besproken", "reden_niet_alleen"),
    "veiligheidscheck": ("instrument", "uitkomst"),
    "huisbezoek": (),
    "begeleiding": ("tot",),
    "casuistiekbespreking": ("multidisciplinair", "ruisfactor"),
    "ontwikkelbeeld": (),
    "hulpverleningsplan": (),
    "vertrouwenspersoon": ("soort",),
    "pleegoudervoogdgesprek": (),
    "signaal": ("soort", "vraagt_veiligheidscheck", "calamiteit", "onthulling"),
    "meldcodestap": ("stap", "veilig_thuis"),
    "ruisscore": ("code", "geldt_tot"),
    "maatregel": ("soort", "tot"),
    "uitzondering": ("normen", "herzien_uiterlijk"),
    "plaatsing": ("vorm", "zorgvorm", "tot", "eindreden"),
}
#: Kinds for which late recording is a figure of its own (``domein.md`` §6).
_LATE = frozenset(
    {
        "kindgesprek",
        "veiligheidscheck",
        "huisbezoek",
        "casuistiekbespreking",
        "ontwikkelbeeld",
        "hulpverleningsplan",
        "pleegoudervoogdgesprek",
    }
)
_LATE_AFTER_DAYS = 14


def list_tijdlijn(session: Session, kind: int, page: Page, bekend_op: datetime | None) -> Window[Any]:
    """Return a page of a child's timeline; the caller has checked that the child is visible."""
    query = _tijdlijn(then=bekend_op is not None)
    return query.fetch(session, page, {"kind": kind, "bekend_op": bekend_op})


@lru_cache(maxsize=2)
def _tijdlijn(*, then: bool) -> KeysetQuery:
    """Build the union over all kinds once."""
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    whole = union_all(*(_branch(SOORTEN[naam], moment) for naam in _KENMERKEN)).subquery("tijdlijn")
    return KeysetQuery(
        select(whole), Key("datum", whole.c.datum, descending=True), Key("uid", whole.c.uid, descending=True)
    )


def _branch(soort: FeitSoort, moment: Any) -> Select[Any]:
    model: Any = soort.model
    day = getattr(model, soort.dag or "datum")
    pairs = [
        part
        for name in _KENMERKEN[soort.naam]
        for part in (literal_column(f"'{_camel(name)}'", Text), getattr(model, name))
    ]
    return select(
        model.uid,
        cast(literal_column(f"'{soort.naam}'"), String).label("soort"),
        cast(day, Date).label("datum"),
        model.nummer,
        model.versie,
        model.vastgelegd_op,
        _is_late(soort, model, day).label("laat_geregistreerd"),
        cast(func.jsonb_build_object(*pairs), JSONB).label("kenmerken"),
    ).where(_is_of_child(soort, bindparam("kind", type_=BigInteger)), holds(model, moment))


def _is_of_child(soort: FeitSoort, kind: Any) -> Any:
    """Return the condition that a fact belongs to a child, by whatever it hangs on."""
    model: Any = soort.model
    if soort.eigenaar is Eigenaar.PLEEGKIND:
        return model.pleegkind_id == kind
    if soort.eigenaar is Eigenaar.SIGNAAL:
        return model.signaal_id.in_(select(Signaal.feit_id).where(Signaal.pleegkind_id == kind))
    return model.plaatsing_id.in_(select(Plaatsing.feit_id).where(Plaatsing.pleegkind_id == kind))


def _is_late(soort: FeitSoort, model: Any, day: Any) -> Any:
    """Return whether a fact was first recorded more than 14 days after it happened.

    The first version's moment counts, unless a correction changed the day: then that correction's.
    """
    if soort.naam not in _LATE:
        return literal_column("false")
    versions = model.__table__.alias()
    first = (
        select(func.min(versions.c.vastgelegd_op))
        .where(
            func.coalesce(versions.c.eerste_id, versions.c.id) == model.feit_id,
            versions.c[soort.dag] == day,
            versions.c.versie <= model.versie,
        )
        .scalar_subquery()
    )
    since = case((model.versie == 1, model.vastgelegd_op), else_=first)
    return cast(func.timezone("Europe/Amsterdam", since), Date) > day + _LATE_AFTER_DAYS


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
