"""Since when the file says what an import brought (``normen.md`` §3), and when that counts as recorded late."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.clock import start_of_day
from app.models import Begeleiding, Huisbezoek, Kindgesprek, Maatregel, Plaatsing, Uitzondering
from app.security.secrets import Secrets
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU
from tests.services.test_import_again import by_hand

MORGEN, OVERMORGEN = NU + timedelta(days=1), NU + timedelta(days=2)
GEPLAND = date(2026, 12, 10)  # after the import
IN_Q3 = date(2025, 7, 1)
ZONDER = {"datum": IN_Q3}
LAAT = {"datum": IN_Q3, "vastgelegd_op": date(2025, 8, 1)}
OP_TIJD = {"datum": IN_Q3, "vastgelegd_op": date(2025, 7, 3)}


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def recorded(importeur: Importeur, model: Any, nummer: str) -> list[datetime]:
    with Session(importeur.engine) as session:
        found = versions(session, model, importeur.organisatie(session).id, nummer)
        return [version.vastgelegd_op.astimezone(UTC) for version in found]


def planned() -> bouw.Boek:
    """A child that comes in some weeks, with everything about it that can be planned."""
    boek = bouw.boek_met(
        plaatsingen=[{"van": GEPLAND, "tot": ""}],
        begeleidingen=[{"van": GEPLAND}],
        maatregelen=[{"van": GEPLAND}],
        uitzonderingen=[{"van": GEPLAND, "herzien_uiterlijk": date(2027, 1, 1)}],
    )
    return {**boek, "kindgesprekken": [], "veiligheidschecks": [], "huisbezoeken": []}


def test_what_is_planned_is_known_from_the_import(importeur: Importeur) -> None:
    assert importeur.boek(planned()).exit_code == 0
    for model, nummer in ((Plaatsing, "P1"), (Begeleiding, "B1"), (Maatregel, "R1"), (Uitzondering, "U1")):
        assert recorded(importeur, model, nummer) == [NU], nummer
    dag = date(2026, 12, 20)
    now = importeur.export(dag)
    assert len(now.splitlines()) > 8
    assert importeur.export(dag, NU) == now
    before = importeur.export(dag, NU - timedelta(microseconds=1)).decode().splitlines()[1:]
    assert {row.split(",")[1][:3] for row in before} == {"ACT", "CAL", "OPV"}  # of what has a day of its own


def test_what_is_planned_is_in_the_audit_of_the_running_quarter(importeur: Importeur) -> None:
    importeur.boek(planned())
    (row,) = importeur.toets("2026-Q4").values()
    assert (row["plaatsing"]["nummer"], row["plaatsing"]["van"]) == ("P1", "2026-12-10")
    assert row["geplaatstOpKwartaaleinde"]
    assert row["begeleider"] is not None


def test_what_is_planned_later_in_the_quarter_is_the_rows_plaatsing(importeur: Importeur) -> None:
    """The child leaves one family and enters another in the same quarter, both still to come."""
    tweede = {"nummer": "P2", "van": GEPLAND, "tot": ""}
    importeur.boek(bouw.boek_met(plaatsingen=[{"tot": GEPLAND}, tweede]))
    (row,) = importeur.toets("2026-Q4").values()
    assert (row["plaatsing"]["nummer"], row["peildatum"]) == ("P2", "2026-12-31")


#: what the row said, what it says now, and since when the second counts
GEWIJZIGD: list[tuple[Any, Any, datetime]] = [
    ("", "", MORGEN),
    ("", date(2025, 9, 1), start_of_day(date(2025, 9, 1))),
    ("", date(2025, 6, 1), MORGEN),  # not later than its own day
    (date(2025, 6, 2), date(2025, 9, 1), start_of_day(date(2025, 9, 1))),
    (date(2025, 9, 1), date(2025, 9, 1), MORGEN),
    (date(2025, 9, 1), date(2025, 6, 2), MORGEN),
    (date(2025, 9, 1), "", MORGEN),
]


def test_a_changed_row_is_known_from_a_later_moment_of_its_own_or_the_import(importeur: Importeur) -> None:
    def rows(place: int, **change: Any) -> list[dict[str, Any]]:
        return [{"nummer": f"T{n}", "vastgelegd_op": case[place], **change} for n, case in enumerate(GEWIJZIGD, 1)]

    importeur.boek(bouw.boek_met(kindgesprekken=rows(0)))
    importeur.boek(bouw.boek_met(kindgesprekken=rows(1, veiligheid_besproken="ja")), nu=MORGEN)
    found = [recorded(importeur, Kindgesprek, f"T{n}")[1] for n in range(1, len(GEWIJZIGD) + 1)]
    assert found == [moment for *_, moment in GEWIJZIGD]


@pytest.mark.parametrize(("second", "moment"), [("", MORGEN), (date(2025, 9, 1), start_of_day(date(2025, 9, 1)))])
def test_no_answer_about_before_that_moment_changes(importeur: Importeur, second: Any, moment: datetime) -> None:
    dag, before = date(2026, 2, 1), moment - timedelta(microseconds=1)
    importeur.boek(bouw.boek_met(kindgesprekken=[{"vastgelegd_op": date(2025, 6, 2)}]))
    answered = importeur.export(dag, before)
    changed = [{"vastgelegd_op": second, "veiligheid_besproken": "ja"}]
    importeur.boek(bouw.boek_met(kindgesprekken=changed), nu=MORGEN)
    assert importeur.export(dag, before) == answered
    assert importeur.export(dag, moment) != answered


def test_what_a_person_corrected_since_is_what_a_changed_row_must_be_later_than(
    importeur: Importeur, make_actor: MakeActor
) -> None:
    importeur.boek(bouw.boek_met())
    with Session(importeur.engine) as session:
        (gesprek,) = versions(session, Kindgesprek, importeur.organisatie(session).id, "T1")
    by_hand(importeur, make_actor, "kindgesprek", gesprek.uid, {"alleen": False})
    row = {"vastgelegd_op": date(2026, 11, 20), "veiligheid_besproken": "ja"}
    importeur.boek(bouw.boek_met(kindgesprekken=[row]), nu=MORGEN)
    assert recorded(importeur, Kindgesprek, "T1")[2] == MORGEN


def test_nothing_is_recorded_after_the_import_that_brought_it(importeur: Importeur) -> None:
    moments = ("2026-11-21T23:30:00+01:00", "2026-11-21T12:00:00.000001Z", "2026-11-21T11:59:59Z")
    rows = [{"nummer": f"H{n}", "vastgelegd_op": moment} for n, moment in enumerate(moments, 1)]
    assert importeur.boek(bouw.boek_met(huisbezoeken=rows)).exit_code == 0
    found = [recorded(importeur, Huisbezoek, f"H{n}") for n in (1, 2, 3)]
    assert found == [[NU], [NU], [NU - timedelta(seconds=1)]]


#: what a talk said, what it says now, and whether it counts as recorded late then
LAATHEID: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    (ZONDER, {"datum": date(2025, 8, 2)}, 0),  # another day, and nobody knows when that was recorded
    (ZONDER, {**ZONDER, "alleen": "nee"}, 0),
    (OP_TIJD, {"datum": date(2025, 7, 2)}, 0),
    (OP_TIJD, {**ZONDER, "alleen": "nee"}, 0),
    (LAAT, {**ZONDER, "alleen": "nee"}, 1),  # the first version's moment counts
    (LAAT, {**LAAT, "alleen": "nee"}, 1),
    (ZONDER, {**LAAT, "alleen": "nee"}, 0),
    (ZONDER, {"datum": date(2025, 7, 9), "vastgelegd_op": date(2025, 7, 23)}, 0),
    (ZONDER, {"datum": date(2025, 7, 9), "vastgelegd_op": date(2025, 7, 24)}, 1),
]


def test_late_is_only_what_its_source_says_was_recorded_late(importeur: Importeur) -> None:
    """Each case is a child with one talk; once more changed, it is what it was."""
    keys = range(1, len(LAATHEID) + 1)

    def boek(*, changed: bool, **change: Any) -> bouw.Boek:
        names = ("Anna", "Bas", "Cem", "Dirk", "Els", "Fem", "Gijs", "Hans", "Ilse")
        kinderen = [{"nummer": f"K{n}", "roepnaam": names[n - 1], "bsn": ""} for n in keys]
        said = [second if changed else first for first, second, _ in LAATHEID]
        talks = [{"nummer": f"T{n}", "plaatsing": f"P{n}", **said[n - 1], **change} for n in keys]
        return bouw.boek_met(
            pleegkinderen=kinderen,
            plaatsingen=[{"nummer": f"P{n}", "pleegkind": f"K{n}"} for n in keys],
            kindgesprekken=[{"vastgelegd_op": "", **talk} for talk in talks],
        )

    steps: list[tuple[datetime, bool, dict[str, Any], list[int]]] = [
        (NU, False, {}, [int(first is LAAT) for first, *_ in LAATHEID]),
        (MORGEN, True, {}, [late for *_, late in LAATHEID]),
        (OVERMORGEN, True, {"vorm": "telefoon"}, [late for *_, late in LAATHEID]),
    ]
    for nu, changed, change, expected in steps:
        assert importeur.boek(boek(changed=changed, **change), nu=nu).exit_code == 0
        rows = importeur.toets("2025-Q3")
        assert [rows[f"K{n}"]["lateRegistraties"] for n in keys] == expected


@pytest.mark.parametrize(("changes", "late"), [({"alleen": False}, 0), ({"datum": date(2025, 7, 2)}, 1)])
def test_who_changes_the_day_by_hand_recorded_it_then(
    importeur: Importeur, make_actor: MakeActor, changes: dict[str, Any], late: int
) -> None:
    """Also after an import that changed it without saying when."""
    importeur.boek(bouw.boek_met(kindgesprekken=[{"datum": date(2025, 7, 20)}]))
    importeur.boek(bouw.boek_met(kindgesprekken=[ZONDER]), nu=NU + timedelta(minutes=1))
    with Session(importeur.engine) as session:
        gesprek = versions(session, Kindgesprek, importeur.organisatie(session).id, "T1")[0]
    by_hand(importeur, make_actor, "kindgesprek", gesprek.uid, changes)
    assert importeur.toets("2025-Q3")["K1"]["lateRegistraties"] == late
