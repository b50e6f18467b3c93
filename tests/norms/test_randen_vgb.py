"""Edge tables of VGB-T, with the valid VGB and the runs of a family."""

from collections.abc import Sequence

import pytest

from app.norms.feiten import Gezin, Vgb
from tests.norms.bouw import DEELTIJD, gezin, kind, lid, plaatsing, vgb
from tests.norms.randen import MOTOR, TE_LAAT, UITERLIJK, Rij, naam_of, outcome, rand, rij

START = "2025-01-31"
CHILD = kind(plaatsing(START))
PARTTIME = kind(plaatsing(START, vorm=DEELTIJD))


def family_with(*vgbs: Vgb, contract: str | None = None, netwerk: bool = False, sinds: str = "2010-01-01") -> Gezin:
    return gezin((START, None), contract=contract, netwerk=netwerk, leden=[lid(sinds=sinds, vgbs=vgbs)])


def housemate(geboren: str, *vgbs: Vgb, sinds: str = "2010-01-01", netwerk: bool = False) -> Gezin:
    bewoner = lid(geboren, sinds, inwonende=True, vgbs=vgbs)
    return gezin((START, None), contract="2025-02-01", netwerk=netwerk, leden=[bewoner])


def _again(van: str, vgbs: Sequence[Vgb], *, netwerk: bool = False, contract: str | None = None) -> Gezin:
    """A family that had a run up to 2022-03-31 and starts again on ``van``."""
    perioden = [("2020-01-01", "2022-03-31"), (van, None)]
    return gezin(*perioden, netwerk=netwerk, contract=contract, leden=[lid(vgbs=vgbs)])


_LATER = kind(plaatsing("2025-01-31"))
_VGB_T: list[Rij] = [
    *rand("VGB-T", "zonder VGB op F", START, CHILD, family_with(), vanaf=UITERLIJK),
    *rand("VGB-T", "ook bij deeltijd", START, PARTTIME, family_with(), vanaf=UITERLIJK),
    *rand(
        "VGB-T",
        "inwonend na F: B is die dag",
        "2025-06-01",
        CHILD,
        family_with(sinds="2025-06-01"),
        vanaf=UITERLIJK,
    ),
    *rand("VGB-T", "bestand met contract: B", START, CHILD, family_with(contract="2025-01-31"), vanaf=UITERLIJK),
    *rand(
        "VGB-T",
        "netwerk: 91 dagen na contract",
        "2025-05-02",
        CHILD,
        family_with(contract=START, netwerk=True),
    ),
    *rand("VGB-T", "netwerk zonder contract: B", START, CHILD, family_with(netwerk=True), vanaf=UITERLIJK),
    *rand(
        "VGB-T",
        "netwerk met oud contract: B",
        START,
        CHILD,
        family_with(contract="2024-01-01", netwerk=True),
        vanaf=UITERLIJK,
    ),
    rij(
        "VGB-T",
        "contract na de peildatum bestaat nog niet",
        "2025-02-09",
        ("te_laat", START, None, "norm"),
        CHILD,
        family_with(contract="2025-02-10", netwerk=True),
    ),
    rij(
        "VGB-T",
        "contract op de peildatum bestaat",
        "2025-02-10",
        ("op_tijd", "2025-05-12", None, "norm"),
        CHILD,
        family_with(contract="2025-02-10", netwerk=True),
    ),
    rij(
        "VGB-T",
        "geldig",
        "2030-01-01",
        ("op_tijd", None, "2015-05-05", "norm"),
        CHILD,
        family_with(vgb("2015-05-05")),
    ),
    rij(
        "VGB-T",
        "de laatste afgifte wordt genoemd, een aanvraag niet",
        "2030-01-01",
        ("op_tijd", None, "2020-05-05", "norm"),
        CHILD,
        family_with(vgb("2015-05-05"), vgb("2020-05-05"), vgb("2025-05-05", "aangevraagd")),
    ),
    rij(
        "VGB-T",
        "alleen aangevraagd",
        "2025-02-01",
        ("te_laat", START, None, "norm"),
        CHILD,
        family_with(vgb("2015-05-05", "aangevraagd")),
    ),
    rij(
        "VGB-T",
        "afgifte na de peildatum bestaat nog niet",
        "2025-02-09",
        ("te_laat", START, None, "norm"),
        CHILD,
        family_with(vgb("2025-02-10")),
    ),
    rij(
        "VGB-T",
        "afgifte op de peildatum",
        "2025-02-10",
        ("op_tijd", None, "2025-02-10", "norm"),
        CHILD,
        family_with(vgb("2025-02-10")),
    ),
    *rand(
        "VGB-T",
        "ingetrokken: die dag",
        "2025-08-01",
        CHILD,
        family_with(vgb("2020-05-05"), vgb("2025-08-01", "ingetrokken")),
        vanaf=UITERLIJK,
    ),
    *rand(
        "VGB-T",
        "geweigerd gaat voor contract",
        "2025-03-01",
        CHILD,
        family_with(vgb("2025-03-01", "geweigerd"), contract=START, netwerk=True),
        vanaf=UITERLIJK,
    ),
    *rand("VGB-T", "geweigerd voor B: B", START, CHILD, family_with(vgb("2024-03-01", "geweigerd")), vanaf=UITERLIJK),
    *rand(
        "VGB-T",
        "aanvraag na intrekking is geen besluit",
        "2025-08-01",
        CHILD,
        family_with(vgb("2025-08-01", "ingetrokken"), vgb("2025-08-02", "aangevraagd")),
        vanaf=TE_LAAT,
    ),
    rij(
        "VGB-T",
        "op een dag wint de latere rij: afgegeven",
        "2025-09-01",
        ("op_tijd", None, "2025-08-01", "norm"),
        CHILD,
        family_with(vgb("2025-08-01", "ingetrokken"), vgb("2025-08-01", nr=901)),
    ),
    rij(
        "VGB-T",
        "op een dag wint de latere rij: ingetrokken",
        "2025-09-01",
        ("te_laat", "2025-08-01", None, "norm"),
        CHILD,
        family_with(vgb("2025-08-01", nr=901), vgb("2025-08-01", "ingetrokken")),
    ),
    rij(
        "VGB-T",
        "vertrokken gezinslid",
        "2025-06-01",
        None,
        CHILD,
        gezin((START, None), leden=[lid(tot="2025-06-01")]),
    ),
    rij(
        "VGB-T",
        "laatste dag van het inwonen",
        "2025-05-31",
        ("te_laat", START, None, "norm"),
        CHILD,
        gezin((START, None), leden=[lid(tot="2025-06-01")]),
    ),
    rij("VGB-T", "nog niet ingetrokken bewoner", "2025-05-31", None, CHILD, family_with(sinds="2025-06-01")),
    rij(
        "VGB-T",
        "inwonende 12 op B",
        "2025-02-01",
        ("te_laat", START, None, "norm"),
        CHILD,
        housemate("2013-01-31"),
    ),
    rij("VGB-T", "inwonende 12 na B", "2025-03-01", None, CHILD, housemate("2013-02-01")),
    rij(
        "VGB-T",
        "inwonende in netwerk: geen 91 dagen",
        "2025-02-02",
        ("te_laat", START, None, "norm"),
        CHILD,
        housemate("1990-01-01", netwerk=True),
    ),
    rij(
        "VGB-T",
        "jonge pleegouder telt altijd",
        "2025-02-01",
        ("te_laat", START, None, "norm"),
        CHILD,
        gezin((START, None), leden=[lid("2014-01-01")]),
    ),
]

_RUNS: list[Rij] = [
    rij(
        "VGB-T",
        "24 maanden: zelfde reeks",
        "2024-04-01",
        ("te_laat", "2020-01-01", None, "norm"),
        kind(plaatsing("2024-03-31")),
        _again("2024-03-31", []),
    ),
    rij(
        "VGB-T",
        "24 maanden en een dag: nieuwe reeks",
        "2024-04-02",
        ("te_laat", "2024-04-01", None, "norm"),
        kind(plaatsing("2024-04-01")),
        _again("2024-04-01", []),
    ),
    rij(
        "VGB-T",
        "VGB uit dezelfde reeks geldt",
        "2024-04-01",
        ("op_tijd", None, "2019-01-01", "norm"),
        kind(plaatsing("2024-03-31")),
        _again("2024-03-31", [vgb("2019-01-01")]),
    ),
    rij(
        "VGB-T",
        "VGB van voor het einde geldt niet",
        "2025-02-01",
        ("te_laat", START, None, "norm"),
        _LATER,
        _again(START, [vgb("2022-03-30")]),
    ),
    rij(
        "VGB-T",
        "VGB van de dag van het einde geldt",
        "2025-02-01",
        ("op_tijd", None, "2022-03-31", "norm"),
        _LATER,
        _again(START, [vgb("2022-03-31")]),
    ),
    rij(
        "VGB-T",
        "ongeldige VGB in netwerk: contract",
        "2025-02-01",
        ("op_tijd", "2025-05-02", None, "norm"),
        _LATER,
        _again(START, [vgb("2022-03-30")], netwerk=True, contract=START),
    ),
    rij(
        "VGB-T",
        "einde is de laatste tot, niet die van de laatste plaatsing",
        "2025-02-01",
        ("te_laat", START, None, "norm"),
        _LATER,
        gezin(
            ("2020-01-01", "2022-03-31"),
            ("2020-06-01", "2021-01-01"),
            (START, None),
            leden=[lid(vgbs=[vgb("2022-03-30")])],
        ),
    ),
    rij(
        "VGB-T",
        "latere plaatsing bestaat nog niet",
        "2022-01-01",
        ("te_laat", "2020-01-01", None, "norm"),
        kind(plaatsing("2020-01-01", "2022-03-31")),
        _again(START, []),
    ),
]

RIJEN: list[Rij] = [*_VGB_T, *_RUNS]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
