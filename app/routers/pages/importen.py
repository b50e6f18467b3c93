"""A workbook of the own organisatie: looked at first, with every fault on screen; only then, and whole, read in."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Final

from fastapi import Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError
from app.imports.faults import Fout
from app.queries.importen import list_importstanden
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.invoer import Formfout
from app.services.werkboek.run import Importverzoek, run_import
from app.services.werkboek.verslag import Importverslag
from app.web.files import open_file
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.state import AppSecrets, engines_of
from app.web.uploads import SessionUpload
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
#: more sentences than this are counted and not shown, and of each sentence as many rows
GETOOND, _RIJEN = 200, 10
CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Foutregel:
    """One sentence about one column, and the rows that it is about: the first ones, and, of more, all of them."""

    blad: str
    kolom: str
    melding: str
    rijen: str
    alle: str
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
    """Check a workbook, or read it in when that is asked and nothing is wrong with it; or give its faults as a file."""
    bestand, stap = upload.bestanden.get("bestand", b""), upload.velden.get("stap")
    proef = stap != "inlezen"
    verzoek = Importverzoek(bestand, actor.organisatie_code, proef=proef)
    try:
        verslag = run_import(engines_of(request.scope).work, verzoek, secrets=secrets, nu=clock.now())
    except AppError as refused:
        return _show(request, actor, None, refused.detail)
    if stap == "fouten" and verslag.fouten:
        return open_file([verslag.as_csv()], CSV, {"Content-Disposition": 'attachment; filename="fouten.csv"'})
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
    return [Foutregel(*about, _named(rijen), _ranges(rijen), len(rijen)) for about, rijen in rows.items()]


def _named(rijen: Sequence[int]) -> str:
    shown = ", ".join(str(rij) for rij in rijen[:_RIJEN] if rij)
    return f"{shown} en {len(rijen) - _RIJEN} andere" if len(rijen) > _RIJEN else shown


def _ranges(rijen: Sequence[int]) -> str:
    """Return all rows, what follows each other as its first and last: ``2, 5 tot en met 9``; nothing for a few."""
    if len(rijen) <= _RIJEN:
        return ""
    parts = [
        [rij for _, rij in part] for _, part in groupby(enumerate(sorted(set(rijen))), lambda one: one[1] - one[0])
    ]
    return ", ".join(f"{part[0]} tot en met {part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
