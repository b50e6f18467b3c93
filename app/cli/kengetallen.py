"""``pleegzicht kengetallen``: what went out for everybody, as everybody reads it."""

from typing import Annotated

import typer

from app.cli.arguments import Alle, Uitvoer, read_quarter
from app.cli.console import result_files, say
from app.cli.records import Exportvorm
from app.norms.kwartaaltoets.kwartaal import Kwartaal


def kengetallen(
    formaat: Annotated[Exportvorm, typer.Option(help="csv of json.")] = Exportvorm.CSV,
    kwartaal: Annotated[
        Kwartaal | None, typer.Option(parser=read_quarter, metavar="JJJJ-Qn", help="Alleen dit kwartaal.")
    ] = None,
    organisatie: Alle = None,
    uitvoer: Uitvoer = None,
) -> None:
    """Geef de gepubliceerde kengetallen, zoals iedereen ze leest."""
    from app.cli.runtime import Runtime
    from app.db import sessions
    from app.exports.open_kengetallen import write_open_csv, write_open_json
    from app.queries.publicaties import iterate_open

    with Runtime.of_environment() as runtime, result_files(uitvoer) as (resultaat,):
        runtime.ready_engine()
        with sessions.reading(runtime.engines.open) as session:
            rows = list(iterate_open(session, None if kwartaal is None else str(kwartaal), organisatie))
        resultaat.write((write_open_csv if formaat is Exportvorm.CSV else write_open_json)(rows))
        quarters = {(row["organisatie"], row["kwartaal"]) for row in rows}
        say(f"{len(rows)} regels uit {len(quarters)} gepubliceerde kwartalen.")
