"""The second national catalogue, from 2026-10-01: six second versions, and seven new norms.

The tables of ``normen.md`` §5b. What a rhythm cannot say, these ask: was the child seen, and did somebody act on what
was seen or said? A second version has whatever is not said here of the first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.norms.versies.landelijk_eerste import EERSTE
from app.norms.versies.versie import TWEEDE_CATALOGUS, NormVersie
from app.terms import NormCode, OnderwerpSoort, Zwaarte

_B1 = "Kamerbrief voor het debat van 4 december 2025 (B1)"
_B2 = "Kamerbrief 17 juni 2025 (B2)"
_NORM, _STREEF = Zwaarte.NORM, Zwaarte.STREEF
_PER_CODE = {norm.code: norm for norm in EERSTE}


def _second(code: NormCode, **anders: Any) -> NormVersie:
    return replace(_PER_CODE[code], versie=2, formule=2, geldig_van=TWEEDE_CATALOGUS, geldig_tot=None, **anders)


def _new(
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
    return NormVersie(
        code=code,
        versie=1,
        naam=naam,
        onderwerp=onderwerp,
        geldig_van=TWEEDE_CATALOGUS,
        geldig_tot=None,
        zwaarte=zwaarte,
        waarschuwing_dagen=waarschuwing_dagen,
        parameters=parameters,
        regel=regel,
        bron=bron,
    )


_BEROEPSNORM = f"Meldcode, en de beroepsnorm in {_B2}"
TWEEDE: tuple[NormVersie, ...] = (
    _second(
        NormCode.VGB_T,
        regel="Pleegouders en inwonenden van 12 jaar en ouder hebben een geldige verklaring van geen bezwaar; wie er "
        "in een netwerkgezin al was op de dag van het pleegcontract, binnen 91 dagen na dat contract. In een gezin "
        "zonder pleegzorgplaatsing, zoals een gezinshuis, is dit een streefwaarde.",
        bron="Jeugdwet artikel 5.1 lid 3",
    ),
    _second(
        NormCode.VGB_H,
        regel="Een verklaring van geen bezwaar wordt vernieuwd vóór de afgesproken datum van herscreening. In een "
        "gezin zonder pleegzorgplaatsing, zoals een gezinshuis, is dit een streefwaarde.",
    ),
    _second(
        NormCode.POV_1,
        zwaarte=_STREEF,
        bron=f"{_B1}; de wet noemt één gesprek per jaar als meeste, niet als minste",
    ),
    _second(
        NormCode.HVP_6,
        zwaarte=_STREEF,
        bron="Jeugdwet artikel 4.1.3; de zes weken van de wet beginnen op een moment dat niet wordt vastgelegd",
    ),
    _second(
        NormCode.MDO,
        regel="Er is minstens eens per 6 maanden een multidisciplinaire bespreking. Zonder ots of voogdij door een GI "
        "is dit een streefwaarde.",
        bron=f"WSS-toets: {_B1} en {_B2}; de termijn van 6 maanden, en dat ook andere kinderen worden besproken, zijn "
        "een keuze van dit project",
    ),
    _second(
        NormCode.CAL_3,
        regel="Een calamiteit of geweld wordt binnen 3 werkdagen na het bekend worden aan de IGJ gemeld; bij twijfel "
        "binnen 3 werkdagen na de conclusie van het onderzoek, dat hoogstens 42 dagen duurt.",
        bron="Jeugdwet artikel 4.1.8",
    ),
    _new(
        NormCode.KAG_D,
        "gesprek in deeltijdpleegzorg",
        onderwerp=OnderwerpSoort.PLAATSING,
        zwaarte=_STREEF,
        waarschuwing_dagen=60,
        parameters={"maanden": 12},
        regel="Ook in deeltijdpleegzorg is het laatste kind-alleengesprek hoogstens 12 maanden geleden.",
        bron=f"{_B2} spreekt van elk pleegkind; eens per jaar is een keuze van dit project",
    ),
    _new(
        NormCode.ZIEN,
        "kind gezien",
        onderwerp=OnderwerpSoort.PLAATSING,
        zwaarte=_STREEF,
        waarschuwing_dagen=7,
        parameters={"dagen": 42, "dagen_eerste": 14},
        regel="Een professional ziet het kind zelf binnen 14 dagen na het begin van de plaatsing, en daarna minstens "
        "eens per 42 dagen.",
        bron=f"{_B1}: contact verloopt veelal via pleegouders; de dagen zijn een keuze van dit project",
    ),
    _new(
        NormCode.OPV_O,
        "overleg na een zorg",
        onderwerp=OnderwerpSoort.AANLEIDING,
        zwaarte=_NORM,
        waarschuwing_dagen=5,
        parameters={"werkdagen": 1},
        regel="Over een zorg is binnen 1 werkdag overleg.",
        bron=f"{_BEROEPSNORM}; de termijn van 1 werkdag is een keuze van dit project",
    ),
    _new(
        NormCode.OPV_B,
        "besluit na een zorg",
        onderwerp=OnderwerpSoort.AANLEIDING,
        zwaarte=_NORM,
        waarschuwing_dagen=2,
        parameters={"werkdagen": 5},
        regel="Over een zorg is binnen 5 werkdagen een besluit.",
        bron=f"{_BEROEPSNORM}; de termijn van 5 werkdagen is een keuze van dit project",
    ),
    _new(
        NormCode.OPV_H,
        "hercheck na een zorg",
        onderwerp=OnderwerpSoort.VEILIGHEIDSCHECK,
        zwaarte=_NORM,
        waarschuwing_dagen=7,
        parameters={"dagen": 28},
        regel="Na een veiligheidscheck met zorgen is er binnen 28 dagen opnieuw een veiligheidscheck waarbij het kind "
        "is gezien.",
        bron=f"{_B2}: vaker wanneer daar aanleiding voor is; de 28 dagen zijn een keuze van dit project",
    ),
    _new(
        NormCode.ZP,
        "waarneming volgens zichtplan",
        onderwerp=OnderwerpSoort.UITZONDERING,
        zwaarte=_NORM,
        waarschuwing_dagen=3,
        parameters={},
        regel="Een kind met een zichtplan wordt zo vaak gezien als het plan zegt.",
        bron="IGJ: een plan hoe het zicht ondertussen is geborgd",
    ),
    _new(
        NormCode.ACT,
        "afgesproken actie",
        onderwerp=OnderwerpSoort.ACTIE,
        zwaarte=_STREEF,
        waarschuwing_dagen=7,
        parameters={},
        regel="Een afgesproken actie is op de afgesproken dag gedaan.",
        bron=f"{_B2}: afspraken worden nagekomen",
    ),
)
