"""``make drill-capaciteit``: how many begeleiders one machine carries at the same time, and what each worker adds.

On loopback, with PostgreSQL of Debian and 1,300 children, in four minutes. People open the list of their children, open
a child, and record a visit, each of them once in ten seconds. More of them come until one act in twenty takes longer
than a second or something is not answered; then it is tried in between. So with one, two and three workers. Who asks
runs on the same machine: what they spend is not there for who answers, and the figure is a low one.

Planted: a table that is busy, so that even the first ten a second are too many.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app import clock
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from tools.belasting import Begeleider, Meting, work
from tools.dienst import command, serving
from tools.geplant import tell_planted
from tools.klok import Bezoeker
from tools.knopen import children_of
from tools.schrijvers import PLACES
from tools.server import Ontbreekt, Server, drill_folder, free_port, require

WERKERS = (1, 2, 3)
KINDEREN = "aanbieder"
P95, GEHEUGEN, BEGELEIDERS = 1.0, 200.0, 100
_SECONDS = 6.0
_FIRST, _STEP, _STEPS = 10.0, 1.6, 7
#: whoever comes to a worker that still starts waits for it, while another answers that the service is ready
_STARTS = 5
_MORE = "archive_mode = off\n"
_BIGGEST = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
ORDER BY 2 DESC LIMIT 6
"""


@dataclass(frozen=True)
class Gedragen:
    """What a number of workers carries.

    Attributes:
        werkers: how many.
        goed: the most that went well; None: nothing did.
        teveel: the least that did not; None: it was not found.
        geheugen: the most that one worker held as long as it went well, in MiB.
        daarna: the same, after more came than it carries.
    """

    werkers: int
    goed: Meting | None
    teveel: Meting | None
    geheugen: float
    daarna: float

    def told(self) -> str:
        """Say it."""
        many, more = self.goed, self.teveel
        if many is None or more is None:
            went = many or more
            how = f": {went.begeleiders} begeleiders, {_how(went)}" if went else ""
            return f"{self.werkers} werker(s): geen grens gevonden{how}"
        return (
            f"{self.werkers} werker(s): {many.begeleiders} begeleiders tegelijk ({many.tempo:.0f} per seconde), "
            f"p95 {many.p95 * 1000:.0f} ms; bij {more.begeleiders} niet meer ({_how(more)}); "
            f"hoogste geheugen van een werker {self.geheugen:.0f} MiB, "
            f"en na te veel {self.daarna:.0f}"
        )

    def is_enough(self) -> bool:
        """Tell whether it is within what is promised."""
        return self.goed is not None and self.teveel is not None and self.geheugen <= GEHEUGEN


def _how(meting: Meting) -> str:
    return f"p95 {meting.p95 * 1000:.0f} ms, fouten {dict(meting.fouten) or 0}"


@contextmanager
def stage() -> Iterator[tuple[Server, Mapping[str, str]]]:
    """Yield a filled database and the settings of its service; nothing of it stays."""
    with drill_folder("capaciteit") as folder:
        server = Server(folder / "postgres", more=_MORE)
        settings = {
            "PLEEGZICHT_DATABASE_URL": server.url("pleegzicht"),
            "PLEEGZICHT_SECRETS_FILE": str(folder / "geheimen.json"),
            "PLEEGZICHT_DATA_DIR": str(folder / "dienst"),
            "PLEEGZICHT_DEMO": "1",
            "PLEEGZICHT_LOG_LEVEL": "ERROR",
            "PATH": "/usr/bin:/bin",
        }
        server.create()
        server.start()
        try:
            server.create_owner()
            command(settings, "migrate")
            command(settings, "demo", "--omvang", KINDEREN)
            yield server, settings
        finally:
            server.stop()


def somebody(server: Server, settings: Mapping[str, str], poort: int) -> Begeleider:
    """Return who works, signed in."""
    secrets = load_secrets(Path(settings["PLEEGZICHT_SECRETS_FILE"]), create=False)
    with server.superuser() as connection:
        plekken = [(str(kind), str(plaatsing)) for kind, plaatsing in connection.execute(PLACES)]
    cookie = Bezoeker(poort, settings, plekken[0]).sign_in()
    token = issue_token("begeleider", clock.now(), secrets)
    return Begeleider(poort, cookie, token, plekken, clock.today().isoformat())


def carried_by(server: Server, settings: Mapping[str, str], werkers: int) -> Gedragen:
    """Return what a number of workers carries."""
    poort, seeds = free_port(), count(werkers * 100)
    with serving(settings, poort, werkers) as process:
        begeleider = somebody(server, settings, poort)
        for _ in range(_STARTS):  # until every worker has started, and planned its statements
            if goes_well(work(begeleider, _FIRST, 3.0, 0)):
                break
        pids = [process.pid] if werkers == 1 else children_of(process.pid)
        held = [0.0]

        def carries(tempo: float) -> tuple[Meting, bool]:
            meting = work(begeleider, tempo, _SECONDS, next(seeds))
            well = goes_well(meting)
            if well:
                held.append(max(peak(pid) for pid in pids))
            return meting, well

        goed, teveel = search(carries)
        return Gedragen(werkers, goed, teveel, held[-1], max(peak(pid) for pid in pids))


def goes_well(meting: Meting) -> bool:
    """Tell whether it is as promised."""
    return meting.p95 < P95 and not meting.fouten


def sees_what_is_too_much(server: Server, settings: Mapping[str, str]) -> bool:
    """Plant the fault: what everybody reads is busy; tell whether so few are then said to be too many."""
    poort = free_port()
    with serving(settings, poort):
        begeleider = somebody(server, settings, poort)
        with server.superuser() as connection, connection.transaction():
            connection.execute("LOCK TABLE pleegkind")
            return not goes_well(work(begeleider, _FIRST, 2.0, 0))


def search(carries: Callable[[float], tuple[Meting, bool]]) -> tuple[Meting | None, Meting | None]:
    """Return the most that goes well and the least that does not: ever more, and once in between."""
    goed: Meting | None = None
    for step in range(_STEPS):
        meting, well = carries(_FIRST * _STEP**step)
        if not well:
            if goed is None:
                return None, meting
            between, well = carries((goed.tempo * meting.tempo) ** 0.5)
            return (between, meting) if well else (goed, between)
        goed = meting
    return goed, None


def size(server: Server) -> str:
    """Say what the database holds, and how much of that is of one child."""
    asked = "SELECT pg_database_size(current_database()), (SELECT count(DISTINCT feit_id) FROM pleegkind)"
    with server.superuser() as connection:
        ((held, kinderen),) = connection.execute(asked).fetchall()
        biggest = [f"{name} {int(str(one)) // 1024**2} MB" for name, one in connection.execute(_BIGGEST)]
    each = int(str(held)) / int(str(kinderen)) / 1024
    return f"{kinderen} kinderen: {int(str(held)) / 1024**2:.0f} MB, {each:.0f} KB per kind; {', '.join(biggest)}"


def peak(pid: int) -> float:
    """Return the most memory that a process ever held, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main() -> int:
    """Measure; 1 when it is less than what is promised, 2 when it cannot run here."""
    try:
        require("setpriv")
        with stage() as (server, settings):
            measured = []
            for werkers in WERKERS:
                measured.append(carried_by(server, settings, werkers))
                print(measured[-1].told(), flush=True)
            print(size(server))
            seen = sees_what_is_too_much(server, settings)
    except Ontbreekt as error:
        print(f"De drill kan hier niet: {error}", file=sys.stderr)
        return 2
    most = max(one.goed.begeleiders if one.goed else 0 for one in measured)
    print(f"deze machine draagt {most} begeleiders tegelijk, beloofd {BEGELEIDERS}")
    enough = most >= BEGELEIDERS and all(one.is_enough() for one in measured)
    return 0 if tell_planted(int(seen), 1) and enough else 1


if __name__ == "__main__":
    sys.exit(main())
