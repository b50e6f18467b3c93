"""Facts of one family: itself, its members, their VGBs, and the evaluations.

They follow from all its plaatsingen: after 24 months without any, a new run begins, and who lives there needs a new
VGB (``normen.md`` §5).
"""

from dataclasses import dataclass
from random import Random

from app.demo.bouw import Bouw
from app.demo.feiten import Evaluatie, Gezinslid, Pleeggezin, Vgb
from app.demo.kalender import JAAR
from app.demo.levensloop import DemoGezin
from app.demo.namen import draw_volwassene
from app.demo.tabel import Volgende
from app.demo.trekking import Verdeling, chance, draw_ritme
from app.terms import GezinslidRol, GezinSoort, VgbStatus

_TUSSENPOOS = 24  # months without a plaatsing that end a run
_TWEE_OUDERS = 0.72
_EIGEN_KINDEREN = Verdeling((0, 0.5), (1, 0.2), (2, 0.2), (3, 0.1))
_OUDER_LEEFTIJD = {GezinSoort.BESTAND: (29, 60), GezinSoort.NETWERK: (30, 68)}
_UIT_HUIS = (18.0, 25.0)  # years
_VGB_LEEFTIJD = 12
_GEEN_VGB, _VGB_LAAT = 0.12, 0.1
_HERSCREENING = Verdeling((None, 0.45), (3, 0.25), (5, 0.30))  # years agreed
_AANVRAAG_VASTGELEGD, _GEWEIGERD, _INGETROKKEN = 0.6, 0.004, 0.003
_EVALUATIE = (364, 65)  # days
_AFGEGEVEN, _AANGEVRAAGD = VgbStatus.AFGEGEVEN, VgbStatus.AANGEVRAAGD


@dataclass(frozen=True, slots=True)
class Reeks:
    """A run of plaatsingen in a family: first day, and the day after the last one (or today)."""

    van: int
    tot: int
    loopt: bool


@dataclass(frozen=True, slots=True)
class _Lid:
    positie: int
    geboren: int
    ouder: bool
    sinds: int
    tot: int


def add_gezin(bouw: Bouw, gezin: DemoGezin) -> None:
    """Add a family with everything about it; at least one child was placed there."""
    reeksen = find_reeksen(bouw, gezin)
    contract = _add_pleeggezin(bouw, gezin, reeksen[0])
    leden = _add_leden(bouw, gezin, reeksen[0])
    afspraak = _HERSCREENING.draw(bouw.rng)
    for i, reeks in enumerate(reeksen):
        anker = contract if i == 0 else None
        for lid in leden:
            _add_vgbs(bouw, gezin, lid, reeks, anker, afspraak)
        _add_evaluaties(bouw, gezin, reeks)


def find_reeksen(bouw: Bouw, gezin: DemoGezin) -> list[Reeks]:
    """Return the runs of a family in order."""
    kal = bouw.kal
    uit: list[Reeks] = []
    for verblijf in sorted(gezin.verblijven, key=lambda verblijf: verblijf.van):
        tot, loopt = (kal.vandaag, True) if verblijf.tot is None else (verblijf.tot, False)
        vorige = uit[-1] if uit else None
        if vorige is not None and (vorige.loopt or verblijf.van <= kal.maanden_na(vorige.tot, _TUSSENPOOS)):
            uit[-1] = Reeks(vorige.van, max(vorige.tot, tot), vorige.loopt or loopt)
        else:
            uit.append(Reeks(verblijf.van, tot, loopt))
    return uit


def _add_pleeggezin(bouw: Bouw, gezin: DemoGezin, eerste: Reeks) -> int | None:
    """Add the family and return the day of the pleegcontract; in a netwerk it comes after the first day."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.pleeggezin
    netwerk = gezin.soort is GezinSoort.NETWERK
    contract = eerste.van + rng.randint(3, 45) if netwerk else eerste.van - rng.randint(20, 400)
    zonder = Pleeggezin(f"Gezin {gezin.achternaam}", gezin.soort, gezin.gemeente, None)
    met = zonder._replace(pleegcontract_op=kal.datum(contract))
    door = gezin.begeleiders.holder(eerste.van)
    if not netwerk:
        tabel.add(met, kal.stipt(rng, eerste.van - 15), door)
        return contract
    op = kal.stipt(rng, eerste.van - 12)
    positie = tabel.add(zonder, op, door)
    if contract > kal.gisteren:
        return None
    tabel.replace(positie, Volgende(met, kal.later(rng, op, contract), door, "pleegcontract getekend"))
    return contract


def _add_leden(bouw: Bouw, gezin: DemoGezin, eerste: Reeks) -> list[_Lid]:
    rng = bouw.rng
    sinds = eerste.van - rng.randint(200, 5000)
    uit = []
    for i in range(2 if chance(rng, _TWEE_OUDERS) else 1):
        naam = draw_volwassene(rng, gezin.achternaam if i == 0 or chance(rng, 0.5) else None)
        geboren = eerste.van - int(rng.uniform(*_OUDER_LEEFTIJD[gezin.soort]) * JAAR)
        uit.append(_add_lid(bouw, gezin, naam, geboren, sinds, GezinslidRol.PLEEGOUDER))
    for _ in range(_EIGEN_KINDEREN.draw(rng)):
        geboren = eerste.van - int(rng.uniform(-1, 19) * JAAR)
        if geboren <= bouw.kal.gisteren:
            naam = draw_volwassene(rng, gezin.achternaam)
            uit.append(_add_lid(bouw, gezin, naam, geboren, max(sinds, geboren), GezinslidRol.INWONENDE))
    return uit


def _add_lid(bouw: Bouw, gezin: DemoGezin, naam: str, geboren: int, sinds: int, rol: GezinslidRol) -> _Lid:
    """Add a member; a grown-up child that left has that as a second version."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.gezinslid
    woont = Gezinslid(gezin.positie, naam, kal.datum(geboren), rol, kal.datum(sinds), None)
    eerste = min(verblijf.van for verblijf in gezin.verblijven)
    op = kal.stipt(rng, max(eerste - 12, sinds))
    door = gezin.begeleiders.holder(eerste)
    positie = tabel.add(woont, op, door)
    tot = kal.vandaag
    if rol is GezinslidRol.INWONENDE:
        tot = max(geboren + int(rng.uniform(*_UIT_HUIS) * JAAR), eerste + 30)
        if tot <= kal.gisteren:
            weg = woont._replace(inwonend_tot=kal.datum(tot))
            tabel.replace(positie, Volgende(weg, kal.later(rng, op, tot), door, "uit huis"))
    return _Lid(positie, geboren, rol is GezinslidRol.PLEEGOUDER, sinds, min(tot, kal.vandaag))


def _add_vgbs(
    bouw: Bouw, gezin: DemoGezin, lid: _Lid, reeks: Reeks, contract: int | None, afspraak: int | None
) -> None:
    """Add a member's VGBs for one run of the family: the first, and the renewals that were agreed."""
    rng = bouw.rng
    if chance(rng, _GEEN_VGB):
        return
    dag = _first_vgb(rng, gezin, lid, reeks, contract)
    eind = min(bouw.kal.gisteren, lid.tot, reeks.tot)
    if dag is not None and dag <= eind and chance(rng, _GEWEIGERD):
        _add_vgb(bouw, gezin, lid, VgbStatus.GEWEIGERD, dag - 20)
    while dag is not None and dag <= eind:
        volgende = None if afspraak is None else dag + int(afspraak * JAAR)
        if chance(rng, _AANVRAAG_VASTGELEGD):
            _add_vgb(bouw, gezin, lid, _AANGEVRAAGD, dag - rng.randint(14, 19))
        _add_vgb(bouw, gezin, lid, _AFGEGEVEN, dag, volgende)
        if chance(rng, _INGETROKKEN) and dag + 200 < eind:
            _add_vgb(bouw, gezin, lid, VgbStatus.INGETROKKEN, dag + 200)
            return
        if volgende is None:
            return
        dag = volgende + (rng.randint(5, 900) if chance(rng, 0.4) else -rng.randint(0, 40))


def _first_vgb(rng: Random, gezin: DemoGezin, lid: _Lid, reeks: Reeks, contract: int | None) -> int | None:
    """Return the day of a member's first VGB in a run; None when none is due in it."""
    laat = rng.randint(20, 150) if chance(rng, _VGB_LAAT) else 0
    begin = max(reeks.van, lid.sinds)
    if not lid.ouder:
        twaalf = lid.geboren + int(_VGB_LEEFTIJD * JAAR)
        if lid.tot <= begin:
            return None
        return begin - rng.randint(0, 60) + laat if twaalf <= begin else twaalf - rng.randint(-15, 50) + laat
    if gezin.soort is GezinSoort.NETWERK and contract is not None:
        return contract + rng.randint(20, 88) + laat
    return reeks.van - rng.randint(20, 150) + laat


def _add_vgb(
    bouw: Bouw, gezin: DemoGezin, lid: _Lid, status: VgbStatus, dag: int, herscreening: int | None = None
) -> None:
    kal = bouw.kal
    uiterlijk = None if herscreening is None else kal.datum(herscreening)
    feit = Vgb(lid.positie, status, kal.datum(dag), uiterlijk)
    bouw.deel.vgb.add(feit, kal.moment(bouw.rng, dag), gezin.begeleiders.holder(dag))


def _add_evaluaties(bouw: Bouw, gezin: DemoGezin, reeks: Reeks) -> None:
    rng, kal = bouw.rng, bouw.kal
    gemiddeld, spreiding = _EVALUATIE
    traag = rng.uniform(1.2, 1.7) if chance(rng, 0.18) else 1.0
    for dag in draw_ritme(rng, reeks.van, min(reeks.tot, kal.gisteren), gemiddeld * traag, spreiding):
        werkdag = kal.werkdag_tot(dag, kal.gisteren)
        feit = Evaluatie(gezin.positie, kal.datum(werkdag))
        bouw.deel.evaluatie.add(feit, kal.moment(rng, werkdag), gezin.begeleiders.holder(werkdag))
