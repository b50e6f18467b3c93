"""The command ``pleegzicht``: its commands are in ``app.cli``, and each calls one service (``afspraken.md`` §3).

Exit 0 done, 1 a finding, 2 wrong use; errors on stderr in one line; nothing interactive.
"""

import atexit
import gc
import logging
import sys

import typer

from app.cli.bsnsleutels import bsnsleutels
from app.cli.console import say
from app.cli.foutzinnen import Command, Commands, lost_the_database, system_fault, wrong_use
from app.cli.inzageverzoek import inzageverzoek
from app.cli.kengetallen import kengetallen
from app.cli.operations import beheerder, demo, geheimen, gezond, migrate, onderhoud, serve, token
from app.cli.records import controleer, importeer, kwartaaltoets, termijnen
from app.cli.traces import verifieer, zegel
from app.cli.vernietigen import vernietigen
from app.cli.werk import werk
from app.errors import AppError, BadInput, OngeldigeInstelling
from app.lib.ending import end_in_order

cli = typer.Typer(
    name="pleegzicht",
    cls=Commands,
    help="Zicht op veiligheid in de pleegzorg: wie is te laat, sinds wanneer en waarom.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for _command in (
    serve, migrate, geheimen, gezond, onderhoud, demo, importeer, termijnen, kwartaaltoets, verifieer, zegel,
    bsnsleutels, controleer, beheerder, token, inzageverzoek, vernietigen, werk, kengetallen,
):  # fmt: skip
    cli.command(cls=Command)(_command)


# Typer carries its own copy of click and exports only this branch of its errors: everything that is wrong use.
_WrongUse: type[Exception] = typer.BadParameter.__mro__[1]


def main() -> None:
    """Run the command, and turn whatever is wrong into one line and an exit code."""
    end_in_order()
    # A third of a small command's time went to walking what importing had made, of which nothing can go: while it
    # worked, and once more when it ended, after everything else (what was registered first comes last). A small one
    # makes fewer objects than this; what a large one drops is mostly counted away without.
    gc.set_threshold(1_000_000, 20, 20)
    atexit.register(gc.freeze)
    # What libraries log of a broken connection is no line for the person at the keyboard; a service sets its own log.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        code = cli(standalone_mode=False)
    except typer.Abort:
        sys.exit(130)
    except _WrongUse as error:
        say(f"Verkeerd gebruik: {wrong_use(error)}.")
        sys.exit(2)
    except BadInput as error:
        say(f"Fout: {' '.join(fault.detail for fault in error.faults) or error}")
        sys.exit(2)
    except (AppError, OngeldigeInstelling) as error:
        say(f"Fout: {error}")
        sys.exit(2)
    except OSError as error:
        say(f"Fout: {system_fault(error)}")
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 — Python's own exit code would be 1, and that means a finding
        if lost_the_database(error):
            say("Fout: De database viel weg tijdens het werk. Er is niets half vastgelegd; probeer het opnieuw.")
        else:
            say(f"Onverwachte fout: {type(error).__name__}: {str(error).partition(chr(10))[0]}")
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
