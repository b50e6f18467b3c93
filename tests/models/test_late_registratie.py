"""What was said late of one fact has nothing to do with what became of another."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Huisbezoek, Medewerker, Plaatsing
from app.models.soorten import SOORTEN
from app.queries.feiten.late_registratie import is_late
from app.services.feiten.versions import Recording, record_feit, replace_feit
from app.terms import Rol
from tests.models.weigeren import Kind

JAN = date(2026, 1, 5)


def visit(recording: Recording, home: Plaatsing, medewerker: Medewerker) -> Huisbezoek:
    where = {"plaatsing_id": home.feit_id, "medewerker_id": medewerker.feit_id, "datum": JAN}
    return record_feit(recording, Huisbezoek, where)


def test_a_visit_that_was_withdrawn_and_came_again_says_nothing_of_another(session: Session, kind: Kind) -> None:
    recording, home = kind.recording(session), kind.place(session, JAN, None)
    member = {"naam": "Bo", "email": None, "rol": Rol.PLEEGZORGBEGELEIDER, "team_id": None}
    medewerker = record_feit(recording, Medewerker, member)
    corrected = replace_feit(recording, visit(recording, home, medewerker), {}, reden="tikfout")
    gone = replace_feit(recording, visit(recording, home, medewerker), {}, reden="dubbel", withdraw=True)
    again = replace_feit(recording, gone, {}, reden="toch niet dubbel")
    late = is_late(SOORTEN["huisbezoek"], Huisbezoek, Huisbezoek.datum)
    rows = session.execute(select(Huisbezoek.id, late).where(Huisbezoek.id.in_([corrected.id, again.id])))
    found: dict[int, bool] = {row[0]: row[1] for row in rows}
    assert found == {corrected.id: True, again.id: True}
    session.rollback()
