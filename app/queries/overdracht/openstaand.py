"""What is still with a medewerker: the children that it guides, extra inzet that it answers for, actions to do."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.models import Actie, Begeleiding, ExtraInzet, Plaatsing, Pleegkind
from app.models.periode import runs_after
from app.models.versions import holds
from app.queries.extra_inzetten import last_step
from app.queries.feiten.keuze import is_to_do
from app.terms import ExtraInzetStapSoort as Stap


class OpenBegeleiding(TypedDict):
    """A child that somebody guides, or will guide."""

    pleegkind_id: UUID
    plaatsing_id: UUID
    begeleiding_id: UUID
    van: date
    tot: date | None


class OpenExtraInzet(TypedDict):
    """An extra inzet that somebody answers for."""

    id: UUID
    pleegkind_id: UUID
    uiterlijk: date


class OpenActie(TypedDict):
    """An agreed action that somebody is to do."""

    id: UUID
    pleegkind_id: UUID
    uiterlijk: date


class Openstaand(TypedDict):
    """Everything that is with one medewerker."""

    begeleidingen: list[OpenBegeleiding]
    extra_inzetten: list[OpenExtraInzet]
    acties: list[OpenActie]


def read_openstaand(session: Session, organisatie_id: int, medewerker: int, vandaag: date) -> Openstaand:
    """Return what is open with a medewerker (a feit_id), by child."""
    return {
        "begeleidingen": read_begeleidingen(session, organisatie_id, medewerker, vandaag),
        "extra_inzetten": _extra_inzetten(session, organisatie_id, medewerker),
        "acties": _acties(session, organisatie_id, medewerker),
    }


def read_begeleidingen(session: Session, organisatie_id: int, medewerker: int, vandaag: date) -> list[OpenBegeleiding]:
    """Return the children that a medewerker (a feit_id) guides or will guide, by nummer."""
    statement = (
        select(
            Pleegkind.uid,
            Plaatsing.uid,
            Begeleiding.uid,
            Begeleiding.van,
            Begeleiding.tot,
        )
        .select_from(Begeleiding)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .join(Pleegkind, Pleegkind.feit_id == Plaatsing.pleegkind_id)
        .where(
            Begeleiding.organisatie_id == organisatie_id,
            Begeleiding.medewerker_id == medewerker,
            runs_after(Begeleiding, vandaag),
            runs_after(Plaatsing, vandaag),
            holds(Begeleiding),
            holds(Plaatsing),
            holds(Pleegkind),
        )
        .order_by(Pleegkind.nummer.collate("C"), Begeleiding.van, Begeleiding.nummer)
    )
    return [
        OpenBegeleiding(pleegkind_id=kind, plaatsing_id=plaatsing, begeleiding_id=key, van=van, tot=tot)
        for kind, plaatsing, key, van, tot in session.execute(statement)
    ]


def _extra_inzetten(session: Session, organisatie_id: int, medewerker: int) -> list[OpenExtraInzet]:
    stap = last_step(ExtraInzet.id)
    statement = (
        select(ExtraInzet.uid, Pleegkind.uid, ExtraInzet.uiterlijk)
        .select_from(ExtraInzet)
        .join(stap, true())
        .join(Pleegkind, Pleegkind.feit_id == ExtraInzet.pleegkind_id)
        .where(
            ExtraInzet.organisatie_id == organisatie_id,
            stap.c.eigenaar_id == medewerker,
            stap.c.soort != Stap.AFSLUITING,
            holds(Pleegkind),
        )
        .order_by(ExtraInzet.uiterlijk, ExtraInzet.uid)
    )
    return [
        OpenExtraInzet(id=key, pleegkind_id=kind, uiterlijk=uiterlijk)
        for key, kind, uiterlijk in session.execute(statement)
    ]


def is_open_actie(medewerker: int) -> tuple[Any, ...]:
    """Return the conditions on an actie that somebody is to do still."""
    return Actie.eigenaar_id == medewerker, is_to_do(Actie), holds(Actie)


def _acties(session: Session, organisatie_id: int, medewerker: int) -> list[OpenActie]:
    statement = (
        select(Actie.uid, Pleegkind.uid, Actie.uiterlijk)
        .join(Pleegkind, Pleegkind.feit_id == Actie.pleegkind_id)
        .where(Actie.organisatie_id == organisatie_id, *is_open_actie(medewerker), holds(Pleegkind))
        .order_by(Actie.uiterlijk, Actie.uid)
    )
    return [
        OpenActie(id=key, pleegkind_id=kind, uiterlijk=uiterlijk) for key, kind, uiterlijk in session.execute(statement)
    ]
