"""A plaatsing that an import corrects to be another child's takes its file along: nothing of it stays behind.

Through the API a correction never moves a plaatsing to another child; a workbook in which the number was mistyped does.
"""

from uuid import UUID

import pytest
from sqlalchemy import select

from app import clock
from app.db import sessions
from app.db.namens import Namens
from app.models import Plaatsing, Pleegkind
from app.models.versions import newest
from app.queries.accounts.actor import get_actor
from app.security.demo_issuer import ISSUER
from app.services.feiten.versions import begin_recording, replace_feit
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst, Gebruiker
from tests.api.files import Kind, overdue_child
from tests.api.world import World


def give_to(dienst: Dienst, beheerder: Gebruiker, plaatsing: str, kind: str) -> None:
    """Correct a plaatsing to be another child's, as an import does."""
    with sessions.reading(dienst.engine) as session:
        actor = get_actor(session, ISSUER, beheerder.subject, clock.today())
        assert actor is not None
    with sessions.unit_of_work(dienst.engine, Namens(actor.organisatie_id)) as session:
        recording = begin_recording(session, actor.organisatie_id, clock.now(), actor.medewerker_id)
        mine = select(Plaatsing).where(Plaatsing.uid == UUID(plaatsing), newest(Plaatsing))
        key = session.scalars(select(Pleegkind.feit_id).where(Pleegkind.uid == UUID(kind))).first()
        replace_feit(recording, session.scalars(mine).one(), {"pleegkind_id": key}, reden="werkboek hersteld")


@pytest.fixture
def verwisseld(world: World, dienst: Dienst) -> tuple[Kind, str, str]:
    """Return a child, the other child that its plaatsing turned out to be of, and the talk that was held there.

    A colleague goes on guiding the first child, in deeltijd elsewhere.
    """
    kind = overdue_child(world)
    talk = kind.talk().id
    elsewhere = {**SOORTEN_VAN_FEIT["plaatsing"].body(kind.ids), "vorm": "deeltijd", "van": "2026-06-01"}
    deeltijd = kind.teamleider.made("/plaatsingen", elsewhere).id
    colleague = {"medewerkerId": world.medewerkers["collega"], "van": "2026-06-01"}
    kind.teamleider.made(f"/plaatsingen/{deeltijd}/begeleidingen", colleague)
    other = kind.teamleider.made("/pleegkinderen", SOORTEN_VAN_FEIT["pleegkind"].body({})).id
    give_to(dienst, world["beheerder"], kind.ids["plaatsing"], other)
    return kind, other, talk


def test_its_file_is_the_other_childs(verwisseld: tuple[Kind, str, str], world: World) -> None:
    kind, other, talk = verwisseld
    user = world["kwaliteit"]
    for path in ("tijdlijn", "kindgesprekken"):
        assert talk not in {one["id"] for one in user.rows(f"{kind.path}/{path}")}, path
        assert talk in {one["id"] for one in user.rows(f"/pleegkinderen/{other}/{path}")}, path


def test_who_guides_the_first_child_sees_nothing_of_the_other(verwisseld: tuple[Kind, str, str], world: World) -> None:
    kind, other, talk = verwisseld
    colleague = world["collega"]
    assert colleague.get(kind.path).status_code == 200
    assert colleague.get(f"/pleegkinderen/{other}").status_code == 404
    assert colleague.get(f"/kindgesprekken/{talk}").status_code == 404
    assert talk not in {one["id"] for one in colleague.rows(f"{kind.path}/tijdlijn")}


def test_the_log_names_the_child_that_it_is_of(verwisseld: tuple[Kind, str, str], world: World) -> None:
    _, other, talk = verwisseld
    answer = world["begeleider"].get(f"/kindgesprekken/{talk}")
    assert answer.status_code == 200
    look = world["beheerder"].look_of(answer)
    assert look
    assert look["pleegkinderen"] == [other]
