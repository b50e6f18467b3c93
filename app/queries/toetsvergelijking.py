"""A frozen audit beside what is known now, and why they differ; and beside the quarter before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.models import EigenNorm, Gezinslid, Kwartaaltoets, KwartaaltoetsRegel, Plaatsing, Signaal
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.queries.fast import FastStatement
from app.queries.kwartaaltoetsen import iterate_inhoud, newest_kwartaaltoets
from app.queries.oordelen import Progress
from app.queries.toetsrijen import iterate_toetsregels
from app.terms import Oorzaak
from app.toets.kwartaal import Kwartaal
from app.toets.vergelijking import Kindverloop, Regelverschil, compare, follow

_SINDS = bindparam("sinds", type_=BigInteger)
_TOT = bindparam("tot", type_=DateTime(timezone=True))
_FOREVER: Any = literal_column("'infinity'::timestamptz")
_KINDEREN = bindparam("kinderen", type_=ARRAY(BigInteger))


@dataclass(frozen=True, slots=True)
class Aanleiding:
    """Something recorded since the audit that can explain a difference.

    Attributes:
        oorzaak: late entry, correction, withdrawal, or a norm version.
        soort: kind of fact; ``norm`` for a norm version.
        id: of the fact or norm version.
        datum: on which it happened or begins; None where it has no day.
        vastgelegd_op: when it was recorded.
        reden: why it was corrected or withdrawn.
    """

    oorzaak: Oorzaak
    soort: str
    id: UUID
    datum: date | None
    vastgelegd_op: datetime
    reden: str | None


@dataclass(frozen=True, slots=True)
class Verklaring:
    """A child whose row differs, and what was recorded about it since."""

    verschil: Regelverschil
    aanleidingen: tuple[Aanleiding, ...]


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
    now = list(iterate_toetsregels(session, toets.organisatie_id, kwartaal, bekend_op, progress))
    verschillen = compare(iterate_inhoud(session, toets.id), (regel.inhoud for regel in now))
    keys = {regel.inhoud["pleegkind"]["id"]: regel.pleegkind_id for regel in now} | _stored_keys(session, toets)
    found = _recorded_since(session, toets, [keys[one.pleegkind_id] for one in verschillen], bekend_op)
    normen = _norms_since(session, toets)
    return [Verklaring(one, (*found.get(keys[one.pleegkind_id], ()), *normen)) for one in verschillen]


def compare_with_previous(session: Session, toets: Kwartaaltoets) -> tuple[Kwartaaltoets | None, list[Kindverloop]]:
    """Return the audit of the quarter before with how each child went since; None when that was never audited."""
    vorige = newest_kwartaaltoets(session, toets.organisatie_id, Kwartaal.parse(toets.kwartaal).vorige)
    if vorige is None:
        return None, []
    return vorige, follow(iterate_inhoud(session, vorige.id), iterate_inhoud(session, toets.id))


def _stored_keys(session: Session, toets: Kwartaaltoets) -> dict[str, int]:
    uid = KwartaaltoetsRegel.inhoud["pleegkind"]["id"].astext
    rows = session.execute(select(uid, KwartaaltoetsRegel.pleegkind_id).where(KwartaaltoetsRegel.toets_id == toets.id))
    return {str(text): key for text, key in rows}


def _recorded_since(
    session: Session, toets: Kwartaaltoets, kinderen: Sequence[int], bekend_op: datetime | None
) -> Mapping[int, Sequence[Aanleiding]]:
    """Return what was recorded about children, their families included, after the audit's last recording."""
    if not kinderen:
        return {}
    wanted = {"kinderen": list(kinderen), "sinds": toets.volgorde, "tot": bekend_op}
    rows = _changes().rows(session, organisatie=toets.organisatie_id, **wanted)
    found: dict[int, list[Aanleiding]] = defaultdict(list)
    for kind, *rest in sorted(rows, key=lambda row: row[-1]):
        soort, oorzaak, uid, datum, op, reden, _ = rest
        found[kind].append(Aanleiding(Oorzaak(oorzaak), soort, uid, datum, op, reden))
    return found


@lru_cache(maxsize=1)
def _changes() -> FastStatement:
    return FastStatement(union(*(_changes_of(soort) for soort in SOORTEN.values())))


def _changes_of(soort: FeitSoort) -> Select[Any]:
    """Select the versions of one kind recorded since, with the child that each concerns."""
    model: Any = soort.model
    kind, source = _child_of(soort, model)
    oorzaak = case(
        (model.ingetrokken, Oorzaak.INTREKKING.value),
        (model.versie > 1, Oorzaak.CORRECTIE.value),
        else_=Oorzaak.LATE_INVOER.value,
    )
    dag = getattr(model, soort.dag) if soort.dag else literal_column("NULL")
    statement = select(
        kind,
        cast(literal_column(f"'{soort.naam}'"), Text),
        cast(oorzaak, Text),
        model.uid,
        cast(dag, Date),
        model.vastgelegd_op,
        model.wijzigingsreden,
        model.volgorde,
    ).where(
        kind == _KINDEREN.any_(),
        model.volgorde > _SINDS,
        model.vastgelegd_op <= func.coalesce(_TOT, _FOREVER),
        model.organisatie_id == bindparam("organisatie", type_=BigInteger),
    )
    return statement if source is None else source(statement)


def _child_of(soort: FeitSoort, model: Any) -> tuple[Any, Any]:
    """Return the column with the child, and how to reach it from the fact (None: it is there)."""
    if soort.naam == "pleegkind":
        return model.feit_id, None
    if soort.eigenaar is Eigenaar.PLEEGKIND:
        return model.pleegkind_id, None
    if soort.eigenaar is Eigenaar.SIGNAAL:
        signaal = Signaal.__table__.alias()
        return signaal.c.pleegkind_id, lambda s: s.join(signaal, signaal.c.id == model.signaal_id)
    waar = Plaatsing.__table__.alias()
    first = waar.c.versie == 1
    if soort.eigenaar is Eigenaar.PLAATSING:
        return waar.c.pleegkind_id, lambda s: s.join(waar, first & (waar.c.id == model.plaatsing_id))
    if soort.eigenaar is Eigenaar.GEZINSLID:
        lid = Gezinslid.__table__.alias()
        of_member = first & (waar.c.pleeggezin_id == lid.c.pleeggezin_id)
        return waar.c.pleegkind_id, lambda s: s.join(lid, lid.c.id == model.gezinslid_id).join(waar, of_member)
    gezin = model.feit_id if soort.eigenaar is Eigenaar.ZELF else model.pleeggezin_id
    return waar.c.pleegkind_id, lambda s: s.join(waar, first & (waar.c.pleeggezin_id == gezin))


def _norms_since(session: Session, toets: Kwartaaltoets) -> tuple[Aanleiding, ...]:
    """Return the norm versions that were recorded since and hold in the quarter."""
    last = Kwartaal.parse(toets.kwartaal).laatste_dag
    statement = (
        select(EigenNorm)
        .where(
            EigenNorm.organisatie_id == toets.organisatie_id,
            EigenNorm.vastgelegd_op > toets.bekend_op,
            EigenNorm.geldig_van <= last,
        )
        .order_by(EigenNorm.id)
    )
    return tuple(
        Aanleiding(Oorzaak.NORMVERSIE, "norm", norm.uid, norm.geldig_van, norm.vastgelegd_op, norm.toelichting)
        for norm in session.scalars(statement)
    )
