"""The fields of a kind of fact as questions on a page: which control each needs, and what it is called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from app.routers.pages.woorden.tijdlijn import (
    BESLUITEN,
    GEVOEL,
    MAATREGELEN,
    MET,
    PLAATSINGSVORMEN,
    REDENEN,
    SIGNAALBRONNEN,
    UITKOMSTEN,
    VEILIG_THUIS_KEUZES,
    VORMEN,
    ZORGVORMEN,
)
from app.schemas.feiten.actie import ActieIn
from app.schemas.feiten.casuistiekbespreking import CasuistiekbesprekingIn
from app.schemas.feiten.dossierlezing import DossierlezingIn
from app.schemas.feiten.gedateerd import HulpverleningsplanIn, OntwikkelbeeldIn, PleegoudervoogdgesprekIn
from app.schemas.feiten.huisbezoek import HuisbezoekIn
from app.schemas.feiten.kindgesprek import KindgesprekIn
from app.schemas.feiten.maatregel import MaatregelIn
from app.schemas.feiten.meldcodestap import MeldcodestapIn
from app.schemas.feiten.opvolgstap import OpvolgstapIn
from app.schemas.feiten.plaatsing import BegeleidingIn, PlaatsingVelden
from app.schemas.feiten.signaal import SignaalIn
from app.schemas.feiten.veiligheidscheck import VeiligheidscheckIn
from app.schemas.feiten.vertrouwenspersoon import VertrouwenspersoonIn
from app.schemas.velden import SchemaIn
from app.web.pagewords import dag as as_dag

#: kind of fact → what a new one says; the kinds that are corrected and withdrawn on pages
SCHEMAS: Final[Mapping[str, type[SchemaIn]]] = {
    "kindgesprek": KindgesprekIn,
    "huisbezoek": HuisbezoekIn,
    "veiligheidscheck": VeiligheidscheckIn,
    "casuistiekbespreking": CasuistiekbesprekingIn,
    "ontwikkelbeeld": OntwikkelbeeldIn,
    "hulpverleningsplan": HulpverleningsplanIn,
    "pleegoudervoogdgesprek": PleegoudervoogdgesprekIn,
    "vertrouwenspersoon": VertrouwenspersoonIn,
    "signaal": SignaalIn,
    "meldcodestap": MeldcodestapIn,
    "opvolgstap": OpvolgstapIn,
    "actie": ActieIn,
    "dossierlezing": DossierlezingIn,
    "maatregel": MaatregelIn,
    "plaatsing": PlaatsingVelden,
    "begeleiding": BegeleidingIn,
}
#: field → what it is called
VELDEN: Final = {
    "datum": "Dag",
    "sinds": "Sinds",
    "doorgegaan": "Ging het gesprek door?",
    "alleen": "Alleen met het kind?",
    "vorm": "Hoe was het?",
    "veiligheid_besproken": "Ging het over veiligheid in het gezin?",
    "reden_niet_alleen": "Waarom niet alleen?",
    "kind_voelde_zich_veilig": "Voelde het kind zich op zijn gemak?",
    "stem_van_het_kind": "De woorden van het kind",
    "vervolgactie": "Wat spraken jullie af?",
    "instrument": "Instrument",
    "uitkomst": "Uitkomst",
    "multidisciplinair": "Multidisciplinair?",
    "gedragswetenschapper_aanwezig": "Was er een gedragswetenschapper bij?",
    "ruisfactor": "Naar aanleiding van een ruisfactor?",
    "conclusie": "Conclusie",
    "afgesproken_op": "Afgesproken op",
    "evaluatie_op": "Evaluatie op",
    "soort": "Soort",
    "naam": "Naam",
    "contact": "Contact",
    "bekend_geworden_op": "Bekend geworden op",
    "vraagt_veiligheidscheck": "Vraagt om een veiligheidscheck?",
    "calamiteit": "Calamiteit?",
    "bij_twijfel": "Wordt nog onderzocht of het een calamiteit is?",
    "gemeld_igj_op": "Gemeld bij de inspectie op",
    "onthulling": "Heeft het kind het zelf verteld?",
    "stap": "Welke stap?",
    "met": "Met wie (bij een overleg)?",
    "besluit": "Wat is besloten (bij een besluit)?",
    "toelichting": "Toelichting",
    "veilig_thuis": "Veilig Thuis",
    "kind_gezien": "Is het kind zelf gezien?",
    "aangekondigd": "Was het bezoek aangekondigd?",
    "nieuwe_huisgenoot": "Woont er iemand nieuw in huis?",
    "plaats": "Waar was het gesprek?",
    "veilig_in_gezin": "Is het thuis veilig, volgens het kind?",
    "wat_wil_het_kind": "Wat wil het kind?",
    "teruggekoppeld_op": "Wanneer hoorde het kind wat u ermee deed?",
    "geweld": "Is er geweld gebruikt?",
    "letsel": "Heeft het kind letsel?",
    "conclusie_op": "Einde van het onderzoek",
    "bron": "Van wie kwam het?",
    "omschrijving": "Wat is afgesproken?",
    "uiterlijk": "Uiterlijk",
    "gedaan_op": "Gedaan op",
    "van": "Vanaf",
    "tot": "Tot (de eerste dag waarop het niet meer geldt)",
    "gi": "Gecertificeerde instelling",
    "jeugdbeschermer": "Jeugdbeschermer",
    "pleeggezin_id": "Pleeggezin",
    "medewerker_id": "Wie begeleidt?",
    "zorgvorm": "Zorgvorm",
    "eindreden": "Waarom eindigde de plaatsing?",
}
#: the same where a kind has another word for it
_EIGEN_WOORD: Final[Mapping[tuple[type[SchemaIn], str], str]] = {
    (PlaatsingVelden, "vorm"): "Vorm",
    (PlaatsingVelden, "tot"): "Dag van vertrek",
}
_WOORDEN: Final[Mapping[str, Mapping[str, str]]] = {
    "soort": MAATREGELEN,
    "vorm": {**VORMEN, **PLAATSINGSVORMEN},
    "uitkomst": UITKOMSTEN,
    "reden_niet_alleen": REDENEN,
    "kind_voelde_zich_veilig": GEVOEL,
    "veilig_in_gezin": GEVOEL,
    "met": MET,
    "besluit": BESLUITEN,
    "bron": SIGNAALBRONNEN,
    "veilig_thuis": VEILIG_THUIS_KEUZES,
    "zorgvorm": ZORGVORMEN,
}
#: (kind, a field with the id of something else) → what is chosen in it; the page says among which
_VERWIJZINGEN: Final[Mapping[tuple[type[SchemaIn], str], str]] = {
    (PlaatsingVelden, "pleeggezin_id"): "gezin",
    (BegeleidingIn, "medewerker_id"): "keuze",
}
#: what hangs a fact on its owner is not corrected here
_VAST: Final = frozenset({"plaatsing_id"})


@dataclass(frozen=True, slots=True)
class Veld:
    """One question.

    Attributes:
        naam: of the column.
        alias: of the field in what is sent.
        woord: what it is called.
        soort: ``janee``, ``keuze``, ``gezin``, ``dag``, ``getal`` or ``tekst``.
        keuzes: value → word; of an id there are none yet.
        mag_leeg: it may be left open.
    """

    naam: str
    alias: str
    woord: str
    soort: str
    keuzes: Mapping[str, str]
    mag_leeg: bool


def velden_of(schema: type[SchemaIn]) -> list[Veld]:
    """Return the questions of a kind of fact; what is no single value is left out."""
    return list(_velden(schema))


def _velden(schema: type[SchemaIn]) -> Iterator[Veld]:
    for naam, info in schema.model_fields.items():
        found, empty = _kind(info.annotation)
        kind = _VERWIJZINGEN.get((schema, naam)) or found
        if naam in _VAST or kind is None:
            continue
        keuzes, woord = _keuzes(naam, info.annotation), _EIGEN_WOORD.get((schema, naam)) or VELDEN[naam]
        yield Veld(naam, info.alias or naam, woord, kind, keuzes, empty or not info.is_required())


def _types(annotation: Any) -> list[Any]:
    found = list(get_args(annotation)) if get_origin(annotation) in (Union, UnionType) else [annotation]
    return [get_args(one)[0] if get_origin(one) is Annotated else one for one in found]


def _kind(annotation: Any) -> tuple[str | None, bool]:
    types = _types(annotation)
    plain = [one for one in types if one is not type(None)]
    known = {bool: "janee", date: "dag", int: "getal", str: "tekst"}
    found = known.get(plain[0]) or ("keuze" if isinstance(plain[0], type) and issubclass(plain[0], StrEnum) else None)
    return found, len(plain) < len(types)


def _keuzes(naam: str, annotation: Any) -> Mapping[str, str]:
    for one in _types(annotation):
        if isinstance(one, type) and issubclass(one, StrEnum):
            return {item.value: _WOORDEN.get(naam, {}).get(item, item.replace("_", " ")) for item in one}
    return {}


def as_text(value: Any) -> str:
    """Return a value as a form holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value.isoformat() if isinstance(value, date) else str(value)


def with_keuzes(velden: Sequence[Veld], keuzes: Mapping[str, Mapping[str, str]]) -> list[Veld]:
    """Return the questions with, of the fields that name something else, among what is chosen."""
    return [replace(veld, keuzes=keuzes[veld.naam]) if veld.naam in keuzes else veld for veld in velden]


def as_words(veld: Veld, value: Any) -> str:
    """Return a value as a page shows it."""
    text = as_dag(value) if isinstance(value, date) else as_text(value)
    return veld.keuzes.get(text, text) or "niet ingevuld"


def from_text(veld: Veld, text: str) -> Any:
    """Return what a form says as a schema takes it."""
    said = text.strip()
    if veld.soort == "janee":
        return {"ja": True, "nee": False}.get(said)
    if veld.soort == "getal" and said.isdigit():
        return int(said)
    return said or None
