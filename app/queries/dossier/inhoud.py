"""From stored rows to what a child is given of them: each column by its place, third parties taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.dossierkolommen import KOLOMMEN
from app.access.weglating import NAAM_WEG, WOORDEN_WEG, Weglating, without_bsn
from app.db.rows import Regel
from app.models import Medewerker, Plaatsing, Pleeggezin
from app.models.plaats import VERSIE, Plaats
from app.models.versions import newest

Inhoud = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Toner:
    """Shows the rows of one child's file.

    Attributes:
        weglating: takes names and BSNs out of text.
        medewerkers: who works or worked at the organisatie, by id and by key: naam and rol.
        gezinnen: the child's families: what each is called here.
        eigen_woorden: whether what the child said is shown.
    """

    weglating: Weglating
    medewerkers: Mapping[UUID | int, Inhoud]
    gezinnen: Mapping[UUID, str]
    eigen_woorden: bool

    def show(self, tabel: str, row: Regel, *, content_only: bool = False) -> Inhoud:
        """Return the columns of a row that have a place; of a fact, if so asked, without what every version has."""
        shown: Inhoud = {}
        for column, plaats in KOLOMMEN[tabel].items():
            if plaats is Plaats.WEG or column not in row or (content_only and column in VERSIE):
                continue
            shown[_name(column, plaats)] = self.value(plaats, row[column])
        return shown

    def value(self, plaats: Plaats, value: Any) -> Any:
        """Return one value by its place; what has none that shows something is the name of a third party."""
        if value is None:
            return None
        if isinstance(value, list):
            return [self.value(plaats, item) for item in value]
        if plaats in (Plaats.TONEN, Plaats.FEIT):
            return plain(value)
        if plaats in (Plaats.TEKST, Plaats.EIGEN_WOORDEN):
            return self._words(plaats, value)
        if plaats is Plaats.MEDEWERKER:
            return self.medewerkers.get(value, {"naam": NAAM_WEG, "rol": None})
        return self.gezinnen.get(value, "een pleeggezin") if plaats is Plaats.GEZIN else NAAM_WEG

    def _words(self, plaats: Plaats, value: Any) -> Any:
        if plaats is Plaats.EIGEN_WOORDEN and not self.eigen_woorden:
            return WOORDEN_WEG
        return self.weglating.clean(value) if isinstance(value, str) else plain(value)


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days as JJJJ-MM-DD, instants in UTC with Z; a BSN never."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return without_bsn(value)
    return str(value) if isinstance(value, date | UUID) else value


def list_medewerkers_by_key(session: Session, organisatie_id: int) -> dict[UUID | int, Inhoud]:
    """Return name and rol of everybody who works or worked at the organisatie, by uid and by feit_id."""
    wanted = [column for column, plaats in KOLOMMEN["medewerker"].items() if plaats is Plaats.TONEN]
    statement = select(Medewerker).where(Medewerker.organisatie_id == organisatie_id, newest(Medewerker))
    found: dict[UUID | int, Inhoud] = {}
    for one in session.scalars(statement):
        found[one.uid] = found[one.feit_id] = {column: plain(getattr(one, column)) for column in wanted}
    return found


def number_gezinnen(session: Session, kinderen: Sequence[int]) -> dict[UUID, str]:
    """Return what each family of a child is called in its file, in the order in which the child came there.

    Args:
        session: reads.
        kinderen: feit_ids of the child: of its file, and of the files that went up in it.
    """
    statement = (
        select(Pleeggezin.uid)
        .join(Plaatsing, Plaatsing.pleeggezin_id == Pleeggezin.id)
        .where(Plaatsing.pleegkind_id.in_(kinderen))
        .order_by(Plaatsing.van, Plaatsing.id)
    )
    in_order = dict.fromkeys(session.scalars(statement))
    return {uid: f"pleeggezin {number}" for number, uid in enumerate(in_order, start=1)}


def _name(column: str, plaats: Plaats) -> str:
    """Return the name of a column in JSON: what is not an id any more is not called one."""
    kept = column if plaats is Plaats.FEIT else column.removesuffix("_id")
    return camel("id" if column == "uid" else kept)


def camel(name: str) -> str:
    """Return a name as JSON has it."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
