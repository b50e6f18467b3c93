"""Commands for what an organisatie records: import it, judge it, audit a quarter, and check the stored deadlines.

Each imports what it works with when it is called, as all commands do, so that ``--help`` stays quick.
"""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app import clock
from app.cli.arguments import Alle, Organisatie, Reden, Uitvoer, read_day, read_moment, read_quarter
from app.cli.console import progress_bar, result_files, say, write_result
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.terms import NormCode, Stand, Toetsformaat

if TYPE_CHECKING:
    from app.services.werkboek.verslag import Importverslag


class Rapportvorm(StrEnum):
    """How faults are listed."""

    TEKST = "tekst"
    CSV = "csv"


class Exportvorm(StrEnum):
    """How judgements are written."""

    CSV = "csv"
    JSON = "json"


def importeer(
    organisatie: Organisatie,
    bestand: Annotated[
        Path | None, typer.Argument(help="Een .xlsx, of een map met een .csv per blad; niet bij --terug.")
    ] = None,
    nieuw: Annotated[bool, typer.Option("--nieuw", help="Maak de organisatie als zij er nog niet is.")] = False,
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
    terug: Annotated[
        bool, typer.Option("--terug", help="Draai de laatste import terug, als er nog niets op is voortgebouwd.")
    ] = False,
) -> None:
    """Importeer het werkboek van een aanbieder: alles of niets, tenzij foute rijen worden overgeslagen."""
    if terug:
        if bestand or nieuw or sla_foute_rijen_over:
            raise typer.BadParameter("--terug gaat niet samen met een bestand, --nieuw of --sla-foute-rijen-over")
        _take_back(organisatie, proef=proef)
    if bestand is None:
        raise typer.BadParameter("geef een bestand, of --terug")
    back = sla_foute_rijen_over
    if back and back.exists() and back.samefile(bestand):
        raise typer.BadParameter("het foutenbestand is het werkboek zelf; noem een ander bestand")
    verslag = _read_in(organisatie, bestand, back, nieuw=nieuw, proef=proef)
    if formaat is Rapportvorm.CSV:
        write_result([verslag.as_csv()], None)
        say(verslag.counts())
    else:
        say(verslag.as_text())
    raise typer.Exit(verslag.exit_code)


def _read_in(organisatie: str, bestand: Path, back: Path | None, *, nieuw: bool, proef: bool) -> "Importverslag":
    from app.cli.runtime import Runtime
    from app.services.werkboek.run import Foutenbestand, Importverzoek, run_import

    with (
        Runtime.of_environment() as runtime,
        result_files(*([back] if back else [])) as places,
        progress_bar() as report,
    ):
        foutenbestand = Foutenbestand(back, places[0].write) if back else None
        return run_import(
            runtime.ready_engine(),
            Importverzoek(bestand, organisatie, nieuw=nieuw, proef=proef, foutenbestand=foutenbestand),
            secrets=runtime.read_secrets(),
            nu=clock.now(),
            progress=report,
            tell=say,
        )


def _take_back(organisatie: str, *, proef: bool) -> NoReturn:
    from app.cli.runtime import Runtime
    from app.services.werkboek.run import Terugverzoek, run_take_back

    with Runtime.of_environment() as runtime:
        with progress_bar() as report:
            verzoek = Terugverzoek(organisatie, proef=proef)
            verslag = run_take_back(runtime.ready_engine(), verzoek, nu=clock.now(), progress=report, tell=say)
        say(verslag.as_text())
        raise typer.Exit(verslag.exit_code)


def termijnen(
    organisatie: Organisatie,
    peildatum: Annotated[date, typer.Option(parser=read_day, metavar="JJJJ-MM-DD", help="De dag van het oordeel.")],
    formaat: Annotated[Exportvorm, typer.Option(help="csv of json.")] = Exportvorm.CSV,
    bekend_op: Annotated[
        datetime | None,
        typer.Option(
            "--bekend-op", parser=read_moment, metavar="MOMENT", help="Wat stond er op dat moment in het dossier?"
        ),
    ] = None,
    norm: Annotated[NormCode | None, typer.Option(help="Alleen deze norm.")] = None,
    stand: Annotated[Stand | None, typer.Option(help="Alleen deze stand.")] = None,
    uitvoer: Uitvoer = None,
    reden: Reden = None,
) -> None:
    """Toon elk oordeel over elk kind op een dag."""
    from app.cli.runtime import Runtime, require_organisatie
    from app.exports import termijnen as export
    from app.queries.feiten.kinderen import list_uids
    from app.queries.oordelen.organisatie import iterate_oordelen

    with (
        Runtime.of_environment() as runtime,
        result_files(uitvoer) as (resultaat,),
        runtime.open_session() as session,
    ):
        tenant = require_organisatie(session, organisatie)
        with runtime.look_at(tenant, "termijnen", reden) as show:
            with progress_bar() as report:
                oordelen = [
                    item
                    for item in iterate_oordelen(session, tenant.id, peildatum, bekend_op, report)
                    if norm in (None, item.oordeel.norm.code) and stand in (None, item.oordeel.stand)
                ]
            rows = export.sorted_rows(oordelen)
            writer = export.write_termijnen_csv if formaat is Exportvorm.CSV else export.write_termijnen_json
            show(list_uids(session, tenant.id, {item.pleegkind_id for item in oordelen}))
            resultaat.write(writer(rows))


def kwartaaltoets(
    kwartaal: Annotated[Kwartaal, typer.Argument(parser=read_quarter, metavar="JJJJ-Qn", help="Bijvoorbeeld 2026-Q3.")],
    *,
    organisatie: Organisatie,
    formaat: Annotated[Toetsformaat, typer.Option(help="csv, json, xlsx of pdf.")] = Toetsformaat.CSV,
    vaststellen: Annotated[
        bool, typer.Option("--vaststellen", help="Stel haar vast; dat is niet terug te draaien.")
    ] = False,
    door: Annotated[
        str | None,
        typer.Option(help="Het nummer van de kwaliteitsmedewerker die vaststelt.", metavar="NUMMER"),
    ] = None,
    vervang: Annotated[
        bool, typer.Option("--vervang", help="Maak een nieuwe die de vastgestelde toets van dit kwartaal corrigeert.")
    ] = False,
    namen: Annotated[bool, typer.Option("--namen", help="Zet namen in xlsx en pdf; niet om te delen.")] = False,
    uitvoer: Uitvoer = None,
    reden: Reden = None,
) -> None:
    """Toets een kwartaal, of geef de toets die er al van is vastgesteld.

    Vaststellen is het laatste: eerst staat het bestand er, en wat niet te schrijven is wordt niet vastgesteld.
    """
    from app.cli.kwartaaltoets import Toetsvraag, run_toets

    run_toets(
        Toetsvraag(kwartaal, organisatie, formaat, uitvoer, reden, freeze=vaststellen, replace=vervang, names=namen),
        door,
    )


def controleer(
    organisatie: Alle = None,
    herstel: Annotated[
        bool, typer.Option("--herstel", help="Schrijf wat regel en feiten zeggen waar het afwijkt.")
    ] = False,
) -> None:
    """Vergelijk elke bewaarde termijn met de regel, en waarmee lijsten zoeken met de feiten."""
    from app.cli.runtime import Runtime, require_organisatie
    from app.db import sessions
    from app.services.beheer.controle import control

    with Runtime.of_environment() as runtime:
        with sessions.unit_of_work(runtime.ready_engine()) as session, progress_bar() as report:
            wanted = [require_organisatie(session, organisatie).id] if organisatie else runtime.every_organisatie()
            found = control(session, wanted, clock.today(), repair=herstel, progress=report)
        for fault in found.afwijkingen:
            say(fault)
        typer.echo(f"{found.termijnen} termijnen, {len(found.afwijkingen)} afwijkingen")
        raise typer.Exit(1 if found.afwijkingen and not herstel else 0)
