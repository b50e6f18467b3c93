"""The form of a step after a worry: what it is about, what else it may answer, and what was typed if refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.lib.ids import new_uid
from app.norms.opvolging import aanleidingen
from app.queries.termijnen.lijst import Kindoordeel
from app.routers.pages.formulieren.invoer import fouten_of
from app.routers.pages.woorden.tijdlijn import BESLUITEN, KOPPEN, MET
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


def step_form(
    actor: Actor,
    over: Mapping[str, UUID],
    ook: list[Aanleidingregel],
    vandaag: date,
    form: Form,
    refused: AppError | None,
) -> Mapping[str, Any]:
    """Return what the form of a step shows.

    Args:
        actor: who looks.
        over: kind → uid of what it is about.
        ook: the open worries of the child; those that it is not about are offered beside.
        vandaag: the day that it starts with.
        form: as it was typed; empty when nothing was refused.
        refused: what refused it.
    """
    return {
        "over": {VELD_VAN[soort]: uid for soort, uid in over.items()},
        "ook": [one for one in ook if one.uid not in over.values()],
        "met": MET,
        "besluiten": BESLUITEN,
        "mag_stap": actor.may(Permission.FEIT_RECORD),
        "f": {"datum": vandaag.isoformat(), **form},
        "sleutels": {stap.value: _key_of(stap, form) for stap in OpvolgstapSoort},
        "fouten": fouten_of(refused, _velden_van(form)) if refused else (),
    }


def _key_of(stap: OpvolgstapSoort, form: Form) -> str:
    """Return the key of the form of a step: its own when it is shown again."""
    return (form.get("stap") == stap and form.get("sleutel")) or str(new_uid())


def _velden_van(form: Form) -> Mapping[str, str]:
    """Return the name of the API → the id of the field, of the step that a form is about."""
    besluit = form.get("stap") == OpvolgstapSoort.BESLUIT
    waarom, datum = ("waarom", "besluit-datum") if besluit else ("toelichting", "overleg-datum")
    return {"met": "met", "besluit": "besluit", "toelichting": waarom, "datum": datum}
