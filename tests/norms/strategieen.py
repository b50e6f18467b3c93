"""Random dossiers for the properties: small, dense in time, so that edges meet often."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from app.norms.catalogue import LANDELIJK, Catalogus, NormVersie, for_organisatie
from app.norms.feiten import (
    Casuistiekbespreking,
    Dossier,
    Gebeurtenis,
    Gezin,
    Gezinslid,
    Kindgesprek,
    Maatregel,
    Periode,
    Plaatsing,
    Signaal,
    Uitzondering,
    Vgb,
)
from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    NormCode,
    PlaatsingVorm,
    Rol,
    VgbStatus,
)

BEGIN = date(2024, 1, 1)
SPAN = 900  # days from BEGIN in which facts lie, planned ones included
_NORMEN = st.sampled_from([str(code) for code in NormCode])


class Wereld(NamedTuple):
    """One child with its families and the catalogue of its organisation."""

    dossier: Dossier
    gezinnen: dict[int, Gezin]
    catalogus: Catalogus


def days(laag: int = 0, hoog: int = SPAN) -> st.SearchStrategy[date]:
    return st.integers(laag, hoog).map(lambda n: BEGIN + timedelta(days=n))


_ids = st.integers(1, 10**6)
_D = TypeVar("_D", Gebeurtenis, Kindgesprek, Casuistiekbespreking, Vgb)


def _sorted(feiten: Sequence[_D]) -> list[_D]:
    return sorted(feiten, key=lambda f: f.datum)


events = st.lists(st.builds(Gebeurtenis, _ids, days()), max_size=4).map(_sorted)
mostly = st.sampled_from([True, True, True, False])
talks = st.builds(
    Kindgesprek,
    _ids,
    days(),
    mostly,
    mostly,
    st.sampled_from([GespreksVorm.FYSIEK, GespreksVorm.FYSIEK, GespreksVorm.TELEFOON]),
    mostly,
)


@st.composite
def period(draw: st.DrawFn) -> Periode:
    van = draw(days(-400, SPAN))
    duur = draw(st.none() | st.integers(0, 500))
    return Periode(van, None if duur is None else van + timedelta(days=duur))


@st.composite
def plaatsing(draw: st.DrawFn, nr: int) -> Plaatsing:
    van, tot = draw(period())
    return Plaatsing(
        nr,
        draw(st.integers(1, 2)),
        draw(st.sampled_from(list(PlaatsingVorm))),
        van,
        tot,
        _sorted(draw(st.lists(talks, max_size=8))),
        draw(events),
        draw(events),
    )


@st.composite
def maatregel(draw: st.DrawFn) -> Maatregel:
    van, tot = draw(period())
    return Maatregel(draw(_ids), draw(st.sampled_from(list(MaatregelSoort))), van, tot)


@st.composite
def signaal(draw: st.DrawFn, nr: int) -> Signaal:
    bekend = draw(days())
    na = draw(st.none() | st.integers(0, 60))
    gemeld = None if na is None else bekend + timedelta(days=na)
    booleans = st.booleans()
    return Signaal(nr, bekend, draw(booleans), draw(booleans), draw(booleans), gemeld)


@st.composite
def uitzondering(draw: st.DrawFn) -> Uitzondering:
    van = draw(days())
    return Uitzondering(
        draw(_ids),
        draw(st.frozensets(_NORMEN, min_size=1, max_size=6)),
        van,
        van + timedelta(days=draw(st.integers(0, 90))),
        1,
        draw(st.sampled_from([None, 1, 2, 2, 2])),
        draw(st.sampled_from([None, Rol.PLEEGZORGBEGELEIDER, Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER])),
    )


vgbs = st.lists(
    st.builds(Vgb, _ids, days(-900), st.sampled_from(list(VgbStatus)), st.none() | days()), max_size=3
).map(_sorted)


@st.composite
def gezinslid(draw: st.DrawFn, nr: int) -> Gezinslid:
    van, tot = draw(period())
    geboren = draw(days(-365 * 13, -365 * 10) | days(-365 * 40, -365 * 39))
    return Gezinslid(nr, geboren, draw(st.sampled_from(list(GezinslidRol))), van, tot, draw(vgbs))


@st.composite
def gezin(draw: st.DrawFn, nr: int, plaatsingen: Sequence[Plaatsing]) -> Gezin:
    eigen = [Periode(p.van, p.tot) for p in plaatsingen if p.pleeggezin_id == nr]
    perioden = sorted(eigen + draw(st.lists(period(), max_size=2)), key=lambda x: x.van)
    leden = [draw(gezinslid(10 * nr + i)) for i in range(draw(st.integers(0, 3)))]
    return Gezin(
        nr, draw(st.sampled_from(list(GezinSoort))), draw(st.none() | days()), perioden, leden, draw(events)
    )


@st.composite
def own_versions(draw: st.DrawFn) -> list[NormVersie]:
    """An organisation's own tighter version of a norm during some period."""
    if not draw(st.booleans()):
        return []
    basis = draw(st.sampled_from([n for n in LANDELIJK if "maanden" in n.parameters]))
    van, tot = draw(period())
    maanden = basis.parameters["maanden"]
    korter = draw(st.sampled_from([36, 60])) if maanden is None else draw(st.integers(1, maanden))
    return [
        NormVersie(
            basis.code,
            2,
            basis.naam,
            basis.onderwerp,
            van,
            tot,
            basis.zwaarte,
            basis.waarschuwing_dagen + draw(st.integers(0, 20)),
            {**basis.parameters, "maanden": korter},
            basis.regel,
            "keuze van deze organisatie",
        )
    ]


@st.composite
def worlds(draw: st.DrawFn) -> Wereld:
    """A child with up to three plaatsingen in two families, and everything that a norm looks at."""
    plaatsingen = [draw(plaatsing(nr)) for nr in range(1, draw(st.integers(1, 3)) + 1)]
    besprekingen = st.builds(Casuistiekbespreking, _ids, days(), mostly)
    dossier = Dossier(
        7,
        draw(days(-365 * 19, -365 * 16) | days(-365 * 5, 0)),
        sorted(plaatsingen, key=lambda p: p.van),
        sorted(draw(st.lists(maatregel(), max_size=3)), key=lambda m: m.van),
        _sorted(draw(st.lists(besprekingen, max_size=4))),
        draw(events),
        draw(events),
        draw(events),
        draw(events),
        [draw(signaal(nr)) for nr in range(draw(st.integers(0, 3)))],
        draw(st.lists(uitzondering(), max_size=3)),
    )
    gezinnen = {nr: draw(gezin(nr, plaatsingen)) for nr in (1, 2)}
    return Wereld(dossier, gezinnen, for_organisatie(LANDELIJK, draw(own_versions())))
