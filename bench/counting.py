"""How many queries a list costs, whatever its length: counted on psycopg."""

from collections.abc import Iterator

from starlette.types import ASGIApp

from app.main import create_app
from bench.asgi import Request, ask, read
from bench.bank import Bank
from bench.bars import against
from bench.progress import tell
from bench.recorder import COMMIT, Step, recording
from bench.table import Line

_LENGTHS = (1, 25, 200)


def count_queries(bank: Bank) -> Iterator[Line]:
    """Yield the most statements that each list took, over all lengths."""
    app = create_app()
    for naam, target, gebruiker in _lists(app, bank):
        token, most = bank.token(gebruiker), 0
        for length in _LENGTHS:
            most = max(most, _count(app, Request("GET", f"{target}?limit={length}", token)))
        tell(f"{naam}: hooguit {most} queries")
        yield against("queries", most, naam)


def _lists(app: ASGIApp, bank: Bank) -> Iterator[tuple[str, str, str]]:
    """Yield name, path and user of the lists; the first of all also warms up the connection."""
    token = bank.token("begeleider")
    kind = read(app, "/v1/pleegkinderen", token)["resultaten"][0]["id"]
    yield "caseload van een begeleider", "/v1/pleegkinderen", "begeleider"
    yield "caseload van een team", "/v1/pleegkinderen", "teamleider"
    yield "kinderen van de organisatie", "/v1/pleegkinderen", "kwaliteit"
    yield "te late termijnen van de organisatie", "/v1/termijnen", "kwaliteit"
    yield "te late termijnen van een begeleider", "/v1/termijnen", "begeleider"
    yield "tijdlijn van een kind", f"/v1/pleegkinderen/{kind}/tijdlijn", "begeleider"
    yield "kindgesprekken van een kind", f"/v1/pleegkinderen/{kind}/kindgesprekken", "begeleider"


def _count(app: ASGIApp, request: Request) -> int:
    with recording() as recorder:
        answer = ask(app, request)
        assert answer.status == 200, f"{request.target}: {answer.status}"
        return sum(asks(step) for step in recorder.take())


def asks(step: Step) -> bool:
    """Tell whether a statement asks for data: not who it is for, and not its two lines in the access log."""
    return step.sql != COMMIT and not step.alone and "set_config" not in step.sql
