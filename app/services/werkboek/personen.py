"""Who is stored already, for the checks of a workbook that ask who a nummer is."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.imports.personen import BekendKind, Personen
from app.models import Account, Medewerker, Pleegkind
from app.services.werkboek.versies import Feitstand, stand_of, versie_of
from app.terms import Rol

#: how many columns of a stored version come before its content
_HEAD = 5


def read_personen(session: Session, organisatie_id: int) -> Personen:
    """Return the children of an organisatie, and its medewerkers with an account; none that was withdrawn."""
    kind = [Pleegkind.roepnaam, Pleegkind.achternaam, Pleegkind.geboortedatum]
    kinderen = stand_per_nummer(session, organisatie_id, Pleegkind, kind)
    medewerkers = stand_per_nummer(session, organisatie_id, Medewerker, [Medewerker.rol], with_account())
    return Personen(
        {nummer: [BekendKind(*versie.inhoud) for versie in reversed(stand.geldig)] for nummer, stand in kinderen},
        {nummer: _rollen(stand) for nummer, stand in medewerkers},
    )


def read_eigen_bsn(session: Session, organisatie_id: int) -> frozenset[str]:
    """Return the nummers of the children whose BSN is another than the last import said."""
    found = stand_per_nummer(session, organisatie_id, Pleegkind, [Pleegkind.bsn_index])
    said = ((nummer, stand.geldig[-1].inhoud, stand.imported) for nummer, stand in found)
    return frozenset(nummer for nummer, (index,), imported in said if index is not None and (index,) != imported)


def read_met_account(session: Session, organisatie_id: int) -> frozenset[str]:
    """Return the nummers of the medewerkers with an account."""
    statement = select(Medewerker.nummer).where(Medewerker.organisatie_id == organisatie_id, with_account())
    return frozenset(session.scalars(statement))


def with_account() -> Any:
    """Return the condition that a medewerker can sign in."""
    return exists(Account.id).where(
        Account.organisatie_id == Medewerker.organisatie_id,
        Account.medewerker_id == Medewerker.feit_id,
        Account.ingetrokken_op.is_(None),
    )


def _rollen(stand: Feitstand[tuple[Any, ...]]) -> list[Rol]:
    said = [stand.geldig[-1].inhoud, *([stand.imported] if stand.imported else [])]
    return [rol for (rol,) in said]


def stand_per_nummer(
    session: Session, organisatie_id: int, model: Any, inhoud: list[Any], *conditions: Any
) -> list[tuple[str, Feitstand[tuple[Any, ...]]]]:
    """Return nummer and stand of every fact that nobody withdrew.

    Args:
        session: reads.
        organisatie_id: whose facts.
        model: of which kind.
        inhoud: the columns that make the content of a version.
        conditions: which of them.
    """
    statement = (
        select(model.nummer, model.volgorde, model.vastgelegd_door, model.wijzigingsreden, model.ingetrokken, *inhoud)
        .where(model.organisatie_id == organisatie_id, *conditions)
        .order_by(model.nummer, model.versie)
    )
    found = []
    for nummer, rows in groupby(session.execute(statement), attrgetter("nummer")):
        versies = list(rows)
        stand = stand_of(versie_of(row, tuple(row[_HEAD:])) for row in versies)
        if not versies[-1].ingetrokken:
            found.append((nummer, stand))
    return found
