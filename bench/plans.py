"""How the database carries out the lists: by the plan that it settles on for a prepared statement."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from psycopg import sql

from app.main import create_app
from bench.asgi import Request, ask
from bench.bank import Bank
from bench.progress import tell
from bench.recorder import Connection, Step, recording
from bench.table import Line, count

#: as ``app.db.sessions`` asks for the connections of the service
_AS_THE_SERVICE = "SET plan_cache_mode = force_generic_plan; SET max_parallel_workers_per_gather = 0"
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_GROWTH = 2.0  # of 4 × as many children
_PAGE = 60  # rows of two parts of a page of 25, with room for what is joined
_SMALL = 200  # pages: a small constant may differ between two sizes


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one list and what carrying it out took.

    Attributes:
        naam: which list.
        root: the whole plan.
        buffers: pages read, from memory or not.
        rows: rows visited in the table of deadlines, those filtered away included.
    """

    naam: str
    root: Mapping[str, Any]
    buffers: int
    rows: int

    @property
    def faults(self) -> list[str]:
        """Return the steps that the index should have spared: a Sort of everything, a Seq Scan of what is listed.

        What leads a list is sorted apart from the rest, and both when they meet: of those there are few.
        """
        found = (f"{node['Node Type']} {node.get('Relation Name', '')}".strip() for node in _nodes(self.root))
        faults = [step for step in found if step in {"Seq Scan termijn", "Seq Scan pleegkind"}]
        return faults + [
            "Sort" for node in _nodes(self.root) if node["Node Type"] == "Sort" and _rows_into(node) > _PAGE
        ]

    def describe(self) -> str:
        """Return the way through the tables, outermost first."""
        named = (node for node in _nodes(self.root) if "Relation Name" in node)
        return ", ".join(f"{node['Node Type']} {node.get('Index Name', node['Relation Name'])}" for node in named)


_LISTS = (
    ("te late termijnen van de organisatie", "/v1/termijnen?limit=25", "kwaliteit", "termijn"),
    ("te late termijnen van een begeleider (mijn)", "/v1/termijnen?mijn=true&limit=25", "begeleider", "termijn"),
    ("te late termijnen, mijn, door kwaliteit", "/v1/termijnen?begeleider={uid}&limit=25", "kwaliteit", "termijn"),
    ("kinderen van de organisatie", "/v1/pleegkinderen?limit=25", "kwaliteit", "pleegkind"),
    ("te late termijnen van een team", "/v1/termijnen?limit=25", "teamleider", "termijn"),
    ("kinderen van een team", "/v1/pleegkinderen?limit=25", "teamleider", "pleegkind"),
    ("caseload van een begeleider", "/v1/pleegkinderen?limit=25", "begeleider", "pleegkind"),
)


def read_plans(bank: Bank) -> list[Plan]:
    """Return the plan of every list at the size that the bank has now."""
    with bank.connect() as connection:
        return [_measured(naam, explain(connection, step)) for naam, step in _statements(bank)]


def _statements(bank: Bank) -> Iterator[tuple[str, Step]]:
    """Yield the statement that selects the rows of each list, as the application sends it."""
    app, uid = create_app(), _begeleider(bank)
    for naam, target, gebruiker, table in _LISTS:
        request = Request("GET", target.format(uid=uid), bank.token(gebruiker))
        with recording() as recorder:
            assert ask(app, request).status == 200, target
            yield naam, next(step for step in recorder.take() if _selects(step, table))


def _selects(step: Step, table: str) -> bool:
    return f"FROM {table}" in step.sql and "LIMIT" in step.sql


def _begeleider(bank: Bank) -> str:
    statement = """
        SELECT CAST(medewerker.uid AS text) FROM medewerker JOIN account ON account.medewerker_id = medewerker.feit_id
        WHERE account.subject = 'begeleider' AND medewerker.versie = 1
    """
    with bank.connect() as connection:
        row = connection.execute(statement).fetchone()
        assert row
        return str(row[0])


def explain(connection: Connection, step: Step) -> Mapping[str, Any]:
    """Return the plan of a statement as the service has it carried out, and what that took.

    Args:
        connection: that works for the organisatie of the statement.
        step: the statement.
    """
    names = list(dict.fromkeys(_PLACEHOLDER.findall(step.sql)))
    places = {name: f"${i}" for i, name in enumerate(names, start=1)}
    body = _PLACEHOLDER.sub(lambda found: places[found[1]], step.sql).replace("%%", "%")
    values = sql.SQL(", ").join(sql.Literal(step.parameters[name]) for name in names)
    execute = sql.SQL("EXECUTE lijst ({})").format(values) if names else sql.SQL("EXECUTE lijst")
    connection.execute(_AS_THE_SERVICE)
    connection.execute(b"PREPARE lijst AS " + body.encode())
    explained = connection.execute(sql.SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ") + execute).fetchone()
    connection.execute("DEALLOCATE lijst")
    assert explained
    found = explained[0] if isinstance(explained[0], list) else json.loads(explained[0])
    plan: Mapping[str, Any] = found[0]["Plan"]
    return plan


def pages_of(plan: Mapping[str, Any]) -> int:
    """Return how many pages a plan read, from memory or not."""
    pages: int = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return pages


def _measured(naam: str, root: Mapping[str, Any]) -> Plan:
    visited = (
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in _nodes(root)
        if node.get("Relation Name") == "termijn"
    )
    return Plan(naam, root, pages_of(root), round(sum(visited)))


def _rows_into(node: Mapping[str, Any]) -> float:
    return sum(float(below["Actual Rows"]) * float(below["Actual Loops"]) for below in node["Plans"])


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def plan_lines(small: list[Plan], large: list[Plan], factor: int) -> Iterator[Line]:
    """Yield the verdict on each list at one size and at ``factor`` times as many children.

    The list of an organisatie must be an index scan without a sort; a begeleider's few rows may be sorted. Of no list
    the pages read may grow with the number of children.
    """
    for before, after in zip(small, large, strict=True):
        tell(f"{after.naam}: {after.describe()}; {after.buffers} bladzijden, {after.rows} rijen termijn")
        off = after.buffers / (_GROWTH * before.buffers + _SMALL)
        pages = f"{count(before.buffers)} → {count(after.buffers)} bladzijden"
        yield Line(f"plan: {after.naam}, 1 × en {factor} × kinderen", pages, "gelijk", off)
        if "organisatie" in after.naam:
            faults = sorted({*before.faults, *after.faults})
            shown = ", ".join(faults) or after.describe()
            yield Line(f"plan: {after.naam}: index, geen Seq Scan, geen Sort", shown, "geen", inf if faults else 0.0)
