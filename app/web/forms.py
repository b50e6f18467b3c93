"""Forms of the pages: read under limits, and only from a page of ours (no cross-site request forgery).

A form holds a token that is computed from a cookie: who cannot read our pages cannot know it. What browsers say about
where a form comes from (Sec-Fetch-Site) is believed when it says: from elsewhere.
"""

import hashlib
import hmac
import re
import secrets as random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from app.errors import AppError, BadInput, Fault, UnsupportedMedia
from app.web.cookies import cookies_of
from app.web.state import secrets_of

FIELD = "formulier"
#: what a choice, a day or a number looks like, and what only a page puts in a form: a key, a token, an id
_CODE = re.compile(r"[a-z0-9_-]*")
_HIDDEN = re.compile(r"[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: so many fields at least are a form that somebody filled in, and no button
_FILLED_IN = 2
_FORM = "application/x-www-form-urlencoded"
_MAX_FIELDS = 100

Form = Mapping[str, str]


class FormulierVerlopen(AppError):
    """403: not from a page that we gave to this browser, or from one of an earlier session."""

    status = 403
    code = "formulier_verlopen"
    title = "Dit formulier is verlopen"
    detail = "Deze pagina is van een eerdere aanmelding. Ga terug naar het begin en probeer het opnieuw."


def form_token(request: Request, bound_to: str) -> str:
    """Return the token for a form, bound to the value of a cookie."""
    key = hmac.digest(secrets_of(request).sessie, FIELD.encode(), hashlib.sha256)
    return hmac.digest(key, bound_to.encode("utf-8", "replace"), hashlib.sha256).hex()


def new_binding() -> str:
    """Return a value for the cookie that forms of who is not signed in are bound to."""
    return random.token_urlsafe(32)


class FormGuard:
    """What every form must pass; the mark that the walk over routes looks for."""

    def __init__(self, *, signed_in: bool) -> None:
        self._signed_in = signed_in

    def refuse_elsewhere(self, request: Request) -> None:
        """Refuse what a browser says comes from another site."""
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise FormulierVerlopen

    def refuse_strange(self, request: Request, form: Form) -> None:
        """Refuse a form that is not of a page that we gave to this browser."""
        cookies = cookies_of(request)
        bound_to = (cookies.sessie if self._signed_in else cookies.formulier).read(request)
        given = form.get(FIELD, "").encode("utf-8", "replace")
        if bound_to is None or not hmac.compare_digest(given, form_token(request, bound_to).encode()):
            raise FormulierVerlopen


class OwnForm(FormGuard):
    """The dependency that gives a route its form."""

    async def __call__(self, request: Request) -> Form:
        """Return the fields.

        Raises:
            FormulierVerlopen: the form is not of a page of ours in this browser.
            UnsupportedMedia, BadInput: it is no form.
        """
        self.refuse_elsewhere(request)
        form = await _read(request)
        self.refuse_strange(request, form)
        return form


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody filled in: the texts that they wrote, and by field what is a word, a day or a choice."""

    texts: Sequence[str]
    choices: Sequence[tuple[str, str]]


async def given_in(request: Request) -> Given | None:
    """Return what somebody filled in in a form of ours, to give it back with the refusal; nothing from elsewhere.

    A browser must say that it comes from a page of ours: nobody can let us show somebody else's words.
    """
    if request.method != "POST" or request.headers.get("sec-fetch-site") != "same-origin":
        return None
    try:
        form = await _read(request)
    except (AppError, HTTPException):
        return None
    said = [(name, value.strip()) for name, value in form.items() if value.strip() and not _is_hidden(name, value)]
    texts = [value for _, value in said if not _CODE.fullmatch(value)]
    choices = [(name.replace("_", " "), value) for name, value in said if _CODE.fullmatch(value)]
    return Given(texts, choices) if len(said) >= _FILLED_IN else None


def _is_hidden(name: str, value: str) -> bool:
    return _HIDDEN.search(name) is not None or _HIDDEN.fullmatch(value) is not None


async def _read(request: Request) -> Form:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia("Stuur de inhoud als formulier.")
    body = await request.body()
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict",
            max_num_fields=_MAX_FIELDS,
        )  # fmt: skip
    except ValueError:
        raise BadInput(Fault("body", "", "ongeldig_formulier", "Dit is geen formulier.")) from None
    if len(dict(pairs)) != len(pairs) or any("\0" in value for pair in pairs for value in pair):
        raise BadInput(Fault("body", "", "ongeldig_formulier", "Dit is geen formulier."))
    return dict(pairs)


#: ``dependencies=[SESSION_FORM]`` on a route: only by a form of this session
SESSION_FORM = Depends(OwnForm(signed_in=True))
SessionForm = Annotated[Form, SESSION_FORM]
OpenForm = Annotated[Form, Depends(OwnForm(signed_in=False))]
