"""A frozen audit as a file for an inspecteur, under the pseudonyms of the mandate."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_pseudonymised
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets, iterate_inhoud
from app.queries.toezicht.vragen import organisatie_of_toets
from app.routers.params import Id
from app.schemas.velden import SchemaIn
from app.terms import Toetsformaat
from app.web.files import file_response
from app.web.route import ApiRoute, produces
from app.web.routing import Router
from app.web.toezicht import Blik, Blikantwoord, Inspectie

router = Router(route_class=ApiRoute, prefix="/toezicht", tags=["toezicht"])


class ToezichtExportFilter(SchemaIn):
    """The query of an inspecteur's export."""

    formaat: Toetsformaat = Field(default=Toetsformaat.JSON, description="csv, json, xlsx of pdf.")


@router.get("/kwartaaltoetsen/{id}/export", name="export_toezicht_toets", response_class=Response)
@produces(*(writer.media_type for writer in WRITERS.values()))
def export(key: Id, toezicht: Inspectie, vraag: Annotated[ToezichtExportFilter, Query()]) -> Response:
    """Een vastgestelde toets als bestand onder pseudoniem, met een digest over wat erin staat."""

    def read(blik: Blik) -> Blikantwoord:
        toets = find_kwartaaltoets(blik.session, blik.lezer.organisatie_id, key)
        bestand = open_pseudonymised(blik.session, toets, blik.pseudoniemen.of)
        writer, naam = WRITERS[vraag.formaat], filename_of(bestand, vraag.formaat)
        answer = file_response(writer.write(bestand), writer.media_type, naam, bestand.digest, bestand.vastgesteld_door)
        seen = [UUID(regel["pleegkind"]["id"]) for regel in iterate_inhoud(blik.session, toets.id)]
        return Blikantwoord(answer, seen)

    return toezicht.look(toezicht.of_organisatie(organisatie_of_toets(toezicht.session, key)), read)
