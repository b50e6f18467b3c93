"""Move a fact that was recorded with the wrong child: withdrawn in the first file, and new in the right one.

What the file said before is not made different: the fact is known of the right child from the move on, and only
whether it was recorded late is counted from when the first file said so.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose
from app.errors import BadInput, Conflict, NotFound, fault
from app.lib.ids import new_uid
from app.models import Feit, Plaatsing
from app.models.base import content_columns
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.models.versions import holds, newest
from app.queries.feiten.eigenaren import child_key
from app.queries.feiten.late_registratie import said_since
from app.queries.feiten.regels import FeitRegel, get_feit_key, get_written
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.services.extra_inzetten import reopen_closed_by
from app.services.feiten.checks import check_backdating, check_values, resolve_references
from app.services.feiten.eigen_regels import rules_of
from app.services.feiten.recording import RequestTime, VersionCheck, lock_version, refresh, voided_approval
from app.services.feiten.versions import Recording, record_feit, replace_feit

Values = Mapping[str, Any]


class ZelfdeKind(Conflict):
    """The fact is about this child already."""

    code = "zelfde_kind"
    detail = "Dit hoort al bij dit kind. Gebruik een correctie om iets te wijzigen."


def move(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    waarheen: Values,
    moment: RequestTime,
    *,
    check_version: VersionCheck,
) -> FeitRegel:
    """Move a fact, with what hangs on it, to another child, and return the new one.

    Args:
        session: the transaction; the caller commits.
        actor: who moves, with the right to change both files.
        soort: which kind.
        uid: of the fact.
        waarheen: uid of the child, plaatsing or signaal by column, and ``wijzigingsreden``.
        moment: now and today.
        check_version: compares with the version that the client saw.

    Raises:
        NotFound, Forbidden: the first file is not the actor's to see, or to change; Forbidden also of the second.
        BadInput: the second is not there for the actor, or the content does not fit there.
        Conflict: it was withdrawn, belongs to that child already, or contradicts what is recorded there.
    """
    recording, current = lock_version(session, actor, soort, uid, moment, check_version)
    owner = _find_owner(session, actor, soort, current, waarheen, moment.vandaag)
    _refuse_same_child(session, soort, getattr(current, soort.eigenaar), owner)
    moved = _Verplaatsing(recording, actor, moment, waarheen["wijzigingsreden"])
    new = moved.take(soort, current, owner, _named(session, actor, soort, waarheen))
    moved.take_along(soort, current, new)
    reopen_closed_by(session, actor, moved.uids, moment)
    refresh(session, soort, [current, new], moment)
    return get_written(session, soort, new.uid)


class _Verplaatsing:
    """One move under way, of a fact and of what hangs on it."""

    def __init__(self, recording: Recording, actor: Actor, moment: RequestTime, reden: str) -> None:
        self._recording, self._actor, self._moment, self._reden = recording, actor, moment, reden
        #: of what was moved, as it was called in the first file
        self.uids: list[UUID] = []

    def take(self, soort: FeitSoort, current: Any, owner: int, named: Values, *, along: bool = False) -> Any:
        """Withdraw one fact and record it anew under another owner, where it must satisfy what any new fact must.

        ``named`` is what it refers to there.
        """
        session = self._recording.session
        content = self._content(soort, current, {soort.eigenaar.value: owner, **named})
        content |= voided_approval(self._actor, soort, {})
        check_values(session, soort, content, self._moment.vandaag, along=along)
        check_backdating(soort, content, None, self._moment.vandaag)
        rules_of(soort).botst(session, content, None)
        self.uids.append(current.uid)
        return self._record(soort, current, content)

    def take_along(self, soort: FeitSoort, current: Feit, new: Any) -> None:
        """Move what hangs on a fact, and what is about it, along with it; and so on for each of those."""
        session = self._recording.session
        for kind, one in _hanging(session, soort, current):
            if one.ingetrokken:
                self._take_withdrawn(kind, one, {kind.eigenaar.value: new.feit_id})
            else:
                self.take_along(kind, one, self.take(kind, one, new.feit_id, {}, along=True))
        for kind, column, one in _about(session, soort, current):
            child = session.scalar(select(child_key(soort.eigenaar, literal(getattr(new, soort.eigenaar)))))
            if one.ingetrokken:
                self._take_withdrawn(kind, one, {kind.eigenaar.value: child or 0, column: new.feit_id})
            else:
                self.take(kind, one, child or 0, {column: new.feit_id}, along=True)

    def _take_withdrawn(self, soort: FeitSoort, current: Any, named: Values) -> None:
        """Take along what was withdrawn before: its words are of the other child too; there it is withdrawn as well.

        It is not judged anew: it holds nowhere.
        """
        reden = current.wijzigingsreden or ""
        there = self._record(soort, current, self._content(soort, current, named))
        replace_feit(self._recording, there, {}, reden=reden, withdraw=True)

    def _content(self, soort: FeitSoort, current: Any, named: Values) -> dict[str, Any]:
        """Return what a fact says of the other child; ``named`` is what it refers to there."""
        said = {name: getattr(current, name) for name in content_columns(soort.model)}
        return {**said, **dict.fromkeys(soort.blijft_achter), **named}

    def _record(self, soort: FeitSoort, current: Any, content: Values) -> Any:
        """Withdraw a fact here, and record what it says of the other child; each names the other."""
        uid, since = new_uid(), said_since(self._recording.session, soort, current)
        replace_feit(self._recording, current, {"verplaatst_naar": uid}, reden=self._reden, withdraw=True)
        came = {"uid": uid, "verplaatst_van": current.uid, "eerst_vastgelegd_op": since}
        return record_feit(self._recording, soort.model, {**content, **came, "wijzigingsreden": self._reden})


def _named(session: Session, actor: Actor, soort: FeitSoort, waarheen: Values) -> Values:
    """Return what a fact refers to in the file where it goes, as it was named with the move.

    Raises:
        BadInput: there is none of that in the organisatie.
    """
    named = {column: waarheen[column] for column in soort.gaat_mee if waarheen.get(column) is not None}
    return resolve_references(session, actor.organisatie_id, soort, named)


def _hanging(session: Session, soort: FeitSoort, current: Feit) -> Iterator[tuple[FeitSoort, Feit]]:
    for kind in SOORTEN.values():
        if kind.eigenaar is soort.als_eigenaar and soort.eigenaar is Eigenaar.PLEEGKIND:
            yield from ((kind, one) for one in _referring(session, kind, kind.eigenaar, current))


def _about(session: Session, soort: FeitSoort, current: Feit) -> Iterator[tuple[FeitSoort, str, Feit]]:
    for kind in SOORTEN.values():
        for column in kind.gaat_mee:
            if kind.model.REFERENCES[column] == soort.naam:
                yield from ((kind, column, one) for one in _referring(session, kind, column, current))


def _referring(session: Session, kind: FeitSoort, column: str, current: Feit) -> Sequence[Feit]:
    model: Any = kind.model
    of_this = select(model).where(
        getattr(model, column) == current.feit_id, newest(model), model.verplaatst_naar.is_(None)
    )
    return session.scalars(of_this.order_by(model.feit_id)).all()


def _refuse_same_child(session: Session, soort: FeitSoort, *owners: int) -> None:
    """Refuse a move within one file."""
    van, naar = (session.scalar(select(child_key(soort.eigenaar, literal(owner)))) for owner in owners)
    if van == naar:
        raise ZelfdeKind


def _find_owner(session: Session, actor: Actor, soort: FeitSoort, current: Any, waarheen: Values, vandaag: date) -> int:
    """Return the feit_id of what the fact will hang on, found through the actor's scope.

    Raises:
        BadInput: there is none for the actor, or more than one fits.
        Forbidden: the actor may see it, and no more.
    """
    column = soort.eigenaar.value
    uid = waarheen[column]
    if soort.eigenaar is Eigenaar.PLAATSING and (uid is None) == (waarheen["pleegkind_id"] is None):
        raise BadInput(fault(column, "verplicht", "Noem de plaatsing of het kind: een van de twee."))
    named = column if uid is not None else "pleegkind_id"
    try:
        if named == "pleegkind_id":
            kind = get_pleegkind_key(session, actor, waarheen[named], vandaag, Purpose.WRITE)
            return kind if soort.eigenaar is Eigenaar.PLEEGKIND else _only_plaatsing(session, soort, current, kind)
        return get_feit_key(session, actor, SOORTEN[named.removesuffix("_id")], uid, vandaag, Purpose.WRITE)
    except NotFound:
        noun = named.removesuffix("_id")
        raise BadInput(fault(named, "onbekende_verwijzing", f"Er is geen {noun} met deze id.")) from None


def _only_plaatsing(session: Session, soort: FeitSoort, current: Any, kind: int) -> int:
    """Return the one plaatsing of a child in which the fact's day falls."""
    day = getattr(current, soort.dag or "datum")
    fits = select(Plaatsing.feit_id).where(
        Plaatsing.pleegkind_id == kind,
        Plaatsing.van <= day,
        or_(Plaatsing.tot.is_(None), Plaatsing.tot >= day),
        holds(Plaatsing),
    )
    found = session.scalars(fits).all()
    if len(found) != 1:
        zin = "Dit kind heeft op deze dag niet precies een plaatsing. Noem de plaatsing."
        raise BadInput(fault("plaatsing_id", "verplicht", zin))
    return found[0]
