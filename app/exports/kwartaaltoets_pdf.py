"""A quarterly audit as a report for a board meeting: a tagged PDF (PDF/UA-1) that a screen reader can read aloud."""

import json
from pathlib import Path
from typing import Final

import typst

from app.exports.keurmerk import seal_pdf
from app.exports.pdf.gegevens import report_of
from app.exports.toetsbestand import Toetsbestand

_SJABLOON: Final = Path(__file__).parent / "pdf" / "kwartaaltoets.typ"


def write_toets_pdf(bestand: Toetsbestand) -> bytes:
    """Return the bytes of the PDF with its keurmerk; the same audit gives the same bytes.

    typst refuses a chart without a text for who cannot see it, a document without a title and a letter that its fonts
    do not have. It brings its fonts itself: those of the machine would give another report on each.
    """
    pdf = typst.compile(
        _SJABLOON,
        root=_SJABLOON.parent,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"verslag": json.dumps(report_of(bestand))},
    )
    return seal_pdf(pdf, bestand.digest)
