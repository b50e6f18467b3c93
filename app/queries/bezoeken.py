"""What the facts of a visit did to the norms: which of them they count for, why not, and until when those are met."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models.soorten import DELEN_VAN_EEN_BEZOEK, SOORTEN
from app.norms.judge import Oordeel
from app.norms.uitleg.gevolg import gevolgen_of
from app.queries.feiten.opvolging import with_opvolging
from app.queries.feiten.regels import FeitRegel
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.terms import AanleidingSoort


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
    told = [*shown.items(), *(("opvolgstap", stap) for stap in stappen)]
    gevolgen = [
        {
            "soort": naam,
            "id": regel["uid"],
            "normen": normgevolgen(oordeel, naam, regel["feit_id"], vandaag),
            "opvolging": regel.get("opvolging"),
        }
        for naam, regel in told
    ]
    parts = dict.fromkeys(DELEN_VAN_EEN_BEZOEK)
    return {**parts, **shown, "opvolgstappen": stappen, "gevolgen": gevolgen}


def _with_opvolging(session: Session, actor: Actor, naam: str, regel: FeitRegel, vandaag: date) -> FeitRegel:
    if naam not in set(AanleidingSoort):
        return regel
    return with_opvolging(SOORTEN[naam], session, actor, [regel], vandaag, None)[0]


def normgevolgen(oordeel: Kindoordeel, naam: str, feit_id: int, vandaag: date) -> list[dict[str, Any]]:
    """Return each norm for which a kind of fact can count, and whether this one does.

    Args:
        oordeel: the child, judged on ``vandaag``.
        naam: kind of fact.
        feit_id: the fact; one that is not in the judged file counts for nothing.
        vandaag: the day on which is judged.
    """
    if oordeel.dossier is None:
        return []
    oordelen = [item.oordeel for item in oordeel.termijnen]
    return [
        _normgevolg(oordelen[plaats], waarom_niet, oordeel.ids)
        for plaats, waarom_niet in gevolgen_of(oordeel.dossier, oordelen, naam, feit_id, vandaag)
    ]


def _normgevolg(one: Oordeel, waarom_niet: Sequence[str], ids: Mapping[tuple[str, int], UUID]) -> dict[str, Any]:
    return {
        "norm": one.norm.code,
        "naam": one.norm.naam,
        "onderwerp": {"soort": one.onderwerp_soort, "id": ids[one.onderwerp_soort, one.onderwerp_id]},
        "telt": not waarom_niet,
        "waarom_niet": list(waarom_niet),
        "stand": one.stand,
        "uiterlijk": one.uiterlijk,
    }
