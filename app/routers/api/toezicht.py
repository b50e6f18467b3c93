"""What an inspecteur sees: GET (and HEAD) only, under a mandate that holds today, by pseudonym, and every look logged.

Without a mandate an organisatie does not exist here: the same 404 as for a code that nobody has.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query
from starlette.responses import Response

from app.db.in_memory import page_of
from app.db.keyset import Window
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.inzagen import list_own_inzagen
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets, list_regels
from app.queries.termijnen.getoond import TermijnKeuze
from app.queries.termijnen.lijst import list_termijnen
from app.queries.toezicht.vragen import (
    get_frozen_toets,
    list_frozen_toetsen,
    organisatie_of_toets,
)
from app.routers.params import Id
from app.routers.toezicht_lezen import draw_steekproef, read_dossier
from app.routers.toezicht_tonen import show_cijfers, show_toezicht_regel, show_toezicht_termijn
from app.schemas.inzage import EigenInzageOut
from app.schemas.toezicht import (
    DossierFilter,
    DossierOut,
    KengetallenFilter,
    Pseudoniem,
    SteekproefFilter,
    ToezichtFilter,
    ToezichtKengetallenOut,
    ToezichtOrganisatieOut,
    ToezichtRegelFilter,
    ToezichtTermijnFilter,
    ToezichtTermijnOut,
    ToezichtToetsOut,
)
from app.schemas.toezicht_regels import SteekproefOut, ToezichtRegelOut
from app.schemas.velden import ListFilter
from app.web.answers import json_response
from app.web.pagination import Lijst, Resultaten
from app.web.problems import MEDIA_TYPE
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.toezicht import Blik, Blikantwoord, Inspectie

_PROBLEM: Any = {
    404: {
        "description": "Niet gevonden",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }
}
router = Router(route_class=ApiRoute, tags=["toezicht"], prefix="/toezicht")


@router.get("/organisaties", response_model=Resultaten[ToezichtOrganisatieOut], name="list_toezicht_organisaties")
def list_organisaties(toezicht: Inspectie, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """De organisaties waarop vandaag een mandaat geldt, met het doel; hier is nog niets van een dossier te zien."""
    window = page_of(toezicht.mandaten, lijst.page(vraag), lambda one: (one.code,))
    return lijst.answer(window, ToezichtOrganisatieOut)


@router.get("/inzagen", response_model=Resultaten[EigenInzageOut], name="list_toezicht_inzagen")
def list_looks(toezicht: Inspectie, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """Wat u zelf heeft ingezien onder de mandaten die vandaag gelden; het laatste eerst."""
    window = list_own_inzagen(toezicht.session, toezicht.actor, lijst.page(vraag), toezicht.vandaag)
    rows = []
    for row in window.rows:
        namen = toezicht.pseudoniemen(row.mandaat)
        kinderen = row.pleegkinderen
        dossiers = None if kinderen is None else [namen.of("pleegkind", uid) for uid in kinderen]
        rows.append({**row._mapping, "dossiers": dossiers})  # noqa: SLF001 — SQLAlchemy's public name for it
    return lijst.answer(Window(rows, window.next, window.prev), EigenInzageOut)


@router.get("/kengetallen", response_model=ToezichtKengetallenOut, responses=_PROBLEM, name="get_toezicht_kengetallen")
def get_kengetallen(toezicht: Inspectie, vraag: Annotated[KengetallenFilter, Query()]) -> Response:
    """De kengetallen van de laatst vastgestelde toets van een kwartaal, zonder aantallen van 1 tot en met 4."""

    def read(blik: Blik) -> Blikantwoord:
        toets = get_frozen_toets(blik.session, blik.lezer, _kwartaal(vraag.kwartaal))
        shown = {
            "organisatie": blik.mandaat.code,
            "kwartaal": toets.kwartaal,
            "toets": toets.uid,
            "digest": toets.digest,
            "groepen": show_cijfers(toets.kengetallen),
        }
        return Blikantwoord(json_response(shown, ToezichtKengetallenOut))

    return toezicht.look(toezicht.under(vraag.organisatie), read)


@router.get(
    "/kwartaaltoetsen",
    response_model=Resultaten[ToezichtToetsOut],
    responses=_PROBLEM,
    name="list_toezicht_kwartaaltoetsen",
)
def list_toetsen(toezicht: Inspectie, lijst: Lijst, vraag: Annotated[ToezichtFilter, Query()]) -> Response:
    """De vastgestelde kwartaaltoetsen, het laatste kwartaal eerst; een concept is nog van de organisatie."""

    def read(blik: Blik) -> Blikantwoord:
        return Blikantwoord(
            lijst.answer(list_frozen_toetsen(blik.session, blik.lezer, lijst.page(vraag)), ToezichtToetsOut)
        )

    return toezicht.look(toezicht.under(vraag.organisatie), read)


@router.get(
    "/kwartaaltoetsen/{id}/regels", response_model=Resultaten[ToezichtRegelOut], name="list_toezicht_toetsregels"
)
def list_toetsregels(
    key: Id, toezicht: Inspectie, lijst: Lijst, vraag: Annotated[ToezichtRegelFilter, Query()]
) -> Response:
    """De regels van een vastgestelde toets, in haar volgorde, onder pseudoniem."""

    def read(blik: Blik) -> Blikantwoord:
        toets = find_kwartaaltoets(blik.session, blik.lezer.organisatie_id, key)
        page = lijst.page(vraag)
        window = list_regels(blik.session, blik.lezer, toets.id, page, toezicht.vandaag, navolgbaar=vraag.navolgbaar)
        regels = [row.inhoud for row in window.rows]
        shown = [show_toezicht_regel(regel, blik.pseudoniemen) for regel in regels]
        return Blikantwoord(lijst.answer(Window(shown, window.next, window.prev), ToezichtRegelOut), _kinderen(regels))

    return toezicht.look(toezicht.of_organisatie(organisatie_of_toets(toezicht.session, key)), read)


@router.get(
    "/termijnen", response_model=Resultaten[ToezichtTermijnOut], responses=_PROBLEM, name="list_toezicht_termijnen"
)
def list_overdue(toezicht: Inspectie, lijst: Lijst, vraag: Annotated[ToezichtTermijnFilter, Query()]) -> Response:
    """Wie te laat is (of een andere stand heeft): dezelfde oordelen als de organisatie zelf ziet, onder pseudoniem."""
    wanted = TermijnKeuze(stand=vraag.stand, norm=vraag.norm, zwaarte=vraag.zwaarte)

    def read(blik: Blik) -> Blikantwoord:
        peildatum, page = vraag.peildatum or toezicht.vandaag, lijst.page(vraag)
        window = list_termijnen(blik.session, blik.lezer, wanted, page, peildatum=peildatum, vandaag=toezicht.vandaag)
        shown = [show_toezicht_termijn(item, blik.pseudoniemen) for item in window.rows]
        kinderen = sorted({item.ids["pleegkind", item.pleegkind_id] for item in window.rows})
        return Blikantwoord(lijst.answer(Window(shown, window.next, window.prev), ToezichtTermijnOut), kinderen)

    return toezicht.look(toezicht.under(vraag.organisatie), read)


@router.get("/steekproef", response_model=SteekproefOut, responses=_PROBLEM, name="get_toezicht_steekproef")
def get_steekproef(toezicht: Inspectie, vraag: Annotated[SteekproefFilter, Query()]) -> Response:
    """Een steekproef uit de regels van een vastgestelde toets, die met dezelfde seed altijd dezelfde is."""

    def read(blik: Blik) -> Blikantwoord:
        drawn = draw_steekproef(blik, _kwartaal(vraag.kwartaal), vraag.omvang, vraag.seed, vraag.laag)
        shown = {
            "toets": drawn.toets.uid,
            "kwartaal": drawn.toets.kwartaal,
            "digest": drawn.toets.digest,
            "seed": vraag.seed,
            "omvang": len(drawn.regels),
            "laag": vraag.laag,
            "populatie": drawn.populatie,
            "lagen": drawn.lagen,
            "regels": [show_toezicht_regel(regel, blik.pseudoniemen) for regel in drawn.regels],
            "aangekondigd_op": blik.mandaat.aangekondigd_op,
            "na_aankondiging": drawn.na_aankondiging
            and [
                {"dossier": blik.pseudoniemen.of("pleegkind", str(uid)), "aantal": aantal}
                for uid, aantal in drawn.na_aankondiging.items()
            ],
        }
        return Blikantwoord(json_response(shown, SteekproefOut), drawn.kinderen)

    return toezicht.look(toezicht.under(vraag.organisatie), read)


@router.get("/dossiers/{pseudoniem}", response_model=DossierOut, name="get_toezicht_dossier")
def get_dossier(
    pseudoniem: Annotated[Pseudoniem, Path()], toezicht: Inspectie, vraag: Annotated[DossierFilter, Query()]
) -> Response:
    """Een dossier onder pseudoniem: elk oordeel met uitleg, en de tijdlijn tot en met de peildatum."""
    peildatum = vraag.peildatum or toezicht.vandaag

    def read(blik: Blik) -> Blikantwoord:
        found = read_dossier(blik, pseudoniem, peildatum)
        return Blikantwoord(json_response(found.velden, DossierOut), [found.kind])

    return toezicht.look(toezicht.of_pseudoniem(pseudoniem), read)


def _kwartaal(naam: str | None) -> Kwartaal | None:
    return None if naam is None else Kwartaal.parse(naam)


def _kinderen(regels: list[RegelInhoud]) -> list[UUID]:
    return [UUID(regel["pleegkind"]["id"]) for regel in regels]
