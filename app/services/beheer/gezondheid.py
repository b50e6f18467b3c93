"""What is wrong with an installation, in Dutch, with what to do about it: for who keeps it running.

Each check looks at one thing and says one thing. What only a working database can tell is left out when it cannot be
reached, or when its schema is another one: that is said once, and not again by everything that depends on it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.engines import Engines
from app.db.replica import Replica, position_of
from app.db.sessions import APP_ROLE, INSPECTOR_ROLE, OPEN_ROLE, OWNER_ROLE, check_durability
from app.errors import OngeldigeInstelling
from app.models import Organisatie, Taakstand, Vastlegteller, Zegel
from app.norms.calendar import add_months
from app.queries.archief import read_archief
from app.queries.berichten import read_waiting
from app.queries.bescherming import check_bescherming
from app.queries.kwartaaltoetsen.opdrachten import read_opdrachtenrij
from app.queries.taakstanden import has_failed, is_late, list_never_begun
from app.queries.termijnen.edities import OLD_EDITIONS
from app.services.beheer import schema
from app.services.beheer.aanmelddienst import examine_aanmelddienst
from app.services.beheer.bevinding import Gezondheidsbevinding, said_age
from app.services.beheer.machine import examine_machine
from app.services.beheer.onderhoud import missing_months
from app.settings import Settings

#: [keuze] seals are made every hour: each may be as late as it takes to be made once more
ZEGEL_HOOGSTENS: Final = timedelta(hours=2)
#: [keuze] further apart than this, what one machine records seems to come before what another recorded earlier
KLOK_HOOGSTENS: Final = timedelta(seconds=5)
BERICHT_HOOGSTENS: Final = timedelta(hours=1)
#: [keuze] who asked for a large audit looks at a page that says it comes within some minutes
OPDRACHT_HOOGSTENS: Final = timedelta(minutes=15)
_NAMED = 3  # how many of a long list are named


def examine(settings: Settings, engines: Engines, nu: datetime) -> Iterator[Gezondheidsbevinding]:
    """Look at everything that an operator must know, and yield what each check found, good or wrong.

    Args:
        settings: of the installation.
        engines: on its database.
        nu: the instant.
    """
    yield from examine_machine(settings, nu)
    yield from examine_aanmelddienst(settings)
    owner = engines.owner()
    try:
        yield from _database(owner, nu, mail=settings.smtp_host is not None)
        if engines.replica is not None:
            yield _replica(owner, engines.replica, settings.database_read_achterstand)
    except OperationalError as error:
        # The driver's sentence may quote a value; the first line of what the connection said does not.
        yield Gezondheidsbevinding(
            "Database",
            f"niet bereikbaar ({str(error.orig).strip().splitlines()[0]}).",
            "start PostgreSQL, en kijk of PLEEGZICHT_DATABASE_URL klopt.",
        )
    finally:
        owner.dispose()


def _database(owner: Engine, nu: datetime, *, mail: bool) -> Iterator[Gezondheidsbevinding]:
    found, wanted = schema.current_revision(owner), schema.head_revision()
    yield Gezondheidsbevinding("Database", "bereikbaar.")
    yield _durability(owner)
    with Session(owner) as session:
        yield _archive(session, nu)
        yield _clock(session, nu)
    if found != wanted:
        zin = f"de database staat op {found or 'leeg'}, deze versie verwacht {wanted}."
        yield Gezondheidsbevinding(
            "Schema", zin, "draai pleegzicht migrate; staat de database op een nieuwer, werk dan bij."
        )
        return
    yield Gezondheidsbevinding("Schema", f"bij ({found}).")
    yield _roles(owner)
    with Session(owner) as session:
        yield _protection(session)
        yield _editions(session)
        yield _months(session, civil_date(nu))
        yield _seals(session, nu)
        yield _jobs(session, nu)
        yield _messages(session, nu, mail=mail)
        yield _orders(session, nu)


def _durability(owner: Engine) -> Gezondheidsbevinding:
    try:
        check_durability(owner)
    except OngeldigeInstelling as error:
        return Gezondheidsbevinding(
            "Duurzaam", f"{error}.", "zet die instelling aan in postgresql.conf, en herstart PostgreSQL."
        )
    return Gezondheidsbevinding("Duurzaam", "wat is bevestigd, staat op schijf.")


def _archive(session: Session, nu: datetime) -> Gezondheidsbevinding:
    """Ask whether what is recorded now reaches the backup: if not, a lost disk takes all since the last one."""
    archief = read_archief(session.connection())
    if not archief.is_on:
        return Gezondheidsbevinding("Archief", "PostgreSQL heeft er geen: terug kan alleen naar een hele back-up.")
    if archief.stuck_since is None:
        return Gezondheidsbevinding("Archief", "wat is vastgelegd, gaat meteen naar de back-up.")
    doe = "lees in het log van PostgreSQL wat archive_command zegt; de schijf van de WAL loopt intussen vol."
    zin = f"al {said_age(nu - archief.stuck_since)} gaat wat is vastgelegd niet naar de back-up."
    return Gezondheidsbevinding("Archief", zin, doe)


def _clock(session: Session, nu: datetime) -> Gezondheidsbevinding:
    """Compare our clock with that of the database, and with the last moment that anything was recorded at."""
    there: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    known = session.scalar(text("SELECT to_regclass('public.vastlegteller') IS NOT NULL"))
    last = session.scalar(select(func.max(Vastlegteller.laatst_op))) if known else None
    doe = "zet de klok op beide machines gelijk (chrony of systemd-timesyncd)."
    if abs(there - nu) > KLOK_HOOGSTENS:
        return Gezondheidsbevinding("Klok", f"die van de database wijkt {said_age(abs(there - nu))} af.", doe)
    if last is not None and last - nu > KLOK_HOOGSTENS:
        return Gezondheidsbevinding(
            "Klok", f"er is {said_age(last - nu)} in de toekomst vastgelegd: de klok liep voor.", doe
        )
    return Gezondheidsbevinding("Klok", "gelijk met die van de database.")


def _replica(owner: Engine, replica: Replica, hoogstens: float) -> Gezondheidsbevinding:
    """Ask the replica how far it is: readers go to the database itself when it is not far enough, which costs that."""
    with Session(owner) as session:
        position = position_of(session)
    try:
        lag = replica.lag(position)
    except SQLAlchemyError:
        doe = "start hem, en kijk of PLEEGZICHT_DATABASE_READ_URL klopt; tot dan leest alles van de database."
        return Gezondheidsbevinding("Replica", "niet bereikbaar.", doe)
    if lag is None:
        doe = "laat PLEEGZICHT_DATABASE_READ_URL naar een knoop wijzen die de database volgt."
        return Gezondheidsbevinding("Replica", "volgt geen andere database.", doe)
    doe = "kijk naar de schijf en het netwerk van de replica, en naar wat daar lang leest."
    return Gezondheidsbevinding("Replica", f"loopt {lag:.1f} seconden achter.", doe if lag > hoogstens else None)


def _roles(owner: Engine) -> Gezondheidsbevinding:
    """Become each role that answers; without one only what it answers fails, and nothing else says so."""
    with owner.connect() as connection:
        login: str = connection.execute(text("SELECT current_user")).scalar_one()
    refused = [role for role in (APP_ROLE, INSPECTOR_ROLE, OPEN_ROLE, OWNER_ROLE) if not _may_become(owner, role)]
    if refused:
        roles = ", ".join(refused)
        zin = f"{login} mag {roles} niet aannemen: wat daarmee wordt gelezen of geschreven, mislukt."
        return Gezondheidsbevinding("Rollen", zin, f'draai als superuser in psql: GRANT {roles} TO "{login}";')
    return Gezondheidsbevinding("Rollen", "de login mag elke rol aannemen die de dienst nodig heeft.")


def _may_become(owner: Engine, role: str) -> bool:
    try:
        with owner.connect() as connection:
            connection.execute(text(f"SET LOCAL ROLE {role}"))
    except (ProgrammingError, DataError):  # no member, or no such role
        return False
    return True


def _protection(session: Session) -> Gezondheidsbevinding:
    faults = check_bescherming(session.connection())
    if not faults:
        return Gezondheidsbevinding("Bescherming", "rechten, rijbeveiliging en bewaking staan zoals ze horen.")
    doe = "zoek uit wie dit veranderde; pleegzicht verifieer noemt alles."
    return Gezondheidsbevinding("Bescherming", f"{len(faults)} afwijkingen, zoals: {faults[0]}", doe)


def _editions(session: Session) -> Gezondheidsbevinding:
    if session.scalars(OLD_EDITIONS.limit(1)).first() is None:
        return Gezondheidsbevinding("Termijnen", "van de regel van deze versie.")
    return Gezondheidsbevinding("Termijnen", "de bewaarde zijn van een oudere regel.", "draai pleegzicht migrate.")


def _months(session: Session, vandaag: date) -> Gezondheidsbevinding:
    """This month and the next must be there: what has no month is kept, but a search reads all of it."""
    first = vandaag.replace(day=1)
    missing = missing_months(session.connection(), (first, add_months(first, 1)))
    if missing:
        names = ", ".join(name for _, name, _ in missing)
        return Gezondheidsbevinding("Inzagelogboek", f"maanden ontbreken: {names}.", "draai pleegzicht onderhoud.")
    return Gezondheidsbevinding("Inzagelogboek", "deze maand en de volgende staan klaar.")


def _seals(session: Session, nu: datetime) -> Gezondheidsbevinding:
    last = (
        select(Organisatie.code, func.max(Zegel.op))
        .outerjoin(Zegel, Zegel.organisatie_id == Organisatie.id)
        .group_by(Organisatie.code)
        .order_by(func.max(Zegel.op).asc().nulls_first(), Organisatie.code)
    )
    rows: Sequence[tuple[str, datetime | None]] = [(code, op) for code, op in session.execute(last)]
    late = [code for code, op in rows if op is None or nu - op > ZEGEL_HOOGSTENS]
    if not late:
        return Gezondheidsbevinding(
            "Zegels", f"elke organisatie is in de laatste {said_age(ZEGEL_HOOGSTENS)} verzegeld."
        )
    more = f" en {len(late) - _NAMED} andere" if len(late) > _NAMED else ""
    zin = f"{', '.join(late[:_NAMED])}{more} zonder zegel in de laatste {said_age(ZEGEL_HOOGSTENS)}."
    return Gezondheidsbevinding(
        "Zegels", zin, "draai pleegzicht zegel, en laat dat elk uur vanzelf gaan (docs/beheer.md)."
    )


def _jobs(session: Session, nu: datetime) -> Gezondheidsbevinding:
    """What failed, found something or did not run; also what never ran, which left no trace."""
    standen = session.scalars(select(Taakstand)).all()
    never = {str(taak) for _, taak in list_never_begun(session)}
    if never and not standen:
        return Gezondheidsbevinding(
            "Taken", "er draaide nog nooit een.", "laat pleegzicht werk elke minuut vanzelf draaien."
        )
    failed = {one.taak for one in standen if has_failed(one) or is_late(one, nu)}
    found = {one.taak for one in standen if one.bevindingen} - failed
    said = {"mislukt, of lang niet gedraaid": failed, "nog nooit gedraaid": never, "met bevindingen": found}
    wrong = [f"{what}: {', '.join(sorted(taken))}." for what, taken in said.items() if taken]
    if wrong:
        doe = "draai pleegzicht werk met de naam van de taak, lees wat het zegt, en kijk of dat vanzelf draait."
        return Gezondheidsbevinding("Taken", " ".join(wrong), doe)
    return Gezondheidsbevinding("Taken", "elke is gedraaid en gelukt.")


def _messages(session: Session, nu: datetime, *, mail: bool) -> Gezondheidsbevinding:
    waiting = read_waiting(session.connection(), nu, mail=mail)
    if waiting.onbezorgbaar:
        doe = "kijk of de mailadressen van medewerkers en de adressen van webhooks kloppen (docs/beheer.md)."
        return Gezondheidsbevinding("Berichten", f"{waiting.onbezorgbaar} zijn in de laatste week niet bezorgd.", doe)
    if waiting.oudste is not None and nu - waiting.oudste > BERICHT_HOOGSTENS:
        doe = "kijk of pleegzicht werk draait, of mailserver en webhooks antwoorden, en wie nog geen mailadres heeft."
        return Gezondheidsbevinding("Berichten", f"er wacht er een al {said_age(nu - waiting.oudste)}.", doe)
    if not mail:
        return Gezondheidsbevinding("Berichten", "er is geen mailserver ingesteld; niemand krijgt bericht.")
    return Gezondheidsbevinding("Berichten", "er blijft niets liggen.")


def _orders(session: Session, nu: datetime) -> Gezondheidsbevinding:
    """Ask since when the oldest audit or file waits that is made beside a request, and what was given up."""
    rij = read_opdrachtenrij(session.connection(), nu)
    if rij.oudste is not None and nu - rij.oudste > OPDRACHT_HOOGSTENS:
        doe = "kijk of pleegzicht werk elke minuut draait, en wat het zegt (docs/beheer.md)."
        return Gezondheidsbevinding("Toetsopdrachten", f"er wacht er een al {said_age(nu - rij.oudste)}.", doe)
    if rij.mislukt:
        doe = 'zoek in het journaal van pleegzicht-werk naar "toetsopdracht_mislukt".'
        return Gezondheidsbevinding("Toetsopdrachten", f"{rij.mislukt} zijn in het laatste etmaal mislukt.", doe)
    return Gezondheidsbevinding("Toetsopdrachten", "er blijft niets liggen.")
