"""What the page of a child says beside its judgements and its timeline: names, words and what is put off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Date, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.together import Together
from app.models import Begeleiding, Kindgesprek, Medewerker, Plaatsing
from app.models.versions import holds, newest
from app.queries.namen import NAMEN, Naam, namen_of
from app.queries.uitstellen import UITGESTELD, Uitgesteld, uitgesteld_of

_STEMMEN: Final = select(Kindgesprek.uid, Kindgesprek.stem_van_het_kind).where(
    Kindgesprek.uid == bindparam("uids", type_=ARRAY(Uuid)).any_(), holds(Kindgesprek)
)
_BEGELEIDERS: Final = (
    select(Medewerker.naam, Begeleiding.van, func.least(Begeleiding.tot, Plaatsing.tot, type_=Date).label("tot"))
    .select_from(Plaatsing)
    .join(Begeleiding, (Begeleiding.plaatsing_id == Plaatsing.feit_id) & holds(Begeleiding))
    .join(Medewerker, (Medewerker.feit_id == Begeleiding.medewerker_id) & newest(Medewerker))
    .where(Plaatsing.pleegkind_id == bindparam("kinderen", type_=ARRAY(BigInteger)).any_(), holds(Plaatsing))
    .order_by(Begeleiding.van.desc(), Begeleiding.feit_id.desc())
)
_BLAD: Final = Together(namen=NAMEN, stemmen=_STEMMEN, uitgesteld=UITGESTELD, begeleiders=_BEGELEIDERS)


@dataclass(frozen=True, slots=True)
class Begeleidingsperiode:
    """Who guided, guides or will guide the child, during [van, tot)."""

    naam: str
    van: date
    tot: date | None


@dataclass(frozen=True, slots=True)
class Kindblad:
    """What stands beside what is shown.

    Attributes:
        namen: who did it, or who it is.
        stemmen: of talks, the child's own words.
        uitgesteld: what is put off of the child today.
        begeleiders: of any day, the last to begin first.
    """

    namen: Mapping[UUID, Naam]
    stemmen: Mapping[UUID, str | None]
    uitgesteld: Mapping[int, Sequence[Uitgesteld]]
    begeleiders: Sequence[Begeleidingsperiode]


def read_kindblad(session: Session, kind: int, uids: Iterable[UUID], vandaag: date) -> Kindblad:
    """Return what stands beside facts, and members of the family, that the reader was found to see; one statement."""
    found = _BLAD.read(session, 0, {"uids": list(uids), "kinderen": [kind], "dag": vandaag})
    return Kindblad(
        namen_of(found["namen"]),
        {row["uid"]: row["stem_van_het_kind"] for row in found["stemmen"]},
        uitgesteld_of([list(row.values()) for row in found["uitgesteld"]]),
        [Begeleidingsperiode(**row) for row in found["begeleiders"]],
    )
