"""The rows of an audit, recomputed from the file: set-based reading, one pass of the rule.

Whoever wants to know what an audit says asks here: the concept, the freeze, the comparison and the command.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.lib.garbage import without_collecting
from app.lib.progress import Progress
from app.models import Plaatsing, Pleegkind
from app.models.versions import BekendOp, holds
from app.norms.calendar import age_on
from app.norms.events import kind_of
from app.norms.feiten import Dossier, Gebeurtenis
from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel
from app.norms.kwartaaltoets.inhoud import (
    AanleidingInhoud,
    LaatsteInhoud,
    OordeelInhoud,
    OpvolgingInhoud,
    RegelInhoud,
    RuisInhoud,
    Verwijzing,
)
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.kwartaaltoets.rij import (
    Feitsleutel,
    Toetsaanleiding,
    Toetsrij,
    audit_kind,
    choose_plaatsing,
    first_day_needed,
    list_aanleidingen,
    list_feiten_of_opvolging,
)
from app.norms.ruis.find import Ruisbevinding
from app.norms.versies.catalogue import Catalogus
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.kwartaaltoetsen.achteraf import load_later
from app.queries.kwartaaltoetsen.context import Toetscontext, load_context
from app.queries.normen import get_catalogus
from app.queries.oordelen.dossiers import BATCH, load_dossiers
from app.queries.oordelen.uids import read_ids
from app.queries.ruisfactoren.factoren import load_ruis
from app.terms import NormCode

_Ids = Mapping[tuple[str, int], UUID]
_KEYS = ARRAY(BigInteger)


@dataclass(frozen=True, slots=True)
class Toetsregel:
    """A row: its content, and the keys inside by which it is stored and selected."""

    pleegkind_id: int
    plaatsing_id: int
    begeleider_id: int | None
    team_id: int | None
    inhoud: RegelInhoud


def _population(k: BekendOp) -> FastStatement:
    """Build the select of every child with a plaatsing active on a day of the quarter, in the order of the audit."""
    in_quarter = (
        select(Plaatsing.pleegkind_id)
        .where(
            Plaatsing.organisatie_id == bindparam("organisatie", type_=BigInteger),
            Plaatsing.van <= bindparam("laatste_dag", type_=Date),
            or_(
                Plaatsing.tot.is_(None),
                (Plaatsing.tot > bindparam("eerste_dag", type_=Date)) & (Plaatsing.tot > Plaatsing.van),
            ),
            holds(Plaatsing, k),
        )
        .scalar_subquery()
    )
    return FastStatement(
        select(Pleegkind.feit_id)
        .where(Pleegkind.feit_id.in_(in_quarter), holds(Pleegkind, k))
        .order_by(Pleegkind.nummer.collate("C"))
    )


_POPULATION = {
    False: _population(None),
    True: _population(bindparam("bekend_op", type_=DateTime(timezone=True))),
}
# By key and not by child: a correction can give a plaatsing to another child, and never changes its nummer.
_NUMMERS = FastStatement(
    select(Plaatsing.id, Plaatsing.nummer).where(Plaatsing.id == bindparam("plaatsingen", type_=_KEYS).any_())
)


def list_population(
    session: Session, organisatie_id: int, kwartaal: Kwartaal, bekend_op: datetime | None = None
) -> list[int]:
    """Return the children of an audit, sorted by nummer as text."""
    then = {} if bekend_op is None else {"bekend_op": bekend_op}
    rows = _POPULATION[bekend_op is not None].rows(
        session,
        organisatie=organisatie_id,
        eerste_dag=kwartaal.eerste_dag,
        laatste_dag=kwartaal.laatste_dag,
        **then,
    )
    return [row[0] for row in rows]


def iterate_toetsregels(
    session: Session,
    organisatie_id: int,
    kwartaal: Kwartaal,
    bekend_op: datetime | None = None,
    progress: Progress | None = None,
) -> Iterator[Toetsregel]:
    """Yield the rows of an audit in their order; six statements for each 500 children, seven where somebody had to act.

    Args:
        session: reads.
        organisatie_id: whose children.
        kwartaal: the quarter.
        bekend_op: what the file said at that moment; None for now.
        progress: called with children done, children in all, and a label.
    """
    kinderen = list_population(session, organisatie_id, kwartaal, bekend_op)
    catalogus = get_catalogus(session, organisatie_id, bekend_op)
    batch = _Batch(session, organisatie_id, kwartaal, bekend_op, catalogus, {})
    for start in range(0, len(kinderen), BATCH):
        with without_collecting():
            regels = batch.read(kinderen[start : start + BATCH])
        yield from regels
        if progress:
            progress(min(start + BATCH, len(kinderen)), len(kinderen), "kinderen toetsen")


@dataclass(frozen=True, slots=True)
class _Batch:
    session: Session
    organisatie_id: int
    kwartaal: Kwartaal
    bekend_op: datetime | None
    catalogus: Catalogus
    cache: Gezinscache

    def read(self, kinderen: Sequence[int]) -> list[Toetsregel]:
        """Return the rows of some children."""
        rijen = self._judge(kinderen)
        ids = read_ids(
            self.session,
            [(rij.pleegkind_id, oordeel) for rij in rijen for oordeel in oordelen_of(rij)],
            ook=[(een.aanleiding.soort, een.aanleiding.id) for rij in rijen for een in rij.aanleidingen],
        )
        ruis = load_ruis(
            self.session, self.organisatie_id, {rij.pleegkind_id: rij.peildatum for rij in rijen}, self.bekend_op
        )
        keys = [(rij.pleegkind_id, rij.plaatsing.id, rij.peildatum) for rij in rijen]
        context = load_context(self.session, keys, self.kwartaal.eerste_dag, self.bekend_op)
        return [_regel(rij, context[rij.pleegkind_id], ruis.get(rij.pleegkind_id, []), ids) for rij in rijen]

    def _judge(self, kinderen: Sequence[int]) -> list[Toetsrij]:
        vanaf = first_day_needed(self.kwartaal)
        dossiers = load_dossiers(self.session, kinderen, vanaf, self.bekend_op)
        plaatsingen = [plaatsing.id for dossier in dossiers.kinderen for plaatsing in dossier.plaatsingen]
        nummers: dict[int, str] = dict(_NUMMERS.rows(self.session, plaatsingen=plaatsingen))
        later = self._recorded_later(dossiers.kinderen)
        rijen = []
        for dossier in dossiers.kinderen:
            plaatsing = choose_plaatsing(dossier, nummers, self.kwartaal)
            if plaatsing is not None:
                args = (dossier, dossiers.gezinnen, self.catalogus, plaatsing, self.kwartaal, self.cache)
                rij = audit_kind(*args)
                known = list_aanleidingen(dossier, self.catalogus, self.kwartaal, later) if later else rij.aanleidingen
                rijen.append(rij._replace(aanleidingen=known))
        return rijen

    def _recorded_later(self, kinderen: Iterable[Dossier]) -> AbstractSet[Feitsleutel]:
        """Return what of the follow-up in a quarter of the second catalogue was recorded after its last day."""
        if self.kwartaal.eerste_dag < TWEEDE_CATALOGUS:
            return frozenset()
        feiten = [one for dossier in kinderen for one in list_feiten_of_opvolging(dossier, self.kwartaal)]
        return load_later(self.session, feiten, self.kwartaal.laatste_dag, self.bekend_op)


def oordelen_of(rij: Toetsrij) -> list[Oordeel]:
    """Return every judgement that a row shows."""
    return [*(oordeel for oordeel in rij.criteria.values() if oordeel is not None), *rij.oordelen]


def _regel(rij: Toetsrij, context: Toetscontext, ruis: Sequence[Ruisbevinding], ids: _Ids) -> Toetsregel:
    total, seen = rij.kindperiodes
    vgb = rij.vgb_stand
    inhoud = RegelInhoud(
        pleegkind=_reference(context.pleegkind),
        leeftijd=age_on(context.geboortedatum, rij.peildatum),
        plaatsing={
            **_reference(context.plaatsing),
            "vorm": rij.plaatsing.vorm.value,
            "zorgvorm": context.zorgvorm,
            "van": rij.plaatsing.van.isoformat(),
            "tot": _day(rij.plaatsing.tot),
        },
        pleeggezin=_reference(context.pleeggezin),
        begeleider=_reference(context.begeleider) if context.begeleider else None,
        team={"id": str(context.team[0]), "naam": context.team[1]} if context.team else None,
        maatregelen=list(rij.maatregelen),
        gi=context.gi,
        geplaatstOpKwartaaleinde=rij.geplaatst_op_kwartaaleinde,
        peildatum=rij.peildatum.isoformat(),
        criteria={code.value: _oordeel(o, ids) if o is not None else None for code, o in rij.criteria.items()},
        oordelen=sorted((_oordeel(o, ids) for o in rij.oordelen), key=lambda o: (o["norm"], o["onderwerp"]["id"])),
        vgbStand=None if vgb is None else vgb.value,
        navolgbaar=rij.navolgbaar,
        metUitzondering=rij.met_uitzondering,
        nooitGezien=rij.nooit_gezien,
        lateRegistraties=context.late_registraties,
        professionals12m=context.professionals,
        kindperiodes={"totaal": total, "metGesprek": seen},
        ruisfactoren=[_ruis(one) for one in ruis],
        ruisscore=sum(one.gewicht for one in ruis),
        **_sight_and_follow_up(rij, ids),
    )
    return Toetsregel(context.pleegkind_id, rij.plaatsing.id, context.begeleider_id, context.team_id, inhoud)


def _sight_and_follow_up(rij: Toetsrij, ids: _Ids) -> OpvolgingInhoud:
    """Return what a row says of the second catalogue; of a quarter before it nothing."""
    zien, stand = rij.zien, rij.opvolging_stand
    return {
        "zienStand": zien and zien.stand.value,
        "zienLaatste": zien and zien.laatste and zien.laatste.datum.isoformat(),
        "opvolgingStand": stand and stand.value,
        "zichtplan": rij.zichtplan,
        "aanleidingen": [_aanleiding(one, ids) for one in rij.aanleidingen],
    }


def _aanleiding(een: Toetsaanleiding, ids: _Ids) -> AanleidingInhoud:
    about = een.aanleiding
    return {
        "soort": about.soort.value,
        "id": str(ids[about.soort, about.id]),
        "datum": about.k.isoformat(),
        "overleg": {"uiterlijk": een.overleg_uiterlijk.isoformat(), "op": _day(een.overleg_op)},
        "besluit": {"uiterlijk": een.besluit_uiterlijk.isoformat(), "op": _day(een.besluit_op)},
    }


def _reference(pair: tuple[UUID, str]) -> Verwijzing:
    return {"id": str(pair[0]), "nummer": pair[1]}


def _ruis(bevinding: Ruisbevinding) -> RuisInhoud:
    return {"code": bevinding.code.value, "gewicht": bevinding.gewicht, "redenen": list(bevinding.redenen)}


def _oordeel(oordeel: Oordeel, ids: _Ids) -> OordeelInhoud:
    """Return a judgement as it is stored; ``str`` of a code gives its text at a third of the cost of ``value``."""
    exception = oordeel.uitzondering_id
    return {
        "norm": str(oordeel.norm.code),
        "onderwerp": {
            "soort": str(oordeel.onderwerp_soort),
            "id": str(ids[oordeel.onderwerp_soort, oordeel.onderwerp_id]),
        },
        "zwaarte": str(oordeel.zwaarte),
        "stand": str(oordeel.stand),
        "laatste": None if oordeel.laatste is None else _laatste(oordeel.norm.code, oordeel.laatste, ids),
        "uiterlijk": _day(oordeel.uiterlijk),
        "teLaatSinds": _day(oordeel.te_laat_sinds),
        "dagenTeLaat": oordeel.dagen_te_laat,
        "uitzonderingId": None if exception is None else str(ids["uitzondering", exception]),
    }


def _laatste(norm: NormCode, laatste: Gebeurtenis, ids: _Ids) -> LaatsteInhoud:
    found: LaatsteInhoud = {"id": str(ids[kind_of(norm, laatste), laatste.id]), "datum": laatste.datum.isoformat()}
    if laatste.soort is not None:
        found["soort"] = laatste.soort
    return found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
