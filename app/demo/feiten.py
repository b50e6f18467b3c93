"""The facts as the generator yields them: values with the names of the columns, and the versions they have.

A reference (``plaatsing_id`` and the like) is the position of the other fact in its own table of the same ``Deel``;
the writer puts the key there. ``Pleegkind`` holds the BSN itself, which the writer encrypts.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from app.demo.tabel import Tabel
from app.terms import (
    Geslacht,
    Gespreksplaats,
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    NormCode,
    Opvolgbesluit,
    OpvolgstapSoort,
    OverlegMet,
    PlaatsingVorm,
    RedenNietAlleen,
    Rol,
    Ruiscode,
    SignaalBron,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VeiligThuis,
    VertrouwenspersoonSoort,
    VgbStatus,
    Zorgvorm,
)


class Medewerker(NamedTuple):
    """A professional; ``team_id`` is 0 for the team of the Deel, in which somebody is from the first day on."""

    naam: str
    email: str | None
    rol: Rol
    team_id: int | None
    team_sinds: date | None = None


class Pleeggezin(NamedTuple):
    """A foster family."""

    naam: str
    soort: GezinSoort
    gemeente: str
    pleegcontract_op: date | None


class Gezinslid(NamedTuple):
    """A member of the household."""

    pleeggezin_id: int
    naam: str
    geboortedatum: date
    rol: GezinslidRol
    inwonend_sinds: date
    inwonend_tot: date | None


class Vgb(NamedTuple):
    """A step of a VGB."""

    gezinslid_id: int
    status: VgbStatus
    datum: date
    herscreening_uiterlijk: date | None


class Evaluatie(NamedTuple):
    """A yearly evaluation."""

    pleeggezin_id: int
    datum: date


class Pleegkind(NamedTuple):
    """A child."""

    roepnaam: str
    achternaam: str
    geboortedatum: date
    geslacht: Geslacht
    bsn: str | None


class Maatregel(NamedTuple):
    """A legal basis."""

    pleegkind_id: int
    soort: MaatregelSoort
    van: date
    tot: date | None
    gi: str | None
    jeugdbeschermer: str | None


class Plaatsing(NamedTuple):
    """A child in a family."""

    pleegkind_id: int
    pleeggezin_id: int
    vorm: PlaatsingVorm
    zorgvorm: Zorgvorm
    van: date
    tot: date | None
    eindreden: str | None


class Begeleiding(NamedTuple):
    """The begeleider of a plaatsing."""

    plaatsing_id: int
    medewerker_id: int
    van: date
    tot: date | None


class Kindgesprek(NamedTuple):
    """A talk or an attempt at one."""

    plaatsing_id: int
    datum: date
    medewerker_id: int
    doorgegaan: bool
    alleen: bool
    vorm: GespreksVorm
    veiligheid_besproken: bool
    reden_niet_alleen: RedenNietAlleen | None
    kind_voelde_zich_veilig: Veiligheidsgevoel | None
    stem_van_het_kind: str | None
    themas: list[str] | None
    vervolgactie: str | None
    plaats: Gespreksplaats | None = None
    veilig_in_gezin: Veiligheidsgevoel | None = None
    wat_wil_het_kind: str | None = None
    teruggekoppeld_op: date | None = None
    aanwezigen: list[str] | None = None


class Veiligheidscheck(NamedTuple):
    """A veiligheidscheck."""

    plaatsing_id: int
    datum: date
    medewerker_id: int
    instrument: str
    uitkomst: Uitkomst
    kind_gezien: bool | None = None


class Huisbezoek(NamedTuple):
    """A visit."""

    plaatsing_id: int
    datum: date
    medewerker_id: int
    kind_gezien: bool | None = None
    aangekondigd: bool | None = None
    nieuwe_huisgenoot: bool | None = None
    aanwezigen: list[str] | None = None


class Casuistiekbespreking(NamedTuple):
    """A case discussion."""

    pleegkind_id: int
    datum: date
    multidisciplinair: bool
    deelnemers: list[UUID] | None = None
    gedragswetenschapper_aanwezig: bool | None = None
    conclusie: str | None = None
    acties: list[str] | None = None
    ruisfactor: Ruiscode | None = None
    extra_inzet_id: int | None = None


class VanKind(NamedTuple):
    """A dated event of a child: ontwikkelbeeld, hulpverleningsplan, pleegoudervoogdgesprek."""

    pleegkind_id: int
    datum: date


class Vertrouwenspersoon(NamedTuple):
    """A confidant."""

    pleegkind_id: int
    sinds: date
    soort: VertrouwenspersoonSoort
    naam: str | None


class Signaal(NamedTuple):
    """A signal about safety."""

    pleegkind_id: int
    datum: date
    bekend_geworden_op: date
    soort: str
    vraagt_veiligheidscheck: bool
    calamiteit: bool
    bij_twijfel: bool
    gemeld_igj_op: date | None
    onthulling: bool = False
    geweld: bool = False
    letsel: bool = False
    conclusie_op: date | None = None
    bron: SignaalBron | None = None


class Meldcodestap(NamedTuple):
    """A step of the meldcode on a signaal."""

    signaal_id: int
    stap: int
    datum: date
    toelichting: str
    veilig_thuis: VeiligThuis
    medewerker_id: int


class Ruisscore(NamedTuple):
    """A ruisfactor that a person scored."""

    pleegkind_id: int
    code: Ruiscode
    datum: date
    geldt_tot: date
    reden: str
    medewerker_id: int


class Uitzondering(NamedTuple):
    """A documented exception."""

    pleegkind_id: int
    normen: list[str]
    reden: str
    borging: str
    van: date
    herzien_uiterlijk: date
    opgesteld_door: int
    goedgekeurd_door: int | None
    goedkeurder_rol: Rol | None
    soort: UitzonderingSoort = UitzonderingSoort.UITZONDERING
    waarneming_dagen: int | None = None


class Opvolgstap(NamedTuple):
    """What was done about something that was seen or said."""

    pleegkind_id: int
    kindgesprek_id: int | None
    veiligheidscheck_id: int | None
    signaal_id: int | None
    stap: OpvolgstapSoort
    datum: date
    met: OverlegMet | None
    besluit: Opvolgbesluit | None
    toelichting: str
    medewerker_id: int


class Actie(NamedTuple):
    """An agreed action."""

    pleegkind_id: int
    datum: date
    omschrijving: str
    eigenaar_id: int
    uiterlijk: date
    gedaan_op: date | None
    vgb_id: int | None = None
    casuistiekbespreking_id: int | None = None


class Dossierlezing(NamedTuple):
    """That somebody read a handover."""

    pleegkind_id: int
    datum: date
    medewerker_id: int


class Uitstel(NamedTuple):
    """That somebody put off being reminded of a norm."""

    pleegkind_id: int
    norm: NormCode
    datum: date
    tot: date
    reden: str
    medewerker_id: int


@dataclass(slots=True)
class Deel:
    """One team with all its facts; refers to nothing outside itself. The tables have their own names.

    Attributes:
        team: its name; None for a Deel of which nobody is in a team.
        accounts: the medewerkers who can log in, by user name.
    """

    team: str | None
    accounts: dict[str, int] = field(default_factory=dict)
    medewerker: Tabel[Medewerker] = field(default_factory=Tabel)
    pleeggezin: Tabel[Pleeggezin] = field(default_factory=Tabel)
    gezinslid: Tabel[Gezinslid] = field(default_factory=Tabel)
    vgb: Tabel[Vgb] = field(default_factory=Tabel)
    evaluatie: Tabel[Evaluatie] = field(default_factory=Tabel)
    pleegkind: Tabel[Pleegkind] = field(default_factory=Tabel)
    maatregel: Tabel[Maatregel] = field(default_factory=Tabel)
    plaatsing: Tabel[Plaatsing] = field(default_factory=Tabel)
    begeleiding: Tabel[Begeleiding] = field(default_factory=Tabel)
    kindgesprek: Tabel[Kindgesprek] = field(default_factory=Tabel)
    veiligheidscheck: Tabel[Veiligheidscheck] = field(default_factory=Tabel)
    huisbezoek: Tabel[Huisbezoek] = field(default_factory=Tabel)
    casuistiekbespreking: Tabel[Casuistiekbespreking] = field(default_factory=Tabel)
    ontwikkelbeeld: Tabel[VanKind] = field(default_factory=Tabel)
    hulpverleningsplan: Tabel[VanKind] = field(default_factory=Tabel)
    pleegoudervoogdgesprek: Tabel[VanKind] = field(default_factory=Tabel)
    vertrouwenspersoon: Tabel[Vertrouwenspersoon] = field(default_factory=Tabel)
    signaal: Tabel[Signaal] = field(default_factory=Tabel)
    uitzondering: Tabel[Uitzondering] = field(default_factory=Tabel)
    ruisscore: Tabel[Ruisscore] = field(default_factory=Tabel)
    meldcodestap: Tabel[Meldcodestap] = field(default_factory=Tabel)
    opvolgstap: Tabel[Opvolgstap] = field(default_factory=Tabel)
    actie: Tabel[Actie] = field(default_factory=Tabel)
    dossierlezing: Tabel[Dossierlezing] = field(default_factory=Tabel)
    uitstel: Tabel[Uitstel] = field(default_factory=Tabel)
