"""A workbook that is imported again and again, changed in between, against the oracle: judgements, audit, comparison.

What is drawn: events recorded late, a plaatsing that turns out to be another child's, plaatsingen that are planned,
rows with a vastgelegd_op and without one, and any other correction that leaves the workbook without faults.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens
from app.models import Kwartaaltoets
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud
from app.queries.kwartaaltoetsen.vergelijking import compare_with_now
from app.queries.oordelen.organisatie import iterate_oordelen
from app.security.secrets import Secrets, load_secrets
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, request_toets
from app.terms import NormCode
from tests.keuze import drawn
from tests.oracle.bekend import get_bekend_sinds
from tests.oracle.dagen_trekken import VANDAAG
from tests.oracle.feiten import get_volgorde
from tests.oracle.fouten import build_toestand, list_fouten
from tests.oracle.fouten_tweede import is_goede_stap, list_tweede_fouten
from tests.oracle.geschiedenissen import werkboeken
from tests.oracle.orakel import oordelen as oracle
from tests.oracle.toets import Historie, Versie, build_toets
from tests.services.importeer import Importeur
from tests.verdict.vergelijking import engine_row, oracle_rows

Rij = dict[str, Any]
Werkboek = dict[str, list[Rij]]

BEGIN = datetime(2026, 11, 21, 12, tzinfo=UTC)
KWARTALEN = ("2026-Q3", "2026-Q4")
MET_MOMENT = (
    "kindgesprekken", "veiligheidschecks", "huisbezoeken", "casuistiekbesprekingen", "ontwikkelbeelden",
    "hulpverleningsplannen", "pleegoudervoogdgesprekken", "evaluaties", "opvolgstappen",
)  # fmt: skip


@st.composite
def leveringen(draw: st.DrawFn) -> list[Werkboek]:
    """What a source system delivers: a workbook, and that workbook with changes, without a fault each time."""
    tweede = draw(st.booleans())
    codes = [str(code) for code in NormCode] if tweede else None
    drawn = _without_meldcode(draw(werkboeken(tweede=tweede, codes=codes)))
    later = sorted(
        ((get_volgorde(rij), blad, rij) for blad, rijen in drawn.items() for rij in rijen if get_volgorde(rij)),
        key=lambda one: one[0],
    )
    bladen: Werkboek = {blad: [dict(rij) for rij in rijen if not get_volgorde(rij)] for blad, rijen in drawn.items()}
    for blad in MET_MOMENT:
        for rij in bladen.get(blad, ()):
            rij["vastgelegd_op"] = _draw_moment(draw, rij["datum"])
    states = [bladen]
    for _, blad, rij in later:
        change = {**rij, **({"vastgelegd_op": _draw_moment(draw, rij["datum"])} if blad in MET_MOMENT else {})}
        states = _deliver(states, blad, change)
    for plaatsing in states[-1]["plaatsingen"][:2]:
        kind = draw(st.sampled_from(states[-1]["pleegkinderen"]))["nummer"]
        states = _deliver(states, "plaatsingen", {**plaatsing, "pleegkind": kind})
    return states


def _without_meldcode(drawn: Werkboek) -> Werkboek:
    """Leave out what has no sheet, and give each row the columns that another row of its sheet has."""
    return {
        blad: [dict.fromkeys(name for other in rijen for name in other if name[0] != "_") | rij for rij in rijen]
        for blad, rijen in drawn.items()
        if blad != "meldcodestappen"
    }


def _draw_moment(draw: st.DrawFn, datum: date) -> date | None:
    after = draw(st.sampled_from((None, None, 0, 3, 14, 15, 60)))
    return None if after is None else min(datum + timedelta(days=after), VANDAAG)


def _deliver(states: list[Werkboek], blad: str, rij: Rij) -> list[Werkboek]:
    """Add the workbook with one row new or changed, when that leaves it without a fault."""
    now = states[-1]
    known = {own["nummer"] for own in now[blad]}
    rows = [rij if own["nummer"] == rij["nummer"] else own for own in now[blad]]
    after = {**now, blad: rows if rij["nummer"] in known else [*rows, rij]}
    return (
        states
        if rij.get("_ingetrokken") or _moves(now, blad, rij) or _is_faulty(after, blad, rij)
        else [*states, after]
    )


def _is_faulty(after: Werkboek, blad: str, rij: Rij) -> bool:
    """Tell whether a workbook is refused; of what a step is about only the row that changes is asked."""
    toestand = build_toestand(after, None)
    faults = [*list_fouten(toestand, VANDAAG), *list_tweede_fouten(toestand, VANDAAG)]
    return bool(faults) or (blad == "opvolgstappen" and not is_goede_stap(toestand, rij))


def _moves(now: Werkboek, blad: str, rij: Rij) -> bool:
    """Tell whether what is of one child would become another's, which an import refuses of all but a plaatsing."""
    if blad == "plaatsingen":
        return False
    child = {own["nummer"]: own["pleegkind"] for own in now["plaatsingen"]}
    before = [own for own in now[blad] if own["nummer"] == rij["nummer"]]
    return any(_child_of(own, child) != _child_of(rij, child) for own in before)


def _child_of(rij: Rij, of_plaatsing: Mapping[str, str]) -> str | None:
    return rij["pleegkind"] if "pleegkind" in rij else of_plaatsing.get(rij.get("plaatsing", ""))


class Leverancier:
    """Imports what is delivered, and remembers it for the oracle with since when it is known."""

    def __init__(self, importeur: Importeur) -> None:
        self.importeur = importeur
        self.historie: Historie = {}
        self.bekend: dict[tuple[str, str], datetime] = {}
        self.werkboek: Werkboek = {}
        self.toestand: Werkboek = {}

    def deliver(self, boek: Werkboek, op: datetime) -> None:
        verslag = self.importeur.boek({blad: [_cells(rij) for rij in rijen] for blad, rijen in boek.items()}, nu=op)
        assert verslag.exit_code == 0, verslag.as_text()
        for blad, rijen in boek.items():
            for rij in rijen:
                self._remember(blad, {name: value for name, value in rij.items() if name != "_volgorde"}, op)
        self.toestand = {blad: [dict(rij) for rij in rijen] for blad, rijen in boek.items()}

    def _remember(self, blad: str, rij: Rij, op: datetime) -> None:
        key = (blad, rij["nummer"])
        versies = self.historie.setdefault(key, [])
        if versies and _said(versies[-1].rij) == _said(rij):
            return
        versies.append(Versie(rij, op))
        self.bekend[key] = get_bekend_sinds(blad, rij, self.bekend.get(key), op)
        self.werkboek.setdefault(blad, []).append({**rij, "_volgorde": _number(self.bekend[key])})


def _cells(rij: Rij) -> Rij:
    words = {True: "ja", False: "nee", None: ""}
    shown = {name: value for name, value in rij.items() if name != "_volgorde"}
    return {
        name: words[value]
        if value is None or isinstance(value, bool)
        else " ".join(value)
        if name == "normen"
        else value
        for name, value in shown.items()
    }


def _said(rij: Mapping[str, Any]) -> Rij:
    """Return what a row says; when it was recorded is no content, and an empty doubt is none."""
    return {name: value or False for name, value in rij.items() if name not in ("vastgelegd_op", "_volgorde")}


def _number(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


@settings(max_examples=drawn(5, 40), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_imported_again_and_again_is_what_the_oracle_says(
    data: Any, engine: Engine, tmp_path_factory: Any
) -> None:
    folder: Path = tmp_path_factory.mktemp("leveringen")
    states = data.draw(leveringen(), label="leveringen")
    importeur = Importeur(engine, _keys(folder), f"L{uuid4().hex[:10]}", folder)
    leverancier = Leverancier(importeur)
    toetsen: list[int] = []
    for stap, boek in enumerate(_some(states)):
        leverancier.deliver(boek, BEGIN + timedelta(days=stap))
        _compare_audits(leverancier, toetsen)
    momenten = sorted(set(leverancier.bekend.values()) | {BEGIN, BEGIN + timedelta(days=1)})
    for moment in momenten[:: max(1, len(momenten) // 5)]:
        for dag in (VANDAAG, VANDAAG + timedelta(days=40)):
            _compare_judgements(leverancier, dag, moment)
            _compare_judgements(leverancier, dag, moment - timedelta(microseconds=1))
    _compare_judgements(leverancier, VANDAAG, None)
    _every_difference_has_a_cause(leverancier, toetsen)


def _keys(folder: Path) -> Secrets:
    return load_secrets(folder / "sleutels.json", create=True)


def _some(states: list[Werkboek]) -> list[Werkboek]:
    """Return the first, a few in between, and the last: an import may bring several changes at once.

    Not a step together with what made an end to its aanleiding: those come one by one, as they happened.
    """
    middle = range(1, len(states) - 1)
    wanted = [*middle[:: max(1, len(middle) // 2)], *([len(states) - 1] if len(states) > 1 else [])]
    delivered = [0]
    for number in wanted:
        last = delivered[-1]
        at_once = _may_come_at_once(states[last], states[number])
        delivered += [number] if at_once else range(last + 1, number + 1)
    return [states[number] for number in delivered]


def _may_come_at_once(before: Werkboek, after: Werkboek) -> bool:
    """Tell whether every step that is new or changed is about something that still asks for it."""
    toestand = build_toestand(after, None)
    known = {rij["nummer"]: rij for rij in before.get("opvolgstappen", ())}
    steps = after.get("opvolgstappen", ())
    return all(known.get(rij["nummer"]) == rij or is_goede_stap(toestand, rij) for rij in steps)


def _compare_judgements(leverancier: Leverancier, dag: date, moment: datetime | None) -> None:
    with Session(leverancier.importeur.engine) as session:
        organisatie = leverancier.importeur.organisatie(session).id
        found = sorted(
            engine_row(item.pleegkind_nummer, item.onderwerp_nummer, None, item.oordeel)[:10]
            for item in iterate_oordelen(session, organisatie, dag, moment)
        )
    known = None if moment is None else _number(moment)
    expected = oracle_rows(oracle(leverancier.werkboek, dag, None, known))
    assert found == sorted(row[:10] for row in expected), (dag, moment)


def _compare_audits(leverancier: Leverancier, toetsen: list[int]) -> None:
    """Build both audits; the first of each stays, to be compared with what is known at the end."""
    first = not toetsen
    for naam in KWARTALEN:
        kwartaal = Kwartaal.parse(naam)
        with Session(leverancier.importeur.engine) as session:
            organisatie = leverancier.importeur.organisatie(session).id
            toets = request_toets(session, Toetsverzoek(organisatie, BEGIN, VANDAAG), kwartaal)
            found = [_audit_row(regel) for regel in iterate_inhoud(session, toets.id)]
            if first:
                toetsen.append(toets.id)
                session.commit()
        dagen = (kwartaal.eerste_dag, kwartaal.laatste_dag)
        assert found == build_toets(leverancier.toestand, leverancier.historie, *dagen), naam


def _audit_row(regel: Any) -> Rij:
    criteria = {norm: None if one is None else one["stand"] for norm, one in regel["criteria"].items()}
    return {
        "pleegkind": regel["pleegkind"]["nummer"],
        "plaatsing": regel["plaatsing"]["nummer"],
        "peildatum": regel["peildatum"],
        "geplaatst": regel["geplaatstOpKwartaaleinde"],
        "criteria": criteria,
        "laat": regel["lateRegistraties"],
        "professionals": regel["professionals12m"],
        "zien_stand": regel["zienStand"] or "nvt",
        "zien_laatste": regel["zienLaatste"] and date.fromisoformat(regel["zienLaatste"]),
        "opvolging_stand": regel["opvolgingStand"] or "nvt",
        "zichtplan": {None: "nvt", False: "nee", True: "ja"}[regel["zichtplan"]],
    }


def _every_difference_has_a_cause(leverancier: Leverancier, toetsen: list[int]) -> None:
    with Session(leverancier.importeur.engine) as session:
        organisatie = leverancier.importeur.organisatie(session).id
    with sessions.reading(leverancier.importeur.engine, Namens(organisatie)) as session:
        for key in toetsen:
            for one in compare_with_now(session, session.get_one(Kwartaaltoets, key)):
                assert one.aanleidingen, (one.verschil, key)
