"""After an import that brought nearly all there is, a commit finds what it changed by an index."""

from pathlib import Path

from sqlalchemy import Engine, make_url, text

from app.db import sessions
from app.db.sessions import unit_of_work
from app.models import Wijziging
from app.services.beheer.organisaties import create_organisatie
from app.terms import OrganisatieSoort
from tests import database

_MIGRATION = Path(__file__).parents[2] / "migrations" / "versions" / "0007_wijzigingen.py"
#: what ``sluit_wijzigingspakket`` asks at every commit
_ASKED = """SELECT count(*), sha256(coalesce(string_agg(w.digest, '' ORDER BY w.id), ''))"""
_OF = "w.organisatie_id = {} AND w.pakket_id = {}"


def test_a_commit_does_not_read_what_an_import_brought(engine: Engine) -> None:
    """Counted as it is, a log of one package is all of it the next package too."""
    migration = _MIGRATION.read_text()
    assert _ASKED in migration
    assert _OF.format("NEW.organisatie_id", "NEW.id") in migration
    url = database.create_migrated(f"{make_url(str(engine.url)).database}_groot")
    app, owner = database.app_engine(url), sessions.make_engine(url, role=None)
    with unit_of_work(app) as session:
        create_organisatie(session, "GROOT", "Een organisatie", OrganisatieSoort.AANBIEDER)
    columns = ", ".join(column.name for column in Wijziging.__table__.columns if column.name != "id")
    with owner.connect() as connection:
        many = f"INSERT INTO wijziging ({columns}) SELECT {columns} FROM wijziging, generate_series(1, 100000)"
        connection.execute(text(many))
        connection.execute(text("ANALYZE wijziging"))
        connection.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        connection.execute(text(f"PREPARE regels AS {_ASKED} FROM wijziging w WHERE {_OF.format('$1', '$2')}"))
        plan = "\n".join(connection.scalars(text("EXPLAIN EXECUTE regels (1, 2)")))
        connection.rollback()
    app.dispose()
    owner.dispose()
    assert "ix_wijziging_organisatie_id_pakket_id_id" in plan, plan
