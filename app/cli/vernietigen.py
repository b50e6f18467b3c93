"""``pleegzicht vernietigen``: propose what was kept long enough, and carry out what two people approved (ADR 0017)."""

from typing import Annotated

import typer

from app import clock
from app.cli.arguments import Alle
from app.cli.console import progress_bar, say


def vernietigen(
    organisatie: Alle = None,
    proef: Annotated[
        bool, typer.Option("--proef", help="Doe alleen voorstellen; verzegel, herstel en vernietig niets.")
    ] = False,
) -> None:
    """Stel dossiers voor waarvan de bewaartermijn voorbij is, en voer uit wat twee mensen goedkeurden.

    Laat dit elke nacht draaien (aanmelden als eigenaar). Een goedgekeurd dossier wordt eerst verzegeld; pas na de
    wachttijd gaat de sleutel weg. Tot dan kan een beheerder het akkoord intrekken en komt alles terug.
    """
    from app.cli.runtime import Runtime
    from app.db import sessions
    from app.db.namens import Namens
    from app.security.dossiersleutels import Dossiersleutels
    from app.services.vernietigingen.besluiten import propose_due
    from app.services.vernietigingen.uitvoeren import carry_out

    with Runtime.of_environment() as runtime:
        engine, nu = runtime.ready_engine(), clock.now()
        keys = runtime.organisaties_of(organisatie)
        proposed = 0
        for key in keys:
            with sessions.unit_of_work(engine, Namens(key)) as session:
                proposed += propose_due(session, key, nu, clock.civil_date(nu))
        if proef:
            typer.echo(f"{proposed} dossiers voorgesteld, niets uitgevoerd")
            return
        owner, left, counts = runtime.engines.owner(), list[str](), [0, 0, 0]
        try:
            with progress_bar() as report:
                for key in keys:
                    done = carry_out(owner, key, Dossiersleutels(runtime.settings.dossiersleutel_path), nu, report)
                    counts = [
                        a + b for a, b in zip(counts, (done.verzegeld, done.hersteld, done.vernietigd), strict=True)
                    ]
                    left += done.gelaten
        finally:
            owner.dispose()
    for sentence in left:
        say(f"Gelaten: {sentence}")
    typer.echo(f"{proposed} dossiers voorgesteld, {counts[0]} verzegeld, {counts[1]} hersteld, {counts[2]} vernietigd")
    raise typer.Exit(1 if left else 0)
