"""Edge tables of the six second versions: the last day of the first beside 1 October 2026, the first of the second."""

import pytest

from app.norms.feiten import Dossier, Gezin, Gezinslid
from tests.norms.bouw import gezin, kind, lid, maatregel, mdo, plaatsing, signaal
from tests.norms.randen import MOTOR, NADERT, UITERLIJK, Rij, naam_of, outcome, rand, rij

_P, _VOOR, _NA = "2026-05-31", "2026-09-30", "2026-10-01"
_KIND = kind(plaatsing(_P))
_OTS = kind(plaatsing(_P), maatregelen=[maatregel("ots", _P)])
_POV = kind(plaatsing("2025-01-31"), maatregelen=[maatregel("pleegoudervoogdij", "2025-01-31")])
_VERSIES: list[Rij] = [
    rij("HVP-6", "een norm", _VOOR, ("te_laat", "2026-07-12", None, "norm"), _KIND),
    rij("HVP-6", "een streefwaarde", _NA, ("te_laat", "2026-07-12", None, "streef"), _KIND),
    rij("POV-1", "een norm", _VOOR, ("te_laat", "2026-01-31", None, "norm"), _POV),
    rij("POV-1", "een streefwaarde", _NA, ("te_laat", "2026-01-31", None, "streef"), _POV),
    rij("MDO", "niet zonder maatregel", _VOOR, None, _KIND),
    *rand("MDO", "ook zonder maatregel, als streefwaarde", "2026-11-30", _KIND, zwaarte="streef"),
    *rand("MDO", "zonder maatregel na een bespreking", "2027-02-28", kind(plaatsing(_P), besprekingen=mdo("2026-08-31")), laatste="2026-08-31", zwaarte="streef", vanaf=UITERLIJK),  # noqa: E501
    *rand("MDO", "met een ots als voorheen", "2026-11-30", _OTS),
    rij("MDO", "na het einde van de ots: streef, vanaf de bespreking of Z", "2026-12-02", ("te_laat", "2026-11-30", None, "streef"), kind(plaatsing(_P), maatregelen=[maatregel("ots", "2026-07-01", "2026-12-02")])),  # noqa: E501
    rij("MDO", "de laatste dag van de ots: norm, vanaf M", "2026-12-01", ("op_tijd", "2027-01-01", None, "norm"), kind(plaatsing(_P), maatregelen=[maatregel("ots", "2026-07-01", "2026-12-02")])),  # noqa: E501
    rij("MDO", "niet buiten de zorg", "2026-11-30", None, kind(plaatsing(_P, "2026-10-31"))),
]  # fmt: skip


def _reported(op: str, *, twijfel: bool = False, conclusie: str | None = None, geweld: bool = True) -> Dossier:
    een = signaal(op, calamiteit=not geweld, twijfel=twijfel, ernst="geweld" if geweld else "", conclusie=conclusie)
    return kind(plaatsing(_P), signalen=[een])


_CAL_3: list[Rij] = [
    *rand("CAL-3", "geweld: drie werkdagen", "2026-10-06", _reported("2026-10-01")),
    *rand("CAL-3", "een calamiteit: drie werkdagen", "2026-10-06", _reported("2026-10-01", geweld=False)),
    *rand("CAL-3", "bij twijfel: drie werkdagen na 42 dagen", "2026-11-17", _reported("2026-10-01", twijfel=True)),
    *rand("CAL-3", "na de conclusie: drie werkdagen", "2026-10-14", _reported("2026-10-01", twijfel=True, conclusie="2026-10-09"), vanaf=NADERT),  # noqa: E501
    *rand("CAL-3", "een conclusie na 42 dagen maakt het niet later", "2026-11-17", _reported("2026-10-01", twijfel=True, conclusie="2026-11-16"), vanaf=NADERT),  # noqa: E501
    rij("CAL-3", "de dag voor de conclusie", "2026-10-08", ("op_tijd", "2026-11-17", None, "norm"), _reported("2026-10-01", twijfel=True, conclusie="2026-10-09")),  # noqa: E501
    rij("CAL-3", "een conclusie zonder twijfel zegt niets", "2026-10-08", ("te_laat", "2026-10-06", None, "norm"), _reported("2026-10-01", conclusie="2026-10-07")),  # noqa: E501
    rij("CAL-3", "geweld van voor 1 oktober niet", "2026-10-20", None, _reported("2026-09-30")),
    rij("CAL-3", "een eerdere twijfel houdt 42 dagen", "2026-11-12", ("te_laat", "2026-11-11", None, "norm"), _reported("2026-09-30", twijfel=True, geweld=False)),  # noqa: E501
    rij("CAL-3", "een eerdere twijfel kent geen conclusie", "2026-10-20", ("op_tijd", "2026-11-11", None, "norm"), _reported("2026-09-30", twijfel=True, geweld=False, conclusie="2026-10-05")),  # noqa: E501
    rij("CAL-3", "letsel alleen is geen melding", "2026-10-20", None, kind(plaatsing(_P), signalen=[signaal(_NA, ernst="letsel")])),  # noqa: E501
]  # fmt: skip
_C = "2026-08-01"
_WAS, _LATER = lid(sinds=_C), lid(sinds="2026-08-02")
_KIND_WAS, _KIND_LATER = lid("2010-01-01", _C, inwonende=True), lid("2010-01-01", "2026-08-02", inwonende=True)


def _netwerk(naam: str, op: str, stand: str, uiterlijk: str, wie: Gezinslid) -> Rij:
    thuis = gezin(("2026-08-01", None), contract=_C, netwerk=True, leden=[wie])
    return rij("VGB-T", naam, op, (stand, uiterlijk, None, "norm"), kind(plaatsing("2026-08-01")), thuis)


_HUIS = gezin(leden=[lid()], huizen=[(_P, None)])


def _both(tot: str | None) -> Gezin:
    return gezin((_P, tot), leden=[lid()], huizen=[("2026-01-01", None)])


_VGB: list[Rij] = [
    _netwerk("pleegouder die er was op C: 91 dagen", _NA, "op_tijd", "2026-10-31", _WAS),
    _netwerk("pleegouder die later kwam, in september", _VOOR, "op_tijd", "2026-10-31", _LATER),
    _netwerk("pleegouder die later kwam, vanaf oktober", _NA, "te_laat", "2026-08-02", _LATER),
    _netwerk("inwonende die er was op C, in september", _VOOR, "te_laat", "2026-08-01", _KIND_WAS),
    _netwerk("inwonende die er was op C, vanaf oktober", _NA, "op_tijd", "2026-10-31", _KIND_WAS),
    _netwerk("inwonende die later kwam", _NA, "te_laat", "2026-08-02", _KIND_LATER),
    rij("VGB-T", "een bestandgezin heeft de 13 weken niet", _NA, ("te_laat", "2026-08-01", None, "norm"), kind(plaatsing(_C)), gezin((_C, None), contract=_C, leden=[_WAS])),  # noqa: E501
    rij("VGB-T", "een gezinshuis in september", _VOOR, ("te_laat", _P, None, "norm"), _KIND, _HUIS),
    rij("VGB-T", "een gezinshuis vanaf oktober", _NA, ("te_laat", _P, None, "streef"), _KIND, _HUIS),
    rij("VGB-T", "een gezinshuis met ook pleegzorg", _NA, ("te_laat", "2026-01-01", None, "norm"), _KIND, _both(None)),
    rij("VGB-T", "waar de pleegzorg voorbij is", _NA, ("te_laat", "2026-01-01", None, "streef"), _KIND, _both(_NA)),
    rij("VGB-T", "de dag ervoor nog niet", _NA, ("te_laat", "2026-01-01", None, "norm"), _KIND, _both("2026-10-02")),
]  # fmt: skip
RIJEN: list[Rij] = [*_VERSIES, *_CAL_3, *_VGB]


@pytest.mark.parametrize("case", RIJEN, ids=naam_of)
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht
