"""Why a judgement is what it is, in Dutch: the rule, its source, what counted last and what did not count.

Source: ``normen.md`` §4; ``afspraken.md`` §4 (``uitleg`` of a Termijn).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.norms.dutch import dutch_date
from app.norms.feiten import Dossier, Gebeurtenis, Gezin, Uitzondering
from app.norms.judge import Oordeel
from app.norms.uitleg.teldeniet import TeldeNiet, uncounted
from app.norms.uitleg.zaak import Zaak
from app.norms.uitleg.zinnen import describe
from app.norms.uitzondering import covering, uncovered_reason
from app.norms.versies.catalogue import Catalogus

__all__ = ["TeldeNiet", "Uitleg", "explain", "explain_uitzondering"]


@dataclass(frozen=True, slots=True)
class Uitleg:
    """The answer to "why is this flagged?".

    Attributes:
        regel: the rule in a Dutch sentence with the actual numbers and dates.
        bron: where the rule comes from; a choice of this project says so.
        laatste: the last event that counted.
        telden_niet: the later events that did not count, by datum, with all reasons.
        uitzondering: in Dutch which uitzondering covers the norm, or why one does not; None without any.
    """

    regel: str
    bron: str
    laatste: Gebeurtenis | None
    telden_niet: tuple[TeldeNiet, ...]
    uitzondering: str | None = None


def explain(
    oordeel: Oordeel,
    dossier: Dossier,
    gezinnen: Mapping[int, Gezin],
    catalogus: Catalogus,  # noqa: ARG001 - the agreed call; the judgement carries its own version
) -> Uitleg:
    """Explain a judgement that :func:`~app.norms.judge.judge` made of the same facts and catalogue."""
    zaak = Zaak(oordeel, dossier, gezinnen)
    return Uitleg(
        describe(zaak),
        oordeel.norm.bron,
        oordeel.laatste,
        uncounted(zaak),
        explain_uitzondering(oordeel, dossier),
    )


def explain_uitzondering(oordeel: Oordeel, dossier: Dossier) -> str | None:
    """Say which uitzondering covers the norm on the peildatum, or why those that name it do not."""
    code, peildatum = oordeel.norm.code, oordeel.peildatum
    dekking = covering(dossier.uitzonderingen, code, peildatum)
    if dekking is not None:
        return f"Een goedgekeurde uitzondering geldt {_period(dekking)}."
    genoemd = [u for u in dossier.uitzonderingen if code in u.normen]
    zinnen = [
        f"De uitzondering {_period(u)} telt niet: zij {reden}."
        for u in _relevant(genoemd, peildatum)
        if (reden := uncovered_reason(u, code, peildatum)) is not None
    ]
    return " ".join(zinnen) or None


def _relevant(genoemd: list[Uitzondering], peildatum: date) -> list[Uitzondering]:
    """Return those that still run; when all are over, the last one: older ones explain nothing."""
    lopend = [u for u in genoemd if u.herzien_uiterlijk >= peildatum]
    return lopend or sorted(genoemd, key=lambda u: u.herzien_uiterlijk)[-1:]


def _period(uitzondering: Uitzondering) -> str:
    return f"van {dutch_date(uitzondering.van)} tot en met {dutch_date(uitzondering.herzien_uiterlijk)}"
