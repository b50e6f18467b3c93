"""The catalogue: dated versions, an organisation's own, and what it may not loosen."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.norms.judge import judge
from app.norms.versies.catalogue import LANDELIJK, PROJECTKEUZE, Catalogus, NormVersie, for_organisatie, loosening
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import NormCode, OnderwerpSoort, Stand, Zwaarte
from tests.norms.bouw import dag, families_of, gezin, kind, lid, plaatsing, vgb
from tests.norms.strategieen import Wereld, days, worlds

EERSTEN = [norm for norm in LANDELIJK if norm.versie == 1]
TWEEDEN = [norm for norm in LANDELIJK if norm.versie == 2]
PER_CODE = {norm.code: norm for norm in EERSTEN}
P1, P2 = dag("2026-01-01"), dag("2026-07-01")


def test_fourteen_norms_hold_from_1900_and_seven_from_october_2026() -> None:
    assert set(PER_CODE) == set(NormCode)
    assert [n.geldig_van for n in EERSTEN] == [date(1900, 1, 1)] * 14 + [TWEEDE_CATALOGUS] * 7
    assert {n.code: n.geldig_van for n in TWEEDEN} == dict.fromkeys(_TWEEDE_TABEL, TWEEDE_CATALOGUS)
    assert {n.code for n in EERSTEN if n.geldig_tot == TWEEDE_CATALOGUS} == _TWEEDE_TABEL.keys()
    assert {n.geldig_tot for n in LANDELIJK} == {None, TWEEDE_CATALOGUS}
    assert len(LANDELIJK) == 27


def test_every_norm_has_one_version_on_every_day() -> None:
    for op, aantal in ((TWEEDE_CATALOGUS - timedelta(days=1), 14), (TWEEDE_CATALOGUS, 21)):
        assert len([n for n in LANDELIJK if n.holds_on(op)]) == aantal == len(Catalogus(LANDELIJK).in_force(op))


# The table of normen.md §5, once more by hand.
_TABEL = {
    "KAG-3": ("plaatsing", "norm", 30, {"aantal": 3, "stap_maanden": 4, "venster_maanden": 12}),
    "KAG-R": ("plaatsing", "norm", 30, {"maanden": 4}),
    "VC-J": ("plaatsing", "norm", 60, {"maanden": 12, "dagen_na_signaal": 7}),
    "MDO": ("pleegkind", "norm", 30, {"maanden": 6}),
    "HB": ("plaatsing", "streef", 14, {"dagen": 42}),
    "ONT-J": ("pleegkind", "norm", 30, {"maanden_jong": 6, "maanden": 12, "leeftijd_jong": 4}),
    "HVP-6": ("pleegkind", "norm", 14, {"dagen": 42}),
    "VP": ("pleegkind", "streef", 30, {"maanden": 3}),
    "VGB-T": ("gezinslid", "norm", 28, {"dagen_netwerk": 91}),
    "VGB-12": ("gezinslid", "streef", 60, {"leeftijd": 12, "dagen_vooraf": 60}),
    "VGB-H": ("gezinslid", "norm", 60, {"maanden": None}),
    "EVAL-J": ("pleeggezin", "streef", 60, {"maanden": 12}),
    "POV-1": ("pleegkind", "norm", 60, {"maanden": 12}),
    "CAL-3": ("signaal", "norm", 1, {"werkdagen": 3, "dagen_bij_twijfel": 42}),
    "KAG-D": ("plaatsing", "streef", 60, {"maanden": 12}),
    "ZIEN": ("plaatsing", "streef", 7, {"dagen": 42, "dagen_eerste": 14}),
    "OPV-O": ("aanleiding", "norm", 5, {"werkdagen": 1}),
    "OPV-B": ("aanleiding", "norm", 2, {"werkdagen": 5}),
    "OPV-H": ("veiligheidscheck", "norm", 7, {"dagen": 28}),
    "ZP": ("uitzondering", "norm", 3, {}),
    "ACT": ("actie", "streef", 7, {}),
}
# What a second version changes of that; the formulas have their edges.
_TWEEDE_TABEL = {
    "VGB-T": "norm",
    "VGB-H": "norm",
    "POV-1": "streef",
    "HVP-6": "streef",
    "MDO": "norm",
    "CAL-3": "norm",
}


@pytest.mark.parametrize("code", NormCode)
def test_the_national_version_is_the_table(code: NormCode) -> None:
    n = PER_CODE[code]
    assert (n.onderwerp, n.zwaarte, n.waarschuwing_dagen, dict(n.parameters)) == _TABEL[code]
    assert n.regel.endswith(".")


@pytest.mark.parametrize("n", TWEEDEN, ids=lambda n: n.code)
def test_a_second_version_has_what_the_first_had(n: NormVersie) -> None:
    onderwerp, _, waarschuwing, parameters = _TABEL[n.code]
    wanted = (onderwerp, _TWEEDE_TABEL[n.code], waarschuwing, parameters)
    assert (n.onderwerp, n.zwaarte, n.waarschuwing_dagen, dict(n.parameters)) == wanted
    assert (n.naam, n.formule) == (PER_CODE[n.code].naam, 2)


# Every [keuze] and [K] of the table says so; what is marked [P], B1 or B2 alone does not.
_KEUZES = {"KAG-3", "KAG-R", "VC-J", "MDO", "VP", "HB", "VGB-12", "KAG-D", "ZIEN", "OPV-O", "OPV-B", "OPV-H"}


@pytest.mark.parametrize("code", NormCode)
def test_a_choice_of_this_project_says_so(code: NormCode) -> None:
    assert (PROJECTKEUZE in PER_CODE[code].bron) == (code in _KEUZES)


def _version(code: str, van: date, tot: date | None = None, **parameters: int | None) -> NormVersie:
    basis = PER_CODE[NormCode(code)]
    return replace(basis, versie=2, geldig_van=van, geldig_tot=tot, parameters={**basis.parameters, **parameters})


def test_the_version_in_force_on_the_day_decides() -> None:
    oud = replace(PER_CODE[NormCode.KAG_R], geldig_tot=P1)
    nieuw = _version("KAG-R", P1, maanden=3)
    catalogus = Catalogus([*(n for n in LANDELIJK if n.code != NormCode.KAG_R), oud, nieuw])
    dossier = kind(plaatsing("2025-12-01"))
    uit = [
        str(o.uiterlijk)
        for op in ("2025-12-31", "2026-01-01")
        for o in judge(dossier, families_of(dossier), catalogus, dag(op))
        if o.norm.code == NormCode.KAG_R
    ]
    assert uit == ["2026-04-01", "2026-03-01"]
    assert catalogus.changes_after(dag("2025-12-31")) == [P1, TWEEDE_CATALOGUS]
    assert catalogus.changes_after(P1) == [TWEEDE_CATALOGUS]
    assert catalogus.changes_after(TWEEDE_CATALOGUS) == []


def test_a_norm_without_a_version_in_force_yields_nothing() -> None:
    catalogus = Catalogus([replace(n, geldig_van=P1, geldig_tot=P2) for n in EERSTEN[:14]])
    dossier = kind(plaatsing("2025-12-01"))
    aantallen = [
        len(judge(dossier, families_of(dossier), catalogus, op))
        for op in (P1 - timedelta(days=1), P1, P2 - timedelta(days=1), P2)
    ]
    assert aantallen == [0, 8, 8, 0]


def test_an_own_version_wins_while_it_holds() -> None:
    catalogus = for_organisatie(LANDELIJK, [_version("KAG-R", P1, P2, maanden=3)])
    maanden = [catalogus.in_force(op)[NormCode.KAG_R].number("maanden") for op in (P1 - timedelta(1), P1, P2)]
    assert maanden == [4, 3, 4]
    assert catalogus.changes_after(P1) == [P2, TWEEDE_CATALOGUS]
    assert catalogus.in_force(P1) is catalogus.in_force(P1 + timedelta(days=1))


def test_an_own_version_wins_from_a_higher_national_one() -> None:
    landelijk = [*LANDELIJK, replace(PER_CODE[NormCode.KAG_R], versie=3, geldig_van=P1)]
    catalogus = for_organisatie(landelijk, [_version("KAG-R", P1, maanden=2)])
    assert catalogus.in_force(P1)[NormCode.KAG_R].number("maanden") == 2


def test_an_own_version_over_october_keeps_its_numbers_and_takes_the_formula_of_the_day() -> None:
    eigen = _version("MDO", P1, maanden=5)
    catalogus = for_organisatie(LANDELIJK, [eigen])
    dossier = kind(plaatsing("2026-06-15"))
    uit = [
        (str(o.uiterlijk), o.zwaarte.value, o.norm.regel == PER_CODE[NormCode.MDO].regel)
        for op in (TWEEDE_CATALOGUS - timedelta(days=1), TWEEDE_CATALOGUS)
        for o in judge(dossier, families_of(dossier), catalogus, op)
        if o.norm.code == NormCode.MDO
    ]
    assert uit == [("2026-11-15", "streef", False)]


def test_an_own_version_of_a_norm_that_does_not_hold_yet_yields_nothing() -> None:
    catalogus = for_organisatie(LANDELIJK, [_version("ZIEN", P1, dagen=28)])
    assert NormCode.ZIEN not in catalogus.in_force(TWEEDE_CATALOGUS - timedelta(days=1))
    assert catalogus.in_force(TWEEDE_CATALOGUS)[NormCode.ZIEN].number("dagen") == 28


_TE_LOS = [
    ("KAG-3", {"aantal": 2}, "aantal"),
    ("KAG-3", {"stap_maanden": 5}, "stap_maanden"),
    ("KAG-3", {"venster_maanden": 13}, "venster_maanden"),
    ("KAG-3", {"aantal": 4}, "aantal maal stap_maanden"),
    ("KAG-R", {"maanden": 5}, "maanden"),
    ("KAG-R", {"maanden": None}, "maanden"),
    ("VC-J", {"dagen_na_signaal": 8}, "dagen_na_signaal"),
    ("MDO", {"maanden": 7}, "maanden"),
    ("ONT-J", {"maanden_jong": 7}, "maanden_jong"),
    ("ONT-J", {"leeftijd_jong": 3}, "leeftijd_jong"),
    ("HVP-6", {"dagen": 43}, "dagen"),
    ("VGB-T", {"dagen_netwerk": 92}, "dagen_netwerk"),
    ("VGB-H", {"maanden": 48}, "36 of 60"),
    ("POV-1", {"maanden": 13}, "maanden"),
    ("CAL-3", {"werkdagen": 4}, "werkdagen"),
    ("CAL-3", {"dagen_bij_twijfel": 43}, "dagen_bij_twijfel"),
    ("CAL-3", {"extra": 1}, "instellingen"),
    ("OPV-O", {"werkdagen": 2}, "werkdagen"),
    ("OPV-B", {"werkdagen": 6}, "werkdagen"),
    ("OPV-H", {"dagen": 29}, "dagen"),
    ("ZP", {"dagen": 1}, "instellingen"),
]


@pytest.mark.parametrize(("code", "parameters", "woord"), _TE_LOS)
def test_a_looser_norm_is_named(code: str, parameters: dict[str, Any], woord: str) -> None:
    reden = loosening(PER_CODE[NormCode(code)], _version(code, P1, **parameters))
    assert reden is not None
    assert woord in reden


_STRENG = [
    ("KAG-3", {}),
    ("KAG-3", {"aantal": 4, "stap_maanden": 3}),
    ("KAG-3", {"stap_maanden": 3, "venster_maanden": 10}),
    ("KAG-R", {"maanden": 1}),
    ("ONT-J", {"leeftijd_jong": 6, "maanden_jong": 3}),
    ("VGB-H", {"maanden": 36}),
    ("VGB-H", {"maanden": 60}),
    ("HB", {"dagen": 100}),
    ("VP", {"maanden": 6}),
    ("OPV-B", {"werkdagen": 3}),
    ("OPV-H", {"dagen": 14}),
    ("ZP", {}),
    ("ZIEN", {"dagen": 60, "dagen_eerste": 20}),
    ("KAG-D", {"maanden": 6}),
]


@pytest.mark.parametrize(("code", "parameters"), _STRENG)
def test_a_tighter_norm_is_allowed(code: str, parameters: dict[str, Any]) -> None:
    assert loosening(PER_CODE[NormCode(code)], _version(code, P1, **parameters)) is None


def test_the_frame_of_a_norm_may_not_loosen() -> None:
    kag = PER_CODE[NormCode.KAG_R]
    assert "streef" in str(loosening(kag, replace(kag, zwaarte=Zwaarte.STREEF)))
    assert "30 dagen" in str(loosening(kag, replace(kag, waarschuwing_dagen=29)))
    assert loosening(kag, replace(kag, waarschuwing_dagen=31)) is None
    assert "plaatsing" in str(loosening(kag, replace(kag, onderwerp=OnderwerpSoort.PLEEGKIND)))
    hb = PER_CODE[NormCode.HB]
    assert loosening(hb, replace(hb, zwaarte=Zwaarte.NORM)) is None
    afgesproken = _version("VGB-H", P1, maanden=36)
    assert loosening(afgesproken, replace(afgesproken, parameters={"maanden": 60})) is not None
    assert loosening(afgesproken, replace(afgesproken, parameters={"maanden": None})) is not None
    with pytest.raises(ValueError, match="geen versie van"):
        loosening(kag, hb)


def test_a_parameter_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="maanden"):
        PER_CODE[NormCode.VGB_H].number("maanden")


_ERNST = {Stand.OP_TIJD: 0, Stand.NADERT: 1, Stand.UITZONDERING: 2, Stand.TE_LAAT: 2}


@settings(max_examples=300, deadline=None)
@given(worlds, days(), st.integers(0, 2**32))
def test_what_does_not_loosen_never_makes_a_stand_milder(wereld: Wereld, op: date, zaad: int) -> None:
    kies = random.Random(zaad)
    basis = kies.choice([n for n in LANDELIJK if n.zwaarte is Zwaarte.NORM and n.holds_on(op)])
    parameters = {
        naam: kies.choice([None, 36, 60]) if waarde is None else max(1, waarde + kies.randint(-3, 3))
        for naam, waarde in basis.parameters.items()
    }
    eigen = replace(basis, versie=2, parameters=parameters)
    assume(loosening(basis, eigen) is None)

    def outcome(catalogus: Catalogus) -> dict[tuple[str, str, int], tuple[date, int]]:
        return {
            (o.norm.code, o.onderwerp_soort, o.onderwerp_id): (o.uiterlijk or date.max, -_ERNST[o.stand])
            for o in judge(wereld.dossier, wereld.gezinnen, catalogus, op)
        }

    landelijk, streng = outcome(Catalogus(LANDELIJK)), outcome(for_organisatie(LANDELIJK, [eigen]))
    for sleutel, (uiterlijk, ernst) in landelijk.items():
        assert streng[sleutel][0] <= uiterlijk
        assert streng[sleutel][1] <= ernst


def test_an_organisation_that_sets_n_gets_vgb_h() -> None:
    dossier = kind(plaatsing("2025-01-01"))
    gezinnen = families_of(dossier, gezin(("2025-01-01", None), leden=[lid(vgbs=[vgb("2024-01-31")])]))
    eigen = for_organisatie(LANDELIJK, [_version("VGB-H", P1, maanden=36)])
    vgb_h = [o for o in judge(dossier, gezinnen, eigen, P1) if o.norm.code == NormCode.VGB_H]
    assert [str(o.uiterlijk) for o in vgb_h] == ["2027-01-31"]
    assert all(o.norm.code != NormCode.VGB_H for o in judge(dossier, gezinnen, Catalogus(LANDELIJK), P1))
