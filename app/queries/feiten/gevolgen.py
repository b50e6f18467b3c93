"""What the facts of a visit did to the norms: which of them they count for, why not, and until when those are met."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models.soorten import DELEN_VAN_EEN_BEZOEK, SOORTEN
from app.norms.feiten import Plaatsing
from app.norms.teldeniet import reasons
from app.queries.feiten.opvolging import with_opvolging
from app.queries.feiten.regels import FeitRegel
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.terms import AanleidingSoort, OnderwerpSoort


def show_bezoek(
    session: Session,
    actor: Actor,
    kind: int,
    feiten: Mapping[str, FeitRegel],
    stappen: Sequence[FeitRegel],
    vandaag: date,
) -> dict[str, Any]:
    """Return a recorded visit as it is shown; the caller recorded it, and may read the child.

    Args:
        session: reads what was just written.
        actor: who recorded it.
        kind: feit_id of the child.
        feiten: kind of fact → the fact.
        stappen: the steps.
        vandaag: the day on which is judged.
    """
    shown = {naam: _with_opvolging(session, actor, naam, regel, vandaag) for naam, regel in feiten.items()}
    oordeel = judge_kind(session, actor, kind, vandaag)
    gevolgen = [
        {
            "soort": naam,
            "id": regel["uid"],
            "normen": list(normgevolgen(oordeel, naam, regel["feit_id"], vandaag)),
            "opvolging": regel.get("opvolging"),
        }
        for naam, regel in shown.items()
    ]
    parts = dict.fromkeys(DELEN_VAN_EEN_BEZOEK)
    return {**parts, **shown, "opvolgstappen": stappen, "gevolgen": gevolgen}


def _with_opvolging(session: Session, actor: Actor, naam: str, regel: FeitRegel, vandaag: date) -> FeitRegel:
    if naam not in set(AanleidingSoort):
        return regel
    return with_opvolging(SOORTEN[naam], session, actor, [regel], vandaag, None)[0]


def normgevolgen(oordeel: Kindoordeel, naam: str, feit_id: int, vandaag: date) -> Iterator[dict[str, Any]]:
    """Yield each norm of the plaatsing for which a kind of fact can count, and whether this one does.

    Args:
        oordeel: the child, judged on ``vandaag``.
        naam: kind of fact.
        feit_id: the fact; one that is not in the judged file counts for nothing.
        vandaag: the day on which is judged.
    """
    for plaatsing in oordeel.dossier.plaatsingen if oordeel.dossier else ():
        feit = next((one for one in _facts(plaatsing, naam) if one.id == feit_id), None)
        if feit is None:
            continue
        for item in oordeel.termijnen:
            one = item.oordeel
            if (one.onderwerp_soort, one.onderwerp_id) != (OnderwerpSoort.PLAATSING, plaatsing.id):
                continue
            waarom_niet = reasons(one.norm.code, naam, feit, plaatsing, vandaag)
            if waarom_niet is not None:
                yield {
                    "norm": one.norm.code,
                    "naam": one.norm.naam,
                    "telt": not waarom_niet,
                    "waarom_niet": waarom_niet,
                    "stand": one.stand,
                    "uiterlijk": one.uiterlijk,
                }


def _facts(plaatsing: Plaatsing, naam: str) -> Sequence[Any]:
    facts: Sequence[Any] = getattr(plaatsing, SOORTEN[naam].meervoud)
    return facts
