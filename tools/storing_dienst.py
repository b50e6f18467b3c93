"""The service with a fault that ``make drill-storing`` plants: ``python -m tools.storing_dienst FOUT POORT``.

Nothing of this is in the product: what is replaced is replaced in this process alone.
"""

import sys
from collections.abc import Callable, Mapping

from sqlalchemy import BigInteger, DateTime, bindparam, update

from app.cli import server
from app.db import sessions
from app.db.statement import FastStatement
from app.models import Vastlegteller
from app.services.feiten import versions
from app.web import database_errors


def forget_full_disks() -> None:
    """Let what PostgreSQL says of a full disk be a fault of ours."""
    database_errors._PASSING = tuple(one for one in database_errors._PASSING if one != "53")  # type: ignore[assignment]  # noqa: SLF001


def wait_for_ever() -> None:
    """Let no statement end by itself."""
    sessions._REQUEST_OPTIONS = ""  # noqa: SLF001


def believe_the_clock() -> None:
    """Let the moment of recording be what the clock says, also when that ran back."""
    asked = (
        update(Vastlegteller)
        .where(Vastlegteller.organisatie_id == bindparam("organisatie", type_=BigInteger))
        .values(volgorde=Vastlegteller.volgorde + 1, laatst_op=bindparam("nu", type_=DateTime(timezone=True)))
        .returning(Vastlegteller.volgorde, Vastlegteller.laatst_op)
    )
    versions._NEXT, versions._BEGIN = asked, FastStatement(asked)  # noqa: SLF001


FOUTEN: Mapping[str, Callable[[], None]] = {
    "schijf": forget_full_disks,
    "eindeloos": wait_for_ever,
    "klok": believe_the_clock,
}


def main() -> None:
    """Serve with the fault."""
    FOUTEN[sys.argv[1]]()
    server.serve("127.0.0.1", int(sys.argv[2]), 1)


if __name__ == "__main__":
    main()
