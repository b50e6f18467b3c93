"""What is asked over HTTP: the lists, the pages of one child, and the recording of a talk."""

from collections.abc import Sequence

from starlette.types import ASGIApp

from app.main import create_served_app
from bench.asgi import Request, ask, read
from bench.bank import Bank
from bench.bare import Trace
from bench.http_case import Case
from bench.recorder import recording
from bench.talks import record_case

#: name, bar beside the floor, bar of the database, address, and who asks
_READS = (
    ("lijst van 25 kinderen (kwaliteit)", "bodem lijst", "database lijst", "/v1/pleegkinderen?limit=25", "kwaliteit"),
    ("eigen caseload (begeleider)", "bodem lijst", "database lijst", "/v1/pleegkinderen?limit=25", "begeleider"),
    ("te late termijnen, 25 (kwaliteit)", "bodem lijst", "database lijst", "/v1/termijnen?limit=25", "kwaliteit"),
    ("kinderen van een team (teamleider)", "bodem lijst", "database lijst", "/v1/pleegkinderen?limit=25", "teamleider"),
    ("te late termijnen van een team", "bodem lijst", "database lijst", "/v1/termijnen?limit=25", "teamleider"),
    ("termijnen van een kind", "bodem kind", None, "/v1/pleegkinderen/{kind}/termijnen", "begeleider"),
    ("tijdlijn van een kind", "bodem kind", None, "/v1/pleegkinderen/{kind}/tijdlijn", "begeleider"),
)


def http_cases(bank: Bank, organisaties: Sequence[int], talks: int, *, traced: bool) -> list[Case]:
    """Return every case.

    Args:
        bank: the data, as they are now: after more children came, make the cases anew.
        organisaties: that record at the same time; none leaves that case out.
        talks: how many talks there are to record, each with another child.
        traced: with what our own SQL does for each.
    """
    app = create_served_app()
    token = bank.token("begeleider")
    kind = read(app, "/v1/pleegkinderen?limit=25", token)["resultaten"][0]["id"]
    cases = [
        _read_case(bank, app, naam, (floor, database), (target.format(kind=kind), gebruiker), traced=traced)
        for naam, floor, database, target, gebruiker in _READS
    ]
    cases.append(record_case(bank, app, [bank.organisatie], talks, traced=traced))
    if organisaties:
        cases.append(record_case(bank, app, organisaties, talks, traced=False))
    return cases


def _read_case(
    bank: Bank, app: ASGIApp, naam: str, bars: tuple[str, str | None], asked: tuple[str, str], *, traced: bool
) -> Case:
    target, gebruiker = asked
    request = Request("GET", target, bank.token(gebruiker))
    traces = {request.line: _trace(app, request)} if traced and bars[1] else {}
    own_sql = "eigen SQL lijst" if traces else None
    return Case(naam, bars[0], own_sql, bars[1], [request], 200, traces, lambda: None)


def _trace(app: ASGIApp, request: Request) -> Trace:
    ask(app, request)  # the first connects and compiles
    with recording() as recorder:
        assert ask(app, request).status == 200
        return Trace.of(recorder.take(), shown="LIMIT", status=200)
