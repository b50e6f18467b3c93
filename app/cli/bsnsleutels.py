"""``pleegzicht bsnsleutels``: see ADR 0019 and ``docs/sleutels.md``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app import clock
from app.cli.console import progress_bar, say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.cli.runtime import Runtime


def bsnsleutels(
    nieuw: Annotated[bool, typer.Option("--nieuw", help="Maak een nieuwe sleutel om BSN's te versleutelen.")] = False,
    nieuwe_index: Annotated[
        bool, typer.Option("--nieuwe-index", help="Maak een nieuwe sleutel om BSN's op terug te vinden.")
    ] = False,
    verwijder_oude: Annotated[
        bool, typer.Option("--verwijder-oude", help="Verwijder sleutels waar geen BSN meer onder staat.")
    ] = False,
) -> None:
    """Breng elk BSN onder de sleutels van nu (aanmelden als eigenaar); afgebroken gaat het de volgende keer verder."""
    from app.cli.runtime import Runtime
    from app.security.bsnsleutels import add_keys, end_renewal
    from app.services.beheer.bsnsleutels import only_one, renew_bsns

    with Runtime.of_environment() as runtime:
        runtime.ready_engine()
        runtime.read_secrets()
        path, engine = runtime.settings.secrets_path, runtime.engines.owner()
        guard = runtime.engines.owner()
        try:
            with only_one(guard):
                if nieuw or nieuwe_index:
                    add_keys(path, clock.now(), sleutel=nieuw, index=nieuwe_index)
                    say(f"Bewaar nu een kopie van {path}, apart van de back-up van de database. Gooi de oude niet weg.")
                organisaties, secrets = runtime.every_organisatie(), runtime.read_secrets()
                with progress_bar() as report:
                    done = renew_bsns(engine, organisaties, secrets, report)
                if not done.onleesbaar:
                    end_renewal(path)
                removed = _remove(runtime, engine, organisaties) if verwijder_oude and not done.onleesbaar else []
        finally:
            engine.dispose()
            guard.dispose()
        for uid in done.onleesbaar:
            say(f"Het BSN van kind {uid} is met geen van de sleutels te lezen; het is gelaten zoals het is.")
        if removed:
            say(f"Verwijderd: {', '.join(removed)}. Een back-up van de database van daarvoor is zonder niet te lezen.")
        typer.echo(
            f"{done.bsns} BSN's onder sleutel {secrets.bsn_active} en index {secrets.bsn_index_active}, "
            f"{done.herschreven} herschreven, {len(done.onleesbaar)} onleesbaar"
        )
        raise typer.Exit(1 if done.onleesbaar else 0)


def _remove(runtime: "Runtime", engine: "Engine", organisaties: Sequence[int]) -> list[str]:
    from app.security.bsnsleutels import remove_old_keys
    from app.services.beheer.bsnsleutels import with_nobody_writing

    at, path = clock.now(), runtime.settings.secrets_path
    return with_nobody_writing(engine, organisaties, runtime.read_secrets(), lambda: remove_old_keys(path, at))
