"""From a judgement to what the API shows of it: every id becomes the external one."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.keyset import Window
from app.norms.events import kind_of
from app.norms.feiten import Gebeurtenis
from app.norms.uitleg.explain import Uitleg
from app.queries.termijnen.getoond import GetoondeTermijn
from app.queries.zorg import Zorg, read_zorg_of
from app.terms import NormCode


def show_zorg(zorg: Zorg) -> dict[str, object]:
    """Return the fields of ``ZorgOut``."""
    return {
        "nummer": zorg.nummer,
        "roepnaam": zorg.roepnaam,
        "achternaam": zorg.achternaam,
        "geboortedatum": zorg.geboortedatum,
        "plaatsing_id": zorg.plaatsing_uid,
        "plaatsing_van": zorg.plaatsing_van,
        "vorm": zorg.vorm,
        "pleeggezin_id": zorg.gezin_uid,
        "pleeggezin_naam": zorg.gezin_naam,
        "begeleider_id": zorg.begeleider_uid,
        "begeleider_naam": zorg.begeleider_naam,
        "vertrokken_begeleider_id": zorg.vertrokken_begeleider_uid,
        "vertrokken_begeleider_naam": zorg.vertrokken_begeleider_naam,
        "vervanger_id": zorg.vervanger_uid,
        "vervanger_naam": zorg.vervanger_naam,
        "team_id": zorg.team_uid,
        "team_naam": zorg.team_naam,
    }


def with_zorg(
    session: Session, actor: Actor, window: Window[Mapping[str, Any]], vandaag: date
) -> Window[Mapping[str, Any]]:
    """Return a page of facts about children with where each child is today, and with whom."""
    kinderen = {row["pleegkind_id"] for row in window.rows}
    found = {zorg.uid: show_zorg(zorg) for zorg in read_zorg_of(session, actor, list(kinderen), vandaag)}
    rows = [{**row, "zorg": found.get(row["pleegkind_id"])} for row in window.rows]
    return Window(rows, window.next, window.prev)


def show_termijn(item: GetoondeTermijn) -> dict[str, object]:
    """Return the fields of ``TermijnOut``, with ``uitleg`` when there is one."""
    oordeel = item.oordeel
    shown: dict[str, object] = {
        "pleegkind_id": item.ids["pleegkind", item.pleegkind_id],
        "norm": oordeel.norm.code,
        "naam": oordeel.norm.naam,
        "zwaarte": oordeel.zwaarte,
        "onderwerp": {
            "soort": oordeel.onderwerp_soort,
            "id": item.ids[oordeel.onderwerp_soort, oordeel.onderwerp_id],
        },
        "laatste": _event(oordeel.laatste, oordeel.norm.code, item.ids),
        "uiterlijk": oordeel.uiterlijk,
        "stand": oordeel.stand,
        "te_laat_sinds": oordeel.te_laat_sinds,
        "dagen_te_laat": oordeel.dagen_te_laat,
        "uitzondering_id": item.ids["uitzondering", oordeel.uitzondering_id] if oordeel.uitzondering_id else None,
        "bron": oordeel.norm.bron,
    }
    return shown if item.uitleg is None else {**shown, "uitleg": _show_uitleg(item.uitleg, oordeel.norm.code, item.ids)}


def _show_uitleg(uitleg: Uitleg, norm: NormCode, ids: Mapping[tuple[str, int], UUID]) -> dict[str, object]:
    return {
        "regel": uitleg.regel,
        "bron": uitleg.bron,
        "laatste": _event(uitleg.laatste, norm, ids),
        "telden_niet": [
            {
                "id": ids[event.soort, event.id],
                "datum": event.datum,
                "soort": event.soort,
                "reden": event.reden,
            }
            for event in uitleg.telden_niet
        ],
        "uitzondering": uitleg.uitzondering,
    }


def _event(event: Gebeurtenis | None, norm: NormCode, ids: Mapping[tuple[str, int], UUID]) -> dict[str, object] | None:
    return None if event is None else {"id": ids[kind_of(norm, event), event.id], "datum": event.datum}
