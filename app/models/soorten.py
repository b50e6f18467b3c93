"""The kinds of facts that are recorded about a child or family, as data: what each is called and belongs to.

API, import and timeline treat every kind alike through this table; what a kind has of its own is in its model and
its schema.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.models.base import Feit
from app.models.casuistiekbespreking import Casuistiekbespreking
from app.models.huisbezoek import Huisbezoek
from app.models.hulpverleningsplan import Hulpverleningsplan
from app.models.kindgesprek import Kindgesprek
from app.models.meldcodestap import Meldcodestap
from app.models.ontwikkelbeeld import Ontwikkelbeeld
from app.models.plaatsing import Begeleiding, Plaatsing
from app.models.pleeggezin import Evaluatie, Gezinslid, Pleeggezin, Vgb
from app.models.pleegkind import Maatregel, Pleegkind
from app.models.pleegoudervoogdgesprek import Pleegoudervoogdgesprek
from app.models.ruisscore import Ruisscore
from app.models.signaal import Signaal
from app.models.uitzondering import Uitzondering
from app.models.veiligheidscheck import Veiligheidscheck
from app.models.vertrouwenspersoon import Vertrouwenspersoon


class Eigenaar(StrEnum):
    """What a fact hangs on; the value is the column that refers to it."""

    PLEEGKIND = "pleegkind_id"
    PLAATSING = "plaatsing_id"
    PLEEGGEZIN = "pleeggezin_id"
    GEZINSLID = "gezinslid_id"
    SIGNAAL = "signaal_id"
    ZELF = "feit_id"


@dataclass(frozen=True, slots=True)
class FeitSoort:
    """One kind of fact.

    Attributes:
        naam: the Dutch noun, also the table.
        meervoud: its plural, also the path.
        model: the table of its versions.
        eigenaar: what it hangs on.
        dag: the column with the day on which it happened or began; None for what has no such day.
    """

    naam: str
    meervoud: str
    model: type[Feit]
    eigenaar: Eigenaar
    dag: str | None = "datum"


_VAN_PLAATSING = (
    FeitSoort("kindgesprek", "kindgesprekken", Kindgesprek, Eigenaar.PLAATSING),
    FeitSoort("veiligheidscheck", "veiligheidschecks", Veiligheidscheck, Eigenaar.PLAATSING),
    FeitSoort("huisbezoek", "huisbezoeken", Huisbezoek, Eigenaar.PLAATSING),
    FeitSoort("begeleiding", "begeleidingen", Begeleiding, Eigenaar.PLAATSING, "van"),
)
_VAN_PLEEGKIND = (
    FeitSoort("casuistiekbespreking", "casuistiekbesprekingen", Casuistiekbespreking, Eigenaar.PLEEGKIND),
    FeitSoort("ontwikkelbeeld", "ontwikkelbeelden", Ontwikkelbeeld, Eigenaar.PLEEGKIND),
    FeitSoort("hulpverleningsplan", "hulpverleningsplannen", Hulpverleningsplan, Eigenaar.PLEEGKIND),
    FeitSoort("vertrouwenspersoon", "vertrouwenspersonen", Vertrouwenspersoon, Eigenaar.PLEEGKIND, "sinds"),
    FeitSoort("pleegoudervoogdgesprek", "pleegoudervoogdgesprekken", Pleegoudervoogdgesprek, Eigenaar.PLEEGKIND),
    FeitSoort("signaal", "signalen", Signaal, Eigenaar.PLEEGKIND),
    FeitSoort("ruisscore", "ruisscores", Ruisscore, Eigenaar.PLEEGKIND),
    FeitSoort("maatregel", "maatregelen", Maatregel, Eigenaar.PLEEGKIND, "van"),
    FeitSoort("uitzondering", "uitzonderingen", Uitzondering, Eigenaar.PLEEGKIND, "van"),
    FeitSoort("plaatsing", "plaatsingen", Plaatsing, Eigenaar.PLEEGKIND, "van"),
)
_VAN_GEZIN = (
    FeitSoort("gezinslid", "gezinsleden", Gezinslid, Eigenaar.PLEEGGEZIN, "inwonend_sinds"),
    FeitSoort("evaluatie", "evaluaties", Evaluatie, Eigenaar.PLEEGGEZIN),
    FeitSoort("vgb", "vgbs", Vgb, Eigenaar.GEZINSLID),
)
_VAN_SIGNAAL = (FeitSoort("meldcodestap", "meldcodestappen", Meldcodestap, Eigenaar.SIGNAAL),)
_ZELFSTANDIG = (
    FeitSoort("pleegkind", "pleegkinderen", Pleegkind, Eigenaar.ZELF, None),
    FeitSoort("pleeggezin", "pleeggezinnen", Pleeggezin, Eigenaar.ZELF, None),
)

SOORTEN: dict[str, FeitSoort] = {
    soort.naam: soort for soort in (*_VAN_PLAATSING, *_VAN_PLEEGKIND, *_VAN_GEZIN, *_VAN_SIGNAAL, *_ZELFSTANDIG)
}
