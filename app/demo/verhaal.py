"""The story of the demo user ``begeleider``: six children that are the same for every seed and size.

Each shows one thing. Sam de Vries is the child of the README: the last talk that counted was five months ago, two
later attempts did not count, and one talk alone today puts every KAG norm in order.
"""

from dataclasses import dataclass
from random import Random

from app.demo.bouw import Bouw
from app.demo.feiten import Uitstel
from app.demo.gebruikers import DEMO, ORGANISATIES
from app.demo.kindgesprek import Gespreksverloop, add_gesprek
from app.demo.levensloop import DemoGezin, Kind, Verblijf, place
from app.demo.nummering import Nummering
from app.demo.plaatsing import Maatregelen, add_kind
from app.demo.pleeggezin import add_gezin
from app.demo.uitzondering import add_uitzondering
from app.demo.veiligheidscheck import add_bezoeken, add_checks, add_signaal
from app.demo.zorg import add_zorg
from app.terms import Geslacht, GezinSoort, MaatregelSoort, NormCode, PlaatsingVorm, Zorgvorm

_TREKKING = "verhaal 397"  # its own source of chance, chosen so that each child shows nothing but its own story
_KAG = (NormCode.KAG_R, NormCode.KAG_3)
_TELT, _AFGEZEGD, _OUDER_ERBIJ = Gespreksverloop.TELT, Gespreksverloop.AFGEZEGD, Gespreksverloop.OUDER_ERBIJ


@dataclass(frozen=True, slots=True)
class Verhaal:
    """One child of the story; every number of days counts back from today.

    Attributes:
        wat: what the child shows, for the documentation.
        gezin: surname of the family.
        geplaatst: days since the plaatsing began.
        gesprekken: talks, from the oldest on.
        uitzondering: days since an exception began, and whether it is approved.
        signaal: days since a signaal became known that asks for a veiligheidscheck.
        uitstel: days since the begeleider put off being reminded of the talk, for two weeks, and why.
    """

    wat: str
    roepnaam: str
    achternaam: str
    geslacht: Geslacht
    leeftijd: float
    gezin: str
    geplaatst: int
    maatregel: MaatregelSoort
    gesprekken: tuple[tuple[int, Gespreksverloop], ...]
    uitzondering: tuple[int, bool] | None = None
    signaal: int | None = None
    uitstel: tuple[int, str] | None = None


VERHALEN = (
    Verhaal(
        "te laat: het laatste gesprek dat telt is vijf maanden geleden",
        "Sam", "de Vries", Geslacht.M, 9.4, "Postma", 900, MaatregelSoort.OTS,
        (
            (850, _TELT), (760, _TELT), (640, _TELT), (520, _TELT), (410, _TELT), (305, _TELT), (226, _TELT),
            (152, _TELT), (51, _OUDER_ERBIJ), (23, _AFGEZEGD),
        ),
    ),
    Verhaal(
        "nooit alleen gesproken in dit gezin",
        "Noor", "Haddou", Geslacht.V, 7.2, "Veenstra", 210, MaatregelSoort.VRIJWILLIG,
        ((150, _AFGEZEGD), (80, _OUDER_ERBIJ), (20, _AFGEZEGD)),
    ),
    Verhaal(
        "te laat, gedekt door een goedgekeurde uitzondering",
        "Jayden", "Pinas", Geslacht.M, 13.6, "Kramer", 800, MaatregelSoort.VOOGDIJ_GI,
        (
            (730, _TELT), (620, _TELT), (510, _TELT), (400, _TELT), (290, _TELT), (175, _TELT),
            (60, Gespreksverloop.WIL_NIET), (30, Gespreksverloop.WIL_NIET),
        ),
        uitzondering=(25, True),
    ),
    Verhaal(
        "jonger dan 4; de uitzondering wacht op goedkeuring",
        "Yusuf", "Kaya", Geslacht.M, 2.3, "van 't Hof", 300, MaatregelSoort.OTS,
        ((240, Gespreksverloop.TE_JONG), (160, Gespreksverloop.TE_JONG), (70, Gespreksverloop.TE_JONG)),
        uitzondering=(6, False),
    ),
    Verhaal(
        "het laatste gesprek was telefonisch en telt niet",
        "Lotte", "Bos", Geslacht.V, 15.1, "Nowak", 700, MaatregelSoort.VOOGDIJ_GI,
        (
            (640, _TELT), (530, _TELT), (420, _TELT), (330, _TELT), (245, _TELT), (140, _TELT),
            (12, Gespreksverloop.TELEFOON),
        ),
        uitstel=(3, "Lotte is op werkweek; het gesprek is afgesproken voor als zij terug is."),
    ),
    Verhaal(
        "een signaal vraagt om een veiligheidscheck die er nog niet is",
        "Milan", "Jagesar", Geslacht.M, 11.0, "Wiersma", 500, MaatregelSoort.OTS,
        ((430, _TELT), (330, _TELT), (220, _TELT), (130, _TELT), (40, _TELT)),
        signaal=12,
    ),
)  # fmt: skip

_NUMMERING = Nummering(ORGANISATIES[DEMO].index)
#: Sam de Vries, for the documentation and its tests
SAM_NUMMER = _NUMMERING.nummer("pleegkind", 1)
SAM_UID = _NUMMERING.uid("pleegkind", 1)
SAM_PLAATSING_UID = _NUMMERING.uid("plaatsing", 1)


def sketch_gezinnen(aantal: int) -> list[DemoGezin]:
    """Return the families of the first ``aantal`` children of the story."""
    return [
        DemoGezin(i, verhaal.gezin, "Lindebeek", GezinSoort.BESTAND, Zorgvorm.PLEEGZORG)
        for i, verhaal in enumerate(VERHALEN[:aantal])
    ]


def sketch_kinderen(gezinnen: list[DemoGezin], vandaag: int) -> list[Kind]:
    """Place a child of the story in each of its families."""
    kinderen = []
    for verhaal, gezin in zip(VERHALEN, gezinnen, strict=False):
        geboren = vandaag - int(verhaal.leeftijd * 365.25)
        kind = Kind(verhaal.roepnaam, verhaal.achternaam, verhaal.geslacht, geboren, traagheid=0.85)
        place(kind, Verblijf(gezin, PlaatsingVorm.VOLTIJD, vandaag - verhaal.geplaatst))
        kinderen.append(kind)
    return kinderen


def add_verhalen(bouw: Bouw, kinderen: list[Kind]) -> None:
    """Add the facts of the story; they come first in the Deel and depend on nothing but today."""
    eigen = Bouw(Random(_TREKKING), bouw.kal, bouw.deel, bouw.team)
    for index, (verhaal, kind) in enumerate(zip(VERHALEN, kinderen, strict=False)):
        verblijf = kind.verblijven[0]
        add_gezin(eigen, verblijf.gezin)
        maatregelen: Maatregelen = [(verhaal.maatregel, verblijf.van, None)]
        add_kind(eigen, kind, index, maatregelen)
        for geleden, verloop in verhaal.gesprekken:
            _tell(eigen, verblijf, geleden, verloop)
        add_bezoeken(eigen, kind, verblijf)
        add_checks(eigen, kind, verblijf, [])
        add_zorg(eigen, kind, maatregelen)
        _add_bijzonders(eigen, kind, verhaal)


def _tell(bouw: Bouw, verblijf: Verblijf, geleden: int, verloop: Gespreksverloop) -> None:
    dag = bouw.kal.werkdag_voor[bouw.kal.vandaag - geleden]
    add_gesprek(bouw, verblijf, dag, verloop, bouw.kal.stipt(bouw.rng, dag))


def _add_bijzonders(bouw: Bouw, kind: Kind, verhaal: Verhaal) -> None:
    vandaag = bouw.kal.vandaag
    if verhaal.uitzondering is not None:
        geleden, goedgekeurd = verhaal.uitzondering
        dagen = (vandaag - geleden, vandaag - geleden + 85)
        reden = f"{kind.roepnaam}: plan om stap voor stap naar een gesprek alleen toe te werken."
        add_uitzondering(bouw, kind, _KAG, dagen, reden, goedgekeurd=goedgekeurd)
    if verhaal.signaal is not None:
        dag = vandaag - verhaal.signaal
        add_signaal(bouw, kind, (dag - 1, dag), "melding_school", vraagt=True)
    if verhaal.uitstel is not None:
        _put_off(bouw, kind, *verhaal.uitstel)


def _put_off(bouw: Bouw, kind: Kind, geleden: int, reden: str) -> None:
    """Add that a reminder was put off; by a chance of its own, so that the other stories stay what they were."""
    kal, dag = bouw.kal, bouw.kal.vandaag - geleden
    wie = bouw.begeleider_of(kind, dag)
    feit = Uitstel(kind.positie, NormCode.KAG_R, kal.datum(dag), kal.datum(dag + 14), reden, wie)
    bouw.deel.uitstel.add(feit, kal.stipt(Random(_TREKKING), dag), wie)
