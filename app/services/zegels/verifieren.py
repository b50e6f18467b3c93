"""Verify organisaties one after the other, each in a snapshot of its own, and say it all in one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from app.db.namens import Namens, act_for
from app.db.sessions import reading
from app.lib.progress import Progress
from app.models import Organisatie
from app.queries.bescherming import check_bescherming
from app.queries.kwartaaltoetsen.digests import Zegelcontrole, verify_frozen
from app.queries.zegels.verificatie import Bewijs, Verificatie, begin_verification, verify_organisatie
from app.security.zegelmap import Zegelmap


@dataclass(frozen=True, slots=True)
class Anker:
    """Where the seals are kept, and the public key that must fit."""

    map: Zegelmap
    sleutel: str


@dataclass(frozen=True, slots=True)
class Eindverslag:
    """All that was verified."""

    logs: Sequence[Verificatie]
    toetsen: Zegelcontrole
    bescherming: Sequence[str] = ()

    @property
    def afwijkingen(self) -> tuple[str, ...]:
        """What is wrong, in Dutch sentences."""
        logs = (zin for log in self.logs for zin in log.afwijkingen)
        return (*self.bescherming, *logs, *self.toetsen.afwijkingen)

    @property
    def opmerkingen(self) -> tuple[str, ...]:
        """What could not be known."""
        return tuple(zin for log in self.logs for zin in log.opmerkingen)

    def __str__(self) -> str:
        """Return the counts as one Dutch line."""
        wijzigingen, schakels, rijen, zegels, inzagen, aantal = (
            sum(getattr(log, name) for log in self.logs)
            for name in ("wijzigingen", "schakels", "rijen", "zegels", "inzageregels", "aantal")
        )
        return (
            f"{wijzigingen} wijzigingen in {schakels} schakels, {rijen} rijen, {zegels} zegels over {inzagen} regels "
            f"inzagelog, {self.toetsen.toetsen} vastgestelde kwartaaltoetsen, {self.toetsen.regels} regels, "
            f"{aantal + len(self.toetsen.afwijkingen) + len(self.bescherming)} afwijkingen"
        )


def verify(
    engine: Engine, organisaties: Sequence[int], anker: Anker | None, progress: Progress | None = None
) -> Eindverslag:
    """Verify organisaties.

    Args:
        engine: of the app's role, without statement timeout.
        organisaties: their keys.
        anker: the seals outside the database; None to look at the database alone.
        progress: hears how far it is.
    """
    logs = list(_logs(engine, organisaties, anker, progress))
    with reading(engine) as session:
        stand = check_bescherming(session.connection())
        return Eindverslag(logs, verify_frozen(session, organisaties, progress), stand)


def _logs(
    engine: Engine, organisaties: Sequence[int], anker: Anker | None, progress: Progress | None
) -> Iterator[Verificatie]:
    for organisatie_id in organisaties:
        with reading(engine) as session:
            act_for(session, Namens(organisatie_id))
            begin_verification(session)
            organisatie = session.get_one(Organisatie, organisatie_id)
            bewijs = None if anker is None else Bewijs(anker.map.read(organisatie.code), anker.sleutel)
            yield verify_organisatie(session, organisatie, bewijs, progress)
