"""``pleegzicht inzageverzoek``: give a child, or who has authority over it, its file and who looked at it."""

from enum import StrEnum
from typing import Annotated

import typer

from app.access.inzagerecht import GEZAG_TOT, ZELF_VANAF
from app.cli.arguments import Organisatie, Uitvoer, read_line
from app.terms import Toetsformaat, Verzoeker

_WIE = f"Wie vraagt: het kind (vanaf {ZELF_VANAF} jaar), of wie het gezag heeft (tot {GEZAG_TOT} jaar)."

_HOE = "Hoe en wanneer het verzoek kwam; staat in het inzagelogboek."


class Dossiervorm(StrEnum):
    """How the file is written."""

    PDF = Toetsformaat.PDF.value
    JSON = Toetsformaat.JSON.value


def inzageverzoek(
    kindnummer: Annotated[str, typer.Argument(help="Het nummer van het kind.")],
    *,
    organisatie: Organisatie,
    verzoeker: Annotated[Verzoeker, typer.Option(help=_WIE)],
    reden: Annotated[str, typer.Option(parser=read_line, metavar="TEKST", help=_HOE)],
    door: Annotated[str, typer.Option(help="Het nummer van de beheerder of kwaliteitsmedewerker die dit doet.")],
    formaat: Annotated[Dossiervorm, typer.Option(help="pdf of json.")] = Dossiervorm.PDF,
    weglaten: Annotated[
        list[str] | None,
        typer.Option(help="Nog een naam om weg te laten, zoals van een melder; mag vaker.", metavar="NAAM"),
    ] = None,
    met_eigen_woorden: Annotated[
        bool,
        typer.Option(
            "--met-eigen-woorden", help="Geef wie het gezag heeft ook wat het kind zelf zei; weeg dat eerst af."
        ),
    ] = False,
    uitvoer: Uitvoer = None,
) -> None:
    """Geef een kind zijn dossier en wie daarin keek, zonder de namen van anderen."""
    from app import clock
    from app.cli.console import keyboard, say, write_result
    from app.cli.runtime import Runtime, require_organisatie
    from app.exports.inzageverzoek.formats import WRITERS
    from app.services.inzageverzoeken import Inzageverzoek, Loggers, answer_inzageverzoek, require_actor

    with Runtime.of_environment() as runtime:
        with runtime.open_session() as session:
            organisatie_id = require_organisatie(session, organisatie).id
            actor = require_actor(session, organisatie_id, door, clock.today())
        verzoek = Inzageverzoek(
            kindnummer, verzoeker, reden, keyboard(), tuple(weglaten or ()), eigen_woorden=met_eigen_woorden
        )
        plaats = Loggers(runtime.ready_engine(), runtime.engines.log, clock.now)
        with answer_inzageverzoek(plaats, actor, verzoek, WRITERS[Toetsformaat(formaat)]) as antwoord:
            klaar = antwoord.klaar
            write_result(klaar.stukken, uitvoer)
    say(
        f"Inzage gegeven: {klaar.feiten} feiten, {klaar.inzagen} inzagen, kenmerk {antwoord.kenmerk}, "
        f"digest {klaar.digest}. Lees het bestand na: een naam die nergens is vastgelegd, blijft staan (--weglaten)."
    )
