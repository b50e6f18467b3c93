"""What exists on a peildatum, and the periods of normen.md §5. Nothing here knows a norm."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .kalender import DAG, add_maanden

Rij = Mapping[str, Any]
Werkboek = Mapping[str, Sequence[Rij]]
Bladen = dict[str, list[Rij]]

# The date from which a fact exists (§5: on a peildatum p only facts with date <= p exist). A signaal exists
# from the day it became known: both norms that use it name bekendGewordenOp. Sheets that are not here are
# not dated.
DATUMKOLOM = {
    "gezinsleden": "inwonend_sinds",
    "vgbs": "datum",
    "plaatsingen": "van",
    "begeleidingen": "van",
    "maatregelen": "van",
    "kindgesprekken": "datum",
    "veiligheidschecks": "datum",
    "huisbezoeken": "datum",
    "casuistiekbesprekingen": "datum",
    "ontwikkelbeelden": "datum",
    "hulpverleningsplannen": "datum",
    "pleegoudervoogdgesprekken": "datum",
    "vertrouwenspersonen": "sinds",
    "evaluaties": "datum",
    "signalen": "bekend_geworden_op",
    "uitzonderingen": "van",
}
BLADEN = ("medewerkers", "pleeggezinnen", "pleegkinderen", *DATUMKOLOM)
# What §5b adds. A meldcodestap has no sheet in a workbook of afspraken.md §5: it is only recorded, at a signaal.
TWEEDE_DATUMKOLOM = {"opvolgstappen": "datum", "acties": "datum", "meldcodestappen": "datum"}
ALLE_BLADEN = (*BLADEN, *TWEEDE_DATUMKOLOM)


class Blad(list[Rij]):
    """The rows of a sheet that exist; a column that is asked for is looked through once."""

    def __init__(self, rijen: Iterable[Rij]) -> None:
        super().__init__(rijen)
        self._per_kolom: dict[str, dict[Any, list[Rij]]] = {}

    def select(self, kolom: str, waarde: str) -> list[Rij]:
        """The rows that have this value in this column."""
        if kolom not in self._per_kolom:
            per_waarde = self._per_kolom[kolom] = {}
            for rij in self:
                per_waarde.setdefault(rij[kolom], []).append(rij)
        return list(self._per_kolom[kolom].get(waarde, ()))


def get_volgorde(rij: Rij) -> int:
    """The recording sequence of a row; a workbook without it is one import."""
    volgorde: int = rij.get("_volgorde", 0)
    return volgorde


def pick_versies(rijen: Sequence[Rij], bekend_tot: int | None) -> list[Rij]:
    """What the file said (§3): per nummer the version that held, without withdrawn facts.

    In the order of each fact's first version: a correction keeps the place of what it corrects.
    """
    versies: dict[str, list[tuple[int, Rij]]] = {}
    # sorted() is stable: within one sequence number the order of the sheet remains.
    for plaats, rij in sorted(enumerate(rijen), key=lambda paar: get_volgorde(paar[1])):
        versies.setdefault(rij["nummer"], []).append((plaats, rij))
    gekozen = []
    for eigen in sorted(versies.values(), key=lambda eigen: eigen[0][0]):
        bekend = [rij for _, rij in eigen if bekend_tot is None or get_volgorde(rij) <= bekend_tot]
        if bekend and not bekend[-1].get("_ingetrokken", False):
            gekozen.append(bekend[-1])
    return gekozen


def build_bladen(werkboek: Werkboek, peildatum: date, bekend_tot: int | None) -> Bladen:
    """Every sheet with only the facts that exist: not withdrawn, known, and dated on or before p."""
    bladen: Bladen = {}
    kolommen = {**DATUMKOLOM, **TWEEDE_DATUMKOLOM}
    for blad in ALLE_BLADEN:
        rijen = pick_versies(werkboek.get(blad, ()), bekend_tot)
        kolom = kolommen.get(blad)
        bladen[blad] = Blad(rij for rij in rijen if kolom is None or rij[kolom] <= peildatum)
    return bladen


def select(rijen: Iterable[Rij], kolom: str, waarde: str) -> list[Rij]:
    """The rows that have this value in this column."""
    if isinstance(rijen, Blad):
        return rijen.select(kolom, waarde)
    return [rij for rij in rijen if rij[kolom] == waarde]


def holds(van: date, tot: date | None, dag: date) -> bool:
    """Periods are half-open (§5): van is the first day, on tot it no longer holds."""
    return van <= dag and (tot is None or dag < tot)


def select_actief(perioden: Iterable[Rij], dag: date) -> list[Rij]:
    """The plaatsingen or maatregelen active on that day."""
    return [rij for rij in perioden if holds(rij["van"], rij["tot"], dag)]


def build_runs(perioden: Iterable[Rij], grens: Callable[[date], date]) -> list[list[Rij]]:
    """Periods in order of van, cut into runs.

    Each period starts no later than grens(latest tot so far) in its run; an open tot never ends a run.
    """
    runs: list[list[Rij]] = []
    for periode in sorted(perioden, key=lambda rij: rij["van"]):
        if runs and _belongs_to(runs[-1], periode["van"], grens):
            runs[-1].append(periode)
        else:
            runs.append([periode])
    return runs


def _belongs_to(run: list[Rij], van: date, grens: Callable[[date], date]) -> bool:
    tots = [rij["tot"] for rij in run]
    return None in tots or van <= grens(max(tots))


def get_begin_aaneengesloten(perioden: Iterable[Rij]) -> date:
    """Z of plaatsingen, M of maatregelen: the first van of the run that holds p.

    Each starts no later than one day after the latest tot so far (§5). Only periods with van <= p are given
    and one of them is active on p, so the run that holds p is the last.
    """
    begin: date = build_runs(perioden, lambda tot: tot + DAG)[-1][0]["van"]
    return begin


def build_gezinsruns(plaatsingen: Iterable[Rij]) -> list[list[Rij]]:
    """The runs of a family's plaatsingen (F, §5): within m(latest tot so far, 24), that day included."""
    return build_runs(plaatsingen, lambda tot: add_maanden(tot, 24))


def get_laatste(dagen: Iterable[date], anker: date) -> date | None:
    """L: the last counting event on or after the anchor (§5)."""
    return max((dag for dag in dagen if dag >= anker), default=None)
