"""A workbook read from its file, and judgements written as the CSV that providers gave with it: for tests alone."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from app.norms.judge import Oordeel
from tests.norms.werkboek import Namen, Rij

CSV_KOP = (
    "pleegkind_nummer,norm,onderwerp_soort,onderwerp_nummer,zwaarte,laatste_datum,uiterlijk,stand,"
    "te_laat_sinds,dagen_te_laat"
)


def read_xlsx(pad: Path) -> dict[str, list[Rij]]:
    """Read a clean workbook into a werkboek; the real import with its faults is another module's."""
    boek = CalamineWorkbook.from_path(str(pad))
    return {naam: _read_blad(boek.get_sheet_by_name(naam).to_python()) for naam in boek.sheet_names}


_JA_NEE = frozenset(
    {"doorgegaan", "alleen", "veiligheid_besproken", "multidisciplinair", "vraagt_veiligheidscheck"}
    | {"calamiteit", "bij_twijfel", "kind_gezien", "onthulling", "geweld", "letsel"}
)


def _read_blad(rijen: list[list[Any]]) -> list[Rij]:
    kop = [str(kolom) for kolom in rijen[0]]
    return [{k: _read_cel(k, waarde) for k, waarde in zip(kop, rij, strict=True)} for rij in rijen[1:]]


def _read_cel(kolom: str, waarde: object) -> object:
    if waarde == "":
        return None
    if kolom in _JA_NEE:
        return waarde == "ja"
    return tuple(str(waarde).split()) if kolom == "normen" else waarde


def termijnen_csv(oordelen: Mapping[str, list[Oordeel]], namen: Namen) -> str:
    """Render judgements per child nummer as the ``termijnen`` CSV of ``afspraken.md`` §6."""
    rijen = sorted(_csv_rij(kind, oordeel, namen) for kind, lijst in oordelen.items() for oordeel in lijst)
    uit = io.StringIO()
    csv.writer(uit, lineterminator="\n").writerows([CSV_KOP.split(","), *rijen])
    return uit.getvalue()


def _csv_rij(kind: str, oordeel: Oordeel, namen: Namen) -> tuple[str, ...]:
    return (
        kind,
        oordeel.norm.code,
        oordeel.onderwerp_soort,
        namen.onderwerpen[oordeel.onderwerp_soort][oordeel.onderwerp_id],
        oordeel.zwaarte,
        _tekst(oordeel.laatste.datum if oordeel.laatste else None),
        _tekst(oordeel.uiterlijk),
        oordeel.stand,
        _tekst(oordeel.te_laat_sinds),
        "" if oordeel.dagen_te_laat is None else str(oordeel.dagen_te_laat),
    )


def _tekst(dag: date | None) -> str:
    return "" if dag is None else dag.isoformat()
