"""Edge tables of the other norms about the family and its members: VGB-12, VGB-H and EVAL-J."""

import pytest

from tests.norms.bouw import events, gezin, kind, lid, plaatsing, vgb
from tests.norms.randen import MOTOR, NADERT, Rij, naam_of, outcome, rand, rij
from tests.norms.test_randen_vgb import CHILD, PARTTIME, START, family_with, housemate

_VGB_12: list[Rij] = [
    rij("VGB-12", "61 dagen voor 12", "2025-11-01", None, CHILD, housemate("2014-01-01")),
    rij(
        "VGB-12",
        "60 dagen voor 12",
        "2025-11-02",
        ("nadert", "2026-01-01", None, "streef"),
        CHILD,
        housemate("2014-01-01"),
    ),
    *rand("VGB-12", "12e verjaardag", "2026-01-01", CHILD, housemate("2014-01-01"), vanaf=NADERT),
    *rand(
        "VGB-12",
        "schrikkelkind wordt 12 op 29 februari",
        "2028-02-29",
        CHILD,
        housemate("2016-02-29"),
        vanaf=NADERT,
    ),
    rij(
        "VGB-12",
        "geldige VGB",
        "2025-12-01",
        ("op_tijd", None, "2025-11-01", "streef"),
        CHILD,
        housemate("2014-01-01", vgb("2025-11-01")),
    ),
    rij("VGB-12", "12 op B hoort bij VGB-T", "2025-02-01", None, CHILD, housemate("2013-01-31")),
    rij(
        "VGB-12",
        "12 de dag na B",
        "2025-02-02",
        ("te_laat", "2025-02-01", None, "streef"),
        CHILD,
        housemate("2013-02-01"),
    ),
    rij(
        "VGB-12",
        "kwam als kind inwonen na F",
        "2026-01-02",
        ("te_laat", "2026-01-01", None, "streef"),
        CHILD,
        housemate("2014-01-01", sinds="2025-06-01"),
    ),
    rij(
        "VGB-12",
        "pleegouder niet",
        "2026-01-02",
        None,
        CHILD,
        gezin((START, None), leden=[lid("2014-01-01")]),
    ),
]

_AFSPRAAK = vgb("2021-05-31", herscreening="2026-05-31")
_VGB_H: list[Rij] = [
    *rand("VGB-H", "afgesproken datum", "2026-05-31", CHILD, family_with(_AFSPRAAK), laatste="2021-05-31"),
    rij("VGB-H", "zonder datum en zonder N", "2030-01-01", None, CHILD, family_with(vgb("2021-05-31"))),
    rij(
        "VGB-H",
        "zonder geldige VGB",
        "2030-01-01",
        None,
        CHILD,
        family_with(_AFSPRAAK, vgb("2029-01-01", "ingetrokken")),
    ),
    rij(
        "VGB-H",
        "N is 36",
        "2025-02-01",
        ("te_laat", "2024-02-28", "2021-02-28", "norm"),
        CHILD,
        family_with(vgb("2021-02-28")),
        eigen={"maanden": 36},
    ),
    rij(
        "VGB-H",
        "N is 60, geklemd",
        "2025-02-01",
        ("nadert", "2025-02-28", "2020-02-29", "norm"),
        CHILD,
        family_with(vgb("2020-02-29")),
        eigen={"maanden": 60},
    ),
    rij(
        "VGB-H",
        "een datum gaat voor N",
        "2025-02-01",
        ("op_tijd", "2026-05-31", "2021-05-31", "norm"),
        CHILD,
        family_with(_AFSPRAAK),
        eigen={"maanden": 36},
    ),
    rij(
        "VGB-H",
        "op elke leeftijd",
        "2025-02-01",
        ("te_laat", "2024-05-01", "2023-05-01", "norm"),
        CHILD,
        housemate("2020-01-01", vgb("2023-05-01", herscreening="2024-05-01")),
    ),
    rij(
        "VGB-H",
        "aanvraag verandert niets",
        "2026-06-01",
        ("te_laat", "2026-05-31", "2021-05-31", "norm"),
        CHILD,
        family_with(_AFSPRAAK, vgb("2026-05-01", "aangevraagd")),
    ),
    rij(
        "VGB-H",
        "vertrokken",
        "2026-06-01",
        None,
        CHILD,
        gezin((START, None), leden=[lid(tot="2026-06-01", vgbs=[_AFSPRAAK])]),
    ),
]

_EVAL_J: list[Rij] = [
    *rand("EVAL-J", "vanaf F", "2026-01-31", CHILD, family_with()),
    *rand("EVAL-J", "ook bij deeltijd", "2026-01-31", PARTTIME, family_with()),
    *rand("EVAL-J", "contract na F", "2026-03-15", CHILD, family_with(contract="2025-03-15")),
    *rand("EVAL-J", "contract voor F", "2026-01-31", CHILD, family_with(contract="2024-03-15")),
    *rand(
        "EVAL-J",
        "vanaf de laatste",
        "2026-06-30",
        CHILD,
        gezin((START, None), evaluaties=events("2025-06-30")),
        laatste="2025-06-30",
    ),
    *rand(
        "EVAL-J",
        "evaluatie voor A telt niet",
        "2026-03-15",
        CHILD,
        gezin((START, None), contract="2025-03-15", evaluaties=events("2025-03-14")),
    ),
    *rand(
        "EVAL-J",
        "evaluatie op A telt",
        "2026-03-15",
        CHILD,
        gezin((START, None), contract="2025-03-15", evaluaties=events("2025-03-15")),
        laatste="2025-03-15",
    ),
    rij(
        "EVAL-J",
        "contract na de peildatum bestaat nog niet",
        "2025-03-14",
        ("op_tijd", "2026-01-31", None, "streef"),
        CHILD,
        family_with(contract="2025-03-15"),
    ),
    rij(
        "EVAL-J",
        "eerder kind houdt de reeks van het gezin",
        "2025-02-01",
        ("te_laat", "2022-01-01", None, "streef"),
        CHILD,
        gezin(("2021-01-01", "2023-06-01"), (START, None)),
    ),
    rij(
        "EVAL-J",
        "vertrokken kind",
        "2025-06-01",
        None,
        kind(plaatsing(START, "2025-06-01")),
        gezin((START, None)),
    ),
]

RIJEN: list[Rij] = [*_VGB_12, *_VGB_H, *_EVAL_J]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
