"""What the generator says, as the values behind ruisfactoren: a second way to them, without a database or a window."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from app.demo.feiten import Deel, Tabel
from app.norms.feiten import Gebeurtenis, Kindgesprek, Plaatsing
from app.norms.ruis.catalogue import weights_on
from app.norms.ruis.feiten import (
    Begeleiding,
    Gezinsplaatsing,
    Meldcodestap,
    RuisFeiten,
    RuisGezin,
    RuisMaatregel,
    RuisSignaal,
    Score,
)
from app.norms.ruis.find import Ruisbevinding, find_ruis
from app.terms import Veiligheidsgevoel

Feit = tuple[int, Any]


def find_in_deel(deel: Deel, op: date, bekend_op: datetime | None) -> dict[int, list[Ruisbevinding]]:
    """Return what holds for each child on a day, by its position, from what was known at a moment."""
    known = _Bekend(deel, bekend_op)
    return {kind: find_ruis(known.feiten(kind), weights_on(op), op) for kind, _ in known.all("pleegkind")}


class _Bekend:
    """A Deel as the file stood at a moment."""

    def __init__(self, deel: Deel, bekend_op: datetime | None) -> None:
        self._deel, self._bekend_op = deel, bekend_op
        self._gezinnen = {gezin: self._gezin(gezin) for gezin, _ in self.all("pleeggezin")}

    def all(self, tabel: str) -> Iterator[Feit]:
        """Yield position and newest version of every fact that holds."""
        feiten: Tabel[Any] = getattr(self._deel, tabel)
        for positie, eerste in enumerate(feiten.eerste):
            versies = [(eerste.op, eerste.feit, False)]
            versies += [(v.op, v.feit, v.ingetrokken) for v in feiten.volgende.get(positie, ())]
            bekend = [v for v in versies if self._bekend_op is None or v[0] <= self._bekend_op]
            if bekend and not bekend[-1][2]:
                yield positie, bekend[-1][1]

    def of(self, tabel: str, column: str, key: int, read: Callable[[int, Any], Any]) -> list[Any]:
        """Return the facts that belong to something, read, in order of their first day."""
        return sorted(read(positie, feit) for positie, feit in self.all(tabel) if getattr(feit, column) == key)

    def feiten(self, kind: int) -> RuisFeiten:
        plaatsingen = self.of("plaatsing", "pleegkind_id", kind, self._plaatsing)
        plaatsingen.sort(key=lambda one: (one.van, one.id))
        unsafe = [
            feit.datum
            for _, feit in self.all("kindgesprek")
            if feit.kind_voelde_zich_veilig is Veiligheidsgevoel.NEE
            and feit.plaatsing_id in {one.id for one in plaatsingen}
        ]
        signalen = sorted(self._signalen(kind), key=lambda one: (one.datum, one.id))
        stappen = [Meldcodestap(feit.signaal_id, feit.datum) for _, feit in self.all("meldcodestap")]
        return RuisFeiten(
            id=kind,
            plaatsingen=plaatsingen,
            begeleidingen={one.id: self._begeleidingen(one.id) for one in plaatsingen},
            maatregelen=self._maatregelen(kind),
            signalen=signalen,
            onveilige_gesprekken=sorted(unsafe),
            meldcodestappen=[one for one in stappen if one.signaal_id in {s.id for s in signalen}],
            scores=self.of("ruisscore", "pleegkind_id", kind, lambda _, f: Score(f.code, f.datum, f.geldt_tot)),
            gezinnen=self._gezinnen,
        )

    def _plaatsing(self, positie: int, feit: Any) -> Plaatsing:
        def gesprek(nr: int, f: Any) -> Kindgesprek:
            return Kindgesprek(nr, f.datum, f.doorgegaan, f.alleen, f.vorm, f.veiligheid_besproken)

        def bezoek(nr: int, f: Any) -> Gebeurtenis:
            return Gebeurtenis(nr, f.datum)

        return Plaatsing(
            positie, feit.pleeggezin_id, feit.vorm, feit.van, feit.tot,
            self.of("kindgesprek", "plaatsing_id", positie, gesprek), (),
            self.of("huisbezoek", "plaatsing_id", positie, bezoek),
        )  # fmt: skip

    def _begeleidingen(self, plaatsing: int) -> list[Begeleiding]:
        found = [(f.van, nr, f) for nr, f in self.all("begeleiding") if f.plaatsing_id == plaatsing]
        return [Begeleiding(f.medewerker_id, f.van, f.tot) for *_, f in sorted(found, key=lambda one: one[:2])]

    def _maatregelen(self, kind: int) -> list[RuisMaatregel]:
        found = [(f.van, nr, f) for nr, f in self.all("maatregel") if f.pleegkind_id == kind]
        return [RuisMaatregel(f.soort, f.van, f.tot, f.jeugdbeschermer) for *_, f in sorted(found, key=lambda x: x[:2])]

    def _signalen(self, kind: int) -> Iterator[RuisSignaal]:
        for nr, feit in self.all("signaal"):
            if feit.pleegkind_id == kind:
                yield RuisSignaal(nr, kind, feit.datum, feit.bekend_geworden_op, feit.soort, feit.onthulling)

    def _gezin(self, gezin: int) -> RuisGezin:
        there = [(f.van, nr, f) for nr, f in self.all("plaatsing") if f.pleeggezin_id == gezin]
        there.sort(key=lambda one: one[:2])
        kinderen = sorted({f.pleegkind_id for *_, f in there})
        return RuisGezin(
            [Gezinsplaatsing(f.pleegkind_id, f.van, f.tot, f.eindreden) for *_, f in there],
            [signaal for kind in kinderen for signaal in self._signalen(kind)],
        )
