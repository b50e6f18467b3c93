"""One provider of 1,300 children, generated once."""

from datetime import date

import pytest

from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import parse_omvang


@pytest.fixture(scope="session")
def vandaag() -> date:
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def aanbieder(vandaag: date) -> list[Deel]:
    return list(generate(Plan(parse_omvang("aanbieder"), 20, vandaag)))
