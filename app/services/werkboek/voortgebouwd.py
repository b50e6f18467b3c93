"""What was built on an import since: as long as there is any of it, the import cannot be taken back."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Table, and_, any_, cast, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from app.models import Account, Base, Kwartaaltoets, Medewerker, Team, Teamwijziging, Wijziging
from app.models.base import Feit
from app.models.versions import holds
from app.services.werkboek.tables import SHEET_TABLES
from app.services.werkboek.versies import takes_back
from app.terms import ToetsStatus

#: what follows from facts, only says that somebody looked, or was never sent
_AFGELEID: Final = frozenset(
    {
        "termijn",
        "plaatsing_bezetting",
        "kind_in_begeleiding",
        "zonder_begeleider",
        "open_na_vertrek",
        "kwartaaltoets_regel",
        "inzage",
        "inzage_afloop",
        "sessie",
        "agenda",
        "concept",
        "bericht",
        "bezorging",
        "gebeurtenis",
        "taakstand",
        "importstand",
        "toetsopdracht",
    }
)
_NAMEN: Final[Mapping[str, str]] = {
    "extra_inzet": "extra inzet",
    "extra_inzet_stap": "extra inzet",
    "noodtoegang_bespreking": "noodtoegang",
    "bewaarblokkade_opheffing": "bewaarblokkade",
    "samenvoeging_stap": "samenvoeging",
    "vernietiging_oordeel": "vernietiging",
    "vernietiging_stap": "vernietiging",
}


class Voortgebouwd(NamedTuple):
    """One thing that would lose its ground.

    Attributes:
        soort: the Dutch noun.
        nummer: by which people know it; empty for what has none.
    """

    soort: str
    nummer: str = ""

    def __str__(self) -> str:
        return f"{self.soort} {self.nummer}".strip()


@dataclass(frozen=True, slots=True)
class Geraakt:
    """What an import touched.

    Attributes:
        organisatie_id: whose import.
        feiten: per table the facts (feit_id) that it brought or changed.
        nieuw: per table those that it brought.
        andere_rol: medewerkers (feit_id) whose rol it changed.
        teams: the teams (their keys) that it put people in, or took them from.
        volgordes: its first and last place in the order of recordings.
        pakket_id: its package in the change log.
    """

    organisatie_id: int
    feiten: Mapping[str, AbstractSet[int]]
    nieuw: Mapping[str, AbstractSet[int]]
    andere_rol: AbstractSet[int]
    teams: AbstractSet[int]
    volgordes: tuple[int, int]
    pakket_id: int


class _Verwijzing(NamedTuple):
    tabel: Table
    kolom: str
    naar: str


def find_built(session: Session, geraakt: Geraakt, written: Mapping[str, AbstractSet[int]]) -> list[Voortgebouwd]:
    """Return what refers to the facts of an import, and the audits that were frozen with them.

    Args:
        session: works for the organisatie.
        geraakt: what the import touched.
        written: per table the ids of the rows that it wrote itself.
    """
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    found = dict.fromkeys(_frozen(session, geraakt))
    for verwijzing in _verwijzingen():
        model = models[verwijzing.tabel.name]
        if issubclass(model, Feit):
            found |= dict.fromkeys(_facts(session, geraakt, model, verwijzing))
        else:
            found |= dict.fromkeys(_others(session, geraakt, verwijzing, written.get(verwijzing.tabel.name, ())))
    return [*found, *_accounts(session, geraakt), *_teams(session, geraakt)]


def _verwijzingen() -> Iterator[_Verwijzing]:
    """Give every column of every table that refers to a fact of a kind that a workbook has."""
    feiten = {tafel.model.__tablename__ for tafel in SHEET_TABLES}
    for tabel in Base.metadata.sorted_tables:
        for key in tabel.foreign_key_constraints:
            columns = [column for column in key.column_keys if column != "organisatie_id"]
            # A version refers to another of its own fact by one column, and to another fact by two.
            if tabel.name not in _AFGELEID and key.referred_table.name in feiten and len(key.column_keys) > 1:
                yield _Verwijzing(tabel, columns[0], key.referred_table.name)


def _facts(session: Session, geraakt: Geraakt, model: Any, verwijzing: _Verwijzing) -> Iterator[Voortgebouwd]:
    """Give what was recorded since about a fact that the import brought or changed."""
    touched = geraakt.feiten.get(verwijzing.naar)
    if touched:
        statement = select(model.nummer).where(
            model.organisatie_id == geraakt.organisatie_id,
            _among(getattr(model, verwijzing.kolom), touched),
            model.volgorde > geraakt.volgordes[1],
            not_(takes_back(model)),
            holds(model),
        )
        for nummer in session.scalars(statement.order_by(model.nummer)):
            yield Voortgebouwd(model.__tablename__, nummer)


def _others(
    session: Session, geraakt: Geraakt, verwijzing: _Verwijzing, own: AbstractSet[int] | Sequence[int]
) -> Iterator[Voortgebouwd]:
    """Give what is no fact and refers to one that the import brought."""
    new, columns = geraakt.nieuw.get(verwijzing.naar), verwijzing.tabel.columns
    if new:
        statement = select(func.count()).where(
            columns["organisatie_id"] == geraakt.organisatie_id, _among(columns[verwijzing.kolom], new)
        )
        if "id" in columns and own:
            statement = statement.where(not_(_among(columns["id"], own)))
        if session.execute(statement).scalar_one():
            yield Voortgebouwd(_NAMEN.get(verwijzing.tabel.name, verwijzing.tabel.name))


def _accounts(session: Session, geraakt: Geraakt) -> Iterator[Voortgebouwd]:
    """Give who was given an account with the rol that the import gave: what they may do is not an import's to say."""
    if geraakt.andere_rol:
        wie = aliased(Medewerker)
        statement = (
            select(wie.nummer)
            .distinct()
            .join(Account, and_(Account.organisatie_id == wie.organisatie_id, Account.medewerker_id == wie.feit_id))
            .where(_among(wie.feit_id, geraakt.andere_rol), Account.ingetrokken_op.is_(None))
        )
        for nummer in session.scalars(statement.order_by(wie.nummer)):
            yield Voortgebouwd("account van medewerker", nummer)


def _teams(session: Session, geraakt: Geraakt) -> Iterator[Voortgebouwd]:
    """Give what became of its teams since: nobody comes back into one that is closed, joined or called otherwise.

    A team is no fact: the change log says whether it was before the import or after it.
    """
    since = exists(Wijziging.id).where(
        Wijziging.organisatie_id == geraakt.organisatie_id,
        Wijziging.tabel == Teamwijziging.__tablename__,
        Wijziging.rij_id == Teamwijziging.id,
        Wijziging.pakket_id > geraakt.pakket_id,
    )
    statement = (
        select(Teamwijziging.soort, Team.naam)
        .join(Team, Team.id == Teamwijziging.team_id)
        .where(
            Teamwijziging.organisatie_id == geraakt.organisatie_id,
            or_(_among(Teamwijziging.team_id, geraakt.teams), _among(Teamwijziging.opgegaan_in, geraakt.teams)),
            since,
        )
    )
    if geraakt.teams:
        for soort, naam in session.execute(statement.order_by(Teamwijziging.id)):
            yield Voortgebouwd(f"{soort} van team", f'"{naam}"')


def _frozen(session: Session, geraakt: Geraakt) -> Iterator[Voortgebouwd]:
    statement = select(Kwartaaltoets.kwartaal).where(
        Kwartaaltoets.organisatie_id == geraakt.organisatie_id,
        Kwartaaltoets.status == ToetsStatus.VASTGESTELD,
        Kwartaaltoets.volgorde >= geraakt.volgordes[0],
    )
    for kwartaal in session.scalars(statement.order_by(Kwartaaltoets.kwartaal)):
        yield Voortgebouwd("vastgestelde kwartaaltoets", kwartaal)


def _among(column: Any, ids: AbstractSet[int] | Sequence[int]) -> Any:
    return column == any_(cast(sorted(ids), ARRAY(BigInteger)))
