"""A child, with a full file, in every relation of the policy table, made through the API itself.

Seen from team noord; ``zuid`` is the other team. The organisatie is looked at by four inspecties: with a mandate, with
one that covers what people wrote, with one that is over, and without any.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from uuid import UUID

from app.security.pseudoniem import Pseudoniemen
from app.terms import Rol
from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT, Ids, Json
from tests.api.client import NOBODY, NU, VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.gebeurtenissen import tell
from tests.api.inspectie import Inspectie, add_inspectie, give
from tests.api.mensen import AFWEZIGEN, MENSEN, NORM_ALS_LANDELIJK, VREEMDEN, Mens, add_mensen
from tests.api.opdrachten import make_file
from tests.api.world import noodtoegang_body, propose_one_file, retain

VAN = "2026-01-10"
#: of every child, and of nothing else: to see whether an answer says who a child is
ACHTERNAAM = "Geheimhouder"
ADRES = "https://ecd.example/pleegzicht"
_DATUM = "2026-07-15"  # within every plaatsing
_AANLEIDING = "2026-10-01"  # the first day from which something must be done about a signaal
_REDEN = "De begeleider is ziek en school belde over het kind."
KINDEREN = (
    "eigen", "team", "organisatie", "niemand", "begeleiding_90", "begeleiding_91", "plaatsing_90", "plaatsing_91",
    "plaatsing_91_open", "noodtoegang", "noodtoegang_24u", "vervanging", "vervanging_voorbij",
)  # fmt: skip
#: who left, and about whom nothing is to be done any more
AFGEROND = ("plaatsing_90", "plaatsing_91")
INSPECTIES = ("mandaat", "mandaat_tekst", "mandaat_voorbij", "geen_mandaat")
#: rol → who of team noord, or of the whole organisatie, has it
WIE = {
    Rol.PLEEGZORGBEGELEIDER: "begeleider",
    Rol.GEDRAGSWETENSCHAPPER: "gedragswetenschapper",
    Rol.TEAMLEIDER: "teamleider",
    Rol.KWALITEITSMEDEWERKER: "kwaliteit",
    Rol.BEHEERDER: "beheerder",
    Rol.INSPECTEUR: "mandaat",
}


@dataclass(frozen=True)
class Wereld:
    """Who is there, and what.

    Attributes:
        users: by name; inspecteurs by the name of their relation.
        files: relation → kind → id.
        geopend: user → relation → id of what that user opened.
        medewerkers: user → id.
        pseudoniemen: inspectie → the pseudonym of ``eigen`` there.
        mandaten: inspectie → id of its mandate.
        code: of the organisatie; ``vreemde_code`` of the other one.
        geheimen: who the children and medewerkers are: ids, numbers and names.
        vreemde_geheimen: every id of the other organisatie.
        teksten: what people wrote in the files.
    """

    dienst: Dienst
    users: dict[str, Gebruiker]
    files: dict[str, dict[str, str]]
    geopend: dict[str, dict[str, str]]
    medewerkers: dict[str, str]
    pseudoniemen: dict[str, str]
    mandaten: dict[str, str]
    code: str
    vreemde_code: str
    geheimen: list[str]
    vreemde_geheimen: list[str]
    teksten: tuple[str, ...] = (
        "Het gaat wel.",
        "Overlegd met de gedragswetenschapper.",
        "De GI deelt het rapport niet.",
        "Samen gewogen.",
        "Vraag school hoe het gaat.",
    )

    def user(self, rol: str, relatie: str) -> Gebruiker:
        """Return who asks: an inspecteur is one of the inspectie of the relation."""
        if rol == Rol.INSPECTEUR:
            return self.users[relatie if relatie in INSPECTIES else "mandaat"]
        return self.users[WIE[Rol(rol)]] if rol in WIE else Gebruiker(self.dienst.client, "", Rol.INSPECTEUR, {})

    def key(self, rol: str, relatie: str, kind: str) -> str:
        """Return the id of a kind in a relation; of a noodtoegang that of who asks, when it opened one."""
        if relatie == "bestaat_niet":
            return NOBODY
        if kind == "noodtoegang":
            own = self.geopend.get(WIE.get(Rol(rol), "") if rol in set(Rol) else "", {})
            return own.get(relatie, self.files[relatie][kind])
        return self.files[relatie][kind]


def bsn_of(relatie: str) -> str:
    """Return the BSN of the child of a relation."""
    return _bsns()[relatie]


@cache
def _bsns() -> Mapping[str, str]:
    return {relatie: kanarie.bsn() for relatie in (*KINDEREN, "vreemd")}


def body_of(naam: str, ids: Ids) -> Json:
    """Return a recording on a day within every plaatsing; a talk that does not count, a calamiteit not yet reported."""
    body: Json = SOORTEN_VAN_FEIT[naam].body(ids)
    moved = {name: _DATUM for name, value in body.items() if value == "2026-10-01"}
    moved |= {name: VAN for name, value in body.items() if value == "2026-06-01"}
    over: Mapping[str, Json] = {
        "pleegkind": {"achternaam": ACHTERNAAM},
        "kindgesprek": {"alleen": False},
        "signaal": {"gemeldIgjOp": None, "datum": _AANLEIDING, "bekendGewordenOp": _AANLEIDING},
        "meldcodestap": {"datum": _AANLEIDING},
        "opvolgstap": {"datum": _AANLEIDING},
        "uitstel": {"datum": "2026-10-20", "tot": "2026-11-15"},  # it runs today
    }
    return {**body, **moved, **over.get(naam, {})}


def build_wereld(dienst: Dienst) -> Wereld:
    """Make everything."""
    wereld = Wereld(dienst, {}, {}, {}, {}, {}, {}, "", "", [], [])
    _people(wereld, dienst, "beheerder", (*MENSEN, *AFWEZIGEN), KINDEREN)
    _people(wereld, dienst, "vreemde_beheerder", VREEMDEN, ["vreemd"])
    _cover(wereld)
    for relatie in KINDEREN:
        wereld.files[relatie] |= _dossier(wereld, relatie, "teamleider")
    wereld.files["vreemd"] |= _dossier(wereld, "vreemd", "vreemde_teamleider")
    wereld.files["leeg_gezin"] = _record(
        wereld.users["teamleider"], {}, ("pleeggezin", "gezinslid", "vgb", "evaluatie")
    )
    for kwaliteit, relaties in (("kwaliteit", KINDEREN), ("vreemde_kwaliteit", ("vreemd",))):
        _audit(wereld, kwaliteit, relaties)
        order = make_file(dienst, wereld.users[kwaliteit], wereld.files[relaties[0]]["kwartaaltoets"])
        for relatie in relaties:
            wereld.files[relatie]["toetsopdracht"] = order
    for beheerder, relatie in (("beheerder", "plaatsing_91"), ("vreemde_beheerder", "vreemd")):
        wereld.files[relatie] |= retain(wereld.users[beheerder], wereld.files[relatie]["pleegkind"])
    for relatie in (*KINDEREN, "vreemd"):
        chief = wereld.users["vreemde_beheerder" if relatie == "vreemd" else "beheerder"]
        files = wereld.files[relatie]
        files["samenvoeging"] = propose_one_file(chief, files["pleegkind"])
    for beheerder, relaties in (("beheerder", KINDEREN), ("vreemde_beheerder", ("vreemd",))):
        webhook = wereld.users[beheerder].made("/webhooks", {"adres": ADRES}).id
        for relatie in relaties:
            files = wereld.files[relatie]
            files["webhook"], files["gebeurtenis"] = webhook, tell(dienst, files["signaal"], webhook)
    _open(wereld)
    _oversee(wereld, dienst)
    wereld.geheimen.extend(_secrets(wereld))
    strangers = [uid for wie, uid in wereld.medewerkers.items() if wie.startswith("vreemde_")]
    wereld.vreemde_geheimen.extend([*wereld.files["vreemd"].values(), *strangers])
    return wereld


def _secrets(wereld: Wereld) -> Iterator[str]:
    """Yield what an inspecteur must not see."""
    chief = wereld.users["beheerder"]
    yield "J. Voorbeeld"  # the jeugdbeschermer; who the GI is may be known
    for one in chief.walk("/pleegkinderen?limit=200"):
        yield from (one["id"], one["nummer"], one["roepnaam"], one["achternaam"])
    for one in chief.walk("/medewerkers?limit=200"):
        yield from (one["id"], one["naam"])
    for one in chief.walk("/pleeggezinnen?limit=200"):
        yield from (one["id"], one["naam"])


def _people(wereld: Wereld, dienst: Dienst, beheerder: str, mensen: tuple[Mens, ...], relaties: Iterable[str]) -> None:
    made = add_mensen(dienst, beheerder, mensen)
    wereld.users.update(made.users)
    wereld.medewerkers.update(made.medewerkers)
    norm = made.users[beheerder].made("/normen", NORM_ALS_LANDELIJK).id
    team = made.teams.get("elders") or made.teams["noord"]
    nummer = {"functie": "Gedragswetenschapper", "telefoonnummer": "010 123 45 67", "uren": "op werkdagen"}
    made.users[beheerder].made(f"/teams/{team}/belnummers", nummer)
    wereld.files.update({relatie: {"team": team, "norm": norm} for relatie in relaties})


def _cover(wereld: Wereld) -> None:
    """Let begeleider cover somebody today and somebody until yesterday, and others be covered on days to come."""
    leider = wereld.users["teamleider"]
    invaller = wereld.medewerkers["begeleider"]
    made = leider.made(f"/medewerkers/{wereld.medewerkers['afwezige']}/afwezigheden", _days(invaller)).id
    with standing_still(NU - timedelta(days=10)):
        until = {"vervangerId": invaller, "van": "2026-10-20", "tot": VANDAAG.isoformat()}
        leider.again().made(f"/medewerkers/{wereld.medewerkers['afwezige_terug']}/afwezigheden", until)
    later = {"van": "2027-06-01", "tot": "2027-06-08"}
    of_zuid = {"vervangerId": wereld.medewerkers["waarnemer"], **later}
    zuid = wereld.users["beheerder"].made(f"/medewerkers/{wereld.medewerkers['begeleider_zuid']}/afwezigheden", of_zuid)
    elders = {"vervangerId": wereld.medewerkers["vreemde_waarnemer"], **later}
    path = f"/medewerkers/{wereld.medewerkers['vreemde_begeleider']}/afwezigheden"
    vreemd = wereld.users["vreemde_beheerder"].made(path, elders)
    for relatie, files in wereld.files.items():
        files["afwezigheid"] = {"team": made, "vreemd": vreemd.id}.get(relatie, zuid.id)


def _days(invaller: str) -> Json:
    return {"vervangerId": invaller, "van": "2026-10-26", "tot": "2026-12-01"}


def _record(user: Gebruiker, ids: dict[str, str], kinds: tuple[str, ...]) -> dict[str, str]:
    for naam in kinds:
        ids[naam] = user.made(SOORTEN_VAN_FEIT[naam].path(ids), body_of(naam, ids)).id
    return ids


def _dossier(wereld: Wereld, relatie: str, leider: str) -> dict[str, str]:
    """Record a full file, and then who guides the child: from there on it is no longer everybody's."""
    user = wereld.users[leider]
    kinds = tuple(naam for naam in SOORTEN_VAN_FEIT if naam != "begeleiding")
    kind = {**body_of("pleegkind", {}), "bsn": bsn_of(relatie)}
    ids = _record(user, {"pleegkind": user.made("/pleegkinderen", kind).id}, ("pleeggezin", "plaatsing"))
    _record(user, ids, tuple(naam for naam in kinds if naam not in ids))
    for wie, van, tot in _begeleidingen(relatie):
        body = {"medewerkerId": wereld.medewerkers[wie], "van": van, "tot": tot}
        # The last one may be of another team: only the beheerder sees the child then.
        chief = wereld.users["vreemde_beheerder" if relatie == "vreemd" else "beheerder"]
        ids["begeleiding"] = chief.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body).id
        ids["medewerker"] = wereld.medewerkers[wie]
    if relatie in AFGEROND:
        _answer_what_is_open(user, ids)
    if relatie.startswith("plaatsing_"):
        end = {"tot": _dagen_geleden(relatie), "eindreden": "naar huis"}
        user.made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", end, etag=_etag(user, ids["plaatsing"]))
    if relatie == "niemand":  # of nobody, so what is asked of a begeleiding is one that was a mistake
        body = {"medewerkerId": wereld.medewerkers["collega"], "van": VAN}
        made = user.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body)
        user.made(f"/begeleidingen/{made.id}/intrekking", {"reden": "vergissing"}, etag=made.etag)
        ids["begeleiding"], ids["medewerker"] = made.id, wereld.medewerkers["collega"]
    return ids


def _answer_what_is_open(user: Gebruiker, ids: dict[str, str]) -> None:
    """Decide about the signaal, and do what was agreed: nobody must act on this child any more."""
    besluit = {"stap": "besluit", "besluit": "geen_gevaar", "datum": _AANLEIDING, "signaalId": ids["signaal"]}
    user.made(f"/pleegkinderen/{ids['pleegkind']}/opvolgstappen", besluit)
    path = f"/acties/{ids['actie']}"
    done = {"reden": "gedaan", "gedaanOp": _AANLEIDING}
    user.made(f"{path}/correctie", done, etag=str(user.get(path).headers["etag"]))


def _etag(user: Gebruiker, plaatsing: str) -> str:
    return str(user.get(f"/plaatsingen/{plaatsing}").headers["etag"])


def _dagen_geleden(relatie: str) -> str:
    return (VANDAAG - timedelta(days=int(relatie.split("_")[1]))).isoformat()


def _begeleidingen(relatie: str) -> Iterator[tuple[str, str, str | None]]:
    if relatie.startswith("begeleiding_"):
        yield "begeleider", VAN, _dagen_geleden(relatie)
        yield "begeleider_zuid", _dagen_geleden(relatie), None
    elif relatie == "eigen" or relatie.startswith("plaatsing_"):
        yield "begeleider", VAN, None
    elif relatie != "niemand":
        of_another = {"team": "collega", "vreemd": "vreemde_begeleider", "vervanging": "afwezige"}
        of_another["vervanging_voorbij"] = "afwezige_terug"
        yield of_another.get(relatie, "begeleider_zuid"), VAN, None


def _audit(wereld: Wereld, kwaliteit: str, relaties: tuple[str, ...]) -> None:
    """Freeze the quarter in which every child was placed at some time: no child was ever seen, so each needs more."""
    user = wereld.users[kwaliteit]
    toets = user.made("/kwartaaltoetsen", {"kwartaal": "2026-Q3"}).id
    user.made(f"/kwartaaltoetsen/{toets}/vaststelling")
    of_child = {one["pleegkindId"]: one["id"] for one in user.walk("/extra-inzetten?limit=200")}
    for relatie in relaties:
        files = wereld.files[relatie]
        files["kwartaaltoets"], files["extra_inzet"] = toets, of_child[files["pleegkind"]]


def _open(wereld: Wereld) -> None:
    """Let somebody who guides nobody open each file, and begeleider and gedragswetenschapper one now, one yesterday."""
    for relatie in (*KINDEREN, "vreemd"):
        user = wereld.users["vreemde_waarnemer" if relatie == "vreemd" else "waarnemer"]
        files = wereld.files[relatie]
        files["noodtoegang"] = user.made("/noodtoegangen", noodtoegang_body(files["pleegkind"])).id
    for wie in ("begeleider", "gedragswetenschapper"):
        for relatie, at in (("noodtoegang", NU), ("noodtoegang_24u", NU - timedelta(hours=24))):
            with standing_still(at):
                made = (
                    wereld.users[wie]
                    .again()
                    .made("/noodtoegangen", noodtoegang_body(wereld.files[relatie]["pleegkind"]))
                )
            wereld.geopend.setdefault(wie, {})[relatie] = made.id


def _oversee(wereld: Wereld, dienst: Dienst) -> None:
    beheerder = wereld.users["beheerder"]
    for field, chief in (("code", beheerder), ("vreemde_code", wereld.users["vreemde_beheerder"])):
        object.__setattr__(wereld, field, chief.rows("/organisaties")[0]["code"])
    for naam in INSPECTIES:
        inspectie = add_inspectie(dienst)
        wereld.users[naam] = inspectie.inspecteur
        if naam == "geen_mandaat":
            wereld.pseudoniemen[naam] = f"pleegkind-{'a' * 32}"
            continue
        mandaat = _mandaat(wereld, naam, inspectie)
        wereld.mandaten[naam] = mandaat
        namen = Pseudoniemen(dienst.secrets, UUID(mandaat))
        wereld.pseudoniemen[naam] = namen.of("pleegkind", wereld.files["eigen"]["pleegkind"])
        looked = inspectie.inspecteur.get("/toezicht/kengetallen")
        assert looked.status_code == (404 if naam == "mandaat_voorbij" else 200), looked.text
    for relatie, mandaat in (("organisatie", wereld.mandaten["mandaat"]), ("vreemd", _strange_mandaat(wereld, dienst))):
        wereld.files[relatie]["toezichtsmandaat"] = mandaat


def _mandaat(wereld: Wereld, naam: str, inspectie: Inspectie) -> str:
    if naam != "mandaat_voorbij":
        return give(wereld.users["beheerder"], inspectie, dossiertekst=naam == "mandaat_tekst").id
    with standing_still(NU - timedelta(days=10)):  # its last day was yesterday
        return give(wereld.users["beheerder"].again(), inspectie, van="2026-10-23", tot="2026-11-02").id


def _strange_mandaat(wereld: Wereld, dienst: Dienst) -> str:
    return give(wereld.users["vreemde_beheerder"], add_inspectie(dienst)).id
