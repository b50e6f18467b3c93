"""The content of an audit as it is stored, frozen, exported and signed: plain JSON values with the names of the API.

Dates are ``JJJJ-MM-DD``, instants UTC with ``Z``, ids UUIDs as text. The digest covers exactly this
(``app.lib.canoniek``), so nothing in it may depend on who asks: no names of children or medewerkers, which are
looked up when somebody with the right asks for them.
"""

from typing import Annotated, Any

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

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
    """The last event that counted."""

    id: str
    datum: Dag


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


class RegelInhoud(TypedDict):
    """One row: one child.

    ``criteria`` holds KAG-R, VC-J and MDO, with None for one that does not apply; ``oordelen`` every other judgement of
    the row's plaatsing, child and family.
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


class CriteriumKengetal(TypedDict):
    """Of one criterion: the rows to which it applies, and how many of them have each stand."""

    vanToepassing: int
    op_tijd: int
    nadert: int
    te_laat: int
    uitzondering: int


class Kengetallen(TypedDict):
    """The key figures of a set of rows (``normen.md`` §6); shares are for whoever shows them, counts are exact."""

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


class GroepKengetallen(TypedDict):
    """The key figures of one group, over its voltijd and crisis rows and over all its rows.

    ``soort``: organisatie, team, gi or zorgvorm; ``naam`` is empty for rows without a team or GI.
    """

    soort: str
    naam: str
    voltijd: Kengetallen
    alle: Kengetallen


class KopInhoud(TypedDict):
    """What an audit says of itself; ``bekendOp``: what the file said at that moment was judged."""

    organisatie: dict[str, str]  # code, naam
    kwartaal: str
    eersteDag: str
    laatsteDag: str
    bekendOp: str
    vervangt: str | None
    normen: list[dict[str, Any]]  # code, versie, naam, zwaarte, waarschuwingDagen, parameters, regel, bron
    ruisfactoren: list[dict[str, Any]]  # code, versie, naam, gewicht, regel, bron
    trend: dict[str, GroepKengetallen]  # quarter → the whole organisatie then, at most seven before this one


class Inhoud(KopInhoud):
    """The whole: what the digest covers. ``regels`` sorted by nummer of the child as text."""

    kengetallen: list[GroepKengetallen]
    regels: list[RegelInhoud]
