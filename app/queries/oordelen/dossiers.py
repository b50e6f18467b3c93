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
from app.queries.oordelen.branches import BRANCH, SLEUTEL
from app.queries.oordelen.feitrijen import read_facts
from app.queries.oordelen.feitvorm import FeitBranch
from app.queries.oordelen.nieuw import NewFact
from app.queries.oordelen.readers import READERS, new
from app.terms import GezinSoort

#: Children per statement in a run over many: bounds the memory, and the plan stays an index scan.
BATCH = 500

_branch_of = itemgetter(BRANCH)
_by_day = itemgetter(1, 0)  # of a Gebeurtenis, Kindgesprek …: datum, then order of recording
_by_plaatsing = itemgetter(3, 0)  # of a Plaatsing: van, then order of recording
_by_maatregel = itemgetter(2, 0)
_by_uitzondering = itemgetter(2, 0)

#: per branch: the values of a key, such as the talks of a plaatsing
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
    with without_collecting():
        rows = read_facts(session, kinderen, vanaf, bekend_op, one_day=one_day)
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
    found: _Found = [defaultdict(list) for _ in FeitBranch]
    for branch, group in groupby(rows, _branch_of):
        items, read = found[branch], READERS[branch]
        for row in group:
            items[row[SLEUTEL]].append(read(row))
    for branch in _DATED:
        for several in found[branch].values():
            several.sort(key=_by_day)
    for branch in _TWICE:
        for several in found[branch].values():
            several[:] = dict.fromkeys(several)
    gezinnen = [_gezin(gezin, found) for several in found[FeitBranch.PLEEGGEZIN].values() for gezin in several]
    return Dossiers(
        kinderen=tuple([_dossier(kind, found) for kind in kinderen if kind in found[FeitBranch.PLEEGKIND]]),
        gezinnen={gezin.id: gezin for gezin in gezinnen},
    )


def _dossier(kind: int, found: _Found) -> feiten.Dossier:
    """Build one child's dossier."""
    return feiten.Dossier(
        id=kind,
        geboortedatum=found[FeitBranch.PLEEGKIND][kind][0],
        plaatsingen=_plaatsingen(kind, found),
        maatregelen=sorted(found[FeitBranch.MAATREGEL].get(kind, ()), key=_by_maatregel),
        casuistiekbesprekingen=found[FeitBranch.CASUISTIEKBESPREKING].get(kind, ()),
        ontwikkelbeelden=found[FeitBranch.ONTWIKKELBEELD].get(kind, ()),
        hulpverleningsplannen=found[FeitBranch.HULPVERLENINGSPLAN].get(kind, ()),
        vertrouwenspersonen=found[FeitBranch.VERTROUWENSPERSOON].get(kind, ()),
        pleegoudervoogdgesprekken=found[FeitBranch.PLEEGOUDERVOOGDGESPREK].get(kind, ()),
        signalen=found[FeitBranch.SIGNAAL].get(kind, ()),
        uitzonderingen=sorted(found[FeitBranch.UITZONDERING].get(kind, ()), key=_by_uitzondering),
        opvolgstappen=found[FeitBranch.OPVOLGSTAP].get(kind, ()),
        meldcodestappen=found[FeitBranch.MELDCODESTAP].get(kind, ()),
        acties=found[FeitBranch.ACTIE].get(kind, ()),
    )


def _plaatsingen(kind: int, found: _Found) -> list[feiten.Plaatsing]:
    """Build a child's plaatsingen with what happened in each."""
    gesprekken, checks = found[FeitBranch.KINDGESPREK], found[FeitBranch.VEILIGHEIDSCHECK]
    bezoeken = found[FeitBranch.HUISBEZOEK]
    plaatsingen = [
        new(feiten.Plaatsing, (*row, gesprekken.get(row[0], ()), checks.get(row[0], ()), bezoeken.get(row[0], ())))
        for row in found[FeitBranch.PLAATSING].get(kind, ())
    ]
    plaatsingen.sort(key=_by_plaatsing)
    return plaatsingen


def _gezin(row: tuple[int, GezinSoort, date | None], found: _Found) -> feiten.Gezin:
    """Build one family with its members and plaatsingen."""
    gezin_id, soort, contract = row
    vgbs = found[FeitBranch.VGB]
    leden = [
        new(feiten.Gezinslid, (*lid, vgbs.get(lid[0], ()))) for lid in found[FeitBranch.GEZINSLID].get(gezin_id, ())
    ]
    return feiten.Gezin(
        id=gezin_id,
        soort=soort,
        pleegcontract_op=contract,
        plaatsingen=sorted(found[FeitBranch.GEZINSPLAATSING].get(gezin_id, ()), key=itemgetter(0)),
        gezinsleden=sorted(leden, key=itemgetter(0)),
        evaluaties=found[FeitBranch.EVALUATIE].get(gezin_id, ()),
    )


#: the last of which may come along for more than one reason
_TWICE = (FeitBranch.VEILIGHEIDSCHECK, FeitBranch.HUISBEZOEK)
_DATED = frozenset(
    {
        FeitBranch.KINDGESPREK,
        FeitBranch.VEILIGHEIDSCHECK,
        FeitBranch.HUISBEZOEK,
        FeitBranch.CASUISTIEKBESPREKING,
        FeitBranch.ONTWIKKELBEELD,
        FeitBranch.HULPVERLENINGSPLAN,
        FeitBranch.VERTROUWENSPERSOON,
        FeitBranch.PLEEGOUDERVOOGDGESPREK,
        FeitBranch.SIGNAAL,
        FeitBranch.VGB,
        FeitBranch.EVALUATIE,
    }
)
