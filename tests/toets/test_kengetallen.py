"""The key figures against the same counted plainly, and around what each of them means."""

from collections.abc import Callable
from statistics import median
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.norms.kwartaaltoets.inhoud import Kengetallen, RegelInhoud
from app.norms.kwartaaltoets.kengetallen import count_kengetallen, late_criteria
from tests.toets.bouw import oordeel, regel

_STANDEN = st.sampled_from(["op_tijd", "nadert", "te_laat", "uitzondering"])


@st.composite
def regels(draw: st.DrawFn) -> RegelInhoud:
    """Return a row as the engine could make it."""
    criteria: dict[str, Any] = {}
    for code in ("KAG-R", "VC-J", "MDO"):
        stand = draw(st.none() | _STANDEN)
        late = stand in ("te_laat", "uitzondering")
        zwaarte = draw(st.sampled_from(["norm", "streef"]))
        dagen = draw(st.integers(1, 900)) if late else None
        criteria[code] = None if stand is None else oordeel(stand, zwaarte=zwaarte, dagen=dagen, norm=code)
    violations = [one for one in criteria.values() if one and one["stand"] == "te_laat" and one["zwaarte"] == "norm"]
    covered = any(one and one["stand"] == "uitzondering" for one in criteria.values())
    total = draw(st.integers(0, 6))
    base = regel(
        criteria=criteria,
        navolgbaar=not violations,
        metUitzondering=covered and not violations,
        nooitGezien=draw(st.booleans()),
        lateRegistraties=draw(st.integers(0, 5)),
        kindperiodes={"totaal": total, "metGesprek": draw(st.integers(0, total))},
        gi=draw(st.sampled_from([None, "GI West"])),
        team=draw(st.sampled_from([None, {"id": "t", "naam": "Noord"}, {"id": "u", "naam": "Zuid"}])),
    )
    vorm = draw(st.sampled_from(["voltijd", "crisis", "deeltijd"]))
    return {**base, "plaatsing": {**base["plaatsing"], "vorm": vorm}}


_DAGEN = st.sampled_from(["2026-10-01", "2026-10-20", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-05"])
_STAP = st.fixed_dictionaries({"uiterlijk": _DAGEN, "op": st.none() | _DAGEN})


@st.composite
def tweede_regels(draw: st.DrawFn) -> RegelInhoud:
    """Return a row of the first quarter of the second catalogue."""
    row: Any = draw(regels())
    aanleidingen = [
        {"soort": "signaal", "id": str(nr), "datum": "2026-10-01", "overleg": draw(_STAP), "besluit": draw(_STAP)}
        for nr in range(draw(st.integers(0, 3)))
    ]
    found: Any = {
        **row,
        "leeftijd": draw(st.sampled_from([0, 3, 4, 11, 12, 17, 18, 21])),
        "maatregelen": draw(st.sampled_from([[], ["ots"], ["jeugdreclassering", "ots"]])),
        "zienStand": draw(st.none() | _STANDEN.filter(lambda stand: stand != "uitzondering")),
        "zienLaatste": None,
        "opvolgingStand": draw(st.sampled_from([None, "te_laat", "nadert", "op_tijd"])),
        "zichtplan": draw(st.booleans()),
        "aanleidingen": aanleidingen,
    }
    made: RegelInhoud = found
    return made


def counted(rij: RegelInhoud, zwaarte: str = "") -> dict[str, Any]:
    """Return the criteria of a row; with a zwaarte those that are of it."""
    return {code: one for code, one in rij["criteria"].items() if one and zwaarte in ("", one["zwaarte"])}


def plainly(rijen: list[RegelInhoud], *, tweede: bool = False) -> Kengetallen:
    """Count each figure on its own, as §6 says it; before the second catalogue a late streef weighed in the days."""
    worst = [
        max(
            (
                one["dagenTeLaat"] or 0
                for one in counted(rij, "norm" if tweede else "").values()
                if one["stand"] == "te_laat"
            ),
            default=0,
        )
        for rij in rijen
        if not rij["navolgbaar"]
    ]

    def having(code: str, stand: str) -> int:
        zwaarte = "norm" if tweede and code == "MDO" else ""
        return len([1 for rij in rijen if counted(rij, zwaarte).get(code, {"stand": None})["stand"] == stand])

    return {
        "rijen": len(rijen),
        "navolgbaar": len([1 for rij in rijen if rij["navolgbaar"]]),
        "criteria": {
            code: {
                "vanToepassing": sum(having(code, stand) for stand in ("op_tijd", "nadert", "te_laat", "uitzondering")),
                "op_tijd": having(code, "op_tijd"),
                "nadert": having(code, "nadert"),
                "te_laat": having(code, "te_laat"),
                "uitzondering": having(code, "uitzondering"),
            }
            for code in ("KAG-R", "VC-J", "MDO")
        },
        "metUitzondering": len([1 for rij in rijen if rij["metUitzondering"]]),
        "lateStreef": len(
            [
                1
                for rij in rijen
                if any(o and o["stand"] == "te_laat" and o["zwaarte"] == "streef" for o in rij["criteria"].values())
            ]
        ),
        "nooitGezien": len([1 for rij in rijen if rij["nooitGezien"]]),
        "mediaanDagenTeLaat": float(median(worst)) if worst else None,
        "hoogsteDagenTeLaat": max(worst) if worst else None,
        "kindperiodes": {
            "totaal": sum(rij["kindperiodes"]["totaal"] for rij in rijen),
            "metGesprek": sum(rij["kindperiodes"]["metGesprek"] for rij in rijen),
        },
        "lateRegistraties": sum(rij["lateRegistraties"] for rij in rijen),
    }


def plainly_tweede(rijen: list[RegelInhoud]) -> Kengetallen:
    """Count what §5b adds, each on its own."""

    def stap(naam: str) -> Any:
        due = [one[naam] for rij in rijen for one in rij["aanleidingen"] if one[naam]["uiterlijk"] <= "2026-12-31"]  # type: ignore[literal-required]
        return {
            "vervallen": len(due),
            "opTijd": len([1 for one in due if one["op"] is not None and one["op"] <= one["uiterlijk"]]),
            "zonder": len([1 for one in due if one["op"] is None]),
        }

    streef = [one for rij in rijen if (one := counted(rij, "streef").get("MDO"))]
    asked = [rij["zienStand"] for rij in rijen if rij["zienStand"] is not None]
    found: Any = {
        **plainly(rijen, tweede=True),
        "mdoStreef": {
            "vanToepassing": len(streef),
            **{
                stand: len([1 for one in streef if one["stand"] == stand])
                for stand in ("op_tijd", "nadert", "te_laat", "uitzondering")
            },
        },
        "opvolging": {
            "aanleidingen": sum(len(rij["aanleidingen"]) for rij in rijen),
            "overleg": stap("overleg"),
            "besluit": stap("besluit"),
            "rijenTeLaat": len([1 for rij in rijen if rij["opvolgingStand"] == "te_laat"]),
        },
        "gezien": {"vanToepassing": len(asked), "gezien": len([1 for one in asked if one in ("op_tijd", "nadert")])},
        "zichtplannen": len([1 for rij in rijen if rij["zichtplan"]]),
    }
    whole: Kengetallen = found
    return whole


def age_group(rij: RegelInhoud) -> str:
    leeftijd = rij["leeftijd"]
    return "0–3" if leeftijd <= 3 else "4–11" if leeftijd <= 11 else "12–17" if leeftijd <= 17 else "18+"


@settings(suppress_health_check=[HealthCheck.too_slow])  # a row has many cells
@given(st.lists(tweede_regels(), min_size=1, max_size=5))
def test_every_group_of_the_second_catalogue_is_what_its_rows_say(rijen: list[RegelInhoud]) -> None:
    of_group: dict[str, Callable[[RegelInhoud], str]] = {
        "organisatie": lambda _: "Demo",
        "team": lambda rij: rij["team"]["naam"] if rij["team"] else "",
        "gi": lambda rij: rij["gi"] or "",
        "zorgvorm": lambda rij: rij["plaatsing"]["zorgvorm"],
        "leeftijd": age_group,
        "maatregel": lambda rij: " ".join(rij["maatregelen"]),
    }
    groups = count_kengetallen("Demo", rijen)
    for group in groups:
        mine = [rij for rij in rijen if of_group[group["soort"]](rij) == group["naam"]]
        assert group["alle"] == plainly_tweede(mine)
        assert group["voltijd"] == plainly_tweede([rij for rij in mine if rij["plaatsing"]["vorm"] != "deeltijd"])
    assert {(one["soort"], one["naam"]) for one in groups} == {
        (soort, name(rij)) for soort, name in of_group.items() for rij in rijen
    }


def test_the_days_too_late_are_those_of_a_norm() -> None:
    """An MDO of zwaarte streef that is late for longer says nothing of why a row is not navolgbaar."""
    criteria = {
        "KAG-R": oordeel("te_laat", dagen=3),
        "VC-J": None,
        "MDO": oordeel("te_laat", zwaarte="streef", dagen=90),
    }
    row = regel(criteria=criteria, navolgbaar=False)
    tweede: Any = {**row, "zienStand": None, "opvolgingStand": None, "zichtplan": False, "aanleidingen": []}
    whole = count_kengetallen("Demo", [tweede])[0]["alle"]
    assert (whole["mediaanDagenTeLaat"], whole["hoogsteDagenTeLaat"]) == (3.0, 3)
    vroeger = count_kengetallen("Demo", [row])[0]["alle"]  # as it was frozen
    assert vroeger["hoogsteDagenTeLaat"] == 90


@given(st.lists(regels(), max_size=12))
def test_every_group_is_what_its_rows_say(rijen: list[RegelInhoud]) -> None:
    of_group: dict[str, Callable[[RegelInhoud], str]] = {
        "organisatie": lambda _: "Demo",
        "team": lambda rij: rij["team"]["naam"] if rij["team"] else "",
        "gi": lambda rij: rij["gi"] or "",
        "zorgvorm": lambda rij: rij["plaatsing"]["zorgvorm"],
    }
    groups = count_kengetallen("Demo", rijen)
    for group in groups:
        mine = [rij for rij in rijen if of_group[group["soort"]](rij) == group["naam"]]
        assert group["alle"] == plainly(mine)
        assert group["voltijd"] == plainly([rij for rij in mine if rij["plaatsing"]["vorm"] != "deeltijd"])
    wanted = {(soort, name(rij)) for soort, name in of_group.items() for rij in rijen}
    assert {(group["soort"], group["naam"]) for group in groups} == wanted | {("organisatie", "Demo")}


def test_the_organisatie_comes_first_then_each_kind_by_name() -> None:
    zuid = regel("K2", team={"id": "u", "naam": "Zuid"}, gi=None)
    found = [(one["soort"], one["naam"]) for one in count_kengetallen("Demo", [zuid, regel("K1")])]
    assert found == [
        ("organisatie", "Demo"), ("team", "Noord"), ("team", "Zuid"), ("gi", ""), ("gi", "GI West"),
        ("zorgvorm", "pleegzorg"),
    ]  # fmt: skip


def test_only_a_late_norm_asks_for_extra_inzet() -> None:
    row = regel(
        criteria={
            "KAG-R": oordeel("te_laat", dagen=3),
            "VC-J": oordeel("te_laat", zwaarte="streef", dagen=9),
            "MDO": oordeel("uitzondering", dagen=1),
        }
    )
    assert late_criteria(row) == ["KAG-R"]
