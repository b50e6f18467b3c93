"""From rows to the values that ``app.norms`` judges: dossiers of children and the families they live with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from app.db.statement import Row
from app.lib.garbage import without_collecting
from app.norms import feiten
from app.queries.oordelen.feitrijen import Soort, facts_for
from app.queries.oordelen.nieuw import NewFact
from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VgbStatus,
    Zorgvorm,
)

#: Children per statement in a run over many: bounds the memory, and the plan stays an index scan.
BATCH = 500

# Positions in a row of app.queries.oordelen.feitrijen.
_SLEUTEL, _ID, _D1, _D2, _D3, _CODE, _N1, _N2, _N3 = range(1, 10)
_soort_of = itemgetter(0)
_by_day = itemgetter(1, 0)  # of a Gebeurtenis, Kindgesprek …: datum, then order of recording
_by_plaatsing = itemgetter(3, 0)  # of a Plaatsing: van, then order of recording
_by_maatregel = itemgetter(2, 0)
_by_uitzondering = itemgetter(2, 0)
#: makes a NamedTuple from its values; calling it makes an audit 17 % dearer (1.12 → 1.31 ms per row in the benchmark)
_new = tuple.__new__

_VORM = {item.value: item for item in PlaatsingVorm}
_GESPREKSVORM = {item.value: item for item in GespreksVorm}
_MAATREGEL = {item.value: item for item in MaatregelSoort}
_LIDROL = {item.value: item for item in GezinslidRol}
_GEZINSOORT = {item.value: item for item in GezinSoort}
_VGB_STATUS = {item.value: item for item in VgbStatus}
_ROLLEN = {item.value: item for item in Rol}
_UITKOMST = {item.value: item for item in Uitkomst}
_STAP = {item.value: item for item in OpvolgstapSoort}
_AANLEIDING = {
    item.value: item for item in (OnderwerpSoort.KINDGESPREK, OnderwerpSoort.VEILIGHEIDSCHECK, OnderwerpSoort.SIGNAAL)
}
_UITZONDERING, _ZICHTPLAN = UitzonderingSoort.UITZONDERING, UitzonderingSoort.ZICHTPLAN
_GEZIEN: dict[int | None, bool | None] = {None: None, 0: False, 1: True}
_GEVOEL: dict[int | None, Veiligheidsgevoel | None] = {None: None}
_GEVOEL |= dict(enumerate(Veiligheidsgevoel))
_ZORGVORM = {item.value: item for item in Zorgvorm}
#: flags and vorm of a talk → its fields after id and datum
_GESPREK = {
    (flags, vorm): (bool(flags & 1), bool(flags & 2), item, bool(flags & 4))
    for vorm, item in _GESPREKSVORM.items()
    for flags in range(8)
}

#: per Soort: the values of a key, such as the talks of a plaatsing
_Found = list[dict[int, list[Any]]]


@dataclass(frozen=True, slots=True)
class Dossiers:
    """What the file says of some children: one dossier each, and every family that a judgement needs."""

    kinderen: tuple[feiten.Dossier, ...]
    gezinnen: Mapping[int, feiten.Gezin]


def load_dossiers(
    session: Session,
    kinderen: Sequence[int],
    vanaf: date,
    bekend_op: datetime | None = None,
    *,
    one_day: bool = False,
    also: NewFact | None = None,
) -> Dossiers:
    """Return the dossiers of children by their feit_id, in the order given; one statement.

    Args:
        session: reads on its connection.
        kinderen: feit_ids; the caller has checked that the actor may see them.
        vanaf: the peildatum, or the first of several; plaatsingen that ended by then come without their events.
        bekend_op: what the file said at that moment; None for now.
        one_day: ``vanaf`` is the only peildatum; of visits, checks and evaluaties only the last one comes along.
        also: a fact that is not written yet.
    """
    statement, extra = facts_for(bekend_op, one_day=one_day)
    with without_collecting():
        rows = statement.rows(session, kinderen=list(kinderen), vanaf=vanaf, **extra)
        if also is not None:
            rows += also.rows(rows, vanaf)
        return assemble(kinderen, rows)


def iterate_dossiers(
    session: Session,
    kinderen: Sequence[int],
    vanaf: date,
    bekend_op: datetime | None = None,
    *,
    one_day: bool = False,
) -> Iterator[Dossiers]:
    """Yield the dossiers of many children in batches of ``BATCH``."""
    for start in range(0, len(kinderen), BATCH):
        yield load_dossiers(session, kinderen[start : start + BATCH], vanaf, bekend_op, one_day=one_day)


def assemble(kinderen: Sequence[int], rows: Iterable[Row]) -> Dossiers:
    """Group the rows by kind and key, and build the values bottom up."""
    found: _Found = [defaultdict(list) for _ in Soort]
    for soort, group in groupby(rows, _soort_of):
        items, read = found[soort], _READERS[soort]
        for row in group:
            items[row[_SLEUTEL]].append(read(row))
    for soort in _DATED:
        for several in found[soort].values():
            several.sort(key=_by_day)
    for soort in _TWICE:
        for several in found[soort].values():
            several[:] = dict.fromkeys(several)
    gezinnen = [_gezin(gezin, found) for several in found[Soort.PLEEGGEZIN].values() for gezin in several]
    return Dossiers(
        kinderen=tuple([_dossier(kind, found) for kind in kinderen if kind in found[Soort.PLEEGKIND]]),
        gezinnen={gezin.id: gezin for gezin in gezinnen},
    )


def _dossier(kind: int, found: _Found) -> feiten.Dossier:
    """Build one child's dossier."""
    return feiten.Dossier(
        id=kind,
        geboortedatum=found[Soort.PLEEGKIND][kind][0],
        plaatsingen=_plaatsingen(kind, found),
        maatregelen=sorted(found[Soort.MAATREGEL].get(kind, ()), key=_by_maatregel),
        casuistiekbesprekingen=found[Soort.CASUISTIEKBESPREKING].get(kind, ()),
        ontwikkelbeelden=found[Soort.ONTWIKKELBEELD].get(kind, ()),
        hulpverleningsplannen=found[Soort.HULPVERLENINGSPLAN].get(kind, ()),
        vertrouwenspersonen=found[Soort.VERTROUWENSPERSOON].get(kind, ()),
        pleegoudervoogdgesprekken=found[Soort.PLEEGOUDERVOOGDGESPREK].get(kind, ()),
        signalen=found[Soort.SIGNAAL].get(kind, ()),
        uitzonderingen=sorted(found[Soort.UITZONDERING].get(kind, ()), key=_by_uitzondering),
        opvolgstappen=found[Soort.OPVOLGSTAP].get(kind, ()),
        meldcodestappen=found[Soort.MELDCODESTAP].get(kind, ()),
        acties=found[Soort.ACTIE].get(kind, ()),
    )


def _plaatsingen(kind: int, found: _Found) -> list[feiten.Plaatsing]:
    """Build a child's plaatsingen with what happened in each."""
    gesprekken, checks = found[Soort.KINDGESPREK], found[Soort.VEILIGHEIDSCHECK]
    bezoeken = found[Soort.HUISBEZOEK]
    plaatsingen = [
        _new(feiten.Plaatsing, (*row, gesprekken.get(row[0], ()), checks.get(row[0], ()), bezoeken.get(row[0], ())))
        for row in found[Soort.PLAATSING].get(kind, ())
    ]
    plaatsingen.sort(key=_by_plaatsing)
    return plaatsingen


def _gezin(row: tuple[int, GezinSoort, date | None], found: _Found) -> feiten.Gezin:
    """Build one family with its members and plaatsingen."""
    gezin_id, soort, contract = row
    vgbs = found[Soort.VGB]
    leden = [_new(feiten.Gezinslid, (*lid, vgbs.get(lid[0], ()))) for lid in found[Soort.GEZINSLID].get(gezin_id, ())]
    return feiten.Gezin(
        id=gezin_id,
        soort=soort,
        pleegcontract_op=contract,
        plaatsingen=sorted(found[Soort.GEZINSPLAATSING].get(gezin_id, ()), key=itemgetter(0)),
        gezinsleden=sorted(leden, key=itemgetter(0)),
        evaluaties=found[Soort.EVALUATIE].get(gezin_id, ()),
    )


def _read_gebeurtenis(row: Row) -> feiten.Gebeurtenis:
    return _new(feiten.Gebeurtenis, (row[_ID], row[_D1], None))


def _read_check(row: Row) -> feiten.Veiligheidscheck:
    return _new(feiten.Veiligheidscheck, (row[_ID], row[_D1], _UITKOMST[row[_CODE]], _GEZIEN[row[_N1]]))


def _read_visit(row: Row) -> feiten.Huisbezoek:
    return _new(feiten.Huisbezoek, (row[_ID], row[_D1], _GEZIEN[row[_N1]]))


def _read_opvolgstap(row: Row) -> feiten.Opvolgstap:
    """Read a row whose code is the kind of what it is about, and the step."""
    over, stap = row[_CODE].split(" ")
    return feiten.Opvolgstap(row[_ID], _AANLEIDING[over], row[_N1], _STAP[stap], row[_D1])


def _read_kindgesprek(row: Row) -> feiten.Kindgesprek:
    return _new(feiten.Kindgesprek, (row[_ID], row[_D1], *_GESPREK[row[_N1], row[_CODE]], _GEVOEL[row[_N2]]))


def _read_plaatsing(row: Row) -> tuple[int, int, PlaatsingVorm, date, date | None]:
    """Read a plaatsing without what happened in it."""
    return row[_ID], row[_N1], _VORM[row[_CODE]], row[_D1], row[_D2]


def _read_maatregel(row: Row) -> feiten.Maatregel:
    return feiten.Maatregel(row[_ID], _MAATREGEL[row[_CODE]], row[_D1], row[_D2])


def _read_signaal(row: Row) -> feiten.Signaal:
    flags = row[_N1]
    vraagt, calamiteit, twijfel = bool(flags & 1), bool(flags & 2), bool(flags & 4)
    onthulling, geweld, letsel = bool(flags & 8), bool(flags & 16), bool(flags & 32)
    return feiten.Signaal(
        row[_ID], row[_D1], vraagt, calamiteit, twijfel, row[_D2], onthulling, geweld, letsel, row[_D3]
    )


def _read_uitzondering(row: Row) -> feiten.Uitzondering:
    """Read a row whose code is the approver's rol (when approved), then the norm codes."""
    words = row[_CODE].split(" ")
    rol = _ROLLEN[words.pop(0)] if row[_N2] is not None else None
    dagen = row[_N3]  # a zichtplan alone has them
    soort = _UITZONDERING if dagen is None else _ZICHTPLAN
    return feiten.Uitzondering(row[_ID], frozenset(words), row[_D1], row[_D2], row[_N1], row[_N2], rol, soort, dagen)


def _read_gezinslid(row: Row) -> tuple[int, date, GezinslidRol, date, date | None]:
    """Read a member without its VGBs."""
    return row[_ID], row[_D1], _LIDROL[row[_CODE]], row[_D2], row[_D3]


def _read_vgb(row: Row) -> feiten.Vgb:
    return _new(feiten.Vgb, (row[_ID], row[_D1], _VGB_STATUS[row[_CODE]], row[_D2]))


def _read_gezin(row: Row) -> tuple[int, GezinSoort, date | None]:
    return row[_ID], _GEZINSOORT[row[_CODE]], row[_D1]


_READERS: dict[int, Any] = {
    Soort.PLEEGKIND: itemgetter(_D1),
    Soort.PLAATSING: _read_plaatsing,
    Soort.MAATREGEL: _read_maatregel,
    Soort.KINDGESPREK: _read_kindgesprek,
    Soort.VEILIGHEIDSCHECK: _read_check,
    Soort.HUISBEZOEK: _read_visit,
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
    Soort.GEZINSPLAATSING: lambda row: _new(feiten.Periode, (row[_D1], row[_D2], _ZORGVORM[row[_CODE]])),
    Soort.OPVOLGSTAP: _read_opvolgstap,
    Soort.ACTIE: lambda row: feiten.Actie(row[_ID], row[_D1], row[_D2], row[_D3]),
    Soort.MELDCODESTAP: lambda row: feiten.Meldcodestap(row[_ID], row[_N1], row[_N2], row[_D1]),
}
#: the last of which may come along for more than one reason
_TWICE = (Soort.VEILIGHEIDSCHECK, Soort.HUISBEZOEK)
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
