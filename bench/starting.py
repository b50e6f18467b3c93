"""What waiting costs: the first requests after a start, and commands that say something small."""

import http.client
import resource
import subprocess
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from bench.asgi import Request
from bench.bank import Bank
from bench.bars import against
from bench.environment import environment_of_service
from bench.importing import import_organisatie
from bench.progress import tell
from bench.service import COMMAND, serving_application
from bench.table import Line

_FIRST = 6  # each over a line of its own: so many that both workers get one


def first_requests(bank: Bank, starts: int) -> Iterator[Line]:
    """Yield how long the slowest of the first requests takes after the workers answer."""
    request, slowest = Request("GET", "/v1/pleegkinderen?limit=25", bank.token("kwaliteit")), []
    for _ in range(starts):
        with serving_application() as server:
            slowest.append(max(_take(request, server.port) for _ in range(_FIRST)))
        tell(f"traagste van de eerste {_FIRST} verzoeken: {slowest[-1]:.2f} s")
    yield against("eerste verzoek", median(slowest))


def _take(request: Request, port: int) -> float:
    start = perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request(request.method, request.target, headers={"Authorization": f"Bearer {request.token}"})
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.status == 200, answer.status
    return perf_counter() - start


def small_commands(bank: Bank, times: int) -> Iterator[Line]:
    """Yield the processor time of the smallest commands; the judgements are those of an organisatie with one child."""
    import_organisatie(bank, 1, "EEN")
    judged = ("termijnen", "--organisatie", "EEN", "--peildatum", bank.today.isoformat())
    for arguments in (("--help",), ("token", "--gebruiker", "begeleider"), judged):
        naam = " ".join(("pleegzicht", arguments[0]))
        yield against("opdracht", median(_processor_time(arguments) for _ in range(times)), naam)


def _processor_time(arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([COMMAND, *arguments], check=True, env=environment_of_service(), stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
