"""``pleegzicht verifieer``: the logs, the live rows and the seals of an organisatie, one against the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.streaming import read_one_moment
from app.lib.progress import Progress
from app.models import Organisatie, Zegel
from app.queries.bescherming import check_kop
from app.queries.bevindingen import Bevindingen
from app.queries.vernietigingen.certificaten import read_certificates
from app.queries.wijzigingen.keten import Keten, walk_chain
from app.queries.wijzigingen.rijen import compare_rows
from app.queries.zegels.inhoud import check_content
from app.security.zegel import GeenZegel, Getekend, read_seal


@dataclass(frozen=True, slots=True)
class Bewijs:
    """What was kept outside the database.

    Attributes:
        zegels: name and bytes of every seal of the organisatie, in order.
        sleutel: the public key that must fit, hexadecimal.
    """

    zegels: Iterable[tuple[str, bytes]]
    sleutel: str


@dataclass(frozen=True, slots=True)
class Verificatie:
    """What was read, what is wrong, and what could not be known."""

    code: str
    wijzigingen: int
    schakels: int
    rijen: int
    zegels: int
    inzageregels: int
    aantal: int
    afwijkingen: tuple[str, ...]
    opmerkingen: tuple[str, ...]


def begin_verification(session: Session) -> None:
    """Let everything that this transaction reads be of one moment; must come first in it.

    A service that works on meanwhile is then no mismatch.
    """
    read_one_moment(session)


def verify_organisatie(
    session: Session, organisatie: Organisatie, bewijs: Bewijs | None, progress: Progress | None = None
) -> Verificatie:
    """Verify one organisatie.

    Args:
        session: working for it, in one snapshot (``begin_verification``).
        organisatie: whose logs.
        bewijs: the seals from outside; None to look at the database alone, as the attack table does.
        progress: hears how far it is.
    """
    found, notes = Bevindingen(), []
    seals = [] if bewijs is None else _read_seals(bewijs, found)
    asked = {seal.inhoud["wijzigingen"]["schakels"] for seal in seals}
    gone = read_certificates(session, organisatie.id, found)
    keten = walk_chain(session, organisatie.id, found, asked, progress, gone)
    found.extend(check_kop(session, organisatie.id))
    rows = compare_rows(session, organisatie.id, found, progress)
    covered = sum(check_content(session, organisatie, seal.inhoud, keten, found) for seal in seals)
    if bewijs is not None:
        _check_copies(session, organisatie, seals, found)
        notes = list(_notes(seals, keten))
    return Verificatie(
        organisatie.code,
        keten.wijzigingen,
        keten.schakels,
        rows,
        len(seals),
        covered,
        found.aantal,
        tuple(f"{organisatie.code}: {zin}" for zin in found.told()),
        tuple(f"{organisatie.code}: {zin}" for zin in notes),
    )


def _read_seals(bewijs: Bewijs, found: Bevindingen) -> list[Getekend]:
    """Return the seals that are whole and signed by the key, in order; of every other it is said what is wrong."""
    seals: list[Getekend] = []
    for name, data in bewijs.zegels:
        try:
            seal = read_seal(data)
        except GeenZegel:
            found.add(f"Zegelbestand {name} is beschadigd of gewijzigd.")
            continue
        if not seal.fits(bewijs.sleutel):
            found.add(f"Zegelbestand {name} is niet ondertekend met de sleutel van deze installatie.")
            continue
        _check_order(seals, seal, name, found)
        seals.append(seal)
    return seals


def _check_order(before: list[Getekend], seal: Getekend, name: str, found: Bevindingen) -> None:
    nummer, expected = seal.inhoud["nummer"], before[-1].inhoud["nummer"] + 1 if before else 1
    if name != f"{nummer:08d}.json":
        found.add(f"Zegelbestand {name} is zegel {nummer}.")
    if nummer != expected:
        found.add(f"Zegel {nummer} volgt op zegel {expected - 1}: er is er een weg.")
    elif before and seal.inhoud["vorige"] != before[-1].digest:
        found.add(f"Zegel {nummer}: sluit niet aan op het vorige zegel.")


def _check_copies(session: Session, organisatie: Organisatie, seals: list[Getekend], found: Bevindingen) -> None:
    """Compare the seals with what the database remembers of them."""
    rows = session.execute(select(Zegel.nummer, Zegel.digest).where(Zegel.organisatie_id == organisatie.id))
    copies = {row.nummer: row.digest for row in rows}
    outside = {seal.inhoud["nummer"]: seal.digest for seal in seals}
    for nummer in sorted(copies.keys() | outside.keys()):
        if nummer not in outside:
            found.add(f"Zegel {nummer} is gemaakt, maar ligt niet (heel) in de map met zegels.")
        elif nummer not in copies:
            found.add(f"De database kent zegel {nummer} niet: zij is ouder dan dat zegel, of het is eruit gewist.")
        elif copies[nummer] != outside[nummer]:
            found.add(f"Zegel {nummer} in de database is een ander dan in de map met zegels.")


def _notes(seals: list[Getekend], keten: Keten) -> Iterable[str]:
    if not seals:
        yield (
            "er is geen anker buiten de database. Wie de database beheert kan alles hebben herschreven zonder dat "
            "het hier blijkt. Maak zegels: pleegzicht zegel."
        )
        return
    last = seals[-1].inhoud
    later = keten.schakels - last["wijzigingen"]["schakels"]
    if later > 0:
        yield f"{later} schakels zijn van na zegel {last['nummer']} ({last['op']}) en nog niet verankerd."
