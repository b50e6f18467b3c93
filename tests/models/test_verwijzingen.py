"""What a fact refers to: its organisatie by something of that organisatie, or itself when it may stand alone."""

from app.models import Base
from app.models.base import Feit

FEITEN = sorted(
    (one.class_ for one in Base.registry.mappers if issubclass(one.class_, Feit)), key=lambda model: model.__tablename__
)


def test_every_fact_refers_to_its_organisatie_once() -> None:
    """By a reference that is always there: with a row of another one, or of none, it cannot be written (ADR 0037)."""
    for model in FEITEN:
        always = [column for column in model.REFERENCES if not model.__table__.c[column].nullable]
        own = {key.target_fullname for key in model.__table__.c.organisatie_id.foreign_keys}
        assert bool(always) is not model.STANDS_ALONE, model
        assert ("organisatie.id" in own) is model.STANDS_ALONE, model
    assert sum(model.STANDS_ALONE for model in FEITEN) == 3
