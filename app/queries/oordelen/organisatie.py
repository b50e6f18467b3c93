"""Every judgement of an organisatie's children on a day: what the export, the audit and the lists of the past read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Text, bindparam, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.lib.progress import Progress
from app.models import (
    Actie,
    Gezinslid,
    Kindgesprek,
    Plaatsing,
    Pleeggezin,
    Pleegkind,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
)
from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, judge
from app.queries.feiten.kinderen import list_kinderen
from app.queries.normen import get_catalogus
from app.queries.oordelen.dossiers import iterate_dossiers
from app.terms import OnderwerpSoort

_SUBJECTS = {
    OnderwerpSoort.PLEEGKIND: Pleegkind,
    OnderwerpSoort.PLAATSING: Plaatsing,
    OnderwerpSoort.GEZINSLID: Gezinslid,
    OnderwerpSoort.PLEEGGEZIN: Pleeggezin,
    OnderwerpSoort.SIGNAAL: Signaal,
}
#: of these there are many, and few are a subject: asked for by id
_RARE_SUBJECTS = {
    OnderwerpSoort.KINDGESPREK: Kindgesprek,
    OnderwerpSoort.VEILIGHEIDSCHECK: Veiligheidscheck,
    OnderwerpSoort.UITZONDERING: Uitzondering,
    OnderwerpSoort.ACTIE: Actie,
}
_NUMMERS = FastStatement(
    union_all(
        *(
            select(literal_column(f"'{soort}'", Text), model.id, model.nummer).where(
                model.organisatie_id == bindparam("organisatie", type_=BigInteger), model.versie == 1
            )
            for soort, model in _SUBJECTS.items()
        )
    )
)
_RARE_NUMMERS = FastStatement(
    union_all(
        *(
            select(literal_column(f"'{soort}'", Text), model.id, model.nummer).where(
                model.id == bindparam(soort.value, type_=ARRAY(BigInteger)).any_()
            )
            for soort, model in _RARE_SUBJECTS.items()
        )
    )
)


@dataclass(frozen=True, slots=True)
class KindOordeel:
    """One judgement, on the child on whom it shows, with the numbers that people know them by."""

    pleegkind_id: int
    pleegkind_nummer: str
    onderwerp_nummer: str
    oordeel: Oordeel


def list_nummers(session: Session, organisatie_id: int) -> dict[tuple[str, int], str]:
    """Return the nummer of children, their plaatsingen, families and signalen, by soort and feit_id."""
    return {(soort, key): nummer for soort, key, nummer in _NUMMERS.rows(session, organisatie=organisatie_id)}


def _rare_nummers(session: Session, oordelen: Iterable[Oordeel]) -> dict[tuple[str, int], str]:
    """Return the nummer of the other subjects that judgements name; no statement when they name none."""
    wanted: dict[str, list[int]] = {soort.value: [] for soort in _RARE_SUBJECTS}
    for oordeel in oordelen:
        if oordeel.onderwerp_soort in _RARE_SUBJECTS:
            wanted[oordeel.onderwerp_soort].append(oordeel.onderwerp_id)
    if not any(wanted.values()):
        return {}
    return {(soort, key): nummer for soort, key, nummer in _RARE_NUMMERS.rows(session, **wanted)}


def iterate_oordelen(
    session: Session,
    organisatie_id: int,
    peildatum: date,
    bekend_op: datetime | None = None,
    progress: Progress | None = None,
) -> Iterator[KindOordeel]:
    """Yield every judgement of an organisatie on a day, child by child.

    A child is listed when it is in zorg on the peildatum; CAL-3, OPV-O, OPV-B and ACT also otherwise
    (``afspraken.md`` §6).

    Args:
        session: reads.
        organisatie_id: whose children.
        peildatum: the day of judgement.
        bekend_op: what the file said at that moment; None for now.
        progress: called with children done, children in all, and a label.
    """
    kinderen = list_kinderen(session, organisatie_id, bekend_op)
    nummers = list_nummers(session, organisatie_id)
    catalogus = get_catalogus(session, organisatie_id, bekend_op)
    cache: Gezinscache = {}
    done = 0
    for dossiers in iterate_dossiers(session, kinderen, peildatum, bekend_op, one_day=True):
        judged = [(one.id, judge(one, dossiers.gezinnen, catalogus, peildatum, cache)) for one in dossiers.kinderen]
        rare = _rare_nummers(session, (oordeel for _, oordelen in judged for oordeel in oordelen))
        for kind, oordelen in judged:
            nummer = nummers[OnderwerpSoort.PLEEGKIND, kind]
            for oordeel in oordelen:
                about = (oordeel.onderwerp_soort, oordeel.onderwerp_id)
                yield KindOordeel(kind, nummer, nummers.get(about) or rare[about], oordeel)
        done = min(done + len(dossiers.kinderen), len(kinderen))
        if progress:
            progress(done, len(kinderen), "oordelen")
