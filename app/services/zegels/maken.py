"""Make a seal: compose, sign, keep a copy, and put it where whoever changes the database cannot reach it.

The copy commits first. A seal whose file could not be written is written by the next run, so no number is lost; a file
is never written over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.db.sessions import unit_of_work
from app.errors import AppError
from app.lib.canoniek import as_canonical
from app.lib.log import events
from app.models import Organisatie, Zegel
from app.queries.zegels.inhoud import compose
from app.queries.zegels.kopieen import last_seal
from app.security.zegel import Getekend, Zegelsleutel
from app.security.zegelmap import Zegelmap
from app.settings import Settings

_PATIENCE = 5.0  # seconds
# Of one organisatie one seal at a time: a second waits, and then continues after the first.
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('zegel ' || :organisatie, 0))")


class ZegelNietBezorgd(AppError):
    """A seal was made and could not be put in one of its places."""


@dataclass(frozen=True, slots=True)
class Zegelplaats:
    """Where seals go, outside the database.

    Attributes:
        sleutel: signs them.
        map: the folder.
        webhook: an address that gets each of them by POST; None for none.
    """

    sleutel: Zegelsleutel
    map: Zegelmap
    webhook: str | None = None


def zegelplaats_of(settings: Settings, sleutel: Zegelsleutel) -> Zegelplaats:
    """Return the places that the settings name."""
    return Zegelplaats(sleutel, Zegelmap(settings.zegel_path), settings.zegel_webhook)


@dataclass(frozen=True, slots=True)
class Bezorgd:
    """A seal that lies in the folder."""

    code: str
    nummer: int
    digest: str
    pad: Path

    def __str__(self) -> str:
        """Return it as one Dutch line."""
        return f"{self.code}: zegel {self.nummer}, digest {self.digest}, in {self.pad}"


def make_seal(engine: Engine, organisatie_id: int, plaats: Zegelplaats, nu: datetime) -> Bezorgd:
    """Seal an organisatie as it is now.

    Args:
        engine: of the app's role.
        organisatie_id: whose logs and audits.
        plaats: where the seal goes.
        nu: the instant.

    Raises:
        TransactiesTeruggezet: see ``compose``.
        ZegelNietBezorgd: a place could not be reached; the seal itself is made and is in the others.
    """
    with unit_of_work(engine) as session:
        act_for(session, Namens(organisatie_id))
        session.execute(_LOCK, {"organisatie": str(organisatie_id)})
        organisatie = session.get_one(Organisatie, organisatie_id)
        before = last_seal(session, organisatie_id)
        if before is not None:
            _write_again(plaats.map, organisatie.code, before)
        getekend = plaats.sleutel.sign(compose(session, organisatie, before, plaats.sleutel.public, nu))
        session.add(_copy(organisatie_id, getekend, nu))
    return _deliver(plaats, organisatie.code, getekend)


def try_seal(engine: Engine, organisatie_id: int, plaats: Zegelplaats, nu: datetime) -> str | None:
    """Seal what was just frozen and return None, or what went wrong; what was frozen stays so."""
    try:
        make_seal(engine, organisatie_id, plaats, nu)
    except (AppError, OSError, SQLAlchemyError) as error:
        events().error("zegel_niet_gemaakt", error=type(error).__qualname__)
        return str(error) if isinstance(error, AppError) else "Het zegel kon niet worden gemaakt."
    return None


def seal_when_committed(session: Session, organisatie_id: int, plaats: Zegelplaats, nu: datetime) -> None:
    """Seal an organisatie as soon as this transaction has committed; never when it does not."""
    engine = session.get_bind().engine

    def seal(_: Session) -> None:
        try_seal(engine, organisatie_id, plaats, nu)

    event.listen(session, "after_commit", seal, once=True)


def _copy(organisatie_id: int, getekend: Getekend, nu: datetime) -> Zegel:
    inhoud: Mapping[str, Any] = getekend.inhoud
    return Zegel(
        organisatie_id=organisatie_id,
        nummer=inhoud["nummer"],
        op=nu,
        digest=getekend.digest,
        inhoud=as_canonical(inhoud),
        handtekening=getekend.handtekening,
    )


def _write_again(folder: Zegelmap, code: str, zegel: Zegel) -> None:
    """Write the file of the last seal when it is not there: the run that made it stopped half way."""
    if not folder.path_of(code, zegel.nummer).exists():
        _write(folder, code, Getekend(json.loads(zegel.inhoud), zegel.handtekening))


def _deliver(plaats: Zegelplaats, code: str, getekend: Getekend) -> Bezorgd:
    nummer = int(getekend.inhoud["nummer"])
    pad = _write(plaats.map, code, getekend)
    if plaats.webhook:
        _post(plaats.webhook, nummer, getekend)
    return Bezorgd(code, nummer, getekend.digest, pad)


def _write(folder: Zegelmap, code: str, getekend: Getekend) -> Path:
    nummer = int(getekend.inhoud["nummer"])
    try:
        return folder.write(code, nummer, getekend)
    except OSError as error:
        raise ZegelNietBezorgd(
            f"Zegel {nummer} van {code} kan niet in {folder.folder} worden geschreven: {error.strerror}"
        ) from None


def _post(webhook: str, nummer: int, getekend: Getekend) -> None:
    import httpx2  # noqa: PLC0415 — every command can seal, and few have a webhook

    try:
        answer = httpx2.post(
            webhook, content=getekend.as_bytes(), headers={"Content-Type": "application/json"}, timeout=_PATIENCE
        )
        answer.raise_for_status()
    except httpx2.HTTPError as error:
        raise ZegelNietBezorgd(
            f"Zegel {nummer} ligt in de map, maar het webadres nam het niet aan: {type(error).__name__}"
        ) from None
