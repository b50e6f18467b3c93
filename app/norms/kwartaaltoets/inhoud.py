"""The content of an audit as it is stored, frozen, exported and signed: plain JSON values with the names of the API.

Dates are ``JJJJ-MM-DD``, instants UTC with ``Z``, ids UUIDs as text. The digest covers exactly this
(``app.lib.canoniek``), so nothing in it may depend on who asks: no names of children or medewerkers, which are
looked up when somebody with the right asks for them.
"""

from typing import Annotated, Any, Final, NotRequired

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

#: edition of what an audit says: the second speaks of sight and follow-up
UITGAVE: Final = 2
#: a civil date as text; the schema is for the document of the API, nothing is checked here
Dag = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


class Verwijzing(TypedDict):
    """Something by its id and by the number that people know it by."""

    id: str
    nummer: str


class PlaatsingInhoud(Verwijzing):
    """The plaatsing that a row is about."""

    vorm: str
    zorgvorm: str
    van: str
    tot: str | None


class TeamInhoud(TypedDict):
    """A team, with the name that it had."""

    id: str
    naam: str


class LaatsteInhoud(TypedDict):
    """The last event that counted; ``soort`` only where several kinds count for the norm."""

    id: str
    datum: Dag
    soort: NotRequired[str]


class OordeelInhoud(TypedDict):
    """One judgement on the row's peildatum; ``uiterlijk`` None: nothing is due."""

    norm: str
    onderwerp: dict[str, str]  # soort, id
    zwaarte: str
    stand: str
    laatste: LaatsteInhoud | None
    uiterlijk: str | None
    teLaatSinds: str | None
    dagenTeLaat: int | None
    uitzonderingId: str | None


class RuisInhoud(TypedDict):
    """One ruisfactor that holds: never a verdict, a reason to look again."""

    code: str
    gewicht: int
    redenen: list[str]


class Kindperiodes(TypedDict):
    """Child-periods of four months that lie wholly within a plaatsing: how many, and how many with a counting talk."""

    totaal: int
    metGesprek: int


class StapInhoud(TypedDict):
    """Of an overleg or a besluit: the last day for it, and the day of the first one up to the quarter's last day."""

    uiterlijk: Dag
    op: Dag | None


class AanleidingInhoud(TypedDict):
    """What somebody must act on, of this quarter."""

    soort: str
    id: str
    datum: Dag
    overleg: StapInhoud
    besluit: StapInhoud


class OpvolgingInhoud(TypedDict):
    """What a row says of sight and follow-up; ``aanleidingen`` are those of the quarter."""

    zienStand: str | None
    zienLaatste: Dag | None
    opvolgingStand: str | None
    zichtplan: bool | None
    aanleidingen: list[AanleidingInhoud]


class RegelInhoud(TypedDict):
    """One row: one child.

    ``criteria`` holds KAG-R, VC-J and MDO, with None for one that does not apply; ``oordelen`` every other judgement of
    the row's plaatsing, child and family. The last five are not in a row that was made before the second catalogue of
    norms, and say nothing (None, empty) in a later one of a quarter before it.
    """

    pleegkind: Verwijzing
    leeftijd: int
    plaatsing: PlaatsingInhoud
    pleeggezin: Verwijzing
    begeleider: Verwijzing | None
    team: TeamInhoud | None
    maatregelen: list[str]
    gi: str | None
    geplaatstOpKwartaaleinde: bool
    peildatum: str
    criteria: dict[str, OordeelInhoud | None]
    oordelen: list[OordeelInhoud]
    vgbStand: str | None
    navolgbaar: bool
    metUitzondering: bool
    nooitGezien: bool
    lateRegistraties: int
    professionals12m: int
    kindperiodes: Kindperiodes
    ruisfactoren: list[RuisInhoud]
    ruisscore: int
    zienStand: NotRequired[str | None]
    zienLaatste: NotRequired[Dag | None]
    opvolgingStand: NotRequired[str | None]
    zichtplan: NotRequired[bool | None]
    aanleidingen: NotRequired[list[AanleidingInhoud]]


class CriteriumKengetal(TypedDict):
    """Of one criterion: the rows to which it applies, and how many of them have each stand."""

    vanToepassing: int
    op_tijd: int
    nadert: int
    te_laat: int
    uitzondering: int


class StapKengetal(TypedDict):
    """Of the aanleidingen whose last day for an overleg (besluit) has come: how many, on time, and without one."""

    vervallen: int
    opTijd: int
    zonder: int


class OpvolgingKengetallen(TypedDict):
    """What somebody had to act on: aanleidingen of the quarter, and rows where it is late on their peildatum."""

    aanleidingen: int
    overleg: StapKengetal
    besluit: StapKengetal
    rijenTeLaat: int


class GezienKengetal(TypedDict):
    """The rows of which it is asked whether the child was seen, and those where it was, in time."""

    vanToepassing: int
    gezien: int


class Kengetallen(TypedDict):
    """The key figures of a set of rows (``normen.md`` §6); shares are for whoever shows them, counts are exact.

    The last four only of a quarter of the second catalogue (§5b): there the criterion MDO counts rows of zwaarte norm
    alone, so that no trend breaks, and ``mdoStreef`` the others.
    """

    rijen: int
    navolgbaar: int
    criteria: dict[str, CriteriumKengetal]
    metUitzondering: int
    lateStreef: int
    nooitGezien: int
    mediaanDagenTeLaat: float | None
    hoogsteDagenTeLaat: int | None
    kindperiodes: Kindperiodes
    lateRegistraties: int
    mdoStreef: NotRequired[CriteriumKengetal]
    opvolging: NotRequired[OpvolgingKengetallen]
    gezien: NotRequired[GezienKengetal]
    zichtplannen: NotRequired[int]


class GroepKengetallen(TypedDict):
    """The key figures of one group, over its voltijd and crisis rows and over all its rows.

    ``soort``: organisatie, team, gi or zorgvorm, and of a quarter of the second catalogue leeftijd and maatregel;
    ``naam`` is empty for rows without a team, GI or maatregel.
    """

    soort: str
    naam: str
    voltijd: Kengetallen
    alle: Kengetallen


class KopInhoud(TypedDict):
    """What an audit says of itself; ``bekendOp``: what the file said at that moment was judged.

    ``uitgave`` 2: its rows speak of sight and follow-up too; an audit made before that has none.
    """

    organisatie: dict[str, str]  # code, naam
    kwartaal: str
    eersteDag: str
    laatsteDag: str
    bekendOp: str
    vervangt: str | None
    normen: list[dict[str, Any]]  # code, versie, naam, zwaarte, waarschuwingDagen, parameters, regel, bron
    ruisfactoren: list[dict[str, Any]]  # code, versie, naam, gewicht, regel, bron
    uitgave: NotRequired[int]
    trend: dict[str, GroepKengetallen]  # quarter → the whole organisatie then, at most seven before this one


class Inhoud(KopInhoud):
    """The whole: what the digest covers. ``regels`` sorted by nummer of the child as text."""

    kengetallen: list[GroepKengetallen]
    regels: list[RegelInhoud]
