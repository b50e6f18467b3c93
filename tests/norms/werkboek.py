"""A workbook of ``afspraken.md`` §5 turned into facts, for tests alone: no database, no service.

A werkboek is a dict of sheet name → rows; each row a dict with the sheet's columns, dates as ``date``,
ja/nee as ``bool``, empty as None, ``normen`` a tuple. Rows may carry ``_volgorde`` (sequence of recording,
default 0) and ``_ingetrokken`` (bool). Several rows of one nummer are versions of one fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from app.norms.feiten import (
    Actie,
    Casuistiekbespreking,
    Dossier,
    Gebeurtenis,
    Gezin,
    Gezinslid,
    Huisbezoek,
    Kindgesprek,
    Maatregel,
    Meldcodestap,
    Opvolgstap,
    Periode,
    Plaatsing,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vgb,
)
from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VgbStatus,
    Zorgvorm,
)

Rij = dict[str, Any]
Werkboek = Mapping[str, list[Rij]]


@dataclass
class Namen:
    """The nummer behind every id that the rule hands back, per kind."""

    onderwerpen: dict[OnderwerpSoort, dict[int, str]] = field(default_factory=dict)
    gebeurtenissen: dict[str, dict[int, str]] = field(default_factory=dict)
    uitzonderingen: dict[int, str] = field(default_factory=dict)
    medewerkers: dict[int, str] = field(default_factory=dict)


class Inhoud(NamedTuple):
    """What a werkboek says: dossiers by nummer, families by id, and the names of the ids."""

    dossiers: dict[str, Dossier]
    gezinnen: dict[int, Gezin]
    namen: Namen


class _Blad:
    """The rows of one sheet that hold, with an id per nummer: its place in the list of first versions."""

    def __init__(self, rijen: Iterable[Rij], bekend_tot: int | None) -> None:
        versies: dict[str, list[tuple[int, int, Rij]]] = defaultdict(list)
        for plek, rij in enumerate(rijen, start=1):
            versies[rij["nummer"]].append((rij.get("_volgorde", 0), plek, rij))
        eerst = sorted((min(reeks, key=itemgetter(0, 1))[1], nummer) for nummer, reeks in versies.items())
        self.ids = {nummer: i for i, (_, nummer) in enumerate(eerst, start=1)}
        self.rijen: list[tuple[int, Rij]] = []
        for nummer, i in self.ids.items():
            bekend = [v for v in versies[nummer] if bekend_tot is None or v[0] <= bekend_tot]
            if bekend:
                geldend = max(bekend, key=itemgetter(0, 1))[2]
                if not geldend.get("_ingetrokken", False):
                    self.rijen.append((i, geldend))

    @property
    def namen(self) -> dict[int, str]:
        return {i: nummer for nummer, i in self.ids.items()}

    def grouped(self, kolom: str, datum: str) -> dict[str, list[tuple[int, Rij]]]:
        """Rows by the nummer they belong to, sorted by datum and then by order of recording."""
        groepen: dict[str, list[tuple[int, Rij]]] = defaultdict(list)
        for i, rij in sorted(self.rijen, key=lambda r: (r[1][datum], r[0])):
            groepen[rij[kolom]].append((i, rij))
        return groepen

    def events(self, kolom: str, datum: str = "datum") -> dict[str, list[Gebeurtenis]]:
        return {
            nummer: [Gebeurtenis(i, rij[datum]) for i, rij in rijen]
            for nummer, rijen in self.grouped(kolom, datum).items()
        }


def dossiers_from_werkboek(werkboek: Werkboek, bekend_tot: int | None = None) -> Inhoud:
    """Build the facts that the file held after recording number ``bekend_tot`` (None: everything).

    The highest ``_volgorde`` up to it holds; a withdrawn row is absent, and so is what refers to
    an absent row. Two VGB rows of one day keep the list order of their first versions.
    """
    return _Bouwer(werkboek, bekend_tot).build()


class _Bouwer:
    def __init__(self, werkboek: Werkboek, bekend_tot: int | None) -> None:
        self._werkboek, self._bekend_tot = werkboek, bekend_tot
        self._bladen: dict[str, _Blad] = {}

    def blad(self, naam: str) -> _Blad:
        if naam not in self._bladen:
            self._bladen[naam] = _Blad(self._werkboek.get(naam, []), self._bekend_tot)
        return self._bladen[naam]

    def build(self) -> Inhoud:
        gezinnen = self._gezinnen()
        plaatsingen = self._plaatsingen({g.id for g in gezinnen.values()})
        return Inhoud(self._dossiers(plaatsingen), {g.id: g for g in gezinnen.values()}, self._namen())

    def _namen(self) -> Namen:
        onderwerp_bladen = {
            OnderwerpSoort.PLAATSING: "plaatsingen",
            OnderwerpSoort.PLEEGKIND: "pleegkinderen",
            OnderwerpSoort.GEZINSLID: "gezinsleden",
            OnderwerpSoort.PLEEGGEZIN: "pleeggezinnen",
            OnderwerpSoort.SIGNAAL: "signalen",
            OnderwerpSoort.KINDGESPREK: "kindgesprekken",
            OnderwerpSoort.VEILIGHEIDSCHECK: "veiligheidschecks",
            OnderwerpSoort.UITZONDERING: "uitzonderingen",
            OnderwerpSoort.ACTIE: "acties",
        }
        return Namen(
            {soort: self.blad(naam).namen for soort, naam in onderwerp_bladen.items()},
            {naam: blad.namen for naam, blad in self._bladen.items()},
            self.blad("uitzonderingen").namen,
            self.blad("medewerkers").namen,
        )

    def _gezinnen(self) -> dict[str, Gezin]:
        vgbs = self.blad("vgbs").grouped("gezinslid", "datum")
        leden = self.blad("gezinsleden").grouped("pleeggezin", "inwonend_sinds")
        kinderen = {rij["nummer"] for _, rij in self.blad("pleegkinderen").rijen}
        plaatsingen = self.blad("plaatsingen").grouped("pleeggezin", "van")
        evaluaties = self.blad("evaluaties").events("pleeggezin")
        return {
            rij["nummer"]: Gezin(
                i,
                GezinSoort(rij["soort"]),
                rij.get("pleegcontract_op"),
                [
                    Periode(p["van"], p.get("tot"), Zorgvorm(p.get("zorgvorm") or "pleegzorg"))
                    for _, p in plaatsingen.get(rij["nummer"], [])
                    if p["pleegkind"] in kinderen
                ],
                [_gezinslid(j, lid, vgbs.get(lid["nummer"], [])) for j, lid in leden.get(rij["nummer"], [])],
                evaluaties.get(rij["nummer"], []),
            )
            for i, rij in self.blad("pleeggezinnen").rijen
        }

    def _plaatsingen(self, gezin_ids: set[int]) -> dict[str, list[Plaatsing]]:
        gesprekken = self.blad("kindgesprekken").grouped("plaatsing", "datum")
        checks = self.blad("veiligheidschecks").grouped("plaatsing", "datum")
        bezoeken = self.blad("huisbezoeken").grouped("plaatsing", "datum")
        nummers = self.blad("pleeggezinnen").ids
        return {
            kind: [
                Plaatsing(
                    i,
                    nummers[rij["pleeggezin"]],
                    PlaatsingVorm(rij["vorm"]),
                    rij["van"],
                    rij.get("tot"),
                    [_kindgesprek(j, gesprek) for j, gesprek in gesprekken.get(rij["nummer"], [])],
                    [_check(j, check) for j, check in checks.get(rij["nummer"], [])],
                    [Huisbezoek(j, b["datum"], b.get("kind_gezien")) for j, b in bezoeken.get(rij["nummer"], [])],
                )
                for i, rij in rijen
                if nummers.get(rij["pleeggezin"]) in gezin_ids
            ]
            for kind, rijen in self.blad("plaatsingen").grouped("pleegkind", "van").items()
        }

    def _dossiers(self, plaatsingen: dict[str, list[Plaatsing]]) -> dict[str, Dossier]:
        maatregelen = self.blad("maatregelen").grouped("pleegkind", "van")
        besprekingen = self.blad("casuistiekbesprekingen").grouped("pleegkind", "datum")
        signalen = self.blad("signalen").grouped("pleegkind", "bekend_geworden_op")
        beelden = self.blad("ontwikkelbeelden").events("pleegkind")
        plannen = self.blad("hulpverleningsplannen").events("pleegkind")
        personen = self.blad("vertrouwenspersonen").events("pleegkind", "sinds")
        gesprekken = self.blad("pleegoudervoogdgesprekken").events("pleegkind")
        uitzonderingen, stappen = self._uitzonderingen(), self._opvolgstappen()
        acties, meldcode = self.blad("acties").grouped("pleegkind", "datum"), self._meldcodestappen()
        return {
            rij["nummer"]: Dossier(
                i,
                rij["geboortedatum"],
                plaatsingen.get(rij["nummer"], []),
                [
                    Maatregel(j, MaatregelSoort(m["soort"]), m["van"], m.get("tot"))
                    for j, m in maatregelen.get(rij["nummer"], [])
                ],
                [
                    Casuistiekbespreking(j, b["datum"], b["multidisciplinair"])
                    for j, b in besprekingen.get(rij["nummer"], [])
                ],
                beelden.get(rij["nummer"], []),
                plannen.get(rij["nummer"], []),
                personen.get(rij["nummer"], []),
                gesprekken.get(rij["nummer"], []),
                [_signaal(j, s) for j, s in signalen.get(rij["nummer"], [])],
                uitzonderingen.get(rij["nummer"], []),
                stappen.get(rij["nummer"], []),
                meldcode.get(rij["nummer"], []),
                [Actie(j, a["datum"], a["uiterlijk"], a.get("gedaan_op")) for j, a in acties.get(rij["nummer"], [])],
            )
            for i, rij in self.blad("pleegkinderen").rijen
        }

    def _uitzonderingen(self) -> dict[str, list[Uitzondering]]:
        rollen = {rij["nummer"]: Rol(rij["rol"]) for _, rij in self.blad("medewerkers").rijen}
        nummers = self.blad("medewerkers").ids
        return {
            kind: [
                Uitzondering(
                    i,
                    frozenset(rij["normen"]),
                    rij["van"],
                    rij["herzien_uiterlijk"],
                    nummers[rij["opgesteld_door"]],
                    nummers.get(rij.get("goedgekeurd_door") or ""),
                    rollen.get(rij.get("goedgekeurd_door") or ""),
                    UitzonderingSoort(rij.get("soort") or "uitzondering"),
                    None if rij.get("waarneming_dagen") is None else int(rij["waarneming_dagen"]),
                )
                for i, rij in rijen
            ]
            for kind, rijen in self.blad("uitzonderingen").grouped("pleegkind", "van").items()
        }

    def _meldcodestappen(self) -> dict[str, list[Meldcodestap]]:
        wie = {rij["nummer"]: rij["pleegkind"] for _, rij in self.blad("signalen").rijen}
        nummers = self.blad("signalen").ids
        stappen: dict[str, list[Meldcodestap]] = defaultdict(list)
        for signaal, rijen in self.blad("meldcodestappen").grouped("signaal", "datum").items():
            if signaal in wie:
                stappen[wie[signaal]] += [
                    Meldcodestap(i, nummers[signaal], int(rij["stap"]), rij["datum"]) for i, rij in rijen
                ]
        return stappen

    def _opvolgstappen(self) -> dict[str, list[Opvolgstap]]:
        over = {
            OnderwerpSoort.KINDGESPREK: self.blad("kindgesprekken").ids,
            OnderwerpSoort.VEILIGHEIDSCHECK: self.blad("veiligheidschecks").ids,
            OnderwerpSoort.SIGNAAL: self.blad("signalen").ids,
        }
        return {
            kind: [
                Opvolgstap(
                    i,
                    OnderwerpSoort(rij["aanleiding_soort"]),
                    over[OnderwerpSoort(rij["aanleiding_soort"])][rij["aanleiding"]],
                    OpvolgstapSoort(rij["stap"]),
                    rij["datum"],
                )
                for i, rij in rijen
            ]
            for kind, rijen in self.blad("opvolgstappen").grouped("pleegkind", "datum").items()
        }


def _gezinslid(i: int, rij: Rij, vgbs: list[tuple[int, Rij]]) -> Gezinslid:
    return Gezinslid(
        i,
        rij["geboortedatum"],
        GezinslidRol(rij["rol"]),
        rij["inwonend_sinds"],
        rij.get("inwonend_tot"),
        [Vgb(j, v["datum"], VgbStatus(v["status"]), v.get("herscreening_uiterlijk")) for j, v in vgbs],
    )


def _kindgesprek(i: int, rij: Rij) -> Kindgesprek:
    return Kindgesprek(
        i,
        rij["datum"],
        rij["doorgegaan"],
        rij["alleen"],
        GespreksVorm(rij["vorm"]),
        rij["veiligheid_besproken"],
        None if rij.get("veilig_in_gezin") is None else Veiligheidsgevoel(rij["veilig_in_gezin"]),
    )


def _check(i: int, rij: Rij) -> Veiligheidscheck:
    return Veiligheidscheck(i, rij["datum"], Uitkomst(rij.get("uitkomst") or "veilig"), rij.get("kind_gezien"))


def _signaal(i: int, rij: Rij) -> Signaal:
    return Signaal(
        i,
        rij["bekend_geworden_op"],
        rij["vraagt_veiligheidscheck"],
        rij["calamiteit"],
        bool(rij.get("bij_twijfel")),
        rij.get("gemeld_igj_op"),
        bool(rij.get("onthulling")),
        bool(rij.get("geweld")),
        bool(rij.get("letsel")),
        rij.get("conclusie_op"),
    )
