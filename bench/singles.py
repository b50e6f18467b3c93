"""What the database reads to answer about one child, family or fact, or a page of one kind of fact.

Counted in pages, of every statement of a request, at two sizes of the same organisatie: what one person did with one
child must not cost more because an organisatie has more children.
"""

from collections.abc import Iterator

from starlette.types import ASGIApp

from app.main import create_app
from app.models.soorten import SOORTEN
from app.services.beheer.controle import report_drift
from bench.asgi import Request, ask, read
from bench.bank import Bank
from bench.bars import against
from bench.plans import explain, pages_of
from bench.progress import tell
from bench.recorder import Connection, Step, recording
from bench.table import Line, count

_WHO = ("begeleider", "teamleider", "kwaliteit")
_OF_A_CHILD = ("", "/termijnen", "/tijdlijn", "/kindgesprekken", "/acties", "/signalen", "/versies")
_LISTS = ("/plaatsingen", "/signalen", "/acties", "/uitzonderingen", "/uitstellen")
_FOUND_OR_NOT = (200, 403, 404)  # what is looked for in vain is looked for as well
_AGAIN = 25  # children of a list that are judged again
_SPACE = 200  # pages: the plans at two sizes may differ, and a table of so many is read whole


def read_singles(bank: Bank) -> dict[str, int]:
    """Return the pages that each request reads at the size that the bank has now, by what is asked and by whom."""
    app = create_app()
    child = read(app, "/v1/pleegkinderen?limit=1", bank.token("begeleider"))["resultaten"][0]["id"]
    with bank.connect() as connection:
        found = {
            f"{naam} ({who})": pages_read(connection, _steps(app, Request("GET", target, bank.token(who))))
            for naam, target in (*_of_child(child), *_of_facts(bank), *_lists())
            for who in _WHO
        }
        return {**found, "kinderen van een lijst opnieuw beoordelen": _judged_again(bank, connection)}


def _of_child(child: str) -> Iterator[tuple[str, str]]:
    for page in _OF_A_CHILD:
        yield f"/pleegkinderen/{{id}}{page}", f"/v1/pleegkinderen/{child}{page}"


def _of_facts(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the page of the oldest fact of each kind, and of its versions: copies come after it."""
    for soort in SOORTEN.values():
        oldest = f"SELECT uid FROM {soort.naam} WHERE organisatie_id = %s AND versie = 1 ORDER BY id LIMIT 1"
        with bank.connect() as connection:
            row = connection.execute(oldest, (bank.organisatie,)).fetchone()
        if row is not None:
            for page in ("", "/versies"):
                yield f"/{soort.meervoud}/{{id}}{page}", f"/v1/{soort.meervoud}/{row[0]}{page}"


def _lists() -> Iterator[tuple[str, str]]:
    for path in _LISTS:
        yield path, f"/v1{path}?limit=25"


def _steps(app: ASGIApp, request: Request) -> list[Step]:
    with recording() as recorder:
        status = ask(app, request).status
        assert status in _FOUND_OR_NOT, f"{request.target}: {status}"
        return recorder.take()


def _judged_again(bank: Bank, connection: Connection) -> int:
    """Return the pages that it takes to judge a page of children again, as after one list in a hundred."""
    with bank.connect() as other:
        rows = other.execute(
            "SELECT feit_id FROM pleegkind WHERE versie = 1 ORDER BY id LIMIT %s", (_AGAIN,)
        ).fetchall()
    with recording() as recorder:
        assert report_drift(bank.engine, bank.organisatie, {key for (key,) in rows}, bank.today) == 0
        return pages_read(connection, recorder.take())


def pages_read(connection: Connection, steps: list[Step]) -> int:
    """Return how many pages the reading statements of a request read; without those of the access log."""
    return sum(pages_of(explain(connection, step)) for step in steps if _is_read(step))


def _is_read(step: Step) -> bool:
    return not step.alone and step.sql.startswith(("SELECT", "WITH")) and "set_config" not in step.sql


def single_lines(small: dict[str, int], large: dict[str, int], factor: int) -> Iterator[Line]:
    """Yield the request of which the pages read grew most, at ``factor`` times as many children."""
    grown = {naam: large[naam] / (pages + _SPACE) for naam, pages in small.items()}
    worst = max(grown, key=lambda naam: grown[naam])
    tell(f"{len(grown)} verzoeken over een kind, gezin of feit: meeste groei {worst}")
    beside = f"{count(small[worst])} → {count(large[worst])}: {worst}"
    yield against("bladzijden groei", grown[worst], str(factor), count(len(grown)), beside=beside)
