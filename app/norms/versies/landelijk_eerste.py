"""The first national catalogue: version 1 of fourteen norms, from 1900-01-01.

The table of ``normen.md`` §5, letter by letter. A ``bron`` names where the rule comes from; what this
project chose itself is called "keuze van dit project" and never presented as law. Six of them have a second version
(``app.norms.versies.landelijk_tweede``) and end where that begins.
"""

from collections.abc import Mapping

from app.norms.versies.versie import EERSTE_CATALOGUS, TWEEDE_CATALOGUS, NormVersie
from app.terms import NormCode, OnderwerpSoort, Zwaarte

_B1 = "Kamerbrief voor het debat van 4 december 2025 (B1)"
_B2 = "Kamerbrief 17 juni 2025 (B2)"
_WSS = f"WSS-toets: {_B1} en {_B2}"
_NORM, _STREEF = Zwaarte.NORM, Zwaarte.STREEF
_PLAATSING, _KIND = OnderwerpSoort.PLAATSING, OnderwerpSoort.PLEEGKIND
_LID, _GEZIN, _SIGNAAL = OnderwerpSoort.GEZINSLID, OnderwerpSoort.PLEEGGEZIN, OnderwerpSoort.SIGNAAL
_TOT_TWEEDE = frozenset({NormCode.MDO, NormCode.HVP_6, NormCode.VGB_T, NormCode.VGB_H, NormCode.POV_1, NormCode.CAL_3})


def _first(
    code: NormCode,
    naam: str,
    *,
    onderwerp: OnderwerpSoort,
    zwaarte: Zwaarte,
    waarschuwing_dagen: int,
    parameters: Mapping[str, int | None],
    regel: str,
    bron: str,
) -> NormVersie:
    tot = TWEEDE_CATALOGUS if code in _TOT_TWEEDE else None
    return NormVersie(
        code=code,
        versie=1,
        naam=naam,
        onderwerp=onderwerp,
        geldig_van=EERSTE_CATALOGUS,
        geldig_tot=tot,
        zwaarte=zwaarte,
        waarschuwing_dagen=waarschuwing_dagen,
        parameters=parameters,
        regel=regel,
        bron=bron,
    )


EERSTE: tuple[NormVersie, ...] = (
    _first(
        NormCode.KAG_3,
        "drie kind-alleengesprekken per jaar",
        onderwerp=_PLAATSING,
        zwaarte=_NORM,
        waarschuwing_dagen=30,
        parameters={"aantal": 3, "stap_maanden": 4, "venster_maanden": 12},
        regel="Een professional spreekt het kind minstens drie keer per jaar alleen over de veiligheid in het "
        "gezin; in een nieuwe plaatsing komt er elke 4 maanden een gesprek bij.",
        bron=f"{_B2}; de verdeling over het eerste jaar is een keuze van dit project",
    ),
    _first(
        NormCode.KAG_R,
        "recent kind-alleengesprek",
        onderwerp=_PLAATSING,
        zwaarte=_NORM,
        waarschuwing_dagen=30,
        parameters={"maanden": 4},
        regel="Het laatste kind-alleengesprek in deze plaatsing is hoogstens 4 maanden geleden.",
        bron=f"{_WSS}; de termijn van 4 maanden is een keuze van dit project",
    ),
    _first(
        NormCode.VC_J,
        "jaarlijkse veiligheidscheck",
        onderwerp=_PLAATSING,
        zwaarte=_NORM,
        waarschuwing_dagen=60,
        parameters={"maanden": 12, "dagen_na_signaal": 7},
        regel="Eens per 12 maanden een veiligheidscheck, en binnen 7 dagen na een signaal dat erom vraagt.",
        bron=f"{_B2}; de 7 dagen na een signaal zijn een keuze van dit project",
    ),
    _first(
        NormCode.MDO,
        "multidisciplinaire casuïstiekbespreking",
        onderwerp=_KIND,
        zwaarte=_NORM,
        waarschuwing_dagen=30,
        parameters={"maanden": 6},
        regel="Bij ots of voogdij door een GI is er minstens eens per 6 maanden een multidisciplinaire bespreking.",
        bron=f"{_WSS}; de termijn van 6 maanden is een keuze van dit project",
    ),
    _first(
        NormCode.HB,
        "huisbezoek",
        onderwerp=_PLAATSING,
        zwaarte=_STREEF,
        waarschuwing_dagen=14,
        parameters={"dagen": 42},
        regel="Minstens eens per 42 dagen een huisbezoek in het gezin.",
        bron="Openbare werkwijze van één pleegzorgaanbieder; als streefwaarde een keuze van dit project",
    ),
    _first(
        NormCode.ONT_J,
        "ontwikkeling in kaart",
        onderwerp=_KIND,
        zwaarte=_NORM,
        waarschuwing_dagen=30,
        parameters={"maanden_jong": 6, "maanden": 12, "leeftijd_jong": 4},
        regel="De ontwikkeling wordt elke 12 maanden in kaart gebracht, bij een kind jonger dan 4 elke 6 maanden.",
        bron="Richtlijn Pleegzorg",
    ),
    _first(
        NormCode.HVP_6,
        "hulpverleningsplan vastgesteld",
        onderwerp=_KIND,
        zwaarte=_NORM,
        waarschuwing_dagen=14,
        parameters={"dagen": 42},
        regel="Binnen 42 dagen na het begin van de zorg is een hulpverleningsplan vastgesteld.",
        bron="Jeugdwet",
    ),
    _first(
        NormCode.VP,
        "vertrouwenspersoon bekend",
        onderwerp=_KIND,
        zwaarte=_STREEF,
        waarschuwing_dagen=30,
        parameters={"maanden": 3},
        regel="Binnen 3 maanden na het begin van de zorg is bekend wie de vertrouwenspersoon van het kind is.",
        bron=f"{_B1} en {_B2}; de termijn van 3 maanden is een keuze van dit project",
    ),
    _first(
        NormCode.VGB_T,
        "VGB aanwezig",
        onderwerp=_LID,
        zwaarte=_NORM,
        waarschuwing_dagen=28,
        parameters={"dagen_netwerk": 91},
        regel="Pleegouders en inwonenden van 12 jaar en ouder hebben een geldige verklaring van geen bezwaar; "
        "pleegouders in een netwerkgezin binnen 91 dagen na het pleegcontract.",
        bron="Jeugdwet artikel 5.1",
    ),
    _first(
        NormCode.VGB_12,
        "inwonende is 12 geworden",
        onderwerp=_LID,
        zwaarte=_STREEF,
        waarschuwing_dagen=60,
        parameters={"leeftijd": 12, "dagen_vooraf": 60},
        regel="Een inwonende die 12 jaar wordt, heeft op die dag een geldige verklaring van geen bezwaar.",
        bron="Nog niet in een bron bevestigd; als streefwaarde een keuze van dit project",
    ),
    _first(
        NormCode.VGB_H,
        "herscreening VGB",
        onderwerp=_LID,
        zwaarte=_NORM,
        waarschuwing_dagen=60,
        parameters={"maanden": None},
        regel="Een verklaring van geen bezwaar wordt vernieuwd vóór de afgesproken datum van herscreening.",
        bron=f"Verkenning in {_B2}; er is nog geen wettelijke geldigheidsduur, de organisatie spreekt de datum af",
    ),
    _first(
        NormCode.EVAL_J,
        "jaarlijkse evaluatie pleegouders",
        onderwerp=_GEZIN,
        zwaarte=_STREEF,
        waarschuwing_dagen=60,
        parameters={"maanden": 12},
        regel="Minstens eens per 12 maanden wordt met de pleegouders geëvalueerd.",
        bron="Kwaliteitskader",
    ),
    _first(
        NormCode.POV_1,
        "gesprek met pleegoudervoogd",
        onderwerp=_KIND,
        zwaarte=_NORM,
        waarschuwing_dagen=60,
        parameters={"maanden": 12},
        regel="Bij pleegoudervoogdij is er minstens eens per 12 maanden een gesprek met de pleegoudervoogd.",
        bron=_B1,
    ),
    _first(
        NormCode.CAL_3,
        "melding calamiteit aan IGJ",
        onderwerp=_SIGNAAL,
        zwaarte=_NORM,
        waarschuwing_dagen=1,
        parameters={"werkdagen": 3, "dagen_bij_twijfel": 42},
        regel="Een calamiteit wordt binnen 3 werkdagen na het bekend worden aan de IGJ gemeld, bij twijfel binnen 42 "
        "dagen.",
        bron="Meldplicht calamiteiten, IGJ",
    ),
)
