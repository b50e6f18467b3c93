"""The recording of talks: one with each of many children, by its own begeleider; afterwards all is as before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from random import Random
from typing import Any

from sqlalchemy import Connection, or_, select, text
from sqlalchemy.orm import Session
from starlette.types import ASGIApp

from app.models import Account, Base, Begeleiding, Plaatsing, Pleegkind
from app.models.versions import holds
from app.security.demo_issuer import ISSUER
from app.terms import PlaatsingVorm
from bench.asgi import Request, as_json, ask
from bench.bank import Bank
from bench.bare import Trace
from bench.http_case import Case
from bench.progress import tell
from bench.recorder import recording

_VOICE = "Ik vind het fijn hier. Ik mag zelf kiezen wat we in het weekend doen, en ik slaap goed."
_ACCOUNTS = text("""
    INSERT INTO account (organisatie_id, medewerker_id, issuer, subject)
    SELECT organisatie_id, feit_id, :issuer, 'bench-' || feit_id FROM medewerker
    WHERE organisatie_id = :organisatie AND versie = 1 AND rol = 'pleegzorgbegeleider'
      AND feit_id NOT IN (SELECT medewerker_id FROM account)
""")
#: rows that recordings change in place
_HEADS = ("vastlegteller", "wijzigingskop")
_OF_CHILDREN = """
    WHERE pleegkind_id IN (SELECT k.id FROM pleegkind k WHERE k.uid = ANY(CAST(:kinderen AS uuid[])) AND k.versie = 1)
"""
_STAYS = frozenset(("account", "inzage", "inzage_afloop"))
_TIMES = 4  # each child, with another key
_names = count()


def record_case(bank: Bank, app: ASGIApp, organisaties: Sequence[int], talks: int, *, traced: bool) -> Case:
    """Return the case; its traces were sent in transactions that were rolled back.

    Args:
        bank: the data.
        app: answers inside this process.
        organisaties: whose begeleiders record, in turn.
        talks: at most so many children, all organisaties together.
        traced: with what our own SQL does for each child once.
    """
    several = [_requests(bank, organisatie, talks // len(organisaties)) for organisatie in organisaties]
    once = [request for row in zip_longest(*several) for request in row if request is not None]
    tell(f"{len(once)} kinderen om een gesprek van vast te leggen, {len(organisaties)} organisaties")
    reset = _Before(bank, [_kind(request) for request in once]).restore
    traces = _traces(app, once, reset) if traced else {}
    one = len(organisaties) == 1
    return Case(
        "een gesprek vastleggen" if one else f"een gesprek vastleggen, {len(organisaties)} organisaties",
        "bodem gesprek" if one else "bodem gesprek verspreid",
        "eigen SQL gesprek" if traces else None,
        "database gesprek" if one else None,
        [_again(request, number) for number in range(_TIMES) for request in once],
        201,
        traces,
        reset,
    )


def _traces(app: ASGIApp, requests: Iterable[Request], reset: Callable[[], None]) -> dict[str, Trace]:
    """Return what our own SQL does for each recording; nothing of it stays."""
    requests = list(requests)
    ask(app, requests[0])  # the first connects and compiles
    reset()
    with recording(keep=False) as recorder:
        traces = {}
        for request in requests:
            assert ask(app, request).status == 201
            traces[request.line] = Trace.of(recorder.take(), shown="kindgesprek", status=201)
    tell(f"{len(traces)} gesprekken opgenomen zonder ze te bewaren")
    return traces


def _again(request: Request, number: int) -> Request:
    """Return a request with a key of its own: for who records faster than there are children."""
    return replace(request, key=f"{request.key}-{number}") if number else request


def _kind(request: Request) -> str:
    return request.target.split("/")[3]


def _requests(bank: Bank, organisatie: int, talks: int) -> list[Request]:
    """Return a recording for each of so many children, drawn from the caseloads of all begeleiders."""
    with Session(bank.owner) as session:
        session.execute(_ACCOUNTS, {"issuer": ISSUER, "organisatie": organisatie})
        session.commit()
        found = {row.kind: row for row in session.execute(_caseloads(bank, organisatie))}
    drawn = Random(1).sample(sorted(found), min(talks, len(found)))
    tokens = {found[kind].subject: bank.token(found[kind].subject) for kind in drawn}
    return [_request(bank, found[kind], tokens[found[kind].subject]) for kind in drawn]


def _caseloads(bank: Bank, organisatie: int) -> Any:
    """Select who guides which child in which plaatsing today."""
    begun = (Plaatsing.van <= bank.today, Begeleiding.van <= bank.today)
    runs = (or_(model.tot.is_(None), model.tot > bank.today) for model in (Plaatsing, Begeleiding))
    return (
        select(Account.subject, Pleegkind.uid.label("kind"), Plaatsing.uid.label("plaatsing"))
        .join(Begeleiding, Begeleiding.medewerker_id == Account.medewerker_id)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .join(Pleegkind, Pleegkind.feit_id == Plaatsing.pleegkind_id)
        .where(Account.organisatie_id == organisatie, Plaatsing.vorm == PlaatsingVorm.VOLTIJD, *begun, *runs)
        .where(holds(Begeleiding), holds(Plaatsing), holds(Pleegkind))
    )


def _request(bank: Bank, row: Any, token: str) -> Request:
    body = {
        "plaatsingId": str(row.plaatsing),
        "datum": bank.today.isoformat(),
        "doorgegaan": True,
        "alleen": True,
        "vorm": "fysiek",
        "veiligheidBesproken": True,
        "kindVoeldeZichVeilig": "ja",
        "stemVanHetKind": _VOICE,
        "themas": ["school", "familie"],
    }
    target = f"/v1/pleegkinderen/{row.kind}/kindgesprekken"
    return Request("POST", target, token, as_json(body), key=f"bench-{row.kind}")


class _Before:
    """How the database was: the highest id of every table, and copies of what is replaced or changed in place.

    The access log stays as it is: nothing of ours reads it back, and every look leaves two lines. So do accounts: those
    of another case may have come since.
    """

    def __init__(self, bank: Bank, kinderen: Sequence[str]) -> None:
        self._owner = bank.owner
        self._copies = {table: f"voor_{table}_{next(_names)}" for table in (*_HEADS, "termijn")}
        with self._owner.begin() as connection:
            for table, copy in self._copies.items():
                connection.execute(text(f"DROP TABLE IF EXISTS {copy}"))
                chosen = _OF_CHILDREN if table == "termijn" else ""
                connection.execute(
                    text(f"CREATE TABLE {copy} AS SELECT * FROM {table} {chosen}"), {"kinderen": kinderen}
                )
            named = [name for name, table in Base.metadata.tables.items() if "id" in table.columns]
            self._highest = {name: _highest(connection, name) for name in named if name not in _STAYS}
        with self._owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM termijn, kindgesprek, idempotentie, vastlegteller, wijzigingskop"))

    def restore(self) -> None:
        """Take away what came since, and bring back what went.

        Nothing is cleaned up: a VACUUM lets every connection plan all of its statements anew, 0.7 ms for each talk of a
        turn. That happens once, before the first.
        """
        with self._owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            highest = self._highest["wijzigingspakket"]
            connection.execute(text(f"DELETE FROM wijzigingsschakel WHERE pakket_id > {highest}"))
            for name, highest in self._highest.items():
                connection.execute(text(f"DELETE FROM {name} WHERE id > {highest}"))
            for table, copy in self._copies.items():
                key = "pleegkind_id" if table == "termijn" else "organisatie_id"
                connection.execute(text(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {copy})"))
                columns = _columns(table)
                connection.execute(text(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {copy}"))


def _columns(table: str) -> str:
    """Return the columns of a table that can be written: the database computes the others."""
    return ", ".join(name for name, column in Base.metadata.tables[table].columns.items() if column.computed is None)


def _highest(connection: Connection, table: str) -> int:
    found: int = connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()
    return found
