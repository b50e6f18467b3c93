"""Key figures for everybody: what goes out after a look, who may let it, what everybody reads, and nobody's name."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.sessions import OPEN_ROLE, make_engine
from app.models import Inzage, Medewerker, Organisatie, Pleegkind, Publicatie
from app.queries.publicaties import list_changed
from tests.api.client import Dienst, Gebruiker
from tests.api.conftest import DemoUser
from tests.api.toetswereld import Audit
from tests.api.toezicht import frozen_toets
from tests.cli.conftest import Run

OPEN = "/v1/open/kengetallen"
DEMO = "organisatie=DEMO"


def ask(dienst: Dienst, path: str, **headers: str) -> Response:
    """Ask as nobody in particular."""
    return dienst.client.request("GET", path, content=None, headers=list(headers.items()))


def walk(dienst: Dienst, path: str) -> Iterator[dict[str, Any]]:
    """Yield what is on every page."""
    target: str | None = path
    while target is not None:
        answer = ask(dienst, target)
        assert answer.status_code == 200, answer.text
        yield from answer.json()["resultaten"]
        following = re.search(r'<([^>]+)>; rel="next"', answer.headers["link"])
        target = following[1] if following else None


def read_csv(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def publish(kwaliteit: Gebruiker, toets: str) -> dict[str, Any]:
    """Look and let it go out, and return what was looked at."""
    seen: dict[str, Any] = kwaliteit.get(f"/kwartaaltoetsen/{toets}/publicatie").json()
    kwaliteit.made(f"/kwartaaltoetsen/{toets}/publicatie", {"cijfersDigest": seen["cijfersDigest"]})
    return seen


@pytest.fixture(scope="module")
def gepubliceerd(demo: DemoUser, module_at_work: None) -> dict[str, Any]:
    """Return what went out of the demo."""
    kwaliteit = demo("kwaliteit")
    return publish(kwaliteit, frozen_toets(kwaliteit))


@pytest.fixture
def frozen(audit: Audit) -> str:
    return audit.freeze(audit.build()).id


# Letting it go out


def test_what_was_looked_at_goes_out_and_nothing_else(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    rows = list(walk(dienst, f"{OPEN}?{DEMO}&limit=200"))
    fields = ("dimensie", "groep", "deel", "kengetal", "teller", "noemer", "onderdrukt", "normen")
    assert [[row[name] for name in fields] for row in rows] == [
        [row[name] for name in fields] for row in gepubliceerd["regels"]
    ]
    assert {row["digest"] for row in rows} == {gepubliceerd["digest"]}
    assert any(row["teller"] is not None and row["teller"] > 4 for row in rows)
    assert not any(row[name] in (1, 2, 3, 4) for row in rows for name in ("teller", "noemer"))


def test_of_what_stays_inside_the_preview_says_why(gepubliceerd: dict[str, Any]) -> None:
    for row in gepubliceerd["regels"]:
        why = {row["redenTeller"], row["redenNoemer"]} - {None}
        assert row["onderdrukt"] == bool(why), row
    assert {row["redenTeller"] for row in gepubliceerd["regels"]} >= {"klein", "afleidbaar", None}


def test_of_figures_that_were_taken_back_everybody_reads_that_and_why(
    dienst: Dienst, audit: Audit, frozen: str
) -> None:
    kwaliteit = audit.kwaliteit
    code = kwaliteit.rows("/organisaties")[0]["code"]
    publish(kwaliteit, frozen)
    assert len(list(walk(dienst, f"{OPEN}?organisatie={code}&limit=200"))) > 100
    kwaliteit.made(f"/kwartaaltoetsen/{frozen}/publicatie/intrekking", {"reden": "Een team telde dubbel."})
    (left,) = walk(dienst, f"{OPEN}?organisatie={code}")
    assert (left["kwartaal"], left["redenIntrekking"], left["kengetal"]) == ("2026-Q3", "Een team telde dubbel.", "")
    assert left["ingetrokkenOp"]
    assert left["teller"] is left["noemer"] is None
    (row,) = read_csv(ask(dienst, f"{OPEN}.csv?organisatie={code}"))
    assert (row["reden_intrekking"], row["teller"]) == ("Een team telde dubbel.", "")
    assert kwaliteit.get(f"/kwartaaltoetsen/{frozen}/publicatie").json()["status"] == "ingetrokken"


# What everybody reads


def test_everybody_reads_the_same_bytes(dienst: Dienst, demo: DemoUser, gepubliceerd: dict[str, Any]) -> None:
    for path in (f"{OPEN}.csv", f"{OPEN}.csv-metadata.json", "/v1/open/definities", "/v1/open/definities/navolgbaar"):
        nobody = ask(dienst, path)
        for wie in ("inspecteur", "begeleider", "kwaliteit", "buitenstaander"):
            answer = ask(dienst, path, **demo(wie).headers)
            assert (answer.content, answer.headers["etag"]) == (nobody.content, nobody.headers["etag"]), (path, wie)


def test_the_list_and_the_file_say_the_same(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    rows = list(walk(dienst, f"{OPEN}?{DEMO}&limit=150"))
    written = read_csv(ask(dienst, f"{OPEN}.csv?{DEMO}&kwartaal=2026-Q3"))
    assert len(rows) == len(written) == len(gepubliceerd["regels"])
    for row, line in zip(rows, written, strict=True):
        assert (line["kengetal"], line["groep"]) == (row["kengetal"], row["groep"])
        assert line["teller"] == ("" if row["teller"] is None else str(row["teller"]))
        assert line["onderdrukt"] == ("ja" if row["onderdrukt"] else "nee")


@pytest.mark.parametrize(
    ("query", "accept", "wanted"),
    [
        ("", "", "application/json"),
        ("", "text/csv", "text/csv"),
        ("", "text/csv, application/json", "application/json"),
        ("?formaat=csv", "application/json", "text/csv"),
        ("?formaat=json", "text/csv", "application/json"),
    ],
)
def test_json_or_csv(dienst: Dienst, query: str, accept: str, wanted: str) -> None:
    answer = ask(dienst, OPEN + query, **({"Accept": accept} if accept else {}))
    assert answer.headers["content-type"].startswith(wanted)


def test_what_is_known_is_not_sent_again(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    for path in (OPEN, f"{OPEN}.csv", f"{OPEN}.csv-metadata.json", "/v1/open/definities"):
        tag = ask(dienst, path).headers["etag"]
        again = ask(dienst, path, **{"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["kwartaal=2026", "organisatie=a/b", "formaat=pdf", "limit=201", "kind=1"])
def test_a_question_that_cannot_be_is_refused(dienst: Dienst, query: str) -> None:
    assert ask(dienst, f"{OPEN}?{query}").status_code == 400


def test_a_filter_that_nothing_fits_gives_nothing(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    assert list(walk(dienst, f"{OPEN}?{DEMO}&kwartaal=2001-Q1")) == []
    assert read_csv(ask(dienst, f"{OPEN}.csv?organisatie=NIEMAND")) == []


def test_reading_is_no_look_in_a_file(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    with Session(dienst.owner) as session:
        before = len(session.scalars(select(Inzage.id)).all())
        ask(dienst, OPEN)
        ask(dienst, f"{OPEN}.csv")
        assert len(session.scalars(select(Inzage.id)).all()) == before


def test_nobody_is_named(dienst: Dienst, demo: DemoUser, gepubliceerd: dict[str, Any]) -> None:
    """Of one organisatie: a family may be called as another organisatie is, or a child as a GI."""
    listed = json.dumps(list(walk(dienst, f"{OPEN}?{DEMO}&limit=200")), ensure_ascii=False)
    said = ask(dienst, f"{OPEN}.csv?{DEMO}").text + listed
    of_demo = select(Organisatie.id).where(Organisatie.code == "DEMO").scalar_subquery()
    with Session(dienst.owner) as session:
        words = [
            *session.execute(
                select(Pleegkind.nummer, Pleegkind.achternaam, Pleegkind.uid).where(Pleegkind.organisatie_id == of_demo)
            ),
            *session.execute(
                select(Medewerker.nummer, Medewerker.naam, Medewerker.uid).where(Medewerker.organisatie_id == of_demo)
            ),
        ]
    assert words
    for one in (str(word) for row in words for word in row):
        assert not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", said), one


# What it means


def test_every_name_in_the_figures_has_a_definition(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    names = {row[name] for row in gepubliceerd["regels"] for name in ("kengetal", "dimensie", "deel")}
    listed = {one["naam"]: one for one in ask(dienst, "/v1/open/definities").json()["resultaten"]}
    assert names <= listed.keys()
    for name in names:
        found = ask(dienst, f"/v1/open/definities/{name}").json()
        assert found == listed[name]
        assert found["adres"] == f"/v1/open/definities/{name}"
        assert found["uitleg"].endswith(".")
    assert [one["code"] for one in listed["kag-r-te-laat"]["normen"]] == ["KAG-R"]
    assert ask(dienst, "/v1/open/definities/nergens").status_code == 404


def test_the_description_for_machines_fits_the_file(dienst: Dienst, gepubliceerd: dict[str, Any]) -> None:
    answer = ask(dienst, f"{OPEN}.csv")
    assert "kengetallen.csv-metadata.json" in answer.headers["link"]
    described = ask(dienst, f"{OPEN}.csv-metadata.json").json()
    columns = {one["name"]: one for one in described["tableSchema"]["columns"]}
    rows = read_csv(answer)
    assert list(columns) == list(rows[0])
    for row in rows:
        for name, value in row.items():
            _fits(columns[name], value)


def _fits(column: dict[str, Any], value: str) -> None:
    if value == "":
        assert not column["required"], column["name"]
        return
    datatype = column["datatype"]
    base = datatype if isinstance(datatype, str) else datatype["base"]
    if base == "integer":
        assert int(value) >= datatype["minimum"]
    elif base == "boolean":
        assert value in datatype["format"].split("|")
    elif base == "dateTime":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value)
    elif isinstance(datatype, dict):
        assert re.fullmatch(datatype["format"], value), (column["name"], value)


# The connection of everybody


@pytest.fixture
def openbaar(dienst: Dienst) -> Iterator[Engine]:
    engine = make_engine(dienst.engine.url.render_as_string(hide_password=False), role=OPEN_ROLE)
    yield engine
    engine.dispose()


def test_the_connection_of_everybody_reads_what_went_out_and_nothing_else(
    dienst: Dienst, openbaar: Engine, gepubliceerd: dict[str, Any]
) -> None:
    with dienst.owner.connect() as connection:
        names = connection.scalars(
            text(
                "SELECT relname FROM pg_class "
                "WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relnamespace = 'public'::regnamespace"
            )
        ).all()
    readable = {name for name in names if _may(openbaar, f'SELECT count(*) FROM "{name}"')}
    assert readable == {"open_kengetal", "publicatie", "publicatie_intrekking"}
    for column in ("door", "toets_id", "organisatie_id", "uid"):
        assert not _may(openbaar, f"SELECT {column} FROM publicatie")
    assert not _may(openbaar, "SELECT door FROM publicatie_intrekking")
    assert not _may(openbaar, "DELETE FROM open_kengetal")
    assert not _may(openbaar, "INSERT INTO publicatie_intrekking (publicatie_id) VALUES (1)")


def _may(engine: Engine, statement: str) -> bool:
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except DBAPIError as refused:
        assert getattr(refused.orig, "sqlstate", "") == "42501", refused
        return False
    return True


def test_what_went_out_never_changes_and_a_small_count_does_not_fit(
    dienst: Dienst, gepubliceerd: dict[str, Any]
) -> None:
    for statement in (
        "UPDATE open_kengetal SET teller = 9 WHERE id = (SELECT min(id) FROM open_kengetal)",
        "DELETE FROM publicatie",
        "TRUNCATE publicatie_intrekking",
    ):
        with dienst.owner.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))
    insert = text(
        "INSERT INTO open_kengetal "
        "(organisatie_id, publicatie_id, dimensie, groep, deel, kengetal, teller, onderdrukt, normen) "
        "SELECT organisatie_id, id, 'gi', 'X', 'alle', 'kinderen', 3, false, '' FROM publicatie"
    )
    with dienst.owner.connect() as connection, pytest.raises(DBAPIError, match="niet_klein"):
        connection.execute(insert)


def test_figures_that_were_changed_behind_the_back_of_the_service_are_found(
    dienst: Dienst, gepubliceerd: dict[str, Any]
) -> None:
    with Session(dienst.owner) as session:
        publicatie = session.scalars(select(Publicatie).where(Publicatie.organisatie_code == "DEMO")).one()
        assert list_changed(session, publicatie.organisatie_id) == []
        session.execute(text("ALTER TABLE open_kengetal DISABLE TRIGGER bewaak_wijzigingslog"))
        session.execute(
            text("UPDATE open_kengetal SET teller = teller + 1 WHERE publicatie_id = :id AND teller > 4"),
            {"id": publicatie.id},
        )
        (found,) = list_changed(session, publicatie.organisatie_id)
        assert found == "Publicatie DEMO 2026-Q3: de cijfers passen niet bij de digest."
        session.rollback()


# The command


def test_the_command_gives_what_everybody_reads(dienst: Dienst, run: Run, gepubliceerd: dict[str, Any]) -> None:
    done = run("kengetallen", "--organisatie", "DEMO")
    assert done.code == 0, done.err
    assert done.out == ask(dienst, f"{OPEN}.csv?{DEMO}").text
    for kwartaal, regels in (("2026-Q3", gepubliceerd["regels"]), ("2001-Q1", [])):
        rows = json.loads(run("kengetallen", "--formaat", "json", "--organisatie", "DEMO", "--kwartaal", kwartaal).out)
        assert len(rows) == len(regels)
    assert run("kengetallen", "--kwartaal", "2026").code == 2
    assert run("kengetallen", "--formaat", "pdf").code == 2
