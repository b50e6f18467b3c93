"""Ask the rule again whether a message must still be heard, and by whom: at its moment, and before each try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Bericht, Uitzondering, Vgb
from app.models.soorten import SOORTEN
from app.models.versions import holds, newest
from app.norms.berichten import tell_end_from, tell_from
from app.norms.calendar import is_active
from app.queries.berichten import list_carers
from app.queries.feiten.kinderen import children_of
from app.queries.oordelen.dossiers import load_dossiers
from app.queries.oordelen.standen import judge_kinderen
from app.queries.uitstellen import is_end_put_off
from app.terms import Berichtreden, OnderwerpSoort


@dataclass(frozen=True, slots=True)
class Berichtvraag:
    """What the rule says of a message today.

    Attributes:
        vanaf: from which day on it must be heard; None when nothing asks for it any more.
        wie: who has the child now, with an address; nobody when nothing asks for it, or when none of them has one.
    """

    vanaf: date | None
    wie: Mapping[int, str]

    def asks_on(self, vandaag: date) -> bool:
        """Tell whether it must be heard by a day, also when nobody can be written to."""
        return self.vanaf is not None and self.vanaf <= vandaag


_NIETS: Final = Berichtvraag(None, {})


def ask_again(session: Session, bericht: Bericht, vandaag: date) -> Berichtvraag:
    """Ask the rule whether a message must still be heard, and by whom."""
    soort = SOORTEN[bericht.feit_soort]
    fact = session.scalars(select(soort.model).where(soort.model.uid == bericht.feit_uid, holds(soort.model))).first()
    if fact is None:
        return _NIETS
    if isinstance(fact, Uitzondering):
        return _ask_of_end(session, bericht, fact, vandaag)
    onderwerp = (
        (OnderwerpSoort.GEZINSLID, fact.gezinslid_id)
        if isinstance(fact, Vgb)
        else (OnderwerpSoort(bericht.feit_soort), fact.feit_id)
    )
    kinderen = sorted(children_of(session, soort, [fact], vandaag))
    asked = {
        kind: day
        for kind, oordelen in judge_kinderen(session, bericht.organisatie_id, kinderen, vandaag).items()
        if (day := tell_from(bericht.reden, onderwerp, oordelen)) is not None
    }
    if not asked:
        return _NIETS
    due = [kind for kind, day in asked.items() if day <= vandaag]
    wie = {
        key: address
        for kind in due
        for key, address in list_carers(session, bericht.organisatie_id, kind, vandaag).items()
    }
    return Berichtvraag(min(asked.values()), wie)


def is_put_off(session: Session, bericht: Bericht, medewerker_id: int, vandaag: date) -> bool:
    """Tell whether somebody put a message off themselves: that an uitzondering ends, until its last day at most."""
    if bericht.reden is not Berichtreden.UITZONDERING_EINDIGT or vandaag.isoformat() >= bericht.tijdvak:
        return False
    of = select(Uitzondering.feit_id).where(Uitzondering.uid == bericht.feit_uid, newest(Uitzondering))
    key = session.scalar(of)
    return key is not None and is_end_put_off(session, medewerker_id, key, vandaag)


def _ask_of_end(session: Session, bericht: Bericht, fact: Uitzondering, vandaag: date) -> Berichtvraag:
    """Ask whether an uitzondering still ends on the day of which must be heard, of a child that is still in zorg."""
    if fact.herzien_uiterlijk.isoformat() != bericht.tijdvak:
        return _NIETS
    for dossier in load_dossiers(session, [fact.pleegkind_id], vandaag, one_day=True).kinderen:
        day = tell_end_from(dossier.uitzonderingen, fact.feit_id, vandaag)
        if day is not None and any(is_active(one.van, one.tot, vandaag) for one in dossier.plaatsingen):
            return Berichtvraag(day, list_carers(session, bericht.organisatie_id, fact.pleegkind_id, vandaag))
    return _NIETS
