"""Commands for who keeps the service running: serve it, bring its schema up to date, load the demo, let somebody in."""

from typing import Annotated

import typer

from app import clock
from app.cli.arguments import Organisatie, read_line
from app.cli.console import progress_bar, say


def serve(
    host: Annotated[str, typer.Option(help="Het adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Het aantal processen.", min=1, max=64)] = 1,
    migreer: Annotated[bool, typer.Option("--migreer", help="Breng eerst het schema bij.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Laad eerst de demo-organisatie als die er niet is.")] = False,
) -> None:
    """Start de dienst."""
    from app.cli.runtime import Runtime
    from app.cli.server import serve as start

    if migreer:
        with Runtime.of_environment() as runtime:
            runtime.migrate()
    if demo:
        _load_first_demo()
    start(host, port, workers)


def _load_first_demo() -> None:
    """Load the small demo into a database that has none."""
    from app.cli.runtime import Runtime
    from app.services.demo.load import demo_is_loaded

    with Runtime.of_environment() as runtime:
        with runtime.open_session() as session:
            loaded = demo_is_loaded(session)
        if not loaded:
            _load_demo("klein", 1, aanvullen=False)


def migrate() -> None:
    """Breng het schema van de database bij."""
    from app.cli.runtime import Runtime

    with Runtime.of_environment() as runtime:
        before = runtime.migrate()
        say(f"Het schema is bij (kwam van {before or 'leeg'}).")


def onderhoud() -> None:
    """Maak maanden van het inzagelogboek vooruit aan, vergeet wat oud is, en laat de database tellen wat er staat.

    Laat dit elk uur draaien (aanmelden als eigenaar); pleegzicht werk doet het ook.
    """
    from app.cli.runtime import Runtime
    from app.services.beheer.onderhoud import maintain

    with Runtime.of_environment() as runtime:
        runtime.ready_engine()
        engine = runtime.engines.owner()
        try:
            done = maintain(engine, clock.now())
        finally:
            engine.dispose()
        forgotten = f"{done.antwoorden} bewaarde antwoorden, {done.concepten} concepten, {done.berichten} berichten"
        say(f"{done.maanden} maanden aangemaakt, {forgotten} en {done.toetsopdrachten} toetsopdrachten verwijderd.")


def geheimen() -> None:
    """Maak het sleutelbestand van een nieuwe installatie; een dat er al is, blijft zoals het is."""
    from app.cli.ground import NietUitvoerbaar
    from app.security.secrets import load_secrets
    from app.settings import get_settings

    path = get_settings().secrets_path
    if path.exists():
        raise NietUitvoerbaar(f"{path} bestaat al; met een ander sleutelbestand is geen BSN meer te lezen")
    load_secrets(path, create=True)
    say(f"{path} is gemaakt. Bewaar een kopie, op een andere plaats dan de back-up van de database.")


def gezond() -> None:
    """Zeg wat er mis is met deze installatie, en wat u eraan doet; sluit af met 1 als er iets mis is."""
    from app.cli.runtime import Runtime
    from app.services.beheer.gezondheid import examine

    with Runtime.of_environment() as runtime:
        wrong = 0
        for found in examine(runtime.settings, runtime.engines, clock.now()):
            typer.echo(str(found))
            wrong += found.doe is not None
        raise typer.Exit(1 if wrong else 0)


def demo(
    omvang: Annotated[
        str, typer.Option(help="klein (60 kinderen), aanbieder (1.300), landelijk (19.918) of een getal.")
    ] = "klein",
    seed: Annotated[int, typer.Option(help="Dezelfde seed geeft dezelfde gegevens.")] = 1,
    aanvullen: Annotated[
        bool, typer.Option("--aanvullen", help="Voeg kinderen toe aan een demo die er al is.")
    ] = False,
) -> None:
    """Laad verzonnen maar geloofwaardige gegevens."""
    _load_demo(omvang, seed, aanvullen=aanvullen)


def _load_demo(omvang: str, seed: int, *, aanvullen: bool) -> None:
    from app.cli.runtime import Runtime
    from app.services.demo.load import load_demo
    from app.services.demo.toetsen import VANAF_KINDEREN, freeze_demo_toetsen
    from app.services.feiten.recording import RequestTime

    with Runtime.of_environment() as runtime:
        engine, secrets = runtime.ready_engine(), runtime.read_secrets()
        moment = RequestTime(clock.now(), clock.today())
        with progress_bar() as report:
            done = load_demo(
                engine,
                omvang,
                seed=seed,
                today=moment.vandaag,
                now=moment.nu,
                secrets=secrets,
                progress=report,
                aanvullen=aanvullen,
            )
            first = done.kinderen >= VANAF_KINDEREN and not aanvullen
            toetsen = freeze_demo_toetsen(engine, moment, report) if first else 0
        say(str(done))
        if toetsen:
            say(f"{toetsen} kwartaaltoetsen zijn bij het laden vastgesteld.")


def beheerder(
    organisatie: Organisatie,
    naam: Annotated[str, typer.Option("--naam", parser=read_line, metavar="TEKST", help="De naam van de beheerder.")],
    subject: Annotated[
        str,
        typer.Option(
            "--subject", parser=read_line, metavar="TEKST", help="De sub van de beheerder bij de aanmelddienst."
        ),
    ],
    organisatienaam: Annotated[
        str | None,
        typer.Option(
            "--organisatienaam",
            parser=read_line,
            metavar="TEKST",
            help="De naam van een organisatie die er nog niet is.",
        ),
    ] = None,
) -> None:
    """Geef een organisatie, nieuw of ingelezen, haar eerste beheerder; die voegt de anderen toe."""
    from app.cli.ground import NietUitvoerbaar
    from app.cli.runtime import Runtime
    from app.db import sessions
    from app.services.beheer.eerste_beheerder import create_first_beheerder

    with Runtime.of_environment() as runtime:
        issuer = runtime.settings.oidc_issuer
        if issuer is None:
            raise NietUitvoerbaar("PLEEGZICHT_OIDC_ISSUER ontbreekt: van welke aanmelddienst is deze sub?")
        with sessions.unit_of_work(runtime.ready_engine()) as session:
            made = create_first_beheerder(session, organisatie, organisatienaam, naam, (issuer, subject), clock.now())
            heet = made.naam
        say(f"{naam} is beheerder van {heet} ({organisatie}).")


def token(
    gebruiker: Annotated[str, typer.Option("--gebruiker", help="Een demogebruiker, zoals begeleider.")],
) -> None:
    """Geef een toegangsbewijs van een demogebruiker (alleen met PLEEGZICHT_DEMO=1)."""
    from app.cli.ground import Ground, NietUitvoerbaar
    from app.queries.accounts.demo_accounts import has_account
    from app.security.demo_issuer import ISSUER, issue_token

    with Ground.of_environment() as ground:
        if not ground.settings.demo:
            raise NietUitvoerbaar("pleegzicht token werkt alleen met PLEEGZICHT_DEMO=1")
        if not ground.has_current_schema():
            _bring_up_to_date()
        if not has_account(ground.engines.work, ISSUER, gebruiker):
            raise NietUitvoerbaar(f"Er is geen demogebruiker {gebruiker}")
        typer.echo(issue_token(gebruiker, clock.now(), ground.read_secrets()))


def _bring_up_to_date() -> None:
    """Bring the schema of an embedded database up to date; say of any other one how to."""
    from app.cli.runtime import Runtime

    with Runtime.of_environment() as runtime:
        runtime.ready_engine()
