"""Ask the rule again whether a message must still be heard, and by whom: at its moment, and before each try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Bericht, Vgb
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.norms.berichten import tell_from
from app.queries.berichten import list_carers
from app.queries.oordelen.standen import judge_kinderen
from app.services.feiten.recording import children_of
from app.terms import OnderwerpSoort


@dataclass(frozen=True, slots=True)
class Berichtvraag:
    """What the rule says of a message today.

    Attributes:
        vanaf: from which day on it must be heard; None when nothing asks for it any more.
        wie: who has the child now, with an address; nobody when nothing asks for it.
    """

    vanaf: date | None
    wie: Mapping[int, str]


_NIETS: Final = Berichtvraag(None, {})


def ask_again(session: Session, bericht: Bericht, vandaag: date) -> Berichtvraag:
    """Ask the rule whether a message must still be heard, and by whom."""
    soort = SOORTEN[bericht.feit_soort]
    fact = session.scalars(select(soort.model).where(soort.model.uid == bericht.feit_uid, holds(soort.model))).first()
    if fact is None:
        return _NIETS
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
