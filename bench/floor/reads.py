"""The lists, and the pages of one child: rows as the service's JSON, and the children in it for the access log."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bench.floor import sql
from bench.floor.database import Actor, Connection
from bench.floor.errors import Refused

_STANDEN = ("te_laat", "uitzondering", "nadert", "op_tijd")
Row = Mapping[str, Any]
Normen = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A body, the children in it, and the keys of its last row when there is more."""

    body: Any
    children: list[UUID]
    last: tuple[Any, ...] | None = None


async def list_children(connection: Connection, actor: Actor, today: date, limit: int) -> Page:
    """Return the children in scope: for whom somebody should have acted, the longest ago, then the others by name."""
    rows = await connection.fetch(sql.children(actor.scope, limit + 1), today, actor.reach)
    shown = rows[:limit]
    keys = ("achternaam", "roepnaam", "feit_id")
    last = None
    if len(rows) > limit:
        last = (shown[-1]["voorrang"], shown[-1]["sinds"].isoformat(), *(shown[-1][key] for key in keys))
    return Page({"resultaten": [_child(row) for row in shown]}, [row["uid"] for row in shown], last)


def _child(row: Row) -> dict[str, Any]:
    return {
        "id": row["uid"],
        "nummer": row["nummer"],
        "roepnaam": row["roepnaam"],
        "achternaam": row["achternaam"],
        "geboortedatum": row["geboortedatum"],
        "stand": None if row["norm"] is None else _STANDEN[row["norm"]],
        "streefStand": None if row["streef"] is None else _STANDEN[row["streef"]],
        "aantalTeLaat": row["te_laat"],
        "uiterlijk": row["uiterlijk"],
    }


async def list_overdue(connection: Connection, actor: Actor, today: date, limit: int, normen: Normen) -> Page:
    """Return what is too late, the longest first."""
    rows = await connection.fetch(sql.overdue(actor.scope, limit + 1), today, actor.reach)
    shown = rows[:limit]
    last = (shown[-1]["voorrang"], shown[-1]["uiterlijk"].isoformat(), shown[-1]["id"]) if len(rows) > limit else None
    children = list(dict.fromkeys(row["kind"] for row in shown))
    return Page({"resultaten": [_segment(row, today, normen) for row in shown]}, children, last)


def _segment(row: Row, today: date, normen: Normen) -> dict[str, Any]:
    naam, bron = normen[row["norm"]]
    uiterlijk, late = row["uiterlijk"], row["rang"] < 2
    return {
        "pleegkindId": row["kind"],
        "norm": row["norm"],
        "naam": naam,
        "zwaarte": row["zwaarte"],
        "onderwerp": {"soort": row["onderwerp_soort"], "id": row["onderwerp"]},
        "laatste": row["laatste"] and {"id": row["laatste"], "datum": row["laatste_datum"]},
        "uiterlijk": uiterlijk,
        "stand": _STANDEN[row["rang"]],
        "teLaatSinds": uiterlijk + timedelta(1) if late else None,
        "dagenTeLaat": (today - uiterlijk).days if late else None,
        "uitzonderingId": row["uitzondering"] if row["rang"] == 1 else None,
        "bron": bron,
    }


async def show_termijnen(connection: Connection, actor: Actor, today: date, child: UUID, normen: Normen) -> Page:
    """Return the segments of a child that hold today, and its facts."""
    key = await _key(connection, actor, today, child)
    segments = await connection.fetch(sql.SEGMENTS_OF_CHILD, today, key)
    facts = await connection.fetch(sql.FACTS_OF_CHILD, key)
    shown = [{"id": row["uid"], "soort": row["soort"], "datum": row["datum"]} for row in facts]
    return Page({"resultaten": [_segment(row, today, normen) for row in segments], "feiten": shown}, [child])


async def show_timeline(connection: Connection, actor: Actor, today: date, child: UUID, limit: int) -> Page:
    """Return the newest of what was recorded about a child."""
    key = await _key(connection, actor, today, child)
    rows = await connection.fetch(sql.timeline(limit=limit + 1), key)
    shown = rows[:limit]
    last = (shown[-1]["datum"].isoformat(), str(shown[-1]["uid"])) if len(rows) > limit else None
    return Page({"resultaten": [_fact(row) for row in shown]}, [child], last)


def _fact(row: Row) -> dict[str, Any]:
    return {
        "id": row["uid"],
        "soort": row["soort"],
        "datum": row["datum"],
        "nummer": row["nummer"],
        "versie": row["versie"],
        "vastgelegdOp": row["vastgelegd_op"],
        "laatGeregistreerd": row["laat"],
        "kenmerken": json.loads(row["kenmerken"]),
    }


async def _key(connection: Connection, actor: Actor, today: date, child: UUID) -> int:
    key: int | None = await connection.fetchval(sql.child(own=actor.scope == "caseload"), today, actor.reach, child)
    if key is None:
        raise Refused(404)
    return key
