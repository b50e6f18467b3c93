"""What is recorded through the services, against the oracle: every judgement, of every day, as known at every moment.

A hypothesis machine places, talks, checks, corrects, withdraws and moves in one organisatie of the database, and
writes the same history down as a werkboek. The services, the stored deadlines and the lists must agree with what the
oracle makes of that; what they refuse must be what makes the werkboek faulty.
"""

from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests.keuze import drawn
from tests.verdict.verhaal import Verhaal


def test_the_database_says_what_the_oracle_says(engine: Engine) -> None:
    machine: Any = partial(Verhaal, engine)  # hypothesis names the class, and takes whatever makes one
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=drawn(8, 60), stateful_step_count=35, suppress_health_check=list(HealthCheck)),
    )
