"""A hypothesis machine that records: children, families, and all that is done for them, as a story goes on."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import Engine

from app.norms.uitzondering import NOOIT_GEDEKT
from app.terms import NormCode, Rol
from tests.oracle.dagen_trekken import GEBOORTEDAGEN_KIND
from tests.verdict.wereld import Rij, Wereld

BEGIN = date(2024, 1, 31)

data = st.data()


def draw_from(given: Any, rijen: Any, label: str) -> Any:
    return given.draw(st.sampled_from(list(rijen)), label=label)


class Vastleggen(RuleBasedStateMachine):
    """A history that grows in the database and in the werkboek alike."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    @initialize(geboren=st.sampled_from(GEBOORTEDAGEN_KIND), soort=st.sampled_from(("netwerk", "bestand")))
    def begin(self, geboren: date, soort: str) -> None:
        self.wereld = Wereld(self.engine, BEGIN)
        self._add_child(min(geboren, BEGIN))
        self._add_family(soort, BEGIN)
        self.place_first()

    def place_first(self) -> None:
        (kind,), (gezin,) = self.wereld.levend("pleegkinderen"), self.wereld.levend("pleeggezinnen")
        self.wereld.record("plaatsingen", _plaatsing(kind, gezin, "voltijd", BEGIN - timedelta(days=40), None))

    def _add_child(self, geboren: date) -> None:
        inhoud = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": geboren, "geslacht": None}
        self.wereld.record("pleegkinderen", inhoud)

    def _add_family(self, soort: str, contract: date | None) -> None:
        inhoud = {"naam": "Gezin Verzonnen", "soort": soort, "gemeente": None, "pleegcontract_op": contract}
        self.wereld.record("pleeggezinnen", inhoud)

    # --- time ---

    @rule(dagen=st.sampled_from((0, 1, 6, 29, 30, 61, 122, 200)), seconden=st.integers(-3600, 3600))
    def pass_time(self, dagen: int, seconden: int) -> None:
        self.wereld.pass_time(dagen, seconden)

    # --- who is there ---

    @precondition(lambda self: len(self.wereld.levend("pleegkinderen")) < 3)
    @rule(geboren=st.sampled_from(GEBOORTEDAGEN_KIND))
    def add_child(self, geboren: date) -> None:
        self._add_child(min(geboren, self.wereld.vandaag))

    @precondition(lambda self: len(self.wereld.levend("pleeggezinnen")) < 3)
    @rule(soort=st.sampled_from(("netwerk", "bestand")), contract=st.sampled_from((None, -90, -10, 0, 20)))
    def add_family(self, soort: str, contract: int | None) -> None:
        self._add_family(soort, None if contract is None else self._day(contract))

    @precondition(lambda self: self.wereld.levend("pleeggezinnen"))
    @rule(given=data, rol=st.sampled_from(("pleegouder", "inwonende")), jaren=st.sampled_from((11, 12, 40)))
    def add_member(self, given: Any, rol: str, jaren: int) -> None:
        gezin = draw_from(given, self.wereld.levend("pleeggezinnen"), "gezin")
        sinds = self._day(given.draw(st.sampled_from((-400, -60, -1, 0)), label="sinds"))
        geboren = self.wereld.vandaag - timedelta(days=jaren * 365 + given.draw(st.integers(-90, 90), label="dagen"))
        inhoud = {"pleeggezin": gezin["nummer"], "naam": "Verzonnen", "geboortedatum": geboren, "rol": rol}
        self.wereld.record("gezinsleden", {**inhoud, "inwonend_sinds": sinds, "inwonend_tot": None})

    @precondition(lambda self: self.wereld.levend("gezinsleden"))
    @rule(given=data, status=st.sampled_from(("afgegeven", "afgegeven", "geweigerd", "ingetrokken", "aangevraagd")))
    def decide_vgb(self, given: Any, status: str) -> None:
        lid = draw_from(given, self.wereld.levend("gezinsleden"), "lid")
        herscreening = given.draw(st.sampled_from((None, 30, 400)), label="herscreening")
        inhoud = {"gezinslid": lid["nummer"], "status": status, "datum": self._past(given)}
        self.wereld.record(
            "vgbs", {**inhoud, "herscreening_uiterlijk": None if herscreening is None else self._day(herscreening)}
        )

    # --- where it lives ---

    @precondition(lambda self: self.wereld.levend("pleegkinderen") and self.wereld.levend("pleeggezinnen"))
    @rule(
        given=data,
        vorm=st.sampled_from(("voltijd", "crisis", "deeltijd")),
        begin=st.sampled_from((-300, -30, 0, 1, 20)),
    )
    def place(self, given: Any, vorm: str, begin: int) -> None:
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        gezin = draw_from(given, self.wereld.levend("pleeggezinnen"), "gezin")
        duur = given.draw(st.sampled_from((None, None, 30, 400)), label="duur")
        van = self._day(begin)
        tot = None if duur is None else van + timedelta(days=duur)
        self.wereld.record("plaatsingen", _plaatsing(kind, gezin, vorm, van, tot))

    @precondition(lambda self: self.wereld.levend("plaatsingen"))
    @rule(given=data, tot=st.sampled_from((-30, -1, 0, 1, 40)))
    def end(self, given: Any, tot: int) -> None:
        plaatsing = draw_from(given, self.wereld.levend("plaatsingen"), "plaatsing")
        self.wereld.end(plaatsing["nummer"], self._day(tot))

    @precondition(lambda self: self.wereld.levend("pleegkinderen") and self.wereld.levend("pleeggezinnen"))
    @rule(given=data, tot=st.sampled_from((-1, 0, 14)), gat=st.sampled_from((0, 0, 1, 2)))
    def move(self, given: Any, tot: int, gat: int) -> None:
        """Leave one family and enter another: on the same day, or after a gap."""
        running = [rij for rij in self.wereld.levend("plaatsingen") if rij["tot"] is None]
        if not running:
            return
        plaatsing = draw_from(given, running, "plaatsing")
        gezin = draw_from(given, self.wereld.levend("pleeggezinnen"), "gezin")
        if self.wereld.end(plaatsing["nummer"], self._day(tot)):
            van = self._day(tot + gat)
            kind = {"nummer": plaatsing["pleegkind"]}
            self.wereld.record("plaatsingen", _plaatsing(kind, gezin, plaatsing["vorm"], van, None))

    # --- what happens there ---

    @precondition(lambda self: self.wereld.levend("plaatsingen"))
    @rule(given=data, goed=st.sampled_from((True, True, False)))
    def talk(self, given: Any, goed: bool) -> None:  # noqa: FBT001
        plaatsing = draw_from(given, self.wereld.levend("plaatsingen"), "plaatsing")
        flags = [True] * 3 if goed else given.draw(st.lists(st.booleans(), min_size=3, max_size=3), label="vlaggen")
        vorm = "fysiek" if goed else given.draw(st.sampled_from(("fysiek", "beeldbellen", "telefoon")), label="vorm")
        inhoud = {"plaatsing": plaatsing["nummer"], "datum": self._past(given, plaatsing), "vorm": vorm}
        doorgegaan, alleen, besproken = flags
        inhoud |= {"doorgegaan": doorgegaan, "alleen": alleen, "veiligheid_besproken": besproken}
        self.wereld.record("kindgesprekken", {**inhoud, "reden_niet_alleen": None if alleen else "anders"})

    @precondition(lambda self: self.wereld.levend("plaatsingen"))
    @rule(given=data, blad=st.sampled_from(("veiligheidschecks", "huisbezoeken")))
    def look(self, given: Any, blad: str) -> None:
        plaatsing = draw_from(given, self.wereld.levend("plaatsingen"), "plaatsing")
        inhoud = {"plaatsing": plaatsing["nummer"], "datum": self._past(given, plaatsing)}
        extra = {"instrument": "LIRIK", "uitkomst": "veilig"} if blad == "veiligheidschecks" else {}
        self.wereld.record(blad, {**inhoud, **extra})

    # --- what belongs to the child and the family ---

    @precondition(lambda self: self.wereld.levend("pleegkinderen"))
    @rule(
        given=data,
        blad=st.sampled_from(
            ("casuistiekbesprekingen", "ontwikkelbeelden", "hulpverleningsplannen", "pleegoudervoogdgesprekken")
        ),
    )
    def do_for_child(self, given: Any, blad: str) -> None:
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        extra = {"multidisciplinair": True} if blad == "casuistiekbesprekingen" else {}
        self.wereld.record(blad, {"pleegkind": kind["nummer"], "datum": self._past(given), **extra})

    @precondition(lambda self: self.wereld.levend("pleegkinderen"))
    @rule(given=data)
    def find_vertrouwenspersoon(self, given: Any) -> None:
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        inhoud = {"pleegkind": kind["nummer"], "sinds": self._past(given), "soort": "jeugdstem", "naam": None}
        self.wereld.record("vertrouwenspersonen", inhoud)

    @precondition(lambda self: self.wereld.levend("pleeggezinnen"))
    @rule(given=data)
    def evaluate(self, given: Any) -> None:
        gezin = draw_from(given, self.wereld.levend("pleeggezinnen"), "gezin")
        self.wereld.record("evaluaties", {"pleeggezin": gezin["nummer"], "datum": self._past(given)})

    @precondition(lambda self: self.wereld.levend("pleegkinderen"))
    @rule(
        given=data, soort=st.sampled_from(("ots", "voogdij_gi", "pleegoudervoogdij")), duur=st.sampled_from((None, 200))
    )
    def order_measure(self, given: Any, soort: str, duur: int | None) -> None:
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        van = self._day(given.draw(st.sampled_from((-200, -30, 0, 10)), label="van"))
        tot = None if duur is None else van + timedelta(days=duur)
        inhoud = {"pleegkind": kind["nummer"], "soort": soort, "van": van, "tot": tot, "gi": None}
        self.wereld.record("maatregelen", {**inhoud, "jeugdbeschermer": None})

    @precondition(lambda self: self.wereld.levend("pleegkinderen"))
    @rule(given=data, vraagt=st.booleans(), calamiteit=st.booleans(), twijfel=st.booleans())
    def signal(self, given: Any, vraagt: bool, calamiteit: bool, twijfel: bool) -> None:  # noqa: FBT001
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        bekend = self._past(given)
        gemeld = self.wereld.vandaag if given.draw(st.booleans(), label="gemeld") else None
        inhoud = {"pleegkind": kind["nummer"], "bekend_geworden_op": bekend, "soort": "letsel"}
        inhoud["datum"] = bekend - timedelta(days=3)
        inhoud |= {"vraagt_veiligheidscheck": vraagt, "calamiteit": calamiteit, "bij_twijfel": twijfel}
        self.wereld.record("signalen", {**inhoud, "gemeld_igj_op": gemeld})

    # --- exceptions ---

    @precondition(lambda self: self.wereld.levend("pleegkinderen"))
    @rule(
        given=data,
        normen=st.sets(st.sampled_from([code for code in NormCode if code not in NOOIT_GEDEKT]), min_size=3),
        duur=st.sampled_from((0, 30, 90, 91)),
        wie=st.sampled_from((Rol.BEHEERDER, Rol.TEAMLEIDER)),
    )
    def propose(self, given: Any, normen: set[NormCode], duur: int, wie: Rol) -> None:
        kind = draw_from(given, self.wereld.levend("pleegkinderen"), "kind")
        van = self._day(given.draw(st.integers(-14, 20), label="van"))  # one of longer ago is refused
        if any(rij["van"] == van for rij in self.wereld.levend("uitzonderingen")):
            return  # which of two of one day is named is not said
        inhoud = {"pleegkind": kind["nummer"], "normen": tuple(sorted(normen)), "reden": "te jong", "borging": "school"}
        herzien = van + timedelta(days=duur)
        self.wereld.record("uitzonderingen", {**inhoud, "van": van, "herzien_uiterlijk": herzien}, wie)

    @precondition(lambda self: self.wereld.levend("uitzonderingen"))
    @rule(given=data, wie=st.sampled_from((Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER, Rol.TEAMLEIDER, Rol.BEHEERDER)))
    def approve(self, given: Any, wie: Rol) -> None:
        uitzondering = draw_from(given, self.wereld.levend("uitzonderingen"), "uitzondering")
        self.wereld.approve(uitzondering["nummer"], wie)

    # --- days ---

    def _day(self, dagen: int) -> date:
        return self.wereld.vandaag + timedelta(days=dagen)

    def _past(self, given: Any, plaatsing: Rij | None = None) -> date:
        """Draw a day on which something may have happened: most often within the plaatsing."""
        dag = self._day(-given.draw(st.sampled_from((0, 0, 1, 7, 30, 62, 123, 300)), label="geleden"))
        if plaatsing is None or given.draw(st.integers(0, 4), label="overal") == 0:
            return dag
        van: date = plaatsing["van"]
        tot: date | None = plaatsing["tot"]
        return max(dag, van) if tot is None else min(max(dag, van), tot)


def _plaatsing(kind: Rij, gezin: Rij, vorm: str, van: date, tot: date | None) -> Rij:
    inhoud = {"pleegkind": kind["nummer"], "pleeggezin": gezin["nummer"], "vorm": vorm, "zorgvorm": "pleegzorg"}
    return {**inhoud, "van": van, "tot": tot, "eindreden": None}
