"""Every version of every fact of one child, in the order of its timeline: what was corrected and withdrawn as well."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from app.db.rows import Regel, Rows
from app.models.soorten import SOORTEN_VAN_KIND, FeitSoort
from app.queries.dossier.inhoud import Inhoud, Toner, plain
from app.queries.feiten.eigenaren import is_in_file, is_of_child
from app.queries.feiten.late_registratie import is_late
from app.queries.feiten.regels import feit_select
from app.queries.feiten.verplaatst import NAAR

_LAAT: Final = "_laat"
_NEVER: Final = "9999"  # what has no day of its own comes first


def list_feiten_of_kind(session: Session, kinderen: Sequence[int], toner: Toner) -> list[Inhoud]:
    """Return every fact of a child with all its versions, the newest day first; the caller may see the child.

    Args:
        session: reads.
        kinderen: feit_ids of the child: of its file, and of the files that went up in it.
        toner: shows the rows.
    """
    found = [feit for soort in SOORTEN_VAN_KIND for feit in _feiten(session, soort, kinderen, toner)]
    return sorted(found, key=lambda feit: (feit["datum"] or _NEVER, feit["id"]), reverse=True)


def _feiten(session: Session, soort: FeitSoort, kinderen: Sequence[int], toner: Toner) -> Iterator[Inhoud]:
    for uid, rows in groupby(session.execute(_versions(soort, kinderen)).mappings(), lambda row: row["uid"]):
        yield _feit(soort, uid, [dict(row) for row in rows], toner)


def _feit(soort: FeitSoort, uid: UUID, rows: list[Regel], toner: Toner) -> Inhoud:
    last = rows[-1]
    moved = last.get(NAAR) is not None
    return {
        "soort": soort.naam,
        "id": str(uid),
        "nummer": toner.weglating.clean(last["nummer"]),
        "datum": plain(last[soort.dag]) if soort.dag else None,
        "ingetrokken": last["ingetrokken"],
        "verplaatst": moved,
        "versies": [_moved_version(soort, row, toner) if moved else _version(soort, row, toner) for row in rows],
    }


def _version(soort: FeitSoort, row: Regel, toner: Toner) -> Inhoud:
    whole = toner.show(soort.naam, row)
    about = {
        name: whole[name] for name in ("versie", "ingetrokken", "wijzigingsreden", "vastgelegdOp", "vastgelegdDoor")
    }
    return {
        **about,
        "laatGeregistreerd": row[_LAAT],
        "inhoud": toner.show(soort.naam, row, content_only=True),
    }


def _moved_version(soort: FeitSoort, row: Regel, toner: Toner) -> Inhoud:
    """Return what is told of a version of what is another child's: when and by whom, and why it went; nothing else."""
    why = toner.show(soort.naam, row)["wijzigingsreden"] if row["ingetrokken"] else None
    return {**_version(soort, row, toner), "wijzigingsreden": why, "laatGeregistreerd": False, "inhoud": {}}


def _versions(soort: FeitSoort, kinderen: Sequence[int]) -> Rows:
    """Select the versions of a kind of fact that are of the child, of facts that still are; by fact, then version.

    A fact that was corrected to be another child's is about that child; what came by itself from a fact of a third
    party tells of them.
    """
    model = soort.model
    late = is_late(soort, model, getattr(model, soort.dag) if soort.dag else None)
    return (
        feit_select(soort.model)
        .add_columns(late.label(_LAAT))
        .where(
            or_(*(is_of_child(soort, model, kind) for kind in kinderen)),
            or_(*(is_in_file(soort, kind) for kind in kinderen)),
            *([getattr(model, soort.van_derde).is_(None)] if soort.van_derde else ()),
        )
        .order_by(model.uid, model.versie)
    )
