"""Whether children were seen, what they said of the family, and what somebody did about it: steps and agreed actions.

With a source of chance of its own, after everything else: the rest of the demo stays as it was. The children of the
story are left alone; each shows nothing but its own story.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from app.demo.feiten import Actie, Deel, Opvolgstap, Veiligheidscheck
from app.demo.kalender import Kalender
from app.demo.tabel import Tabel, Volgende
from app.demo.trekking import Verdeling, chance
from app.invoer.opvolging import day_of_aanleiding
from app.terms import AanleidingSoort, Opvolgbesluit, OpvolgstapSoort, OverlegMet, Uitkomst, Veiligheidsgevoel

_VELDEN_SINDS = 400  # days: since when the files have these fields
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
class _Opvolging:
    rng: Random
    kal: Kalender
    deel: Deel
    vanaf: int  # first child that is not of the story
    tot: Mapping[int, date | None]  # of each plaatsing


@dataclass(slots=True)
class _Aanleiding:
    """What somebody must act on: which fact, of whom, from which day, and who saw or heard it."""

    soort: AanleidingSoort
    positie: int
    kind: int
    k: date
    wie: int
    feit: Any


def add_opvolging(rng: Random, kal: Kalender, deel: Deel, vanaf: int) -> None:
    """Add what was seen, said and done to a finished Deel.

    Args:
        rng: for this alone.
        kal: the days.
        deel: has everything else.
        vanaf: position of the first child that is not of the story.
    """
    bouw = _Opvolging(rng, kal, deel, vanaf, {positie: feit.tot for positie, feit in deel.plaatsing.current()})
    _say_what_was_seen(bouw)
    for aanleiding in list(_aanleidingen(bouw)):
        _act(bouw, aanleiding)


def _say_what_was_seen(bouw: _Opvolging) -> None:
    rng, deel = bouw.rng, bouw.deel
    for tabel in (deel.huisbezoek, deel.veiligheidscheck):
        for positie, _ in _recent(bouw, tabel, verhaal=True):
            _say(tabel, positie, kind_gezien=True)
    for positie, _ in _recent(bouw, deel.huisbezoek):
        gezien, aangekondigd = _GEZIEN_BEZOEK.draw(rng), _AANGEKONDIGD.draw(rng)
        _say(deel.huisbezoek, positie, kind_gezien=gezien, aangekondigd=aangekondigd)
    for positie, _ in _recent(bouw, deel.veiligheidscheck):
        _say(deel.veiligheidscheck, positie, kind_gezien=_GEZIEN_CHECK.draw(rng))
    for positie, gesprek in _recent(bouw, deel.kindgesprek):
        gevoel = gesprek.kind_voelde_zich_veilig
        _say(deel.kindgesprek, positie, veilig_in_gezin=None if gevoel is None else _ZEGT[gevoel].draw(rng))


def _recent(bouw: _Opvolging, tabel: Tabel[Any], *, verhaal: bool = False) -> Iterator[tuple[int, Any]]:
    """Yield what lately happened in a plaatsing of a child that is not of the story, or of one that is."""
    plaatsingen = bouw.deel.plaatsing.eerste
    sinds = bouw.kal.datum(bouw.kal.vandaag - _VELDEN_SINDS)
    for positie, feit in tabel.current():
        of_verhaal = plaatsingen[feit.plaatsing_id].feit.pleegkind_id < bouw.vanaf
        if feit.datum >= sinds and of_verhaal == verhaal:
            yield positie, feit


def _say(tabel: Tabel[Any], positie: int, **velden: Any) -> None:
    """Let every version of a fact say the same."""
    eerste = tabel.eerste[positie]
    tabel.eerste[positie] = eerste._replace(feit=eerste.feit._replace(**velden))
    if positie in tabel.volgende:
        later = tabel.volgende[positie]
        tabel.volgende[positie] = [one._replace(feit=one.feit._replace(**velden)) for one in later]


def _aanleidingen(bouw: _Opvolging) -> Iterator[_Aanleiding]:
    deel, plaatsingen = bouw.deel, bouw.deel.plaatsing.eerste
    for soort, tabel in (
        (AanleidingSoort.KINDGESPREK, deel.kindgesprek), (AanleidingSoort.VEILIGHEIDSCHECK, deel.veiligheidscheck),
    ):  # fmt: skip
        for positie, feit in _recent(bouw, tabel):
            k = day_of_aanleiding(feit._asdict())
            if k is not None:
                kind = plaatsingen[feit.plaatsing_id].feit.pleegkind_id
                yield _Aanleiding(soort, positie, kind, k, feit.medewerker_id, feit)
    for positie, signaal in deel.signaal.current():
        k, door = day_of_aanleiding(signaal._asdict()), deel.signaal.eerste[positie].door
        if k is not None and door is not None and signaal.pleegkind_id >= bouw.vanaf:
            yield _Aanleiding(AanleidingSoort.SIGNAAL, positie, signaal.pleegkind_id, k, door, signaal)


def _act(bouw: _Opvolging, aanleiding: _Aanleiding) -> None:
    """Add what was done, as far as there were days for it."""
    overleg, besluit = _TOT_OVERLEG.draw(bouw.rng), _TOT_BESLUIT.draw(bouw.rng)
    _add_step(bouw, aanleiding, OpvolgstapSoort.OVERLEG, overleg)
    besloten = _add_step(bouw, aanleiding, OpvolgstapSoort.BESLUIT, besluit)
    if besloten is not None and besloten.besluit is Opvolgbesluit.AFSPRAKEN:
        _add_actie(bouw, besloten)
    if aanleiding.soort is AanleidingSoort.VEILIGHEIDSCHECK:
        _add_recheck(bouw, aanleiding)


def _day_after(bouw: _Opvolging, k: date, dagen: int | None) -> int | None:
    """Return the working day so many days after k, when it has come."""
    if dagen is None:
        return None
    dag = bouw.kal.werkdag[bouw.kal.dag(k) + dagen]
    return dag if dag <= bouw.kal.gisteren else None


def _add_step(bouw: _Opvolging, aanleiding: _Aanleiding, stap: OpvolgstapSoort, dagen: int | None) -> Opvolgstap | None:
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


def _add_actie(bouw: _Opvolging, besluit: Opvolgstap) -> None:
    """Add what was agreed, often done since: the second version says when."""
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.actie
    dag, dagen, wie = kal.dag(besluit.datum), rng.randint(*_ACTIE_DAGEN), besluit.medewerker_id
    actie = Actie(besluit.pleegkind_id, besluit.datum, rng.choice(_ACTIES), wie, kal.datum(dag + dagen), None)
    op = kal.stipt(rng, dag)
    positie, gedaan = tabel.add(actie, op, wie), dag + rng.randint(1, dagen)
    if gedaan <= kal.gisteren and chance(rng, _ACTIE_GEDAAN):
        klaar = actie._replace(gedaan_op=kal.datum(gedaan))
        tabel.replace(positie, Volgende(klaar, kal.later(rng, op, gedaan), wie, "gedaan"))


def _add_recheck(bouw: _Opvolging, aanleiding: _Aanleiding) -> None:
    """Add the check at which the child was seen again, while it lived there."""
    check: Veiligheidscheck = aanleiding.feit
    dag = _day_after(bouw, aanleiding.k, _TOT_HERCHECK.draw(bouw.rng))
    tot = bouw.tot.get(check.plaatsing_id)
    if dag is None or (tot is not None and bouw.kal.datum(dag) > tot):
        return
    opnieuw = check._replace(datum=bouw.kal.datum(dag), uitkomst=Uitkomst.VEILIG, kind_gezien=True)
    bouw.deel.veiligheidscheck.add(opnieuw, bouw.kal.stipt(bouw.rng, dag), check.medewerker_id)
