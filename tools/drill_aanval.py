"""``make drill-aanval``: every attack of ``tools.aanvallen`` on a copy of a small database; the table, the figure last.

Exit 1 when an attack is not found where it should be, or something is found in a database that nobody attacked.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
from sqlalchemy import Engine, func, make_url, select
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.embedded import start_server
from app.db.namens import Namens, act_for
from app.models import Huisbezoek, Medewerker, Organisatie
from app.models.versions import newest
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.security.secrets import Secrets, load_secrets
from app.security.zegel import Zegelsleutel
from app.security.zegelmap import Zegelmap
from app.services.beheer import schema
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from app.services.feiten.versions import begin_recording, record_feit, replace_feit
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.services.zegels.maken import Zegelplaats, make_seal
from app.services.zegels.verifieren import Anker, verify
from tools.aanvallen import AANVALLEN
from tools.doelwit import Aanval, Doelwit
from tools.geplant import tell_planted

_NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
_VANDAAG = date(2026, 11, 21)
_KINDEREN = "6"
# Somebody looked; the columns are those of migration 0008.
_LOOKS = """
INSERT INTO inzage (uid, organisatie_id, account_id, medewerker, naam, rol, namens, op, soort, handeling, doel,
                    client, verzoek_id)
SELECT gen_random_uuid(), a.organisatie_id, a.id, gen_random_uuid(), a.subject, 'teamleider', 'Demo', now(), 'lezen',
       'GET /v1/pleegkinderen/{id}', 'zorg', '', ''
FROM account a WHERE a.organisatie_id = %s
"""
_SEEN = """
INSERT INTO inzage_afloop (organisatie_id, inzage_uid, op, uitkomst, noodtoegang, pleegkinderen)
SELECT i.organisatie_id, i.uid, now(), 'getoond', false, ARRAY[gen_random_uuid()] FROM inzage i
WHERE i.organisatie_id = %s
"""
_SETTLED = "SELECT max(xid) < pg_snapshot_xmin(pg_current_snapshot()) FROM inzage_afloop"
_TURNS, _PAUSE = 1200, 0.1


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """Whether an attack was found."""

    aanval: Aanval
    keten: bool
    anker: bool

    @property
    def zoals_verwacht(self) -> bool:
        """Tell whether both are as the table says."""
        return (self.keten, self.anker) == (self.aanval.keten, self.aanval.anker)


@dataclass(frozen=True, slots=True)
class Toneel:
    """The database that is copied for each attack, with its seals and keys.

    Attributes:
        url: of the database (SQLAlchemy).
        map: its folder of seals.
        sleutels: the keys that sign.
        vreemd: keys that anybody can make.
        organisatie: key of the one that is attacked.
        ander: key of another.
    """

    url: str
    map: Path
    sleutels: Secrets
    vreemd: Secrets
    organisatie: int
    ander: int


def build_stage(url: str, folder: Path) -> Toneel:
    """Fill an empty, migrated database: a few children, some transactions, a frozen audit, looks, and two seals.

    Args:
        url: of the database, whose login is superuser.
        folder: for keys and seals.
    """
    sleutels, vreemd = (load_secrets(folder / name, create=True) for name in ("sleutels.json", "vreemd.json"))
    engine = sessions.make_engine(url, long_work=True)
    load_demo(engine, _KINDEREN, seed=1, today=_VANDAAG, now=_NU, secrets=sleutels)
    organisatie, ander = _key_of(engine, "DEMO"), _key_of(engine, "ANDER")
    plaats = Zegelplaats(Zegelsleutel(sleutels), Zegelmap(folder / "zegels"))
    make_seal(engine, organisatie, plaats, _NU)
    with sessions.unit_of_work(engine) as session:
        act_for(session, Namens(organisatie))
        door = session.scalars(select(func.min(Medewerker.feit_id)).where(Medewerker.organisatie_id == organisatie))
        opdracht = Toetsverzoek(organisatie, _NU, _VANDAAG, door.one())
        establish_toets(session, opdracht, Kwartaal.parse("2026-Q3"), freeze=True, replace=False)
    with _attacker(url) as connection:
        connection.execute(_LOOKS, (organisatie,))
        connection.execute(_SEEN, (organisatie,))
        _wait_until_settled(connection)
    for later in (True, False):
        with sessions.unit_of_work(engine) as session:
            _visit(session, organisatie, later=later)
    make_seal(engine, organisatie, plaats, _NU)
    make_seal(engine, ander, plaats, _NU)
    engine.dispose()
    return Toneel(url, folder / "zegels", sleutels, vreemd, organisatie, ander)


def _wait_until_settled(connection: psycopg.Connection[object]) -> None:
    """Wait until no older transaction of the server runs: a row that it might precede goes into a later seal."""
    for _ in range(_TURNS):
        if connection.execute(_SETTLED).fetchone() == (True,):
            return
        time.sleep(_PAUSE)
    raise RuntimeError("een andere transactie op de server duurt te lang")


def _key_of(engine: Engine, code: str) -> int:
    with Session(engine) as session:
        found = find_organisatie(session, code)
        return found.id if isinstance(found, Organisatie) else 0


def _visit(session: Session, organisatie: int, *, later: bool) -> None:
    """Record a visit like the last one, or correct that: transactions of one row."""
    act_for(session, Namens(organisatie))
    wanted = select(Huisbezoek).where(Huisbezoek.organisatie_id == organisatie, newest(Huisbezoek))
    last = session.scalars(wanted.order_by(Huisbezoek.id.desc()).limit(1)).one()
    recording = begin_recording(session, organisatie, _NU, last.medewerker_id)
    if later:
        replace_feit(recording, last, {"datum": last.datum}, reden="Nagekeken")
    else:
        content = {"plaatsing_id": last.plaatsing_id, "medewerker_id": last.medewerker_id, "datum": last.datum}
        record_feit(recording, Huisbezoek, content)


@contextmanager
def _attacker(url: str) -> Iterator[psycopg.Connection[object]]:
    """Yield a connection of a superuser for whom no trigger fires."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@contextmanager
def copied(toneel: Toneel, nummer: int) -> Iterator[tuple[str, Path]]:
    """Yield the URL of a copy of the database, and a copy of its folder of seals; both are gone afterwards."""
    source = make_url(toneel.url)
    name, folder = f"{source.database}_{nummer}", toneel.map.with_name(f"zegels-{nummer}")
    server = source.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    shutil.copytree(toneel.map, folder)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source.database}"')
        try:
            yield source.set(database=name).render_as_string(hide_password=False), folder
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            shutil.rmtree(folder)


def try_attack(toneel: Toneel, aanval: Aanval, nummer: int) -> Uitkomst:
    """Carry out one attack on a copy, and look for it twice."""
    with copied(toneel, nummer) as (url, folder):
        engine = sessions.make_engine(url, long_work=True, pool_size=2)
        try:
            with _attacker(url) as connection:
                sleutel, vreemd = Zegelsleutel(toneel.sleutels), Zegelsleutel(toneel.vreemd)
                keys = (toneel.organisatie, toneel.ander, Zegelmap(folder), sleutel, vreemd)
                aanval.uitvoeren(Doelwit(connection, engine, *keys))
            return Uitkomst(aanval, *found_in(engine, toneel, folder))
        finally:
            engine.dispose()


def found_in(engine: Engine, toneel: Toneel, folder: Path) -> tuple[bool, bool]:
    """Tell whether anything is wrong, to the chain alone and to the chain with the seals."""
    both = (toneel.organisatie, toneel.ander)
    anker = Anker(Zegelmap(folder), Zegelsleutel(toneel.sleutels).public)
    return bool(verify(engine, both, None).afwijkingen), bool(verify(engine, both, anker).afwijkingen)


def untouched(toneel: Toneel) -> bool:
    """Tell whether nothing is found in a copy that nobody attacked."""
    with copied(toneel, 0) as (url, folder):
        engine = sessions.make_engine(url, long_work=True, pool_size=2)
        try:
            return found_in(engine, toneel, folder) == (False, False)
        finally:
            engine.dispose()


def show(uitkomsten: list[Uitkomst]) -> None:
    """Print the table."""
    wide = max(len(one.aanval.naam) for one in uitkomsten)
    print(f"{'aanval':{wide}}  keten alleen   keten met anker")
    for one in uitkomsten:
        words = ("gevonden" if found else "NIET gevonden" for found in (one.keten, one.anker))
        print(f"{one.aanval.naam:{wide}}  {next(words):13}  {next(words):13}{'' if one.zoals_verwacht else '  !!'}")


def main() -> int:
    """Build, attack, print; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-aanval-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        server = start_server(folder / "postgres")
        url = make_url(str(server.get_uri("postgres"))).set(drivername="postgresql+psycopg")
        with psycopg.connect(str(server.get_uri("postgres")), autocommit=True) as connection:
            connection.execute("CREATE DATABASE aanval TEMPLATE template0 ENCODING 'UTF8'")
        target = url.set(database="aanval").render_as_string(hide_password=False)
        owner = sessions.make_engine(target, role=None)
        schema.upgrade(owner)
        owner.dispose()
        toneel = build_stage(target, folder)
        clean = untouched(toneel)
        uitkomsten = [try_attack(toneel, aanval, nummer) for nummer, aanval in enumerate(AANVALLEN, start=1)]
    show(uitkomsten)
    right = sum(one.zoals_verwacht for one in uitkomsten)
    print(f"zonder aanval: {'niets gevonden' if clean else 'ten onrechte iets gevonden'}")
    print(f"{len(uitkomsten)} aanvallen, {right} zoals de tabel belooft")
    return 0 if tell_planted(right, len(uitkomsten)) and clean else 1


if __name__ == "__main__":
    sys.exit(main())
