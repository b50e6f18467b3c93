"""A file in which every kind of fact and every free text names third parties, made through the API itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT, Json
from tests.api.client import Dienst, Gebruiker
from tests.api.inspectie import add_inspectie, give
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.world import noodtoegang_body
from tests.cli.conftest import Uitkomst

REDEN = "Brief van 1 november 2026, door de voogd namens Sam."
Vraag = Callable[..., Uitkomst]
#: words of names that may stand nowhere in what is given
KANARIES = (
    "kanariegeel", "parkietje", "zebravink", "boomklever", "ooievaar", "roodborst", "wielewaal", "kolibrie",
    "nachtegaal", "ina spectie",
)  # fmt: skip
BSN, ANDER_BSN = "123456782", "111222333"
TEKST = (
    "Parkietje KANARIEGEEL en Zebravink waren er; J. Roodborst belde oma Ooievaar. "
    "Kolibrie Nachtegaal (12 jaar) niet. Wielewaals melding. BSN 123456782 en 1112.22.333, telefoon 0687654321."
)
GEKUIST = (
    "[naam weggelaten] en [naam weggelaten] waren er; [naam weggelaten] belde [naam weggelaten]. "
    "[naam weggelaten] (12 jaar) niet. [naam weggelaten] melding. BSN [bsn weggelaten] en [bsn weggelaten], "
    "telefoon [telefoonnummer weggelaten]."
)
NAAM_WEG, WOORDEN_WEG = "[naam weggelaten]", "[eigen woorden weggelaten]"
#: what of each kind is written by hand
TEKSTEN: dict[str, Json] = {
    "kindgesprek": {
        "stemVanHetKind": TEKST,
        "watWilHetKind": TEKST,
        "veiligInGezin": "ja",
        "themas": ["rust", TEKST],
        "vervolgactie": TEKST,
        "kindVoeldeZichVeilig": "twijfel",
    },
    "veiligheidscheck": {"instrument": TEKST},
    "casuistiekbespreking": {
        "conclusie": TEKST,
        "gedragswetenschapperAanwezig": True,
        "ruisfactor": "R09",
    },
    "signaal": {"soort": TEKST, "onthulling": True},
    "meldcodestap": {"toelichting": TEKST},
    "ruisscore": {"reden": TEKST},
    "uitzondering": {"reden": TEKST, "borging": TEKST},
    "maatregel": {"gi": TEKST, "jeugdbeschermer": "J. Roodborst"},
    "vertrouwenspersoon": {"naam": "oma Ooievaar"},
    "plaatsing": {"eindreden": TEKST, "tot": "2027-01-01"},
}
_FAMILIE = ("pleeggezin", "gezinslid", "vgb", "evaluatie")


@dataclass
class Dossier:
    """An organisatie with one child of 14 in it, who guides it, and what was recorded.

    Attributes:
        recorded: kind → what was sent.
        ids: kind → id.
    """

    code: str
    beheerder: Gebruiker
    beheerder_nummer: str
    begeleider: Gebruiker
    begeleider_id: str
    begeleider_naam: str
    begeleider_nummer: str
    waarnemer: Gebruiker
    gedragswetenschapper: Gebruiker
    teamleider: Gebruiker
    inspecteur: Gebruiker
    kindnummer: str = ""
    recorded: dict[str, Json] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


def add_kind(dossier: Dossier, geboren: str, **over: Any) -> Json:
    """Record a child and return what is shown of it."""
    body = {"roepnaam": "Sam", "achternaam": "de Vries", "geboortedatum": geboren, "geslacht": "x", **over}
    dossier.recorded.setdefault("pleegkind", body)
    return dossier.beheerder.made("/pleegkinderen", {**body, "tochNieuw": True}).shown


def build_dossier(dienst: Dienst) -> Dossier:
    """Make it all: about 60 requests."""
    dossier = _people(dienst)
    kind = add_kind(dossier, "2012-03-04", bsn=BSN)
    dossier.ids |= {"pleegkind": kind["id"], "medewerker": dossier.begeleider_id}
    dossier.kindnummer = kind["nummer"]
    for naam, soort in SOORTEN_VAN_FEIT.items():
        if naam != "pleegkind":
            _record(dossier, naam, soort)
    _others(dossier)
    _change(dossier)
    _look(dossier)
    return dossier


def _people(dienst: Dienst) -> Dossier:
    beheerder, uid = add_organisatie(dienst)
    team = beheerder.made("/teams", {"naam": "noord"}).id
    users: dict[Rol, Any] = {
        rol: add_medewerker(dienst, beheerder, rol, team)
        for rol in (Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER, Rol.PLEEGZORGBEGELEIDER)
    }
    begeleider, made = users[Rol.PLEEGZORGBEGELEIDER]
    waarnemer, _ = add_medewerker(dienst, beheerder, Rol.PLEEGZORGBEGELEIDER, None)
    inspectie = add_inspectie(dienst)
    give(beheerder, inspectie, doel=f"Toezicht, {TEKST}")
    return Dossier(
        code=beheerder.rows("/organisaties")[0]["code"],
        beheerder=beheerder,
        beheerder_nummer=beheerder.read(f"/medewerkers/{uid}")["nummer"],
        begeleider=begeleider,
        begeleider_id=made.id,
        begeleider_naam=made.shown["naam"],
        begeleider_nummer=made.shown["nummer"],
        waarnemer=waarnemer,
        gedragswetenschapper=users[Rol.GEDRAGSWETENSCHAPPER][0],
        teamleider=users[Rol.TEAMLEIDER][0],
        inspecteur=inspectie.inspecteur,
    )


def _record(dossier: Dossier, naam: str, soort: Any) -> None:
    ids = dossier.ids
    body = {**soort.body(ids), **TEKSTEN.get(naam, {})}
    if naam == "casuistiekbespreking":
        body["deelnemers"] = [dossier.begeleider_id]
    if naam == "pleeggezin":
        body["naam"] = "Familie Kanariegeel"
    if naam == "gezinslid":
        body["naam"] = "Parkietje Kanariegeel"
    before = dossier.beheerder if naam in ("pleeggezin", "plaatsing") else dossier.teamleider
    made = before.made(soort.path(ids), body)
    ids[naam] = made.id
    if naam not in _FAMILIE:
        dossier.recorded[naam] = body


def _others(dossier: Dossier) -> None:
    """A child in the same family, and one that has nothing to do with this child but its name in a text."""
    sibling = add_kind(dossier, "2015-01-01", roepnaam="Zebravink", achternaam="Boomklever")["id"]
    add_kind(dossier, "2014-01-01", roepnaam="Kolibrie", achternaam="Nachtegaal")
    soort = SOORTEN_VAN_FEIT["plaatsing"]
    together = {**soort.body({**dossier.ids, "pleegkind": sibling}), "vorm": "deeltijd"}
    dossier.beheerder.made("/plaatsingen", together)


def _change(dossier: Dossier) -> None:
    """Correct a talk, withdraw a visit, and let a uitzondering be approved."""
    talk = dossier.teamleider.get(f"/kindgesprekken/{dossier.ids['kindgesprek']}")
    dossier.teamleider.made(
        f"/kindgesprekken/{dossier.ids['kindgesprek']}/correctie",
        {"reden": TEKST, "vorm": "beeldbellen", "datum": "2026-10-02"},
        etag=talk.headers["etag"],
    )
    visit = dossier.teamleider.get(f"/huisbezoeken/{dossier.ids['huisbezoek']}")
    dossier.teamleider.made(
        f"/huisbezoeken/{dossier.ids['huisbezoek']}/intrekking", {"reden": TEKST}, etag=visit.headers["etag"]
    )
    dossier.gedragswetenschapper.made(f"/uitzonderingen/{dossier.ids['uitzondering']}/goedkeuring")


def _look(dossier: Dossier) -> None:
    """Look as begeleider twice, with noodtoegang, as inspecteur, and as somebody who is refused."""
    kind = dossier.ids["pleegkind"]
    dossier.begeleider.read(f"/pleegkinderen/{kind}/tijdlijn")
    dossier.begeleider.read(f"/pleegkinderen/{kind}/tijdlijn")
    assert dossier.waarnemer.get(f"/pleegkinderen/{kind}").status_code == 404
    opened = dossier.waarnemer.post("/noodtoegangen", {**noodtoegang_body(kind), "reden": TEKST})
    assert opened.status_code == 201, opened.text
    dossier.waarnemer.read(f"/pleegkinderen/{kind}/tijdlijn")
    talk = {"toelichting": TEKST}
    path = f"/noodtoegangen/{opened.json()['id']}/bespreking"
    dossier.teamleider.made(path, talk, etag=opened.headers["etag"])
    row = dossier.inspecteur.rows("/toezicht/termijnen?limit=50&stand=op_tijd")[0]
    dossier.inspecteur.read(f"/toezicht/dossiers/{row['dossier']}")


def inhoud_of(done: Uitkomst) -> dict[str, Any]:
    assert done.code == 0, done.err
    content: dict[str, Any] = json.loads(done.out)["inhoud"]
    return content


def feit_of(inhoud: dict[str, Any], dossier: Dossier, soort: str) -> dict[str, Any]:
    (found,) = [feit for feit in inhoud["feiten"] if feit["id"] == dossier.ids[soort]]
    assert found["soort"] == soort
    return dict(found)


def cleaned(value: Any) -> Any:
    return [cleaned(item) for item in value] if isinstance(value, list) else GEKUIST if value == TEKST else value


def last_look(dossier: Dossier) -> dict[str, Any]:
    """Return the last look that a command made; asking for it is a look too."""
    looks = dossier.beheerder.rows("/inzagen?limit=5")
    return dict(next(look for look in looks if look["handeling"] == "pleegzicht inzageverzoek"))


def text_of(path: Path) -> str:
    if path.suffix == ".json":
        return path.read_text(encoding="utf-8")
    reader = PdfReader(BytesIO(path.read_bytes()))
    return " ".join(page.extract_text() for page in reader.pages)


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
