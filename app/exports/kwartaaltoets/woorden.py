"""The words in which the exports for people (XLSX and PDF) speak of an audit, and the shares that they show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.clock import AMSTERDAM, civil_date
from app.exports.keurmerk import Zegelverwijzing
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.norms.dutch import dutch_date
from app.norms.kwartaaltoets.inhoud import CriteriumKengetal, GroepKengetallen
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.terms import Stand

STANDEN: Final[Mapping[str, str]] = {
    Stand.OP_TIJD: "op tijd",
    Stand.NADERT: "nadert",
    Stand.UITZONDERING: "uitzondering",
    Stand.TE_LAAT: "te laat",
}
NVT: Final = "n.v.t."
SOORTEN: Final[Mapping[str, str]] = {
    "organisatie": "Organisatie",
    "team": "Team",
    "gi": "GI",
    "zorgvorm": "Zorgvorm",
    "leeftijd": "Leeftijd",
    "maatregel": "Maatregel",
}
VOLTIJD: Final = "voltijd en crisis"
ALLE: Final = "alle plaatsingen"
#: of whom a figure is, for ``N kinderen …``
GEPLAATST: Final[Mapping[str, str]] = {
    "alle": "die in dit kwartaal geplaatst waren",
    "voltijd": "die in dit kwartaal voltijd of in crisis geplaatst waren",
}
#: why a figure of an audit is another than that of a list
GETELD: Final = (
    "Een kwartaaltoets telt elk kind dat in dat kwartaal ten minste een dag geplaatst was, ook als het daarna vertrok. "
    "De lijsten van Kinderen en Team tellen wie er vandaag is. Daarom kunnen de getallen verschillen."
)
NOOIT_EEN_OORDEEL: Final = (
    "Een ruisfactor is nooit een oordeel over een kind, een gezin of een medewerker: hij is alleen een reden om een "
    "dossier nog eens samen te bespreken."
)
NAVOLGBAAR: Final = (
    "Navolgbaar wil zeggen: uit het dossier blijkt dat het zicht op veiligheid op tijd is. Niet navolgbaar wil niet "
    "zeggen dat een kind onveilig is, en navolgbaar niet dat een kind veilig is."
)


def share(part: int, whole: int) -> float | None:
    """Return a part as a fraction; None when there is nothing to share."""
    return part / whole if whole else None


def speaks_of_opvolging(bestand: Toetsbestand) -> bool:
    """Tell whether an audit has figures of sight and follow-up: of a quarter of the second catalogue of norms."""
    return "opvolging" in bestand.kengetallen[0]["alle"]


def counts(criterium: CriteriumKengetal) -> tuple[int, int, int, int]:
    """Return how many rows have each stand, in the order of ``STANDEN``."""
    return criterium["op_tijd"], criterium["nadert"], criterium["uitzondering"], criterium["te_laat"]


def quarters(bestand: Toetsbestand) -> dict[str, GroepKengetallen]:
    """Return the figures of the whole organisatie per quarter, oldest first, this one last."""
    return {**dict(sorted(bestand.kop["trend"].items())), bestand.kop["kwartaal"]: bestand.kengetallen[0]}


def group_name(groep: GroepKengetallen) -> str:
    """Return the name of a group; rows without a team or GI are a group too."""
    if groep["soort"] == "maatregel" and groep["naam"]:
        return groep["naam"].replace(" ", " en ").replace("_", " ")
    return groep["naam"] or f"zonder {'GI' if groep['soort'] == 'gi' else groep['soort']}"


def status_word(bestand: Toetsbestand) -> str:
    """Return CONCEPT or VASTGESTELD."""
    return "CONCEPT" if bestand.vastgesteld_op is None else "VASTGESTELD"


def status_sentence(bestand: Toetsbestand) -> str:
    """Tell in a sentence how far the audit is."""
    if bestand.vastgesteld_op is None:
        return "Deze toets is een concept: hij is niet vastgesteld en de uitkomst kan nog veranderen."
    return f"Deze toets is vastgesteld op {dutch_moment(bestand.vastgesteld_op)} door {door_wie(bestand)}."


def door_wie(bestand: Toetsbestand) -> str:
    """Return who froze it; before migration 0017 a command named nobody."""
    return bestand.vastgesteld_door or "iemand van wie het nummer toen niet is vastgelegd"


def known_at(bestand: Toetsbestand) -> datetime:
    """Return the moment whose knowledge was judged."""
    return datetime.fromisoformat(bestand.kop["bekendOp"])


def dutch_moment(instant: datetime) -> str:
    """Return an instant as on a clock in Amsterdam: ``5 oktober 2026 om 09:30 uur``."""
    return f"{dutch_date(civil_date(instant))} om {instant.astimezone(AMSTERDAM):%H:%M} uur"


def seal_sentence(zegel: Zegelverwijzing) -> str:
    """Tell which seal lies over the logs behind an audit."""
    return f"Zegel {zegel.nummer} van {dutch_moment(zegel.op)}, digest {zegel.kort}."


def quarter_words(kwartaal: str) -> str:
    """Return ``2026-Q3`` as ``derde kwartaal van 2026``."""
    found = Kwartaal.parse(kwartaal)
    return f"{('eerste', 'tweede', 'derde', 'vierde')[found.nummer - 1]} kwartaal van {found.jaar}"
