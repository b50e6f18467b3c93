"""``make drill-herstel``: a filled database comes back, as ``docs/beheer.md`` says, and says what it said then.

On loopback, with PostgreSQL of Debian and pgBackRest, in three or four minutes. The commands are those of the document
(``tools.draaiboek``). A database is filled, backed up, dropped and restored from the dump; then people record while it
is asked what it knew earlier, and it goes back to a moment in the middle of that. Then: every acknowledged talk of
before that moment is there once with its traces and none of after it; every table that is only added to has the rows
that were committed by then; ``verifieer`` and ``controleer`` find nothing; and every history says what it said.

Planted, and each must be seen: a seal that is younger than the database, no keys, a piece of WAL that is missing.
"""

import argparse
import shutil
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app import clock
from app.db.sessions import make_engine, on_psycopg
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from app.services.beheer import schema
from tools import toen
from tools.dienst import command, serving
from tools.draaiboek import Draaiboek
from tools.geplant import tell_planted
from tools.schrijvers import PLACES, Bevestigd, Gevonden, Schrijvers, look_up
from tools.server import Ontbreekt, Server, drill_folder, free_port, give_to_postgres, require

WRITERS = 3
_TABLES = """
SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables
WHERE schemaname = 'public' AND n_tup_upd = 0 AND n_tup_del = 0 ORDER BY 1
"""
_COMMITTED = "SELECT count(*) FROM {} WHERE coalesce(pg_xact_commit_timestamp(xmin), '-infinity') <= %s"


@dataclass(frozen=True, slots=True)
class Maat:
    """How much a run does."""

    kinderen: int
    geschiedenissen: int
    momenten: int
    belasting: float


@dataclass
class Verslag:
    """What is found, as it is found; and whether all of it is as it must be."""

    goed: bool = True
    begin: float = field(default_factory=time.monotonic)
    geplant: list[bool] = field(default_factory=list)

    def say(self, line: str, *, good: bool = True) -> None:
        """Say how something stands, and whether it is as it must be."""
        self.goed = self.goed and good
        print(f"{time.monotonic() - self.begin:4.0f} s  {'' if good else 'FOUT: '}{line}", flush=True)

    def planted(self, fault: str, *, seen: bool) -> None:
        """Say whether a fault that was planted was seen."""
        self.geplant.append(seen)
        self.say(f"geplant: {fault}: {'gezien' if seen else 'NIET gezien'}", good=seen)


@dataclass(frozen=True)
class Toneel:
    """An installation in a folder, and what its files said before anything happened to it."""

    folder: Path
    server: Server
    draaiboek: Draaiboek
    poort: int
    verslag: Verslag

    @property
    def settings(self) -> Mapping[str, str]:
        """Of the service."""
        return self.draaiboek.settings

    def token(self, gebruiker: str) -> str:
        """Return a token of a demo user."""
        secrets = load_secrets(Path(self.settings["PLEEGZICHT_SECRETS_FILE"]), create=False)
        return issue_token(gebruiker, clock.now(), secrets)

    def ask(self, paden: Sequence[str]) -> Mapping[str, bytes]:
        """Return what the files say, asked of a service of its own."""
        with serving(self.draaiboek.environment(), self.poort):
            return toen.ask(self.poort, self.token("kwaliteit"), paden)

    def do(self, name: str, **variables: str) -> None:
        """Run a block of the document, which must succeed.

        Raises:
            RuntimeError: it did not.
        """
        done = self.draaiboek.run(name, **variables)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.returncode}: {done.stdout}{done.stderr}")

    def holds(self) -> bool:
        """Tell whether the document's own look afterwards finds nothing; say what it found."""
        done = self.draaiboek.run("nagaan")
        if done.returncode:
            print(*done.stderr.splitlines()[:5], sep="\n")
        return done.returncode == 0

    def command(self, *arguments: str) -> str:
        """Run a command of the service."""
        return command(self.draaiboek.environment(), *arguments)


@contextmanager
def stage(verslag: Verslag) -> Iterator[Toneel]:
    """Yield an empty installation; nothing of it stays."""
    with drill_folder("herstel") as folder:
        server = Server(folder / "postgres")
        settings = {
            "PLEEGZICHT_DATABASE_URL": server.url("pleegzicht"),
            "PLEEGZICHT_SECRETS_FILE": str(folder / "geheimen.json"),
            "PLEEGZICHT_DATA_DIR": str(folder / "dienst"),
            "PLEEGZICHT_DEMO": "1",
            "PLEEGZICHT_LOG_LEVEL": "ERROR",
        }
        draaiboek = Draaiboek(server, folder, settings)
        try:
            server.create()
            give_to_postgres(folder / "backup")
            draaiboek.prepare()
            yield Toneel(folder, server, draaiboek, free_port(), verslag)
        finally:
            server.stop()


def fill(toneel: Toneel, kinderen: int) -> None:
    """Start the database, fill it, and make its first backup."""
    toneel.draaiboek.start()
    toneel.server.create_owner()
    toneel.command("migrate")
    toneel.command("demo", "--omvang", str(kinderen))
    toneel.command("zegel")
    toneel.do("inrichten")
    toneel.do("back-up")


def lose_and_restore_dump(toneel: Toneel, before: Mapping[str, bytes]) -> None:
    """Drop the database, and bring the dump back."""
    with toneel.server.superuser("postgres") as connection:
        connection.execute("DROP DATABASE pleegzicht WITH (FORCE)")
    (dump,) = (toneel.folder / "backup").glob("pleegzicht-*.dump")
    toneel.do("dump terugzetten", dump=str(dump))
    answers = toneel.ask(list(before)[::4])
    after = toen.differences(before, answers)
    good = toneel.holds()
    toneel.verslag.say(f"dump teruggezet: {after} van {len(answers)} antwoorden anders", good=good and after == 0)


@dataclass(frozen=True, slots=True)
class Drukte:
    """What happened while people recorded.

    Attributes:
        moment: in the middle of it.
        bevestigd: all that was acknowledged.
        rijen: table → rows that were committed by then.
        segment: a piece of WAL of before it, of after the backup.
    """

    moment: datetime
    bevestigd: Sequence[Bevestigd]
    rijen: Mapping[str, int]
    segment: str


def record_and_ask(toneel: Toneel, before: Mapping[str, bytes], seconds: float) -> Drukte:
    """Let people record, and ask meanwhile what was known before; say what was answered otherwise."""
    with toneel.server.superuser() as connection:
        places = [(str(kind), str(plaatsing)) for kind, plaatsing in connection.execute(PLACES)]
    schrijvers, stop = Schrijvers([toneel.poort], toneel.token("begeleider"), places), threading.Event()
    with serving(toneel.draaiboek.environment(), toneel.poort, workers=2):
        threads = schrijvers.start(WRITERS, stop)
        try:
            segment = _half(toneel, seconds / 2)
            moment, rest = clock.now(), time.monotonic() + seconds / 2
            sample = list(before)[:: max(1, len(before) // 200)]
            during = toen.differences(before, toen.ask(toneel.poort, toneel.token("kwaliteit"), sample))
            time.sleep(max(0.0, rest - time.monotonic()))
        finally:
            stop.set()
            for one in threads:
                one.join()
        after = toen.differences(before, toen.ask(toneel.poort, toneel.token("kwaliteit"), list(before)))
    told = f"{during} van {len(sample)} antwoorden anders tijdens de drukte, {after} van {len(before)} erna"
    toneel.verslag.say(told, good=during == after == 0)
    return Drukte(moment, schrijvers.telling.bevestigd, _rows(toneel, moment), segment)


def _half(toneel: Toneel, seconds: float) -> str:
    """Wait, with a seal in the middle; return the piece of WAL that was written then."""
    time.sleep(seconds / 2)
    toneel.command("zegel")
    with toneel.server.superuser() as connection:
        ((segment,),) = connection.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchall()
        connection.execute("SELECT pg_switch_wal()")
    time.sleep(seconds / 2)
    return str(segment)


def _rows(toneel: Toneel, moment: datetime) -> Mapping[str, int]:
    """Return how many rows each table that is only added to had at a moment."""
    time.sleep(2)  # what is counted per table is known a second later
    with toneel.server.superuser() as connection:
        tables = [str(name) for (name,) in connection.execute(_TABLES)]
        counts = [connection.execute(_COMMITTED.format(table), (moment,)).fetchone() for table in tables]
    return {table: int(str(row[0])) for table, row in zip(tables, counts, strict=True) if row}


def go_back(toneel: Toneel, drukte: Drukte) -> float:
    """Go back to the moment, look as the document says; return how many seconds it took."""
    command_seal, seals = "zegel", toneel.folder / "dienst/zegels"
    kept = toneel.folder / "zegels-van-toen"
    shutil.copytree(seals, kept)
    toneel.command(command_seal)
    began = time.monotonic()
    toneel.do("terug naar een moment", moment=drukte.moment.isoformat(sep=" "))
    took = time.monotonic() - began
    said = toneel.draaiboek.run("nagaan")
    seen = said.returncode == 1 and "kent zegel" in said.stderr
    toneel.verslag.planted("zegel van na het moment", seen=seen)
    shutil.rmtree(seals)
    shutil.copytree(kept, seals)
    toneel.verslag.say("verifieer en controleer vinden niets", good=toneel.holds())
    return took


def compare(toneel: Toneel, drukte: Drukte, before: Mapping[str, bytes]) -> None:
    """Compare what came back with what must be there."""
    early = [one for one in drukte.bevestigd if one.op <= drukte.moment]
    late = [one for one in drukte.bevestigd if one.begonnen > drukte.moment]
    with toneel.server.superuser() as connection:
        found, since = look_up(connection, early), len(late) - look_up(connection, late).verloren
        wrong = [
            table
            for table, count in drukte.rijen.items()
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone() != (count,)
        ]
    told = f"{len(drukte.rijen)} tabellen met {sum(drukte.rijen.values())} rijen, {len(wrong)} anders {wrong or ''}"
    toneel.verslag.say(told, good=not wrong and bool(drukte.rijen))
    again = toen.differences(before, toneel.ask(list(before)))
    toneel.verslag.say(f"na terugzetten {again} van {len(before)} antwoorden anders", good=again == 0)
    moved = _down_and_up(toneel)
    answers = toneel.ask(list(before)[::4])
    again = toen.differences(before, answers)
    toneel.verslag.say(f"na migratie {moved}: {again} van {len(answers)} antwoorden anders", good=again == 0)
    told = f"bevestigd voor het moment {len(early)}: {_told(found)}; van erna {len(late)}: {since} nog daar"
    enough = bool(early) and bool(late)
    toneel.verslag.say(told, good=enough and since == 0 and found == Gevonden(0, 0, 0))


def _told(found: Gevonden) -> str:
    return f"verloren {found.verloren}, dubbel {found.dubbel}, zonder spoor {found.zonder_spoor}"


def _down_and_up(toneel: Toneel) -> str:
    """Migrate down as far as nothing is lost, and up; return from where it came up."""
    owner = make_engine(on_psycopg(toneel.server.url("pleegzicht")), role=None, long_work=True)
    try:
        schema.downgrade(owner, "0001")
    except RuntimeError as refusal:
        told = str(refusal).splitlines()[0]
        toneel.verslag.say(f"neer weigert: {told[:60]}", good="wissen en wordt geweigerd" in told)
    reached = schema.current_revision(owner)
    owner.dispose()
    toneel.command("migrate")
    return f"{reached} en weer op"


def plant_no_keys(toneel: Toneel) -> None:
    """Look at the restored database without the keys that belong to it."""
    without = {"PLEEGZICHT_SECRETS_FILE": str(toneel.folder / "weg.json"), "PLEEGZICHT_DEMO": ""}
    said = toneel.draaiboek.run("nagaan", **without)
    seen = said.returncode != 0 and "PLEEGZICHT_SECRETS_FILE" in said.stderr
    toneel.verslag.planted("teruggezet zonder sleutels", seen=seen)


def plant_missing_wal(toneel: Toneel, drukte: Drukte) -> None:
    """Go back once more, with a piece of WAL that is gone."""
    archive = toneel.folder / "backup/pgbackrest/archive"
    gone = list(archive.rglob(f"{drukte.segment}-*"))
    for path in gone:
        path.unlink()
    toneel.draaiboek.run("terug naar een moment", moment=drukte.moment.isoformat(sep=" "))
    seen = len(gone) == 1 and not toneel.holds()
    toneel.verslag.planted("een stuk WAL weg", seen=seen)


def drill(toneel: Toneel, maat: Maat) -> None:
    """Do it all."""
    fill(toneel, maat.kinderen)
    with toneel.server.superuser() as connection:
        paden = toen.choose(connection, maat.geschiedenissen, maat.momenten, clock.now())
    before = toneel.ask(paden)
    toneel.verslag.say(f"gevuld en bewaard: {maat.kinderen} kinderen, {len(before)} vragen")
    lose_and_restore_dump(toneel, before)
    drukte = record_and_ask(toneel, before, maat.belasting)
    took = go_back(toneel, drukte)
    plant_no_keys(toneel)
    compare(toneel, drukte, before)
    plant_missing_wal(toneel, drukte)
    toneel.verslag.say(f"terug naar {drukte.moment:%H:%M:%S}, tijdens de drukte, duurde {took:.1f} s")


def main() -> int:
    """Run it; return 1 when something did not come back or a planted fault was not seen, 2 when it cannot run here."""
    parser = argparse.ArgumentParser(description="Terug naar een moment, en alles is er nog.")
    for name, default in (("kinderen", 60), ("geschiedenissen", 50), ("momenten", 20), ("belasting", 12)):
        parser.add_argument(f"--{name}", type=int, default=default)
    maat = Maat(**vars(parser.parse_args()))
    try:
        require("pgbackrest")
        with stage(Verslag()) as toneel:
            drill(toneel, maat)
    except Ontbreekt as error:
        print(f"De drill kan hier niet: {error}", file=sys.stderr)
        return 2
    seen = tell_planted(sum(toneel.verslag.geplant), len(toneel.verslag.geplant))
    return 0 if seen and toneel.verslag.goed else 1


if __name__ == "__main__":
    sys.exit(main())
