"""Edge tables of CAL-3, of the uitzondering, of the zwaarte, and of a child with several plaatsingen."""

from typing import Any

import pytest

from app.norms.feiten import Dossier
from app.terms import Rol
from tests.norms.bouw import gezin, kind, lid, maatregel, plaatsing, signaal, uitzondering
from tests.norms.randen import MOTOR, Rij, Verwacht, naam_of, outcome, rand, rij

_P = "2025-01-31"
_WEG = plaatsing("2020-01-01", "2020-02-01")


def _calamiteit(op: str, gemeld: str | None = None, *, twijfel: bool = False) -> Dossier:
    return kind(plaatsing(_P), signalen=[signaal(op, calamiteit=True, twijfel=twijfel, gemeld=gemeld)])


_CAL_3: list[Rij] = [
    *rand("CAL-3", "drie werkdagen", "2026-11-26", _calamiteit("2026-11-23")),
    *rand("CAL-3", "over het weekend", "2026-11-25", _calamiteit("2026-11-21")),
    *rand("CAL-3", "over Pasen", "2026-04-09", _calamiteit("2026-04-02")),
    *rand("CAL-3", "over Kerst", "2026-12-30", _calamiteit("2026-12-24")),
    *rand("CAL-3", "over Koningsdag", "2026-04-30", _calamiteit("2026-04-24")),
    *rand("CAL-3", "over Hemelvaart", "2026-05-19", _calamiteit("2026-05-13")),
    *rand("CAL-3", "over Pinksteren", "2026-05-28", _calamiteit("2026-05-22")),
    *rand("CAL-3", "over 5 mei", "2026-05-08", _calamiteit("2026-05-04")),
    *rand("CAL-3", "over Nieuwjaar", "2026-01-06", _calamiteit("2025-12-31")),
    *rand("CAL-3", "bij twijfel 42 dagen", "2025-08-12", _calamiteit("2025-07-01", twijfel=True)),
    rij("CAL-3", "nog niet bekend", "2026-11-22", None, _calamiteit("2026-11-23")),
    rij(
        "CAL-3",
        "bekend",
        "2026-11-23",
        ("op_tijd", "2026-11-26", None, "norm"),
        _calamiteit("2026-11-23"),
    ),
    rij(
        "CAL-3",
        "dag voor de melding",
        "2026-11-30",
        ("te_laat", "2026-11-26", None, "norm"),
        _calamiteit("2026-11-23", "2026-12-01"),
    ),
    rij(
        "CAL-3",
        "dag van de melding",
        "2026-12-01",
        ("op_tijd", None, "2026-12-01", "norm"),
        _calamiteit("2026-11-23", "2026-12-01"),
    ),
    rij(
        "CAL-3",
        "na vertrek uit zorg",
        "2026-11-27",
        ("te_laat", "2026-11-26", None, "norm"),
        kind(_WEG, signalen=[signaal("2026-11-23", calamiteit=True)]),
    ),
    rij(
        "CAL-3",
        "blijft norm na de 18e verjaardag",
        "2026-11-27",
        ("te_laat", "2026-11-26", None, "norm"),
        kind(plaatsing(_P), geboren="2000-01-01", signalen=[signaal("2026-11-23", calamiteit=True)]),
    ),
    rij(
        "CAL-3",
        "gewoon signaal",
        "2026-12-01",
        None,
        kind(plaatsing(_P), signalen=[signaal("2026-11-23", vraagt=True)]),
    ),
]


_LAAT = ("te_laat", "2025-05-31", None, "norm")
_GEDEKT = ("uitzondering", "2025-05-31", None, "norm")
_TEAMLEIDER, _BEGELEIDER, _GEDRAG = Rol.TEAMLEIDER, Rol.PLEEGZORGBEGELEIDER, Rol.GEDRAGSWETENSCHAPPER


def _exception(naam: str, op: str, verwacht: Verwacht, normen: str = "KAG-R", **anders: Any) -> Rij:
    u = uitzondering(normen, "2025-06-10", "2025-07-10")._replace(**anders)
    return rij("KAG-R", f"uitzondering: {naam}", op, verwacht, kind(plaatsing(_P), uitzonderingen=[u]))


_UITZONDERING: list[Rij] = [
    _exception("dag voor van", "2025-06-09", _LAAT),
    _exception("dag van", "2025-06-10", _GEDEKT),
    _exception("dag herzien uiterlijk", "2025-07-10", _GEDEKT),
    _exception("dag na herzien uiterlijk", "2025-07-11", _LAAT),
    _exception("teamleider mag", "2025-06-10", _GEDEKT, goedkeurder_rol=_TEAMLEIDER),
    _exception("begeleider mag niet", "2025-06-10", _LAAT, goedkeurder_rol=_BEGELEIDER),
    _exception("niet goedgekeurd", "2025-06-10", _LAAT, goedgekeurd_door=None, goedkeurder_rol=None),
    _exception("zelf goedgekeurd", "2025-06-10", _LAAT, goedgekeurd_door=1, goedkeurder_rol=_GEDRAG),
    _exception("andere norm", "2025-06-10", _LAAT, normen="KAG-3 HB"),
    _exception("een van meer normen", "2025-06-10", _GEDEKT, normen="KAG-3 KAG-R"),
    rij(
        "KAG-R",
        "uitzondering: niet te laat blijft nadert",
        "2025-05-31",
        ("nadert", "2025-05-31", None, "norm"),
        kind(plaatsing(_P), uitzonderingen=[uitzondering("KAG-R", "2025-05-01", "2025-07-10")]),
    ),
    rij(
        "VGB-T",
        "uitzondering: ook voor een gezinslid",
        "2025-06-10",
        ("uitzondering", _P, None, "norm"),
        kind(plaatsing(_P), uitzonderingen=[uitzondering("VGB-T", "2025-06-10", "2025-07-10")]),
        gezin((_P, None), leden=[lid()]),
    ),
]

_TWEE_GEZINNEN = kind(plaatsing(_P), plaatsing("2025-03-01", nr=11, gezin=71))
_TWEE_PLAATSINGEN = kind(plaatsing(_P), plaatsing("2025-03-01", nr=11))
_EVAL = ("op_tijd", "2026-01-31", None, "streef")
_AANTALLEN: list[Rij] = [
    rij("EVAL-J", "twee plaatsingen in een gezin: een keer", "2025-03-02", _EVAL, _TWEE_PLAATSINGEN),
    rij("EVAL-J", "eerste van twee gezinnen", "2025-03-02", _EVAL, _TWEE_GEZINNEN, onderwerp=70),
    rij(
        "EVAL-J",
        "tweede van twee gezinnen",
        "2025-03-02",
        ("op_tijd", "2026-03-01", None, "streef"),
        _TWEE_GEZINNEN,
        onderwerp=71,
    ),
    rij(
        "VC-J",
        "tweede plaatsing van een kind",
        "2025-03-02",
        ("op_tijd", "2026-03-01", None, "norm"),
        _TWEE_PLAATSINGEN,
        onderwerp=11,
    ),
]

_POV = kind(plaatsing(_P), maatregelen=[maatregel("pleegoudervoogdij", "2025-03-01", "2025-04-01")])
_ACHTTIEN = kind(plaatsing(_P), geboren="2007-04-01")
_SCHRIKKEL = kind(plaatsing("2026-01-31"), geboren="2008-02-29")
_ZWAARTE: list[Rij] = [
    rij("KAG-3", "dag voor pov", "2025-02-28", ("op_tijd", "2025-05-31", None, "norm"), _POV),
    rij("KAG-3", "eerste dag pov", "2025-03-01", ("op_tijd", "2025-05-31", None, "streef"), _POV),
    rij("KAG-3", "laatste dag pov", "2025-03-31", ("op_tijd", "2025-05-31", None, "streef"), _POV),
    rij("KAG-3", "pov voorbij", "2025-04-01", ("op_tijd", "2025-05-31", None, "norm"), _POV),
    rij("KAG-R", "pov", "2025-03-01", ("op_tijd", "2025-05-31", None, "streef"), _POV),
    rij("VC-J", "blijft norm bij pov", "2025-03-01", ("op_tijd", "2026-01-31", None, "norm"), _POV),
    rij("ONT-J", "blijft norm bij pov", "2025-03-01", ("op_tijd", "2026-01-31", None, "norm"), _POV),
    rij("KAG-R", "dag voor 18", "2025-03-31", ("op_tijd", "2025-05-31", None, "norm"), _ACHTTIEN),
    rij("KAG-R", "18e verjaardag", "2025-04-01", ("op_tijd", "2025-05-31", None, "streef"), _ACHTTIEN),
    rij("VC-J", "18e verjaardag", "2025-04-01", ("op_tijd", "2026-01-31", None, "streef"), _ACHTTIEN),
    rij("ONT-J", "18e verjaardag", "2025-04-01", ("op_tijd", "2026-01-31", None, "streef"), _ACHTTIEN),
    rij("HVP-6", "18e verjaardag", "2025-04-01", ("te_laat", "2025-03-14", None, "streef"), _ACHTTIEN),
    rij(
        "KAG-R",
        "28 februari, schrikkelkind",
        "2026-02-28",
        ("op_tijd", "2026-05-31", None, "norm"),
        _SCHRIKKEL,
    ),
    rij("KAG-R", "1 maart, schrikkelkind", "2026-03-01", ("op_tijd", "2026-05-31", None, "streef"), _SCHRIKKEL),
]

RIJEN: list[Rij] = [*_CAL_3, *_UITZONDERING, *_AANTALLEN, *_ZWAARTE]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
