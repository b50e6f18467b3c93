"""What everybody may read, without a token: the key figures that went out, how to read them, and what they mean.

On connections of a role that can read that and nothing else. There is no child in any of it, so no look is logged.
"""

from typing import Annotated, Any, Final

from fastapi import Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from app.errors import NotFound
from app.exports.open_kengetallen import BESTAND, csvw_metadata, definitions, write_open_csv
from app.queries.publicaties import iterate_open, list_open
from app.schemas.publicatie import DefinitieOut, OpenBestandFilter, OpenFilter, OpenKengetalOut
from app.web.actor import PUBLIC
from app.web.answers import JSON, json_response
from app.web.etag import IfNoneMatch
from app.web.files import open_file
from app.web.openbaar import for_everybody
from app.web.pagination import Lijst, Resultaten
from app.web.problems import MEDIA_TYPE
from app.web.route import ApiRoute, accepts, produces
from app.web.routing import Router
from app.web.sessions import OpenSession

router = Router(route_class=ApiRoute, prefix="/open", tags=["open"])
_CSV: Final = "text/csv"
_METADATA: Final = f"{BESTAND}-metadata.json"
_ABOUT: Final = f'</v1/open/{_METADATA}>; rel="describedby"; type="application/csvm+json"'
_NOT_FOUND: Any = {
    404: {
        "description": "Niet gevonden",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }
}


@router.get(
    "/kengetallen",
    dependencies=[PUBLIC],
    response_model=Resultaten[OpenKengetalOut],
    name="list_open_kengetallen",
)
@produces(JSON, _CSV)
def list_figures(
    request: Request,
    session: OpenSession,
    lijst: Lijst,
    vraag: Annotated[OpenFilter, Query()],
    if_none_match: IfNoneMatch = None,
) -> Response:
    """De gepubliceerde kengetallen van alle organisaties, in de volgorde waarin ze naar buiten gingen.

    Van ingetrokken cijfers staat er alleen dat en waarom ze zijn ingetrokken. Een leeg getal met `onderdrukt` is
    weggelaten omdat het te veel zou zeggen over te weinig kinderen.
    """
    wants_csv = not accepts(request.headers.get("accept") or "*/*", (JSON,))
    if vraag.formaat == "csv" or (vraag.formaat is None and wants_csv):
        return _file(session, vraag.kwartaal, vraag.organisatie, if_none_match)
    window = list_open(session, lijst.page(vraag), vraag.kwartaal, vraag.organisatie)
    return for_everybody(lijst.answer(window, OpenKengetalOut), if_none_match)


@router.get(f"/{BESTAND}", dependencies=[PUBLIC], name="get_open_bestand", response_class=Response)
@produces(_CSV)
def get_file(
    session: OpenSession, vraag: Annotated[OpenBestandFilter, Query()], if_none_match: IfNoneMatch = None
) -> Response:
    """Dezelfde kengetallen als CSV-bestand; een beschrijving van de kolommen staat ernaast (CSVW)."""
    return _file(session, vraag.kwartaal, vraag.organisatie, if_none_match)


def _file(session: Session, kwartaal: str | None, organisatie: str | None, if_none_match: str | None) -> Response:
    pieces = write_open_csv(iterate_open(session, kwartaal, organisatie))
    answer = open_file(pieces, f"{_CSV}; charset=utf-8; header=present", {"Link": _ABOUT})
    return for_everybody(answer, if_none_match)


@router.get(
    f"/{_METADATA}", dependencies=[PUBLIC], response_model=dict[str, object], name="get_open_bestand_beschrijving"
)
def get_metadata(if_none_match: IfNoneMatch = None) -> Response:
    """De kolommen van het CSV-bestand voor machines (CSVW van het W3C)."""
    return for_everybody(JSONResponse(csvw_metadata()), if_none_match)


@router.get("/definities", dependencies=[PUBLIC], response_model=Resultaten[DefinitieOut], name="list_definities")
def list_definitions(if_none_match: IfNoneMatch = None) -> Response:
    """Wat elk kengetal en elke dimensie betekent, met de normen erachter."""
    answer = json_response({"resultaten": definitions()}, Resultaten[DefinitieOut])
    return for_everybody(answer, if_none_match)


@router.get(
    "/definities/{naam}",
    dependencies=[PUBLIC],
    response_model=DefinitieOut,
    responses=_NOT_FOUND,
    name="get_definitie",
)
def get_definition(
    naam: Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$", description="De naam van een kengetal of dimensie.")],
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Wat een kengetal of dimensie betekent. Dit adres blijft."""
    found = next((one for one in definitions() if one["naam"] == naam), None)
    if found is None:
        raise NotFound
    return for_everybody(json_response(found, DefinitieOut), if_none_match)
