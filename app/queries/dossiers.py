"""From rows to the values that ``app.norms`` judges: dossiers of children and the families they live with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from app.norms import feiten
from app.queries.fast import Row
from app.queries.feiten import Soort, facts_for
from app.terms import GespreksVorm, GezinslidRol, GezinSoort, MaatregelSoort, PlaatsingVorm, Rol, VgbStatus

#: Children per statement in a run over many: bounds the memory, and the plan stays an index scan.
BATCH = 500

# Positions in a row of app.queries.feiten.
_SLEUTEL, _ID, _D1, _D2, _D3, _CODE, _N1, _N2 = range(1, 9)
_by_day = itemgetter(1, 0)  # of a Gebeurtenis, Kindgesprek …: datum, then order of recording

_VORM = {item.value: item for item in PlaatsingVorm}
_GESPREKSVORM = {item.value: item for item in GespreksVorm}
_MAATREGEL = {item.value: item for item in MaatregelSoort}
_VGB_STATUS = {item.value: item for item in VgbStatus}
_ROLLEN = {item.value: item for item in Rol}

Rows = Mapping[tuple[Soort, int], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Dossiers:
    """What the file says of some children: one dossier each, and every family that a judgement needs."""

    kinderen: tuple[feiten.Dossier, ...]
    gezinnen: Mapping[int, feiten.Gezin]


def load_dossiers(
    session: Session, kinderen: Sequence[int], vanaf: date, bekend_op: datetime | None = None
) -> Dossiers:
    """Return the dossiers of children by their feit_id, in the order given; one statement.

    Args:
        session: reads on its connection.
        kinderen: feit_ids; the caller has checked that the actor may see them.
        vanaf: the peildatum, or the first of several; plaatsingen that ended by then come without their events.
        bekend_op: what the file said at that moment; None for now.
    """
    statement, extra = facts_for(bekend_op)
    return assemble(kinderen, statement.iterate(session, kinderen=list(kinderen), vanaf=vanaf, **extra))


def iterate_dossiers(
    session: Session, kinderen: Sequence[int], vanaf: date, bekend_op: datetime | None = None
) -> Iterator[Dossiers]:
    """Yield the dossiers of many children in batches of ``BATCH``."""
    for start in range(0, len(kinderen), BATCH):
        yield load_dossiers(session, kinderen[start : start + BATCH], vanaf, bekend_op)


def assemble(kinderen: Sequence[int], rows: Iterator[Row]) -> Dossiers:
    """Group the rows by kind and key, and build the values bottom up."""
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    readers = _READERS
    for row in rows:
        soort = row[0]
        found[soort, row[1]].append(readers[soort](row))
    for (soort, _), items in found.items():
        if soort in _DATED and len(items) > 1:
            items.sort(key=_by_day)
    get = found.get
    gezinnen = {
        gezin[0]: _gezin(gezin, get)
        for (soort, _), items in found.items()
        if soort == Soort.PLEEGGEZIN
        for gezin in items
    }
    return Dossiers(
        kinderen=tuple(_dossier(kind, get) for kind in kinderen if (Soort.PLEEGKIND, kind) in found),
        gezinnen=gezinnen,
    )


def _dossier(kind: int, get: Any) -> feiten.Dossier:
    """Build one child's dossier."""
    plaatsingen = [
        plaatsing._replace(
            kindgesprekken=get((Soort.KINDGESPREK, plaatsing.id), ()),
            veiligheidschecks=get((Soort.VEILIGHEIDSCHECK, plaatsing.id), ()),
            huisbezoeken=get((Soort.HUISBEZOEK, plaatsing.id), ()),
        )
        for plaatsing in get((Soort.PLAATSING, kind), ())
    ]
    return feiten.Dossier(
        id=kind,
        geboortedatum=get((Soort.PLEEGKIND, kind))[0],
        plaatsingen=sorted(plaatsingen, key=lambda plaatsing: (plaatsing.van, plaatsing.id)),
        maatregelen=sorted(get((Soort.MAATREGEL, kind), ()), key=lambda maatregel: (maatregel.van, maatregel.id)),
        casuistiekbesprekingen=get((Soort.CASUISTIEKBESPREKING, kind), ()),
        ontwikkelbeelden=get((Soort.ONTWIKKELBEELD, kind), ()),
        hulpverleningsplannen=get((Soort.HULPVERLENINGSPLAN, kind), ()),
        vertrouwenspersonen=get((Soort.VERTROUWENSPERSOON, kind), ()),
        pleegoudervoogdgesprekken=get((Soort.PLEEGOUDERVOOGDGESPREK, kind), ()),
        signalen=get((Soort.SIGNAAL, kind), ()),
        uitzonderingen=sorted(get((Soort.UITZONDERING, kind), ()), key=lambda plan: (plan.van, plan.id)),
    )


def _gezin(row: tuple[int, Any, Any], get: Any) -> feiten.Gezin:
    """Build one family with its members and plaatsingen."""
    gezin_id, soort, contract = row
    leden = [lid._replace(vgbs=get((Soort.VGB, lid.id), ())) for lid in get((Soort.GEZINSLID, gezin_id), ())]
    return feiten.Gezin(
        id=gezin_id,
        soort=soort,
        pleegcontract_op=contract,
        plaatsingen=sorted(get((Soort.GEZINSPLAATSING, gezin_id), ()), key=itemgetter(0)),
        gezinsleden=sorted(leden, key=itemgetter(0)),
        evaluaties=get((Soort.EVALUATIE, gezin_id), ()),
    )


def _read_gebeurtenis(row: Row) -> feiten.Gebeurtenis:
    return feiten.Gebeurtenis(row[_ID], row[_D1])


def _read_kindgesprek(row: Row) -> feiten.Kindgesprek:
    flags = row[_N1]
    return feiten.Kindgesprek(
        row[_ID], row[_D1], bool(flags & 1), bool(flags & 2), _GESPREKSVORM[row[_CODE]], bool(flags & 4)
    )


def _read_plaatsing(row: Row) -> feiten.Plaatsing:
    return feiten.Plaatsing(row[_ID], row[_N1], _VORM[row[_CODE]], row[_D1], row[_D2], (), (), ())


def _read_maatregel(row: Row) -> feiten.Maatregel:
    return feiten.Maatregel(row[_ID], _MAATREGEL[row[_CODE]], row[_D1], row[_D2])


def _read_signaal(row: Row) -> feiten.Signaal:
    flags = row[_N1]
    return feiten.Signaal(row[_ID], row[_D1], bool(flags & 1), bool(flags & 2), bool(flags & 4), row[_D2])


def _read_uitzondering(row: Row) -> feiten.Uitzondering:
    """Read a row whose code is the approver's rol (when approved), then the norm codes."""
    words = row[_CODE].split(" ")
    rol = _ROLLEN[words.pop(0)] if row[_N2] is not None else None
    return feiten.Uitzondering(row[_ID], frozenset(words), row[_D1], row[_D2], row[_N1], row[_N2], rol)


def _read_gezinslid(row: Row) -> feiten.Gezinslid:
    return feiten.Gezinslid(row[_ID], row[_D1], GezinslidRol(row[_CODE]), row[_D2], row[_D3], ())


def _read_vgb(row: Row) -> feiten.Vgb:
    return feiten.Vgb(row[_ID], row[_D1], _VGB_STATUS[row[_CODE]], row[_D2])


def _read_gezin(row: Row) -> tuple[int, GezinSoort, date | None]:
    return row[_ID], GezinSoort(row[_CODE]), row[_D1]


_READERS: dict[int, Any] = {
    Soort.PLEEGKIND: itemgetter(_D1),
    Soort.PLAATSING: _read_plaatsing,
    Soort.MAATREGEL: _read_maatregel,
    Soort.KINDGESPREK: _read_kindgesprek,
    Soort.VEILIGHEIDSCHECK: _read_gebeurtenis,
    Soort.HUISBEZOEK: _read_gebeurtenis,
    Soort.CASUISTIEKBESPREKING: lambda row: feiten.Casuistiekbespreking(row[_ID], row[_D1], bool(row[_N1])),
    Soort.ONTWIKKELBEELD: _read_gebeurtenis,
    Soort.HULPVERLENINGSPLAN: _read_gebeurtenis,
    Soort.VERTROUWENSPERSOON: _read_gebeurtenis,
    Soort.PLEEGOUDERVOOGDGESPREK: _read_gebeurtenis,
    Soort.SIGNAAL: _read_signaal,
    Soort.UITZONDERING: _read_uitzondering,
    Soort.PLEEGGEZIN: _read_gezin,
    Soort.GEZINSLID: _read_gezinslid,
    Soort.VGB: _read_vgb,
    Soort.EVALUATIE: _read_gebeurtenis,
    Soort.GEZINSPLAATSING: lambda row: feiten.Periode(row[_D1], row[_D2]),
}
_DATED = frozenset(
    {
        Soort.KINDGESPREK,
        Soort.VEILIGHEIDSCHECK,
        Soort.HUISBEZOEK,
        Soort.CASUISTIEKBESPREKING,
        Soort.ONTWIKKELBEELD,
        Soort.HULPVERLENINGSPLAN,
        Soort.VERTROUWENSPERSOON,
        Soort.PLEEGOUDERVOOGDGESPREK,
        Soort.SIGNAAL,
        Soort.VGB,
        Soort.EVALUATIE,
    }
)
