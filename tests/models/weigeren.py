"""What the tests of refusals share: a child that is placed without any service, and rows to be refused."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, Table, insert, literal, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.models import Plaatsing, Pleeggezin, Pleegkind
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import Recording, begin_recording, record_feit, replace_feit
from app.terms import OrganisatieSoort, PlaatsingVorm

NU = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATIENCE = 20.0  # seconds until a waiting transaction must have shown itself


def refused(run: Callable[[], object]) -> Any:
    """Run what must be refused by the database, and return how it was refused."""
    with pytest.raises((DBAPIError, psycopg.Error)) as refusal:  # a fast statement passes SQLAlchemy by
        run()
    return getattr(refusal.value, "orig", refusal.value)


def copy_row(session: Session, table: Table, organisatie_id: int, changes: dict[str, Any]) -> None:
    """Insert a copy of an organisatie's first row with some columns changed."""
    act_for(session, Namens(organisatie_id))
    own = table.c.id if table.name == "organisatie" else table.c.organisatie_id
    columns = [column for column in table.columns if column.computed is None and column.name not in ("id", "xid")]
    given = [
        literal(changes[column.name], column.type)
        if column.name in changes and not hasattr(changes[column.name], "compile")
        else changes.get(column.name, column)
        for column in columns
    ]
    source = select(*given).where(own == organisatie_id).limit(1)
    session.execute(insert(table).from_select([column.name for column in columns], source))


class Kind:
    """A child with a family in an organisatie of its own; writes without the services and their checks."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with Session(engine) as session:
            code = f"K{uuid4().hex[:10]}"
            self.organisatie_id = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER).id
            recording = begin_recording(session, self.organisatie_id, NU, None)
            kind = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": date(2015, 1, 1), "geslacht": None}
            gezin = {"naam": "Gezin", "soort": "bestand", "gemeente": None, "pleegcontract_op": None}
            self.pleegkind_id = record_feit(recording, Pleegkind, kind).feit_id
            self.pleeggezin_id = record_feit(recording, Pleeggezin, gezin).feit_id
            session.commit()
        self._number = 100

    def session(self) -> Session:
        """Return a new session that works for the organisatie."""
        session = Session(self.engine)
        act_for(session, Namens(self.organisatie_id))
        return session

    def recording(self, session: Session) -> Recording:
        """Return a right to record that does not lock the head, so that two transactions can meet."""
        self._number += 1
        act_for(session, Namens(self.organisatie_id))
        return Recording(session, self.organisatie_id, NU, None, range(self._number, self._number + 1))

    def place(self, session: Session, van: date, tot: date | None, vorm: str = "voltijd") -> Plaatsing:
        inhoud = {"pleegkind_id": self.pleegkind_id, "pleeggezin_id": self.pleeggezin_id, "vorm": PlaatsingVorm(vorm)}
        inhoud |= {"zorgvorm": "pleegzorg", "van": van, "tot": tot, "eindreden": None}
        return record_feit(self.recording(session), Plaatsing, inhoud)

    def correct(self, session: Session, plaatsing: Plaatsing, **changes: Any) -> Plaatsing:
        return replace_feit(self.recording(session), plaatsing, changes, reden="test")


def wait_until_waiting(owner: Engine, pid: int) -> None:
    """Return when a backend waits for a lock."""
    waits = text("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = :pid")
    until = time.monotonic() + PATIENCE
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while not watching.execute(waits, {"pid": pid}).scalar():
            assert time.monotonic() < until, "the second transaction never waited"
            time.sleep(0.01)
