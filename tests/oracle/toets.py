"""One row of the quarterly audit (``normen.md`` §6), by its own author: which plaatsing, which day, and counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .bekend import get_vastgelegd, middernacht
from .feiten import Rij, Werkboek, build_bladen, holds, select
from .kalender import DAG, add_maanden
from .orakel import oordelen
from .regels import VOLTIJD
from .toets_tweede import build_tweede

Toetsrij = dict[str, Any]

CRITERIA = ("KAG-R", "VC-J", "MDO")
GEZIEN = ("kindgesprekken", "veiligheidschecks", "huisbezoeken")
LAAT_IN_PLAATSING = GEZIEN
LAAT_BIJ_KIND = (
    "casuistiekbesprekingen",
    "ontwikkelbeelden",
    "hulpverleningsplannen",
    "pleegoudervoogdgesprekken",
)
LAAT_NA = timedelta(days=14)


@dataclass(frozen=True)
class Versie:
    """One version of a row: what it says, and the moment of the import that brought it."""

    rij: Rij
    import_op: datetime


Historie = dict[tuple[str, str], list[Versie]]


def build_toets(toestand: Werkboek, historie: Historie, eerste: date, laatste: date) -> list[Toetsrij]:
    """The rows of a quarter as the file is now, sorted by child."""
    return [
        _build_rij(toestand, historie, kind, plaatsing, (eerste, laatste))
        for kind, plaatsing in list_rijen(toestand, eerste, laatste)
    ]


def list_rijen(toestand: Werkboek, eerste: date, laatste: date) -> Iterator[tuple[Rij, Rij]]:
    """Each child with a plaatsing active on a day of the quarter, and the plaatsing of its row, sorted by child."""
    for kind in sorted(toestand["pleegkinderen"], key=lambda rij: str(rij["nummer"])):
        eigen = select(toestand["plaatsingen"], "pleegkind", kind["nummer"])
        actief = [plaatsing for plaatsing in eigen if _is_actief_in(plaatsing, eerste, laatste)]
        if actief:
            yield kind, max(actief, key=lambda rij: (rij["vorm"] in VOLTIJD, rij["van"], rij["nummer"]))


def get_peildatum(plaatsing: Rij, laatste: date) -> date:
    """The quarter's last day, or the day before that plaatsing's tot if earlier."""
    return laatste if plaatsing["tot"] is None else min(laatste, plaatsing["tot"] - DAG)


def _is_actief_in(plaatsing: Rij, eerste: date, laatste: date) -> bool:
    """Active on at least one day, found day by day at the two ends."""
    begin = max(plaatsing["van"], eerste)
    return begin <= laatste and holds(plaatsing["van"], plaatsing["tot"], begin)


def _build_rij(
    toestand: Werkboek, historie: Historie, kind: Rij, plaatsing: Rij, kwartaal: tuple[date, date]
) -> Toetsrij:
    eerste, laatste = kwartaal
    peildatum = get_peildatum(plaatsing, laatste)
    eigen = [rij for rij in oordelen(toestand, peildatum) if rij["pleegkind_nummer"] == kind["nummer"]]
    standen = {
        oordeel["norm"]: oordeel["stand"]
        for oordeel in eigen
        if oordeel["onderwerp_nummer"] in (kind["nummer"], plaatsing["nummer"])
    }
    return {
        "pleegkind": kind["nummer"],
        "plaatsing": plaatsing["nummer"],
        "peildatum": peildatum.isoformat(),
        "geplaatst": holds(plaatsing["van"], plaatsing["tot"], laatste),
        "criteria": {norm: standen.get(norm) for norm in CRITERIA},
        "laat": count_laat(toestand, historie, kind, eerste, peildatum),
        "professionals": count_professionals(toestand, kind, peildatum),
        **build_tweede(build_bladen(toestand, peildatum, None), kind, plaatsing, eigen, peildatum),
    }


def count_laat(toestand: Werkboek, historie: Historie, kind: Rij, eerste: date, peildatum: date) -> int:
    """The late registrations of a row."""
    eigen = _list_plaatsingen(toestand, kind)
    return sum(1 for _ in _list_laat(toestand, historie, kind, eigen, (eerste, peildatum)))


def count_professionals(toestand: Werkboek, kind: Rij, peildatum: date) -> int:
    """The different professionals of a row."""
    return len(set(_list_gezien_door(toestand, _list_plaatsingen(toestand, kind), peildatum)))


def _list_plaatsingen(toestand: Werkboek, kind: Rij) -> set[str]:
    return {rij["nummer"] for rij in select(toestand["plaatsingen"], "pleegkind", kind["nummer"])}


def _list_gezien_door(toestand: Werkboek, plaatsingen: set[str], peildatum: date) -> Iterator[str]:
    """Who talked (and it took place), visited or checked in the twelve months up to the peildatum."""
    na = add_maanden_terug(peildatum, 12)
    for blad in GEZIEN:
        for rij in toestand[blad]:
            binnen = na < rij["datum"] <= peildatum
            if rij["plaatsing"] in plaatsingen and binnen and rij.get("doorgegaan", True):
                yield rij["medewerker"]


def add_maanden_terug(dag: date, aantal: int) -> date:
    """m(d, -n): the same day n months before, clamped."""
    jaren, maanden = divmod(aantal, 12)
    jaar, maand = dag.year - jaren, dag.month - maanden
    if maand < 1:
        jaar, maand = jaar - 1, maand + 12
    return min(date(jaar, maand, 1) + timedelta(days=dag.day - 1), add_maanden(date(jaar, maand, 1), 1) - DAG)


def _list_laat(
    toestand: Werkboek, historie: Historie, kind: Rij, plaatsingen: set[str], periode: tuple[date, date]
) -> Iterator[Rij]:
    """The child's own rows, dated in the quarter up to the peildatum, that were first recorded too late."""
    for blad in (*LAAT_IN_PLAATSING, *LAAT_BIJ_KIND):
        for rij in toestand[blad]:
            is_eigen = (
                rij["plaatsing"] in plaatsingen if blad in LAAT_IN_PLAATSING else rij["pleegkind"] == kind["nummer"]
            )
            if is_eigen and periode[0] <= rij["datum"] <= periode[1] and _is_laat(historie[blad, rij["nummer"]]):
                yield rij


def _is_laat(versies: Sequence[Versie]) -> bool:
    """The first version with the day that holds decides; without a moment of its own it is never late."""
    datum: date = versies[-1].rij["datum"]
    plaats = next(i for i, versie in enumerate(versies) if versie.rij["datum"] == datum)
    if get_vastgelegd(versies[plaats].rij) is None:
        return False
    return get_bekend_van(versies[: plaats + 1]) >= middernacht(datum + LAAT_NA + DAG)


def get_bekend_van(versies: Sequence[Versie]) -> datetime:
    """Since when the last of these versions is known; each builds on the one before it."""
    bekend: datetime | None = None
    for versie in versies:
        gegeven = get_vastgelegd(versie.rij)
        if bekend is None:
            bekend = min(gegeven or middernacht(versie.rij["datum"]), versie.import_op)
        else:
            bekend = gegeven if gegeven is not None and gegeven > bekend else versie.import_op
    if bekend is None:
        raise ValueError(versies)
    return bekend
