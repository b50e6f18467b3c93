"""A valid recording of every kind of fact, and what a correction of it may say.

The dates fit a plaatsing that began on 1 June, seen from ``VANDAAG``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.models.soorten import SOORTEN, Eigenaar
from tests import kanarie

Json = dict[str, Any]
#: kind → id of one of it; together a child's file
Ids = Mapping[str, str]

VAN, DATUM = "2026-06-01", "2026-10-01"
_number = count(1)


def unique(word: str) -> str:
    """Return a name that was not given before in this process."""
    return f"{word} {next(_number):05d}"


@dataclass(frozen=True)
class Soort:
    """How one kind is recorded.

    Attributes:
        naam: the kind.
        eigenaar: the kind in whose path it is recorded, or None.
        body: makes the body from the ids of a file.
        wijziging: what a correction may change.
    """

    naam: str
    eigenaar: str | None
    body: Callable[[Ids], Json]
    wijziging: Json

    @property
    def meervoud(self) -> str:
        return PLURALS[self.naam]

    @property
    def template(self) -> str:
        """The path to record it, as in the route table."""
        return f"/{PLURALS[self.eigenaar]}/{{id}}/{self.meervoud}" if self.eigenaar else f"/{self.meervoud}"

    def path(self, ids: Ids) -> str:
        """The path to record it in a file."""
        return self.template.replace("{id}", ids[self.eigenaar]) if self.eigenaar else self.template


PLURALS = {naam: soort.meervoud for naam, soort in SOORTEN.items()} | {"medewerker": "medewerkers"}
#: segment of a path → the key of a file in the world
KINDS = {plural: naam for naam, plural in PLURALS.items()} | {
    "kwartaaltoetsen": "kwartaaltoets",
    "toetsopdrachten": "toetsopdracht",
    "extra-inzetten": "extra_inzet",
    "toezichtsmandaten": "toezichtsmandaat",
    "noodtoegangen": "noodtoegang",
    "vernietigingen": "vernietiging",
    "bewaarblokkades": "bewaarblokkade",
    "samenvoegingen": "samenvoeging",
    "afwezigheden": "afwezigheid",
    "teams": "team",
    "webhooks": "webhook",
    "gebeurtenissen": "gebeurtenis",
    "normen": "norm",
    "toezicht": "kwartaaltoets",
}


def _pleegkind(_: Ids) -> Json:
    return {
        "roepnaam": unique(kanarie.naam()),
        "achternaam": "Voorbeeld",
        "geboortedatum": "2017-03-04",
        "geslacht": "x",
    }


def _pleeggezin(_: Ids) -> Json:
    return {"naam": unique("Gezin"), "soort": "bestand", "gemeente": "Lindebeek", "pleegcontractOp": "2026-05-01"}


def _plaatsing(ids: Ids) -> Json:
    wie = {"pleegkindId": ids["pleegkind"], "pleeggezinId": ids["pleeggezin"]}
    return {**wie, "vorm": "voltijd", "zorgvorm": "pleegzorg", "van": VAN}


def _kindgesprek(ids: Ids) -> Json:
    wat = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True}
    return {
        "plaatsingId": ids["plaatsing"],
        "datum": DATUM,
        **wat,
        "stemVanHetKind": "Het gaat wel.",
        "themas": ["rust"],
    }


def _veiligheidscheck(ids: Ids) -> Json:
    return {"plaatsingId": ids["plaatsing"], "datum": DATUM, "instrument": "LIRIK", "uitkomst": "veilig"}


def _signaal(_: Ids) -> Json:
    wat = {"soort": "melding_school", "vraagtVeiligheidscheck": False, "calamiteit": True, "gemeldIgjOp": DATUM}
    return {"datum": DATUM, "bekendGewordenOp": DATUM, **wat}


def _opvolgstap(ids: Ids) -> Json:
    wat = {"stap": "overleg", "met": "gedragswetenschapper", "toelichting": "Samen gewogen."}
    return {"signaalId": ids["signaal"], "datum": DATUM, **wat}


def _actie(_: Ids) -> Json:
    return {"datum": DATUM, "uiterlijk": "2026-10-15", "omschrijving": "Vraag school hoe het gaat."}


def _ruisscore(_: Ids) -> Json:
    return {"code": "R09", "datum": DATUM, "geldtTot": "2027-04-01", "reden": "De GI deelt het rapport niet."}


def _uitstel(_: Ids) -> Json:
    return {"norm": "KAG-R", "datum": DATUM, "tot": "2026-10-20", "reden": "Het kind is op kamp."}


def _meldcodestap(_: Ids) -> Json:
    return {"stap": 2, "datum": DATUM, "toelichting": "Overlegd met de gedragswetenschapper.", "veiligThuis": "advies"}


def _uitzondering(_: Ids) -> Json:
    waarom = {"reden": "Het kind wil nog niet.", "borging": "Wekelijks contact met school."}
    return {"normen": ["KAG-R", "KAG-3"], **waarom, "van": "2026-10-20", "herzienUiterlijk": "2026-12-31"}


def _gezinslid(_: Ids) -> Json:
    return {"naam": "Kim", "geboortedatum": "1980-01-02", "rol": "pleegouder", "inwonendSinds": "2015-01-01"}


def _vertrouwenspersoon(_: Ids) -> Json:
    return {"sinds": DATUM, "soort": "netwerk", "naam": "Oma"}


def _maatregel(_: Ids) -> Json:
    return {"soort": "ots", "van": VAN, "gi": "GI Voorbeeld", "jeugdbeschermer": "J. Voorbeeld"}


def _op_datum(_: Ids) -> Json:
    return {"datum": DATUM}


_EARLIER = {"datum": "2026-09-15"}

SOORTEN_VAN_FEIT = {
    soort.naam: soort
    for soort in (
        Soort("pleegkind", None, _pleegkind, {"achternaam": "Anders"}),
        Soort("pleeggezin", None, _pleeggezin, {"gemeente": "Elders"}),
        Soort("plaatsing", None, _plaatsing, {"zorgvorm": "gezinshuis"}),
        Soort("gezinslid", "pleeggezin", _gezinslid, {"naam": "Robin"}),
        Soort("vgb", "gezinslid", lambda _: {"status": "afgegeven", "datum": "2026-05-01"}, {"datum": "2026-04-01"}),
        Soort("evaluatie", "pleeggezin", _op_datum, _EARLIER),
        Soort("kindgesprek", "pleegkind", _kindgesprek, {"vorm": "beeldbellen"}),
        Soort("veiligheidscheck", "pleegkind", _veiligheidscheck, {"uitkomst": "zorgen"}),
        Soort("huisbezoek", "pleegkind", lambda ids: {"plaatsingId": ids["plaatsing"], "datum": DATUM}, _EARLIER),
        Soort(
            "casuistiekbespreking", "pleegkind", lambda _: {"datum": DATUM, "multidisciplinair": True}, _EARLIER
        ),
        Soort("ontwikkelbeeld", "pleegkind", _op_datum, _EARLIER),
        Soort("hulpverleningsplan", "pleegkind", _op_datum, _EARLIER),
        Soort("vertrouwenspersoon", "pleegkind", _vertrouwenspersoon, {"soort": "jeugdstem"}),
        Soort("pleegoudervoogdgesprek", "pleegkind", _op_datum, _EARLIER),
        Soort("signaal", "pleegkind", _signaal, {"bijTwijfel": True}),
        Soort("meldcodestap", "signaal", _meldcodestap, {"veiligThuis": "melding"}),
        Soort("opvolgstap", "pleegkind", _opvolgstap, {"toelichting": "Nog eens gewogen."}),
        Soort("actie", "pleegkind", _actie, {"gedaanOp": "2026-10-12"}),
        Soort("dossierlezing", "pleegkind", _op_datum, _EARLIER),
        Soort("uitstel", "pleegkind", _uitstel, {"nieuweReden": "De school is dicht."}),
        Soort("ruisscore", "pleegkind", _ruisscore, {"nieuweReden": "Twee keer om gevraagd."}),
        Soort("maatregel", "pleegkind", _maatregel, {"soort": "voogdij_gi"}),
        Soort("uitzondering", "pleegkind", _uitzondering, {"nieuweReden": "Het kind is ziek."}),
        Soort(
            "begeleiding",
            "plaatsing",
            lambda ids: {"medewerkerId": ids["medewerker"], "van": VAN},
            {"van": "2026-07-01"},
        ),
    )
}  # fmt: skip


#: what is about a child, and can be moved to another
VERPLAATSBAAR = frozenset(
    naam
    for naam, soort in SOORTEN.items()
    if soort.eigenaar in (Eigenaar.PLEEGKIND, Eigenaar.PLAATSING, Eigenaar.SIGNAAL)
)


def waarheen(naam: str, ids: Ids) -> Json:
    """Return where a fact goes when it is moved to a file."""
    owner = SOORTEN[naam].eigenaar.removesuffix("_id")
    about = {"signaalId": ids["signaal"]} if SOORTEN[naam].gaat_mee else {}
    return {f"{owner}Id": ids[owner], **about}
