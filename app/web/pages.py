"""Pages: templates, the headers that every page has, and the page of an error."""

from functools import cache
from pathlib import Path
from typing import Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

import app
from app.errors import AppError, NotSignedIn
from app.lib.ids import new_uid
from app.web.assets import asset_url
from app.web.pagewords import FILTERS
from app.web.problems import problem_headers, problem_response
from app.web.route import accepts

HTML = "text/html"
#: in the scope of a request: what was filled in in the form that is refused (``app.web.forms.Given``)
GIVEN = "pleegzicht.ingevuld"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Vary": "Cookie",
}
#: beside the label of a field that nobody has to fill in
_MAG_LEEG: Final = '<span class="mag">(mag leeg)</span>'


@cache
def _templates() -> Environment:
    folder = Path(app.__file__).parent / "templates"
    found = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.globals |= {"asset_url": asset_url, "nieuwe_sleutel": new_uid, **_BARE}
    found.filters |= FILTERS
    found.globals["mag_leeg"] = found.call_filter("safe", _MAG_LEEG)
    return found


#: what the frame of a page shows of who looks, where nobody is known; ``app.routers.pages.blad`` fills it in
_BARE = {
    "ik": None, "nav": (), "hier": "", "formulier": "", "merk": None, "namen_uit": False, "demo": False, "druk": None,
}  # fmt: skip


def page(template: str, status: int = 200, **values: object) -> Response:
    """Return a page.

    Args:
        template: a file of ``app/templates``.
        status: of HTTP.
        values: what it shows; each is escaped.
    """
    text = _templates().get_template(template).render(values)
    return Response(text, status, _HEADERS, f"{HTML}; charset=utf-8")


def redirect(to: str) -> Response:
    """Return the answer that sends a browser to a page of ours; what was sent is not sent again."""
    return Response(status_code=303, headers={"Location": to})


def error_page(request: Request, error: AppError) -> Response:
    """Return an error outside the API: a page for who asks for pages, a problem for everybody else."""
    if not _wants_pages(request):
        return problem_response(error)
    given = request.scope.get(GIVEN)
    answer = page("fout.html", error.status, fout=error, aanmelden=isinstance(error, NotSignedIn), ingevuld=given)
    answer.headers.update({name: value for name, value in problem_headers(error).items() if name != "WWW-Authenticate"})
    return answer


def _wants_pages(request: Request) -> bool:
    """Tell whether text/html is named: ``*/*`` alone is what programs send."""
    given = request.headers.get("accept", "")
    return HTML in given.lower() and accepts(given, (HTML,))
