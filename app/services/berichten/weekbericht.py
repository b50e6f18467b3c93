"""Once a week everybody hears how many of their children ask for something: counts alone, also when all are nought.

It comes every Monday, so that silence means that something is broken.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.clock import civil_date
from app.lib.ids import new_uid
from app.models import Bericht, Bezorging, Medewerker
from app.models.versions import holds
from app.norms.aandacht import Groep, aandacht_of, groep_of
from app.norms.uitstel import heard_of
from app.queries.accounts.actor import find_actor
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.standen import judge_kinderen
from app.queries.pleegkinderen.opvolging import list_in_scope
from app.queries.uitstellen import read_own_uitgesteld
from app.services.berichten.brieven import Brief, overview
from app.terms import Berichtafloop, Berichtkanaal, Berichtreden, Rol

#: [keuze] who has children of whom something can be asked, or answers for all of them
LEZERS: Final = (Rol.PLEEGZORGBEGELEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER, Rol.KWALITEITSMEDEWERKER)


def announce_week(session: Session, organisatie_id: int, kanalen: Mapping[Berichtkanaal, object], nu: datetime) -> int:
    """Put the message of this week into the outbox for everybody who gets one; return for how many.

    A second time in the same week adds nothing.
    """
    year, week, _ = civil_date(nu).isocalendar()
    readers = select(Medewerker.feit_id, Medewerker.uid).where(
        Medewerker.organisatie_id == organisatie_id,
        Medewerker.rol.in_(LEZERS),
        Medewerker.email.is_not(None),
        holds(Medewerker),
    )
    added = 0
    for medewerker_id, uid in session.execute(readers.order_by(Medewerker.feit_id)).all():
        new = insert(Bericht).values(
            organisatie_id=organisatie_id,
            reden=Berichtreden.WEEKBERICHT,
            feit_soort="medewerker",
            feit_uid=uid,
            tijdvak=f"{year}-W{week:02}",
            vanaf=nu,
            aangemaakt_op=nu,
            afgehandeld_op=nu,
            afloop=Berichtafloop.GEADRESSEERD,
        )
        key = session.scalar(new.on_conflict_do_nothing().returning(Bericht.id))
        if key is not None:
            session.add_all(_bezorging(organisatie_id, key, medewerker_id, kanaal, nu) for kanaal in kanalen)
            added += 1
    session.flush()  # the caller commits; nothing else would write them before
    return added


def _bezorging(organisatie_id: int, bericht: int, medewerker: int, kanaal: Berichtkanaal, nu: datetime) -> Bezorging:
    return Bezorging(
        organisatie_id=organisatie_id,
        bericht_id=bericht,
        medewerker_id=medewerker,
        kanaal=kanaal,
        kenmerk=new_uid(),
        pogingen=0,
        volgende_op=nu,
    )


def compose_week(session: Session, medewerker: Medewerker, vandaag: date, link: str) -> Brief | None:
    """Return what somebody is told of their children today; None for who cannot sign in to see them."""
    actor = find_actor(session, medewerker.organisatie_id, medewerker.nummer, vandaag)
    return None if actor is None else overview(*_count(session, actor, vandaag), link)


def _count(session: Session, actor: Actor, vandaag: date) -> tuple[Mapping[Groep, int], int]:
    """Return how many children ask for what without what the actor put off, and of how many something was put off."""
    keys, found, put_off = list_in_scope(session, actor, vandaag), Counter[Groep](), 0
    own = read_own_uitgesteld(session, actor.medewerker_id, vandaag)
    for start in range(0, len(keys), BATCH):
        judged = judge_kinderen(session, actor.organisatie_id, keys[start : start + BATCH], vandaag)
        for kind, oordelen in judged.items():
            heard = heard_of(oordelen, own.get(kind, ()))
            found[aandacht_of(heard).groep] += 1
            put_off += any(groep_of(one) is not Groep.OP_TIJD for one in oordelen if one not in heard)
    return found, put_off
