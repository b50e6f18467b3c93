"""The whole machine: what was recorded is corrected, withdrawn and judged, and the oracle says the same of it all."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from pydantic.alias_generators import to_camel
from sqlalchemy.orm import Session

from app.db.sessions import reading
from app.norms.versies.catalogue import LANDELIJK
from app.queries.opzoektabellen import compare_opzoektabellen
from app.schemas.norm import NormIn
from app.services.termijnen import check_termijnen
from app.terms import NormCode
from tests.oracle.orakel import oordelen as oracle
from tests.verdict.lijsten import compare_lists, engine_rows, moments_of
from tests.verdict.vastleggen import BEGIN, Vastleggen, data, draw_from
from tests.verdict.vergelijking import Row, oracle_rows
from tests.verdict.wereld import EVENTS, SOORT_OF_BLAD, Rij, tightened

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


class Verhaal(Vastleggen):
    """A history in which what was recorded turns out to be wrong, under norms that get stricter."""

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
            too_far = day > self.wereld.vandaag + timedelta(days=365)  # for every period: ``tests/invoer``
            return None if taken or long_ago or too_far else {"van": day, "herzien_uiterlijk": day + timedelta(days=60)}
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
            assert compare_opzoektabellen(session, wereld.organisatie_id) == []
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
