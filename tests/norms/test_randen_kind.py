"""Edge tables of the norms about the child: MDO, ONT-J, HVP-6, VP and POV-1."""

import pytest

from app.norms.feiten import Dossier
from tests.norms.bouw import events, kind, maatregel, mdo, plaatsing
from tests.norms.randen import MOTOR, NADERT, Rij, naam_of, outcome, rand, rij

_Z = "2025-01-31"
_THUIS = plaatsing(_Z)
_OTS = [maatregel("ots", _Z)]

_MDO: list[Rij] = [
    *rand("MDO", "zonder bespreking vanaf Z", "2025-07-31", kind(_THUIS, maatregelen=_OTS)),
    *rand(
        "MDO",
        "vanaf de laatste",
        "2026-02-28",
        kind(_THUIS, maatregelen=_OTS, besprekingen=mdo("2025-03-01", "2025-08-31")),
        laatste="2025-08-31",
    ),
    *rand(
        "MDO",
        "niet multidisciplinair telt niet",
        "2025-09-01",
        kind(
            _THUIS,
            maatregelen=_OTS,
            besprekingen=[*mdo("2025-03-01"), *mdo("2025-08-01", multidisciplinair=False)],
        ),
        laatste="2025-03-01",
    ),
    *rand(
        "MDO",
        "bespreking voor Z telt niet",
        "2025-07-31",
        kind(_THUIS, maatregelen=_OTS, besprekingen=mdo("2025-01-30")),
    ),
    *rand(
        "MDO",
        "bespreking op Z telt",
        "2025-07-31",
        kind(_THUIS, maatregelen=_OTS, besprekingen=mdo(_Z)),
        laatste=_Z,
    ),
    *rand(
        "MDO",
        "maatregel begon later dan Z",
        "2025-11-30",
        kind(_THUIS, maatregelen=[maatregel("ots", "2025-05-31")]),
    ),
    *rand(
        "MDO",
        "maatregel begon later dan de laatste",
        "2025-11-30",
        kind(_THUIS, maatregelen=[maatregel("voogdij_gi", "2025-05-31")], besprekingen=mdo("2025-03-01")),
        laatste="2025-03-01",
    ),
    *rand(
        "MDO",
        "ots en voogdij sluiten aan met een dag ertussen",
        "2025-09-01",
        kind(
            _THUIS,
            maatregelen=[maatregel("ots", "2025-03-01", "2025-06-01"), maatregel("voogdij_gi", "2025-06-02")],
        ),
    ),
    *rand(
        "MDO",
        "twee dagen ertussen breekt de reeks",
        "2025-12-03",
        kind(
            _THUIS,
            maatregelen=[maatregel("ots", "2025-03-01", "2025-06-01"), maatregel("voogdij_gi", "2025-06-03")],
        ),
    ),
    *rand(
        "MDO",
        "een andere maatregel overbrugt niet",
        "2026-01-01",
        kind(
            _THUIS,
            maatregelen=[
                maatregel("ots", "2025-03-01", "2025-06-01"),
                maatregel("vrijwillig", "2025-06-01", "2025-07-01"),
                maatregel("ots", "2025-07-01"),
            ],
        ),
    ),
    *rand(
        "MDO",
        "een langere overlappende maatregel houdt de reeks",
        "2025-09-01",
        kind(
            _THUIS,
            maatregelen=[
                maatregel("ots", "2025-03-01", "2025-08-01"),
                maatregel("ots", "2025-04-01", "2025-05-01"),
                maatregel("voogdij_gi", "2025-08-01"),
            ],
        ),
    ),
    rij("MDO", "vrijwillig niet", "2026-01-01", None, kind(_THUIS, maatregelen=[maatregel("vrijwillig", _Z)])),
    rij(
        "MDO",
        "jeugdreclassering niet",
        "2026-01-01",
        None,
        kind(_THUIS, maatregelen=[maatregel("jeugdreclassering", _Z)]),
    ),
    rij(
        "MDO",
        "laatste dag van de ots",
        "2025-05-31",
        ("op_tijd", "2025-07-31", None, "norm"),
        kind(_THUIS, maatregelen=[maatregel("ots", _Z, "2025-06-01")]),
    ),
    rij(
        "MDO",
        "ots voorbij",
        "2025-06-01",
        None,
        kind(_THUIS, maatregelen=[maatregel("ots", _Z, "2025-06-01")]),
    ),
    rij(
        "MDO",
        "ots nog niet begonnen",
        "2025-05-31",
        None,
        kind(_THUIS, maatregelen=[maatregel("ots", "2025-06-01")]),
    ),
    rij(
        "MDO",
        "niet in zorg",
        "2025-03-10",
        None,
        kind(plaatsing(_Z, "2025-03-10"), maatregelen=_OTS),
    ),
]


def _moved(tot: str, van: str) -> Dossier:
    return kind(plaatsing("2025-01-31", tot, nr=9, gezin=69), plaatsing(van))


_OVERLAP = kind(
    plaatsing("2025-01-31", "2025-12-01", nr=8, gezin=68),
    plaatsing("2025-03-01", "2025-05-01", nr=9, gezin=69),
    plaatsing("2025-12-02"),
)
_ZORGPERIODE: list[Rij] = [
    *rand(
        "HVP-6",
        "overstap op dezelfde dag houdt Z",
        "2025-03-14",
        _moved("2025-02-10", "2025-02-10"),
        vanaf=NADERT,
    ),
    *rand("HVP-6", "een dag ertussen houdt Z", "2025-03-14", _moved("2025-02-10", "2025-02-11"), vanaf=NADERT),
    rij("HVP-6", "overbrugde dag: niet in zorg", "2025-02-10", None, _moved("2025-02-10", "2025-02-11")),
    *rand("HVP-6", "twee dagen ertussen: nieuwe Z", "2025-03-26", _moved("2025-02-10", "2025-02-12")),
    rij(
        "VP",
        "langste tot telt voor de reeks",
        "2025-12-02",
        ("te_laat", "2025-04-30", None, "streef"),
        _OVERLAP,
    ),
]

_JONG = "2022-01-31"
_ONT_J: list[Rij] = [
    *rand("ONT-J", "12 maanden vanaf Z", "2026-01-31", kind(_THUIS)),
    *rand("ONT-J", "jong kind: 6 maanden", "2025-07-31", kind(_THUIS, geboren="2022-05-01")),
    *rand("ONT-J", "wordt 4 op de dag zelf: 12 maanden", "2026-01-31", kind(_THUIS, geboren="2021-07-31")),
    *rand("ONT-J", "wordt 4 de dag erna: 6 maanden", "2025-07-31", kind(_THUIS, geboren="2021-08-01")),
    *rand(
        "ONT-J",
        "vanaf het laatste beeld",
        "2026-03-15",
        kind(_THUIS, beelden=events("2025-02-15", "2025-03-15")),
        laatste="2025-03-15",
    ),
    *rand(
        "ONT-J",
        "jong op het laatste beeld",
        "2025-09-15",
        kind(_THUIS, geboren=_JONG, beelden=events("2025-03-15")),
        laatste="2025-03-15",
    ),
    *rand("ONT-J", "beeld voor Z telt niet", "2026-01-31", kind(_THUIS, beelden=events("2025-01-30"))),
]

_HVP_6: list[Rij] = [
    *rand("HVP-6", "42 dagen na Z", "2025-03-14", kind(_THUIS)),
    *rand("HVP-6", "plan van voor Z telt niet", "2025-03-14", kind(_THUIS, plannen=events("2025-01-30"))),
    rij(
        "HVP-6",
        "plan op Z",
        "2026-01-01",
        ("op_tijd", None, _Z, "norm"),
        kind(_THUIS, plannen=events(_Z)),
    ),
    rij(
        "HVP-6",
        "het laatste plan wordt genoemd",
        "2026-01-01",
        ("op_tijd", None, "2025-09-01", "norm"),
        kind(_THUIS, plannen=events("2025-02-01", "2025-09-01", "2026-01-02")),
    ),
    rij(
        "HVP-6",
        "dag voor een laat plan",
        "2025-03-19",
        ("te_laat", "2025-03-14", None, "norm"),
        kind(_THUIS, plannen=events("2025-03-20")),
    ),
    rij(
        "HVP-6",
        "dag van een laat plan",
        "2025-03-20",
        ("op_tijd", None, "2025-03-20", "norm"),
        kind(_THUIS, plannen=events("2025-03-20")),
    ),
]

_VP: list[Rij] = [
    *rand("VP", "drie maanden na Z, geklemd", "2025-04-30", kind(_THUIS)),
    rij(
        "VP",
        "bekend van voor Z",
        "2026-01-01",
        ("op_tijd", None, "2020-01-01", "streef"),
        kind(_THUIS, personen=events("2020-01-01")),
    ),
    rij(
        "VP",
        "de laatste wordt genoemd",
        "2026-01-01",
        ("op_tijd", None, "2025-06-01", "streef"),
        kind(_THUIS, personen=events("2020-01-01", "2025-06-01", "2026-01-02")),
    ),
    rij(
        "VP",
        "de dag voor sinds",
        "2025-05-31",
        ("te_laat", "2025-04-30", None, "streef"),
        kind(_THUIS, personen=events("2025-06-01")),
    ),
    rij(
        "VP",
        "de dag sinds",
        "2025-06-01",
        ("op_tijd", None, "2025-06-01", "streef"),
        kind(_THUIS, personen=events("2025-06-01")),
    ),
]

_POV = [maatregel("pleegoudervoogdij", _Z)]
_POV_1: list[Rij] = [
    *rand("POV-1", "zonder gesprek vanaf Z", "2026-01-31", kind(_THUIS, maatregelen=_POV)),
    *rand(
        "POV-1",
        "vanaf het laatste gesprek",
        "2026-06-15",
        kind(_THUIS, maatregelen=_POV, voogdgesprekken=events("2025-06-15")),
        laatste="2025-06-15",
    ),
    *rand(
        "POV-1",
        "voogdij begon later",
        "2026-08-31",
        kind(
            _THUIS,
            maatregelen=[
                maatregel("voogdij_gi", _Z, "2025-08-31"),
                maatregel("pleegoudervoogdij", "2025-08-31"),
            ],
            voogdgesprekken=events("2025-06-15"),
        ),
        laatste="2025-06-15",
    ),
    *rand(
        "POV-1",
        "gesprek voor Z telt niet",
        "2026-01-31",
        kind(_THUIS, maatregelen=_POV, voogdgesprekken=events("2025-01-30")),
    ),
    rij("POV-1", "andere maatregel niet", "2026-01-01", None, kind(_THUIS, maatregelen=_OTS)),
    rij(
        "POV-1",
        "voogdij voorbij",
        "2025-06-01",
        None,
        kind(_THUIS, maatregelen=[maatregel("pleegoudervoogdij", _Z, "2025-06-01")]),
    ),
]

RIJEN: list[Rij] = [*_MDO, *_ZORGPERIODE, *_ONT_J, *_HVP_6, *_VP, *_POV_1]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
