"""The sheets of the workbook and their columns, as data, in the order of ``afspraken.md`` §5.

A sheet refers only to sheets before it: checks that follow references can go through ``BLADEN`` once.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from app.imports.kolommen import BladSoort, Celsoort, Kolom
from app.terms import (
    AanleidingSoort,
    Geslacht,
    Gespreksplaats,
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    Opvolgbesluit,
    OpvolgstapSoort,
    OverlegMet,
    PlaatsingVorm,
    RedenNietAlleen,
    Rol,
    SignaalBron,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VertrouwenspersoonSoort,
    VgbStatus,
    Zorgvorm,
)

# The column that a returned workbook carries; ignored when that workbook is imported again.
FOUTEN_KOLOM: Final = "fouten"


#: what an aanleiding can be → its sheet
AANLEIDINGEN: Final = (
    (AanleidingSoort.KINDGESPREK, "kindgesprekken"),
    (AanleidingSoort.VEILIGHEIDSCHECK, "veiligheidschecks"),
    (AanleidingSoort.SIGNAAL, "signalen"),
)


def _datum(naam: str, *, verplicht: bool = True) -> Kolom:
    return Kolom(naam, Celsoort.DATUM, verplicht=verplicht)


def _ja_nee(naam: str, *, verplicht: bool = True) -> Kolom:
    return Kolom(naam, Celsoort.JA_NEE, verplicht=verplicht)


def _tekst(naam: str, *, verplicht: bool = True) -> Kolom:
    return Kolom(naam, Celsoort.TEKST, verplicht=verplicht)


def _lange_tekst(naam: str) -> Kolom:
    return Kolom(naam, Celsoort.LANGE_TEKST, verplicht=True)


def _keuze(naam: str, keuzes: Iterable[StrEnum], *, verplicht: bool = True) -> Kolom:
    return Kolom(naam, Celsoort.KEUZE, verplicht=verplicht, keuzes=tuple(keuzes))


def _naar(naam: str, blad: str, *, verplicht: bool = True) -> Kolom:
    return Kolom(naam, Celsoort.VERWIJZING, verplicht=verplicht, blad=blad)


NUMMER: Final = Kolom("nummer", Celsoort.NUMMER, verplicht=True)
PLEEGGEZIN: Final = _naar("pleeggezin", "pleeggezinnen")
PLEEGKIND: Final = _naar("pleegkind", "pleegkinderen")
PLAATSING: Final = _naar("plaatsing", "plaatsingen")
MEDEWERKER: Final = _naar("medewerker", "medewerkers")
DATUM: Final = _datum("datum")
VAN: Final = _datum("van")
TOT: Final = _datum("tot", verplicht=False)
VASTGELEGD_OP: Final = Kolom("vastgelegd_op", Celsoort.MOMENT)
# An inspecteur comes with a mandate, never with a provider's workbook.
ROLLEN: Final = tuple(rol for rol in Rol if rol is not Rol.INSPECTEUR)

_ALLE: Final = (
    BladSoort(
        "medewerkers",
        (
            NUMMER,
            _tekst("naam"),
            _tekst("email", verplicht=False),
            _keuze("rol", ROLLEN),
            _tekst("team", verplicht=False),
            _datum("team_sinds", verplicht=False),
        ),
    ),
    BladSoort(
        "pleeggezinnen",
        (
            NUMMER,
            _tekst("naam"),
            _keuze("soort", GezinSoort),
            _tekst("gemeente", verplicht=False),
            _datum("pleegcontract_op", verplicht=False),
        ),
    ),
    BladSoort(
        "gezinsleden",
        (
            NUMMER,
            PLEEGGEZIN,
            _tekst("naam"),
            _datum("geboortedatum"),
            _keuze("rol", GezinslidRol),
            _datum("inwonend_sinds"),
            _datum("inwonend_tot", verplicht=False),
        ),
    ),
    BladSoort(
        "vgbs",
        (
            NUMMER,
            _naar("gezinslid", "gezinsleden"),
            _keuze("status", VgbStatus),
            DATUM,
            _datum("herscreening_uiterlijk", verplicht=False),
        ),
    ),
    BladSoort(
        "pleegkinderen",
        (
            NUMMER,
            _tekst("roepnaam"),
            _tekst("achternaam"),
            _datum("geboortedatum"),
            _keuze("geslacht", Geslacht, verplicht=False),
            Kolom("bsn", Celsoort.BSN),
        ),
    ),
    BladSoort(
        "plaatsingen",
        (
            NUMMER,
            PLEEGKIND,
            PLEEGGEZIN,
            _keuze("vorm", PlaatsingVorm),
            _keuze("zorgvorm", Zorgvorm),
            VAN,
            TOT,
            _tekst("eindreden", verplicht=False),
        ),
    ),
    BladSoort("begeleidingen", (NUMMER, PLAATSING, MEDEWERKER, VAN, TOT)),
    BladSoort(
        "maatregelen",
        (
            NUMMER,
            PLEEGKIND,
            _keuze("soort", MaatregelSoort),
            VAN,
            TOT,
            _tekst("gi", verplicht=False),
            _tekst("jeugdbeschermer", verplicht=False),
        ),
    ),
    BladSoort(
        "kindgesprekken",
        (
            NUMMER,
            PLAATSING,
            DATUM,
            MEDEWERKER,
            _ja_nee("doorgegaan"),
            _ja_nee("alleen"),
            _keuze("vorm", GespreksVorm),
            _ja_nee("veiligheid_besproken"),
            _keuze("reden_niet_alleen", RedenNietAlleen, verplicht=False),
            VASTGELEGD_OP,
            _keuze("plaats", Gespreksplaats, verplicht=False),
            _keuze("veilig_in_gezin", Veiligheidsgevoel, verplicht=False),
            _datum("teruggekoppeld_op", verplicht=False),
        ),
    ),
    BladSoort(
        "veiligheidschecks",
        (
            NUMMER,
            PLAATSING,
            DATUM,
            MEDEWERKER,
            _tekst("instrument"),
            _keuze("uitkomst", Uitkomst),
            VASTGELEGD_OP,
            _ja_nee("kind_gezien", verplicht=False),
        ),
    ),
    BladSoort(
        "huisbezoeken",
        (
            NUMMER,
            PLAATSING,
            DATUM,
            MEDEWERKER,
            VASTGELEGD_OP,
            _ja_nee("kind_gezien", verplicht=False),
            _ja_nee("aangekondigd", verplicht=False),
        ),
    ),
    BladSoort(
        "casuistiekbesprekingen",
        (NUMMER, PLEEGKIND, DATUM, _ja_nee("multidisciplinair"), VASTGELEGD_OP),
    ),
    BladSoort("ontwikkelbeelden", (NUMMER, PLEEGKIND, DATUM, VASTGELEGD_OP)),
    BladSoort("hulpverleningsplannen", (NUMMER, PLEEGKIND, DATUM, VASTGELEGD_OP)),
    BladSoort("pleegoudervoogdgesprekken", (NUMMER, PLEEGKIND, DATUM, VASTGELEGD_OP)),
    BladSoort(
        "vertrouwenspersonen",
        (
            NUMMER,
            PLEEGKIND,
            _datum("sinds"),
            _keuze("soort", VertrouwenspersoonSoort),
            _tekst("naam", verplicht=False),
        ),
    ),
    BladSoort("evaluaties", (NUMMER, PLEEGGEZIN, DATUM, VASTGELEGD_OP)),
    BladSoort(
        "signalen",
        (
            NUMMER,
            PLEEGKIND,
            DATUM,
            _datum("bekend_geworden_op"),
            _tekst("soort"),
            _ja_nee("vraagt_veiligheidscheck"),
            _ja_nee("calamiteit"),
            _ja_nee("bij_twijfel", verplicht=False),
            _datum("gemeld_igj_op", verplicht=False),
            _ja_nee("onthulling", verplicht=False),
            _ja_nee("geweld", verplicht=False),
            _ja_nee("letsel", verplicht=False),
            _datum("conclusie_op", verplicht=False),
            _keuze("bron", SignaalBron, verplicht=False),
        ),
    ),
    BladSoort(
        "uitzonderingen",
        (
            NUMMER,
            PLEEGKIND,
            Kolom("normen", Celsoort.NORMEN, verplicht=True),
            _lange_tekst("reden"),
            _lange_tekst("borging"),
            VAN,
            _datum("herzien_uiterlijk"),
            _naar("opgesteld_door", "medewerkers"),
            _naar("goedgekeurd_door", "medewerkers", verplicht=False),
            _keuze("soort", UitzonderingSoort, verplicht=False),
            Kolom("waarneming_dagen", Celsoort.GETAL),
        ),
    ),
    BladSoort(
        "opvolgstappen",
        (
            NUMMER,
            PLEEGKIND,
            _keuze("aanleiding_soort", AanleidingSoort),
            Kolom(
                "aanleiding", Celsoort.VERWIJZING, verplicht=True, naar_gelang="aanleiding_soort", bladen=AANLEIDINGEN
            ),
            _keuze("stap", OpvolgstapSoort),
            DATUM,
            _keuze("met", OverlegMet, verplicht=False),
            _keuze("besluit", Opvolgbesluit, verplicht=False),
            MEDEWERKER,
            VASTGELEGD_OP,
        ),
    ),
    BladSoort(
        "acties",
        (
            NUMMER,
            PLEEGKIND,
            DATUM,
            _lange_tekst("omschrijving"),
            _naar("eigenaar", "medewerkers"),
            _datum("uiterlijk"),
            _datum("gedaan_op", verplicht=False),
        ),
    ),
)

# Every known sheet by name, in the order of the contract.
BLADEN: Final = {blad.naam: blad for blad in _ALLE}
