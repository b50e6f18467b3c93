"""R04, R05 and R06: what the child told, and what others signalled."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.norms.dutch import dutch_date
from app.norms.feiten import Kindgesprek
from app.norms.ruis.feiten import RuisGezin, RuisSignaal
from app.norms.ruis.zaak import MAANDEN, RuisZaak, normalized
from app.terms import OnderwerpSoort, Veiligheidsgevoel

_NEE = Veiligheidsgevoel.NEE
_MEER = 2  # signalen about one family

#: Kinds of signaal that make R05 hold, in words. The soort of a signaal is free text: what an organisatie calls
#: otherwise is scored by a person.
SOORTEN: Mapping[str, str] = {
    "letsel": "over letsel",
    "school": "van school",
    "melding_school": "van school",
    "politie": "van de politie",
    "melding_politie": "van de politie",
    "anderen": "van anderen",
    "melding_anderen": "van anderen",
}


def told_without_meldcode(zaak: RuisZaak) -> Iterator[str]:
    """R04: an onthulling without a step on its signaal, or an unsafe talk without any step since; it does not lapse."""
    stappen = [stap for stap in zaak.feiten.meldcodestappen if stap.datum <= zaak.peildatum]
    opgevolgd = {stap.signaal_id for stap in stappen}
    for signaal in zaak.feiten.signalen:
        if signaal.onthulling and _known(signaal, zaak.peildatum) and signaal.id not in opgevolgd:
            yield f"Na de onthulling van {dutch_date(signaal.datum)} is geen stap van de meldcode vastgelegd."
    for dag in zaak.feiten.onveilige_gesprekken:
        if dag <= zaak.peildatum and not any(stap.datum >= dag for stap in stappen):
            yield (
                f"In het gesprek van {dutch_date(dag)} voelde het kind zich niet veilig; daarna is geen stap van de "
                "meldcode vastgelegd."
            )


def told_without_opvolging(zaak: RuisZaak) -> Iterator[str]:
    """R04 from October 2026: an onthulling, or a talk in which it said not to be safe in this family, unanswered.

    Ends with an opvolgstap about it, or with a step of the meldcode as before; it does not lapse.
    """
    meldcode = [stap for stap in zaak.feiten.meldcodestappen if stap.datum <= zaak.peildatum]
    beantwoord = {
        (stap.aanleiding_soort, stap.aanleiding_id)
        for stap in zaak.feiten.opvolgstappen
        if stap.datum <= zaak.peildatum
    } | {(OnderwerpSoort.SIGNAAL, stap.signaal_id) for stap in meldcode}
    for signaal in zaak.feiten.signalen:
        told = signaal.onthulling and _known(signaal, zaak.peildatum)
        if told and (OnderwerpSoort.SIGNAAL, signaal.id) not in beantwoord:
            yield f"Na de onthulling van {dutch_date(signaal.datum)} is geen opvolging vastgelegd."
    for gesprek in _unsafe_at_home(zaak):
        since = any(stap.datum >= gesprek.datum for stap in meldcode)
        if not since and (OnderwerpSoort.KINDGESPREK, gesprek.id) not in beantwoord:
            yield (
                f"In het gesprek van {dutch_date(gesprek.datum)} zei het kind dat het in dit gezin niet veilig is; "
                "daarna is geen opvolging vastgelegd."
            )


def _unsafe_at_home(zaak: RuisZaak) -> Iterator[Kindgesprek]:
    return (
        gesprek
        for plaatsing in zaak.feiten.plaatsingen
        for gesprek in plaatsing.kindgesprekken
        if gesprek.doorgegaan and gesprek.veilig_in_gezin == _NEE and gesprek.datum <= zaak.peildatum
    )


def signals_of_others(zaak: RuisZaak) -> Iterator[str]:
    """R05: in the last 6 months a signaal became known about injury, or from school, police or others."""
    for signaal in zaak.feiten.signalen:
        wat = SOORTEN.get(normalized(signaal.soort))
        if wat is not None and _known_recently(signaal, zaak):
            yield f"Op {dutch_date(signaal.bekend_geworden_op)} werd een signaal {wat} bekend."


def several_signals(zaak: RuisZaak) -> Iterator[str]:
    """R06: in the last 6 months two or more signalen became known about children of a family of the child."""
    for _, gezin in zaak.gezinnen():
        dagen = [s.bekend_geworden_op for s in gezin.signalen if _known_recently(s, zaak) and _there(s, gezin)]
        if len(dagen) >= _MEER:
            yield (
                f"In de {MAANDEN} maanden tot de peildatum werden {len(dagen)} signalen over kinderen in dit gezin "
                f"bekend, het laatste op {dutch_date(max(dagen))}."
            )


def _there(signaal: RuisSignaal, gezin: RuisGezin) -> bool:
    """Tell whether the child lived in the family on the day of the signaal, the day of leaving included."""
    return any(
        plaatsing.kind_id == signaal.kind_id
        and plaatsing.van <= signaal.datum
        and (plaatsing.tot is None or signaal.datum <= plaatsing.tot)
        for plaatsing in gezin.plaatsingen
    )


def _known(signaal: RuisSignaal, peildatum: date) -> bool:
    return max(signaal.datum, signaal.bekend_geworden_op) <= peildatum


def _known_recently(signaal: RuisSignaal, zaak: RuisZaak) -> bool:
    return _known(signaal, zaak.peildatum) and zaak.recent(signaal.bekend_geworden_op)
