"""What is put off of children in a list or on a page, in words: of what, until when, by whom and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from app.norms.normwoorden import NORMEN
from app.queries.uitstellen import Uitgesteld, read_uitgesteld
from app.terms import NormCode

EINDE: Final = "Einde van de uitzondering"


@dataclass(frozen=True, slots=True)
class Uitstelregel:
    """A reminder that somebody put off."""

    uid: UUID
    versie: int
    norm: NormCode | None
    wat: str
    tot: date
    door: str
    reden: str


def uitstelregels(session: Session, kinderen: Sequence[int], vandaag: date) -> Mapping[int, Sequence[Uitstelregel]]:
    """Return what is put off today of children that the reader was found to see, by child."""
    return as_uitstelregels(read_uitgesteld(session, kinderen, vandaag))


def as_uitstelregels(found: Mapping[int, Sequence[Uitgesteld]]) -> Mapping[int, Sequence[Uitstelregel]]:
    """Return the same of what was read with other lists."""
    return {
        kind: [
            Uitstelregel(
                one.uid, one.versie, one.norm, NORMEN[one.norm] if one.norm else EINDE, one.tot, one.door, one.reden
            )
            for one in regels
        ]
        for kind, regels in found.items()
    }
