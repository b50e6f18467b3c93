"""The fifteen ruisfactoren with their weights, as versioned data, and which version is in force on a day.

The table of ``normen.md`` §7, and of §5b for R01, R04 and R11, which ask from October 2026 on whether the child was
seen and whether somebody acted. It is this project's reconstruction: the list that WSS used is not public, and the
weights are a choice of this project.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from app.norms.ruis.versie import RuisVersie
from app.norms.versies.versie import EERSTE_CATALOGUS, TWEEDE_CATALOGUS
from app.terms import Ruiscode, RuisSoort

__all__ = ["RUISFACTOREN", "TOELICHTING", "RuisVersie", "in_force", "weights_on"]

#: Goes with every list of ruisfactoren and every score.
TOELICHTING = (
    "Ruisfactoren zijn een aanleiding om in een casuïstiekbespreking opnieuw naar een kind te kijken. Zij zijn nooit "
    "een automatisch oordeel: veel ruisfactoren zeggen niet dat een kind onveilig is, en geen zegt niet dat het veilig "
    "is."
)

_KEUZE = "reconstructie en gewicht zijn keuzes van dit project; de lijst van WSS is niet openbaar"
_B1 = f"Kamerbrief voor het debat van 4 december 2025 (B1); {_KEUZE}"
_B2 = f"Kamerbrief 17 juni 2025 (B2); {_KEUZE}"
_B4 = f"Kamerdebat van 4 december 2025 (B4); {_KEUZE}"
_VLAARDINGEN = f"Openbare onderzoeken naar de zaak in Vlaardingen; {_KEUZE}"
_AFGELEID, _GESCOORD, _BEIDE = RuisSoort.AFGELEID, RuisSoort.GESCOORD, RuisSoort.BEIDE
_ZWAAR = 2
#: a score holds at most so long, and then is to be looked at anew
SCORE_MAANDEN = 12


_MET_TWEEDE = frozenset({Ruiscode.R01, Ruiscode.R04, Ruiscode.R11})


def _first(code: Ruiscode, naam: str, soort: RuisSoort, regel: str, bron: str, gewicht: int = 1) -> RuisVersie:
    tot = TWEEDE_CATALOGUS if code in _MET_TWEEDE else None
    return RuisVersie(code, 1, naam, soort, gewicht, EERSTE_CATALOGUS, tot, regel, bron)


def _second(code: Ruiscode, regel: str) -> RuisVersie:
    eerste = next(one for one in _EERSTE if one.code is code)
    return replace(eerste, versie=2, geldig_van=TWEEDE_CATALOGUS, geldig_tot=None, regel=regel)


_EERSTE: tuple[RuisVersie, ...] = (
    _first(
        Ruiscode.R01,
        "geen eigen zicht op het kind",
        _AFGELEID,
        "Geen professional heeft het kind in de afgelopen 4 maanden in levenden lijve gesproken; bij een kind dat nog "
        "nooit is gesproken tellen de 4 maanden vanaf het begin van de zorg.",
        _VLAARDINGEN,
    ),
    _first(
        Ruiscode.R02,
        "geen school en geen dagbesteding",
        _GESCOORD,
        "Het kind gaat niet naar school en heeft geen dagbesteding.",
        _B2,
    ),
    _first(
        Ruiscode.R03,
        "kind staat alleen",
        _GESCOORD,
        "Het kind is afgesneden van familie en andere volwassenen.",
        _VLAARDINGEN,
    ),
    _first(
        Ruiscode.R04,
        "kind vertelde iets en er volgde geen meldcode",
        _BEIDE,
        "Na een onthulling, of een gesprek waarin het kind zich niet veilig voelde, is geen stap van de meldcode "
        "vastgelegd. Dit vervalt niet met de tijd.",
        _B2,
        _ZWAAR,
    ),
    _first(
        Ruiscode.R05,
        "letsel, of signalen van school, politie of anderen",
        _BEIDE,
        "In de afgelopen 6 maanden werd een signaal bekend over letsel, of van school, politie of anderen.",
        _VLAARDINGEN,
        _ZWAAR,
    ),
    _first(
        Ruiscode.R06,
        "twee of meer signalen over hetzelfde gezin",
        _AFGELEID,
        "In de afgelopen 6 maanden werden twee of meer signalen bekend over kinderen in dit gezin.",
        _VLAARDINGEN,
    ),
    _first(
        Ruiscode.R07,
        "wisseling van begeleider of jeugdbeschermer",
        _AFGELEID,
        "In de afgelopen 6 maanden kreeg de lopende plaatsing of de maatregel een ander vast gezicht, of viel het weg. "
        "Een nieuwe plaatsing is geen wisseling.",
        _B4,
    ),
    _first(
        Ruiscode.R08,
        "maatregel zonder vaste jeugdbeschermer",
        _AFGELEID,
        "Er is een ots, voogdij van een GI of jeugdreclassering en er is geen jeugdbeschermer vastgelegd.",
        _B1,
    ),
    _first(
        Ruiscode.R09,
        "GI en aanbieder zijn het oneens of delen niet alles",
        _GESCOORD,
        "GI en aanbieder verschillen van inzicht, of informatie wordt achtergehouden.",
        _B2,
    ),
    _first(
        Ruiscode.R10,
        "pleegouders weigeren toegang of komen afspraken niet na",
        _GESCOORD,
        "De pleegouders weigeren toegang tot het kind of het huis, of voldoen niet aan afgesproken voorwaarden.",
        _VLAARDINGEN,
        _ZWAAR,
    ),
    _first(
        Ruiscode.R11,
        "contact loopt alleen via de pleegouders",
        _AFGELEID,
        "In een voltijd- of crisisplaatsing van langer dan 6 maanden was er in de afgelopen 6 maanden wel een "
        "huisbezoek, maar geen kind-alleengesprek.",
        _B1,
    ),
    _first(
        Ruiscode.R12,
        "drie of meer plaatsingen in het gezin, of een eerdere eindigde om veiligheid",
        _AFGELEID,
        "In het gezin lopen drie of meer plaatsingen, of een eerdere plaatsing daar eindigde om redenen van "
        "veiligheid.",
        _B2,
    ),
    _first(
        Ruiscode.R13,
        "een ander kind verliet het gezin",
        _AFGELEID,
        "In de afgelopen 6 maanden vertrok een ander kind dat met dit kind in het gezin woonde, en dit kind bleef.",
        _VLAARDINGEN,
    ),
    _first(
        Ruiscode.R14,
        "zorgen van de ouders terzijde gelegd",
        _GESCOORD,
        "Zorgen van de ouders zijn terzijde gelegd, of het contact met hen verslechtert.",
        _VLAARDINGEN,
    ),
    _first(
        Ruiscode.R15,
        "lichamelijke achteruitgang",
        _GESCOORD,
        "Het kind gaat lichamelijk achteruit: gewicht, verzorging.",
        _VLAARDINGEN,
    ),
)


_TWEEDE = (
    _second(
        Ruiscode.R01,
        "Geen professional heeft het kind in de afgelopen 4 maanden zelf gezien: in een gesprek in levenden lijve, of "
        "bij een huisbezoek of veiligheidscheck waarbij het kind is gezien. Bij een kind dat nog nooit is gezien "
        "tellen de 4 maanden vanaf het begin van de zorg.",
    ),
    _second(
        Ruiscode.R04,
        "Na een onthulling, of een gesprek waarin het kind zei dat het in dit gezin niet veilig is, is geen stap van "
        "de meldcode en geen andere opvolging vastgelegd. Dit vervalt niet met de tijd.",
    ),
    _second(
        Ruiscode.R11,
        "In een voltijd- of crisisplaatsing van langer dan 6 maanden was er in de afgelopen 6 maanden wel een "
        "huisbezoek, maar geen kind-alleengesprek, en bij geen huisbezoek of veiligheidscheck is het kind gezien.",
    ),
)
RUISFACTOREN: tuple[RuisVersie, ...] = (*_EERSTE, *_TWEEDE)


@lru_cache(maxsize=4096)
def in_force(peildatum: date) -> Mapping[Ruiscode, RuisVersie]:
    """Return the version of each ruisfactor in force on a day, by code; one without is absent."""
    holding = sorted((one for one in RUISFACTOREN if one.holds_on(peildatum)), key=lambda one: (one.code, one.versie))
    return MappingProxyType({one.code: one for one in holding})


@lru_cache(maxsize=4096)
def weights_on(peildatum: date) -> Mapping[Ruiscode, int]:
    """Return the weight of each ruisfactor in force on a day."""
    return MappingProxyType({code: versie.gewicht for code, versie in in_force(peildatum).items()})
