"""A hypothesis machine: a history that grows in the database and, word for word, in a werkboek for the oracle."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from pydantic.alias_generators import to_camel
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db.sessions import reading
from app.norms.catalogue import LANDELIJK
from app.schemas.norm import NormIn
from app.services.termijnen import check_termijnen
from app.terms import NormCode, Rol
from tests.oracle.dagen_trekken import GEBOORTEDAGEN_KIND
from tests.oracle.orakel import oordelen as oracle
from tests.verdict.lijsten import compare_lists, engine_rows, moments_of
from tests.verdict.vergelijking import Row, oracle_rows
from tests.verdict.wereld import EVENTS, SOORT_OF_BLAD, Rij, Wereld, tightened

BEGIN = date(2024, 1, 31)
#: norm → a stricter number
STRICTER: dict[str, dict[str, int]] = {
    "KAG-R": {"maanden": 3},
    "KAG-3": {"stap_maanden": 3},
    "VC-J": {"maanden": 6, "dagen_na_signaal": 3},
    "MDO": {"maanden": 4},
    "ONT-J": {"maanden": 9},
    "HVP-6": {"dagen": 28},
    "VGB-T": {"dagen_netwerk": 56},
    "VGB-H": {"maanden": 36},
    "POV-1": {"maanden": 6},
    "CAL-3": {"werkdagen": 1},
    "VGB-12": {"dagen_vooraf": 90},
}
DATES: dict[str, tuple[str, ...]] = {
    "pleegkinderen": ("geboortedatum",),
    "pleeggezinnen": ("pleegcontract_op",),
    "gezinsleden": ("geboortedatum", "inwonend_sinds", "inwonend_tot"),
    "vgbs": ("datum", "herscreening_uiterlijk"),
    "plaatsingen": ("van", "tot"),
    "maatregelen": ("van", "tot"),
    "vertrouwenspersonen": ("sinds",),
    "signalen": ("bekend_geworden_op", "gemeld_igj_op"),
    "uitzonderingen": ("van", "herzien_uiterlijk"),
}
CHOICES: dict[str, dict[str, tuple[object, ...]]] = {
    "plaatsingen": {"vorm": ("voltijd", "crisis", "deeltijd")},
    "pleeggezinnen": {"soort": ("netwerk", "bestand")},
    "vgbs": {"status": ("afgegeven", "geweigerd", "ingetrokken", "aangevraagd")},
    "kindgesprekken": {"alleen": (True, False), "doorgegaan": (True, False), "vorm": ("fysiek", "telefoon")},
    "casuistiekbesprekingen": {"multidisciplinair": (True, False)},
    "signalen": {"vraagt_veiligheidscheck": (True, False), "calamiteit": (True, False), "bij_twijfel": (True, False)},
    "maatregelen": {"soort": ("ots", "voogdij_gi", "pleegoudervoogdij", "vrijwillig")},
    "gezinsleden": {"rol": ("pleegouder", "inwonende")},
}
MOVES = {
    "plaatsingen": "pleeggezin",
    "gezinsleden": "pleeggezin",
    "vgbs": "gezinslid",
    **dict.fromkeys(EVENTS, "plaatsing"),
}
SHIFTS = (-400, -92, -31, -7, -1, 1, 7, 31, 92, 400)

data = st.data()


def draw_from(given: Any, rijen: Any, label: str) -> Any:
    return given.draw(st.sampled_from(list(rijen)), label=label)


class Verhaal(RuleBasedStateMachine):
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
        normen=st.sets(st.sampled_from(list(NormCode)), min_size=3),
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

    # --- what was wrong ---

    @rule(given=data)
    def correct(self, given: Any) -> None:
        blad, rij = self._draw_fact(given)
        change = self._draw_change(given, blad, rij)
        if change is not None:
            self.wereld.correct(blad, rij["nummer"], change)

    def _draw_change(self, given: Any, blad: str, rij: Rij) -> Rij | None:
        columns = [*DATES.get(blad, ("datum",)), *CHOICES.get(blad, {})]
        if blad in MOVES:
            columns.append(MOVES[blad])
        column = draw_from(given, columns, "kolom")
        if column == MOVES.get(blad):
            return self._draw_move(given, blad, column, rij)
        if column in CHOICES.get(blad, {}):
            return {column: draw_from(given, CHOICES[blad][column], "waarde")}
        may_be_empty = column in ("tot", "inwonend_tot", "pleegcontract_op", "herscreening_uiterlijk", "gemeld_igj_op")
        if may_be_empty and rij[column] is not None and given.draw(st.booleans(), label="leeg"):
            return {column: None}
        day = (rij[column] or self.wereld.vandaag) + timedelta(days=draw_from(given, SHIFTS, "dagen"))
        if blad == "uitzonderingen":
            taken = any(other["van"] == day for other in self.wereld.levend(blad))
            long_ago = day < min(rij["van"], self.wereld.vandaag - timedelta(days=14))
            return None if taken or long_ago else {"van": day, "herzien_uiterlijk": day + timedelta(days=60)}
        return {column: day}

    def _draw_move(self, given: Any, blad: str, column: str, rij: Rij) -> Rij | None:
        """Hang a fact on another one; an event stays with its child."""
        target = {"pleeggezin": "pleeggezinnen", "gezinslid": "gezinsleden", "plaatsing": "plaatsingen"}[column]
        others = self.wereld.levend(target)
        if column == "plaatsing":
            own = next(other["pleegkind"] for other in others if other["nummer"] == rij["plaatsing"])
            others = [other for other in others if other["pleegkind"] == own]
        return {column: draw_from(given, others, "naar")["nummer"]}

    @rule(given=data)
    def withdraw(self, given: Any) -> None:
        blad, rij = self._draw_fact(given)
        self.wereld.withdraw(blad, rij["nummer"])

    def _draw_fact(self, given: Any) -> tuple[str, Rij]:
        sheets = {blad: rijen for blad in SOORT_OF_BLAD if (rijen := self.wereld.levend(blad))}
        if not sheets:
            self.add_child(BEGIN)
            return "pleegkinderen", self.wereld.levend("pleegkinderen")[0]
        blad = draw_from(given, sorted(sheets), "blad")
        return blad, draw_from(given, sheets[blad], "rij")

    # --- the norms ---

    @precondition(lambda self: len(self.wereld.eigen_normen) < len(STRICTER))
    @rule(given=data, begin=st.sampled_from((0, 10, 100)), duur=st.sampled_from((None, 60)))
    def tighten(self, given: Any, begin: int, duur: int | None) -> None:
        done = {versie["code"] for _, versie in self.wereld.eigen_normen}
        code = draw_from(given, sorted(set(STRICTER) - done), "norm")
        basis = next(norm for norm in LANDELIJK if norm.code == code)
        van = self._day(begin)
        body = {
            "code": NormCode(code),
            "geldigVan": van,
            "geldigTot": None if duur is None else van + timedelta(days=duur),
            "zwaarte": basis.zwaarte,
            "waarschuwingDagen": basis.waarschuwing_dagen + given.draw(st.sampled_from((0, 7)), label="extra"),
            "parameters": {to_camel(name): waarde for name, waarde in tightened(code, **STRICTER[code]).items()},
            "toelichting": "strenger",
        }
        self.wereld.tighten(NormIn.model_validate(body))

    # --- what must agree ---

    @rule(given=data, verschil=st.sampled_from((-400, -100, -30, 0, 1, 45, 300)))
    def judge(self, given: Any, verschil: int) -> None:
        """One other day, as known at one other moment."""
        stap = given.draw(st.integers(0, self.wereld.stap - 1), label="stap")
        with reading(self.engine, self.wereld.namens) as session:
            self._compare(session, self._day(verschil), None)
            self._compare(session, self._day(verschil), stap)

    def teardown(self) -> None:
        """After the story: today, the days around it, every moment, the stored deadlines and every list."""
        wereld = self.wereld
        with reading(self.engine, self.wereld.namens) as session:
            for dag in (wereld.vandaag, self._day(-60), self._day(1), self._day(200)):
                expected = self._compare(session, dag, None)
                compare_lists(session, wereld, expected, dag, None)
                if dag >= wereld.vandaag:
                    assert check_termijnen(session, wereld.organisatie_id, dag).afwijkingen == ()
            for stap in range(0, wereld.stap, max(1, wereld.stap // 6)):
                self._compare(session, wereld.vandaag, stap)
            then = wereld.stap // 2
            compare_lists(session, wereld, self._compare(session, wereld.vandaag, then), wereld.vandaag, then)

    def _compare(self, session: Session, peildatum: date, stap: int | None) -> list[Row]:
        """Hold every judgement of a day against the oracle's; a step stands for all it knew until the next one."""
        wereld = self.wereld
        expected = oracle_rows(oracle(wereld.werkboek, peildatum, wereld.normversies(stap), stap))
        for moment in moments_of(wereld, stap):
            assert engine_rows(session, wereld, peildatum, moment) == expected, (peildatum, stap, moment)
        return expected

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
