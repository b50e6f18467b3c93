"""Reads a folder of .csv files, one per sheet and named after it: UTF-8, separated by comma or semicolon."""

import csv
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path

from app.imports.faults import WerkboekFout
from app.imports.read.files import read_at_most
from app.imports.werkboek import Blad, Grenzen, Rauw, Werkboek, header_text


def read_csv_folder(folder: Path, grenzen: Grenzen) -> Werkboek:
    """Read every .csv directly in a folder, in order of name; hidden files and other kinds are left alone.

    Args:
        folder: the folder; links in it that point elsewhere are refused.
        grenzen: how much it may hold.

    Returns:
        The raw workbook; every cell is text.

    Raises:
        WerkboekFout: no .csv in it, too many or too large, not UTF-8, a NUL, or quotes that do not close.
        OSError: a file cannot be opened.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not path.name.startswith("."))
    if not paths:
        raise WerkboekFout("De map bevat geen .csv-bestanden; noem elk bestand naar zijn blad, zoals plaatsingen.csv.")
    if len(paths) > grenzen.onderdelen:
        raise WerkboekFout("De map bevat te veel .csv-bestanden.")
    left, bladen = grenzen.uitgepakt, list[Blad]()
    for path in paths:
        text, size = _read_text(path, folder, left)
        left -= size
        bladen.append(_blad(path.stem, text, grenzen))
    return Werkboek(tuple(bladen))


def _read_text(path: Path, folder: Path, left: int) -> tuple[str, int]:
    if not path.is_file() or path.resolve().parent != folder.resolve():
        raise WerkboekFout(f"{path.name} is geen gewoon bestand in de map.")
    data = read_at_most(path, left)
    if data is None:
        raise WerkboekFout("De .csv-bestanden zijn samen te groot; verdeel de rijen over meer mappen.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise WerkboekFout(f"{path.name} is geen UTF-8; bewaar het als 'CSV UTF-8'.") from reason
    if "\0" in text:
        raise WerkboekFout(f"{path.name} bevat NUL-tekens; bewaar het opnieuw als 'CSV UTF-8'.")
    return text, len(data)


def _blad(naam: str, text: str, grenzen: Grenzen) -> Blad:
    """Go through the rows once for the limits; a row is counted as a spreadsheet would show it."""
    bron = partial(_rows, text, _separator(text))
    kop: tuple[str, ...] = ()
    number = 1
    try:
        for number, row in bron():
            kop = tuple(map(header_text, row or [""])) if number == 1 else kop
            _check_row(naam, number, row, grenzen)
    except csv.Error as reason:
        repair = "sluit elk aanhalingsteken en kort te lange teksten in"
        raise WerkboekFout(f"{naam}.csv is na rij {number} niet te lezen; {repair}.") from reason
    return Blad(naam, kop, partial(_rows_below_header, bron))


def _check_row(naam: str, number: int, row: Rauw, grenzen: Grenzen) -> None:
    if number > grenzen.rijen:
        raise WerkboekFout(f"{naam}.csv heeft meer dan {grenzen.rijen} rijen; verdeel het over meer bestanden.")
    if len(row) > grenzen.kolommen:
        raise WerkboekFout(f"{naam}.csv heeft op rij {number} meer dan {grenzen.kolommen} kolommen.")
    if any(len(str(cel)) > grenzen.cel for cel in row):
        raise WerkboekFout(f"{naam}.csv heeft op rij {number} een cel van meer dan {grenzen.cel} tekens.")


def _separator(text: str) -> str:
    """Return the separator of the header: a Dutch spreadsheet writes semicolons."""
    header = text[: text.find("\n")] if "\n" in text else text
    return ";" if header.count(";") > header.count(",") else ","


def _rows(text: str, separator: str) -> Iterator[tuple[int, Rauw]]:
    # newline="" leaves line ends inside quotes to the csv reader.
    return enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), start=1)


def _rows_below_header(bron: "partial[Iterator[tuple[int, Rauw]]]") -> Iterator[tuple[int, Rauw]]:
    rows = bron()
    next(rows, None)
    return rows
