"""Random worlds for the properties: small, dense in time, so that edges meet often.

Made by a seeded generator rather than drawn field by field: a hundred times faster, so that a property sees
thousands of days. A failing world is reproduced by its seed: ``world_of(seed)``.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from app.norms.feiten import (
    Actie,
    Casuistiekbespreking,
    Dossier,
    Gebeurtenis,
    Gezin,
    Gezinslid,
    Huisbezoek,
    Kindgesprek,
    Maatregel,
    Meldcodestap,
    Opvolgstap,
    Periode,
    Plaatsing,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vgb,
)
from app.norms.versies.catalogue import LANDELIJK, Catalogus, NormVersie, for_organisatie
from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    NormCode,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VgbStatus,
    Zorgvorm,
)

BEGIN = date(2025, 6, 1)
SPAN = 900  # days from BEGIN in which facts lie, planned ones included: 1 October 2026 lies in the middle
_T = TypeVar("_T")
_D = TypeVar("_D", Gebeurtenis, Kindgesprek, Veiligheidscheck, Huisbezoek, Casuistiekbespreking, Vgb)


class Wereld(NamedTuple):
    """One child with its families and the catalogue of its organisation."""

    dossier: Dossier
    gezinnen: dict[int, Gezin]
    catalogus: Catalogus


class _Maker:
    def __init__(self, zaad: int) -> None:
        self._kies = Random(zaad)

    def day(self, laag: int = 0, hoog: int = SPAN) -> date:
        return BEGIN + timedelta(days=self._kies.randint(laag, hoog))

    def number(self) -> int:
        return self._kies.randint(1, 10**6)

    def chance(self, kans: float = 0.5) -> bool:
        return self._kies.random() < kans

    def one_of(self, keuzes: Sequence[_T]) -> _T:
        return self._kies.choice(keuzes)

    def some(self, hoogstens: int, make: Callable[[int], _T]) -> list[_T]:
        return [make(nr) for nr in range(1, self._kies.randint(0, hoogstens) + 1)]

    def dated(self, hoogstens: int, make: Callable[[int], _D]) -> list[_D]:
        return sorted(self.some(hoogstens, make), key=lambda f: f.datum)

    def events(self) -> list[Gebeurtenis]:
        return self.dated(4, lambda _: Gebeurtenis(self.number(), self.day()))

    def period(self) -> Periode:
        van = self.day(-400)
        return Periode(van, None if self.chance() else van + timedelta(days=self._kies.randint(0, 500)))

    def next_period(self, vorige: Periode) -> Periode:
        """Often one that joins the previous at an edge: the same day, a day later, two, 24 months."""
        if vorige.tot is None or self.chance(0.3):
            return self.period()
        van = vorige.tot + timedelta(days=self.one_of([-20, 0, 0, 1, 2, 730, 731]))
        return Periode(van, None if self.chance() else van + timedelta(days=self._kies.randint(0, 300)))

    def periods(self, hoogstens: int, minstens: int = 0) -> list[Periode]:
        uit: list[Periode] = []
        for _ in range(self._kies.randint(minstens, hoogstens)):
            uit.append(self.next_period(uit[-1]) if uit else self.period())
        return sorted(uit, key=lambda p: p.van)

    def talk(self) -> Kindgesprek:
        vorm = self.one_of([GespreksVorm.FYSIEK] * 4 + [GespreksVorm.TELEFOON, GespreksVorm.BEELDBELLEN])
        goed = [self.chance(0.85) for _ in range(3)]
        veilig = self.one_of([None, Veiligheidsgevoel.NEE, Veiligheidsgevoel.TWIJFEL, Veiligheidsgevoel.JA])
        return Kindgesprek(self.number(), self.day(), goed[0], goed[1], vorm, goed[2], veilig)

    def seen(self) -> bool | None:
        return self.one_of([True, True, False, None])

    def check(self) -> Veiligheidscheck:
        return Veiligheidscheck(self.number(), self.day(), self.one_of(list(Uitkomst)), self.seen())

    def visit(self) -> Huisbezoek:
        return Huisbezoek(self.number(), self.day(), self.seen())

    def plaatsing(self, nr: int, periode: Periode) -> Plaatsing:
        vorm = self.one_of([PlaatsingVorm.VOLTIJD] * 3 + [PlaatsingVorm.CRISIS, PlaatsingVorm.DEELTIJD])
        gesprekken = self.dated(8, lambda _: self.talk())
        checks, bezoeken = self.dated(5, lambda _: self.check()), self.dated(4, lambda _: self.visit())
        wanneer = (periode.van, periode.tot)
        return Plaatsing(nr, self._kies.randint(1, 2), vorm, *wanneer, gesprekken, checks, bezoeken)

    def maatregelen(self) -> list[Maatregel]:
        soorten = [*MaatregelSoort, MaatregelSoort.OTS, MaatregelSoort.PLEEGOUDERVOOGDIJ]
        return [Maatregel(self.number(), self.one_of(soorten), p.van, p.tot) for p in self.periods(3)]

    def signaal(self, nr: int) -> Signaal:
        bekend = self.day()
        gemeld = bekend + timedelta(days=self._kies.randint(0, 60)) if self.chance() else None
        onthulling, geweld, letsel = (self.chance(0.3) for _ in range(3))
        conclusie = bekend + timedelta(days=self._kies.randint(0, 60)) if self.chance() else None
        vraagt, calamiteit, twijfel = self.chance(), self.chance(), self.chance(0.3)
        return Signaal(nr, bekend, vraagt, calamiteit, twijfel, gemeld, onthulling, geweld, letsel, conclusie)

    def steps(self, plaatsingen: Sequence[Plaatsing], signalen: Sequence[Signaal]) -> list[Opvolgstap]:
        """Steps about some of the facts, before their day and after it."""
        about = [(OnderwerpSoort.SIGNAAL, s.id, s.bekend_geworden_op) for s in signalen]
        for p in plaatsingen:
            about += [(OnderwerpSoort.KINDGESPREK, g.id, g.datum) for g in p.kindgesprekken]
            about += [(OnderwerpSoort.VEILIGHEIDSCHECK, c.id, c.datum) for c in p.veiligheidschecks]
        return [
            Opvolgstap(self.number(), soort, nr, stap, op + timedelta(days=self._kies.randint(-2, 40)))
            for soort, nr, op in about
            for stap in OpvolgstapSoort
            if self.chance(0.4)
        ]

    def meldcode(self, signalen: Sequence[Signaal]) -> list[Meldcodestap]:
        return [
            Meldcodestap(self.number(), s.id, stap, s.bekend_geworden_op + timedelta(days=self._kies.randint(-2, 40)))
            for s in signalen
            for stap in range(1, 6)
            if self.chance(0.2)
        ]

    def actie(self) -> Actie:
        op = self.day()
        gedaan = op + timedelta(days=self._kies.randint(0, 60)) if self.chance() else None
        return Actie(self.number(), op, op + timedelta(days=self._kies.randint(0, 40)), gedaan)

    def zichtplan(self) -> Uitzondering:
        van = self.day(450)
        return Uitzondering(
            self.number(),
            frozenset(self.one_of([{"KAG-R"}, {"KAG-3", "KAG-R"}, {"KAG-D"}])),
            van,
            van + timedelta(days=self._kies.randint(20, 190)),
            1,
            self.one_of([None, 2, 2, 2]),
            self.one_of([Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.GEDRAGSWETENSCHAPPER]),
            UitzonderingSoort.ZICHTPLAN,
            self._kies.randint(1, 42),
        )

    def uitzondering(self) -> Uitzondering:
        if self.chance(0.3):
            return self.zichtplan()
        van = self.day()
        return Uitzondering(
            self.number(),
            frozenset(str(code) for code in NormCode if self.chance(0.4)),
            van,
            van + timedelta(days=self._kies.randint(0, 90)),
            1,
            self.one_of([None, 1, 2, 2, 2]),
            self.one_of([None, Rol.PLEEGZORGBEGELEIDER, Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER]),
        )

    def vgb(self) -> Vgb:
        herscreening = self.day() if self.chance() else None
        return Vgb(self.number(), self.day(-900), self.one_of(list(VgbStatus)), herscreening)

    def gezinslid(self, nr: int) -> Gezinslid:
        geboren = self.day(-365 * 13, -365 * 10) if self.chance() else self.day(-365 * 40, -365 * 39)
        vgbs = self.dated(3, lambda _: self.vgb())
        woont = self.period()
        return Gezinslid(nr, geboren, self.one_of(list(GezinslidRol)), woont.van, woont.tot, vgbs)

    def zorgvorm(self) -> Zorgvorm:
        return self.one_of([Zorgvorm.PLEEGZORG, Zorgvorm.PLEEGZORG, Zorgvorm.GEZINSHUIS])

    def gezin(self, nr: int, plaatsingen: Sequence[Plaatsing]) -> Gezin:
        eigen = [Periode(p.van, p.tot, self.zorgvorm()) for p in plaatsingen if p.pleeggezin_id == nr]
        anderen = [p._replace(zorgvorm=self.zorgvorm()) for p in self.periods(2)]
        return Gezin(
            nr,
            self.one_of(list(GezinSoort)),
            self.day() if self.chance() else None,
            sorted(eigen + anderen, key=lambda p: p.van),
            self.some(3, lambda i: self.gezinslid(10 * nr + i)),
            self.events(),
        )

    def own_versions(self) -> list[NormVersie]:
        """An organisation's own tighter version of some norms, each during some period."""
        return [self._tighter(n) for n in LANDELIJK if "maanden" in n.parameters and self.chance(0.15)]

    def _tighter(self, basis: NormVersie) -> NormVersie:
        van, tot, _ = self.period()
        maanden = basis.parameters["maanden"]
        korter = self.one_of([36, 60]) if maanden is None else self._kies.randint(1, maanden)
        return replace(
            basis,
            versie=2,
            geldig_van=van,
            geldig_tot=tot,
            waarschuwing_dagen=basis.waarschuwing_dagen + self._kies.randint(0, 20),
            parameters={**basis.parameters, "maanden": korter},
        )

    def world(self) -> Wereld:
        plaatsingen = [self.plaatsing(nr, p) for nr, p in enumerate(self.periods(3, 1), start=1)]
        signalen = self.some(3, self.signaal)
        dossier = Dossier(
            7,
            self.day(-365 * 19, -365 * 16) if self.chance() else self.day(-365 * 5, 0),
            plaatsingen,
            self.maatregelen(),
            self.dated(4, lambda _: Casuistiekbespreking(self.number(), self.day(), self.chance(0.7))),
            self.events(),
            self.events(),
            self.events() if self.chance() else [],
            self.events(),
            signalen,
            self.some(3, lambda _: self.uitzondering()),
            self.steps(plaatsingen, signalen),
            self.meldcode(signalen),
            self.some(3, lambda _: self.actie()),
        )
        gezinnen = {nr: self.gezin(nr, plaatsingen) for nr in (1, 2)}
        return Wereld(dossier, gezinnen, for_organisatie(LANDELIJK, self.own_versions()))


def world_of(zaad: int) -> Wereld:
    """Return the world of a seed: a child with up to three plaatsingen in two families."""
    return _Maker(zaad).world()


worlds = st.integers(0, 2**32 - 1).map(world_of)
talks = st.integers(0, 2**32 - 1).map(lambda zaad: _Maker(zaad).talk())


def days(laag: int = 0, hoog: int = SPAN) -> st.SearchStrategy[date]:
    """Return days around BEGIN, as offsets."""
    return st.integers(laag, hoog).map(lambda n: BEGIN + timedelta(days=n))
