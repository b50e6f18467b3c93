"""Files to read: a small workbook, ways to change one byte for byte, and how reading it is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.imports.faults import WerkboekFout
from app.imports.read.werkboek import read_werkboek
from app.imports.werkboek import Grenzen, Werkboek
from tests.imports import bouw

MEDEWERKER = ["M1", "Anna de Wit", "", "teamleider", "", ""]
KLEIN = {"medewerkers": [dict(zip(bouw.kop_van("medewerkers", []), MEDEWERKER, strict=True))]}


def rows(werkboek: Werkboek, blad: int = 0) -> list[tuple[int, list[Any]]]:
    return [(number, list(row)) for number, row in werkboek.bladen[blad].bron()]


def rewrite(data: bytes, change: Callable[[str, bytes], bytes | None], *extra: tuple[str, bytes]) -> bytes:
    """Copy a zip, each entry changed or (None) left out, and add entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
        for name, content in extra:
            target.writestr(name, content)
    return out.getvalue()


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose only sheet has this sheet data."""
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{xml}</sheetData></worksheet>"
    )
    return rewrite(bouw.xlsx_of(KLEIN), lambda name, data: document.encode() if "sheet1.xml" in name else data)


def refusal(bron: Path | bytes, grenzen: Grenzen | None = None) -> str:
    with pytest.raises(WerkboekFout) as caught:
        read_werkboek(bron, grenzen or Grenzen())
    melding = caught.value.melding
    assert str(caught.value) == melding
    assert melding[0].isupper() or ".csv" in melding
    assert melding.endswith(".")
    assert "\n" not in melding
    return melding
