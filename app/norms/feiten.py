"""The facts a judgement rests on, as immutable values without any behaviour.

They are what the file said at one moment of knowledge: withdrawn and superseded versions are already
left out, later ones not yet in. Facts dated after the peildatum may be present; the rule ignores them.

``NamedTuple`` rather than frozen dataclass: a national run builds millions of these, and a tuple costs
a third. Every sequence of dated facts is sorted by ``datum`` ascending, then by order of recording.
Ids are the caller's keys (database bigints, or numbers of a test); the rule only passes them on.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VgbStatus,
    Zorgvorm,
)


class Gebeurtenis(NamedTuple):
    """A dated event that counts by being there: ontwikkelbeeld, plan, evaluatie; or what counted last for a norm.

    ``soort`` is the kind of what counted last, for a norm that several kinds count for; None where one kind does
    (``app.norms.events``).
    """

    id: int
    datum: date
    soort: str | None = None


class Kindgesprek(NamedTuple):
    """A talk, or an attempt at one; whether it counts is decided by §4.

    ``veilig_in_gezin`` is what the child said of this family; None: not recorded.
    """

    id: int
    datum: date
    doorgegaan: bool
    alleen: bool
    vorm: GespreksVorm
    veiligheid_besproken: bool
    veilig_in_gezin: Veiligheidsgevoel | None = None


class Veiligheidscheck(NamedTuple):
    """A safety assessment; ``kind_gezien`` None: nobody recorded whether the child was seen."""

    id: int
    datum: date
    uitkomst: Uitkomst
    kind_gezien: bool | None = None


class Huisbezoek(NamedTuple):
    """A visit at the family's home; ``kind_gezien`` None: nobody recorded whether the child was seen."""

    id: int
    datum: date
    kind_gezien: bool | None = None


class Casuistiekbespreking(NamedTuple):
    """A case discussion; only multidisciplinary ones count."""

    id: int
    datum: date
    multidisciplinair: bool


class Maatregel(NamedTuple):
    """Legal basis during [van, tot)."""

    id: int
    soort: MaatregelSoort
    van: date
    tot: date | None


class Signaal(NamedTuple):
    """A signal about safety; ``gemeld_igj_op`` is the report of a calamiteit, ``conclusie_op`` the end of doubt."""

    id: int
    bekend_geworden_op: date
    vraagt_veiligheidscheck: bool
    calamiteit: bool
    bij_twijfel: bool
    gemeld_igj_op: date | None
    onthulling: bool = False
    geweld: bool = False
    letsel: bool = False
    conclusie_op: date | None = None


class Opvolgstap(NamedTuple):
    """What was done about one aanleiding, and when."""

    id: int
    aanleiding_soort: OnderwerpSoort
    aanleiding_id: int
    stap: OpvolgstapSoort
    datum: date


class Meldcodestap(NamedTuple):
    """A step of the meldcode, 1 to 5, because of one signaal."""

    id: int
    signaal_id: int
    stap: int
    datum: date


class Actie(NamedTuple):
    """An agreed action: agreed on ``datum``, to be done by ``uiterlijk``."""

    id: int
    datum: date
    uiterlijk: date
    gedaan_op: date | None


class Uitzondering(NamedTuple):
    """A documented exception; covers only when approved by another person with the right rol.

    ``waarneming_dagen`` is what a zichtplan promises: that the child is seen every so many days.
    """

    id: int
    normen: frozenset[str]
    van: date
    herzien_uiterlijk: date
    opgesteld_door: int
    goedgekeurd_door: int | None
    goedkeurder_rol: Rol | None
    soort: UitzonderingSoort = UitzonderingSoort.UITZONDERING
    waarneming_dagen: int | None = None


class Vgb(NamedTuple):
    """A step of one gezinslid's VGB. In a sequence, a later element of the same day wins."""

    id: int
    datum: date
    status: VgbStatus
    herscreening_uiterlijk: date | None


class Gezinslid(NamedTuple):
    """A member of the household, there during [inwonend_sinds, inwonend_tot)."""

    id: int
    geboortedatum: date
    rol: GezinslidRol
    inwonend_sinds: date
    inwonend_tot: date | None
    vgbs: Sequence[Vgb]


class Periode(NamedTuple):
    """A child in a family during the half-open [van, tot); no tot: still running."""

    van: date
    tot: date | None
    zorgvorm: Zorgvorm = Zorgvorm.PLEEGZORG


class Gezin(NamedTuple):
    """A pleeggezin with all its plaatsingen (of every child, sorted by van) and members."""

    id: int
    soort: GezinSoort
    pleegcontract_op: date | None
    plaatsingen: Sequence[Periode]
    gezinsleden: Sequence[Gezinslid]
    evaluaties: Sequence[Gebeurtenis]


class Plaatsing(NamedTuple):
    """One child in one family during [van, tot), with the events that belong to this plaatsing."""

    id: int
    pleeggezin_id: int
    vorm: PlaatsingVorm
    van: date
    tot: date | None
    kindgesprekken: Sequence[Kindgesprek]
    veiligheidschecks: Sequence[Veiligheidscheck]
    huisbezoeken: Sequence[Huisbezoek]


class Dossier(NamedTuple):
    """Everything about one child that a judgement needs; families are passed beside it."""

    id: int
    geboortedatum: date
    plaatsingen: Sequence[Plaatsing]
    maatregelen: Sequence[Maatregel]
    casuistiekbesprekingen: Sequence[Casuistiekbespreking]
    ontwikkelbeelden: Sequence[Gebeurtenis]
    hulpverleningsplannen: Sequence[Gebeurtenis]
    vertrouwenspersonen: Sequence[Gebeurtenis]
    pleegoudervoogdgesprekken: Sequence[Gebeurtenis]
    signalen: Sequence[Signaal]
    uitzonderingen: Sequence[Uitzondering]
    opvolgstappen: Sequence[Opvolgstap] = ()
    meldcodestappen: Sequence[Meldcodestap] = ()
    acties: Sequence[Actie] = ()
