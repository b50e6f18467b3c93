"""What stands out, in plain sentences that follow from the figures alone.

They count and compare over time; they never name a child, a team or a person, never blame, and never use ruisfactoren.
Everything is about children in a voltijd or crisis plaatsing, for whom the criteria are meant.
"""

from collections.abc import Callable
from typing import Final

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import GEPLAATST, VOLTIJD, quarters, share
from app.exports.pdf.tekst import number, percent
from app.norms.dutch import days
from app.norms.kwartaaltoets.inhoud import Kengetallen
from app.norms.kwartaaltoets.kwartaal import LAAT_DAGEN
from app.norms.kwartaaltoets.rij import CRITERIA
from app.norms.normwoorden import NORMEN

_GELIJK: Final = 0.0005  # less than this shows as no difference
#: a share of fewer children says more about them than about a team
_KLEINSTE_TEAM: Final = 5

_Zin = Callable[[Toetsbestand, Kengetallen], str | None]


def sentences(bestand: Toetsbestand) -> list[str]:
    """Return the sentences, the most important first."""
    groep = bestand.kengetallen[0]
    if not groep["alle"]["rijen"]:
        return ["In dit kwartaal was geen kind geplaatst."]
    van = groep["voltijd"]
    if not van["rijen"]:
        geen = "In dit kwartaal was geen kind voltijd of in crisis geplaatst."
        return [zin for zin in (_opvolging(bestand, van), geen) if zin is not None]
    return [zin for make in _ZINNEN if (zin := make(bestand, van)) is not None]


def _opvolging(bestand: Toetsbestand, _: Kengetallen) -> str | None:
    """Speak of every child: whoever is in deeltijd must be acted on too."""
    opvolging = bestand.kengetallen[0]["alle"].get("opvolging")
    if opvolging is None:
        return None
    count = opvolging["rijenTeLaat"]
    if not count:
        return "Bij geen kind is opvolging na een zorg te laat."
    return f"Bij {_kinderen(count)} had iemand na een zorg moeten handelen en is dat niet vastgelegd."


def _navolgbaar(_: Toetsbestand, van: Kengetallen) -> str:
    aandeel = percent(share(van["navolgbaar"], van["rijen"]))
    return (
        f"Bij {number(van['navolgbaar'])} van de {_kinderen(van['rijen'])} {GEPLAATST['voltijd']} "
        f"({aandeel}) is het zicht op veiligheid navolgbaar."
    )


def _vergeleken(bestand: Toetsbestand, van: Kengetallen) -> str | None:
    *voor, _ = quarters(bestand).items()
    if not voor:
        return None
    kwartaal, groep = voor[-1]
    toen = share(groep["voltijd"]["navolgbaar"], groep["voltijd"]["rijen"])
    nu = share(van["navolgbaar"], van["rijen"])
    if toen is None or nu is None:
        return None
    if abs(nu - toen) < _GELIJK:
        return f"Dat is evenveel als in {kwartaal}."
    punten = number(round(abs(nu - toen) * 100, 1))
    return f"Dat is {punten} procentpunt {'meer' if nu > toen else 'minder'} dan in {kwartaal} ({percent(toen)})."


def _criterium(_: Toetsbestand, van: Kengetallen) -> str | None:
    late = {code: share(van["criteria"][code]["te_laat"], van["criteria"][code]["vanToepassing"]) for code in CRITERIA}
    worst = max(CRITERIA, key=lambda code: late[code] or 0)
    if not late[worst]:
        return "Geen van de drie criteria is bij een kind te laat."
    return (
        f"Het vaakst te laat is {NORMEN[worst].lower()}: bij {percent(late[worst])} van de kinderen voor wie het geldt."
    )


def _dagen(_: Toetsbestand, van: Kengetallen) -> str | None:
    mediaan, hoogste = van["mediaanDagenTeLaat"], van["hoogsteDagenTeLaat"]
    if mediaan is None or hoogste is None:
        return None
    waar = f"Waar het zicht niet navolgbaar is ({VOLTIJD}), is het"
    if mediaan == hoogste:
        return f"{waar} {days(hoogste)} te laat."
    return (
        f"{waar} bij de helft van de kinderen {number(mediaan)} dagen of langer te laat, en het langst {days(hoogste)}."
    )


def _nooit_gezien(_: Toetsbestand, van: Kengetallen) -> str | None:
    count = van["nooitGezien"]
    return f"Bij {_kinderen(count)} staat in deze plaatsing nog geen gesprek alleen dat telt." if count else None


def _kindperiodes(_: Toetsbestand, van: Kengetallen) -> str | None:
    periodes = van["kindperiodes"]
    if not periodes["totaal"]:
        return None
    aandeel = percent(share(periodes["metGesprek"], periodes["totaal"]))
    return (
        f"In {aandeel} van de perioden van vier maanden in de laatste twee jaar was er een gesprek alleen met het kind."
    )


def _uitzonderingen(_: Toetsbestand, van: Kengetallen) -> str | None:
    count = van["metUitzondering"]
    return f"Bij {_kinderen(count)} dekt een goedgekeurde uitzondering wat te laat is." if count else None


def _late_registraties(_: Toetsbestand, van: Kengetallen) -> str | None:
    count = van["lateRegistraties"]
    if not count:
        return None
    wat = "gebeurtenis is" if count == 1 else "gebeurtenissen zijn"
    return f"{number(count)} {wat} meer dan {LAAT_DAGEN} dagen na de dag zelf vastgelegd."


def _teams(bestand: Toetsbestand, _: Kengetallen) -> str | None:
    teams = [groep["voltijd"] for groep in bestand.kengetallen if groep["soort"] == "team" and groep["naam"]]
    shares = [van["navolgbaar"] / van["rijen"] for van in teams if van["rijen"] >= _KLEINSTE_TEAM]
    if len(shares) < 2:  # noqa: PLR2004 # one team does not differ from itself
        return None
    return (
        f"Tussen de teams met minstens {_KLEINSTE_TEAM} van deze kinderen loopt het navolgbare deel van "
        f"{percent(min(shares))} tot {percent(max(shares))}."
    )


def _kinderen(count: int) -> str:
    return f"{number(count)} {'kind' if count == 1 else 'kinderen'}"


_ZINNEN: Final[tuple[_Zin, ...]] = (
    _opvolging, _navolgbaar, _vergeleken, _criterium, _nooit_gezien, _dagen, _kindperiodes, _uitzonderingen, _teams,
    _late_registraties,
)  # fmt: skip
