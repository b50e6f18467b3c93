"""From the fields of a form to a schema, and from what refuses it to faults at those fields."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.errors import AppError, BadInput, Fault, PreconditionFailed
from app.invoer.datums import EERSTE_DAG, LAATSTE_DAG
from app.schemas.velden import SchemaIn
from app.web.forms import Form
from app.web.validation import faults

S = TypeVar("S", bound=SchemaIn)
_OF_NOBODY = frozenset((403, 404))
_CAPITAL = re.compile("[A-Z]")


@dataclass(frozen=True, slots=True)
class Formfout:
    """One fault, in a sentence, and the field that it is about (empty: none).

    ``naam`` is what the API calls that field, in words, where the sentence only points at it. In the list above the
    form its label stands before the sentence then: ``kop``, as HTML of the page (``veldnamen``).
    """

    veld: str
    zin: str
    naam: str = ""
    kop: str = ""


@contextmanager
def whole(session: Session) -> Iterator[None]:
    """Let all of a block be written, or, when it refuses, nothing, the claim of a key included.

    What is shown after that is read anew, in a transaction of its own.
    """
    try:
        yield
    except BaseException:
        session.rollback()
        raise


def parse(schema: type[S], given: Mapping[str, Any]) -> S:
    """Return what was given as a schema takes it.

    Raises:
        BadInput: with every fault.
    """
    try:
        return schema.model_validate(given)
    except ValidationError as error:
        raise BadInput(*faults(error.errors(include_url=False))) from None


def as_seen(form: Form, changed: AppError | None = None) -> Callable[[Mapping[str, Any]], None]:
    """Return the check that nobody saved another version since the form was shown.

    Args:
        form: says which version it showed.
        changed: what refuses another one; None: PreconditionFailed.
    """

    def check(current: Mapping[str, Any]) -> None:
        if str(current["versie"]) != form.get("versie"):
            raise changed or PreconditionFailed

    return check


def status_of(refused: AppError | None) -> int:
    """Return the status of a page with a form that was refused, or that nobody sent yet."""
    return 200 if refused is None else refused.status


def fouten_of(refused: AppError | None, velden: Mapping[str, str]) -> list[Formfout]:
    """Return a refusal as faults of a form; what is not there or not allowed goes on as it is.

    Args:
        refused: by the schema or the service; None: it was not.
        velden: name in the words of the API → id of the field of the form.
    """
    if refused is None:
        return []
    if refused.status in _OF_NOBODY:
        raise refused
    if isinstance(refused, BadInput) and refused.faults:
        return [fault_at(velden.get(one.name.partition(".")[0], ""), one) for one in refused.faults]
    return [Formfout("", refused.detail)]


#: how a sentence begins that points at its field, and says nothing to who reads it in the list above the form
_POINTS: Final = ("Vul dit ", "Vul een ", "Dit ", "Deze ", "Geef ", "Maak een keuze", "Kies er")
#: how a sentence of the API begins that only a programmer reads → what a page says
_ON_A_PAGE: Final[Mapping[str, str]] = {
    "Dit is verplicht.": "Vul dit in.",
    "Geef tekst.": "Vul dit in.",
    "Geef een datum als": f"Vul een dag in, tussen {EERSTE_DAG.year} en {LAATSTE_DAG.year}.",
    "Geef een geheel getal.": "Vul een heel getal in.",
    "Geef true of false.": "Maak een keuze.",
    "Kies een van": "Maak een keuze.",
    "Geef een id": "Maak een keuze.",
    "Geef een lijst": "Maak een keuze.",
}


def fault_at(veld: str, fault: Fault) -> Formfout:
    """Return a fault as a page says it, at a field of its form (empty: none)."""
    zin = next((said for begin, said in _ON_A_PAGE.items() if fault.detail.startswith(begin)), fault.detail)
    naam = _words_of(fault.name)
    if not naam or not zin.startswith(_POINTS) or naam.split()[0].lower() in zin.lower():
        return Formfout(veld, zin)
    return Formfout(veld, zin, naam) if veld else Formfout("", "".join(led_by(naam, zin)))


def led_by(naam: str, zin: str) -> tuple[str, str]:
    """Return the name of a field and the sentence of a fault as they stand together; after a question it stays one."""
    return (f"{naam} ", zin) if naam.endswith("?") else (f"{naam}: ", f"{zin[0].lower()}{zin[1:]}")


def _words_of(name: str) -> str:
    last = next((part for part in reversed(name.split(".")) if not part.isdigit()), "")
    words = _CAPITAL.sub(lambda found: f" {found[0].lower()}", last.removesuffix("Id"))
    return f"{words[:1].upper()}{words[1:]}"
