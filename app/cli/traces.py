"""Commands for the traces: verify them, and seal them outside the database."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app import clock
from app.cli.arguments import Alle
from app.cli.console import progress_bar, say


def verifieer(
    bestand: Annotated[
        Path | None, typer.Argument(help="Een export van een kwartaaltoets of inzageverzoek: json, xlsx, pdf of csv.")
    ] = None,
    organisatie: Alle = None,
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
    from app.cli.ground import NietUitvoerbaar
    from app.exports.verifieer import OnbekendBestand, verify_file

    try:
        one = verify_file(bestand)
    except OnbekendBestand as error:
        raise NietUitvoerbaar(str(error)) from None
    rows = "" if one.regels is None else f", {one.regels} regels"
    return (
        one.afwijkingen,
        f"{one.bestand}{rows}, {len(one.afwijkingen)} afwijkingen, digest {one.digest or 'onleesbaar'}",
    )


def _verified_database(organisatie: str | None, zegels: Path | None, sleutel: str | None) -> tuple[Sequence[str], str]:
    from app.cli.runtime import Runtime
    from app.security.zegelmap import Zegelmap
    from app.services.zegels.verifieren import Anker, verify

    with Runtime.of_environment() as runtime:
        engine = runtime.ready_engine()
        public = sleutel or runtime.zegelplaats().sleutel.public
        anker = Anker(Zegelmap(zegels or runtime.settings.zegel_path), public)
        with progress_bar() as report:
            found = verify(engine, runtime.organisaties_of(organisatie), anker, report)
        for note in found.opmerkingen:
            say(f"Let op: {note}")
        return found.afwijkingen, str(found)


def zegel(
    organisatie: Alle = None,
    publieke_sleutel: Annotated[
        bool, typer.Option("--publieke-sleutel", help="Toon alleen de sleutel waarmee anderen zegels controleren.")
    ] = False,
) -> None:
    """Verzegel de logs en de vastgestelde toetsen buiten de database; laat dit elk uur draaien."""
    from app.cli.runtime import Runtime
    from app.services.zegels.maken import ZegelNietBezorgd, make_seal

    with Runtime.of_environment() as runtime:
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
