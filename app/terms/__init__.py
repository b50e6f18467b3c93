"""The closed lists of the domain, as StrEnums; each value is the one used in code, database, JSON and workbook.

Source: ``normen.md`` §2, §4, §5 and ``afspraken.md`` §4, §5.
"""

from app.terms.bericht import Berichtafloop, Berichtkanaal, Berichtreden, Bezorgafloop, Mailbeveiliging
from app.terms.dossier import (
    Bewaarsoort,
    Samenvoegingsstand,
    Samenvoegingsstap,
    Vernietigingsgrond,
    Vernietigingsoordeel,
    Vernietigingsstand,
    Vernietigingsstap,
    Verzoeker,
)
from app.terms.kwartaaltoets import (
    ExtraInzetStapSoort,
    Oorzaak,
    Regelkeuze,
    Toetsformaat,
    Toetsopdrachtsoort,
    Toetsopdrachtstand,
    ToetsStatus,
)
from app.terms.norm import NormCode, OnderwerpSoort, Stand, Zwaarte
from app.terms.opvolging import (
    AanleidingSoort,
    Opvolgbesluit,
    Opvolgingfilter,
    OpvolgstapSoort,
    OverlegMet,
    SignaalBron,
    UitzonderingSoort,
    Uitzonderingstand,
    VeiligThuis,
)
from app.terms.organisatie import OrganisatieSoort, Rol, TeamwijzigingSoort
from app.terms.plaatsing import (
    Geslacht,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    PlaatsingVorm,
    VertrouwenspersoonSoort,
    VgbStatus,
    Zorgvorm,
)
from app.terms.ruis import Ruiscode, RuisSoort
from app.terms.sporen import InzageSoort, InzageUitkomst, Wijzigingshandeling
from app.terms.taak import Taaknaam
from app.terms.zicht import (
    BIJ_ALLEEN,
    Aanwezige,
    Gespreksplaats,
    GespreksVorm,
    RedenNietAlleen,
    Uitkomst,
    Veiligheidsgevoel,
)

__all__ = [
    "BIJ_ALLEEN",
    "AanleidingSoort",
    "Aanwezige",
    "Berichtafloop",
    "Berichtkanaal",
    "Berichtreden",
    "Bewaarsoort",
    "Bezorgafloop",
    "ExtraInzetStapSoort",
    "Geslacht",
    "GespreksVorm",
    "Gespreksplaats",
    "GezinSoort",
    "GezinslidRol",
    "InzageSoort",
    "InzageUitkomst",
    "MaatregelSoort",
    "Mailbeveiliging",
    "NormCode",
    "OnderwerpSoort",
    "Oorzaak",
    "Opvolgbesluit",
    "Opvolgingfilter",
    "OpvolgstapSoort",
    "OrganisatieSoort",
    "OverlegMet",
    "PlaatsingVorm",
    "RedenNietAlleen",
    "Regelkeuze",
    "Rol",
    "RuisSoort",
    "Ruiscode",
    "Samenvoegingsstand",
    "Samenvoegingsstap",
    "SignaalBron",
    "Stand",
    "Taaknaam",
    "TeamwijzigingSoort",
    "ToetsStatus",
    "Toetsformaat",
    "Toetsopdrachtsoort",
    "Toetsopdrachtstand",
    "Uitkomst",
    "UitzonderingSoort",
    "Uitzonderingstand",
    "VeiligThuis",
    "Veiligheidsgevoel",
    "Vernietigingsgrond",
    "Vernietigingsoordeel",
    "Vernietigingsstand",
    "Vernietigingsstap",
    "VertrouwenspersoonSoort",
    "Verzoeker",
    "VgbStatus",
    "Wijzigingshandeling",
    "Zorgvorm",
    "Zwaarte",
]
