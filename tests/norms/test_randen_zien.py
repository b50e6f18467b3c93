"""Edge tables of whether the child was seen: ZIEN, KAG-D, ZP, and which uitzondering covers what."""

from typing import Any

import pytest

from app.norms.feiten import Dossier
from app.terms import GespreksVorm, Rol
from tests.norms.bouw import (
    CRISIS,
    DEELTIJD,
    bezoeken,
    check,
    checks,
    gesprek,
    kind,
    maatregel,
    plaatsing,
    signaal,
    talks,
    uitzondering,
    zichtplan,
)
from tests.norms.randen import MOTOR, UITERLIJK, Rij, naam_of, outcome, rand, rij

_P = "2026-09-15"
_SEEN = "2026-10-05"


def _in(vorm: Any = "voltijd", **feiten: Any) -> Dossier:
    return kind(plaatsing(_P, vorm=vorm, **feiten))


_ZIEN: list[Rij] = [
    *rand("ZIEN", "nooit gezien: 14 dagen na P", "2026-10-15", kind(plaatsing("2026-10-01"))),
    *rand("ZIEN", "42 dagen na een bezoek", "2026-11-16", _in(bezoeken=bezoeken(_SEEN, gezien=True)), laatste=_SEEN),
    *rand("ZIEN", "na een check", "2026-11-16", _in(checks=checks(_SEEN, gezien=True)), laatste=_SEEN, vanaf=UITERLIJK),
    *rand("ZIEN", "na een gesprek", "2026-11-16", _in(gesprekken=talks(_SEEN)), laatste=_SEEN, vanaf=UITERLIJK),
    *rand("ZIEN", "in een crisis", "2026-11-16", _in(CRISIS, gesprekken=talks(_SEEN)), laatste=_SEEN, vanaf=UITERLIJK),
    *rand("ZIEN", "een gesprek met anderen erbij", "2026-11-16", _in(gesprekken=[gesprek(_SEEN, True, False, veiligheid=False)]), laatste=_SEEN, vanaf=UITERLIJK),  # noqa: E501, FBT003
    *rand("ZIEN", "de laatste van alle soorten", "2026-11-20", _in(bezoeken=bezoeken(_SEEN, "2026-10-09", gezien=True), gesprekken=talks("2026-10-07")), laatste="2026-10-09", vanaf=UITERLIJK),  # noqa: E501
    rij("ZIEN", "niet gezien bij het bezoek", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), _in(bezoeken=bezoeken(_SEEN, gezien=False))),  # noqa: E501
    rij("ZIEN", "niet vastgelegd of het kind is gezien", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), _in(bezoeken=bezoeken(_SEEN), checks=checks(_SEEN))),  # noqa: E501
    rij("ZIEN", "een gesprek aan de telefoon", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), _in(gesprekken=[gesprek(_SEEN, vorm=GespreksVorm.TELEFOON)])),  # noqa: E501
    rij("ZIEN", "een gesprek dat niet doorging", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), _in(gesprekken=[gesprek(_SEEN, False)])),  # noqa: E501, FBT003
    rij("ZIEN", "van voor 1 oktober telt mee", "2026-10-20", ("nadert", "2026-10-27", "2026-09-15", "streef"), _in(bezoeken=bezoeken(_P, gezien=True))),  # noqa: E501
    rij("ZIEN", "de dag voor P niet", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), _in(bezoeken=bezoeken("2026-09-14", gezien=True))),  # noqa: E501
    rij("ZIEN", "na de peildatum nog niet", "2026-10-04", ("te_laat", "2026-09-29", None, "streef"), _in(bezoeken=bezoeken(_SEEN, gezien=True))),  # noqa: E501
    rij("ZIEN", "op de peildatum wel", _SEEN, ("op_tijd", "2026-11-16", _SEEN, "streef"), _in(bezoeken=bezoeken(_SEEN, gezien=True))),  # noqa: E501
    rij("ZIEN", "een eerdere plaatsing zegt niets", "2026-10-20", ("te_laat", "2026-09-29", None, "streef"), kind(plaatsing("2026-01-01", _P, gesprekken=talks("2026-09-14"), nr=9), plaatsing(_P)), onderwerp=10),  # noqa: E501
    rij("ZIEN", "eigen norm van 28 dagen", "2026-11-03", ("te_laat", "2026-11-02", _SEEN, "streef"), _in(gesprekken=talks(_SEEN)), eigen={"dagen": 28}),  # noqa: E501
    rij("ZIEN", "niet in deeltijd", "2026-10-20", None, _in(DEELTIJD)),
    rij("ZIEN", "niet voor 1 oktober", "2026-09-30", None, kind(plaatsing("2026-01-01"))),
    rij("ZIEN", "op 1 oktober wel", "2026-10-01", ("te_laat", "2026-01-15", None, "streef"), kind(plaatsing("2026-01-01"))),  # noqa: E501
]  # fmt: skip
_D = "2025-12-31"
_KAG_D: list[Rij] = [
    *rand("KAG-D", "geen gesprek: twaalf maanden na P", "2026-12-31", kind(plaatsing(_D, vorm=DEELTIJD))),
    *rand("KAG-D", "twaalf maanden na een gesprek", "2027-02-28", kind(plaatsing(_D, vorm=DEELTIJD, gesprekken=talks("2026-02-28"))), laatste="2026-02-28"),  # noqa: E501
    rij("KAG-D", "een gesprek dat niet telt", "2026-10-20", ("op_tijd", "2026-12-31", None, "streef"), kind(plaatsing(_D, vorm=DEELTIJD, gesprekken=[gesprek("2026-02-28", True, False)]))),  # noqa: E501, FBT003
    rij("KAG-D", "eigen norm van 6 maanden", "2026-10-20", ("te_laat", "2026-08-28", "2026-02-28", "streef"), kind(plaatsing(_D, vorm=DEELTIJD, gesprekken=talks("2026-02-28"))), eigen={"maanden": 6}),  # noqa: E501
    rij("KAG-D", "niet in voltijd", "2026-10-20", None, kind(plaatsing(_D))),
    rij("KAG-D", "niet voor 1 oktober", "2026-09-30", None, kind(plaatsing(_D, vorm=DEELTIJD))),
]  # fmt: skip


def _planned(plan: Any, *plaatsingen: Any, **rest: Any) -> Dossier:
    return kind(*(plaatsingen or (plaatsing("2026-01-01"),)), uitzonderingen=[plan], **rest)


_VAN, _TOT = "2026-10-05", "2027-04-05"
_PLAN = zichtplan(_VAN, _TOT)
_DAN = ("te_laat", "2026-10-19", None, "norm")
_ZP: list[Rij] = [
    *rand("ZP", "14 dagen na van", "2026-10-19", _planned(_PLAN)),
    *rand("ZP", "na een waarneming", "2026-10-24", _planned(_PLAN, plaatsing("2026-01-01", bezoeken=bezoeken("2026-10-10", gezien=True))), laatste="2026-10-10", vanaf=UITERLIJK),  # noqa: E501
    rij("ZP", "een waarneming van voor van telt niet", "2026-10-20", _DAN, _planned(_PLAN, plaatsing("2026-01-01", bezoeken=bezoeken("2026-10-04", gezien=True)))),  # noqa: E501
    rij("ZP", "een waarneming op van wel", "2026-10-20", ("te_laat", "2026-10-19", _VAN, "norm"), _planned(_PLAN, plaatsing("2026-01-01", bezoeken=bezoeken(_VAN, gezien=True)))),  # noqa: E501
    rij("ZP", "niet gezien telt niet", "2026-10-20", _DAN, _planned(_PLAN, plaatsing("2026-01-01", bezoeken=bezoeken("2026-10-10")))),  # noqa: E501
    rij("ZP", "een waarneming in de vorige plaatsing telt", "2026-10-26", ("te_laat", "2026-10-24", "2026-10-10", "norm"), _planned(_PLAN, plaatsing("2026-01-01", "2026-10-12", bezoeken=bezoeken("2026-10-10", gezien=True), nr=9), plaatsing("2026-10-12"))),  # noqa: E501
    rij("ZP", "na het vertrek gedateerd telt niet", "2026-10-26", _DAN, _planned(_PLAN, plaatsing("2026-01-01", "2026-10-12", bezoeken=bezoeken("2026-10-12", gezien=True), nr=9), plaatsing("2026-10-12"))),  # noqa: E501
    rij("ZP", "voor van nog niet", "2026-10-04", None, _planned(_PLAN)),
    rij("ZP", "op van", _VAN, ("op_tijd", "2026-10-19", None, "norm"), _planned(_PLAN)),
    rij("ZP", "op de laatste dag", _TOT, _DAN, _planned(_PLAN)),
    rij("ZP", "na de laatste dag", "2027-04-06", None, _planned(_PLAN)),
    rij("ZP", "langer dan zes maanden", "2026-10-20", None, _planned(zichtplan(_VAN, "2027-04-06"))),
    rij("ZP", "niet goedgekeurd", "2026-10-20", None, _planned(zichtplan(_VAN, _TOT, goed=None, rol=None))),
    rij("ZP", "goedgekeurd door de opsteller", "2026-10-20", None, _planned(zichtplan(_VAN, _TOT, goed=1))),
    rij("ZP", "goedgekeurd door een teamleider", "2026-10-20", None, _planned(zichtplan(_VAN, _TOT, rol=Rol.TEAMLEIDER))),  # noqa: E501
    rij("ZP", "over een andere norm", "2026-10-20", None, _planned(zichtplan(_VAN, _TOT, normen="KAG-R HB"))),
    rij("ZP", "van voor 1 oktober", "2026-10-20", None, _planned(zichtplan("2026-09-30", "2026-12-01"))),
    rij("ZP", "geen zichtplan", "2026-10-20", None, _planned(uitzondering("KAG-R", _VAN, "2026-12-01"))),
    rij("ZP", "niet in zorg", "2026-10-20", None, _planned(_PLAN, plaatsing("2026-01-01", "2026-10-15"))),
    rij("ZP", "streef bij pleegoudervoogdij", "2026-10-20", (*_DAN[:3], "streef"), _planned(_PLAN, maatregelen=[maatregel("pleegoudervoogdij", "2026-01-01")])),  # noqa: E501
    rij("ZP", "streef vanaf 18", "2026-10-20", (*_DAN[:3], "streef"), _planned(_PLAN, geboren="2008-10-20")),
    rij("ZP", "de dag voor de 18e verjaardag", "2026-10-20", _DAN, _planned(_PLAN, geboren="2008-10-21")),
    rij("ZP", "een uitzondering dekt het nooit", "2026-10-20", _DAN, kind(plaatsing("2026-01-01"), uitzonderingen=[uitzondering("ZP", _VAN, "2026-12-01"), _PLAN])),  # noqa: E501
]  # fmt: skip
_LAAT = ("te_laat", "2026-05-01", None, "norm")
_GEDEKT = ("uitzondering", "2026-05-01", None, "norm")
_DEKKING: list[Rij] = [
    rij("KAG-R", "een zichtplan dekt een gesprek", "2027-04-05", _GEDEKT, _planned(_PLAN)),
    rij("KAG-R", "en daarna niet meer", "2027-04-06", _LAAT, _planned(_PLAN)),
    rij("KAG-R", "een zichtplan van een teamleider dekt niets", "2026-10-20", _LAAT, _planned(zichtplan(_VAN, _TOT, rol=Rol.TEAMLEIDER))),  # noqa: E501
    rij("KAG-R", "een andere uitzondering: de 30e dag", "2026-11-04", _GEDEKT, _planned(uitzondering("KAG-R", _VAN, "2026-12-31"))),  # noqa: E501
    rij("KAG-R", "een andere uitzondering: de 31e dag", "2026-11-05", _LAAT, _planned(uitzondering("KAG-R", _VAN, "2026-12-31"))),  # noqa: E501
    rij("KAG-R", "een die eerder afloopt", "2026-10-11", _LAAT, _planned(uitzondering("KAG-R", _VAN, "2026-10-10"))),
    rij("KAG-R", "een van voor 1 oktober loopt door", "2026-12-28", _GEDEKT, _planned(uitzondering("KAG-R", "2026-09-30", "2026-12-28"))),  # noqa: E501
    rij("HB", "een andere norm dekt zij 90 dagen", "2027-01-03", ("uitzondering", "2026-02-12", None, "streef"), _planned(uitzondering("HB KAG-R", _VAN, "2027-01-03"))),  # noqa: E501
    rij("KAG-3", "KAG-3 ook maar 30 dagen", "2026-11-05", _LAAT, _planned(uitzondering("KAG-3", _VAN, "2026-12-31"))),
    rij("KAG-D", "KAG-D ook maar 30 dagen", "2026-11-05", ("te_laat", "2026-01-31", None, "streef"), _planned(uitzondering("KAG-D", _VAN, "2026-12-31"), plaatsing("2025-01-31", vorm=DEELTIJD))),  # noqa: E501
    rij("CAL-3", "een calamiteit is gedekt op 30 september", "2026-09-30", ("uitzondering", "2026-09-18", None, "norm"), _planned(uitzondering("CAL-3", "2026-09-20", "2026-12-01"), signalen=[signaal("2026-09-15", calamiteit=True)])),  # noqa: E501
    rij("CAL-3", "en op 1 oktober niet meer", "2026-10-01", ("te_laat", "2026-09-18", None, "norm"), _planned(uitzondering("CAL-3", "2026-09-20", "2026-12-01"), signalen=[signaal("2026-09-15", calamiteit=True)])),  # noqa: E501
    rij("OPV-O", "opvolging is nooit gedekt", "2026-10-20", ("te_laat", "2026-10-06", None, "norm"), _planned(uitzondering("OPV-O OPV-B OPV-H", _VAN, "2026-12-01"), plaatsing("2026-01-01", checks=[check("2026-10-05", "zorgen")]))),  # noqa: E501
    rij("OPV-B", "een besluit ook niet", "2026-10-20", ("te_laat", "2026-10-12", None, "norm"), _planned(uitzondering("OPV-O OPV-B OPV-H", _VAN, "2026-12-01"), plaatsing("2026-01-01", checks=[check("2026-10-05", "zorgen")]))),  # noqa: E501
    rij("OPV-H", "een hercheck ook niet", "2026-11-20", ("te_laat", "2026-11-02", None, "norm"), _planned(uitzondering("OPV-O OPV-B OPV-H", _VAN, "2026-12-01"), plaatsing("2026-01-01", checks=[check("2026-10-05", "zorgen")]))),  # noqa: E501
]  # fmt: skip
RIJEN: list[Rij] = [*_ZIEN, *_KAG_D, *_ZP, *_DEKKING]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
