"""A workbook of the own organisatie: every fault as an answer; only when there is none, and it is asked, read in."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import BadInput, Conflict, Fault
from app.imports.faults import Fout
from app.lib.progress import Progress
from app.queries.importen import list_importstanden
from app.schemas.importen import MEESTE_FOUTEN, ImportIn, ImportOut, ImportstandOut
from app.schemas.velden import ListFilter
from app.services.werkboek.run import Importverzoek, NetGemaakt, OnleesbaarWerkboek, run_import
from app.services.werkboek.verslag import Importverslag
from app.web.actor import permits
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.state import AppSecrets, engines_of

router = Router(route_class=ApiRoute, tags=["importen"])


@router.get("/importen", response_model=Resultaten[ImportstandOut], name="list_importen")
def list_importen(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.IMPORT_RUN)],
    lijst: Lijst,
    vraag: Annotated[ListFilter, Query()],
) -> Response:
    """Hoe ver de laatste import van uw organisatie is. Wie een groot werkboek inleest, ziet hier hoe het gaat."""
    return lijst.answer(list_importstanden(session, actor, lijst.page(vraag)), ImportstandOut)


@router.post("/importen", response_model=ImportOut, name="run_import")
def run_workbook(
    body: ImportIn,
    request: Request,
    actor: Annotated[Actor, permits(Permission.IMPORT_RUN, writes=True)],
    secrets: AppSecrets,
    once: Once,
) -> Response:
    """Controleer een werkboek, of (proef: false) lees het in: alles of niets. Controleer eerst."""
    verzoek = Importverzoek(body.bestand, actor.organisatie_code, proef=body.proef)

    def work() -> dict[str, Any]:
        try:
            verslag = run_import(
                engines_of(request.scope).work, verzoek, secrets=secrets, nu=clock.now(), progress=_awake(once.session)
            )
        except OnleesbaarWerkboek as refused:
            raise BadInput(Fault("body", "bestand", "onleesbaar_werkboek", refused.detail)) from None
        except NetGemaakt as refused:
            raise Conflict(refused.detail) from None
        if verslag.fouten and not body.proef:
            raise MetFouten(verslag.fouten)
        return _shown(verslag)

    return once.answer(work, ImportOut, check=right_is_enough, status=200)


def _awake(session: Session) -> Progress:
    """Return what lets the transaction that holds the key of this request do something while another one imports.

    The database ends a transaction of the service that waits too long.
    """

    def told(_done: int, _total: int, _what: str) -> None:
        session.execute(select(1))

    return told


class MetFouten(BadInput):
    """Nothing was written: there are faults in the workbook."""

    code = "werkboek_met_fouten"

    def __init__(self, fouten: tuple[Fout, ...]) -> None:
        told = (
            Fault("body", f"bestand.{fout.blad}.{fout.rij}.{fout.kolom}".rstrip("."), fout.code, fout.melding)
            for fout in fouten[:MEESTE_FOUTEN]
        )
        aantal = "1 fout" if len(fouten) == 1 else f"{len(fouten)} fouten"
        super().__init__(*told, detail=f"Er is niets ingelezen. Het werkboek heeft {aantal}.")


def _shown(verslag: Importverslag) -> dict[str, Any]:
    return {
        "proef": verslag.proef,
        "geschreven": verslag.uitkomst is not None,
        "bladen": [{**asdict(blad), "rijen": blad.rijen} for blad in verslag.bladen if blad.rijen or blad.verdwenen],
        "waarschuwingen": verslag.waarschuwingen,
        "aantal_fouten": len(verslag.fouten),
        "fouten": verslag.fouten[:MEESTE_FOUTEN],
    }
