"""The page of one signaal: what was seen or heard, what must follow and by when, and the meldcode step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.errors import AppError, NotFound
from app.models.soorten import SOORTEN
from app.norms.meldcode import BEROEPSNORM, STAPPEN
from app.norms.opvolging import STAP_VAN_NORM
from app.queries.bladen.signaalblad import read_signaalblad
from app.queries.concepten import Bewaard, concept_parameters, concepten_of, with_changes
from app.queries.feiten.keuze import Keuze, has_uid
from app.queries.feiten.stappen import list_stappen_of_signaal
from app.queries.feiten.van_kind import list_of_child
from app.queries.termijnen.lijst import Kindoordeel, judge_kind
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import conceptsleutel_of, plek_of
from app.routers.pages.formulieren.invoer import Formfout, fouten_of, status_of
from app.routers.pages.formulieren.opvolgstap import (
    Aanleidingregel,
    Stapformulier,
    open_aanleidingen,
    step_form,
    step_formulier,
    step_plekken,
)
from app.routers.pages.woorden.tijdlijn import SIGNAALBRONNEN, VEILIG_THUIS, VEILIG_THUIS_KEUZES, kenmerken_of_signaal
from app.routers.pages.zorg import open_kind
from app.security.conceptsleutel import Conceptsleutel, Plek
from app.terms import OnderwerpSoort
from app.web.forms import Form
from app.web.spoor import HetSpoor

_SIGNAAL: Final = SOORTEN["signaal"]
_THIS: Final = Keuze((has_uid,))
_NIETS: Final[Form] = {}


@dataclass(frozen=True, slots=True)
class Meldcoderegel:
    """One of the five steps: what it asks, what was done of it, and its form as it is shown."""

    nummer: int
    woorden: str
    gezet: Sequence[Mapping[str, Any]]
    formulier: Stapformulier


def read_signaal(session: Session, actor: Actor, kind: int, feit: UUID, vandaag: date) -> dict[str, Any]:
    """Return a signaal of a child.

    Raises:
        NotFound: it does not exist, was withdrawn, or is of another child.
    """
    rows = list_of_child(session, actor, _SIGNAAL, kind, vandaag, _THIS, {"feit": feit})
    if not rows:
        raise NotFound
    return rows[0]


def signaalblad(
    request: Request,
    session: Session,
    actor: Actor,
    wat: tuple[UUID, UUID],
    spoor: HetSpoor,
    form: Form = _NIETS,
    refused: AppError | None = None,
) -> Response:
    """Return the page of a signaal; with a step about it that was refused, as it was typed.

    Args:
        request: of the page.
        session: reads.
        actor: who looks.
        wat: the child, and the signaal.
        spoor: hears of the child.
        form: of the step.
        refused: what refused it.
    """
    key, feit = wat
    vandaag = clock.today()
    kind, zorg = open_kind(session, actor, key, vandaag, spoor)
    signaal = read_signaal(session, actor, kind, feit, vandaag)
    stappen = list_stappen_of_signaal(session, signaal["feit_id"])
    oordeel = judge_kind(session, actor, kind, vandaag)
    ook = open_aanleidingen(oordeel, vandaag)
    is_open = any(one.uid == feit for one in ook)
    slot = conceptsleutel_of(request, actor)
    erbij = read_signaalblad(session, actor, zorg.team_uid, vandaag, _typed_in(actor, slot, feit))
    kept = with_changes(session, actor, concepten_of(slot, erbij.concepten))
    return blad(
        request, actor, "signalen/een.html", "/kinderen", status_of(refused),
        kind=zorg,
        **_in_words(signaal),
        uiterlijk=_deadlines(oordeel, signaal["feit_id"]),
        is_open=is_open,
        gezet=[one for one in stappen if one["met"] or one["besluit"]],
        belnummers=erbij.belnummers if is_open else (),
        bezoek=None,
        **_forms(actor, feit, ook, stappen, kept, (form, refused)),
    )  # fmt: skip


def meldcode_plek(stap: str, signaal: UUID) -> Plek | None:
    """Return the place of the form of a step of the meldcode; None: there is no such step."""
    return plek_of(f"meldcode-{stap}", signaal) if stap in map(str, STAPPEN) else None


def _typed_in(actor: Actor, slot: Conceptsleutel, signaal: UUID) -> Mapping[str, Any]:
    """Return what reads what was typed in the forms on the page of a signaal."""
    of_meldcode = (plek_of(f"meldcode-{nr}", signaal) for nr in STAPPEN)
    forms = (*step_plekken("signaal", signaal).values(), *of_meldcode)
    return concept_parameters(actor, slot, forms, clock.now())


def _forms(
    actor: Actor,
    feit: UUID,
    ook: list[Aanleidingregel],
    stappen: Sequence[Mapping[str, Any]],
    kept: Mapping[Plek, Bewaard],
    sent: tuple[Form, AppError | None],
) -> Mapping[str, Any]:
    """Return the forms on the page: that of an overleg or besluit, and those of the meldcode; one may be refused."""
    of_meldcode, none = sent[0].get("stap", "").isdecimal(), (_NIETS, None)
    own, meldcode = (none, sent) if of_meldcode else (sent, none)
    step = step_form(actor, {"signaal": feit}, ook, clock.today(), step_plekken("signaal", feit), kept, own)
    taken = [one for one in stappen if one["veilig_thuis"]]
    fouten = (*step["fouten"], *_meldcodefouten(*meldcode))
    return {**step, "meldcode": _meldcode(feit, taken, kept, meldcode[0]), "fouten": fouten}


def _in_words(signaal: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "signaal": signaal,
        "bron": SIGNAALBRONNEN.get(signaal["bron"] or ""),
        "kenmerken": kenmerken_of_signaal(signaal),
        "beroepsnorm": BEROEPSNORM if signaal["onthulling"] else None,
        "veilig_thuis": VEILIG_THUIS,
        "veilig_thuis_keuzes": VEILIG_THUIS_KEUZES,
    }


def _deadlines(oordeel: Kindoordeel, signaal: int) -> Mapping[str, date | None]:
    """Return by step the last day for it, None once it was taken; nothing for a signaal on which nobody must act."""
    found = {
        (one.onderwerp_soort, one.onderwerp_id, one.norm.code): one.uiterlijk
        for one in (item.oordeel for item in oordeel.termijnen)
    }
    return {
        stap.value: found[about]
        for code, stap in STAP_VAN_NORM.items()
        if (about := (OnderwerpSoort.SIGNAAL, signaal, code)) in found
    }


def _meldcode(
    signaal: UUID, stappen: Sequence[Mapping[str, Any]], kept: Mapping[Plek, Bewaard], sent: Form
) -> list[Meldcoderegel]:
    start = {"datum": clock.today().isoformat()}

    def regel(nr: int, woorden: str) -> Meldcoderegel:
        gezet = [one for one in stappen if one["stap"] == str(nr)]
        formulier = step_formulier(plek_of(f"meldcode-{nr}", signaal), str(nr), kept, sent, start)
        return Meldcoderegel(nr, woorden, gezet, formulier)

    return [regel(nr, woorden) for nr, woorden in STAPPEN.items()]


def _meldcodefouten(form: Form, refused: AppError | None) -> Sequence[Formfout]:
    nr = form.get("stap", "")
    velden = {"toelichting": f"meldcode-{nr}", "datum": f"meldcode-datum-{nr}"}
    return fouten_of(refused, velden)
