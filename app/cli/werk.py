"""``pleegzicht werk``: run what is due, by itself every minute (docs/beheer.md)."""

from typing import Annotated

import typer

from app import clock
from app.cli.arguments import Alle
from app.cli.console import say
from app.terms import Taaknaam


def werk(
    taken: Annotated[
        list[Taaknaam] | None,
        typer.Argument(metavar="[TAAK]...", help="Alleen deze; anders alles wat aan de beurt is."),
    ] = None,
    organisatie: Alle = None,
    nu_meteen: Annotated[
        bool, typer.Option("--nu", help="Ook wat nog niet aan de beurt is; noem dan de taken.")
    ] = False,
) -> None:
    """Doe wat aan de beurt is: berichten, zegels, controles, onderhoud, toetsen; sluit af met 1 als er iets mis is.

    Laat dit elke minuut draaien. Van elke taak loopt er op alle machines samen hoogstens één.
    """
    from app.cli.runtime import Runtime
    from app.jobs.kanalen import channels_of, webhooks_of
    from app.jobs.taken import TAKEN, Werkplaats
    from app.jobs.uitvoeren import run_due

    if nu_meteen and not taken:
        raise typer.BadParameter("noem bij --nu welke taken")
    with Runtime.of_environment() as runtime:
        runtime.ready_engine()
        settings = runtime.settings
        secrets = runtime.read_secrets()
        aanroeper = webhooks_of(settings, secrets)
        plaats = Werkplaats(settings, runtime.engines, runtime.zegelplaats(), secrets, channels_of(settings), aanroeper)
        wanted = [taak for taak in TAKEN if not taken or taak.naam in taken]
        wrong = 0
        for done in run_due(plaats, runtime.organisaties_of(organisatie), wanted, clock.now(), also_early=nu_meteen):
            if done.uitkomst is None:
                say(f"{done.naam} (organisatie {done.organisatie_id}) mislukt: {done.fout}")
            else:
                typer.echo(f"{done.naam} (organisatie {done.organisatie_id}): {done.uitkomst.verslag}")
            wrong += not done.in_orde
        raise typer.Exit(1 if wrong else 0)
