"""What somebody asks about one child, family or fact costs no more when the organisatie has thousands of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, select, text

from app.db import sessions
from app.db.namens import Namens
from app.models import Gezinslid, Plaatsing, Pleeggezin, Pleegkind, Signaal
from app.models.soorten import SOORTEN
from app.queries.oordelen.feitrijen import read_facts
from bench.copies import copy_all
from bench.recorder import recording
from bench.singles import pages_read
from tests.api.client import VANDAAG, Dienst, standing_still
from tests.api.conftest import open_dienst
from tests.api.world import World, build_world

_COPIED = (Pleegkind, Pleeggezin, Gezinslid, Plaatsing, Signaal)
_TIMES = 10  # twice as many: of a handful of children thousands
_MORE = 120  # pages: an index of thousands is a level deeper, and a team is tens of lookups
_WHO = ("begeleider", "teamleider", "kwaliteit")
_OF_A_CHILD = ("", "/kindgesprekken", "/signalen", "/termijnen", "/tijdlijn", "/versies")
_ASKED = (*(f"/{soort.meervoud}" for soort in SOORTEN.values()), *(f"kind{page}" for page in _OF_A_CHILD))


@dataclass(frozen=True)
class Groot:
    """An organisatie of which a few children have a file, and a connection that works for it."""

    dienst: Dienst
    world: World
    organisatie: int
    connection: psycopg.Connection[Any]
    before: dict[tuple[str, str], int] = field(default_factory=dict)

    def pages(self, who: str, path: str) -> int:
        """Return how many pages the database reads for a request."""
        with recording() as recorder:
            assert self.world[who].get(path).status_code in (200, 403), path
            return pages_read(self.connection, recorder.take())

    def facts_of_two(self) -> int:
        """Return the same for the facts of two children."""
        with sessions.reading(self.dienst.engine, Namens(self.organisatie)) as session, recording() as recorder:
            oldest = session.scalars(select(Pleegkind.feit_id).order_by(Pleegkind.id).limit(2)).all()
            assert read_facts(session, oldest, VANDAAG, None, one_day=False)
            return pages_read(self.connection, recorder.take())

    def targets(self) -> dict[str, str]:
        """Return what is asked: of every kind of fact the versions of one, and the pages of a child."""
        own = self.world.files["eigen"]
        facts = {f"/{soort.meervoud}": f"/{soort.meervoud}/{own[naam]}/versies" for naam, soort in SOORTEN.items()}
        return facts | {f"kind{page}": f"/pleegkinderen/{own['pleegkind']}{page}" for page in _OF_A_CHILD}


@pytest.fixture(scope="module")
def groot(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Groot]:
    """An organisatie that got thousands of children after it was asked what each request costs."""
    file = tmp_path_factory.mktemp("geheim") / "geheimen.json"
    with open_dienst(f"pleegzicht_groei_{worker_id}", file) as dienst, standing_still():
        world = build_world(dienst)
        with dienst.owner.connect() as owner:
            kind = select(Pleegkind.organisatie_id).where(Pleegkind.uid == world.files["eigen"]["pleegkind"])
            organisatie = owner.scalars(kind).one()
        with _working_for(dienst, organisatie) as connection:
            found = Groot(dienst, world, organisatie, connection)
            for naam, path in found.targets().items():
                found.before.update({(who, naam): found.pages(who, path) for who in _WHO})
            found.before["", "twee"] = found.facts_of_two()
            _fill(dienst, organisatie)
            yield found


@contextmanager
def _working_for(dienst: Dienst, organisatie: int) -> Iterator[psycopg.Connection[Any]]:
    url = make_url(str(dienst.owner.url)).set(drivername="postgresql", password=dienst.owner.url.password)
    options = f"-c role={sessions.APP_ROLE}"
    with psycopg.connect(url.render_as_string(hide_password=False), options=options, autocommit=True) as connection:
        connection.execute("SELECT set_config('pleegzicht.organisatie', %s, false)", (str(organisatie),))
        yield connection


def _fill(dienst: Dienst, organisatie: int) -> None:
    """Copy children, families and what else a fact is found by, again and again."""
    with dienst.owner.begin() as connection:
        for _ in range(_TIMES):
            copy_all(connection, organisatie, organisatie, _COPIED)
        assert connection.execute(text("SELECT count(*) FROM pleegkind")).scalar_one() > 3000
    with dienst.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as happens some time after a load


@pytest.mark.parametrize("who", _WHO)
@pytest.mark.parametrize("naam", _ASKED)
def test_one_is_found_by_its_id(groot: Groot, who: str, naam: str) -> None:
    assert groot.pages(who, groot.targets()[naam]) <= groot.before[who, naam] + _MORE


def test_facts_of_some_children_are_not_joined_with_every_correction(groot: Groot) -> None:
    assert groot.facts_of_two() <= groot.before["", "twee"] + _MORE
