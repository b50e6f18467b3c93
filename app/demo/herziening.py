"""Corrections and withdrawals: about one in a hundred events gets a second version, as in any file."""

from typing import TypeVar

from app.demo.bouw import Bouw
from app.demo.feiten import Casuistiekbespreking, Huisbezoek, Kindgesprek, VanKind, Veiligheidscheck
from app.demo.tabel import Eerste, Tabel, Volgende
from app.demo.trekking import Verdeling, chance

_KANS = 0.01
_INGETROKKEN = 0.3
_DATUM_VERSCHIL = 3  # days
_CORRECTIE = Verdeling(("verkeerde datum ingevoerd", 0.7), ("datum stond in de agenda anders", 0.3))
_INTREKKING = Verdeling(("bij het verkeerde kind vastgelegd", 0.6), ("dubbel vastgelegd", 0.4))

Herzienbaar = TypeVar("Herzienbaar", Kindgesprek, Veiligheidscheck, Huisbezoek, Casuistiekbespreking, VanKind)


def add_herzieningen(bouw: Bouw, vanaf: dict[str, int]) -> None:
    """Add second versions to some events of a Deel.

    Args:
        bouw: the Deel, complete.
        vanaf: per table the position from which facts may change; those before are the story's.
    """
    deel = bouw.deel
    van_plaatsing = [deel.plaatsing.eerste[i].feit.van.toordinal() for i in range(len(deel.plaatsing.eerste))]
    _revise(bouw, deel.kindgesprek, vanaf.get("kindgesprek", 0), van_plaatsing)
    _revise(bouw, deel.veiligheidscheck, vanaf.get("veiligheidscheck", 0), van_plaatsing)
    _revise(bouw, deel.huisbezoek, vanaf.get("huisbezoek", 0), van_plaatsing)
    _revise(bouw, deel.casuistiekbespreking, vanaf.get("casuistiekbespreking", 0), None)
    _revise(bouw, deel.ontwikkelbeeld, vanaf.get("ontwikkelbeeld", 0), None)


def _revise(bouw: Bouw, tabel: Tabel[Herzienbaar], vanaf: int, eerste_dag: list[int] | None) -> None:
    """Give some facts a later version; a corrected date stays within the plaatsing."""
    for positie in range(vanaf, len(tabel.eerste)):
        if not chance(bouw.rng, _KANS):
            continue
        eerste = tabel.eerste[positie]
        if chance(bouw.rng, _INGETROKKEN):
            tabel.replace(positie, _withdraw(bouw, eerste))
        else:
            grens = 0 if eerste_dag is None else eerste_dag[eerste.feit[0]]
            tabel.replace(positie, _correct(bouw, eerste, grens))


def _withdraw(bouw: Bouw, eerste: Eerste[Herzienbaar]) -> Volgende[Herzienbaar]:
    op = bouw.kal.later(bouw.rng, eerste.op, _draw_dag(bouw, eerste))
    return Volgende(eerste.feit, op, eerste.door, _INTREKKING.draw(bouw.rng), ingetrokken=True)


def _correct(bouw: Bouw, eerste: Eerste[Herzienbaar], grens: int) -> Volgende[Herzienbaar]:
    """Move an event some days back, not before ``grens`` (an ordinal)."""
    kal, rng = bouw.kal, bouw.rng
    dag = kal.dag(eerste.feit.datum)
    eerder = kal.werkdag_voor[dag - rng.randint(1, _DATUM_VERSCHIL)]
    datum = kal.datum(eerder)
    feit = eerste.feit if datum.toordinal() < grens else eerste.feit._replace(datum=datum)
    return Volgende(feit, kal.later(rng, eerste.op, _draw_dag(bouw, eerste)), eerste.door, _CORRECTIE.draw(rng))


def _draw_dag(bouw: Bouw, eerste: Eerste[Herzienbaar]) -> int:
    """Draw the day on which the mistake is repaired."""
    vastgelegd = bouw.kal.dag(eerste.op.date())
    return min(vastgelegd + int(bouw.rng.expovariate(1 / 25)), bouw.kal.gisteren)
