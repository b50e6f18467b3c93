"""Everything that the PDF of a child's own file says, as one JSON value; the typst template only lays it out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from app.clock import AMSTERDAM, civil_date
from app.exports.inzageverzoek.inzagelijst import list_looks
from app.exports.inzageverzoek.woorden import fields_of, label, shown, who
from app.exports.keurmerk import Zegelverwijzing
from app.exports.kwartaaltoets.woorden import STANDEN, dutch_moment, seal_sentence
from app.exports.pdf.tekst import printable
from app.norms.dutch import dutch_date
from app.queries.dossier.inzagedossier import Inzagedossier

Json = Mapping[str, Any]

UITLEG: Final = (
    (
        "Dit is wat er in Pleegzicht over dit kind is vastgelegd, ook wat later is verbeterd of ingetrokken. Het "
        "nieuwste staat bovenaan. Achteraan staat wie in het dossier heeft gekeken."
    ),
    (
        "Van anderen staan er geen namen in: op die plek staat [naam weggelaten]. Gegevens die over de mensen in het "
        "pleeggezin gaan en niet over het kind, zijn weggelaten. Een pleeggezin heeft een nummer. Wie bij de "
        "organisatie werkt, staat er wel met naam in. Het BSN staat nergens."
    ),
    "Wat hier een ? is, is een teken dat dit bestand niet kan afdrukken; het JSON-bestand heeft het wel.",
)
ZONDER_WOORDEN: Final = (
    "Wat het kind zelf heeft gezegd, is weggelaten: dat is van het kind, tenzij de organisatie na overleg anders "
    "besluit."
)
_VERZOEKER: Final = {"kind": "het kind zelf", "gezagsdrager": "wie het gezag over het kind heeft"}
_OVER_ANDEREN: Final = "Dit gaat over iemand in het pleeggezin. Daarom staat hier alleen hoe het ervoor staat."


def report_of_inzagedossier(dossier: Inzagedossier, digest: str, zegel: Zegelverwijzing | None) -> object:
    """Return the report, with nothing in it that its fonts cannot print."""
    inhoud = dossier.inhoud
    op = datetime.fromisoformat(inhoud["op"])
    kind = inhoud["pleegkind"]
    dag = civil_date(op)
    titels = {one["id"]: f"{_titel(one)}, nummer {one['nummer']}" for one in inhoud["feiten"]}
    return printable({
        "titel": f"Inzage in het dossier van {kind['roepnaam']} {kind['achternaam']}",
        "organisatie": inhoud["organisatie"]["naam"],
        "datum": [dag.year, dag.month, dag.day],
        "voet": f"inzageverzoek {inhoud['kenmerk']}",
        "kop": _kop(inhoud, op),
        "digest": digest,
        "zegel": zegel and seal_sentence(zegel),
        "uitleg": [*UITLEG, *([] if inhoud["eigenWoorden"] else [ZONDER_WOORDEN])],
        "peildatum": dutch_date(date.fromisoformat(inhoud["peildatum"])),
        "oordelen": [_oordeel(one) for one in inhoud["oordelen"]],
        "feiten": [_feit(one, titels) for one in inhoud["feiten"]],
        "extra": [_extra(one) for one in inhoud["extraInzetten"]],
        "noodtoegangen": [_noodtoegang(one) for one in inhoud["noodtoegangen"]],
        "inzagen": list_looks(dossier.inzagen()),
    })  # fmt: skip


def _kop(inhoud: Json, op: datetime) -> list[list[str]]:
    kind = inhoud["pleegkind"]
    geboren = dutch_date(date.fromisoformat(kind["geboortedatum"]))
    return [
        ["Kind", f"{kind['roepnaam']} {kind['achternaam']}, geboren op {geboren} ({inhoud['leeftijd']} jaar)"],
        ["Nummer", kind["nummer"]],
        *(["Eerder ook", f"{one['roepnaam']} {one['achternaam']}, nummer {one['nummer']}"] for one in kind["opgegaan"]),
        ["Organisatie", inhoud["organisatie"]["naam"]],
        ["Gevraagd door", _VERZOEKER[inhoud["verzoeker"]]],
        ["Grond", inhoud["grond"]],
        ["Hoe gevraagd", inhoud["reden"]],
        ["Kenmerk", inhoud["kenmerk"]],
        ["Gemaakt", f"{dutch_moment(op)} door {who(inhoud['door'])}"],
    ]


def _oordeel(oordeel: Json) -> Json:
    stand = STANDEN[oordeel["stand"]]
    if oordeel["teLaatSinds"]:
        stand += f", sinds {dutch_date(date.fromisoformat(oordeel['teLaatSinds']))}"
    return {"wat": f"{oordeel['norm']} {oordeel['naam']}", "stand": stand, "uitleg": list(_reasons(oordeel))}


def _reasons(oordeel: Json) -> Iterable[str]:
    uitleg = oordeel["uitleg"]
    if uitleg is None:
        yield _OVER_ANDEREN
        return
    yield uitleg["regel"]
    for one in uitleg["teldenNiet"]:
        yield f"{label(one['soort'])} van {dutch_date(date.fromisoformat(one['datum']))} telde niet: {one['reden']}."
    if uitleg["uitzondering"]:
        yield uitleg["uitzondering"]
    yield f"Bron: {oordeel['bron']}"


def _titel(feit: Json) -> str:
    dag = f", {dutch_date(date.fromisoformat(feit['datum']))}" if feit["datum"] else ""
    return f"{label(feit['soort'])}{dag}"


def _feit(feit: Json, titels: Mapping[str, str]) -> Json:
    """Return a fact with its last version first; what is in the title already is not said again."""
    versies = feit["versies"]
    status = " (hoort bij een ander kind)" if feit["verplaatst"] else " (ingetrokken)" if feit["ingetrokken"] else ""
    shown_versies = []
    for versie in reversed(versies):
        inhoud = {name: titels.get(str(value), value) for name, value in versie["inhoud"].items()}
        if inhoud.get("datum") == feit["datum"]:
            inhoud.pop("datum", None)
        nummer = f"Nummer {feit['nummer']}. " if versie is versies[-1] else ""
        shown_versies.append({"over": nummer + _over(versie, len(versies)), "velden": fields_of(inhoud)})
    return {"titel": f"{_titel(feit)}{status}", "versies": shown_versies}


def _over(versie: Json, aantal: int) -> str:
    """Return when, by whom and why a version was recorded."""
    door = f" door {who(versie['vastgelegdDoor'])}" if versie["vastgelegdDoor"] else ""
    laat = ", laat geregistreerd" if versie["laatGeregistreerd"] else ""
    reden = f" Reden: {versie['wijzigingsreden']}" if versie["wijzigingsreden"] else ""
    wat = "Ingetrokken" if versie["ingetrokken"] else "Vastgelegd"
    nummer = f"Versie {versie['versie']}. " if aantal > 1 else ""
    moment = dutch_moment(datetime.fromisoformat(versie["vastgelegdOp"]))
    return f"{nummer}{wat} op {moment}{door}{laat}.{reden}"


def _extra(one: Json) -> Json:
    uiterlijk = dutch_date(date.fromisoformat(one["uiterlijk"]))
    return {
        "titel": f"Extra inzet, uiterlijk {uiterlijk}",
        "over": f"Omdat niet op tijd was: {shown(one['criteria'])}.",
        "stappen": [fields_of({**stap, "nummer": None}) for stap in one["stappen"]],
    }


def _noodtoegang(one: Json) -> Json:
    van, tot = (datetime.fromisoformat(one[name]).astimezone(AMSTERDAM) for name in ("geopendOp", "geldigTot"))
    over = f"Van {dutch_moment(van)} tot {dutch_moment(tot)} door {who(one['medewerker'])}. Reden: {one['reden']}"
    talk = one["bespreking"]
    if talk is None:
        return {"over": over, "bespreking": "Dit is nog niet besproken."}
    wanneer = dutch_moment(datetime.fromisoformat(talk["op"]))
    return {"over": over, "bespreking": f"Besproken op {wanneer} door {who(talk['door'])}: {talk['toelichting']}"}
