"""The form of a step after a worry: what it is about, what else it may answer, and what was typed if refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError, NotFound
from app.norms.opvolging import aanleidingen
from app.queries.concepten import Bewaard
from app.queries.termijnen.lijst import Kindoordeel
from app.routers.pages.formulieren.formulier import Getypt, as_opened, plek_of, typed
from app.routers.pages.formulieren.invoer import fouten_of
from app.routers.pages.woorden.tijdlijn import BESLUITEN, KOPPEN, MET
from app.security.conceptsleutel import Plek
from app.terms import AanleidingSoort, NormCode, OpvolgstapSoort
from app.web.forms import Form
from app.web.pagewords import dag

#: kind of what must be acted on → the field of the form for a step about it
VELD_VAN: Final[Mapping[str, str]] = {
    AanleidingSoort.KINDGESPREK: "gesprek",
    AanleidingSoort.VEILIGHEIDSCHECK: "check",
    AanleidingSoort.SIGNAAL: "signaal",
}
#: the field of each other worry that a step answers is this and its uid; what it says is its kind
OOK: Final = "ook-"
_STAPNORMEN: Final = frozenset({NormCode.OPV_O, NormCode.OPV_B})


@dataclass(frozen=True, slots=True)
class Aanleidingregel:
    """A worry of the child on which somebody must still act: its kind, its uid, and what it is in words."""

    soort: str
    uid: UUID
    zin: str


def open_aanleidingen(oordeel: Kindoordeel, vandaag: date) -> list[Aanleidingregel]:
    """Return the worries of a child about which there is no overleg or no besluit yet, the last known first."""
    if oordeel.dossier is None:
        return []
    due = {
        (one.onderwerp_soort, one.onderwerp_id)
        for one in (item.oordeel for item in oordeel.termijnen)
        if one.norm.code in _STAPNORMEN and one.uiterlijk is not None
    }
    found = [one for one in aanleidingen(oordeel.dossier, vandaag) if (one.soort, one.id) in due]
    return [
        Aanleidingregel(one.soort, oordeel.ids[one.soort, one.id], f"{KOPPEN[one.soort]}, {dag(one.k)}")
        for one in sorted(found, key=lambda one: one.k, reverse=True)
    ]


def named_in(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the field of the schema and the uid of each worry that a form is about, each once."""
    own = [(soort, form[veld]) for soort, veld in VELD_VAN.items() if form.get(veld)]
    others = [(soort, name.removeprefix(OOK)) for name, soort in form.items() if name.startswith(OOK)]
    known = set(AanleidingSoort)
    for soort, uid in dict.fromkeys((*own, *others)):
        if soort in known:
            yield f"{soort}Id", uid


@dataclass(frozen=True, slots=True)
class Stapformulier:
    """The form of one step as it is shown: its fields, what keeps them, and whether somebody began with it."""

    f: Form
    getypt: Getypt
    open: bool


def step_formulier(plek: Plek, stap: str, kept: Mapping[Plek, Bewaard], sent: Form, start: Form) -> Stapformulier:
    """Return the form of a step as it was sent and refused, else as it was left, else as it starts.

    Args:
        plek: of the form.
        stap: which step it records.
        kept: what was typed in forms and not sent.
        sent: the form that was refused; empty when none was.
        start: its fields when nothing was typed in it.
    """
    if sent.get("stap") == stap:
        return Stapformulier({**start, **sent}, typed(plek), open=True)
    f, getypt = as_opened(plek, kept.get(plek), start)
    return Stapformulier(f, getypt, open=getypt.op is not None)


def step_plek(form: Form) -> Plek | None:
    """Return the place of the form of an overleg or besluit: on the page of a visit, or of a signaal; None: of none."""
    bij = "bezoek" if form.get("bezoek") else "signaal"
    try:
        return plek_of(f"{form.get('stap')}-{bij}", UUID(form.get(bij, "")))
    except (ValueError, NotFound):
        return None


def step_plekken(bij: str, feit: UUID) -> dict[str, Plek]:
    """Return by step the places of the forms on the page of a visit, or of a signaal."""
    return {stap.value: plek_of(f"{stap}-{bij}", feit) for stap in OpvolgstapSoort}


def step_form(
    actor: Actor,
    over: Mapping[str, UUID],
    ook: list[Aanleidingregel],
    vandaag: date,
    plekken: Mapping[str, Plek],
    kept: Mapping[Plek, Bewaard],
    sent: tuple[Form, AppError | None],
) -> Mapping[str, Any]:
    """Return what the forms of a step show.

    Args:
        actor: who looks.
        over: kind → uid of what they are about.
        ook: the open worries of the child; those that they are not about are offered beside.
        vandaag: the day that they start with.
        plekken: of them, by step.
        kept: what was typed in them and not sent.
        sent: the one that was refused as it was typed, empty when none was, and what refused it.
    """
    form, refused = sent
    start = {"datum": vandaag.isoformat()}
    return {
        "over": {VELD_VAN[soort]: uid for soort, uid in over.items()},
        "ook": [one for one in ook if one.uid not in over.values()],
        "met": MET,
        "besluiten": BESLUITEN,
        "mag_stap": actor.may(Permission.FEIT_RECORD),
        "stapformulieren": {stap: step_formulier(plek, stap, kept, form, start) for stap, plek in plekken.items()},
        "fouten": fouten_of(refused, _velden_van(form)),
    }


def _velden_van(form: Form) -> Mapping[str, str]:
    """Return the name of the API → the id of the field, of the step that a form is about."""
    besluit = form.get("stap") == OpvolgstapSoort.BESLUIT
    waarom, datum = ("waarom", "besluit-datum") if besluit else ("toelichting", "overleg-datum")
    return {"met": "met", "besluit": "besluit", "toelichting": waarom, "datum": datum}
