"""What is told of a Deel when everything else is there, with a source of chance of its own.

So the rest of the demo stays as it was. The children of the story are left alone; each shows nothing but its own story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from app.demo.feiten import Deel
from app.demo.kalender import Kalender
from app.demo.tabel import Tabel

_VELDEN_SINDS = 400  # days: since when the files have the fields of the second catalogue


@dataclass(slots=True)
class Achteraf:
    """A finished Deel, and what adding to it needs.

    Attributes:
        rng: for this alone.
        kal: the days.
        deel: has everything else.
        vanaf: position of the first child that is not of the story.
    """

    rng: Random
    kal: Kalender
    deel: Deel
    vanaf: int


def recent(bouw: Achteraf, tabel: Tabel[Any], *, verhaal: bool = False) -> Iterator[tuple[int, Any]]:
    """Yield what lately happened in a plaatsing of a child that is not of the story, or of one that is."""
    plaatsingen = bouw.deel.plaatsing.eerste
    sinds = bouw.kal.datum(bouw.kal.vandaag - _VELDEN_SINDS)
    for positie, feit in tabel.current():
        of_verhaal = plaatsingen[feit.plaatsing_id].feit.pleegkind_id < bouw.vanaf
        if feit.datum >= sinds and of_verhaal == verhaal:
            yield positie, feit


def say(tabel: Tabel[Any], positie: int, **velden: Any) -> None:
    """Let every version of a fact say the same."""
    eerste = tabel.eerste[positie]
    tabel.eerste[positie] = eerste._replace(feit=eerste.feit._replace(**velden))
    if positie in tabel.volgende:
        later = tabel.volgende[positie]
        tabel.volgende[positie] = [one._replace(feit=one.feit._replace(**velden)) for one in later]
