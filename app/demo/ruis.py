"""What follows when a child tells something, and the ruisfactoren that people scored.

With a source of chance of its own, after everything else: the rest of the demo stays as it was. The children of the
story are left alone; each shows nothing but its own story.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from app.demo.feiten import Deel, Meldcodestap, Ruisscore, Signaal
from app.demo.kalender import Kalender
from app.demo.trekking import Verdeling, chance
from app.terms import Ruiscode, Veiligheidsgevoel, VeiligThuis

_OPGEVOLGD, _STAPPEN_BIJ_SIGNAAL = 0.8, 0.75  # of the unsafe talks, and of the other signalen
_GESCOORD = 0.09  # of the children
_SCORE_GELEDEN, _SCORE_MAANDEN = (1, 330), (3, 6, 12)
_CODE = Verdeling(
    (Ruiscode.R02, 0.12), (Ruiscode.R03, 0.15), (Ruiscode.R04, 0.03), (Ruiscode.R05, 0.05), (Ruiscode.R09, 0.25),
    (Ruiscode.R10, 0.1), (Ruiscode.R14, 0.22), (Ruiscode.R15, 0.08),
)  # fmt: skip
_REDEN = "Besproken in het team; zie het verslag van de bespreking."
_TOELICHTING = {
    1: "De signalen zijn op een rij gezet.",
    2: "Overlegd met de gedragswetenschapper.",
    3: "Gesproken met wie het aangaat.",
    4: "Gewogen met het afwegingskader.",
    5: "Besloten, met afspraken over hulp.",
}
_VEILIG_THUIS = {
    2: Verdeling((VeiligThuis.GEEN, 0.6), (VeiligThuis.ADVIES, 0.4)),
    5: Verdeling((VeiligThuis.GEEN, 0.55), (VeiligThuis.MELDING, 0.45)),
}
_DAGEN_TUSSEN = (0, 6)


@dataclass(slots=True)
class _Ruis:
    rng: Random
    kal: Kalender
    deel: Deel
    vanaf: int  # first child that is not of the story


def add_ruis(rng: Random, kal: Kalender, deel: Deel, vanaf: int) -> None:
    """Add signalen with an onthulling, steps of the meldcode and scores to a finished Deel.

    Args:
        rng: for this alone.
        kal: the days.
        deel: has everything else.
        vanaf: position of the first child that is not of the story.
    """
    ruis = _Ruis(rng, kal, deel, vanaf)
    for positie, signaal in deel.signaal.current():
        if signaal.pleegkind_id >= vanaf and chance(rng, _STAPPEN_BIJ_SIGNAAL):
            _add_stappen(ruis, positie, signaal)
    _add_onthullingen(ruis)
    _add_scores(ruis)


def _add_onthullingen(ruis: _Ruis) -> None:
    """Let most talks in which a child did not feel safe lead to a signaal with steps."""
    plaatsingen = ruis.deel.plaatsing.eerste
    for _, gesprek in ruis.deel.kindgesprek.current():
        kind = plaatsingen[gesprek.plaatsing_id].feit.pleegkind_id
        onveilig = gesprek.kind_voelde_zich_veilig is Veiligheidsgevoel.NEE
        if kind < ruis.vanaf or not onveilig or not chance(ruis.rng, _OPGEVOLGD):
            continue
        signaal = _onthulling(kind, gesprek.datum)
        op = ruis.kal.stipt(ruis.rng, ruis.kal.dag(gesprek.datum))
        _add_stappen(ruis, ruis.deel.signaal.add(signaal, op, gesprek.medewerker_id), signaal)


def _onthulling(kind: int, dag: date) -> Signaal:
    """Return what the child told in a talk, known that day; no calamiteit, and no check is asked."""
    return Signaal(
        pleegkind_id=kind,
        datum=dag,
        bekend_geworden_op=dag,
        soort="uitspraak_kind",
        vraagt_veiligheidscheck=False,
        calamiteit=False,
        bij_twijfel=False,
        gemeld_igj_op=None,
        onthulling=True,
    )


def _add_stappen(ruis: _Ruis, positie: int, signaal: Signaal) -> None:
    """Add the steps one after the other, as far as there were days for it."""
    dag, door = ruis.kal.dag(signaal.bekend_geworden_op), ruis.deel.signaal.eerste[positie].door
    if door is None:
        return
    for stap, toelichting in _TOELICHTING.items():
        dag += ruis.rng.randint(*_DAGEN_TUSSEN)
        if dag > ruis.kal.gisteren:
            return
        gevraagd = _VEILIG_THUIS[stap].draw(ruis.rng) if stap in _VEILIG_THUIS else VeiligThuis.GEEN
        feit = Meldcodestap(positie, stap, ruis.kal.datum(dag), toelichting, gevraagd, door)
        ruis.deel.meldcodestap.add(feit, ruis.kal.stipt(ruis.rng, dag), door)


def _add_scores(ruis: _Ruis) -> None:
    """Score a factor in the case of some children in care, on a day of the past year on which they were."""
    for _, plaatsing in ruis.deel.plaatsing.current():
        dag = ruis.kal.vandaag - ruis.rng.randint(*_SCORE_GELEDEN)
        weg = plaatsing.tot is not None or ruis.kal.dag(plaatsing.van) > dag
        if plaatsing.pleegkind_id < ruis.vanaf or weg or not chance(ruis.rng, _GESCOORD):
            continue
        einde = ruis.kal.maanden_na(dag, ruis.rng.choice(_SCORE_MAANDEN))
        door = _someone(ruis)
        data = ruis.kal.datum(dag), ruis.kal.datum(einde)
        feit = Ruisscore(plaatsing.pleegkind_id, _CODE.draw(ruis.rng), *data, _REDEN, door)
        ruis.deel.ruisscore.add(feit, ruis.kal.stipt(ruis.rng, dag), door)


def _someone(ruis: _Ruis) -> int:
    """Return a medewerker who recorded talks: somebody of the team who works with children."""
    return ruis.rng.choice(ruis.deel.kindgesprek.eerste).feit.medewerker_id
