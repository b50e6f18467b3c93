"""The generator: a plan in, one Deel per team out. Pure and deterministic; bounded memory, one team at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from app.demo import verhaal
from app.demo.achteraf import Achteraf
from app.demo.bouw import Bouw
from app.demo.feiten import Deel
from app.demo.gebruikers import BUITEN_TEAM, BUITENSTAANDER, IN_TEAM, INSPECTEUR
from app.demo.herziening import add_herzieningen
from app.demo.kalender import Kalender
from app.demo.kindgesprek import add_gesprekken
from app.demo.levensloop import DemoGezin, Kind, draw_gezin, draw_kinderen
from app.demo.medewerker import Staf, add_staf, build_team
from app.demo.namen import team_naam
from app.demo.nummering import LETTERS
from app.demo.omvang import Omvang
from app.demo.opvolging import add_opvolging
from app.demo.plaatsing import add_kind, draw_maatregelen
from app.demo.pleeggezin import add_gezin
from app.demo.ruis import add_ruis
from app.demo.uitzondering import add_uitzonderingen
from app.demo.veiligheidscheck import add_bezoeken, add_checks, add_signalen
from app.demo.velden import add_velden
from app.demo.voorbeelden import add_voorbeelden
from app.demo.zorg import add_zorg

CASELOAD = 17  # children per begeleider
_ELDERS = Omvang(2, 2, 3)
_ELDERS_BSN = 99_998  # the last two numbers of the range


@dataclass(frozen=True, slots=True)
class Plan:
    """What to generate.

    Attributes:
        omvang: how much.
        seed: another seed gives another country; the story stays.
        vandaag: everything happened before this day.
        verhaal: with the demo users and their story; without for what is added to an earlier load.
    """

    omvang: Omvang
    seed: int
    vandaag: date
    verhaal: bool = True


def generate(plan: Plan) -> Iterator[Deel]:
    """Yield the teams of organisatie DEMO, one after the other."""
    kal = Kalender(plan.vandaag, plan.omvang.jaren)
    eerder = 0
    for team in range(plan.omvang.teams):
        kinderen, gezinnen = plan.omvang.share(team)
        deel = Deel(team_naam(team))
        rng = Random(f"{plan.seed}:{team}")
        met_verhaal = plan.verhaal and team == 0
        _build(rng, kal, deel, Omvang(kinderen, gezinnen, plan.omvang.jaren), eerder, met_verhaal=met_verhaal)
        vanaf = len(verhaal.VERHALEN) if met_verhaal else 0
        add_ruis(Random(f"{plan.seed}:{team}:ruis"), kal, deel, vanaf)
        for naam, add in (("velden", add_velden), ("opvolging", add_opvolging), ("voorbeelden", add_voorbeelden)):
            add(Achteraf(Random(f"{plan.seed}:{team}:{naam}"), kal, deel, vanaf))
        if met_verhaal:
            add_staf(rng, kal, deel, BUITEN_TEAM)
        eerder += kinderen
        yield deel


def generate_ander(vandaag: date, seed: int) -> Deel:
    """Return organisatie ANDER: a team with two children of its own, and the buitenstaander."""
    kal, deel, rng = Kalender(vandaag, _ELDERS.jaren), Deel("Team Elders"), Random(f"{seed}:elders")
    _build(rng, kal, deel, _ELDERS, _ELDERS_BSN, met_verhaal=False)
    add_staf(rng, kal, deel, (BUITENSTAANDER,))
    return deel


def generate_igj(vandaag: date, seed: int) -> Deel:
    """Return organisatie IGJ: the inspecteur alone."""
    deel = Deel(None)
    add_staf(Random(f"{seed}:inspectie"), Kalender(vandaag, 1), deel, (INSPECTEUR,))
    return deel


def _build(rng: Random, kal: Kalender, deel: Deel, omvang: Omvang, eerder: int, *, met_verhaal: bool) -> None:
    """Build one team; ``eerder`` is the number of children in the teams before."""
    vertellen = min(len(verhaal.VERHALEN), omvang.kinderen) if met_verhaal else 0
    bekend = verhaal.sketch_gezinnen(vertellen)
    hoofdpersonen = verhaal.sketch_kinderen(bekend, kal.vandaag)
    overige = omvang.kinderen - vertellen
    gezinnen = [draw_gezin(rng, i) for i in range(vertellen, vertellen + _count_gezinnen(omvang, vertellen))]
    kinderen = draw_kinderen(rng, kal, overige, gezinnen)
    posten = max(2 if met_verhaal else 1, round(_count_in_zorg([*bekend, *gezinnen]) / CASELOAD))
    team = build_team(rng, kal, deel, posten, IN_TEAM if met_verhaal else ())
    assign_posten(bekend, gezinnen, team)
    bouw = Bouw(rng, kal, deel, team)
    verhaal.add_verhalen(bouw, hoofdpersonen)
    vanaf = {tabel: len(getattr(deel, tabel).eerste) for tabel in LETTERS}
    for gezin in gezinnen:
        add_gezin(bouw, gezin)
    for i, kind in enumerate(kinderen, start=eerder + vertellen):
        _add_feiten(bouw, kind, i)
    add_herzieningen(bouw, vanaf)


def _count_gezinnen(omvang: Omvang, vertellen: int) -> int:
    """Return how many families there are beside the story's; every one gets a child, so never more than children."""
    overige = omvang.kinderen - vertellen
    return min(overige, max(omvang.gezinnen - vertellen, 1 if overige else 0))


def _count_in_zorg(gezinnen: list[DemoGezin]) -> int:
    return sum(verblijf.tot is None for gezin in gezinnen for verblijf in gezin.verblijven)


def assign_posten(bekend: list[DemoGezin], gezinnen: list[DemoGezin], team: Staf) -> None:
    """Give the story's families to the first post, and each other one to the post with the fewest children."""
    for gezin in bekend:
        gezin.post = team.posten[0]
    last = [_count_in_zorg(bekend), *[0] * (len(team.posten) - 1)]
    for gezin in gezinnen:
        lichtst = last.index(min(last))
        gezin.post = team.posten[lichtst]
        last[lichtst] += _count_in_zorg([gezin])


def _add_feiten(bouw: Bouw, kind: Kind, index: int) -> None:
    """Add everything about one child."""
    maatregelen = draw_maatregelen(bouw.rng, kind, bouw.kal.vandaag)
    add_kind(bouw, kind, index, maatregelen)
    signalen = add_signalen(bouw, kind)
    for verblijf in kind.verblijven:
        add_gesprekken(bouw, kind, verblijf)
        add_bezoeken(bouw, kind, verblijf)
        add_checks(bouw, kind, verblijf, signalen)
    add_zorg(bouw, kind, maatregelen)
    add_uitzonderingen(bouw, kind)
