"""The way in: an .xlsx, or a folder of .csv files, becomes a raw workbook or one clear refusal."""

from pathlib import Path
from typing import Final

from app.imports.faults import WerkboekFout
from app.imports.read.csv_folder import read_csv_folder
from app.imports.read.files import read_at_most
from app.imports.read.xlsx import TE_GROOT, read_xlsx
from app.imports.werkboek import Grenzen, Werkboek

STANDAARD: Final = Grenzen()


def read_werkboek(bron: Path | bytes, grenzen: Grenzen = STANDAARD) -> Werkboek:
    """Read a workbook under size limits; formulas are never evaluated.

    Args:
        bron: an .xlsx file, a folder of .csv files named after the sheets, or the bytes of an .xlsx.
        grenzen: how much the file may hold.

    Returns:
        The sheets as they stand in the file; nothing in them has been checked yet.

    Raises:
        WerkboekFout: the file does not exist, is no workbook, is damaged, protected or too large.

    Source:
        ``afspraken.md`` §5; the size bomb of ``beloften.md`` §6.
    """
    if isinstance(bron, bytes):
        return read_xlsx(bron, grenzen)
    try:
        if bron.is_dir():
            return read_csv_folder(bron, grenzen)
        return read_xlsx(_read_bytes(bron, grenzen), grenzen)
    except OSError as reason:
        raise WerkboekFout("Het bestand is niet te lezen; controleer de naam en de rechten.") from reason


def _read_bytes(path: Path, grenzen: Grenzen) -> bytes:
    if not path.is_file():
        raise WerkboekFout("Het bestand bestaat niet of is geen gewoon bestand; controleer de naam.")
    if path.suffix.lower() == ".csv":
        raise WerkboekFout("Eén .csv is geen werkboek; geef de map op waarin de .csv-bestanden staan.")
    data = read_at_most(path, grenzen.bestand)
    if data is None:
        raise WerkboekFout(TE_GROOT)
    return data
