"""A frozen audit beside what is known now: each difference with what caused it, whoever's fact that is."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import clock
from app.access.actor import Actor
from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.models import Gezinslid, Kindgesprek, Kwartaaltoets, Medewerker, Plaatsing, Pleeggezin, Team, Vgb
from app.models.versions import newest
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud
from app.queries.kwartaaltoetsen.rijen import iterate_toetsregels
from app.queries.kwartaaltoetsen.vergelijking import Verklaring, compare_with_now, keep_unequal
from app.security.secrets import Secrets
from app.services.beheer.teams import create_team, join_team, rename_team
from app.services.feiten.versions import begin_recording, replace_feit
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.momenten import NU, later

MORGEN = NU + timedelta(days=1)
Q3 = Kwartaal.parse("2025-Q3")
IN_Q3 = date(2025, 8, 1)
#: children, and the family in which each lives; K6 lived with K5's family, and left before
KINDEREN = {"K1": "G1", "K2": "G1", "K3": "G2", "K4": "G3", "K5": "G4", "K6": "G4"}
NAMEN = ("Anna", "Bas", "Cem", "Dirk", "Els", "Fem")


def boek() -> bouw.Boek:
    """Six children in four families."""
    families = sorted(set(KINDEREN.values()))
    nummers = [int(kind[1:]) for kind in KINDEREN]
    made = bouw.boek_met(
        medewerkers=[{"team": "Team Duinrand"}, {}],
        pleeggezinnen=[{"nummer": gezin} for gezin in families],
        gezinsleden=[{"nummer": f"L{gezin[1:]}", "pleeggezin": gezin} for gezin in families],
        vgbs=[{"nummer": f"V{gezin[1:]}", "gezinslid": f"L{gezin[1:]}"} for gezin in families],
        pleegkinderen=[{"nummer": f"K{n}", "roepnaam": NAMEN[n - 1], "bsn": ""} for n in nummers],
        plaatsingen=[
            {"nummer": f"P{kind[1:]}", "pleegkind": kind, "pleeggezin": gezin, "tot": ""}
            for kind, gezin in KINDEREN.items()
        ],
        kindgesprekken=[{"nummer": f"T{n}", "plaatsing": f"P{n}", "veiligheid_besproken": "ja"} for n in nummers],
        begeleidingen=[{"nummer": f"B{n}", "plaatsing": f"P{n}"} for n in nummers],
    )
    made["plaatsingen"][5] |= {"van": date(2024, 1, 10), "tot": date(2024, 12, 1)}
    made["kindgesprekken"].pop()
    made["begeleidingen"].pop()
    return made


class Vergelijker:
    """An imported organisatie with a frozen audit, and what is compared with it."""

    def __init__(self, importeur: Importeur) -> None:
        self.importeur = importeur
        self.boek = boek()
        verslag = importeur.boek(self.boek)
        assert verslag.exit_code == 0, verslag.as_text()
        with unit_of_work(importeur.engine) as session:
            self.organisatie_id = importeur.organisatie(session).id
            wie = select(Medewerker.feit_id).where(Medewerker.organisatie_id == self.organisatie_id)
            opdracht = Toetsverzoek(self.organisatie_id, clock.now(), clock.today(), session.scalars(wie).first())
            self.toets_id = establish_toets(session, opdracht, Q3, freeze=True, replace=False).id

    def row(self, blad: str, nummer: str) -> dict[str, Any]:
        return next(rij for rij in self.boek[blad] if rij["nummer"] == nummer)

    def again(self) -> None:
        verslag = self.importeur.boek(self.boek, nu=MORGEN)
        assert verslag.exit_code == 0, verslag.as_text()

    def replace(self, model: Any, nummer: str, other: Any, column: str, naar: str) -> None:
        """Hang a fact on something else, as no door lets people do; it was possible once, and a move does it."""
        with unit_of_work(self.importeur.engine, Namens(self.organisatie_id)) as session:
            recording = begin_recording(session, self.organisatie_id, clock.now(), None)
            own = model.organisatie_id == self.organisatie_id
            fact = session.scalars(select(model).where(own, model.nummer == nummer, newest(model))).one()
            there = select(other.feit_id).where(other.organisatie_id == self.organisatie_id, other.nummer == naar)
            replace_feit(recording, fact, {column: session.scalars(there.distinct()).one()}, reden="hersteld")

    def set_first_day(self, nummer: str, sinds: date) -> None:
        """Say since when somebody is in the team that they are in."""
        with unit_of_work(self.importeur.engine, Namens(self.organisatie_id)) as session:
            recording = begin_recording(session, self.organisatie_id, clock.now(), None)
            own = Medewerker.organisatie_id == self.organisatie_id
            lid = session.scalars(select(Medewerker).where(own, Medewerker.nummer == nummer, newest(Medewerker))).one()
            replace_feit(recording, lid, {"team_sinds": sinds}, reden="hersteld")

    def change_team(self, make_actor: MakeActor, change: Callable[[Session, Actor, UUID], object]) -> None:
        """Do something with the team of the begeleider."""
        with unit_of_work(self.importeur.engine, Namens(self.organisatie_id)) as session:
            naam = self.boek["medewerkers"][0]["team"]
            team = select(Team.uid).where(Team.organisatie_id == self.organisatie_id, Team.naam == naam)
            change(session, make_actor(session, self.importeur.organisatie(session)), session.scalars(team).one())

    def compare(self) -> dict[str, set[tuple[str, str]]]:
        """Return per child whose row differs what is named as its cause."""
        with reading(self.importeur.engine, Namens(self.organisatie_id)) as session:
            found = compare_with_now(session, session.get_one(Kwartaaltoets, self.toets_id))
        return {one.verschil.pleegkind_nummer: causes(one) for one in found}


def causes(one: Verklaring) -> set[tuple[str, str]]:
    return {(aanleiding.oorzaak.value, aanleiding.soort) for aanleiding in one.aanleidingen}


@pytest.fixture
def vergelijker(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Vergelijker:
    return Vergelijker(Importeur(engine, sleutels, code, tmp_path))


def test_nothing_differs_when_nothing_changed(vergelijker: Vergelijker) -> None:
    assert vergelijker.compare() == {}


def test_of_an_audit_that_says_the_same_nothing_is_kept(vergelijker: Vergelijker) -> None:
    """A nation's audit does not fit in a worker's memory twice."""
    with reading(vergelijker.importeur.engine, Namens(vergelijker.organisatie_id)) as session:
        was = list(iterate_inhoud(session, vergelijker.toets_id))
        now = iterate_toetsregels(session, vergelijker.organisatie_id, Q3)
        assert len(was) == len(KINDEREN) - 1
        assert keep_unequal(was, now) == ([], [])


def test_signalen_about_a_child_of_the_family(vergelijker: Vergelijker) -> None:
    """Two of them are a ruisfactor of every child in the family."""
    signal = {**vergelijker.row("signalen", "X1"), "pleegkind": "K2", "datum": IN_Q3, "bekend_geworden_op": IN_Q3}
    vergelijker.boek["signalen"] += [{**signal, "nummer": nummer} for nummer in ("X8", "X9")]
    vergelijker.again()
    named = {("late_invoer", "signaal")}
    assert vergelijker.compare() == {"K1": named, "K2": named}


def test_a_plaatsing_of_another_child_that_comes_into_the_family_or_leaves_it(vergelijker: Vergelijker) -> None:
    """With it the family's run begins a year before, and so does the year of its evaluation."""
    vergelijker.row("plaatsingen", "P6")["pleeggezin"] = "G3"
    vergelijker.again()
    named = {("correctie", "plaatsing")}
    assert vergelijker.compare() == {"K4": named, "K5": named}


def test_a_plaatsing_that_turns_out_to_be_another_childs(vergelijker: Vergelijker) -> None:
    vergelijker.row("plaatsingen", "P3")["pleegkind"] = "K6"
    vergelijker.again()
    named = {("correctie", "plaatsing")}
    assert vergelijker.compare() == {"K3": named, "K6": named}


def test_what_was_hung_on_something_else_is_named_there_and_here(vergelijker: Vergelijker) -> None:
    """A talk with another child, a gezinslid of another family, a vgb of somebody else."""
    vergelijker.replace(Kindgesprek, "T3", Plaatsing, "plaatsing_id", "P4")
    vergelijker.replace(Vgb, "V1", Gezinslid, "gezinslid_id", "L2")
    found = vergelijker.compare()
    assert found["K1"] == found["K2"] == {("correctie", "vgb")}
    assert ("correctie", "kindgesprek") in found["K3"]
    assert all(found.values()), found
    vergelijker.replace(Gezinslid, "L4", Pleeggezin, "pleeggezin_id", "G1")
    found = vergelijker.compare()
    assert ("correctie", "gezinslid") in found["K5"]
    assert ("correctie", "gezinslid") in found["K1"]


# The team of the begeleider: dated, and so is its name


@pytest.mark.parametrize(
    ("sinds", "differs"),
    [
        (date(2025, 7, 1), True),
        (date(2025, 9, 30), True),  # the quarter's last day
        (date(2025, 10, 1), False),
        (None, False),  # from the day of the import on
    ],
)
def test_another_team_within_the_quarter_is_a_correction_of_the_medewerker(
    vergelijker: Vergelijker, *, sinds: date | None, differs: bool
) -> None:
    lid = vergelijker.boek["medewerkers"][0]
    assert lid["nummer"] == vergelijker.row("begeleidingen", "B1")["medewerker"]
    lid |= {"team": "Anders"} | ({"team_sinds": sinds} if sinds else {})
    vergelijker.again()
    found = vergelijker.compare()
    named = {("correctie", "medewerker")}
    assert found == (dict.fromkeys(("K1", "K2", "K3", "K4", "K5"), named) if differs else {})


def test_another_first_day_in_the_same_team_is_named(vergelijker: Vergelijker) -> None:
    """They came into the team after the quarter, so in the quarter they were in none."""
    lid = vergelijker.boek["medewerkers"][0]
    vergelijker.set_first_day(lid["nummer"], date(2026, 1, 1))
    named = {("correctie", "medewerker")}
    assert vergelijker.compare() == dict.fromkeys(("K1", "K2", "K3", "K4", "K5"), named)


@pytest.mark.parametrize(("van", "differs"), [(date(2025, 9, 30), True), (date(2025, 10, 1), False)])
def test_another_name_of_the_team_within_the_quarter_is_named(
    vergelijker: Vergelijker, make_actor: MakeActor, van: date, *, differs: bool
) -> None:
    vergelijker.change_team(make_actor, partial(rename_team, naam="Anders", van=van, moment=later(hours=1)))
    named = {("late_invoer", "team")}
    assert vergelijker.compare() == (dict.fromkeys(("K1", "K2", "K3", "K4", "K5"), named) if differs else {})


def test_a_team_that_went_up_in_another_within_the_quarter_is_named(
    vergelijker: Vergelijker, make_actor: MakeActor
) -> None:
    def join(session: Session, actor: Actor, uid: UUID) -> None:
        into = create_team(session, actor, "Anders", later(hours=1))["uid"]
        join_team(session, actor, uid, into, IN_Q3, later(hours=1))

    vergelijker.change_team(make_actor, join)
    named = {("correctie", "medewerker"), ("late_invoer", "team")}
    assert vergelijker.compare() == dict.fromkeys(("K1", "K2", "K3", "K4", "K5"), named)
