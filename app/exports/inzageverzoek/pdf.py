"""A child's own file to read: a tagged PDF (PDF/UA-1) in plain Dutch, that a screen reader can read aloud."""

from app.exports.inzageverzoek.gegevens import report_of_inzage
from app.exports.keurmerk import INZAGE, seal_pdf
from app.exports.kwartaaltoets.bestand import Zegelverwijzing
from app.exports.pdf.zetten import typeset
from app.queries.dossier.inzage import Inzagedossier


def write_inzage_pdf(dossier: Inzagedossier, digest: str, zegel: Zegelverwijzing | None) -> bytes:
    """Return the bytes of the PDF with its keurmerk."""
    return seal_pdf(typeset("inzageverzoek.typ", report_of_inzage(dossier, digest, zegel)), digest, INZAGE)
