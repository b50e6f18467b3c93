"""The application as first wall: with the database's own wall gone, everybody reads exactly the same.

A read that leaves the choice of organisatie to row-level security is right only as long as no policy widens; where
one does (a mandate shows an inspectie the heads of audits) it answers with what is somebody else's. Here the tables are
read by their owner, for whom every policy is open, and what differs is such a read.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.db.sessions import reading
from app.models import Organisatie
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.oordelen.organisatie import iterate_oordelen
from app.queries.zegels.inhoud import compose
from app.services.beheer.controle import control
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.services.vernietigingen.besluiten import propose_due
from app.services.zegels.verifieren import verify
from tests.api.client import NU, VANDAAG, Dienst
from tests.beleid.mutanten import rewriting
from tests.beleid.opname import HEEL, Omvang, record
from tests.beleid.wereld import Wereld

LEZERS = ("kwaliteit", "mandaat")
#: runs, so that nobody froze it
KWARTAAL = Kwartaal.parse("2026-Q4")
#: of the suite: every address of a file of one's own and of another organisatie, without filters
GEKOZEN = Omvang(("eigen", "vreemd"), {}, 0, met_etag=False)


@contextmanager
def second_wall_down(dienst: Dienst) -> Iterator[None]:
    """Let every request read as the owner of the tables."""
    with (
        mock.patch.multiple(dienst.engines, app=dienst.owner, write=dienst.owner),
        mock.patch.object(dienst.engines, "inspector", dienst.owner),
    ):
        yield


@pytest.mark.parametrize("wie", LEZERS)
def test_a_route_reads_the_same_when_no_policy_helps_it(
    wereld: Wereld, dienst: Dienst, wie: str, *, heel: bool
) -> None:
    omvang = HEEL if heel else GEKOZEN
    before = record(wereld, wereld.users[wie], omvang)
    with second_wall_down(dienst):
        after = record(wereld, wereld.users[wie], omvang)
    assert before.differences(after) == []
    assert len(before.antwoorden) > (500 if heel else 150)


def _sealed(engine: Engine, key: int) -> Any:
    with reading(engine, Namens(key)) as session:
        said = compose(session, session.get_one(Organisatie, key), None, "", NU)
    return {name: value for name, value in said.items() if name != "inzage"}, said["inzage"]["tabellen"]


def _controlled(engine: Engine, key: int) -> Any:
    with reading(engine) as session:
        return control(session, [key], VANDAAG)


def _judged(engine: Engine, key: int) -> Any:
    with reading(engine, Namens(key)) as session:
        return [repr(one.oordeel) for one in iterate_oordelen(session, key, VANDAAG, None)]


def _audited(engine: Engine, key: int) -> Any:
    """Build the audit of the running quarter, and take it back."""
    with Session(engine, autoflush=False) as session:
        act_for(session, Namens(key))
        toets = establish_toets(session, Toetsverzoek(key, NU, VANDAAG), KWARTAAL, freeze=False, replace=False)
        return toets.rijen, toets.digest


def _proposed(engine: Engine, key: int) -> int:
    """Count what would be proposed, and take it back."""
    with Session(engine) as session:
        act_for(session, Namens(key))
        return propose_due(session, key, NU, VANDAAG)


COMMANDOS: Mapping[str, Callable[[Engine, int], Any]] = {
    "verifieer": lambda engine, key: verify(engine, [key], None),
    "zegel": _sealed,
    "controleer": _controlled,
    "termijnen": _judged,
    "kwartaaltoets": _audited,
    "vernietigen": _proposed,
}


@pytest.fixture
def organisaties(dienst: Dienst) -> dict[str, int]:
    """Return the key of every organisatie: providers with frozen audits, inspecties with a mandate on them."""
    with Session(dienst.owner) as session:
        return {one.code: one.id for one in session.scalars(select(Organisatie))}


@pytest.mark.parametrize("commando", COMMANDOS)
def test_a_command_reads_the_same_when_no_policy_helps_it(
    wereld: Wereld, dienst: Dienst, organisaties: dict[str, int], commando: str
) -> None:
    run = COMMANDOS[commando]
    for code, key in organisaties.items():
        assert run(dienst.engine, key) == run(dienst.owner, key), code


def test_an_untouched_database_has_no_findings(wereld: Wereld, dienst: Dienst, organisaties: dict[str, int]) -> None:
    found = verify(dienst.engine, list(organisaties.values()), None)
    assert found.afwijkingen == ()
    with dienst.owner.connect() as connection:
        frozen = connection.execute(
            text("SELECT count(*) FROM kwartaaltoets WHERE vastgesteld_op IS NOT NULL AND organisatie_id = ANY(:keys)"),
            {"keys": list(organisaties.values())},
        ).scalar_one()
    assert found.toetsen.toetsen == frozen >= 2  # each once: an inspectie with a mandate has none of its own


def test_a_read_without_its_organisatie_is_seen(wereld: Wereld, dienst: Dienst, organisaties: dict[str, int]) -> None:
    """The planted fault: the frozen audits of whoever they are, by a command and by a route."""
    key, user = organisaties[wereld.code], wereld.users["kwaliteit"]
    sound = verify(dienst.engine, [key], None), user.get("/kwartaaltoetsen").content
    with rewriting(r"\bkwartaaltoets\.organisatie_id = %\(\w+\)s(::\w+)?"):
        assert (verify(dienst.engine, [key], None), user.get("/kwartaaltoetsen").content) == sound
        assert verify(dienst.owner, [key], None) != sound[0]
        with second_wall_down(dienst):
            assert user.get("/kwartaaltoetsen").content != sound[1]
