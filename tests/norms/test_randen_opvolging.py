"""Edge tables of what somebody must act on: OPV-O, OPV-B, OPV-H and ACT. 1 October 2026 is a Thursday."""

from typing import Any

import pytest

from app.norms.feiten import Dossier, Kindgesprek, Opvolgstap, Signaal, Veiligheidscheck
from app.terms import OpvolgstapSoort
from tests.norms.bouw import DEELTIJD, actie, check, gesprek, kind, maatregel, meldcode, plaatsing, signaal, stap
from tests.norms.randen import ERVOOR, MOTOR, UITERLIJK, Rij, naam_of, outcome, rand, rij

_P, _K = "2025-01-31", "2026-10-01"
_NEE = gesprek(_K, veilig="nee", nr=301)
_ONVEILIG = check(_K, "onveilig", nr=501)
_MORGEN, _WEEK, _HERCHECK = "2026-10-02", "2026-10-08", "2026-10-29"


def _said(*gesprekken: Kindgesprek, stappen: tuple[Opvolgstap, ...] = (), **rest: Any) -> Dossier:
    return kind(plaatsing(_P, gesprekken=gesprekken), stappen=stappen, **rest)


def _checked(*gezien: Veiligheidscheck, tot: str | None = None, **rest: Any) -> Dossier:
    return kind(plaatsing(_P, tot, checks=gezien), **rest)


def _told(een: Signaal, **rest: Any) -> Dossier:
    return kind(plaatsing(_P), signalen=[een], **rest)


def _overleg(op: str, nr: int = 650) -> Opvolgstap:
    return stap("overleg", "kindgesprek", 301, op, nr)


_TEAM = [maatregel("pleegoudervoogdij", "2025-01-31")]
_OPEN = ("te_laat", _MORGEN, None, "norm")
_OPV_O: list[Rij] = [
    *rand("OPV-O", "een werkdag na een gesprek", _MORGEN, _said(_NEE), vanaf=UITERLIJK),
    *rand("OPV-O", "over het weekend", "2026-10-05", _said(gesprek("2026-10-02", veilig="nee")), vanaf=UITERLIJK),
    *rand("OPV-O", "op zaterdag gezegd", "2026-10-05", _said(gesprek("2026-10-03", veilig="nee")), vanaf=UITERLIJK),
    *rand("OPV-O", "over Kerst", "2026-12-28", _said(gesprek("2026-12-24", veilig="nee")), vanaf=UITERLIJK),
    *rand("OPV-O", "een check met zorgen", _MORGEN, _checked(check(_K, "zorgen")), vanaf=UITERLIJK),
    *rand("OPV-O", "een check die onveilig is", _MORGEN, _checked(_ONVEILIG), vanaf=UITERLIJK),
    *rand("OPV-O", "een onthulling", _MORGEN, _told(signaal(_K, ernst="onthulling")), vanaf=UITERLIJK),
    *rand("OPV-O", "geweld", _MORGEN, _told(signaal(_K, ernst="geweld")), vanaf=UITERLIJK),
    *rand("OPV-O", "letsel", _MORGEN, _told(signaal(_K, ernst="letsel")), vanaf=UITERLIJK),
    *rand("OPV-O", "een calamiteit", _MORGEN, _told(signaal(_K, calamiteit=True)), vanaf=UITERLIJK),
    rij("OPV-O", "een signaal dat niet ernstig is", "2026-10-10", None, _told(signaal(_K, vraagt=True))),
    rij("OPV-O", "een check die veilig is", "2026-10-10", None, _checked(check(_K))),
    rij("OPV-O", "een gesprek met twijfel", "2026-10-10", None, _said(gesprek(_K, veilig="twijfel"))),
    rij("OPV-O", "een gesprek dat niet doorging", "2026-10-10", None, _said(gesprek(_K, False, veilig="nee"))),  # noqa: FBT003
    rij("OPV-O", "niet alleen en aan de telefoon telt wel", "2026-10-10", _OPEN, _said(gesprek(_K, True, False, veilig="nee"))),  # noqa: E501, FBT003
    rij("OPV-O", "de dag voor k", "2026-10-01", None, _said(gesprek("2026-10-02", veilig="nee"))),
    rij("OPV-O", "de dag voor 1 oktober is geen aanleiding", "2026-10-20", None, _said(gesprek("2026-09-30", veilig="nee"))),  # noqa: E501
    rij("OPV-O", "een check van voor 1 oktober", "2026-10-20", None, _checked(check("2026-09-30", "onveilig"))),
    rij("OPV-O", "gebeurd in september, bekend op 1 oktober", "2026-10-10", _OPEN, _told(signaal(_K, ernst="letsel"))),
    rij("OPV-O", "bekend op 30 september", "2026-10-10", None, _told(signaal("2026-09-30", ernst="letsel"))),
    rij("OPV-O", "de dag voor het overleg", "2026-10-04", _OPEN, _said(_NEE, stappen=(_overleg("2026-10-05"),))),
    rij("OPV-O", "de dag van het overleg", "2026-10-05", ("op_tijd", None, "2026-10-05", "norm"), _said(_NEE, stappen=(_overleg("2026-10-05"),))),  # noqa: E501
    rij("OPV-O", "het eerste overleg wordt genoemd", "2026-11-05", ("op_tijd", None, "2026-10-05", "norm"), _said(_NEE, stappen=(_overleg("2026-10-05"), _overleg("2026-10-09", 651)))),  # noqa: E501
    rij("OPV-O", "overleg op k zelf", _K, ("op_tijd", None, _K, "norm"), _said(_NEE, stappen=(_overleg(_K),))),
    rij("OPV-O", "een stap van voor k telt niet", "2026-10-10", _OPEN, _said(_NEE, stappen=(_overleg("2026-09-30"),))),
    rij("OPV-O", "een besluit is geen overleg", "2026-10-10", _OPEN, _said(_NEE, stappen=(stap("besluit", "kindgesprek", 301, _K),))),  # noqa: E501
    rij("OPV-O", "een stap over iets anders", "2026-10-10", _OPEN, _said(_NEE, stappen=(stap("overleg", "kindgesprek", 302, _K),))),  # noqa: E501
    rij("OPV-O", "een stap over een signaal met dat nummer", "2026-10-10", _OPEN, _said(_NEE, stappen=(stap("overleg", "signaal", 301, _K),))),  # noqa: E501
    rij("OPV-O", "gedaan: een jaar lang te zien", "2027-09-30", ("op_tijd", None, "2026-10-05", "norm"), _said(_NEE, stappen=(_overleg("2026-10-05"),))),  # noqa: E501
    rij("OPV-O", "gedaan: na een jaar niet meer", "2027-10-01", None, _said(_NEE, stappen=(_overleg("2026-10-05"),))),
    rij("OPV-O", "niet gedaan: ook na een jaar", "2027-10-01", _OPEN, _said(_NEE)),
    rij("OPV-O", "stap 2 van de meldcode is overleg", "2026-10-10", ("op_tijd", None, "2026-10-05", "norm"), _told(signaal(_K, ernst="letsel"), meldcodestappen=[meldcode(2, "2026-10-05")])),  # noqa: E501
    rij("OPV-O", "stap 1 is dat niet", "2026-10-10", _OPEN, _told(signaal(_K, ernst="letsel"), meldcodestappen=[meldcode(1, "2026-10-05")])),  # noqa: E501
    rij("OPV-O", "stap 5 is dat niet", "2026-10-10", _OPEN, _told(signaal(_K, ernst="letsel"), meldcodestappen=[meldcode(5, "2026-10-05")])),  # noqa: E501
    rij("OPV-O", "stap 2 van voor k", "2026-10-10", _OPEN, _told(signaal(_K, ernst="letsel"), meldcodestappen=[meldcode(2, "2026-09-30")])),  # noqa: E501
    rij("OPV-O", "stap 2 bij een ander signaal", "2026-10-10", _OPEN, _told(signaal(_K, ernst="letsel"), meldcodestappen=[meldcode(2, "2026-10-05", 601)])),  # noqa: E501
    rij("OPV-O", "ook na vertrek", "2026-10-10", _OPEN, kind(plaatsing(_P, "2026-10-03", gesprekken=[_NEE]))),
    rij("OPV-O", "blijft norm bij pleegoudervoogdij", "2026-10-10", _OPEN, _said(_NEE, maatregelen=_TEAM)),
    rij("OPV-O", "blijft norm na de 18e verjaardag", "2026-10-10", _OPEN, _said(_NEE, geboren="2008-09-30")),
]  # fmt: skip
_BESLUIT = stap("besluit", "veiligheidscheck", 501, "2026-10-07")
_OPV_B: list[Rij] = [
    *rand("OPV-B", "vijf werkdagen", _WEEK, _checked(_ONVEILIG)),
    *rand("OPV-B", "vijf werkdagen na een zaterdag", "2026-10-09", _checked(check("2026-10-03", "zorgen"))),
    rij("OPV-B", "een besluit", "2026-10-20", ("op_tijd", None, "2026-10-07", "norm"), _checked(_ONVEILIG, stappen=[_BESLUIT])),  # noqa: E501
    rij("OPV-B", "een overleg is geen besluit", "2026-10-20", ("te_laat", _WEEK, None, "norm"), _checked(_ONVEILIG, stappen=[_BESLUIT._replace(stap=OpvolgstapSoort.OVERLEG)])),  # noqa: E501
    rij("OPV-B", "stap 5 van de meldcode is een besluit", "2026-10-20", ("op_tijd", None, "2026-10-07", "norm"), _told(signaal(_K, ernst="geweld"), meldcodestappen=[meldcode(5, "2026-10-07")])),  # noqa: E501
    rij("OPV-B", "stap 2 is dat niet", "2026-10-20", ("te_laat", _WEEK, None, "norm"), _told(signaal(_K, ernst="geweld"), meldcodestappen=[meldcode(2, "2026-10-07")])),  # noqa: E501
]  # fmt: skip
_GEZIEN = check("2026-10-20", gezien=True, nr=502)
_OPV_H: list[Rij] = [
    *rand("OPV-H", "28 dagen", _HERCHECK, _checked(_ONVEILIG)),
    *rand("OPV-H", "een check waarbij het kind niet is gezien", _HERCHECK, _checked(_ONVEILIG, check("2026-10-20", nr=502)), vanaf=UITERLIJK),  # noqa: E501
    *rand("OPV-H", "een check op dezelfde dag", _HERCHECK, _checked(_ONVEILIG, check(_K, gezien=True, nr=502)), vanaf=UITERLIJK),  # noqa: E501
    rij("OPV-H", "de dag voor de hercheck", "2026-10-19", ("op_tijd", _HERCHECK, None, "norm"), _checked(_ONVEILIG, _GEZIEN)),  # noqa: E501
    rij("OPV-H", "de dag van de hercheck", "2026-10-20", ("op_tijd", None, "2026-10-20", "norm"), _checked(_ONVEILIG, _GEZIEN)),  # noqa: E501
    rij("OPV-H", "de eerste hercheck wordt genoemd", "2026-12-20", ("op_tijd", None, "2026-10-20", "norm"), _checked(_ONVEILIG, _GEZIEN, check("2026-12-01", gezien=True, nr=503))),  # noqa: E501
    rij("OPV-H", "niet na een gesprek", "2026-10-20", None, _said(_NEE)),
    rij("OPV-H", "de laatste dag in de plaatsing", "2026-11-09", ("te_laat", _HERCHECK, None, "norm"), _checked(_ONVEILIG, tot="2026-11-10")),  # noqa: E501
    rij("OPV-H", "niet meer na vertrek", "2026-11-10", None, _checked(_ONVEILIG, tot="2026-11-10")),
    rij("OPV-H", "een hercheck in een andere plaatsing telt niet", "2026-11-09", ("te_laat", _HERCHECK, None, "norm"), kind(plaatsing(_P, checks=[_ONVEILIG]), plaatsing(_P, vorm=DEELTIJD, checks=[_GEZIEN], nr=11, gezin=71))),  # noqa: E501
    rij("OPV-H", "gedaan: na een jaar niet meer", "2027-10-01", None, _checked(_ONVEILIG, _GEZIEN)),
    rij("OPV-H", "een hercheck met zorgen is er een, en zelf een aanleiding", "2026-11-30", ("te_laat", "2026-11-17", None, "norm"), _checked(_ONVEILIG, check("2026-10-20", "zorgen", gezien=True, nr=502)), onderwerp=502),  # noqa: E501
    rij("OPV-H", "en de eerste is dan gedaan", "2026-11-30", ("op_tijd", None, "2026-10-20", "norm"), _checked(_ONVEILIG, check("2026-10-20", "zorgen", gezien=True, nr=502)), onderwerp=501),  # noqa: E501
]  # fmt: skip
_AFSPRAAK = actie("2026-10-05", "2026-10-20", "2026-10-25")
_ACT: list[Rij] = [
    *rand("ACT", "haar eigen dag", "2026-10-20", kind(plaatsing(_P), acties=[_AFSPRAAK]), vanaf=ERVOOR),
    rij("ACT", "de dag voor de afspraak", "2026-10-04", None, kind(plaatsing(_P), acties=[_AFSPRAAK])),
    rij("ACT", "de dag voor het doen", "2026-10-24", ("te_laat", "2026-10-20", None, "streef"), kind(plaatsing(_P), acties=[_AFSPRAAK])),  # noqa: E501
    rij("ACT", "gedaan", "2026-10-25", None, kind(plaatsing(_P), acties=[_AFSPRAAK])),
    rij("ACT", "afgesproken voor 1 oktober telt vanaf die dag", "2026-10-01", ("te_laat", "2026-09-20", None, "streef"), kind(plaatsing(_P), acties=[actie("2026-09-05", "2026-09-20")])),  # noqa: E501
    rij("ACT", "en niet ervoor", "2026-09-30", None, kind(plaatsing(_P), acties=[actie("2026-09-05", "2026-09-20")])),
    rij("ACT", "ook na vertrek", "2026-10-21", ("te_laat", "2026-10-20", None, "streef"), kind(plaatsing(_P, "2026-10-06"), acties=[_AFSPRAAK])),  # noqa: E501
]  # fmt: skip
# What an organisatie asks sooner is late sooner, and never later.
_EIGEN: list[Rij] = [
    rij("OPV-B", "eigen norm van 3 werkdagen", "2026-10-06", ("nadert", "2026-10-06", None, "norm"), _checked(_ONVEILIG), eigen={"werkdagen": 3}),  # noqa: E501
    rij("OPV-B", "eigen norm van 3 werkdagen, een dag later", "2026-10-07", ("te_laat", "2026-10-06", None, "norm"), _checked(_ONVEILIG), eigen={"werkdagen": 3}),  # noqa: E501
    rij("OPV-H", "eigen norm van 14 dagen", "2026-10-16", ("te_laat", "2026-10-15", None, "norm"), _checked(_ONVEILIG), eigen={"dagen": 14}),  # noqa: E501
]  # fmt: skip
RIJEN: list[Rij] = [*_OPV_O, *_OPV_B, *_OPV_H, *_ACT, *_EIGEN]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
