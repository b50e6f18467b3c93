"""Dates and numbers in Dutch sentences, as on screen; no locale, no framework."""

from datetime import date

_MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def dutch_date(dag: date) -> str:
    """Return a date as on screen: ``3 maart 2026``."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def dutch_count(n: int, enkelvoud: str, meervoud: str) -> str:
    """Return a number with its noun: ``1 maand``, ``4 maanden``."""
    return f"{n} {enkelvoud if n == 1 else meervoud}"


def months(n: int) -> str:
    """Return ``1 maand`` or ``n maanden``."""
    return dutch_count(n, "maand", "maanden")


def days(n: int) -> str:
    """Return ``1 dag`` or ``n dagen``."""
    return dutch_count(n, "dag", "dagen")
