"""Lists read what was stored; what of it is not the rule's is reported by the list that showed it."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from app.db.namens import Namens
from app.db.sessions import reading
from app.models import Pleegkind, Termijn
from app.models.versions import holds
from app.queries.oordelen.bewaard import SEGMENT_COLUMNS, judge_segment, norms_in_force
from app.queries.oordelen.uids import ID_COLUMNS, ids_read_along, read_ids
from app.web import recheck
from tests.api.client import NU, Dienst
from tests.api.conftest import DemoUser


def test_a_list_that_showed_a_drifted_deadline_reports_it(
    demo: DemoUser, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recheck, "EVERY", 1)
    user = demo("kwaliteit")
    with capture_logs() as quiet:
        assert user.get("/pleegkinderen?limit=5").status_code == user.get("/termijnen?limit=5").status_code == 200
    assert drifts(quiet) == 0
    with dienst.owner.begin() as connection:
        drifted = connection.execute(
            text(
                "UPDATE termijn SET nadert_vanaf = nadert_vanaf - 1 WHERE id = (SELECT t.id FROM termijn t "
                "JOIN organisatie o ON o.id = t.organisatie_id WHERE o.code = 'DEMO' AND t.uiterlijk < current_date "
                "AND t.uitzondering_id IS NULL AND t.van <= current_date AND t.tot IS NULL "
                "ORDER BY t.uiterlijk, t.id LIMIT 1) RETURNING id"
            )
        ).scalar_one()
    try:
        with capture_logs() as loud:
            assert user.get("/termijnen?limit=5").status_code == 200
        assert drifts(loud) == 2  # what stands there, and what should
    finally:
        with dienst.owner.begin() as connection:
            connection.execute(
                text("UPDATE termijn SET nadert_vanaf = nadert_vanaf + 1 WHERE id = :id"), {"id": drifted}
            )


def drifts(logs: Sequence[Mapping[str, object]]) -> int:
    return sum(line["event"] == "termijn_wijkt_af" for line in logs)


def test_a_list_names_what_the_rule_names(demo: DemoUser, dienst: Dienst) -> None:
    """Whatever a stored judgement names, by the statement that reads it as by the one that looks keys up."""
    with dienst.owner.connect() as connection:
        organisatie = connection.execute(text("SELECT id FROM organisatie WHERE code = 'DEMO'")).scalar_one()
    with reading(dienst.engine, Namens(organisatie)) as session:
        normen = norms_in_force(session, organisatie, NU.date())
        stored = select(Termijn.pleegkind_id, *ID_COLUMNS, *SEGMENT_COLUMNS).join(
            Pleegkind, Pleegkind.feit_id == Termijn.pleegkind_id
        )
        judged = [
            (kind, judge_segment(segment, normen, NU.date()), uids)
            for kind, *rest in session.execute(stored.where(holds(Pleegkind)))
            for uids, segment in [(rest[: len(ID_COLUMNS)], rest[len(ID_COLUMNS) :])]
            if segment[0] in normen
        ]
        named = ids_read_along(judged)
        assert named == read_ids(session, [(kind, oordeel) for kind, oordeel, _ in judged])
    assert {"pleegkind", "uitzondering", "kindgesprek", "veiligheidscheck", "vgb"} <= {table for table, _ in named}
