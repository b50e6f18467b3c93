"""The ruisfactoren of given children, each on a day of its own: rows become values, and ``app.norms.ruis`` decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy.orm import Session

from app.db.statement import Row
from app.norms.calendar import add_months
from app.norms.feiten import Huisbezoek, Kindgesprek, Opvolgstap, Plaatsing, Veiligheidscheck
from app.norms.ruis.catalogue import weights_on
from app.norms.ruis.feiten import (
    Begeleiding,
    Gezinsplaatsing,
    RuisFeiten,
    RuisGezin,
    RuisMaatregel,
    RuisMeldcodestap,
    RuisSignaal,
    Score,
)
from app.norms.ruis.find import Ruisbevinding, find_ruis
from app.queries.oordelen.branches import BRANCH, ID, SLEUTEL
from app.queries.ruisfactoren.feitrijen import ruis_rows_for
from app.queries.ruisfactoren.feitvorm import RUISFEITEN, RuisBranch
from app.terms import (
    GespreksVorm,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Ruiscode,
    Uitkomst,
    Veiligheidsgevoel,
)

#: Further back than any ruisfactor looks for visits and signalen.
_TERUG_MAANDEN = 7

#: in every branch that has days, the first of them
_DAG: Final = ID + 1
_ALLEEN, _VEILIGHEID, _ONVEILIG, _ONVEILIG_THUIS = 1, 2, 4, 8  # of a talk
_branch_of = itemgetter(BRANCH)
_by_day = itemgetter(_DAG, ID)
_VORM = {item.value: item for item in PlaatsingVorm}
_GESPREKSVORM = {item.value: item for item in GespreksVorm}
_MAATREGEL = {item.value: item for item in MaatregelSoort}
_CODE_OF = {item.value: item for item in Ruiscode}

#: per kind of row: the rows of a key (child, plaatsing, signaal or family), by day
_Rows = list[dict[int, list[Row]]]


def load_ruis(
    session: Session, organisatie_id: int, peildata: Mapping[int, date], bekend_op: datetime | None = None
) -> dict[int, list[Ruisbevinding]]:
    """Return what ``find_ruis`` finds for each child; one statement, whatever the number of children.

    Args:
        session: reads.
        organisatie_id: whose children; others are left out.
        peildata: feit_id of a child → the civil date to judge it on; some hundreds at a time.
        bekend_op: what the file said at that moment; None for now.
    """
    if not peildata:
        return {}
    vanaf = min(peildata.values())
    statement, extra = ruis_rows_for(bekend_op)
    rows = statement.rows(
        session,
        organisatie=organisatie_id,
        kinderen=list(peildata),
        vanaf=vanaf,
        sinds=add_months(vanaf, -_TERUG_MAANDEN),
        **extra,
    )
    return {
        feiten.id: find_ruis(feiten, weights_on(peildata[feiten.id]), peildata[feiten.id]) for feiten in assemble(rows)
    }


def assemble(rows: Iterable[Row]) -> Iterable[RuisFeiten]:
    """Group the rows by kind and key, and yield the facts of one child after another."""
    found: _Rows = [defaultdict(list) for _ in RuisBranch]
    for branch, group in groupby(rows, _branch_of):
        items = found[branch]
        for row in group:
            items[row[SLEUTEL]].append(row)
    for items in found:
        for several in items.values():
            several.sort(key=_by_day)
    gezinnen = {gezin: _gezin(there, found) for gezin, there in found[RuisBranch.GEZINSPLAATSING].items()}
    return (_feiten(kind, found, gezinnen) for kind in found[RuisBranch.PLEEGKIND])


_own_plaatsing = RUISFEITEN.getter(RuisBranch.PLAATSING, "id", "pleeggezin_id", "vorm", "van", "tot")


def _feiten(kind: int, found: _Rows, gezinnen: Mapping[int, RuisGezin]) -> RuisFeiten:
    plaatsingen = [_own_plaatsing(row) for row in found[RuisBranch.PLAATSING].get(kind, ())]
    keys = [key for key, *_ in plaatsingen]
    talks, begeleidingen = found[RuisBranch.KINDGESPREK], found[RuisBranch.BEGELEIDING]
    return RuisFeiten(
        id=kind,
        plaatsingen=[_plaatsing(columns, found) for columns in plaatsingen],
        begeleidingen={key: _each(_begeleiding, begeleidingen.get(key, ())) for key in keys},
        maatregelen=_each(_maatregel, found[RuisBranch.MAATREGEL].get(kind, ())),
        signalen=_each(_signaal, found[RuisBranch.SIGNAAL].get(kind, ())),
        onveilige_gesprekken=_unsafe_days(row for key in keys for row in talks.get(key, ())),
        meldcodestappen=_each(_stap, found[RuisBranch.MELDCODESTAP].get(kind, ())),
        scores=_each(_score, found[RuisBranch.RUISSCORE].get(kind, ())),
        gezinnen=gezinnen,
        opvolgstappen=_each(_opvolgstap, found[RuisBranch.OPVOLGSTAP].get(kind, ())),
    )


def _plaatsing(columns: tuple[int, int, str, date, date | None], found: _Rows) -> Plaatsing:
    key, gezin, vorm, van, tot = columns
    return Plaatsing(
        id=key,
        pleeggezin_id=gezin,
        vorm=_VORM[vorm],
        van=van,
        tot=tot,
        kindgesprekken=_each(_gesprek, found[RuisBranch.KINDGESPREK].get(key, ())),
        veiligheidschecks=_each(_check, found[RuisBranch.VEILIGHEIDSCHECK].get(key, ())),
        huisbezoeken=_each(_bezoek, found[RuisBranch.HUISBEZOEK].get(key, ())),
    )


_there = RUISFEITEN.getter(RuisBranch.GEZINSPLAATSING, "pleegkind_id", "van", "tot", "eindreden")


def _gezin(rows: Sequence[Row], found: _Rows) -> RuisGezin:
    """Build a family with the signalen about every child that ever lived there, each child once."""
    plaatsingen = [Gezinsplaatsing(*_there(row)) for row in rows]
    signalen = found[RuisBranch.SIGNAAL]
    kinderen = sorted({plaatsing.kind_id for plaatsing in plaatsingen})
    return RuisGezin(plaatsingen, [_signaal(row) for kind in kinderen for row in signalen.get(kind, ())])


def _each(read: Callable[[Row], Any], rows: Iterable[Row]) -> list[Any]:
    return [read(row) for row in rows]


_talk = RUISFEITEN.getter(RuisBranch.KINDGESPREK, "id", "datum", "vorm", "gezegd")


def _gesprek(row: Row) -> Kindgesprek:
    key, datum, vorm, gezegd = _talk(row)
    return Kindgesprek(
        key,
        datum,
        doorgegaan=True,  # no others are read
        alleen=bool(gezegd & _ALLEEN),
        vorm=_GESPREKSVORM[vorm],
        veiligheid_besproken=bool(gezegd & _VEILIGHEID),
        veilig_in_gezin=Veiligheidsgevoel.NEE if gezegd & _ONVEILIG_THUIS else None,
    )


def _unsafe_days(rows: Iterable[Row]) -> list[date]:
    """Return the days of the talks in which the child felt unsafe."""
    return sorted(datum for _, datum, _, gezegd in map(_talk, rows) if gezegd & _ONVEILIG)


_visit = RUISFEITEN.getter(RuisBranch.HUISBEZOEK, "id", "datum", "kind_gezien")


def _bezoek(row: Row) -> Huisbezoek:
    key, datum, gezien = _visit(row)
    return Huisbezoek(key, datum, bool(gezien))


_seen_at = RUISFEITEN.getter(RuisBranch.VEILIGHEIDSCHECK, "id", "datum")


def _check(row: Row) -> Veiligheidscheck:
    """Read a check at which the child was seen; what it found is asked elsewhere."""
    key, datum = _seen_at(row)
    return Veiligheidscheck(key, datum, Uitkomst.VEILIG, kind_gezien=True)


_step = RUISFEITEN.getter(RuisBranch.OPVOLGSTAP, "id", "datum", "kindgesprek_id", "signaal_id")


def _opvolgstap(row: Row) -> Opvolgstap:
    """Read a step about a talk or a signaal; which of the two steps it was makes no difference here."""
    key, datum, gesprek, signaal = _step(row)
    over = (OnderwerpSoort.SIGNAAL, signaal) if gesprek is None else (OnderwerpSoort.KINDGESPREK, gesprek)
    return Opvolgstap(key, *over, OpvolgstapSoort.OVERLEG, datum)


_guided = RUISFEITEN.getter(RuisBranch.BEGELEIDING, "wie", "van", "tot")


def _begeleiding(row: Row) -> Begeleiding:
    return Begeleiding(*_guided(row))


_ground = RUISFEITEN.getter(RuisBranch.MAATREGEL, "soort", "van", "tot", "jeugdbeschermer")


def _maatregel(row: Row) -> RuisMaatregel:
    soort, van, tot, jeugdbeschermer = _ground(row)
    return RuisMaatregel(_MAATREGEL[soort], van, tot, jeugdbeschermer or None)


_said = RUISFEITEN.getter(RuisBranch.SIGNAAL, "id", "sleutel", "datum", "bekend_geworden_op", "soort", "onthulling")


def _signaal(row: Row) -> RuisSignaal:
    key, kind, datum, bekend, soort, onthulling = _said(row)
    return RuisSignaal(key, kind, datum, bekend, soort, bool(onthulling))


_reported = RUISFEITEN.getter(RuisBranch.MELDCODESTAP, "signaal_id", "datum")


def _stap(row: Row) -> RuisMeldcodestap:
    return RuisMeldcodestap(*_reported(row))


_scored = RUISFEITEN.getter(RuisBranch.RUISSCORE, "code", "datum", "geldt_tot")


def _score(row: Row) -> Score:
    code, datum, geldt_tot = _scored(row)
    return Score(_CODE_OF[code], datum, geldt_tot)
