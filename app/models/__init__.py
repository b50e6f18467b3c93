"""SQLAlchemy models, one file per aggregate. Importing this package registers every table."""

from app.models.afwezigheid import Afwezigheid, AfwezigheidEinde
from app.models.agenda import Agenda
from app.models.base import Base, Feit, FeitVanKind
from app.models.belnummer import Belnummer
from app.models.bericht import Bericht, Bezorging, Taakstand
from app.models.concept import Concept
from app.models.extra_inzet import ExtraInzet, ExtraInzetStap
from app.models.feiten.actie import Actie
from app.models.feiten.casuistiekbespreking import Casuistiekbespreking
from app.models.feiten.dossierlezing import Dossierlezing
from app.models.feiten.huisbezoek import Huisbezoek
from app.models.feiten.hulpverleningsplan import Hulpverleningsplan
from app.models.feiten.kindgesprek import Kindgesprek
from app.models.feiten.meldcodestap import Meldcodestap
from app.models.feiten.ontwikkelbeeld import Ontwikkelbeeld
from app.models.feiten.opvolgstap import Opvolgstap
from app.models.feiten.plaatsing import (
    Begeleiding,
    KindInBegeleiding,
    OpenNaVertrek,
    Plaatsing,
    PlaatsingBezetting,
    ZonderBegeleider,
)
from app.models.feiten.pleeggezin import Evaluatie, Gezinslid, Pleeggezin, Vgb
from app.models.feiten.pleegkind import Maatregel, Pleegkind
from app.models.feiten.pleegoudervoogdgesprek import Pleegoudervoogdgesprek
from app.models.feiten.ruisscore import Ruisscore
from app.models.feiten.signaal import Signaal
from app.models.feiten.uitstel import Uitstel
from app.models.feiten.uitzondering import Uitzondering
from app.models.feiten.veiligheidscheck import Veiligheidscheck
from app.models.feiten.vertrouwenspersoon import Vertrouwenspersoon
from app.models.idempotentie import Idempotentie
from app.models.importstand import Importstand
from app.models.inzage import NIEMAND, Inzage, InzageAfloop
from app.models.kwartaaltoets import Kwartaaltoets, KwartaaltoetsRegel
from app.models.medewerker import Account, Medewerker
from app.models.noodtoegang import Noodtoegang, NoodtoegangBespreking
from app.models.norm import EigenNorm, NormBeeindiging
from app.models.organisatie import Organisatie, Team, Teamwijziging, Vastlegteller
from app.models.publicatie import OpenKengetal, Publicatie, PublicatieIntrekking
from app.models.samenvoeging import Samenvoeging, SamenvoegingStap
from app.models.sessie import Sessie
from app.models.termijn import Termijn
from app.models.toetsopdracht import Toetsopdracht
from app.models.toezichtsmandaat import MandaatIntrekking, Toezichtsmandaat
from app.models.vernietiging import (
    Bewaarblokkade,
    BewaarblokkadeOpheffing,
    Vernietiging,
    VernietigingOordeel,
    VernietigingStap,
)
from app.models.webhook import Gebeurtenis, Webhook, WebhookEinde
from app.models.wijziging import Wijziging, Wijzigingskop, Wijzigingspakket, Wijzigingsschakel
from app.models.zegel import Zegel

__all__ = [
    "NIEMAND",
    "Account",
    "Actie",
    "Afwezigheid",
    "AfwezigheidEinde",
    "Agenda",
    "Base",
    "Begeleiding",
    "Belnummer",
    "Bericht",
    "Bewaarblokkade",
    "BewaarblokkadeOpheffing",
    "Bezorging",
    "Casuistiekbespreking",
    "Concept",
    "Dossierlezing",
    "EigenNorm",
    "Evaluatie",
    "ExtraInzet",
    "ExtraInzetStap",
    "Feit",
    "FeitVanKind",
    "Gebeurtenis",
    "Gezinslid",
    "Huisbezoek",
    "Hulpverleningsplan",
    "Idempotentie",
    "Importstand",
    "Inzage",
    "InzageAfloop",
    "KindInBegeleiding",
    "Kindgesprek",
    "Kwartaaltoets",
    "KwartaaltoetsRegel",
    "Maatregel",
    "MandaatIntrekking",
    "Medewerker",
    "Meldcodestap",
    "Noodtoegang",
    "NoodtoegangBespreking",
    "NormBeeindiging",
    "Ontwikkelbeeld",
    "OpenKengetal",
    "OpenNaVertrek",
    "Opvolgstap",
    "Organisatie",
    "Plaatsing",
    "PlaatsingBezetting",
    "Pleeggezin",
    "Pleegkind",
    "Pleegoudervoogdgesprek",
    "Publicatie",
    "PublicatieIntrekking",
    "Ruisscore",
    "Samenvoeging",
    "SamenvoegingStap",
    "Sessie",
    "Signaal",
    "Taakstand",
    "Team",
    "Teamwijziging",
    "Termijn",
    "Toetsopdracht",
    "Toezichtsmandaat",
    "Uitstel",
    "Uitzondering",
    "Vastlegteller",
    "Veiligheidscheck",
    "Vernietiging",
    "VernietigingOordeel",
    "VernietigingStap",
    "Vertrouwenspersoon",
    "Vgb",
    "Webhook",
    "WebhookEinde",
    "Wijziging",
    "Wijzigingskop",
    "Wijzigingspakket",
    "Wijzigingsschakel",
    "Zegel",
    "ZonderBegeleider",
]
