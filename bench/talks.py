"""The recording of talks: one with each of many children, by its own begeleider; afterwards all is as before."""

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
from bench.http_rounds import Case
from bench.progress import tell
from bench.recorder import Step, recording

_BAR = 1 / 4
_VOICE = "Ik vind het fijn hier. Ik mag zelf kiezen wat we in het weekend doen, en ik slaap goed."
_ACCOUNTS = text("""
    INSERT INTO account (organisatie_id, medewerker_id, issuer, subject)
    SELECT organisatie_id, feit_id, :issuer, 'bench-' || feit_id FROM medewerker
    WHERE organisatie_id = :organisatie AND versie = 1 AND rol = 'pleegzorgbegeleider'
      AND feit_id NOT IN (SELECT medewerker_id FROM account)
""")
_RESTORE_TERMIJN = text("""
    INSERT INTO termijn SELECT * FROM voor_termijn
    WHERE NOT EXISTS (SELECT FROM termijn WHERE termijn.id = voor_termijn.id)
""")
_RESTORE_COUNTER = text("""
    UPDATE vastlegteller SET volgorde = voor.volgorde, laatst_op = voor.laatst_op
    FROM voor_vastlegteller voor WHERE voor.organisatie_id = vastlegteller.organisatie_id
""")


def record_case(bank: Bank, app: ASGIApp, talks: int) -> Case:
    """Return the case; its traces were sent in transactions that were rolled back."""
    requests = _requests(bank, talks)
    tell(f"{len(requests)} gesprekken opnemen zonder ze te bewaren")
    reset = _Before(bank).restore
    ask(app, requests[0])  # the first connects and compiles
    reset()
    first = bank.number("SELECT volgorde FROM vastlegteller WHERE organisatie_id = :o", o=bank.organisatie) + 1
    with recording(keep=False) as recorder:
        traces = {}
        for number, request in enumerate(requests, start=first):
            assert ask(app, request).status == 201
            steps = [_numbered(step, number) for step in recorder.take()]
            traces[request.line] = Trace.of(steps, shown="kindgesprek", status=201)
    return Case("een gesprek vastleggen", _BAR, requests, traces, reset)


def _numbered(step: Step, number: int) -> Step:
    """Give a recording its place in the order: every trace was made as if it were the next one."""
    if step.many or not isinstance(step.parameters, dict) or not {"volgorde", "nummer"} <= step.parameters.keys():
        return step
    return step._replace(parameters={**step.parameters, "volgorde": number, "nummer": f"PZ{number:08d}"})


def _requests(bank: Bank, talks: int) -> list[Request]:
    """Return a recording for each of so many children, drawn from the caseloads of all begeleiders."""
    with Session(bank.owner) as session:
        session.execute(_ACCOUNTS, {"issuer": ISSUER, "organisatie": bank.organisatie})
        session.commit()
        found = {row.kind: row for row in session.execute(_caseloads(bank))}
    drawn = Random(1).sample(sorted(found), min(talks, len(found)))
    tokens = {found[kind].subject: bank.token(found[kind].subject) for kind in drawn}
    return [_request(bank, found[kind], tokens[found[kind].subject]) for kind in drawn]


def _caseloads(bank: Bank) -> Any:
    """Select who guides which child in which plaatsing today."""
    begun = (Plaatsing.van <= bank.today, Begeleiding.van <= bank.today)
    runs = (or_(model.tot.is_(None), model.tot > bank.today) for model in (Plaatsing, Begeleiding))
    return (
        select(Account.subject, Pleegkind.uid.label("kind"), Plaatsing.uid.label("plaatsing"))
        .join(Begeleiding, Begeleiding.medewerker_id == Account.medewerker_id)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .join(Pleegkind, Pleegkind.feit_id == Plaatsing.pleegkind_id)
        .where(Account.organisatie_id == bank.organisatie, Plaatsing.vorm == PlaatsingVorm.VOLTIJD, *begun, *runs)
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
    """How the database was: the highest id of every table, and copies of what is replaced or changed in place."""

    def __init__(self, bank: Bank) -> None:
        self._owner = bank.owner
        with self._owner.begin() as connection:
            connection.execute(text("CREATE TABLE voor_termijn AS SELECT * FROM termijn"))
            connection.execute(text("CREATE TABLE voor_vastlegteller AS SELECT * FROM vastlegteller"))
            named = [name for name, table in Base.metadata.tables.items() if "id" in table.columns]
            self._highest = {name: _highest(connection, name) for name in named}

    def restore(self) -> None:
        """Take away what came since, and bring back what went."""
        with self._owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for name, highest in self._highest.items():
                connection.execute(text(f"DELETE FROM {name} WHERE id > {highest}"))
            connection.execute(_RESTORE_TERMIJN)
            connection.execute(_RESTORE_COUNTER)
        with self._owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM termijn, kindgesprek, idempotentie, vastlegteller"))


def _highest(connection: Connection, table: str) -> int:
    found: int = connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()
    return found
