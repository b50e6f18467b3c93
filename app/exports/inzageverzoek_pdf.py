"""A child's own file to read: a tagged PDF (PDF/UA-1) in plain Dutch, that a screen reader can read aloud."""

import json
from pathlib import Path
from typing import Final

import typst

from app.exports.keurmerk import INZAGE, seal_pdf
from app.exports.pdf.inzage import report_of_inzage
from app.exports.toetsbestand import Zegelverwijzing
from app.queries.inzagedossier import Inzagedossier

_SJABLOON: Final = Path(__file__).parent / "pdf" / "inzageverzoek.typ"


def write_inzage_pdf(dossier: Inzagedossier, digest: str, zegel: Zegelverwijzing | None) -> bytes:
    """Return the bytes of the PDF with its keurmerk; see ``app.exports.kwartaaltoets_pdf`` for the fonts."""
    pdf = typst.compile(
        _SJABLOON,
        root=_SJABLOON.parent,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"verslag": json.dumps(report_of_inzage(dossier, digest, zegel))},
    )
    return seal_pdf(pdf, digest, INZAGE)
