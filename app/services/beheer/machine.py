"""What is wrong on the machine itself: files with secrets, disks, and the mark that the backup leaves."""

import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Final

from app.errors import OngeldigeInstelling
from app.security.secrets import load_secrets, read_one_secret
from app.services.beheer.bevinding import Gezondheidsbevinding, said_age
from app.settings import Settings

#: [keuze] the backup is made every night: it may be as late as it takes to be made once more
BACKUP_HOOGSTENS: Final = timedelta(hours=26)
#: [keuze] what must be free where the service writes: less than either is full before somebody looked
SCHIJF_MINSTENS, SCHIJF_DEEL = 1 << 30, 0.05


def examine_machine(settings: Settings, nu: datetime) -> Iterator[Gezondheidsbevinding]:
    """Look at what can be seen without a database, and yield what each check found.

    Args:
        settings: of the installation.
        nu: the instant.
    """
    yield _secrets(settings.secrets_path)
    yield from _given_secrets(settings)
    yield from _disks((settings.data_dir, settings.zegel_path, settings.dossiersleutel_path))
    yield _backup(settings.backup_merk, nu)


def _secrets(path: Path) -> Gezondheidsbevinding:
    try:
        load_secrets(path, create=False)
    except OngeldigeInstelling as error:
        return Gezondheidsbevinding(
            "Sleutels", f"{error}.", "zet het sleutelbestand terug; zonder is geen BSN te lezen."
        )
    if S_IMODE(path.stat().st_mode) & 0o077:
        return Gezondheidsbevinding("Sleutels", f"anderen kunnen {path} lezen.", f"draai chmod 600 {path}.")
    return Gezondheidsbevinding("Sleutels", "leesbaar, alleen voor de dienst.")


def _given_secrets(settings: Settings) -> Iterator[Gezondheidsbevinding]:
    """Yield each file with a secret of another service that cannot be read: what uses it does not start."""
    for name in ("oidc_client_secret_file", "smtp_wachtwoord_file"):
        path = getattr(settings, name)
        try:
            if path is not None:
                read_one_secret(f"PLEEGZICHT_{name.upper()}", path)
        except OngeldigeInstelling as error:
            doe = "zet het bestand terug, leesbaar voor de gebruiker van de dienst: zonder begint zij niet meer."
            yield Gezondheidsbevinding("Geheimen", f"{error}.", doe)


def _disks(folders: Iterable[Path]) -> Iterator[Gezondheidsbevinding]:
    """Yield one for each file system that the service writes to, and one for each folder where it may not."""
    seen = set()
    for folder in folders:
        there = next(one for one in (folder.absolute(), *folder.absolute().parents) if _can_be_seen(one))
        if not os.access(there, os.W_OK | os.X_OK):
            doe = "geef de map aan de gebruiker van de dienst (docs/beheer.md), en kijk of zij gekoppeld is."
            yield Gezondheidsbevinding("Schijf", f"de dienst mag niet schrijven in {folder.absolute()}.", doe)
        if there.stat().st_dev in seen:
            continue
        seen.add(there.stat().st_dev)
        room = shutil.disk_usage(there)
        zin = f"bij {there} is {room.free / (1 << 30):.1f} GB vrij ({room.free / room.total:.0%})."
        full = room.free < max(SCHIJF_MINSTENS, SCHIJF_DEEL * room.total)
        yield Gezondheidsbevinding(
            "Schijf", zin, "maak ruimte: een volle schijf neemt geen gesprek meer aan." if full else None
        )


def _can_be_seen(path: Path) -> bool:
    try:
        path.stat()
    except OSError:
        return False
    return True


def _backup(merk: Path | None, nu: datetime) -> Gezondheidsbevinding:
    if merk is None:
        return Gezondheidsbevinding("Back-up", "PLEEGZICHT_BACKUP_MERK ontbreekt: of zij lukt, is hier niet te zien.")
    doe = "kijk waarom de back-up niet afmaakte (docs/beheer.md), en maak er nu een."
    try:
        made = datetime.fromtimestamp(merk.stat().st_mtime, UTC)
    except FileNotFoundError:
        return Gezondheidsbevinding("Back-up", f"{merk} bestaat niet: er is nog nooit een back-up afgemaakt.", doe)
    except OSError:
        return Gezondheidsbevinding(
            "Back-up", f"bij {merk} kan de dienst niet.", f"laat iedereen door de map heen: chmod 711 {merk.parent}."
        )
    zin = f"de laatste is {said_age(nu - made)} oud."
    return Gezondheidsbevinding("Back-up", zin, doe if nu - made > BACKUP_HOOGSTENS else None)
