"""Sight by other means: visits at home, veiligheidschecks, and the signalen that ask for one."""

from random import Random

from app.demo.bouw import Bouw
from app.demo.feiten import Huisbezoek, Signaal, Veiligheidscheck
from app.demo.kalender import JAAR
from app.demo.levensloop import Kind, Verblijf
from app.demo.tabel import Volgende
from app.demo.trekking import Verdeling, chance, draw_ritme
from app.terms import PlaatsingVorm, Uitkomst

_BEZOEK, _BEZOEK_DEELTIJD = (39.5, 12), (75, 20)  # days between visits: mean and spread
_CHECK, _NA_SIGNAAL = (362, 85), 0.8
_EERSTE_CHECK = (20, 120)
_INSTRUMENT = Verdeling(("ARIJ", 0.4), ("LIRIK", 0.35), ("eigen checklist", 0.25))
_UITKOMST = Verdeling((Uitkomst.VEILIG, 0.85), (Uitkomst.ZORGEN, 0.13), (Uitkomst.ONVEILIG, 0.02))
_DOOR_GEDRAGSWETENSCHAPPER = 0.25
_SIGNAAL_PER_JAAR = 0.14
_SOORT = Verdeling(("melding_school", 0.35), ("uitspraak_kind", 0.3), ("letsel", 0.15), ("overig", 0.2))
_VRAAGT_CHECK, _CALAMITEIT, _BIJ_TWIJFEL = 0.3, 0.02, 0.3
_MELDING = Verdeling((1, 0.4), (2, 0.3), (3, 0.15), (8, 0.08), (None, 0.07))  # days until the report to IGJ


def add_bezoeken(bouw: Bouw, kind: Kind, verblijf: Verblijf) -> None:
    """Add the visits of one plaatsing."""
    rng, kal, eind = bouw.rng, bouw.kal, bouw.eind(verblijf)
    gemiddeld, spreiding = _BEZOEK_DEELTIJD if verblijf.vorm is PlaatsingVorm.DEELTIJD else _BEZOEK
    tabel, begeleiders = bouw.deel.huisbezoek, verblijf.gezin.begeleiders
    for dag in draw_ritme(rng, verblijf.van, eind, gemiddeld * kind.traagheid, spreiding):
        werkdag = max(verblijf.van, kal.werkdag_tot(dag, eind))
        wie = begeleiders.holder(werkdag)
        tabel.add(Huisbezoek(verblijf.positie, kal.datum(werkdag), wie), kal.moment(rng, werkdag), wie)


def add_checks(bouw: Bouw, kind: Kind, verblijf: Verblijf, signalen: list[int]) -> None:
    """Add the veiligheidschecks of one plaatsing: in their rhythm, and within days after a signaal that asks.

    Args:
        bouw: the Deel under construction.
        kind: whose plaatsing.
        verblijf: the plaatsing.
        signalen: days on which such a signaal became known.
    """
    rng, kal, eind = bouw.rng, bouw.kal, bouw.eind(verblijf)
    gemiddeld, spreiding = _CHECK
    dagen = {verblijf.van + rng.randint(*_EERSTE_CHECK)} if kind.traagheid < 2 and kind.gezien else set()  # noqa: PLR2004
    dagen.update(draw_ritme(rng, max(dagen, default=verblijf.van), eind, gemiddeld * kind.traagheid, spreiding))
    dagen.update(signaal + rng.randint(1, 6) for signaal in signalen if chance(rng, _NA_SIGNAAL))
    for dag in sorted(dagen):
        if verblijf.van <= dag <= eind:
            _add_check(bouw, verblijf, max(verblijf.van, kal.werkdag_tot(dag, eind)))


def _add_check(bouw: Bouw, verblijf: Verblijf, dag: int) -> None:
    rng, kal = bouw.rng, bouw.kal
    ander = chance(rng, _DOOR_GEDRAGSWETENSCHAPPER)
    wie = bouw.team.gedragswetenschapper if ander else bouw.begeleider(verblijf, dag)
    check = Veiligheidscheck(verblijf.positie, kal.datum(dag), wie, _INSTRUMENT.draw(rng), _UITKOMST.draw(rng))
    bouw.deel.veiligheidscheck.add(check, kal.moment(rng, dag), wie)


def add_signalen(bouw: Bouw, kind: Kind) -> list[int]:
    """Add the signalen about a child; returns the days on which those that ask for a check became known."""
    rng, kal = bouw.rng, bouw.kal
    eind = kal.gisteren if kind.einde_zorg is None else min(kind.einde_zorg, kal.gisteren)
    vragend, dag = [], kind.begin_zorg
    while (dag := dag + 1 + int(rng.expovariate(_SIGNAAL_PER_JAAR / JAAR))) <= eind:
        bekend = min(dag + int(rng.expovariate(0.5)), eind)
        vraagt, calamiteit = chance(rng, _VRAAGT_CHECK), chance(rng, _CALAMITEIT)
        add_signaal(bouw, kind, (dag, bekend), _SOORT.draw(rng), vraagt=vraagt, calamiteit=calamiteit)
        if vraagt:
            vragend.append(bekend)
    return vragend


def add_signaal(
    bouw: Bouw, kind: Kind, dagen: tuple[int, int], soort: str, *, vraagt: bool, calamiteit: bool = False
) -> None:
    """Add a signaal that happened and became known on these two days; a calamiteit is mostly reported within days."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.signaal
    gebeurd, bekend = dagen
    twijfel = calamiteit and chance(rng, _BIJ_TWIJFEL)
    feit = Signaal(
        kind.positie, kal.datum(gebeurd), kal.datum(bekend), soort, vraagt, calamiteit, twijfel, gemeld_igj_op=None
    )
    op, door = kal.stipt(rng, bekend), bouw.begeleider_of(kind, bekend)
    positie = tabel.add(feit, op, door)
    melding = _draw_melding(rng, bekend, twijfel=twijfel) if calamiteit else None
    if melding is not None and melding <= kal.gisteren:
        gemeld = feit._replace(gemeld_igj_op=kal.datum(melding))
        versie = Volgende(gemeld, kal.later(rng, op, melding), bouw.team.teamleider, "gemeld aan IGJ")
        tabel.replace(positie, versie)


def _draw_melding(rng: Random, bekend: int, *, twijfel: bool) -> int | None:
    dagen = _MELDING.draw(rng)
    if dagen is None:
        return None
    return bekend + dagen + (rng.randint(5, 30) if twijfel else 0)
