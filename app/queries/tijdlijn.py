"""Everything recorded about a child in one list, newest first."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    RowMapping,
    Select,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds
from app.queries.eigenaren import is_of_children
from app.queries.keyset import Key, KeysetQuery, Page, Window
from app.queries.late_registratie import is_late

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


def list_tijdlijn(session: Session, kind: int, page: Page, bekend_op: datetime | None) -> Window[RowMapping]:
    """Return a page of a child's timeline; the caller has checked that the child is visible."""
    query = _tijdlijn(then=bekend_op is not None)
    return query.fetch_mappings(session, page, {"kind": kind, "bekend_op": bekend_op})


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
        is_late(soort, model, day).label("laat_geregistreerd"),
        cast(func.jsonb_build_object(*pairs), JSONB).label("kenmerken"),
    ).where(is_of_children(soort.eigenaar, model, [bindparam("kind", type_=BigInteger)], moment), holds(model, moment))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
