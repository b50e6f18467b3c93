"""The frame around a page: who looks, where they can go, and the token that their forms need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.norms.versies.catalogue import national_since
from app.routers.pages.formulieren.formulier import DUBBEL
from app.routers.pages.formulieren.invoer import Formfout
from app.routers.pages.formulieren.veldnamen import name_fields
from app.routers.pages.woorden.grenzen import GRENZEN
from app.routers.pages.woorden.rollen import ROLLEN
from app.security.conceptsleutel import Conceptsleutel
from app.web.cookies import cookies_of
from app.web.forms import form_token
from app.web.pages import page
from app.web.state import secrets_of
from app.web.visitor import sessietijd_of


@dataclass(frozen=True, slots=True)
class Menuregel:
    """One entry of the menu: at most four fit on a phone."""

    pad: str
    icoon: str
    woord: str


_KINDEREN = Menuregel("/kinderen", "kinderen", "Kinderen")
_ZOEKEN = Menuregel("/zoeken", "zoek", "Zoeken")
#: (what somebody must be allowed, the entry), in the order in which they stand
_MENU: tuple[tuple[Permission, Menuregel], ...] = (
    (Permission.UITZONDERING_APPROVE, Menuregel("/team", "team", "Team")),
    (Permission.TOEZICHT_READ, Menuregel("/toezicht", "oog", "Toezicht")),
    (Permission.MEDEWERKER_MANAGE, Menuregel("/beheer", "acties", "Beheer")),
    (Permission.TOETS_BUILD, Menuregel("/kwartaaltoetsen", "toets", "Toetsen")),
    (Permission.PLEEGKIND_READ, _KINDEREN),
    (Permission.FEIT_RECORD, Menuregel("/bezoek", "bezoek", "Bezoek")),
    (Permission.FEIT_RECORD, Menuregel("/acties", "acties", "Acties")),
    (Permission.PLEEGKIND_SEARCH, _ZOEKEN),
)


#: more do not fit on a phone; the search stands on every list as well
_PAST = 4


@dataclass(frozen=True, slots=True)
class Ik:
    """Who looks, as the frame shows it."""

    naam: str
    rol: str
    organisatie: str


@dataclass(frozen=True, slots=True)
class Druk:
    """What stands above a page on paper.

    Attributes:
        gemaakt_op: when.
        peildatum: the day that it is about.
        normen: since when the national norms of that day hold; None: they are the first.
        rol: of who made it.
    """

    gemaakt_op: datetime
    peildatum: date
    normen: date | None
    rol: str


def menu_of(actor: Actor) -> list[Menuregel]:
    """Return the entries of the menu of somebody."""
    return [regel for recht, regel in _MENU if actor.may(recht)][:_PAST]


def thuis_of(actor: Actor) -> str:
    """Return where somebody begins."""
    menu = menu_of(actor)
    return menu[0].pad if menu else "/ik"


def blad(
    request: Request,
    actor: Actor,
    template: str,
    hier: str = "",
    status: int = 200,
    *,
    peildatum: date | None = None,
    fouten: Sequence[Formfout] = (),
    **values: object,
) -> Response:
    """Return a page for somebody who is signed in.

    Args:
        request: of which the cookies are.
        actor: who looks.
        template: a file of ``app/templates``.
        hier: the path of the menu's entry under which it stands.
        status: of HTTP.
        peildatum: the day that it is about, when that is not today.
        fouten: what its form was refused for; each says the label of the field that it is about.
        values: what it shows.
    """
    values = {**_frame(request, actor, hier, peildatum), **values, **_about_form(request, fouten)}
    answer = page(template, status, **values)
    if not any(one.naam for one in fouten):
        return answer
    return page(template, status, **{**values, "fouten": name_fields(bytes(answer.body).decode(), fouten)})


def _about_form(request: Request, fouten: Sequence[Formfout]) -> Mapping[str, object]:
    """Return what the form of a page was refused for, by field too, and which form is asked whether it is one more."""
    return {
        "fouten": fouten,
        "fout": {one.veld: one.zin for one in fouten},
        "dubbel": request.scope.get(DUBBEL),
    }


def _frame(request: Request, actor: Actor, hier: str, peildatum: date | None) -> Mapping[str, object]:
    cookies = cookies_of(request)
    nu, rol = clock.now(), ROLLEN[actor.rol]
    of_day = peildatum or clock.civil_date(nu)
    return {
        "ik": Ik(actor.naam, rol, actor.organisatie_naam),
        "nav": menu_of(actor),
        "hier": hier,
        "formulier": form_token(request, cookies.sessie.read(request) or ""),
        "merk": Conceptsleutel(secrets_of(request), actor.medewerker_uid).merk,
        "sessietijd": sessietijd_of(request, nu),
        "namen_uit": cookies.namen.read(request) is not None,
        "demo": request.app.state.settings.demo,
        "druk": Druk(nu, of_day, national_since(of_day), rol),
        "vandaag": clock.civil_date(nu),
        "grenzen": GRENZEN,
    }
