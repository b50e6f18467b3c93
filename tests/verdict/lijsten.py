"""Every judgement and both lists as the database gives them, to compare with what the oracle says."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from app.db.keyset import Page
from app.queries.oordelen.organisatie import iterate_oordelen
from app.queries.pleegkinderen.filter import KinderenFilter
from app.queries.pleegkinderen.lijst import list_pleegkinderen
from app.queries.termijnen.getoond import TermijnKeuze
from app.queries.termijnen.lijst import list_termijnen
from app.terms import Stand, Zwaarte
from tests.verdict.vergelijking import Row, engine_row
from tests.verdict.wereld import Wereld

WORST_FIRST = ("te_laat", "uitzondering", "nadert", "op_tijd")


def moments_of(wereld: Wereld, stap: int | None) -> list[datetime | None]:
    """Return the first and the last instant at which the file said what it said after a step."""
    if stap is None:
        return [None]
    begin = wereld.momenten[stap]
    if stap + 1 == wereld.stap:
        return [begin]
    return [begin, wereld.momenten[stap + 1] - timedelta(microseconds=1)]


def engine_rows(session: Session, wereld: Wereld, peildatum: date, moment: datetime | None) -> list[Row]:
    return sorted(
        engine_row(
            item.pleegkind_nummer,
            item.onderwerp_nummer,
            wereld.nummers.get(("uitzondering", item.oordeel.uitzondering_id or 0)),
            item.oordeel,
        )
        for item in iterate_oordelen(session, wereld.organisatie_id, peildatum, moment)
    )


def compare_lists(session: Session, wereld: Wereld, expected: list[Row], dag: date, stap: int | None) -> None:
    """Page through both lists, per stand: together they hold every judgement and every child once."""
    moment = None if stap is None else wereld.momenten[stap]
    here = {rij["nummer"] for rij in wereld.toestand()["pleegkinderen"]}  # who was withdrawn since is not to be found
    rows = [row for row in expected if row[0] in here]
    ask = partial(_all_pages, session, wereld, dag, moment)
    for stand in Stand:
        listed = list(ask(list_termijnen, TermijnKeuze(stand=stand)))
        days = [item.oordeel.uiterlijk or date.max for item in listed]  # what is never due comes last
        assert days == sorted(days)
        assert sorted(_listed_row(wereld, item) for item in listed) == [row[:10] for row in rows if row[7] == stand]
        children = [child["nummer"] for child in ask(list_pleegkinderen, KinderenFilter(stand=stand))]
        assert sorted(children) == sorted(kind for kind in here if _worst(rows, kind) == stand)


def _listed_row(wereld: Wereld, item: Any) -> Row:
    oordeel = item.oordeel
    onderwerp = wereld.nummers[str(oordeel.onderwerp_soort), oordeel.onderwerp_id]
    return engine_row(wereld.nummers["pleegkind", item.pleegkind_id], onderwerp, None, oordeel)[:10]


def _all_pages(
    session: Session, wereld: Wereld, dag: date, moment: datetime | None, ask: Any, wanted: Any
) -> Iterator[Any]:
    """Yield the whole list, five rows at a time."""
    page: Page | None = Page(5)
    while page:
        window = ask(session, wereld.kijker, wanted, page, peildatum=dag, vandaag=wereld.vandaag, bekend_op=moment)
        yield from window.rows
        page = Page(5, window.next) if window.next else None


def _worst(rows: list[Row], kind: str) -> str | None:
    standen = [row[7] for row in rows if row[0] == kind and row[4] == Zwaarte.NORM]
    return min(standen, key=WORST_FIRST.index, default=None)
