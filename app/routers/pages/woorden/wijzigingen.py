"""The words for what the change log says: what was written, and what changed; a test holds that none is missing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.queries.wijzigingen.lijst import GetoondeWijziging
from app.routers.pages.woorden.tijdlijn import SOORTNAMEN
from app.routers.pages.woorden.velden import VELDEN
from app.terms import Wijzigingshandeling
from app.web.pagewords import dag

#: what was done to it
HANDELINGEN: Final = {
    Wijzigingshandeling.TOEGEVOEGD: "vastgelegd",
    Wijzigingshandeling.GEWIJZIGD: "gewijzigd",
    Wijzigingshandeling.VERWIJDERD: "weggehaald",
}
#: table that the log follows → what a row of it is called
ZAKEN: Final = {
    **SOORTNAMEN,
    "organisatie": "Organisatie",
    "team": "Team",
    "teamwijziging": "Verandering van een team",
    "belnummer": "Belnummer",
    "account": "Account",
    "medewerker": "Medewerker",
    "eigen_norm": "Eigen norm",
    "norm_beeindiging": "Einde van een eigen norm",
    "kwartaaltoets": "Kwartaaltoets",
    "extra_inzet": "Extra inzet",
    "extra_inzet_stap": "Stap van extra inzet",
    "toezichtsmandaat": "Toezichtsmandaat",
    "mandaat_intrekking": "Einde van een mandaat",
    "noodtoegang": "Noodtoegang",
    "noodtoegang_bespreking": "Bespreking van noodtoegang",
    "bewaarblokkade": "Bewaarblokkade",
    "bewaarblokkade_opheffing": "Einde van een bewaarblokkade",
    "vernietiging": "Voorstel tot vernietiging",
    "vernietiging_oordeel": "Oordeel over vernietiging",
    "vernietiging_stap": "Stap van een vernietiging",
    "samenvoeging": "Samenvoeging van dossiers",
    "samenvoeging_stap": "Stap van een samenvoeging",
    "afwezigheid": "Afwezigheid",
    "afwezigheid_einde": "Einde van een afwezigheid",
    "webhook": "Webhook",
    "webhook_einde": "Einde van een webhook",
    "publicatie": "Openbare cijfers",
    "publicatie_intrekking": "Intrekking van openbare cijfers",
}  # fmt: skip
#: field → its word, where the questions on pages have none
_MEER: Final = {
    "status": "Status", "ingetrokken": "Ingetrokken", "geboortedatum": "Geboortedatum",
    "zorgvorm": "Zorgvorm", "eindreden": "Reden van het einde", "rol": "Rol", "geslacht": "Geslacht",
    "normen": "Normen", "herzien_uiterlijk": "Tot en met", "themas": "Onderwerpen", "deelnemers": "Wie erbij waren",
    "aanwezigen": "Wie erbij waren", "roepnaam": "Roepnaam", "achternaam": "Achternaam", "nummer": "Nummer",
    "reden": "Reden", "borging": "Zicht op veiligheid intussen",
    "waarneming_dagen": "Dagen tussen twee keer zien", "inwonend_sinds": "Woont er sinds",
    "inwonend_tot": "Woont er tot",
    "herscreening_uiterlijk": "Nieuwe screening uiterlijk", "pleegcontract_op": "Pleegcontract van",
    "gemeente": "Gemeente",
}  # fmt: skip
#: fields that say which row it is, or what the entry itself says already
_STIL: Final = frozenset({
    "versie", "vastgelegdOp", "vastgelegdDoor", "eerstVastgelegdOp", "wijzigingsreden", "pleegkindId", "plaatsingId",
    "pleeggezinId", "gezinslidId", "signaalId", "medewerkerId", "import", "importId", "termijnenEditie",
})  # fmt: skip


def changes_of(one: GetoondeWijziging) -> Iterator[tuple[str, str, str]]:
    """Yield of an entry each field that has a word for people, what stood in it (empty: nothing) and what stands."""
    voor, na = one.voor or {}, one.na or {}
    for naam in dict.fromkeys((*na, *voor)):
        woord = _word_of(naam)
        told = naam in voor if one.voor is not None else naam != "ingetrokken"
        if woord and told:
            yield woord, _said(voor, naam), _said(na, naam)


def _word_of(naam: str) -> str:
    if naam in _STIL:
        return ""
    column = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in naam)
    return (VELDEN.get(column) or _MEER.get(column, "")).removesuffix("?")


def _said(content: Mapping[str, Any], naam: str) -> str:
    value = content.get(naam)
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Mapping):
        return "tekst die hier niet staat"
    if isinstance(value, list):
        return ", ".join(str(part).replace("_", " ") for part in value)
    try:
        return dag(date.fromisoformat(str(value)))
    except ValueError:
        return str(value).replace("_", " ")
