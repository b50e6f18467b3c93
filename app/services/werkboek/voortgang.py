"""How far an import is, written beside it: whoever waits sees it before the import itself can be seen."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Engine, update
from sqlalchemy.dialects.postgresql import insert

from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.lib.progress import Progress
from app.models import Importstand

#: seconds between two lines
_OFTEN: Final = 1.0
_LEZEN: Final = "lezen"


@contextmanager
def followed(engine: Engine, organisatie_id: int | None, nu: datetime, also: Progress | None) -> Iterator[Progress]:
    """Give what an import, or taking it back, tells how far it is; that is written down, and that it ended, anyhow.

    Args:
        engine: for transactions of their own.
        organisatie_id: whose import it is; None for one that does not exist yet, of which nothing is written.
        nu: when it began.
        also: who is told as well.
    """
    last = time.monotonic() - _OFTEN

    def told(done: int, total: int, what: str) -> None:
        nonlocal last
        if also:
            also(done, total, what)
        if organisatie_id is not None and time.monotonic() - last >= _OFTEN:
            last = time.monotonic()
            _write(engine, organisatie_id, gedaan=min(done, total), totaal=total, onderdeel=what)

    if organisatie_id is not None:
        _begin(engine, organisatie_id, nu)
    if also:
        also(0, 1, _LEZEN)
    try:
        yield told
    finally:
        if organisatie_id is not None:
            _end(engine, organisatie_id, nu)


def _begin(engine: Engine, organisatie_id: int, nu: datetime) -> None:
    begun = {"begonnen_op": nu, "geeindigd_op": None, "gedaan": 0, "totaal": 0, "onderdeel": _LEZEN}
    new = insert(Importstand).values(organisatie_id=organisatie_id, **begun)
    with unit_of_work(engine, Namens(organisatie_id)) as session:
        session.execute(new.on_conflict_do_update(index_elements=["organisatie_id"], set_=begun))


def _end(engine: Engine, organisatie_id: int, nu: datetime) -> None:
    _write(engine, organisatie_id, geeindigd_op=nu)


def _write(engine: Engine, organisatie_id: int, **stand: Any) -> None:
    with unit_of_work(engine, Namens(organisatie_id)) as session:
        session.execute(update(Importstand).where(Importstand.organisatie_id == organisatie_id).values(**stand))
