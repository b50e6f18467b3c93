"""The key figures against the same counted plainly, and around what each of them means."""

from collections.abc import Callable
from statistics import median
from typing import Any

from hypothesis import given
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


def plainly(rijen: list[RegelInhoud]) -> Kengetallen:
    """Count each figure on its own, as §6 says it."""
    worst = [
        max(one["dagenTeLaat"] or 0 for one in rij["criteria"].values() if one and one["stand"] == "te_laat")
        for rij in rijen
        if not rij["navolgbaar"]
    ]

    def having(code: str, stand: str) -> int:
        return len([1 for rij in rijen if (one := rij["criteria"][code]) is not None and one["stand"] == stand])

    return {
        "rijen": len(rijen),
        "navolgbaar": len([1 for rij in rijen if rij["navolgbaar"]]),
        "criteria": {
            code: {
                "vanToepassing": len([1 for rij in rijen if rij["criteria"][code] is not None]),
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
