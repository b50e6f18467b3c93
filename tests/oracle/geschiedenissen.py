"""Hypothesis strategies: small provider histories in the sheets and columns of afspraken.md §5.

`werkboeken()` draws a workbook with versions, without import faults at any moment; `normversie_lijsten()` a
catalogue whose norms change; `peildata(...)` a day near an edge; `gevallen()` all of it at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from .bouw import Bouw, Rij, Werkboek
from .dagen_trekken import VANDAAG
from .feiten import ALLE_BLADEN, BLADEN
from .fouten import list_momenten
from .gezinnen_trekken import draw_gezin, draw_gezinsfeiten
from .kindfeiten_trekken import ROLLEN, draw_kindfeiten, draw_maatregelen, draw_signalen, draw_uitzonderingen
from .normen import ALLE_NORMCODES, NORMCODES, Normversie
from .normen_trekken import normversie_lijsten
from .peildata_trekken import peildata
from .plaatsingen_trekken import draw_kind, draw_plaatsingen, draw_plaatsingsfeiten
from .tweede_trekken import (
    draw_acties,
    draw_herfstplaatsing,
    draw_opvolging,
    draw_tweede_signalen,
    draw_waarnemingen,
    draw_zichtplannen,
    list_randen,
)
from .versies_trekken import draw_versies

__all__ = ["Geval", "gevallen", "normversie_lijsten", "peildata", "werkboeken"]


@dataclass(frozen=True)
class Geval:
    """One question to the norms: this file, these norms, this day, as known at this moment."""

    werkboek: Werkboek
    normversies: list[Normversie] | None
    peildatum: date
    bekend_tot: int | None


@st.composite
def werkboeken(
    draw: st.DrawFn,
    *,
    eigen_goedkeuring: bool = False,
    versies: bool = True,
    tweede: bool = False,
    codes: Sequence[str] | None = None,
) -> Werkboek:
    """A provider of 1-4 children and 1-3 families, with corrections and withdrawals.

    Free of import faults at every moment. With `eigen_goedkeuring` an author may approve his own
    uitzondering, which an import refuses (`vier_ogen`): for the pure function only. Without `versies` the
    workbook is one import. With `tweede` it has the sheets and columns of §5b, and goes on in the autumn of 2026.
    An uitzondering names norms of `codes`; without it any of the catalogues that the workbook is of.
    """
    codes = codes or (ALLE_NORMCODES if tweede else NORMCODES)
    bouw = Bouw(draw, ALLE_BLADEN if tweede else BLADEN)
    for rol in ROLLEN:
        bouw.add("medewerkers", "M", naam="Verzonnen", email=None, rol=rol, team="Team")
    for _ in range(draw(st.integers(1, 3))):
        draw_gezin(bouw)
    for _ in range(draw(st.integers(1, 4))):
        kind = draw_kind(bouw)
        draw_plaatsingen(bouw, kind)
        if tweede:
            draw_herfstplaatsing(bouw, kind)
    for plaatsing in bouw.werkboek["plaatsingen"]:
        draw_plaatsingsfeiten(bouw, plaatsing)
        if tweede:
            draw_waarnemingen(bouw, plaatsing)
    for kind in bouw.werkboek["pleegkinderen"]:
        _draw_kind_feiten(bouw, kind, codes, eigen_goedkeuring=eigen_goedkeuring, tweede=tweede)
    for gezin in bouw.werkboek["pleeggezinnen"]:
        draw_gezinsfeiten(bouw, gezin)
    if not versies:
        return bouw.werkboek
    return draw_versies(draw, bouw.werkboek, eigen_goedkeuring=eigen_goedkeuring)


def _draw_kind_feiten(bouw: Bouw, kind: Rij, codes: Sequence[str], *, eigen_goedkeuring: bool, tweede: bool) -> None:
    """What belongs to a child, around the days on which it came and left."""
    plaatsingen = [rij for rij in bouw.werkboek["plaatsingen"] if rij["pleegkind"] == kind["nummer"]]
    dagen = {dag for rij in plaatsingen for dag in (rij["van"], rij["tot"]) if dag is not None}
    ankers = sorted(dag for dag in dagen if dag <= VANDAAG)
    draw_maatregelen(bouw, kind, ankers)
    draw_kindfeiten(bouw, kind, ankers)
    draw_signalen(bouw, kind, ankers)
    draw_uitzonderingen(bouw, kind, ankers, eigen_goedkeuring=eigen_goedkeuring, codes=codes)
    if tweede:
        draw_tweede_signalen(bouw, kind)
        draw_opvolging(bouw, kind)
        draw_acties(bouw, kind)
        draw_zichtplannen(bouw, kind, codes, eigen_goedkeuring=eigen_goedkeuring)


@st.composite
def gevallen(draw: st.DrawFn, *, eigen_goedkeuring: bool = False, tweede: bool = False) -> Geval:
    """A workbook, the norms, a peildatum and a moment of knowing; with `tweede` the facts of both catalogues."""
    werkboek = draw(werkboeken(eigen_goedkeuring=eigen_goedkeuring, tweede=tweede))
    eigen_normen = draw(st.booleans())
    normversies = draw(normversie_lijsten()) if eigen_normen else None
    if tweede:
        peildatum = draw(st.one_of(st.sampled_from(list_randen(werkboek)), peildata(werkboek, normversies)))
    else:
        peildatum = draw(peildata(werkboek, normversies))
    bekend_tot = draw(st.one_of(st.none(), st.sampled_from(list_momenten(werkboek))))
    return Geval(werkboek, normversies, peildatum, bekend_tot)
