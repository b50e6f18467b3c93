"""From a template and what it says to a tagged PDF (PDF/UA-1), the same bytes on every machine."""

import json
from pathlib import Path
from typing import Any, Final

import typst

_FOLDER: Final = Path(__file__).parent


def typeset(sjabloon: str, verslag: Any) -> bytes:
    """Return the bytes of the PDF of a template of this folder.

    typst refuses a chart without a text for who cannot see it, a document without a title and a letter that its fonts
    do not have. It brings its fonts itself: those of the machine would give another report on each.
    """
    path = _FOLDER / sjabloon
    pdf: bytes = typst.compile(
        path,
        root=_FOLDER,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"verslag": json.dumps(verslag)},
    )
    return pdf
