"""A frozen audit beside what is known now, and why they differ; and beside the quarter before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import Text, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.lib.progress import Progress
from app.models import (
    EigenNorm,
    Kwartaaltoets,
    KwartaaltoetsRegel,
    NormBeeindiging,
    Vernietiging,
    VernietigingStap,
)
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.kwartaaltoets.vergelijking import Kindverloop, Regelverschil, compare, follow
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud, newest_kwartaaltoets
from app.queries.kwartaaltoetsen.raakvlakken import changes
from app.queries.kwartaaltoetsen.rijen import Toetsregel, iterate_toetsregels
from app.terms import Oorzaak


@dataclass(frozen=True, slots=True)
class Verschilaanleiding:
    """Something recorded since the audit that can explain a difference.

    Attributes:
        oorzaak: late entry, correction, withdrawal, move to another child's file, a norm version, or a file that was
            destroyed.
        soort: kind of fact; ``norm`` for a norm version, ``team`` for what became of a team, ``vernietiging`` for what
            was done to destroy a file.
        id: of that.
        datum: on which it happened or begins; None where it has no day.
        vastgelegd_op: when it was recorded.
        reden: why it was corrected, withdrawn or moved.
    """

    oorzaak: Oorzaak
    soort: str
    id: UUID
    datum: date | None
    vastgelegd_op: datetime
    reden: str | None


@dataclass(frozen=True, slots=True)
class Verklaring:
    """A child whose row differs, and what was recorded since that touches its row."""

    verschil: Regelverschil
    aanleidingen: tuple[Verschilaanleiding, ...]


def compare_with_now(
    session: Session, toets: Kwartaaltoets, bekend_op: datetime | None = None, progress: Progress | None = None
) -> list[Verklaring]:
    """Return the children about whom the same audit would say something else with what is known at ``bekend_op``.

    Args:
        session: reads.
        toets: the audit.
        bekend_op: the moment of knowledge; None for now.
        progress: hears how far the recomputation is.
    """
    kwartaal = Kwartaal.parse(toets.kwartaal)
    now = iterate_toetsregels(session, toets.organisatie_id, kwartaal, bekend_op, progress)
    was, wordt = keep_unequal(iterate_inhoud(session, toets.id), now)
    verschillen = compare(was, (regel.inhoud for regel in wordt))
    keys = {_id(regel.inhoud): regel.pleegkind_id for regel in wordt} | _stored_keys(session, toets, was)
    found = _recorded_since(session, toets, [keys[one.pleegkind_id] for one in verschillen], bekend_op)
    normen, vernietigd = _norms_since(session, toets, bekend_op), _destroyed_since(session, toets)
    verklaringen = []
    for one in verschillen:
        kind = keys[one.pleegkind_id]
        causes = (*found.get(kind, ()), *vernietigd.get(kind, ()), *normen)
        # What a destroyed file said of the family, nothing says any more: then each that went can be the cause.
        verklaringen.append(Verklaring(one, causes or tuple(chain.from_iterable(vernietigd.values()))))
    return verklaringen


def keep_unequal(was: Iterable[RegelInhoud], wordt: Iterable[Toetsregel]) -> tuple[list[RegelInhoud], list[Toetsregel]]:
    """Return of two audits the rows that have no equal in the other, without ever holding one of them whole.

    Both come by nummer. A row beside which no equal lies is kept: in another order more would be, and nothing lost.
    """
    before, after = iter(was), iter(wordt)
    kept: tuple[list[RegelInhoud], list[Toetsregel]] = [], []
    old, new = next(before, None), next(after, None)
    while old is not None and new is not None:
        first, second = old["pleegkind"]["nummer"], new.inhoud["pleegkind"]["nummer"]
        if old != new.inhoud:
            kept[0].extend([old] if first <= second else [])
            kept[1].extend([new] if second <= first else [])
        old = next(before, None) if first <= second else old
        new = next(after, None) if second <= first else new
    kept[0].extend(chain([] if old is None else [old], before))
    kept[1].extend(chain([] if new is None else [new], after))
    return kept


def compare_with_previous(session: Session, toets: Kwartaaltoets) -> tuple[Kwartaaltoets | None, list[Kindverloop]]:
    """Return the audit of the quarter before with how each child went since; None when that was never audited."""
    vorige = newest_kwartaaltoets(session, toets.organisatie_id, Kwartaal.parse(toets.kwartaal).vorige)
    if vorige is None:
        return None, []
    return vorige, follow(iterate_inhoud(session, vorige.id), iterate_inhoud(session, toets.id))


def _stored_keys(session: Session, toets: Kwartaaltoets, regels: Iterable[RegelInhoud]) -> dict[str, int]:
    uid = KwartaaltoetsRegel.inhoud["pleegkind"]["id"].astext
    asked = bindparam("ids", list(map(_id, regels)), type_=ARRAY(Text)).any_()
    rows = session.execute(
        select(uid, KwartaaltoetsRegel.pleegkind_id).where(KwartaaltoetsRegel.toets_id == toets.id, uid == asked)
    )
    return {str(text): key for text, key in rows}


def _id(regel: RegelInhoud) -> str:
    return regel["pleegkind"]["id"]


def _recorded_since(
    session: Session, toets: Kwartaaltoets, kinderen: Sequence[int], bekend_op: datetime | None
) -> Mapping[int, Sequence[Verschilaanleiding]]:
    """Return per child what was recorded after the audit's last recording and touches its row."""
    if not kinderen:
        return {}
    wanted = {"kinderen": list(kinderen), "sinds": toets.volgorde, "bekend": toets.bekend_op, "tot": bekend_op}
    last = Kwartaal.parse(toets.kwartaal).laatste_dag
    rows = changes().rows(session, organisatie=toets.organisatie_id, laatste_dag=last, **wanted)
    found: dict[int, list[Verschilaanleiding]] = defaultdict(list)
    for kind, *rest in sorted(rows, key=lambda row: row[-1]):
        soort, oorzaak, uid, datum, op, reden, _ = rest
        found[kind].append(Verschilaanleiding(Oorzaak(oorzaak), soort, uid, datum, op, reden))
    return found


def _norms_since(session: Session, toets: Kwartaaltoets, bekend_op: datetime | None) -> tuple[Verschilaanleiding, ...]:
    """Return the norm versions that were recorded since and hold in the quarter, and those that ended in it since."""
    last = Kwartaal.parse(toets.kwartaal).laatste_dag
    begun = select(EigenNorm.uid, EigenNorm.geldig_van, EigenNorm.vastgelegd_op, EigenNorm.toelichting)
    ended = select(EigenNorm.uid, NormBeeindiging.vanaf, NormBeeindiging.vastgelegd_op, NormBeeindiging.reden).join(
        EigenNorm, EigenNorm.id == NormBeeindiging.eigen_norm_id
    )
    found: list[Verschilaanleiding] = []
    for statement, rij, day in (
        (begun, EigenNorm, EigenNorm.geldig_van),
        (ended, NormBeeindiging, NormBeeindiging.vanaf),
    ):
        since = statement.where(
            rij.organisatie_id == toets.organisatie_id,
            rij.vastgelegd_op > toets.bekend_op,
            day <= last,
            *([rij.vastgelegd_op <= bekend_op] if bekend_op else []),
        )
        rows = session.execute(since.order_by(rij.id))
        found += [Verschilaanleiding(Oorzaak.NORMVERSIE, "norm", *row) for row in rows]
    return tuple(found)


def _destroyed_since(session: Session, toets: Kwartaaltoets) -> Mapping[int, Sequence[Verschilaanleiding]]:
    """Return per child what was done since to destroy its file: its facts are gone, whatever one wants to know of."""
    statement = (
        select(Vernietiging.pleegkind_id, Vernietiging.uid, VernietigingStap.op)
        .join(VernietigingStap, VernietigingStap.vernietiging_id == Vernietiging.id)
        .where(Vernietiging.organisatie_id == toets.organisatie_id, VernietigingStap.op > toets.bekend_op)
        .order_by(VernietigingStap.id)
    )
    found: dict[int, list[Verschilaanleiding]] = defaultdict(list)
    for kind, uid, op in session.execute(statement):
        found[kind].append(Verschilaanleiding(Oorzaak.VERNIETIGING, "vernietiging", uid, None, op, None))
    return found
