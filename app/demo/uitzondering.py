"""Documented exceptions: running ones for children who are late today, and some of the past.

An exception is written by the begeleider and approved, as a second version, by the gedragswetenschapper or the
teamleider; some are not approved (yet) and cover nothing.
"""

from app.demo.bouw import Bouw
from app.demo.feiten import Uitzondering
from app.demo.levensloop import Kind, Verblijf
from app.demo.tabel import Volgende
from app.demo.trekking import Verdeling, chance
from app.invoer.uitzonderingen import MAX_UITZONDERING
from app.terms import NormCode, PlaatsingVorm, Rol

LANGST = MAX_UITZONDERING.days
_JONG = 4.0  # years
#: the share with an exception: of the young who are late, of the older who are late, and of the others in the past
_VOOR_JONG, _VOOR_OUDER, _VROEGER = 0.6, 0.15, 0.07
#: the share that is approved, and of those the share that a gedragswetenschapper approved
_GOEDGEKEURD, _DOOR_GW = 0.82, 0.75
_MAANDEN = 4  # between the talks of KAG-R
_KAG = (NormCode.KAG_R, NormCode.KAG_3)
_TE_JONG = "Het kind is te jong voor een gesprek alleen."
_REDEN = Verdeling(
    ("Het kind wil nog niet met een onbekende praten.", 0.45),
    ("Langdurig ziek; een gesprek is nu te belastend.", 0.2),
    ("Er is nog geen passende tolk gevonden.", 0.1),
    ("Het kind is net verhuisd en moet eerst wennen.", 0.25),
)
_BORGING = Verdeling(
    ("Observatie op school en een tweede professional bij het huisbezoek.", 0.4),
    ("Elke twee weken spelcontact zonder pleegouders, opgebouwd naar een gesprek.", 0.35),
    ("De leerkracht en de vertrouwenspersoon zien het kind wekelijks en bellen bij zorgen.", 0.25),
)
_NORMEN = Verdeling(
    ((*_KAG,), 0.5), ((NormCode.KAG_R,), 0.2), ((NormCode.VC_J,), 0.1), ((NormCode.HB,), 0.15), ((NormCode.VP,), 0.05)
)


def add_uitzonderingen(bouw: Bouw, kind: Kind) -> None:
    """Add the exceptions of one child."""
    rng, kal = bouw.rng, bouw.kal
    laatste = kind.verblijven[-1]
    laat = late_since(bouw, laatste)
    jong = kind.leeftijd(kal.vandaag) < _JONG
    if laat is not None and chance(rng, _VOOR_JONG if jong else _VOOR_OUDER):
        van = max(laat, kal.gisteren - rng.randint(1, LANGST - 15))
        reden = _TE_JONG if jong else _REDEN.draw(rng)
        add_uitzondering(bouw, kind, _KAG, (van, van + LANGST), reden, goedgekeurd=chance(rng, _GOEDGEKEURD))
    elif chance(rng, _VROEGER):
        van = rng.randint(laatste.van, bouw.eind(laatste))
        dagen = (van, van + rng.randint(30, LANGST))
        goed = chance(rng, _GOEDGEKEURD)
        add_uitzondering(bouw, kind, _NORMEN.draw(rng), dagen, _REDEN.draw(rng), goedgekeurd=goed)


def late_since(bouw: Bouw, verblijf: Verblijf) -> int | None:
    """Return the first day on which KAG-R of a running plaatsing was late, as a day of ``bouw.kal``.

    None when it is not late today.
    """
    if verblijf.tot is not None or verblijf.vorm is PlaatsingVorm.DEELTIJD:
        return None
    anker = verblijf.van if verblijf.laatste_tellend is None else verblijf.laatste_tellend
    laat = bouw.kal.maanden_na(anker, _MAANDEN) + 1
    return laat if laat <= bouw.kal.gisteren else None


def add_uitzondering(
    bouw: Bouw, kind: Kind, normen: tuple[NormCode, ...], dagen: tuple[int, int], reden: str, *, goedgekeurd: bool
) -> None:
    """Add one exception that holds from the first of two days (of ``bouw.kal``) through the second."""
    rng, kal, team, tabel = bouw.rng, bouw.kal, bouw.team, bouw.deel.uitzondering
    van, herzien = dagen
    opsteller = bouw.begeleider_of(kind, van)
    voorstel = Uitzondering(
        pleegkind_id=kind.positie,
        normen=[norm.value for norm in normen],
        reden=reden,
        borging=_BORGING.draw(rng),
        van=kal.datum(van),
        herzien_uiterlijk=kal.datum(herzien),
        opgesteld_door=opsteller,
        goedgekeurd_door=None,
        goedkeurder_rol=None,
    )
    op = kal.stipt(rng, van)
    positie = tabel.add(voorstel, op, opsteller)
    if goedgekeurd:
        door_gw = chance(rng, _DOOR_GW)
        wie = team.gedragswetenschapper if door_gw else team.teamleider
        rol = Rol.GEDRAGSWETENSCHAPPER if door_gw else Rol.TEAMLEIDER
        akkoord = voorstel._replace(goedgekeurd_door=wie, goedkeurder_rol=rol)
        dag = min(van + rng.randint(0, 6), kal.gisteren)
        tabel.replace(positie, Volgende(akkoord, kal.later(rng, op, dag), wie, "goedgekeurd"))
