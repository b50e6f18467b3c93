"""What is recorded through the services, against the oracle: every judgement, of every day, as known at every moment.

A hypothesis machine places, talks, checks, corrects, withdraws and moves in one organisatie of the database, and
writes the same history down as a werkboek. The services, the stored deadlines and the lists must agree with what the
oracle makes of that; what they refuse must be what makes the werkboek faulty.
"""

from datetime import date
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests.keuze import drawn
from tests.verdict.verhaal import Verhaal
from tests.verdict.wereld import Wereld


def test_the_database_says_what_the_oracle_says(engine: Engine) -> None:
    machine: Any = partial(Verhaal, engine)  # hypothesis names the class, and takes whatever makes one
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=drawn(8, 60), stateful_step_count=35, suppress_health_check=list(HealthCheck)),
    )


def test_what_begins_more_than_a_year_ahead_is_a_slip(engine: Engine) -> None:
    """No norm forbids it, so the oracle does not know; the services refuse it as a wrong year."""
    wereld = Wereld(engine, date(2024, 1, 31))
    kind = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": date(2012, 1, 1), "geslacht": None}
    gezin = {"naam": "Gezin", "soort": "netwerk", "gemeente": None, "pleegcontract_op": None}
    assert wereld.record("pleegkinderen", kind)
    assert wereld.record("pleeggezinnen", gezin)
    (made_kind,), (made_gezin,) = wereld.levend("pleegkinderen"), wereld.levend("pleeggezinnen")
    stay = {"vorm": "deeltijd", "zorgvorm": "pleegzorg", "tot": None, "eindreden": None}
    whole = {"pleegkind": made_kind["nummer"], "pleeggezin": made_gezin["nummer"], **stay}
    assert not wereld.record("plaatsingen", {**whole, "van": date(2025, 3, 26)})
    assert wereld.record("plaatsingen", {**whole, "van": date(2025, 1, 30)})
