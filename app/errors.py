"""Errors are facts with a status; ``app.web.problems`` turns them into ``application/problem+json``.

No web here. A service raises a subclass named by its fact, in Dutch (``PlaatsingOverlapt``), and sets
``code`` and ``detail``. A ``detail`` is a Dutch sentence for the user and holds no personal data and no
internals.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in the input.

    Attributes:
        in_: where it is: ``body``, ``query``, ``path`` or ``header``.
        name: the field in the words of the API (camelCase, dots between levels).
        code: a stable code (``afspraken.md`` §4, §5).
        detail: a Dutch sentence that never repeats the value.
    """

    in_: str
    name: str
    code: str
    detail: str


def fault(name: str, code: str, detail: str) -> Fault:
    """Return a fault in a field of the body, named as in the API."""
    head, *rest = name.split("_")
    return Fault("body", head + "".join(word.capitalize() for word in rest), code, detail)


class AppError(Exception):
    """Anything the service refuses, with what it answers."""

    status: ClassVar[int] = 500
    code: str = "interne_fout"
    title: ClassVar[str] = "Er ging iets mis"
    detail: str = "De aanvraag is niet verwerkt. Probeer het later opnieuw."

    def __init__(self, detail: str | None = None, *, code: str | None = None) -> None:
        self.detail = detail or type(self).detail
        self.code = code or type(self).code
        super().__init__(self.detail)


class BadInput(AppError):
    """400: the input is wrong; carries every fault at once."""

    status = 400
    code = "ongeldige_invoer"
    title = "Ongeldige invoer"
    detail = "De invoer klopt niet. Kijk bij errors wat er anders moet."

    def __init__(self, *faults: Fault, detail: str | None = None, code: str | None = None) -> None:
        self.faults = faults
        super().__init__(detail, code=code)


class NotSignedIn(AppError):
    """401: no token, or one that does not hold; never says why."""

    status = 401
    code = "niet_aangemeld"
    title = "Niet aangemeld"
    detail = "Meld u aan: er is geen geldig toegangsbewijs meegestuurd."


class Forbidden(AppError):
    """403: an insider without the right."""

    status = 403
    code = "geen_recht"
    title = "Geen recht"
    detail = "U heeft niet het recht om dit te doen."


class NotFound(AppError):
    """404: does not exist, or is not yours: one text, the same bytes."""

    status = 404
    code = "niet_gevonden"
    title = "Niet gevonden"
    detail = "Dit bestaat niet, of is niet voor u."

    def __init__(self) -> None:
        super().__init__()


class MethodNotAllowed(AppError):
    """405: the resource does not know this method.

    Attributes:
        allow: the methods it does know.
    """

    status = 405
    code = "methode_niet_toegestaan"
    title = "Methode niet toegestaan"
    detail = "Deze methode is hier niet mogelijk; de kop Allow noemt de methoden die er wel zijn."

    def __init__(self, *allow: str) -> None:
        self.allow = allow
        super().__init__()


class NotAcceptable(AppError):
    """406: nothing can be given that the Accept header accepts."""

    status = 406
    code = "niet_aanvaardbaar"
    title = "Niet aanvaardbaar"
    detail = "De kop Accept sluit elk formaat uit dat hier gegeven kan worden."


class Conflict(AppError):
    """409: what is asked contradicts what is recorded."""

    status = 409
    code = "conflict"
    title = "Strijdig"
    detail = "Dit is in strijd met wat al is vastgelegd."


class PreconditionFailed(AppError):
    """412: changed since the client read it."""

    status = 412
    code = "gewijzigd"
    title = "Intussen gewijzigd"
    detail = "Dit is gewijzigd sinds u het las. Haal het opnieuw op en bekijk de wijziging."


class TooSlow(AppError):
    """408: a request did not come in time: its head, or its body."""

    status = 408
    code = "te_traag"
    title = "Te traag"
    detail = "De aanvraag kwam niet op tijd binnen. Probeer het opnieuw."


class TooLarge(AppError):
    """413: the body is over the limit."""

    status = 413
    code = "te_groot"
    title = "Te groot"
    detail = "De inhoud is te groot."


class UnsupportedMedia(AppError):
    """415: the body has a wrong Content-Type."""

    status = 415
    code = "verkeerd_formaat"
    title = "Verkeerd formaat"
    detail = "Stuur de inhoud als application/json."


class Unprocessable(AppError):
    """422: an Idempotency-Key came back with another request."""

    status = 422
    code = "sleutel_hergebruikt"
    title = "Sleutel hergebruikt"
    detail = "Deze Idempotency-Key is al gebruikt voor een andere aanvraag."


class PreconditionRequired(AppError):
    """428: a change without If-Match."""

    status = 428
    code = "if_match_ontbreekt"
    title = "If-Match ontbreekt"
    detail = "Stuur in de kop If-Match de ETag mee van de versie die u wijzigt."


class HeadTooLarge(AppError):
    """431: the head of a request is over the limit."""

    status = 431
    code = "kop_te_groot"
    title = "Kop te groot"
    detail = "Het adres en de koppen van de aanvraag zijn samen te groot."


class TooMany(AppError):
    """429: too many requests.

    Attributes:
        retry_after: seconds to wait.
    """

    status = 429
    code = "te_veel_aanvragen"
    title = "Te veel aanvragen"
    detail = "Er zijn te veel aanvragen gedaan. Wacht even en probeer het opnieuw."

    def __init__(self, detail: str | None = None, *, retry_after: int = 30) -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class Unavailable(AppError):
    """503: cannot answer now; trying again later helps.

    Attributes:
        retry_after: seconds to wait.
    """

    status = 503
    code = "niet_beschikbaar"
    title = "Even niet beschikbaar"
    detail = "De dienst is even niet beschikbaar. Probeer het zo opnieuw."

    def __init__(self, detail: str | None = None, *, retry_after: int = 2) -> None:
        self.retry_after = retry_after
        super().__init__(detail)


class OngeldigeInstelling(Exception):
    """A setting, the secrets file or the server refuses the start; the message is one clear Dutch line."""
