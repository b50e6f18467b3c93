"""A workbook of the own organisatie: looked at first, with every fault on screen; only then, and whole, read in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError
from app.imports.faults import Fout
from app.queries.importen import list_importstanden
from app.routers.pages.bezoekformulier import Formfout
from app.routers.pages.blad import blad
from app.services.werkboek.run import Importverzoek, run_import
from app.services.werkboek.verslag import Importverslag
from app.web.sessions import ReadSession
from app.web.state import AppSecrets, engines_of
from app.web.uploads import SessionUpload
from app.web.visitor import PageRoute, page_permits

router = APIRouter(route_class=PageRoute)
#: more sentences than this are counted and not shown, and of each sentence as many rows
GETOOND, _RIJEN = 200, 10


@dataclass(frozen=True, slots=True)
class Foutregel:
    """One sentence about one column, and the rows that it is about: all of them counted, the first ones named."""

    blad: str
    kolom: str
    melding: str
    rijen: str
    aantal: int


@router.get("/import")
async def import_form(request: Request, actor: Annotated[Actor, page_permits(Permission.IMPORT_RUN)]) -> Response:
    """Show where a workbook is given."""
    return _show(request, actor, None, None)


@router.get("/import/voortgang")
def show_progress(
    request: Request, session: ReadSession, actor: Annotated[Actor, page_permits(Permission.IMPORT_RUN)]
) -> Response:
    """Show how far the last import is; while it runs the page asks again by itself."""
    stand = next(iter(list_importstanden(session, actor, Page(1)).rows), None)
    return blad(request, actor, "importen/voortgang.html", "/beheer", stand=stand)


@router.post("/import")
def run(
    request: Request,
    actor: Annotated[Actor, page_permits(Permission.IMPORT_RUN, writes=True)],
    upload: SessionUpload,
    secrets: AppSecrets,
) -> Response:
    """Check a workbook, or read it in when that is asked and nothing is wrong with it."""
    bestand = upload.bestanden.get("bestand", b"")
    proef = upload.velden.get("stap") != "inlezen"
    verzoek = Importverzoek(bestand, actor.organisatie_code, proef=proef)
    try:
        verslag = run_import(engines_of(request.scope).work, verzoek, secrets=secrets, nu=clock.now())
    except AppError as refused:
        return _show(request, actor, None, refused.detail)
    return _show(request, actor, verslag, None)


def _show(request: Request, actor: Actor, verslag: Importverslag | None, geweigerd: str | None) -> Response:
    fouten = [Formfout("bestand", geweigerd)] if geweigerd else []
    wrong = group(verslag.fouten) if verslag else []
    return blad(
        request,
        actor,
        "importen/import.html",
        "/beheer",
        400 if geweigerd or wrong else 200,
        verslag=verslag,
        rijen=wrong[:GETOOND],
        meer=max(len(wrong) - GETOOND, 0),
        fouten=fouten,
    )


def group(fouten: Sequence[Fout]) -> list[Foutregel]:
    """Return faults as sentences, in the order in which they first come out."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for fout in fouten:
        rows.setdefault((fout.blad, fout.kolom, fout.melding), []).append(fout.rij)
    return [Foutregel(*about, _named(rijen), len(rijen)) for about, rijen in rows.items()]


def _named(rijen: Sequence[int]) -> str:
    shown = ", ".join(str(rij) for rij in rijen[:_RIJEN] if rij)
    return f"{shown} en {len(rijen) - _RIJEN} andere" if len(rijen) > _RIJEN else shown
