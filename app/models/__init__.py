"""SQLAlchemy models, one file per aggregate. Importing this package registers every table."""

from app.models.base import Base, Feit
from app.models.casuistiekbespreking import Casuistiekbespreking
from app.models.huisbezoek import Huisbezoek
from app.models.hulpverleningsplan import Hulpverleningsplan
from app.models.idempotentie import Idempotentie
from app.models.kindgesprek import Kindgesprek
from app.models.medewerker import Account, Medewerker
from app.models.norm import EigenNorm
from app.models.ontwikkelbeeld import Ontwikkelbeeld
from app.models.organisatie import Organisatie, Team, Vastlegteller
from app.models.plaatsing import Begeleiding, Plaatsing, PlaatsingBezetting
from app.models.pleeggezin import Evaluatie, Gezinslid, Pleeggezin, Vgb
from app.models.pleegkind import Maatregel, Pleegkind
from app.models.pleegoudervoogdgesprek import Pleegoudervoogdgesprek
from app.models.signaal import Signaal
from app.models.termijn import Termijn
from app.models.uitzondering import Uitzondering
from app.models.veiligheidscheck import Veiligheidscheck
from app.models.vertrouwenspersoon import Vertrouwenspersoon

__all__ = [
    "Account",
    "Base",
    "Begeleiding",
    "Casuistiekbespreking",
    "EigenNorm",
    "Evaluatie",
    "Feit",
    "Gezinslid",
    "Huisbezoek",
    "Hulpverleningsplan",
    "Idempotentie",
    "Kindgesprek",
    "Maatregel",
    "Medewerker",
    "Ontwikkelbeeld",
    "Organisatie",
    "Plaatsing",
    "PlaatsingBezetting",
    "Pleeggezin",
    "Pleegkind",
    "Pleegoudervoogdgesprek",
    "Signaal",
    "Team",
    "Termijn",
    "Uitzondering",
    "Vastlegteller",
    "Veiligheidscheck",
    "Vertrouwenspersoon",
    "Vgb",
]
