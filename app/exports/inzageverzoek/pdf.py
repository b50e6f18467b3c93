"""A child's own file to read: a tagged PDF (PDF/UA-1) in plain Dutch, that a screen reader can read aloud."""

from app.exports.inzageverzoek.gegevens import report_of_inzagedossier
from app.exports.keurmerk import INZAGEVERZOEK, Zegelverwijzing, mark_pdf
from app.exports.pdf.zetten import typeset
from app.queries.dossier.inzagedossier import Inzagedossier


def write_inzageverzoek_pdf(dossier: Inzagedossier, digest: str, zegel: Zegelverwijzing | None) -> bytes:
    """Return the bytes of the PDF with its keurmerk."""
    return mark_pdf(
        typeset("inzageverzoek.typ", report_of_inzagedossier(dossier, digest, zegel)), digest, INZAGEVERZOEK
    )
