"""An error names the field that it is about by its label, as that stands on the page: no second list of names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from typing import Final

from app.routers.pages.formulieren.invoer import Formfout, led_by

_LABEL: Final = re.compile(r'<label\b[^>]*\bfor="([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)
_VRAAG: Final = re.compile(r"<legend\b[^>]*>(.*?)</legend>", re.DOTALL)
_ID: Final = re.compile(r'<(?:fieldset|input|select|textarea|ul)\b[^>]*\bid="([^"]+)"')
#: what a label says beside the name of its field
_ERBIJ: Final = re.compile(r'<(span class="(?:mag|kind-bij|sr)"|small)>.*?</(?:span|small)>', re.DOTALL)


def labels_of(page: str) -> dict[str, str]:
    """Return the label of every field of a page, as it stands there; of a choice that is the question above it."""
    labels = {veld: _name(inside) for veld, inside in _LABEL.findall(page)}
    questions = [(found.start(), _name(found[1])) for found in _VRAAG.finditer(page)]
    for found in _ID.finditer(page):
        if found[0].startswith("<fieldset"):
            above = next((naam for start, naam in questions if start > found.start()), None)
        else:
            above = next((naam for start, naam in reversed(questions) if start < found.start()), None)
        if above is not None:
            labels.setdefault(found[1], above)
    return labels


def name_fields(page: str, fouten: Iterable[Formfout]) -> list[Formfout]:
    """Return faults with the label of their field before each sentence that only points at it.

    Args:
        page: as it is shown.
        fouten: of its form.
    """
    labels = labels_of(page)
    return [_said(one, labels) if one.naam else one for one in fouten]


def _said(fout: Formfout, labels: Mapping[str, str]) -> Formfout:
    kop, zin = led_by(labels.get(fout.veld, escape(fout.naam)), fout.zin)
    return replace(fout, kop=kop, zin=zin, naam="")


def _name(inside: str) -> str:
    return _ERBIJ.sub("", inside).strip()
