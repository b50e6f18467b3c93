"""When somebody else saved first: what both wrote, side by side, and what stays as the person chooses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import BadInput, Fault
from app.invoer.tekst import normalise
from app.queries.feiten.regels import FeitRegel
from app.routers.pages.woorden.velden import Veld, as_text
from app.web.forms import Form

#: field of the form in which the choice is, and in front of each field that it is about
KEUZE, BOTST = "keuze", "botst-"
UW, ANDER, BEIDE = "uw", "ander", "beide"


@dataclass(frozen=True, slots=True)
class Botsing:
    """A field that both changed, each otherwise: what is in the file now, and what was typed here."""

    veld: Veld
    hun: str
    mijn: str


def is_stale(form: Form, current: FeitRegel) -> bool:
    """Tell whether a form is about an earlier version."""
    return form.get("versie", str(current["versie"])) != str(current["versie"])


def merged(velden: Sequence[Veld], versies: Sequence[FeitRegel], form: Form) -> Mapping[str, str]:
    """Return every field as it is shown: what was typed where somebody typed, else what is in the file now.

    Args:
        velden: of the kind.
        versies: of the fact, the newest first.
        form: as it was typed, about any of them; empty when nothing was.
    """
    base = _seen(versies, form)
    return {veld.naam: _one(veld, base, versies[0], form) for veld in velden}


def _one(veld: Veld, base: FeitRegel | None, current: FeitRegel, form: Form) -> str:
    hun = as_text(current[veld.naam])
    mijn = form.get(veld.naam, hun)
    untouched = base is not None and normalise(mijn) == as_text(base[veld.naam])
    return hun if untouched else mijn


def botsingen(velden: Sequence[Veld], versies: Sequence[FeitRegel], form: Form) -> list[Botsing]:
    """Return the fields that both changed, each otherwise; they stay so until the person has chosen."""
    base, current = _seen(versies, form), versies[0]
    found = []
    for veld in velden:
        hun, mijn = as_text(current[veld.naam]), normalise(form.get(veld.naam, ""))
        theirs = base is None or as_text(base[veld.naam]) not in (hun, mijn)
        asked = f"{BOTST}{veld.naam}" in form
        if veld.naam in form and mijn != hun and (theirs if is_stale(form, current) else asked):
            found.append(Botsing(veld, hun, mijn))
    return found


def _seen(versies: Sequence[FeitRegel], form: Form) -> FeitRegel | None:
    """Return the version that whoever typed had before them."""
    return next((one for one in versies if str(one["versie"]) == form.get("versie")), None)


def chosen(velden: Sequence[Veld], current: FeitRegel, form: Form) -> Form:
    """Return a form with its choice carried out.

    Raises:
        BadInput: there is something to choose, and nothing was chosen.
    """
    asked = [veld for veld in velden if f"{BOTST}{veld.naam}" in form]
    if not asked:
        return form
    keuze = form.get(KEUZE)
    if keuze not in (UW, ANDER, BEIDE):
        raise BadInput(Fault("body", KEUZE, "ontbreekt", "Kies wat er blijft staan."))
    return {**form, **{veld.naam: _kept(veld, current, form, keuze) for veld in asked}}


def _kept(veld: Veld, current: FeitRegel, form: Form, keuze: str) -> str:
    hun, mijn = as_text(current[veld.naam]), form.get(veld.naam, "")
    if keuze == ANDER:
        return hun
    return f"{hun}\n{mijn}" if keuze == BEIDE and veld.soort == "tekst" else mijn
