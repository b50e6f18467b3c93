"""The ruisfactoren of given children, each on a day of its own: rows become values, and ``app.norms.ruis`` decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

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
from app.queries.ruisfactoren.feitrijen import RuisRij, ruis_rows_for
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

_RIJ, _SLEUTEL, _ID, _D1, _D2, _CODE, _N1, _N2 = range(8)
_ALLEEN, _VEILIGHEID, _ONVEILIG, _ONVEILIG_THUIS = 1, 2, 4, 8  # of a talk
_rij_of = itemgetter(_RIJ)
_by_day = itemgetter(_D1, _ID)
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
    found: _Rows = [defaultdict(list) for _ in RuisRij]
    for rij, group in groupby(rows, _rij_of):
        items = found[rij]
        for row in group:
            items[row[_SLEUTEL]].append(row)
    for items in found:
        for several in items.values():
            several.sort(key=_by_day)
    gezinnen = {gezin: _gezin(there, found) for gezin, there in found[RuisRij.GEZINSPLAATSING].items()}
    return (_feiten(kind, found, gezinnen) for kind in found[RuisRij.PLEEGKIND])


def _feiten(kind: int, found: _Rows, gezinnen: Mapping[int, RuisGezin]) -> RuisFeiten:
    own, talks = found[RuisRij.PLAATSING].get(kind, ()), found[RuisRij.KINDGESPREK]
    return RuisFeiten(
        id=kind,
        plaatsingen=[_plaatsing(row, found) for row in own],
        begeleidingen={row[_ID]: _each(_begeleiding, found[RuisRij.BEGELEIDING].get(row[_ID], ())) for row in own},
        maatregelen=_each(_maatregel, found[RuisRij.MAATREGEL].get(kind, ())),
        signalen=_each(_signaal, found[RuisRij.SIGNAAL].get(kind, ())),
        onveilige_gesprekken=sorted(
            talk[_D1] for row in own for talk in talks.get(row[_ID], ()) if talk[_N1] & _ONVEILIG
        ),
        meldcodestappen=_each(_stap, found[RuisRij.MELDCODESTAP].get(kind, ())),
        scores=_each(_score, found[RuisRij.RUISSCORE].get(kind, ())),
        gezinnen=gezinnen,
        opvolgstappen=_each(_opvolgstap, found[RuisRij.OPVOLGSTAP].get(kind, ())),
    )


def _plaatsing(row: Row, found: _Rows) -> Plaatsing:
    return Plaatsing(
        id=row[_ID],
        pleeggezin_id=row[_N1],
        vorm=_VORM[row[_CODE]],
        van=row[_D1],
        tot=row[_D2],
        kindgesprekken=_each(_gesprek, found[RuisRij.KINDGESPREK].get(row[_ID], ())),
        veiligheidschecks=_each(_check, found[RuisRij.VEILIGHEIDSCHECK].get(row[_ID], ())),
        huisbezoeken=_each(_bezoek, found[RuisRij.HUISBEZOEK].get(row[_ID], ())),
    )


def _gezin(there: Sequence[Row], found: _Rows) -> RuisGezin:
    """Build a family with the signalen about every child that ever lived there, each child once."""
    signalen = found[RuisRij.SIGNAAL]
    kinderen = sorted({row[_N1] for row in there})
    return RuisGezin(
        [Gezinsplaatsing(row[_N1], row[_D1], row[_D2], row[_CODE]) for row in there],
        [_signaal(row) for kind in kinderen for row in signalen.get(kind, ())],
    )


def _each(read: Callable[[Row], Any], rows: Iterable[Row]) -> list[Any]:
    return [read(row) for row in rows]


def _gesprek(row: Row) -> Kindgesprek:
    flags = row[_N1]
    vorm = _GESPREKSVORM[row[_CODE]]
    thuis = Veiligheidsgevoel.NEE if flags & _ONVEILIG_THUIS else None
    besproken = bool(flags & _VEILIGHEID)
    return Kindgesprek(
        row[_ID],
        row[_D1],
        doorgegaan=True,  # no others are read
        alleen=bool(flags & _ALLEEN),
        vorm=vorm,
        veiligheid_besproken=besproken,
        veilig_in_gezin=thuis,
    )


def _bezoek(row: Row) -> Huisbezoek:
    return Huisbezoek(row[_ID], row[_D1], bool(row[_N1]))


def _check(row: Row) -> Veiligheidscheck:
    """Read a check at which the child was seen; what it found is asked elsewhere."""
    return Veiligheidscheck(row[_ID], row[_D1], Uitkomst.VEILIG, kind_gezien=True)


def _opvolgstap(row: Row) -> Opvolgstap:
    """Read a step about a talk or a signaal; which of the two steps it was makes no difference here."""
    soort = OnderwerpSoort.SIGNAAL if row[_N1] is None else OnderwerpSoort.KINDGESPREK
    over = row[_N2] if row[_N1] is None else row[_N1]
    return Opvolgstap(row[_ID], soort, over, OpvolgstapSoort.OVERLEG, row[_D1])


def _begeleiding(row: Row) -> Begeleiding:
    return Begeleiding(row[_N1], row[_D1], row[_D2])


def _maatregel(row: Row) -> RuisMaatregel:
    """Read a row whose code is the soort, then the jeugdbeschermer when there is one."""
    soort, _, jeugdbeschermer = row[_CODE].partition(" ")
    return RuisMaatregel(_MAATREGEL[soort], row[_D1], row[_D2], jeugdbeschermer or None)


def _signaal(row: Row) -> RuisSignaal:
    return RuisSignaal(row[_ID], row[_SLEUTEL], row[_D1], row[_D2], row[_CODE], bool(row[_N1]))


def _stap(row: Row) -> RuisMeldcodestap:
    return RuisMeldcodestap(row[_N1], row[_D1])


def _score(row: Row) -> Score:
    return Score(_CODE_OF[row[_CODE]], row[_D1], row[_D2])
