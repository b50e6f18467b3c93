"""What an inspecteur sees: mandates, a sample that anybody draws again, a dossier by pseudonym, an audit as a file."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_pseudonymised
from app.norms.aandacht import Groep
from app.norms.dutch import dutch_date
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.normwoorden import NORMEN
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets, iterate_inhoud
from app.queries.toezicht.vragen import organisatie_of_toets
from app.routers.pages.blad import blad
from app.routers.pages.woorden.normen import MERK
from app.routers.pages.woorden.tijdlijn import KOPPEN
from app.routers.toezicht_lezen import draw_steekproef, read_dossier, worst_of
from app.schemas.toezicht import Pseudoniem, SteekproefFilter
from app.terms import Stand, Toetsformaat, Zwaarte
from app.web.files import file_response
from app.web.routing import Router
from app.web.toezicht import Blik, Blikantwoord, PageInspectie
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute, prefix="/toezicht")
_HIER: Final = "/toezicht"
_GROEP: Final = {
    (Stand.TE_LAAT, Zwaarte.NORM): Groep.TE_LAAT,
    (Stand.TE_LAAT, Zwaarte.STREEF): Groep.STREEF,
}
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
        shown, uid = read_dossier(blik, pseudoniem, toezicht.vandaag)
        answer = blad(
            request, toezicht.actor, "toezicht/dossier.html", _HIER, dossier=shown, mandaat=blik.mandaat,
            oordelen=[_oordeel(one) for one in shown["termijnen"]], koppen=KOPPEN,
        )  # fmt: skip
        return Blikantwoord(answer, [uid])

    return toezicht.look(toezicht.of_pseudoniem(pseudoniem), read)


def _oordeel(one: dict[str, Any]) -> dict[str, Any]:
    stand, zwaarte = one["stand"], one["zwaarte"]
    css, woord = MERK[_GROEP.get((stand, zwaarte), _OF_STAND[stand])]
    if stand is Stand.TE_LAAT:
        wanneer = f"te laat sinds {dutch_date(one['te_laat_sinds'])} ({one['dagen_te_laat']} dagen)"
    else:
        wanneer = f"uiterlijk {dutch_date(one['uiterlijk'])}" if one["uiterlijk"] else "er hoeft nu niets"
    return {**one, "merk": css, "woord": woord, "wat": NORMEN[one["norm"]], "wanneer": wanneer}


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
