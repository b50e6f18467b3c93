"""The words for what stands on a child's timeline: a heading per kind of fact, and what its codes mean."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from app.norms.meldcode import BEROEPSNORM
from app.norms.tijdbeeld import Teken
from app.web.pagewords import dag

Kenmerken = Mapping[str, Any]

#: closed lists, as people say them
VORMEN: Final = {"fysiek": "op dezelfde plek", "beeldbellen": "via beeldbellen", "telefoon": "aan de telefoon"}
UITKOMSTEN: Final = {"veilig": "geen zorgen gezien", "zorgen": "zorgen", "onveilig": "onveilig"}
REDENEN: Final = {
    "kind_wil_niet": "het kind wilde niet",
    "te_jong": "het kind is te jong",
    "pleegouder_aanwezig": "een pleegouder was erbij",
    "ziek": "er was iemand ziek",
    "tolk_nodig": "er was een tolk nodig",
    "kind_afwezig": "het kind was er niet",
    "anders": "een andere reden",
}
MAATREGELEN: Final = {
    "vrijwillig": "Vrijwillig",
    "ots": "Ondertoezichtstelling",
    "voogdij_gi": "Voogdij bij de GI",
    "pleegoudervoogdij": "Pleegoudervoogdij",
    "jeugdreclassering": "Jeugdreclassering",
}
GEZINSOORTEN: Final = {"bestand": "Bestandspleeggezin", "netwerk": "Netwerkpleeggezin"}
GEZINSLIDROLLEN: Final = {"pleegouder": "Pleegouder", "inwonende": "Inwonende"}
VGB_STATUSSEN: Final = {
    "aangevraagd": "Aangevraagd",
    "afgegeven": "Afgegeven",
    "geweigerd": "Geweigerd",
    "ingetrokken": "Ingetrokken",
}
PLAATSINGSVORMEN: Final = {"voltijd": "voltijd", "deeltijd": "deeltijd", "crisis": "crisis"}
ZORGVORMEN: Final = {"pleegzorg": "pleegzorg", "gezinshuis": "gezinshuis"}
VEILIG_THUIS: Final = {"geen": "", "advies": "Advies gevraagd aan Veilig Thuis.", "melding": "Gemeld bij Veilig Thuis."}
#: the same as a question: whether Veilig Thuis was asked
VEILIG_THUIS_KEUZES: Final = {"geen": "Niet gebeld", "advies": "Advies gevraagd", "melding": "Gemeld"}
SIGNAALBRONNEN: Final = {
    "kind": "het kind zelf",
    "school": "school",
    "ouder": "een ouder",
    "pleegouder": "een pleegouder",
    "politie": "de politie",
    "arts": "een arts",
    "professional": "een andere professional",
    "ander": "iemand anders",
}
MET: Final = {
    "gedragswetenschapper": "de gedragswetenschapper",
    "teamleider": "de teamleider",
    "veilig_thuis": "Veilig Thuis",
}
BESLUITEN: Final = {
    "geen_gevaar": "Er is geen gevaar",
    "afspraken": "Afspraken met het gezin",
    "hulp": "Hulp erbij",
    "melding_veilig_thuis": "Melding bij Veilig Thuis",
    "uit_huis": "Het kind gaat uit huis",
}
AANWEZIGEN: Final = {
    "pleegouder": "Pleegouder",
    "huisgenoot": "Huisgenoot",
    "ouder": "Ouder",
    "jeugdbeschermer": "Jeugdbeschermer",
    "tolk": "Tolk",
    "ander": "Iemand anders",
}
GEVOEL: Final = {"ja": "ja", "twijfel": "twijfel", "nee": "nee", "onbekend": "weet ik niet"}
#: kind of fact → its heading, where the codes do not change it
KOPPEN: Final = {
    "kindgesprek": "Gesprek met het kind",
    "huisbezoek": "Huisbezoek",
    "veiligheidscheck": "Veiligheidscheck",
    "begeleiding": "Begeleider begint",
    "casuistiekbespreking": "Casuïstiekbespreking",
    "ontwikkelbeeld": "Ontwikkeling in kaart",
    "hulpverleningsplan": "Hulpverleningsplan vastgesteld",
    "vertrouwenspersoon": "Vertrouwenspersoon bekend",
    "pleegoudervoogdgesprek": "Gesprek met de pleegoudervoogd",
    "signaal": "Signaal",
    "meldcodestap": "Stap van de meldcode",
    "opvolgstap": "Opvolging",
    "actie": "Afgesproken actie",
    "dossierlezing": "Overdracht gelezen",
    "uitstel": "Herinnering uitgesteld",
    "ruisscore": "Ruisfactor gescoord",
    "maatregel": "Maatregel",
    "uitzondering": "Uitzondering voorgesteld",
    "plaatsing": "Plaatsing",
}
#: kind of fact → what it is called where it is no heading: also of what stands on no timeline
SOORTNAMEN: Final = {
    **KOPPEN,
    "ontwikkelbeeld": "Ontwikkelbeeld",
    "hulpverleningsplan": "Hulpverleningsplan",
    "vertrouwenspersoon": "Vertrouwenspersoon",
    "ruisscore": "Ruisfactor",
    "dossierlezing": "Lezen van de overdracht",
    "uitstel": "Uitstel van een herinnering",
    "begeleiding": "Begeleiding",
    "uitzondering": "Uitzondering",
    "pleegkind": "Gegevens van het kind",
    "pleeggezin": "Pleeggezin",
    "gezinslid": "Gezinslid",
    "evaluatie": "Evaluatie met de pleegouders",
    "vgb": "Verklaring van geen bezwaar",
}


@dataclass(frozen=True, slots=True)
class Tijdregel:
    """One fact on the timeline, as it is shown."""

    uid: UUID
    soort: str
    datum: date
    teken: Teken
    kop: str
    door: str | None
    zinnen: tuple[str, ...]
    stem: str | None
    laat: bool
    vastgelegd_op: datetime
    versie: int


def tijdregel(row: Mapping[str, Any], door: str | None, redenen: tuple[str, ...] | None, stem: str | None) -> Tijdregel:
    """Return a row of ``list_tijdlijn`` as it is shown.

    Args:
        row: of the timeline.
        door: who did it, where that is known.
        redenen: why a talk does not count; empty when it does, None for what is no talk.
        stem: the child's own words.
    """
    soort, about = row["soort"], row["kenmerken"]
    zinnen = tuple(one for one in _ZINNEN.get(soort, _nothing)(about) if one)
    if redenen:
        zinnen = (f"Telt niet mee, want {' en '.join(redenen)}.", *zinnen)
    return Tijdregel(
        row["uid"], soort, row["datum"], _teken(soort, about, redenen), _kop(soort, about), door, zinnen, stem,
        row["laat_geregistreerd"], row["vastgelegd_op"], row["versie"],
    )  # fmt: skip


def _teken(soort: str, about: Kenmerken, redenen: tuple[str, ...] | None) -> Teken:
    if about.get("veiligInGezin") == "nee" or about.get("uitkomst") in ("zorgen", "onveilig"):
        return Teken.SEIN
    counts_not = redenen or about.get("multidisciplinair") is False
    return _TEKENS.get(soort) or (Teken.NIET if counts_not else Teken.MEE)


def _kop(soort: str, about: Kenmerken) -> str:
    said = _KOPPEN_MET_MEER.get(soort)
    return said(about) if said else KOPPEN[soort]


def _kop_van_gesprek(about: Kenmerken) -> str:
    if not about["doorgegaan"]:
        return "Gesprek ging niet door"
    who = "Gesprek alleen met het kind" if about["alleen"] else "Gesprek met anderen erbij"
    return who if about["vorm"] == "fysiek" else f"{who}, {VORMEN[about['vorm']]}"


#: the kinds whose heading says more than what it is
_KOPPEN_MET_MEER: Final[Mapping[str, Callable[[Kenmerken], str]]] = {
    "kindgesprek": _kop_van_gesprek,
    "meldcodestap": lambda about: f"Meldcode, stap {about['stap']}",
    "opvolgstap": lambda about: "Overleg na een zorg" if about["stap"] == "overleg" else "Besluit na een zorg",
    "maatregel": lambda about: f"Maatregel: {MAATREGELEN[about['soort']].lower()}",
}
#: the kinds with a sign of their own, whatever one says
_TEKENS: Final = {"signaal": Teken.SEIN, "meldcodestap": Teken.STAP, "opvolgstap": Teken.STAP}


def _nothing(_: Kenmerken) -> Iterator[str]:
    return iter(())


def _kindgesprek(about: Kenmerken) -> Iterator[str]:
    if about["redenNietAlleen"]:
        yield f"Reden: {REDENEN[about['redenNietAlleen']]}."
    if about.get("veiligInGezin"):
        yield f"Is het thuis veilig, volgens het kind: {GEVOEL[about['veiligInGezin']]}."


def _bezoek(about: Kenmerken) -> Iterator[str]:
    if about["kindGezien"] is not None:
        yield "Kind gezien." if about["kindGezien"] else "Kind niet gezien."
    if about["nieuweHuisgenoot"]:
        yield "Er woont iemand nieuw in huis."


def _opvolgstap(about: Kenmerken) -> Iterator[str]:
    yield f"Met {MET[about['met']]}." if about["met"] else f"{BESLUITEN[about['besluit']]}."


def _actie(about: Kenmerken) -> Iterator[str]:
    yield f"Uiterlijk {dag(date.fromisoformat(about['uiterlijk']))}."
    yield f"Gedaan op {dag(date.fromisoformat(about['gedaanOp']))}." if about["gedaanOp"] else "Nog niet gedaan."
    if about["uitBespreking"]:
        yield "Afgesproken in een casuïstiekbespreking."


def _check(about: Kenmerken) -> Iterator[str]:
    yield f"Uitkomst: {UITKOMSTEN[about['uitkomst']]}. Instrument: {about['instrument']}."


#: column of a signaal → what is said when it is so
_KENMERKEN_VAN_EEN_SIGNAAL: Final = {
    "calamiteit": "Dit is een calamiteit.",
    "onthulling": "Het kind heeft iets verteld.",
    "geweld": "Er is geweld gebruikt.",
    "letsel": "Het kind heeft letsel.",
    "vraagt_veiligheidscheck": "Vraagt om een veiligheidscheck.",
}


def kenmerken_of_signaal(signaal: Kenmerken) -> list[str]:
    """Return what is so of a signaal, by column, in sentences."""
    return [zin for name, zin in _KENMERKEN_VAN_EEN_SIGNAAL.items() if signaal.get(name)]


def _signaal(about: Kenmerken) -> Iterator[str]:
    yield " ".join(kenmerken_of_signaal({**about, "vraagt_veiligheidscheck": about["vraagtVeiligheidscheck"]}))
    if about["onthulling"]:
        yield BEROEPSNORM


def _stap(about: Kenmerken) -> Iterator[str]:
    yield VEILIG_THUIS[about["veiligThuis"]] if about["veiligThuis"] else ""


def _until(about: Kenmerken) -> Iterator[str]:
    if about["tot"]:
        yield f"Tot {dag(date.fromisoformat(about['tot']))}."


def _plaatsing(about: Kenmerken) -> Iterator[str]:
    yield f"{PLAATSINGSVORMEN[about['vorm']].capitalize()}, {about['zorgvorm']}."
    yield from _until(about)


def _uitzondering(about: Kenmerken) -> Iterator[str]:
    yield f"Herzien uiterlijk {dag(date.fromisoformat(about['herzienUiterlijk']))}."


def _uitstel(about: Kenmerken) -> Iterator[str]:
    yield f"Tot {dag(date.fromisoformat(about['tot']))}; de norm en de lijsten zeggen hetzelfde als zonder uitstel."


def _mdo(about: Kenmerken) -> Iterator[str]:
    yield "Multidisciplinair." if about["multidisciplinair"] else "Niet multidisciplinair."


_ZINNEN: Final[Mapping[str, Callable[[Kenmerken], Iterator[str]]]] = {
    "kindgesprek": _kindgesprek,
    "huisbezoek": _bezoek,
    "opvolgstap": _opvolgstap,
    "actie": _actie,
    "veiligheidscheck": _check,
    "signaal": _signaal,
    "meldcodestap": _stap,
    "begeleiding": _until,
    "maatregel": _until,
    "plaatsing": _plaatsing,
    "uitzondering": _uitzondering,
    "uitstel": _uitstel,
    "casuistiekbespreking": _mdo,
}
