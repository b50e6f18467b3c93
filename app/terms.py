"""The closed lists of the domain, as StrEnums; each value is the one used in code, database, JSON and workbook.

Source: ``normen.md`` §2, §4, §5 and ``afspraken.md`` §4, §5.
"""

from enum import StrEnum


class Rol(StrEnum):
    """The rol of a medewerker; decides permissions and scope."""

    PLEEGZORGBEGELEIDER = "pleegzorgbegeleider"
    GEDRAGSWETENSCHAPPER = "gedragswetenschapper"
    TEAMLEIDER = "teamleider"
    KWALITEITSMEDEWERKER = "kwaliteitsmedewerker"
    BEHEERDER = "beheerder"
    INSPECTEUR = "inspecteur"


class OrganisatieSoort(StrEnum):
    """What kind of tenant an organisatie is."""

    AANBIEDER = "aanbieder"
    GI = "gi"
    INSPECTIE = "inspectie"


class TeamwijzigingSoort(StrEnum):
    """What becomes of a team from a day on."""

    HERNOEMING = "hernoeming"
    SAMENVOEGING = "samenvoeging"
    SLUITING = "sluiting"


class Geslacht(StrEnum):
    """Geslacht of a pleegkind."""

    M = "m"
    V = "v"
    X = "x"


class GezinSoort(StrEnum):
    """Whether a pleeggezin was recruited (bestand) or comes from the child's own network."""

    BESTAND = "bestand"
    NETWERK = "netwerk"


class GezinslidRol(StrEnum):
    """What a member of the household is there."""

    PLEEGOUDER = "pleegouder"
    INWONENDE = "inwonende"


class VgbStatus(StrEnum):
    """Steps and decisions of a verklaring van geen bezwaar; ``aangevraagd`` is no decision."""

    AANGEVRAAGD = "aangevraagd"
    AFGEGEVEN = "afgegeven"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"


class PlaatsingVorm(StrEnum):
    """How a child lives in the family; ``voltijd`` in the norms means voltijd or crisis."""

    VOLTIJD = "voltijd"
    DEELTIJD = "deeltijd"
    CRISIS = "crisis"


class Zorgvorm(StrEnum):
    """Pleegzorg or gezinshuis."""

    PLEEGZORG = "pleegzorg"
    GEZINSHUIS = "gezinshuis"


class MaatregelSoort(StrEnum):
    """Legal basis of the care during a period."""

    VRIJWILLIG = "vrijwillig"
    OTS = "ots"
    VOOGDIJ_GI = "voogdij_gi"
    PLEEGOUDERVOOGDIJ = "pleegoudervoogdij"
    JEUGDRECLASSERING = "jeugdreclassering"


class GespreksVorm(StrEnum):
    """How a kindgesprek was held; only ``fysiek`` can count."""

    FYSIEK = "fysiek"
    BEELDBELLEN = "beeldbellen"
    TELEFOON = "telefoon"


class RedenNietAlleen(StrEnum):
    """Why a child was not spoken to alone (after England's reg. 29)."""

    KIND_WIL_NIET = "kind_wil_niet"
    TE_JONG = "te_jong"
    PLEEGOUDER_AANWEZIG = "pleegouder_aanwezig"
    ZIEK = "ziek"
    TOLK_NODIG = "tolk_nodig"
    KIND_AFWEZIG = "kind_afwezig"
    ANDERS = "anders"


class Veiligheidsgevoel(StrEnum):
    """Whether the child felt safe in the talk itself."""

    JA = "ja"
    TWIJFEL = "twijfel"
    NEE = "nee"
    ONBEKEND = "onbekend"


class Uitkomst(StrEnum):
    """Outcome of a veiligheidscheck."""

    VEILIG = "veilig"
    ZORGEN = "zorgen"
    ONVEILIG = "onveilig"


class VertrouwenspersoonSoort(StrEnum):
    """Where a vertrouwenspersoon comes from."""

    NETWERK = "netwerk"
    JEUGDSTEM = "jeugdstem"


class NormCode(StrEnum):
    """The norms: the fourteen of ``normen.md`` §5, and from KAG-D on the seven that hold from October 2026 (§5b)."""

    KAG_3 = "KAG-3"
    KAG_R = "KAG-R"
    VC_J = "VC-J"
    MDO = "MDO"
    HB = "HB"
    ONT_J = "ONT-J"
    HVP_6 = "HVP-6"
    VP = "VP"
    VGB_T = "VGB-T"
    VGB_12 = "VGB-12"
    VGB_H = "VGB-H"
    EVAL_J = "EVAL-J"
    POV_1 = "POV-1"
    CAL_3 = "CAL-3"
    KAG_D = "KAG-D"
    ZIEN = "ZIEN"
    OPV_O = "OPV-O"
    OPV_B = "OPV-B"
    OPV_H = "OPV-H"
    ZP = "ZP"
    ACT = "ACT"


class Zwaarte(StrEnum):
    """A ``norm`` counts as a violation, a ``streef`` is shown only."""

    NORM = "norm"
    STREEF = "streef"


class Stand(StrEnum):
    """The judgement on one norm for one subject on one peildatum."""

    OP_TIJD = "op_tijd"
    NADERT = "nadert"
    TE_LAAT = "te_laat"
    UITZONDERING = "uitzondering"


class OnderwerpSoort(StrEnum):
    """What a norm is about; of an ``aanleiding`` a judgement says which: kindgesprek, veiligheidscheck or signaal."""

    PLAATSING = "plaatsing"
    PLEEGKIND = "pleegkind"
    GEZINSLID = "gezinslid"
    PLEEGGEZIN = "pleeggezin"
    SIGNAAL = "signaal"
    KINDGESPREK = "kindgesprek"
    VEILIGHEIDSCHECK = "veiligheidscheck"
    UITZONDERING = "uitzondering"
    ACTIE = "actie"
    AANLEIDING = "aanleiding"


class Opvolgingfilter(StrEnum):
    """Which children or judgements a list is about: those on which somebody must still act."""

    OPEN = "open"


class Uitzonderingstand(StrEnum):
    """Which uitzonderingen a list is about: those that wait for approval."""

    WACHT = "wacht"


class UitzonderingSoort(StrEnum):
    """Whether an uitzondering is a plan of how to work towards a talk alone, or any other."""

    UITZONDERING = "uitzondering"
    ZICHTPLAN = "zichtplan"


class AanleidingSoort(StrEnum):
    """What can be an aanleiding: something that was seen or said, after which somebody must act."""

    KINDGESPREK = "kindgesprek"
    VEILIGHEIDSCHECK = "veiligheidscheck"
    SIGNAAL = "signaal"


class OpvolgstapSoort(StrEnum):
    """What was done about an aanleiding."""

    OVERLEG = "overleg"
    BESLUIT = "besluit"


class OverlegMet(StrEnum):
    """Whom somebody weighed a worry with."""

    GEDRAGSWETENSCHAPPER = "gedragswetenschapper"
    TEAMLEIDER = "teamleider"
    VEILIG_THUIS = "veilig_thuis"


class Opvolgbesluit(StrEnum):
    """What was decided about a worry."""

    GEEN_GEVAAR = "geen_gevaar"
    AFSPRAKEN = "afspraken"
    HULP = "hulp"
    MELDING_VEILIG_THUIS = "melding_veilig_thuis"
    UIT_HUIS = "uit_huis"


class Gespreksplaats(StrEnum):
    """Where a talk was held."""

    THUIS = "thuis"
    SCHOOL = "school"
    BUITEN = "buiten"
    KANTOOR = "kantoor"
    ELDERS = "elders"


class Aanwezige(StrEnum):
    """Who else was there at a talk, or in the house."""

    PLEEGOUDER = "pleegouder"
    OUDER = "ouder"
    HUISGENOOT = "huisgenoot"
    JEUGDBESCHERMER = "jeugdbeschermer"
    TOLK = "tolk"
    ANDER = "ander"


#: with these a talk is still alone: no parent, foster parent or housemate is among them
BIJ_ALLEEN = frozenset({Aanwezige.JEUGDBESCHERMER, Aanwezige.TOLK, Aanwezige.ANDER})


class SignaalBron(StrEnum):
    """Who told it."""

    KIND = "kind"
    SCHOOL = "school"
    OUDER = "ouder"
    PLEEGOUDER = "pleegouder"
    POLITIE = "politie"
    ARTS = "arts"
    PROFESSIONAL = "professional"
    ANDER = "ander"


class ToetsStatus(StrEnum):
    """How far an audit is."""

    CONCEPT = "concept"
    VASTGESTELD = "vastgesteld"


class ExtraInzetStapSoort(StrEnum):
    """What can happen to an extra inzet."""

    OPENING = "opening"
    OVERDRACHT = "overdracht"
    AFSLUITING = "afsluiting"


class Ruiscode(StrEnum):
    """The fifteen ruisfactoren of ``normen.md`` §7."""

    R01 = "R01"
    R02 = "R02"
    R03 = "R03"
    R04 = "R04"
    R05 = "R05"
    R06 = "R06"
    R07 = "R07"
    R08 = "R08"
    R09 = "R09"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    R15 = "R15"


class RuisSoort(StrEnum):
    """How a ruisfactor comes about: derived from the file, scored by a person, or either."""

    AFGELEID = "afgeleid"
    GESCOORD = "gescoord"
    BEIDE = "beide"


class VeiligThuis(StrEnum):
    """What a step of the meldcode asked of Veilig Thuis."""

    GEEN = "geen"
    ADVIES = "advies"
    MELDING = "melding"


class Oorzaak(StrEnum):
    """Why an audit would say something else now."""

    LATE_INVOER = "late_invoer"
    CORRECTIE = "correctie"
    INTREKKING = "intrekking"
    VERPLAATSING = "verplaatsing"
    NORMVERSIE = "normversie"
    VERNIETIGING = "vernietiging"


class Toetsformaat(StrEnum):
    """In what form an audit is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PDF = "pdf"


class InzageSoort(StrEnum):
    """What somebody came to do with files."""

    LEZEN = "lezen"
    ZOEKEN = "zoeken"
    EXPORT = "export"
    VASTLEGGEN = "vastleggen"


class InzageUitkomst(StrEnum):
    """How a look at files ended."""

    GETOOND = "getoond"
    NIET_GEVONDEN = "niet_gevonden"
    GEWEIGERD = "geweigerd"
    MISLUKT = "mislukt"


class Wijzigingshandeling(StrEnum):
    """What was done to a row; a correction or withdrawal of a fact adds a version and is ``gewijzigd``."""

    TOEGEVOEGD = "toegevoegd"
    GEWIJZIGD = "gewijzigd"
    VERWIJDERD = "verwijderd"


class Verzoeker(StrEnum):
    """On whose behalf a child's own file is asked for."""

    KIND = "kind"
    GEZAGSDRAGER = "gezagsdrager"


class Bewaarsoort(StrEnum):
    """What the policy table of retention speaks of."""

    DOSSIER = "dossier"
    DOSSIER_GI = "dossier_gi"
    WIJZIGINGSLOG = "wijzigingslog"
    INZAGELOGBOEK = "inzagelogboek"
    KWARTAALTOETS = "kwartaaltoets"


class Samenvoegingsstap(StrEnum):
    """What was decided of a proposal to make one file of two: approved by a second person, or undone."""

    GOEDGEKEURD = "goedgekeurd"
    HERSTELD = "hersteld"


class Samenvoegingsstand(StrEnum):
    """Where such a proposal stands; it follows from the steps."""

    VOORGESTELD = "voorgesteld"
    GOEDGEKEURD = "goedgekeurd"
    HERSTELD = "hersteld"


class Vernietigingsgrond(StrEnum):
    """Why a file is proposed for destruction: it was kept long enough, or somebody with the right to it asks."""

    BEWAARTERMIJN = "bewaartermijn"
    VERZOEK = "verzoek"


class Vernietigingsoordeel(StrEnum):
    """What one person says of a proposal; ``ingetrokken``: an approval is taken back."""

    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"


class Vernietigingsstap(StrEnum):
    """What was done: locked away under a key, opened again, or the key destroyed."""

    VERZEGELD = "verzegeld"
    HERSTELD = "hersteld"
    VERNIETIGD = "vernietigd"


class Vernietigingsstand(StrEnum):
    """Where a proposal stands; it follows from what was said and done."""

    VOORGESTELD = "voorgesteld"
    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"
    VERZEGELD = "verzegeld"
    HERSTELD = "hersteld"
    VERNIETIGD = "vernietigd"


class Berichtreden(StrEnum):
    """Why somebody must hear something: at once, once it is late, or before it ends."""

    ONTHULLING = "onthulling"
    ONVEILIG = "onveilig"
    CALAMITEIT = "calamiteit"
    VGB_INGETROKKEN = "vgb_ingetrokken"
    OPVOLGING_LAAT = "opvolging_laat"
    UITZONDERING_EINDIGT = "uitzondering_eindigt"
    WEEKBERICHT = "weekbericht"


class Berichtafloop(StrEnum):
    """What became of a message: it has those who must hear it, or nothing asked for it any more."""

    GEADRESSEERD = "geadresseerd"
    VERVALLEN = "vervallen"


class Bezorgafloop(StrEnum):
    """What became of a message to one person."""

    VERSTUURD = "verstuurd"
    VERVALLEN = "vervallen"
    ONBEZORGBAAR = "onbezorgbaar"


class Berichtkanaal(StrEnum):
    """By which way a message goes."""

    MAIL = "mail"


class Mailbeveiliging(StrEnum):
    """How the connection to the mail server is protected; ``geen`` only on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    GEEN = "geen"
