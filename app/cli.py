"""The command ``pleegzicht``; each command calls one service. Names: ``contract.md`` §3.

Exit 0 done, 1 a finding, 2 wrong use; errors on stderr in one line; nothing interactive.
"""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app import clock
from app.console import progress_bar, say, write_result
from app.errors import AppError, BadInput, OngeldigeInstelling
from app.opdrachten.bsnsleutels import bsnsleutels
from app.opdrachten.inzageverzoek import inzageverzoek
from app.settings import get_settings
from app.terms import NormCode, Stand, Toetsformaat
from app.toets.kwartaal import Kwartaal

cli = typer.Typer(
    name="pleegzicht",
    help="Zicht op veiligheid in de pleegzorg: wie is te laat, sinds wanneer en waarom.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Organisatie = Annotated[str, typer.Option("--organisatie", help="De code van de organisatie.")]
Uitvoer = Annotated[Path | None, typer.Option("--uitvoer", help="Schrijf naar dit bestand in plaats van het scherm.")]


# Typer carries its own copy of click and exports only this branch of its errors: everything that is wrong use.
_WrongUse: type[Exception] = typer.BadParameter.__mro__[1]


class Rapportvorm(StrEnum):
    """How faults are listed."""

    TEKST = "tekst"
    CSV = "csv"


class Exportvorm(StrEnum):
    """How judgements are written."""

    CSV = "csv"
    JSON = "json"


def _day(value: str) -> date:
    """Read a civil date as JJJJ-MM-DD."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter("geef een datum als JJJJ-MM-DD") from None


def _quarter(value: str) -> Kwartaal:
    """Read a quarter as JJJJ-Qn."""
    try:
        return Kwartaal.parse(value)
    except ValueError:
        raise typer.BadParameter("geef een kwartaal als 2026-Q3") from None


def _moment(value: str) -> datetime:
    """Read an instant; a date means 00:00 in Amsterdam, an instant without offset is Amsterdam time."""
    try:
        if len(value) == len("2026-01-01"):
            return clock.start_of_day(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter("geef een moment als JJJJ-MM-DDTUU:MM:SS, met of zonder tijdzone") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.AMSTERDAM)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Het adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Het aantal processen.", min=1, max=64)] = 1,
    migreer: Annotated[bool, typer.Option("--migreer", help="Breng eerst het schema bij.")] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Laad eerst de demo-organisatie als die er niet is.")] = False,
) -> None:
    """Start de dienst."""
    from app import runtime
    from app.server import serve as start

    if migreer:
        runtime.migrate()
    if demo:
        _load_first_demo()
    start(host, port, workers)


def _load_first_demo() -> None:
    """Load the small demo into a database that has none."""
    from app import runtime
    from app.services.demo import demo_is_loaded

    with runtime.open_session() as session:
        loaded = demo_is_loaded(session)
    if not loaded:
        _load_demo("klein", 1, aanvullen=False)


@cli.command()
def migrate() -> None:
    """Breng het schema van de database bij."""
    from app import runtime

    before = runtime.migrate()
    say(f"Het schema is bij (kwam van {before or 'leeg'}).")


@cli.command()
def onderhoud() -> None:
    """Maak de maanden van het inzagelogboek vooruit aan (draai dit elke maand; aanmelden als eigenaar)."""
    from app import runtime
    from app.services.onderhoud import make_months

    runtime.ready_engine()
    engine = runtime.owner_engine()
    try:
        made = make_months(engine, clock.today())
    finally:
        engine.dispose()
    say(f"{len(made)} maanden aangemaakt.")


@cli.command()
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
    from app import runtime
    from app.services.demo import load_demo

    engine, secrets = runtime.ready_engine(), runtime.read_secrets()
    with progress_bar() as report:
        done = load_demo(
            engine,
            omvang,
            seed=seed,
            today=clock.today(),
            now=clock.now(),
            secrets=secrets,
            progress=report,
            aanvullen=aanvullen,
        )
    say(str(done))


@cli.command()
def importeer(
    bestand: Annotated[Path, typer.Argument(help="Een .xlsx, of een map met een .csv per blad.")],
    organisatie: Organisatie,
    proef: Annotated[bool, typer.Option("--proef", help="Controleer alleen; schrijf niets.")] = False,
    formaat: Annotated[Rapportvorm, typer.Option(help="Hoe de fouten getoond worden.")] = Rapportvorm.TEKST,
    sla_foute_rijen_over: Annotated[
        Path | None,
        typer.Option(
            "--sla-foute-rijen-over",
            metavar="FOUTENBESTAND",
            help="Importeer de goede rijen; de andere komen in dit werkboek terug.",
        ),
    ] = None,
) -> None:
    """Importeer het werkboek van een aanbieder: alles of niets, tenzij foute rijen worden overgeslagen."""
    from app import runtime
    from app.services.importopdracht import Opdracht, run_import

    with progress_bar() as report:
        verslag = run_import(
            runtime.ready_engine(),
            Opdracht(bestand, organisatie, proef=proef, foutenbestand=sla_foute_rijen_over),
            secrets=runtime.read_secrets(),
            nu=clock.now(),
            progress=report,
        )
    if formaat is Rapportvorm.CSV:
        write_result([verslag.as_csv()], None)
    else:
        say(verslag.as_text())
    raise typer.Exit(verslag.exit_code)


@cli.command()
def termijnen(
    organisatie: Organisatie,
    peildatum: Annotated[date, typer.Option(parser=_day, metavar="JJJJ-MM-DD", help="De dag van het oordeel.")],
    formaat: Annotated[Exportvorm, typer.Option(help="csv of json.")] = Exportvorm.CSV,
    bekend_op: Annotated[
        datetime | None,
        typer.Option(
            "--bekend-op", parser=_moment, metavar="MOMENT", help="Wat stond er op dat moment in het dossier?"
        ),
    ] = None,
    norm: Annotated[NormCode | None, typer.Option(help="Alleen deze norm.")] = None,
    stand: Annotated[Stand | None, typer.Option(help="Alleen deze stand.")] = None,
    uitvoer: Uitvoer = None,
) -> None:
    """Toon elk oordeel over elk kind op een dag."""
    from app import runtime
    from app.exports import termijnen as export
    from app.queries.oordelen import iterate_oordelen

    with runtime.open_session() as session, progress_bar() as report:
        tenant = runtime.require_organisatie(session, organisatie)
        oordelen = (
            item
            for item in iterate_oordelen(session, tenant.id, peildatum, bekend_op, report)
            if norm in (None, item.oordeel.norm.code) and stand in (None, item.oordeel.stand)
        )
        rows = export.sorted_rows(oordelen)
    writer = export.write_termijnen_csv if formaat is Exportvorm.CSV else export.write_termijnen_json
    write_result(writer(rows), uitvoer)


@cli.command()
def kwartaaltoets(
    kwartaal: Annotated[Kwartaal, typer.Argument(parser=_quarter, metavar="JJJJ-Qn", help="Bijvoorbeeld 2026-Q3.")],
    organisatie: Organisatie,
    formaat: Annotated[Toetsformaat, typer.Option(help="csv, json, xlsx of pdf.")] = Toetsformaat.CSV,
    vaststellen: Annotated[
        bool, typer.Option("--vaststellen", help="Stel haar vast; dat is niet terug te draaien.")
    ] = False,
    vervang: Annotated[
        bool, typer.Option("--vervang", help="Maak een nieuwe die de vastgestelde toets van dit kwartaal corrigeert.")
    ] = False,
    namen: Annotated[bool, typer.Option("--namen", help="Zet namen in xlsx en pdf; niet om te delen.")] = False,
    uitvoer: Uitvoer = None,
) -> None:
    """Toets een kwartaal, of geef de toets die er al van is vastgesteld."""
    from app import db, runtime
    from app.exports.kwartaaltoets import write_kwartaaltoets, write_sidecar
    from app.services.kwartaaltoetsen import Opdracht, establish_toets

    with db.unit_of_work(runtime.ready_engine()) as session, progress_bar() as report:
        tenant = runtime.require_organisatie(session, organisatie)
        opdracht = Opdracht(tenant.id, clock.now(), clock.today(), progress=report)
        toets = establish_toets(session, opdracht, kwartaal, freeze=vaststellen, replace=vervang)
    if vaststellen and (missed := runtime.seal(tenant.id, clock.now())):
        say(f"Let op: {missed}")
    with runtime.open_session() as session:  # what is written to the file is committed
        write_result(write_kwartaaltoets(session, toets, formaat, with_names=namen), uitvoer)
        if uitvoer and formaat is Toetsformaat.CSV:
            write_sidecar(session, toets, uitvoer)
        say(f"Kwartaaltoets {toets.kwartaal}, {toets.status}: {toets.rijen} kinderen, digest {toets.digest}.")


@cli.command()
def verifieer(
    bestand: Annotated[
        Path | None, typer.Argument(help="Een export van een kwartaaltoets of inzageverzoek: json, xlsx, pdf of csv.")
    ] = None,
    organisatie: Annotated[str | None, typer.Option("--organisatie", help="Alleen deze organisatie.")] = None,
    zegels: Annotated[
        Path | None, typer.Option("--zegels", metavar="MAP", help="De map met zegels, als die elders ligt.")
    ] = None,
    sleutel: Annotated[
        str | None, typer.Option("--sleutel", help="De publieke sleutel van de zegels, als u die zelf hebt bewaard.")
    ] = None,
) -> None:
    """Controleer een export zonder database, of zonder bestand alles: logs, rijen, zegels en vastgestelde toetsen."""
    found, said = _verified_file(bestand) if bestand else _verified_database(organisatie, zegels, sleutel)
    for fault in found:
        say(fault)
    typer.echo(said)
    raise typer.Exit(1 if found else 0)


def _verified_file(bestand: Path) -> tuple[Sequence[str], str]:
    from app import runtime
    from app.exports.verifieer import OnbekendBestand, verify_file

    try:
        one = verify_file(bestand)
    except OnbekendBestand as error:
        raise runtime.NietUitvoerbaar(str(error)) from None
    rows = "" if one.regels is None else f", {one.regels} regels"
    return (
        one.afwijkingen,
        f"{one.bestand}{rows}, {len(one.afwijkingen)} afwijkingen, digest {one.digest or 'onleesbaar'}",
    )


def _verified_database(organisatie: str | None, zegels: Path | None, sleutel: str | None) -> tuple[Sequence[str], str]:
    from app import runtime
    from app.security.zegelmap import Zegelmap
    from app.services.verifieren import Anker, verify

    engine = runtime.ready_engine()
    public = sleutel or runtime.zegelplaats().sleutel.public
    anker = Anker(Zegelmap(zegels or get_settings().zegel_path), public)
    with progress_bar() as report:
        found = verify(engine, runtime.organisaties_of(organisatie), anker, report)
    for note in found.opmerkingen:
        say(f"Let op: {note}")
    return found.afwijkingen, str(found)


@cli.command()
def zegel(
    organisatie: Annotated[str | None, typer.Option("--organisatie", help="Alleen deze organisatie.")] = None,
    publieke_sleutel: Annotated[
        bool, typer.Option("--publieke-sleutel", help="Toon alleen de sleutel waarmee anderen zegels controleren.")
    ] = False,
) -> None:
    """Verzegel de logs en de vastgestelde toetsen buiten de database; laat dit elk uur draaien."""
    from app import runtime
    from app.services.zegels import ZegelNietBezorgd, make_seal

    plaats = runtime.zegelplaats()
    if publieke_sleutel:
        typer.echo(plaats.sleutel.public)
        return
    engine, missed = runtime.ready_engine(), 0
    for key in runtime.organisaties_of(organisatie):
        try:
            typer.echo(make_seal(engine, key, plaats, clock.now()))
        except ZegelNietBezorgd as error:
            say(f"Fout: {error}")
            missed += 1
    raise typer.Exit(1 if missed else 0)


cli.command()(bsnsleutels)


@cli.command()
def controleer(
    organisatie: Annotated[str | None, typer.Option("--organisatie", help="Alleen deze organisatie.")] = None,
    herstel: Annotated[bool, typer.Option("--herstel", help="Schrijf wat de regel zegt waar het afwijkt.")] = False,
) -> None:
    """Vergelijk elke bewaarde termijn met de regel."""
    from app import db, runtime
    from app.services.controle import control

    with db.unit_of_work(runtime.ready_engine()) as session, progress_bar() as report:
        wanted = [runtime.require_organisatie(session, organisatie).id] if organisatie else runtime.every_organisatie()
        found = control(session, wanted, clock.today(), repair=herstel, progress=report)
    for fault in found.afwijkingen:
        say(fault)
    typer.echo(f"{found.termijnen} termijnen, {len(found.afwijkingen)} afwijkingen")
    raise typer.Exit(1 if found.afwijkingen and not herstel else 0)


@cli.command()
def beheerder(
    organisatie: Organisatie,
    organisatienaam: Annotated[str, typer.Option("--organisatienaam", help="De naam van de nieuwe organisatie.")],
    naam: Annotated[str, typer.Option("--naam", help="De naam van de beheerder.")],
    subject: Annotated[str, typer.Option("--subject", help="De sub van de beheerder bij de aanmelddienst.")],
) -> None:
    """Maak een organisatie met haar eerste beheerder; die voegt de anderen toe."""
    from app import db, runtime
    from app.services.eerste_beheerder import create_first_beheerder

    issuer = get_settings().oidc_issuer
    if issuer is None:
        raise runtime.NietUitvoerbaar("PLEEGZICHT_OIDC_ISSUER ontbreekt: van welke aanmelddienst is deze sub?")
    with db.unit_of_work(runtime.ready_engine()) as session:
        create_first_beheerder(session, organisatie, organisatienaam, naam, (issuer, subject), clock.now())
    say(f"{naam} is beheerder van {organisatienaam} ({organisatie}).")


@cli.command()
def token(
    gebruiker: Annotated[str, typer.Option("--gebruiker", help="Een demogebruiker, zoals begeleider.")],
) -> None:
    """Geef een toegangsbewijs van een demogebruiker (alleen met PLEEGZICHT_DEMO=1)."""
    from app import runtime
    from app.queries.accounts import get_actor
    from app.security.demo_issuer import ISSUER, issue_token

    if not get_settings().demo:
        raise runtime.NietUitvoerbaar("pleegzicht token werkt alleen met PLEEGZICHT_DEMO=1")
    with runtime.open_session() as session:
        if get_actor(session, ISSUER, gebruiker) is None:
            raise runtime.NietUitvoerbaar(f"Er is geen demogebruiker {gebruiker}")
    typer.echo(issue_token(gebruiker, clock.now(), runtime.read_secrets()))


cli.command()(inzageverzoek)


def main() -> None:
    """Run the command, and turn whatever is wrong into one line and an exit code."""
    try:
        code = cli(standalone_mode=False)
    except typer.Abort:
        sys.exit(130)
    except _WrongUse as error:
        say(f"Verkeerd gebruik: {getattr(error, 'format_message', error.__str__)()}")
        sys.exit(2)
    except BadInput as error:
        say(f"Fout: {' '.join(fault.detail for fault in error.faults)}")
        sys.exit(2)
    except (AppError, OngeldigeInstelling) as error:
        say(f"Fout: {error}")
        sys.exit(2)
    except OSError as error:
        say(f"Fout: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 — Python's own exit code would be 1, and that means a finding
        say(f"Onverwachte fout: {type(error).__name__}: {str(error).partition(chr(10))[0]}")
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
