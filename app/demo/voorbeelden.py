"""A few examples of each norm of the second catalogue, on time, near, late and excused, in every team.

One child shows one thing, and each is a child for which what is told holds: an example of who was not seen is about a
child that nobody saw. Before that catalogue holds there is nothing to show.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.demo.achteraf import Achteraf, recent, say
from app.demo.feiten import Actie, Huisbezoek, Kindgesprek, Signaal, Uitzondering, Veiligheidscheck
from app.demo.kandidaat import Kandidaat, list_kandidaten
from app.demo.opvolging import DemoAanleiding, add_step
from app.demo.tabel import Volgende
from app.norms.calendar import add_months, add_working_days
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import (
    AanleidingSoort,
    GespreksVorm,
    NormCode,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    SignaalBron,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
)

_OVERLEG, _BESLUIT = OpvolgstapSoort.OVERLEG, OpvolgstapSoort.BESLUIT
_BINNEN_BESLUIT, _BINNEN_MELDING = 5, 3  # working days: OPV-B and CAL-3
_KAG: Final = (NormCode.KAG_3, NormCode.KAG_R)
Vertelling = Callable[[Achteraf, Kandidaat], None]


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """One thing that a child can show.

    Attributes:
        vertel: adds it.
        sinds: so many days ago it begins; None: it may begin before the second catalogue.
        ongezien: so many days ago nobody had seen the child since; None: that does not matter.
        ongecheckt: the same of a veiligheidscheck.
        deeltijd: it is about deeltijdpleegzorg, of so many days at least.
        gesproken: it is about a child that is spoken with alone.
        stil: nobody has to act on it: it may be about a child of the user whom README follows.
    """

    vertel: Vertelling
    sinds: int | None
    ongezien: int | None = None
    ongecheckt: int | None = None
    deeltijd: int | None = None
    gesproken: bool = False
    stil: bool = False

    def suits(self, bouw: Achteraf, een: Kandidaat) -> bool:
        """Tell whether what it tells can be true of a child."""
        vandaag = bouw.kal.vandaag
        return (
            (een.vorm is PlaatsingVorm.DEELTIJD) == (self.deeltijd is not None)
            and (self.stil or not een.gevolgd)
            and (een.gesproken or not self.gesproken)
            and (self.deeltijd is None or een.van < vandaag - self.deeltijd)
            and (self.ongezien is None or een.is_unseen_since(vandaag - self.ongezien))
            and (self.ongecheckt is None or een.has_no_check_since(vandaag - self.ongecheckt))
        )


def add_voorbeelden(bouw: Achteraf) -> None:
    """Let children of a finished Deel show one example each, as far as there are children for it."""
    vandaag, begin = bouw.kal.vandaag, bouw.kal.dag(TWEEDE_CATALOGUS)
    over = list_kandidaten(bouw)
    for voorbeeld in VOORBEELDEN:
        if vandaag - (voorbeeld.sinds or 0) < begin:
            continue
        een = next((one for one in over if voorbeeld.suits(bouw, one)), None)
        if een is not None:
            over.remove(een)
            voorbeeld.vertel(bouw, een)


# What was seen or said


def _workday(bouw: Achteraf, geleden: int) -> int:
    return bouw.kal.werkdag_voor[bouw.kal.vandaag - geleden]


def _check(bouw: Achteraf, een: Kandidaat, geleden: int, uitkomst: Uitkomst = Uitkomst.ZORGEN) -> DemoAanleiding:
    dag = _workday(bouw, geleden)
    feit = Veiligheidscheck(een.plaatsing, bouw.kal.datum(dag), een.wie, "LIRIK", uitkomst, kind_gezien=True)
    positie = bouw.deel.veiligheidscheck.add(feit, bouw.kal.stipt(bouw.rng, dag), een.wie)
    return DemoAanleiding(AanleidingSoort.VEILIGHEIDSCHECK, positie, een.kind, feit.datum, een.wie, feit)


def _talk(bouw: Achteraf, een: Kandidaat, dag: int, veilig: Veiligheidsgevoel) -> DemoAanleiding:
    feit = Kindgesprek(
        een.plaatsing, bouw.kal.datum(dag), een.wie, doorgegaan=True, alleen=True, vorm=GespreksVorm.FYSIEK,
        veiligheid_besproken=True, reden_niet_alleen=None, kind_voelde_zich_veilig=Veiligheidsgevoel.JA,
        stem_van_het_kind=None, themas=None, vervolgactie=None, veilig_in_gezin=veilig,
    )  # fmt: skip
    positie = bouw.deel.kindgesprek.add(feit, bouw.kal.stipt(bouw.rng, dag), een.wie)
    return DemoAanleiding(AanleidingSoort.KINDGESPREK, positie, een.kind, feit.datum, een.wie, feit)


def _signal(bouw: Achteraf, een: Kandidaat, dag: int, gemeld: int | None, **velden: Any) -> DemoAanleiding:
    """Add a signaal, reported on a later day or not."""
    kal, tabel = bouw.kal, bouw.deel.signaal
    feit = Signaal(
        een.kind, kal.datum(dag), kal.datum(dag), "melding", vraagt_veiligheidscheck=False, calamiteit=False,
        bij_twijfel=False, gemeld_igj_op=None,
    )._replace(**velden)  # fmt: skip
    op = kal.stipt(bouw.rng, dag)
    positie = tabel.add(feit, op, een.wie)
    if gemeld is not None:
        later = feit._replace(gemeld_igj_op=kal.datum(gemeld))
        tabel.replace(positie, Volgende(later, kal.later(bouw.rng, op, gemeld), een.wie, "gemeld aan IGJ"))
    return DemoAanleiding(AanleidingSoort.SIGNAAL, positie, een.kind, feit.datum, een.wie, feit)


def _almost(bouw: Achteraf, werkdagen: int) -> int:
    """Return the first working day of which so many working days later is not before today: the term is almost over."""
    kal = bouw.kal
    dag = kal.werkdag_voor[kal.gisteren]
    while kal.dag(add_working_days(kal.datum(kal.werkdag_voor[dag - 1]), werkdagen)) >= kal.vandaag:
        dag = kal.werkdag_voor[dag - 1]
    return dag


# What was done about it


def _nobody_acted(bouw: Achteraf, een: Kandidaat) -> None:
    _check(bouw, een, 12)


def _said_yesterday(bouw: Achteraf, een: Kandidaat) -> None:
    _talk(bouw, een, bouw.kal.werkdag_voor[bouw.kal.gisteren], Veiligheidsgevoel.NEE)


def _decision_is_near(bouw: Achteraf, een: Kandidaat) -> None:
    add_step(bouw, _talk(bouw, een, _almost(bouw, _BINNEN_BESLUIT), Veiligheidsgevoel.NEE), _OVERLEG, 0)


def _decision_is_late(bouw: Achteraf, een: Kandidaat) -> None:
    dag = _workday(bouw, 15)
    over = _signal(bouw, een, dag, None, soort="letsel", letsel=True, bron=SignaalBron.ARTS)
    add_step(bouw, over, _OVERLEG, 0)


def _act_in_time(bouw: Achteraf, over: DemoAanleiding) -> None:
    add_step(bouw, over, _OVERLEG, 0)
    add_step(bouw, over, _BESLUIT, 2)


def _recheck_is_near(bouw: Achteraf, een: Kandidaat) -> None:
    _act_in_time(bouw, _check(bouw, een, 24))


def _recheck_is_late(bouw: Achteraf, een: Kandidaat) -> None:
    _act_in_time(bouw, _check(bouw, een, 30))


def _everything_was_done(bouw: Achteraf, een: Kandidaat) -> None:
    _act_in_time(bouw, _check(bouw, een, 20))
    _check(bouw, een, 6, Uitkomst.VEILIG)
    _agree(bouw, een, 18, 4, gedaan=8)
    _agree(bouw, een, 18, -12)


def _report_is_late(bouw: Achteraf, een: Kandidaat) -> None:
    _act_in_time(bouw, _signal(bouw, een, _workday(bouw, 10), None, geweld=True, bron=SignaalBron.POLITIE))


def _report_is_near(bouw: Achteraf, een: Kandidaat) -> None:
    dag = _almost(bouw, _BINNEN_MELDING)
    add_step(bouw, _signal(bouw, een, dag, None, geweld=True, bron=SignaalBron.SCHOOL), _OVERLEG, 0)


def _reported_after_an_inquiry(bouw: Achteraf, een: Kandidaat) -> None:
    einde = _workday(bouw, 9)
    velden = {"calamiteit": True, "bij_twijfel": True, "conclusie_op": bouw.kal.datum(einde)}
    gemeld = min(bouw.kal.werkdag[einde + 1], bouw.kal.gisteren)
    _act_in_time(bouw, _signal(bouw, een, _workday(bouw, 25), gemeld, bron=SignaalBron.PROFESSIONAL, **velden))


# What was agreed


def _agree(bouw: Achteraf, een: Kandidaat, geleden: int, uiterlijk: int, gedaan: int | None = None) -> None:
    """Add an action that was agreed so many days ago, to be done, and done or not, so many days ago."""
    dag, kal, tabel = _workday(bouw, geleden), bouw.kal, bouw.deel.actie
    last = kal.datum(kal.vandaag - uiterlijk)
    actie = Actie(een.kind, kal.datum(dag), "Bel school over de afspraken.", een.wie, last, None)
    op = kal.stipt(bouw.rng, dag)
    positie = tabel.add(actie, op, een.wie)
    if gedaan is not None:
        klaar = actie._replace(gedaan_op=kal.datum(_workday(bouw, gedaan)))
        tabel.replace(positie, Volgende(klaar, kal.later(bouw.rng, op, _workday(bouw, gedaan)), een.wie, "gedaan"))


def _action_is_excused(bouw: Achteraf, een: Kandidaat) -> None:
    _agree(bouw, een, 16, 4)
    _except(bouw, een, (NormCode.ACT,), 6)


# Exceptions and zichtplannen


def _role(bouw: Achteraf, rol: Rol) -> int:
    return next(positie for positie, feit in bouw.deel.medewerker.current() if feit.rol is rol)


def _except(bouw: Achteraf, een: Kandidaat, normen: Sequence[NormCode], geleden: int, *, akkoord: bool = True) -> None:
    _add_plan(bouw, _plan(bouw, een, normen, geleden), geleden, akkoord=akkoord)


def _seek_sight(
    bouw: Achteraf, een: Kandidaat, geleden: int, dagen: int, *, akkoord: bool = True, normen: Sequence[NormCode] = _KAG
) -> None:
    """Add a zichtplan that began so many days ago, by which the child is seen every so many days."""
    plan = _plan(bouw, een, normen, geleden)
    last = add_months(plan.van, 4)
    plan = plan._replace(soort=UitzonderingSoort.ZICHTPLAN, waarneming_dagen=dagen, herzien_uiterlijk=last)
    _add_plan(bouw, plan, geleden, akkoord=akkoord)


def _plan(bouw: Achteraf, een: Kandidaat, normen: Sequence[NormCode], geleden: int) -> Uitzondering:
    dag = bouw.kal.vandaag - geleden
    return Uitzondering(
        een.kind, [norm.value for norm in normen], "Het kind wil nog niet met een onbekende praten.",
        "Wij kijken mee op school en bij het spelen, en bouwen op naar een gesprek.", bouw.kal.datum(dag),
        bouw.kal.datum(dag + 60), een.wie, None, None,
    )  # fmt: skip


def _add_plan(bouw: Achteraf, plan: Uitzondering, geleden: int, *, akkoord: bool) -> None:
    kal, tabel = bouw.kal, bouw.deel.uitzondering
    dag = kal.vandaag - geleden
    op = kal.stipt(bouw.rng, dag)
    positie = tabel.add(plan, op, plan.opgesteld_door)
    if akkoord:
        wie = _role(bouw, Rol.GEDRAGSWETENSCHAPPER)
        goed = plan._replace(goedgekeurd_door=wie, goedkeurder_rol=Rol.GEDRAGSWETENSCHAPPER)
        tabel.replace(positie, Volgende(goed, kal.later(bouw.rng, op, dag), wie, "goedgekeurd"))


def _plan_is_kept(bouw: Achteraf, een: Kandidaat) -> None:
    _seek_sight(bouw, een, 20, 14)
    dag = _workday(bouw, 3)
    bezoek = Huisbezoek(een.plaatsing, bouw.kal.datum(dag), een.wie, kind_gezien=True, aangekondigd=True)
    bouw.deel.huisbezoek.add(bezoek, bouw.kal.stipt(bouw.rng, dag), een.wie)
    _agree(bouw, een, 10, -4)


def _plan_is_near(bouw: Achteraf, een: Kandidaat) -> None:
    _seek_sight(bouw, een, 12, 14)


def _plan_is_late(bouw: Achteraf, een: Kandidaat) -> None:
    _seek_sight(bouw, een, 24, 14)


def _plan_waits(bouw: Achteraf, een: Kandidaat) -> None:
    _seek_sight(bouw, een, 2, 7, akkoord=False)
    _agree(bouw, een, 14, 5)


def _sight_is_excused(bouw: Achteraf, een: Kandidaat) -> None:
    _except(bouw, een, (NormCode.ZIEN,), 8)


# Deeltijdpleegzorg


def _spoke_last(bouw: Achteraf, een: Kandidaat, geleden: int) -> None:
    """Let the last talk that counted be so many days ago: later ones were not about safety."""
    dag = _workday(bouw, geleden)
    for positie, gesprek in recent(bouw, bouw.deel.kindgesprek):
        if gesprek.plaatsing_id == een.plaatsing and bouw.kal.dag(gesprek.datum) > dag:
            say(bouw.deel.kindgesprek, positie, veiligheid_besproken=False)
    _talk(bouw, een, dag, Veiligheidsgevoel.JA)


def _deeltijd_is_near(bouw: Achteraf, een: Kandidaat) -> None:
    _spoke_last(bouw, een, 340)


def _deeltijd_is_late(bouw: Achteraf, een: Kandidaat) -> None:
    _spoke_last(bouw, een, 385)


def _deeltijd_is_excused(bouw: Achteraf, een: Kandidaat) -> None:
    _spoke_last(bouw, een, 390)
    _seek_sight(bouw, een, 20, 40, normen=(NormCode.KAG_D,))


#: what is told first asks the most of a child
VOORBEELDEN: Final = (
    Voorbeeld(_sight_is_excused, 8, ongezien=44, stil=True),
    Voorbeeld(_plan_is_late, 24, ongezien=24),
    Voorbeeld(_plan_is_near, 12, ongezien=12),
    Voorbeeld(_deeltijd_is_excused, 20, deeltijd=395, stil=True),
    Voorbeeld(_deeltijd_is_late, None, deeltijd=390, stil=True),
    Voorbeeld(_deeltijd_is_near, None, deeltijd=345, stil=True),
    Voorbeeld(_recheck_is_late, 32, ongecheckt=33),
    Voorbeeld(_recheck_is_near, 27, ongecheckt=28),
    Voorbeeld(_nobody_acted, 15),
    Voorbeeld(_said_yesterday, 5, gesproken=True),
    Voorbeeld(_decision_is_near, 12, gesproken=True),
    Voorbeeld(_decision_is_late, 18),
    Voorbeeld(_everything_was_done, 23),
    Voorbeeld(_report_is_late, 13),
    Voorbeeld(_report_is_near, 10),
    Voorbeeld(_reported_after_an_inquiry, 28),
    Voorbeeld(_plan_is_kept, 20),
    Voorbeeld(_plan_waits, 17),
    Voorbeeld(_action_is_excused, 19),
)
