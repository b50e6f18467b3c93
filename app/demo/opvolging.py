"""Whether children were seen, what they said of the family, and what somebody did about it: steps and agreed actions.

With a source of chance of its own, after everything else: the rest of the demo stays as it was. The children of the
story are left alone; each shows nothing but its own story.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.demo.achteraf import Achteraf, recent, say
from app.demo.feiten import Actie, Opvolgstap, Veiligheidscheck
from app.demo.tabel import Volgende
from app.demo.trekking import Verdeling, chance
from app.invoer.opvolging import day_of_aanleiding
from app.terms import AanleidingSoort, Opvolgbesluit, OpvolgstapSoort, OverlegMet, Uitkomst, Veiligheidsgevoel

_GEZIEN_BEZOEK = Verdeling((True, 0.8), (False, 0.08), (None, 0.12))
_GEZIEN_CHECK = Verdeling((True, 0.9), (False, 0.03), (None, 0.07))
_AANGEKONDIGD = Verdeling((True, 0.75), (False, 0.15), (None, 0.1))
_ZEGT: Mapping[Veiligheidsgevoel, Verdeling[Any]] = {
    Veiligheidsgevoel.JA: Verdeling((Veiligheidsgevoel.JA, 0.9), (None, 0.1)),
    Veiligheidsgevoel.TWIJFEL: Verdeling((Veiligheidsgevoel.TWIJFEL, 0.7), (Veiligheidsgevoel.JA, 0.3)),
    Veiligheidsgevoel.NEE: Verdeling((Veiligheidsgevoel.NEE, 0.6), (Veiligheidsgevoel.TWIJFEL, 0.4)),
    Veiligheidsgevoel.ONBEKEND: Verdeling((Veiligheidsgevoel.ONBEKEND, 0.8), (None, 0.2)),
}
#: days until what was done about a worry; None: nobody did
_TOT_OVERLEG = Verdeling((0, 0.45), (1, 0.35), (4, 0.12), (None, 0.08))
_TOT_BESLUIT = Verdeling((2, 0.4), (5, 0.4), (10, 0.1), (None, 0.1))
_TOT_HERCHECK = Verdeling((14, 0.4), (24, 0.35), (36, 0.1), (None, 0.15))
_MET = Verdeling((OverlegMet.GEDRAGSWETENSCHAPPER, 0.7), (OverlegMet.TEAMLEIDER, 0.2), (OverlegMet.VEILIG_THUIS, 0.1))
_BESLUIT = Verdeling(
    (Opvolgbesluit.GEEN_GEVAAR, 0.3), (Opvolgbesluit.AFSPRAKEN, 0.45), (Opvolgbesluit.HULP, 0.2),
    (Opvolgbesluit.MELDING_VEILIG_THUIS, 0.05),
)  # fmt: skip
_TOELICHTING = {
    OpvolgstapSoort.OVERLEG: "Samen gewogen wat er is gezien en gezegd.",
    OpvolgstapSoort.BESLUIT: "Besloten met het team; het kind weet ervan.",
}
_ACTIES: Final = (
    "Vraag school hoe het deze week gaat.",
    "Spreek af wie het kind elke week even ziet.",
    "Bespreek met de pleegouders wat er anders moet.",
)
_ACTIE_DAGEN, _ACTIE_GEDAAN = (7, 21), 0.7


@dataclass(slots=True)
class DemoAanleiding:
    """What somebody must act on: which fact, of whom, from which day, and who saw or heard it."""

    soort: AanleidingSoort
    positie: int
    kind: int
    k: date
    wie: int
    feit: Any


def add_opvolging(bouw: Achteraf) -> None:
    """Add what was seen, said and done to a finished Deel."""
    _say_what_was_seen(bouw)
    tot = {positie: feit.tot for positie, feit in bouw.deel.plaatsing.current()}
    for aanleiding in list(_aanleidingen(bouw)):
        _act(bouw, aanleiding, tot)


def _say_what_was_seen(bouw: Achteraf) -> None:
    rng, deel = bouw.rng, bouw.deel
    for tabel in (deel.huisbezoek, deel.veiligheidscheck):
        for positie, _ in recent(bouw, tabel, verhaal=True):
            say(tabel, positie, kind_gezien=True)
    for positie, _ in recent(bouw, deel.huisbezoek):
        gezien, aangekondigd = _GEZIEN_BEZOEK.draw(rng), _AANGEKONDIGD.draw(rng)
        say(deel.huisbezoek, positie, kind_gezien=gezien, aangekondigd=aangekondigd)
    for positie, _ in recent(bouw, deel.veiligheidscheck):
        say(deel.veiligheidscheck, positie, kind_gezien=_GEZIEN_CHECK.draw(rng))
    for positie, gesprek in recent(bouw, deel.kindgesprek):
        gevoel = gesprek.kind_voelde_zich_veilig
        say(deel.kindgesprek, positie, veilig_in_gezin=None if gevoel is None else _ZEGT[gevoel].draw(rng))


def _aanleidingen(bouw: Achteraf) -> Iterator[DemoAanleiding]:
    deel, plaatsingen = bouw.deel, bouw.deel.plaatsing.eerste
    for soort, tabel in (
        (AanleidingSoort.KINDGESPREK, deel.kindgesprek), (AanleidingSoort.VEILIGHEIDSCHECK, deel.veiligheidscheck),
    ):  # fmt: skip
        for positie, feit in recent(bouw, tabel):
            k = day_of_aanleiding(feit._asdict())
            if k is not None:
                kind = plaatsingen[feit.plaatsing_id].feit.pleegkind_id
                yield DemoAanleiding(soort, positie, kind, k, feit.medewerker_id, feit)
    for positie, signaal in deel.signaal.current():
        k, door = day_of_aanleiding(signaal._asdict()), deel.signaal.eerste[positie].door
        if k is not None and door is not None and signaal.pleegkind_id >= bouw.vanaf:
            yield DemoAanleiding(AanleidingSoort.SIGNAAL, positie, signaal.pleegkind_id, k, door, signaal)


def _act(bouw: Achteraf, aanleiding: DemoAanleiding, tot: Mapping[int, date | None]) -> None:
    """Add what was done, as far as there were days for it."""
    overleg, besluit = _TOT_OVERLEG.draw(bouw.rng), _TOT_BESLUIT.draw(bouw.rng)
    add_step(bouw, aanleiding, OpvolgstapSoort.OVERLEG, overleg)
    besloten = add_step(bouw, aanleiding, OpvolgstapSoort.BESLUIT, besluit)
    if besloten is not None and besloten.besluit is Opvolgbesluit.AFSPRAKEN:
        _add_actie(bouw, besloten)
    if aanleiding.soort is AanleidingSoort.VEILIGHEIDSCHECK:
        _add_recheck(bouw, aanleiding, tot)


def _day_after(bouw: Achteraf, k: date, dagen: int | None) -> int | None:
    """Return the working day so many days after k, when it has come."""
    if dagen is None:
        return None
    dag = bouw.kal.werkdag[bouw.kal.dag(k) + dagen]
    return dag if dag <= bouw.kal.gisteren else None


def add_step(bouw: Achteraf, aanleiding: DemoAanleiding, stap: OpvolgstapSoort, dagen: int | None) -> Opvolgstap | None:
    """Add a step so many days after its aanleiding, when that day has come; None: nobody took it."""
    dag = _day_after(bouw, aanleiding.k, dagen)
    if dag is None:
        return None
    over = {f"{soort}_id": aanleiding.positie if soort is aanleiding.soort else None for soort in AanleidingSoort}
    is_overleg = stap is OpvolgstapSoort.OVERLEG
    feit = Opvolgstap(
        pleegkind_id=aanleiding.kind,
        **over,
        stap=stap,
        datum=bouw.kal.datum(dag),
        met=_MET.draw(bouw.rng) if is_overleg else None,
        besluit=None if is_overleg else _BESLUIT.draw(bouw.rng),
        toelichting=_TOELICHTING[stap],
        medewerker_id=aanleiding.wie,
    )
    bouw.deel.opvolgstap.add(feit, bouw.kal.stipt(bouw.rng, dag), aanleiding.wie)
    return feit


def _add_actie(bouw: Achteraf, besluit: Opvolgstap) -> None:
    """Add what was agreed, often done since: the second version says when."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.actie
    dag, dagen, wie = kal.dag(besluit.datum), rng.randint(*_ACTIE_DAGEN), besluit.medewerker_id
    actie = Actie(besluit.pleegkind_id, besluit.datum, rng.choice(_ACTIES), wie, kal.datum(dag + dagen), None)
    op = kal.stipt(rng, dag)
    positie, gedaan = tabel.add(actie, op, wie), dag + rng.randint(1, dagen)
    if gedaan <= kal.gisteren and chance(rng, _ACTIE_GEDAAN):
        klaar = actie._replace(gedaan_op=kal.datum(gedaan))
        tabel.replace(positie, Volgende(klaar, kal.later(rng, op, gedaan), wie, "gedaan"))


def _add_recheck(bouw: Achteraf, aanleiding: DemoAanleiding, plaatsingen: Mapping[int, date | None]) -> None:
    """Add the check at which the child was seen again, while it lived there."""
    check: Veiligheidscheck = aanleiding.feit
    dag = _day_after(bouw, aanleiding.k, _TOT_HERCHECK.draw(bouw.rng))
    tot = plaatsingen.get(check.plaatsing_id)
    if dag is None or (tot is not None and bouw.kal.datum(dag) > tot):
        return
    opnieuw = check._replace(datum=bouw.kal.datum(dag), uitkomst=Uitkomst.VEILIG, kind_gezien=True)
    bouw.deel.veiligheidscheck.add(opnieuw, bouw.kal.stipt(bouw.rng, dag), check.medewerker_id)
