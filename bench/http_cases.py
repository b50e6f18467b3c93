"""What is asked over HTTP: the caseload, and the recording of a talk."""

from starlette.types import ASGIApp

from app.main import create_served_app
from bench.asgi import Request, ask
from bench.bank import Bank
from bench.bare import Trace
from bench.http_rounds import Case
from bench.recorder import recording
from bench.talks import record_case

_BAR = 1 / 3


def http_cases(bank: Bank, talks: int) -> list[Case]:
    """Return every case.

    Args:
        bank: the data.
        talks: how many talks there are to record, each with another child.
    """
    app = create_served_app()
    return [
        _list_case(bank, app, "lijst van 25 kinderen (kwaliteit)", "kwaliteit"),
        _list_case(bank, app, "eigen caseload (begeleider)", "begeleider"),
        record_case(bank, app, talks),
    ]


def _list_case(bank: Bank, app: ASGIApp, naam: str, gebruiker: str) -> Case:
    request = Request("GET", "/v1/pleegkinderen?limit=25", bank.token(gebruiker))
    ask(app, request)  # the first connects and compiles
    with recording() as recorder:
        assert ask(app, request).status == 200
        trace = Trace.of(recorder.take(), shown="LIMIT", status=200)
    return Case(naam, _BAR, [request], {request.line: trace}, lambda: None)
