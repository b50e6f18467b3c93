"""What must follow on recorded facts, and what was done about each: shown beside the fact, whoever asks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.rows import Regel
from app.invoer.opvolging import day_of_aanleiding
from app.models import Medewerker, Meldcodestap, Opvolgstap
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import BekendOp, holds
from app.norms.calendar import add_days, add_working_days
from app.norms.events import EVENT_OF_NORM
from app.norms.opvolging import MELDCODE
from app.norms.versies.catalogue import Catalogus
from app.queries.normen import get_catalogus
from app.terms import NormCode

Regels = Sequence[Regel]


def with_opvolging(
    soort: FeitSoort,
    session: Session,
    actor: Actor,
    regels: Regels,
    vandaag: date,
    bekend_op: datetime | None,
    normen: Callable[[], Catalogus] | None = None,
) -> list[dict[str, Any]]:
    """Return facts with ``opvolging``: the deadlines of an aanleiding and what was done, None for what is none.

    Without an aanleiding among them the database is not asked.
    """
    days = {regel["feit_id"]: k for regel in regels if (k := _day(regel)) is not None}
    if not days:
        return [{**regel, "opvolging": None} for regel in regels]
    catalogus = normen() if normen else get_catalogus(session, actor.organisatie_id, bekend_op)
    found = _opvolging(session, soort, days, vandaag, bekend_op, catalogus)
    return [{**regel, "opvolging": found.get(regel["feit_id"])} for regel in regels]


def _day(regel: Regel) -> date | None:
    return None if regel["ingetrokken"] else day_of_aanleiding(regel)


def _opvolging(
    session: Session,
    soort: FeitSoort,
    days: Mapping[int, date],
    vandaag: date,
    bekend_op: datetime | None,
    catalogus: Catalogus,
) -> dict[int, dict[str, Any]]:
    normen = catalogus.in_force(vandaag)
    overleg, besluit = (normen[code].number("werkdagen") for code in (NormCode.OPV_O, NormCode.OPV_B))
    of_checks = soort.naam == EVENT_OF_NORM[NormCode.OPV_H]  # a check is looked at again by another
    hercheck = normen[NormCode.OPV_H].number("dagen") if of_checks else None
    stappen = _steps(session, soort, days, bekend_op)
    return {
        key: {
            "sinds": k,
            "overleg_uiterlijk": add_working_days(k, overleg),
            "besluit_uiterlijk": add_working_days(k, besluit),
            "hercheck_uiterlijk": None if hercheck is None else add_days(k, hercheck),
            "stappen": [stap for stap in stappen if stap["over"] == key and stap["datum"] >= k],
        }
        for key, k in days.items()
    }


def _steps(session: Session, soort: FeitSoort, days: Mapping[int, date], k: BekendOp) -> list[dict[str, Any]]:
    """Return what was done about some facts of a kind, the first first."""
    about: Any = getattr(Opvolgstap, f"{soort.naam}_id")
    branches = [_branch(Opvolgstap, about, k, days, met=Opvolgstap.met, besluit=Opvolgstap.besluit)]
    if soort.als_eigenaar is Eigenaar.SIGNAAL:
        branches.append(_branch(Meldcodestap, Meldcodestap.signaal_id, k, days).where(Meldcodestap.stap.in_(MELDCODE)))
    rows = session.execute(union_all(*branches)).mappings()
    found = [{**row, "stap": MELDCODE.get(row["stap"], row["stap"])} for row in map(_readable, rows)]
    return sorted(found, key=lambda row: (row["datum"], row["uid"]))


def _readable(row: Any) -> dict[str, Any]:
    stap = row["stap"]
    return {**row, "stap": int(stap) if stap.isdecimal() else stap}


def _branch(
    model: Any, about: Any, k: BekendOp, days: Mapping[int, date], *, met: Any = None, besluit: Any = None
) -> Any:
    door = aliased(Medewerker)
    return (
        select(
            model.uid,
            literal(model.__tablename__).label("soort"),
            about.label("over"),
            cast(model.stap, Text).label("stap"),
            model.datum,
            cast(met, Text).label("met"),
            cast(besluit, Text).label("besluit"),
            door.uid.label("medewerker_id"),
        )
        .join(door, door.id == model.medewerker_id)
        .where(about.in_(list(days)), holds(model, k))
    )
