"""Facts of one child as such: the child, its maatregelen, plaatsingen and begeleidingen.

A period that ends gets its end as a second version, recorded when it ended: on a moment before, the file said that it
still ran. Only an ots has its end from the start, as the court gives it for at most a year.
"""

from collections.abc import Iterator
from random import Random

from app.demo.bouw import Bouw
from app.demo.bsn import make_bsn
from app.demo.feiten import Begeleiding, Dossierlezing, Maatregel, Plaatsing, Pleegkind
from app.demo.levensloop import Kind, Verblijf
from app.demo.namen import GECERTIFICEERDE_INSTELLINGEN, draw_volwassene
from app.demo.tabel import Volgende
from app.demo.trekking import Verdeling, chance
from app.terms import MaatregelSoort

Maatregelen = list[tuple[MaatregelSoort, int, int | None]]

_BEEINDIGD = "beëindigd"
_ZONDER_JEUGDBESCHERMER = 0.048  # waiting for a fixed one (normen.md §9)
_NIEUWE_JEUGDBESCHERMER = 0.35  # at each renewal
_LANG_IN_ZORG = 2 * 365  # days after which voogdij is likelier than ots
_VRIJWILLIG, _OTS = MaatregelSoort.VRIJWILLIG, MaatregelSoort.OTS
_VOOGDIJ, _POV = MaatregelSoort.VOOGDIJ_GI, MaatregelSoort.PLEEGOUDERVOOGDIJ
# Together 30, 23, 34 and 13 % (normen.md §9).
_KORT = Verdeling((_VRIJWILLIG, 0.41), (_OTS, 0.35), (_VOOGDIJ, 0.22), (_POV, 0.02))
_LANG = Verdeling((_VRIJWILLIG, 0.24), (_OTS, 0.15), (_VOOGDIJ, 0.42), (_POV, 0.19))
_OTS_EERST = (200, 750)  # days of ots before a guardian is appointed
_JAAR, _TERMIJN_VOOGD = 365, (500, 1400)
_JEUGDRECLASSERING, _JEUGDRECLASSERING_LEEFTIJD = 0.06, 13


def add_kind(bouw: Bouw, kind: Kind, index: int, maatregelen: Maatregelen) -> None:
    """Add a child with its maatregelen (kind, van, tot) and plaatsingen; ``index`` counts the children of the load."""
    rng, kal = bouw.rng, bouw.kal
    feit = Pleegkind(kind.roepnaam, kind.achternaam, kal.datum(kind.geboren), kind.geslacht, make_bsn(index))
    kind.positie = bouw.deel.pleegkind.add(feit, kal.stipt(rng, kind.begin_zorg - 7))
    for verblijf in kind.verblijven:
        _add_plaatsing(bouw, kind, verblijf)
    for soort, van, tot in maatregelen:
        _add_maatregel(bouw, kind, soort, van, tot)


def _add_plaatsing(bouw: Bouw, kind: Kind, verblijf: Verblijf) -> None:
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.plaatsing
    gezin = verblijf.gezin
    begeleider = gezin.begeleiders.holder(verblijf.van)
    open_ = Plaatsing(kind.positie, gezin.positie, verblijf.vorm, gezin.zorgvorm, kal.datum(verblijf.van), None, None)
    op = kal.stipt(rng, verblijf.van)
    verblijf.positie = tabel.add(open_, op, begeleider)
    if verblijf.tot is not None:
        dicht = open_._replace(tot=kal.datum(verblijf.tot), eindreden=verblijf.eindreden)
        door = gezin.begeleiders.holder(verblijf.tot)
        tabel.replace(verblijf.positie, Volgende(dicht, kal.later(rng, op, verblijf.tot), door, _BEEINDIGD))
    _add_begeleidingen(bouw, kind, verblijf)


def _add_begeleidingen(bouw: Bouw, kind: Kind, verblijf: Verblijf) -> None:
    """Add who guides the child there; who took it over in the last year read what was handed over."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.begeleiding
    eind = kal.vandaag if verblijf.tot is None else verblijf.tot
    for medewerker, van, tot in verblijf.gezin.begeleiders.perioden(verblijf.van, eind):
        open_ = Begeleiding(verblijf.positie, medewerker, kal.datum(van), None)
        op = kal.stipt(rng, van)
        positie = tabel.add(open_, op, bouw.team.teamleider)
        if van > max(verblijf.van, kal.vandaag - _JAAR):
            bouw.deel.dossierlezing.add(Dossierlezing(kind.positie, kal.datum(van), medewerker), op, medewerker)
        if tot < kal.vandaag:
            dicht = open_._replace(tot=kal.datum(tot))
            versie = Volgende(dicht, kal.later(rng, op, tot), bouw.team.teamleider, _BEEINDIGD)
            tabel.replace(positie, versie)


def draw_maatregelen(rng: Random, kind: Kind, vandaag: int) -> Maatregelen:
    """Draw the kinds of maatregel of a child with their periods, one after the other."""
    van, tot = kind.begin_zorg, kind.einde_zorg
    duur = (vandaag if tot is None else tot) - van
    soort = (_LANG if duur > _LANG_IN_ZORG else _KORT).draw(rng)
    uit: Maatregelen = []
    eerst = rng.randint(*_OTS_EERST)
    if soort in (_VOOGDIJ, _POV) and eerst < duur:
        uit.append((_OTS, van, van + eerst))
        van += eerst
    uit.append((soort, van, tot))
    if kind.leeftijd(van) > _JEUGDRECLASSERING_LEEFTIJD and chance(rng, _JEUGDRECLASSERING):
        uit.append((MaatregelSoort.JEUGDRECLASSERING, van, tot))
    return uit


def _add_maatregel(bouw: Bouw, kind: Kind, soort: MaatregelSoort, van: int, tot: int | None) -> None:
    """Add the rows of one maatregel: an ots is renewed each year, a guardian has changing jeugdbeschermers."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.maatregel
    met_gi = soort not in (_VRIJWILLIG, _POV)
    gi = rng.choice(GECERTIFICEERDE_INSTELLINGEN) if met_gi else None
    persoon = draw_volwassene(rng) if met_gi else None
    for deel_van, deel_tot in _cut(rng, soort, van, tot, kal.vandaag):
        if met_gi and chance(rng, _NIEUWE_JEUGDBESCHERMER):
            persoon = draw_volwassene(rng)
        wie = None if chance(rng, _ZONDER_JEUGDBESCHERMER) else persoon
        open_ = Maatregel(kind.positie, soort, kal.datum(deel_van), None, gi, wie)
        dicht = open_ if deel_tot is None else open_._replace(tot=kal.datum(deel_tot))
        op, door = kal.stipt(rng, deel_van), bouw.begeleider_of(kind, deel_van)
        positie = tabel.add(dicht if soort is _OTS else open_, op, door)
        if deel_tot is not None and soort is not _OTS:
            door = bouw.begeleider_of(kind, deel_tot)
            tabel.replace(positie, Volgende(dicht, kal.later(rng, op, deel_tot), door, _BEEINDIGD))


def _cut(
    rng: Random, soort: MaatregelSoort, van: int, tot: int | None, vandaag: int
) -> Iterator[tuple[int, int | None]]:
    """Yield the successive rows of a maatregel; each begins where the one before ends."""
    grens = vandaag if tot is None else tot
    while (duur := _draw_termijn(rng, soort)) is not None and van + duur < grens:
        yield van, van + duur
        van += duur
    yield van, van + _JAAR if soort is _OTS and tot is None else tot


def _draw_termijn(rng: Random, soort: MaatregelSoort) -> int | None:
    """Draw after how many days a maatregel gets a new row; None when it never does."""
    if soort is _OTS:
        return _JAAR
    return rng.randint(*_TERMIJN_VOOGD) if soort is _VOOGDIJ else None
