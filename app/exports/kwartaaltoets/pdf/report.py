"""A quarterly audit as a report for a board meeting: a tagged PDF (PDF/UA-1) that a screen reader can read aloud."""

from app.exports.keurmerk import mark_pdf
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.pdf.gegevens import report_of
from app.exports.pdf.zetten import typeset


def write_toets_pdf(bestand: Toetsbestand) -> bytes:
    """Return the bytes of the PDF with its keurmerk; the same audit gives the same bytes."""
    return mark_pdf(typeset("kwartaaltoets.typ", report_of(bestand)), bestand.digest)
