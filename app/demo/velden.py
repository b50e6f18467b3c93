"""What the second catalogue asks to write down beside the rest: where and with whom, what the child wants, who told it.

What would open something that somebody must act on is left to ``app.demo.voorbeelden``.
"""

from typing import Any, Final

from app.clock import civil_date
from app.demo.achteraf import Achteraf, recent, say
from app.demo.trekking import Verdeling, chance
from app.invoer.opvolging import day_of_aanleiding
from app.terms import Aanwezige, Gespreksplaats, GespreksVorm, RedenNietAlleen, SignaalBron

_PLAATS: Final = Verdeling(
    (Gespreksplaats.THUIS, 0.4), (Gespreksplaats.SCHOOL, 0.3), (Gespreksplaats.BUITEN, 0.12),
    (Gespreksplaats.KANTOOR, 0.06), (Gespreksplaats.ELDERS, 0.02), (None, 0.1),
)  # fmt: skip
_WIL: Final = Verdeling(
    ("Vaker met mijn vader bellen.", 0.3), ("Een keer bij mijn zus logeren.", 0.25),
    ("Dat iemand bij mijn wedstrijd komt kijken.", 0.25), ("Weten hoe lang ik hier blijf.", 0.2),
)  # fmt: skip
_WIL_IETS, _TERUGGEKOPPELD = 0.35, 0.4
_BIJ_GESPREK_ALLEEN: Final = Verdeling((None, 0.88), ([Aanwezige.TOLK.value], 0.07), ([Aanwezige.ANDER.value], 0.05))
_BIJ_GESPREK: Final = Verdeling((None, 0.5), ([Aanwezige.OUDER.value], 0.3), ([Aanwezige.JEUGDBESCHERMER.value], 0.2))
_THUIS: Final = Verdeling(
    ([Aanwezige.PLEEGOUDER.value], 0.5), ([Aanwezige.HUISGENOOT.value, Aanwezige.PLEEGOUDER.value], 0.2), (None, 0.3),
)  # fmt: skip
_NIEUW: Final = Verdeling((True, 0.03), (False, 0.62), (None, 0.35))
_BRON: Final = Verdeling(
    (SignaalBron.SCHOOL, 0.4), (SignaalBron.PLEEGOUDER, 0.2), (SignaalBron.OUDER, 0.1), (SignaalBron.ARTS, 0.1),
    (SignaalBron.PROFESSIONAL, 0.1), (SignaalBron.ANDER, 0.1),
)  # fmt: skip
_LETSEL: Final = "letsel"  # the code of the organisatie for a signaal about it


def add_velden(bouw: Achteraf) -> None:
    """Let what lately happened say what it says since the second catalogue."""
    rng, deel = bouw.rng, bouw.deel
    for positie, gesprek in recent(bouw, deel.kindgesprek):
        if gesprek.doorgegaan:
            say(deel.kindgesprek, positie, **_of_talk(bouw, positie, gesprek))
    for positie, _ in recent(bouw, deel.huisbezoek):
        say(deel.huisbezoek, positie, aanwezigen=_THUIS.draw(rng), nieuwe_huisgenoot=_NIEUW.draw(rng))
    for positie, signaal in deel.signaal.current():
        if signaal.pleegkind_id >= bouw.vanaf:
            say(deel.signaal, positie, **_of_signal(bouw, signaal))


def _of_talk(bouw: Achteraf, positie: int, gesprek: Any) -> dict[str, Any]:
    rng = bouw.rng
    fysiek = gesprek.vorm is GespreksVorm.FYSIEK
    bij = _BIJ_GESPREK_ALLEEN if gesprek.alleen else _BIJ_GESPREK
    with_ouder = gesprek.reden_niet_alleen is RedenNietAlleen.PLEEGOUDER_AANWEZIG
    return {
        "plaats": _PLAATS.draw(rng) if fysiek else None,
        "wat_wil_het_kind": _WIL.draw(rng) if chance(rng, _WIL_IETS) else None,
        "teruggekoppeld_op": _told_on(bouw, positie, gesprek) if chance(rng, _TERUGGEKOPPELD) else None,
        "aanwezigen": [Aanwezige.PLEEGOUDER.value] if with_ouder else bij.draw(rng) if fysiek else None,
    }


def _told_on(bouw: Achteraf, positie: int, gesprek: Any) -> Any:
    """Return a day from the talk up to its recording: what was told later is not in what was said then."""
    dagen = (civil_date(bouw.deel.kindgesprek.eerste[positie].op) - gesprek.datum).days
    dag = bouw.kal.dag(gesprek.datum)
    return bouw.kal.datum(dag + bouw.rng.randint(0, max(0, dagen)))


def _of_signal(bouw: Achteraf, signaal: Any) -> dict[str, Any]:
    bron = SignaalBron.KIND if signaal.onthulling else _BRON.draw(bouw.rng)
    letsel = signaal._replace(letsel=signaal.soort == _LETSEL)
    opens = day_of_aanleiding(letsel._asdict()) != day_of_aanleiding(signaal._asdict())
    return {"bron": bron, "letsel": letsel.letsel and not opens}
