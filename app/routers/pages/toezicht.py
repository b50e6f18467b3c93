"""What an inspecteur sees: mandates, a sample that anybody draws again, a dossier by pseudonym, an audit as a file."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_pseudonymised
from app.norms.aandacht import Groep, urgentie
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets, iterate_inhoud
from app.queries.toezicht.vragen import organisatie_of_toets
from app.routers.pages.blad import blad
from app.routers.pages.woorden.normen import MERK, merk, wanneer, wat
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.toezicht_lezen import Toezichtdossier, draw_steekproef, read_dossier, worst_of
from app.schemas.toezicht import Pseudoniem, SteekproefFilter
from app.terms import Stand, Toetsformaat
from app.web.files import file_response
from app.web.routing import Router
from app.web.toezicht import Blik, Blikantwoord, PageInspectie
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute, prefix="/toezicht")
_HIER: Final = "/toezicht"
_OF_STAND: Final = {
    Stand.TE_LAAT: Groep.TE_LAAT,
    Stand.NADERT: Groep.NADERT,
    Stand.UITZONDERING: Groep.UITZONDERING,
    Stand.OP_TIJD: Groep.OP_TIJD,
}


@router.get("")
def list_mandaten(request: Request, toezicht: PageInspectie) -> Response:
    """Show the organisaties on which a mandate holds today, and the question that draws a sample."""
    return blad(request, toezicht.actor, "toezicht/begin.html", _HIER, mandaten=toezicht.mandaten)


@router.get("/steekproef")
def show_steekproef(request: Request, toezicht: PageInspectie, vraag: Annotated[SteekproefFilter, Query()]) -> Response:
    """Show a sample of the last audit that was frozen; the same seed draws the same children."""

    def read(blik: Blik) -> Blikantwoord:
        drawn = draw_steekproef(blik, None, vraag.omvang, vraag.seed, vraag.laag)
        regels = [
            {
                "pseudoniem": blik.pseudoniemen.of("pleegkind", regel["pleegkind"]["id"]),
                "leeftijd": regel["leeftijd"],
                "stand": _mark(worst_of(regel["criteria"])),
                "laat": regel["lateRegistraties"],
                "navolgbaar": regel["navolgbaar"],
                "na_aankondiging": drawn.after_aankondiging(regel),
            }
            for regel in drawn.regels
        ]
        answer = blad(
            request, toezicht.actor, "toezicht/steekproef.html", _HIER,
            peildatum=Kwartaal.parse(drawn.toets.kwartaal).laatste_dag, mandaat=blik.mandaat, toets=drawn.toets,
            populatie=drawn.populatie, lagen=drawn.lagen, regels=regels, vraag=vraag,
            formaten=[one.value for one in Toetsformaat],
        )  # fmt: skip
        return Blikantwoord(answer, drawn.kinderen)

    return toezicht.look(toezicht.under(vraag.organisatie), read)


def _mark(stand: str) -> tuple[str, str]:
    return MERK[Groep.GEEN if stand == "nvt" else _OF_STAND[Stand(stand)]]


@router.get("/dossiers/{pseudoniem}")
def show_dossier(pseudoniem: Annotated[Pseudoniem, Path()], request: Request, toezicht: PageInspectie) -> Response:
    """Show a dossier by its pseudonym: the same judgements as the organisatie sees, and what was recorded late."""

    def read(blik: Blik) -> Blikantwoord:
        found = read_dossier(blik, pseudoniem, toezicht.vandaag)
        answer = blad(
            request, toezicht.actor, "toezicht/dossier.html", _HIER, dossier=found.velden, mandaat=blik.mandaat,
            oordelen=_oordelen(found), koppen=KOPPEN,
        )  # fmt: skip
        return Blikantwoord(answer, [found.kind])

    return toezicht.look(toezicht.of_pseudoniem(pseudoniem), read)


def _oordelen(found: Toezichtdossier) -> list[dict[str, Any]]:
    """Return the judgements in the words and the order of the page of the child itself."""
    pairs = sorted(
        zip(found.velden["termijnen"], found.termijnen, strict=True), key=lambda pair: urgentie(pair[1].oordeel)
    )
    return [
        {**shown, "merk": merk(item.oordeel), "wat": wat(item.oordeel), "wanneer": wanneer(item.oordeel)}
        for shown, item in pairs
    ]


@router.get("/kwartaaltoetsen/{id}/export")
def export(
    key: Annotated[UUID, Path(alias="id")],
    toezicht: PageInspectie,
    formaat: Annotated[Toetsformaat, Query()] = Toetsformaat.XLSX,
) -> Response:
    """Give a frozen audit as a file under pseudonyms."""

    def read(blik: Blik) -> Blikantwoord:
        toets = find_kwartaaltoets(blik.session, blik.lezer.organisatie_id, key)
        bestand = open_pseudonymised(blik.session, toets, blik.pseudoniemen.of)
        writer, naam = WRITERS[formaat], filename_of(bestand, formaat)
        content = writer.write(bestand)
        answer = file_response(content, writer.media_type, naam, bestand.digest, bestand.vastgesteld_door)
        return Blikantwoord(answer, [UUID(one["pleegkind"]["id"]) for one in iterate_inhoud(blik.session, toets.id)])

    return toezicht.look(toezicht.of_organisatie(organisatie_of_toets(toezicht.session, key)), read)
