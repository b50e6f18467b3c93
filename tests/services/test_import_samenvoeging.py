"""A source that does not know: of two nummers that are one child by now, and of a fact that was moved to another."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.sessions import unit_of_work
from app.models import Kindgesprek, Plaatsing, Pleegkind, Signaal
from app.models.soorten import SOORTEN
from app.models.versions import newest
from app.queries.samenvoegingen import get_samenvoeging
from app.schemas.samenvoeging import DossierSamenvoegingIn
from app.security.secrets import Secrets
from app.services.samenvoegingen import approve_samenvoeging, propose_samenvoeging, undo_samenvoeging
from app.services.termijnen import check_termijnen
from app.services.verplaatsingen import move
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import count_rows
from tests.services.momenten import NU, later

TWEEDE = {"nummer": "K2", "bsn": ""}
#: the child's plaatsing of now, that the source has under another nummer; P1 is over by then
P2 = {"nummer": "P2", "pleegkind": "K2", "van": date(2025, 8, 1), "tot": ""}
T2 = {"nummer": "T2", "plaatsing": "P2", "datum": date(2025, 9, 1)}
S2 = {"nummer": "S2", "pleegkind": "K2"}


def boek(*plaatsingen: dict[str, Any], **more: list[dict[str, Any]]) -> bouw.Boek:
    rijen: dict[str, list[dict[str, Any]]] = {
        "pleegkinderen": [{}, TWEEDE],
        "kindgesprekken": [{}, T2],
        "signalen": [{}, S2],
        **more,
    }
    return bouw.boek_met(plaatsingen=[{"tot": date(2025, 7, 31)}, *(plaatsingen or (P2,))], **rijen)


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    importeur = Importeur(engine, sleutels, code, tmp_path)
    told(importeur, boek(), 0)
    return importeur


def told(importeur: Importeur, werk: bouw.Boek, hours: int) -> Mapping[str, tuple[int, int]]:
    """Import, which must go in whole, and return per sheet how many rows were new and how many changed."""
    verslag = importeur.boek(werk, nu=NU + timedelta(hours=hours))
    assert verslag.exit_code == 0, verslag
    assert verslag.uitkomst is not None
    return {blad.blad: (blad.nieuw, blad.gewijzigd) for blad in verslag.uitkomst.bladen if blad.nieuw or blad.gewijzigd}


def uid_of(session: Session, actor: Actor, model: Any, nummer: str) -> Any:
    mine = (model.organisatie_id == actor.organisatie_id, model.nummer == nummer, newest(model))
    return session.scalars(select(model.uid).where(*mine)).one()


def merge(importeur: Importeur, make_actor: MakeActor) -> Any:
    with unit_of_work(importeur.engine) as session:
        een, twee = (make_actor(session, importeur.organisatie(session)) for _ in range(2))
        blijft, ander = (uid_of(session, een, Pleegkind, nummer) for nummer in ("K1", "K2"))
        body = DossierSamenvoegingIn(anderKindId=ander, reden="twee keer in de bron")
        proposed = propose_samenvoeging(session, een, blijft, body, later(hours=1))
        approve_samenvoeging(session, twee, proposed["uid"], later(hours=1), check_version=lambda _: None)
        return proposed["uid"]


def undo(importeur: Importeur, make_actor: MakeActor, uid: Any) -> None:
    with unit_of_work(importeur.engine) as session:
        actor = make_actor(session, importeur.organisatie(session))
        undo_samenvoeging(session, actor, uid, "toch twee", later(hours=4), check_version=lambda _: None)
        assert get_samenvoeging(session, actor, uid, later(hours=4).vandaag)["versie"] == 3


def owners(importeur: Importeur) -> dict[str, str]:
    """Return of every plaatsing and signaal that holds of which child it is, by nummer."""
    found: dict[str, str] = {}
    with Session(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        for model in (Plaatsing, Signaal):
            rows = select(model.nummer, Pleegkind.nummer.label("kind")).join(
                Pleegkind, Pleegkind.id == model.pleegkind_id
            )
            mine = (model.organisatie_id == organisatie_id, newest(model), model.ingetrokken.is_(False))
            found |= {row.nummer: row.kind for row in session.execute(rows.where(*mine))}
        assert check_termijnen(session, organisatie_id, NU.date()).afwijkingen == ()
    return found


def test_importing_again_changes_nothing(importeur: Importeur, make_actor: MakeActor) -> None:
    merge(importeur, make_actor)
    with Session(importeur.engine) as session:
        before = count_rows(session)
    assert told(importeur, boek(), 2) == {}
    with Session(importeur.engine) as session:
        assert count_rows(session) == before
    assert owners(importeur) == {"P1": "K1", "P2": "K1", "X1": "K1", "S2": "K1"}


def test_rows_of_the_old_nummer_land_in_the_file_that_stays(importeur: Importeur, make_actor: MakeActor) -> None:
    merge(importeur, make_actor)
    ended = {**P2, "tot": date(2025, 12, 1)}
    third = {"nummer": "P3", "pleegkind": "K2", "van": date(2025, 12, 1), "tot": ""}
    more: dict[str, Any] = {
        "signalen": [{}, S2, {"nummer": "S3", "pleegkind": "K2"}],
        "kindgesprekken": [{}, T2, {"nummer": "T3", "plaatsing": "P2", "datum": date(2025, 10, 1)}],
    }
    werk = boek(ended, third, **more)
    assert told(importeur, werk, 2) == {"plaatsingen": (1, 1), "kindgesprekken": (1, 0), "signalen": (1, 0)}
    assert told(importeur, werk, 3) == {}
    assert {nummer: kind for nummer, kind in owners(importeur).items() if nummer[1] in "23"} == {
        "P2": "K1", "P3": "K1", "S2": "K1", "S3": "K1",
    }  # fmt: skip


def test_what_would_overlap_in_one_file_is_a_fault_in_words(importeur: Importeur, make_actor: MakeActor) -> None:
    merge(importeur, make_actor)
    verslag = importeur.boek(boek({**P2, "van": date(2025, 7, 1)}), nu=NU + timedelta(hours=2))
    assert [(fout.blad, fout.kolom, fout.code) for fout in verslag.fouten] == [("plaatsingen", "van", "overlap")]


def test_after_all_two_children_the_source_is_right_again(importeur: Importeur, make_actor: MakeActor) -> None:
    uid = merge(importeur, make_actor)
    werk = boek(signalen=[{}, S2, {"nummer": "S3", "pleegkind": "K2"}])
    assert told(importeur, werk, 2) == {"signalen": (1, 0)}
    undo(importeur, make_actor, uid)
    assert owners(importeur) == {"P1": "K1", "P2": "K2", "X1": "K1", "S2": "K2", "S3": "K1"}
    assert told(importeur, werk, 5) == {"signalen": (0, 1)}  # what came in meanwhile goes to whom the source gives it
    assert owners(importeur)["S3"] == "K2"
    assert told(importeur, werk, 6) == {}


def test_the_source_gives_the_one_child_the_bsn_of_the_other(importeur: Importeur, make_actor: MakeActor) -> None:
    merge(importeur, make_actor)
    first = boek()["pleegkinderen"][0]
    werk = boek(pleegkinderen=[{}, {**TWEEDE, "bsn": first["bsn"]}])
    assert told(importeur, werk, 2) == {}


def moved(importeur: Importeur, make_actor: MakeActor, model: Any, nummer: str, **waarheen: str) -> None:
    """Move a fact to what another nummer names."""
    with unit_of_work(importeur.engine) as session:
        actor = make_actor(session, importeur.organisatie(session))
        of: Mapping[str, Any] = {"pleegkind_id": Pleegkind, "plaatsing_id": Plaatsing}
        where = {"plaatsing_id": None, "pleegkind_id": None}
        where |= {name: uid_of(session, actor, of[name], to) for name, to in waarheen.items()}
        uid = uid_of(session, actor, model, nummer)
        soort = SOORTEN[model.__tablename__]
        move(
            session, actor, soort, uid, {**where, "wijzigingsreden": "x"}, later(hours=1), check_version=lambda _: None
        )


def test_a_moved_fact_that_comes_again_stays_where_it_went(importeur: Importeur, make_actor: MakeActor) -> None:
    ander = {"nummer": "T3", "plaatsing": "P2", "datum": date(2025, 10, 1)}
    told(importeur, boek(kindgesprekken=[{}, T2, ander]), 0)
    moved(importeur, make_actor, Signaal, "S2", pleegkind_id="K1")
    before = owners(importeur)
    changed = boek(kindgesprekken=[{}, T2, ander], signalen=[{}, {**S2, "soort": "melding_ouder"}])
    assert told(importeur, boek(kindgesprekken=[{}, T2, ander]), 2) == {}
    assert told(importeur, changed, 3) == {}
    assert owners(importeur) == before
    assert sorted(before.values()) == ["K1", "K1", "K1", "K2"]
    assert "S2" not in before


def test_a_new_row_about_a_moved_plaatsing_is_of_the_child_that_it_went_to(
    importeur: Importeur, make_actor: MakeActor
) -> None:
    moved(importeur, make_actor, Plaatsing, "P2", pleegkind_id="K1")
    talk = {"nummer": "T3", "plaatsing": "P2", "datum": date(2025, 10, 1)}
    # The child that it was wrongly of lived elsewhere in those days: the row that was moved is not in the way.
    right = {"nummer": "P4", "pleegkind": "K2", "van": date(2025, 8, 1), "tot": ""}
    werk = boek(P2, right, kindgesprekken=[{}, T2, talk])
    assert told(importeur, werk, 2) == {"plaatsingen": (1, 0), "kindgesprekken": (1, 0)}
    assert told(importeur, werk, 3) == {}
    with Session(importeur.engine) as session:
        whose = (
            select(Pleegkind.nummer)
            .join(Plaatsing, Plaatsing.pleegkind_id == Pleegkind.id)
            .join(Kindgesprek, Kindgesprek.plaatsing_id == Plaatsing.feit_id)
            .where(
                Kindgesprek.organisatie_id == importeur.organisatie(session).id,
                Kindgesprek.nummer == "T3",
                newest(Plaatsing),
            )
        )
        assert session.scalars(whose).all() == ["K1"]
