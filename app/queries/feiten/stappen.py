"""Everything that was done about one signaal: the steps of its meldcode and its opvolging, each with who took it."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, CompoundSelect, Text, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app.db.rows import Columns, Rows
from app.models import Medewerker, Meldcodestap, Opvolgstap
from app.models.versions import holds, newest


def list_stappen_of_signaal(session: Session, signaal: int) -> list[dict[str, Any]]:
    """Return the steps about a signaal (feit_id, of a child that the reader was found to see), the first first.

    Each has ``soort``, ``uid``, ``stap``, ``datum``, ``toelichting``, ``met``, ``besluit``, ``veilig_thuis`` and the
    ``naam`` of who took it; what its kind does not know is None, and a step of the meldcode is its number as text.
    """
    rows = session.execute(_statement(), {"signaal": signaal}).mappings()
    return sorted(map(dict, rows), key=lambda row: (row["datum"], row["uid"]))


@lru_cache(maxsize=1)
def _statement() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(
        _branch(Opvolgstap, met=Opvolgstap.met, besluit=Opvolgstap.besluit),
        _branch(Meldcodestap, veilig_thuis=Meldcodestap.veilig_thuis),
    )


def _branch(model: Any, *, met: Any = None, besluit: Any = None, veilig_thuis: Any = None) -> Rows:
    door = aliased(Medewerker)
    own = {"met": met, "besluit": besluit, "veilig_thuis": veilig_thuis}
    told = (cast(null() if column is None else column, Text).label(name) for name, column in own.items())
    columns: Columns = [
        literal(model.__tablename__).label("soort"),
        model.uid,
        cast(model.stap, Text).label("stap"),
        model.datum,
        model.toelichting,
        *told,
        door.naam,
    ]
    return (
        select(*columns)
        .join(door, (door.feit_id == model.medewerker_id) & newest(door))
        .where(model.signaal_id == bindparam("signaal", type_=BigInteger), holds(model))
    )
