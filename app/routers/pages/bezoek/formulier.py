"""What the form of a visit says: read from its fields, and every fault of them at once with the field it is about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import ValidationError

from app.errors import Fault
from app.routers.pages.formulieren.invoer import Formfout, fault_at
from app.routers.pages.woorden.tijdlijn import AANWEZIGEN, GEVOEL, REDENEN, UITKOMSTEN
from app.schemas.feiten.bezoek import BezoekIn
from app.web.validation import faults

#: how it was → how the talk counts as held
HOE: Final = {"thuis": "fysiek", "elders": "fysiek", "telefoon": "telefoon", "beeldbellen": "beeldbellen"}
GESPREK: Final = ("alleen", "samen", "mislukt", "geen")
#: the field of each of those who were there is this and its code: a form says each name once
ERBIJ: Final = "erbij-"
#: the field of the form with the child's words, or with what was agreed with it → the name of a schema
_TEKSTEN: Final = {"woorden": "stemVanHetKind", "wil": "watWilHetKind", "vervolg": "vervolgactie"}
#: field of a schema → field of the form
_VELDEN: Final = {
    **{name: veld for veld, name in _TEKSTEN.items()},
    "datum": "datum",
    "redenNietAlleen": "reden",
    "instrument": "instrument",
    "uitkomst": "uitkomst-veilig",
}
#: the fields of the form, from top to bottom
_VOLGORDE: Final = (
    "datum", "hoe-thuis", "gezien-ja", "gesprek-alleen", "reden", "veiligheid-ja", "woorden", "wil", "vervolg",
    "instrument", "uitkomst-veilig",
)  # fmt: skip


class Ongeldig(Exception):
    """The form is not right.

    Attributes:
        fouten: every fault.
    """

    def __init__(self, fouten: Sequence[Formfout]) -> None:
        self.fouten = fouten
        super().__init__()


def read_bezoek(form: Mapping[str, str], plaatsing: UUID, vandaag: date) -> BezoekIn:
    """Return what the form says.

    Raises:
        Ongeldig: with every fault.
    """
    fouten = list(_missing(form))
    datum = _day(form)
    if datum is None:
        fouten.append(Formfout("datum", "Vul in welke dag het was."))
    elif datum > vandaag:
        fouten.append(Formfout("datum", "Deze dag is nog niet geweest."))
    if fouten:
        raise Ongeldig(in_order(fouten))
    try:
        return BezoekIn.model_validate({"plaatsingId": plaatsing, "datum": datum, **dict(_parts(form))})
    except ValidationError as error:
        raise Ongeldig(in_order(map(formfout, faults(error.errors(include_url=False))))) from None


def formfout(fault: Fault) -> Formfout:
    """Return a fault of schema or service, at the field of the form that it is about."""
    return fault_at(_VELDEN.get(fault.name.rpartition(".")[2], ""), fault)


def in_order(fouten: Iterable[Formfout]) -> list[Formfout]:
    """Return faults in the order of the fields that they are about; those about none come last."""
    return sorted(fouten, key=lambda one: _VOLGORDE.index(one.veld) if one.veld in _VOLGORDE else len(_VOLGORDE))


def _missing(form: Mapping[str, str]) -> Iterator[Formfout]:
    """Yield what is not filled in while something else asks for it."""
    if form.get("hoe") not in HOE:
        yield Formfout("hoe-thuis", "Kies hoe het bezoek was.")
    gesprek = form.get("gesprek")
    if gesprek not in GESPREK:
        yield Formfout("gesprek-alleen", "Kies of u met het kind sprak.")
    if gesprek in ("samen", "mislukt") and form.get("reden") not in REDENEN:
        yield Formfout("reden", "Kies waarom alleen praten niet lukte.")
    if gesprek in ("alleen", "samen") and form.get("veiligheid") not in ("ja", "nee"):
        yield Formfout("veiligheid-ja", "Kies of het over veiligheid in het gezin ging.")
    if form.get("hoe") == "thuis" and form.get("gezien") not in ("ja", "nee"):
        yield Formfout("gezien-ja", "Kies of u het kind zelf hebt gezien.")
    if form.get("check") == "ja" and form.get("uitkomst") not in UITKOMSTEN:
        yield Formfout("uitkomst-veilig", "Kies wat er uit de veiligheidscheck kwam.")
    if form.get("check") == "ja" and not form.get("instrument", "").strip():
        yield Formfout("instrument", "Vul in met welk instrument u de veiligheid beoordeelde.")
    if gesprek == "geen" and form.get("hoe") != "thuis" and form.get("check") != "ja":
        yield Formfout("gesprek-alleen", "Er is nog niets om te bewaren: geen huisbezoek, geen gesprek en geen check.")
    yield from _unheard(form)


def _unheard(form: Mapping[str, str]) -> Iterator[Formfout]:
    """Yield that the child said something while there was no talk to keep it with: it would be lost."""
    gesprek = form.get("gesprek")
    if gesprek == "geen" and any(form.get(veld, "").strip() for veld in _TEKSTEN):
        yield Formfout("gesprek-alleen", "U schreef iets op over een gesprek. Kies hoe u het kind sprak.")
    elif gesprek in ("geen", "mislukt") and form.get("thuis") == "nee":
        yield Formfout("gesprek-alleen", "Het kind zegt dat het thuis niet veilig is. Kies hoe u het kind sprak.")


def _day(form: Mapping[str, str]) -> date | None:
    given = form.get("wanneer")
    text = form.get("datum") if given == "anders" or not given else given
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _parts(form: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and content of every part of the visit that the form tells."""
    seen = _yes_or_no(form, "gezien")
    if form.get("gesprek") != "geen":
        yield "kindgesprek", _talk(form)
    if form.get("check") == "ja":
        said = {"instrument": form.get("instrument"), "uitkomst": form.get("uitkomst"), "kindGezien": seen}
        yield "veiligheidscheck", said
    if form.get("hoe") == "thuis":
        told = {"aangekondigd": _yes_or_no(form, "aangekondigd"), "nieuweHuisgenoot": _yes_or_no(form, "nieuw")}
        yield "huisbezoek", {"kindGezien": seen, **told, "aanwezigen": _present(form)}


def _yes_or_no(form: Mapping[str, str], veld: str) -> bool | None:
    """Return what was chosen; None: nothing was, which is never no."""
    return {"ja": True, "nee": False}.get(form.get(veld, ""))


def _present(form: Mapping[str, str]) -> list[str] | None:
    """Return who was there; None: the form does not say."""
    return [code for code in AANWEZIGEN if f"{ERBIJ}{code}" in form] or None


def _talk(form: Mapping[str, str]) -> dict[str, Any]:
    gesprek = form["gesprek"]
    texts = {name: form.get(veld, "").strip() for veld, name in _TEKSTEN.items()}
    reason = form.get("reden") if gesprek in ("samen", "mislukt") else None
    return {
        "doorgegaan": gesprek != "mislukt",
        "alleen": gesprek == "alleen",
        "vorm": HOE[form["hoe"]],
        "veiligheidBesproken": gesprek in ("alleen", "samen") and form.get("veiligheid") == "ja",
        "redenNietAlleen": reason,
        "kindVoeldeZichVeilig": _felt(form, "gevoel"),
        "veiligInGezin": _felt(form, "thuis"),
        "aanwezigen": _present(form) if gesprek == "samen" else None,
        **{name: text for name, text in texts.items() if text},
    }


def _felt(form: Mapping[str, str], veld: str) -> str | None:
    said = form.get(veld)
    return said if said in GEVOEL else None
