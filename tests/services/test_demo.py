"""The demo in a database of its own: what the generator says is what the file says."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.keyset import Page
from app.db.sessions import unit_of_work
from app.demo.feiten import Deel
from app.demo.generator import Plan, generate
from app.demo.omvang import OnbekendeOmvang, parse_omvang
from app.demo.verhaal import SAM_NUMMER, SAM_PLAATSING_UID, SAM_UID
from app.models import Base, Feit, Kindgesprek, Organisatie, Plaatsing, Pleegkind, Team, Termijn, Vastlegteller
from app.norms.gezin import Gezinscache
from app.norms.judge import judge
from app.queries.accounts.actor import get_actor
from app.queries.feiten.kinderen import list_kinderen
from app.queries.oordelen.dossiers import load_dossiers
from app.queries.organisatie.belnummers import list_belnummers
from app.security.bsn import blind_index, decrypt_bsn
from app.security.demo_issuer import ISSUER
from app.security.secrets import Secrets, load_secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import MODELLEN, DemoAlGeladen, DemoSamenvatting, demo_is_loaded, load_demo
from app.services.termijnen import check_termijnen
from app.terms import Rol
from tests import database
from tests.demo.dossiers import CATALOGUS, judge_deel

VANDAAG = date(2026, 11, 21)
NU = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def fresh_engine(database_url: str, name: str) -> Engine:
    """Return an engine on an empty database of this worker: there is but one organisatie DEMO in a database."""
    url = database.create_migrated(f"{make_url(database_url).database}_{name}")
    return database.app_engine(url)


@dataclass
class Geladen:
    """A loaded demo."""

    engine: Engine
    samenvatting: DemoSamenvatting
    voortgang: list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    path: Path = tmp_path_factory.mktemp("geheimen") / "geheimen.json"
    return load_secrets(path, create=True)


@pytest.fixture(scope="module")
def geladen(database_url: str, secrets: Secrets) -> Iterator[Geladen]:
    engine = fresh_engine(database_url, "demo")
    voortgang: list[tuple[int, int, str]] = []

    def report(done: int, total: int, label: str) -> None:
        voortgang.append((done, total, label))

    samenvatting = load_demo(engine, "klein", seed=3, today=VANDAAG, now=NU, secrets=secrets, progress=report)
    yield Geladen(engine, samenvatting, voortgang)
    engine.dispose()


@pytest.fixture
def bestand(geladen: Geladen) -> Iterator[Session]:
    """Yield a session of the owner, who sees every organisatie."""
    owner = sessions.make_engine(geladen.engine.url.render_as_string(hide_password=False), role=None)
    with Session(owner) as session:
        yield session
    owner.dispose()


@pytest.fixture(scope="module")
def deel() -> Deel:
    (deel,) = generate(Plan(parse_omvang("klein"), 3, VANDAAG))
    return deel


def demo_id(session: Session) -> int:
    demo = find_organisatie(session, "DEMO")
    assert demo is not None
    return demo.id


def test_every_fact_is_there(geladen: Geladen, bestand: Session, deel: Deel) -> None:
    demo = demo_id(bestand)
    for model in MODELLEN:
        aantal = bestand.scalars(select(func.count()).select_from(model).where(model.organisatie_id == demo)).one()
        assert aantal == len(getattr(deel, model.__tablename__)), model
    totaal = sum(bestand.scalars(select(func.count()).select_from(model)).one() for model in MODELLEN)
    assert sum(geladen.samenvatting.feiten.values()) == totaal


def test_the_summary_is_one_dutch_line(geladen: Geladen) -> None:
    assert str(DemoSamenvatting(1300, {"pleegkind": 108_000}, 19_250)) == (
        "De demo is geladen: 1.300 verzonnen kinderen, 108.000 feiten en 19.250 termijnen."
    )
    assert geladen.samenvatting.kinderen == 60
    assert geladen.voortgang[0] == (60, 60, "kinderen")


def test_the_file_says_what_the_generator_said(bestand: Session, deel: Deel) -> None:
    dossiers = load_dossiers(bestand, list_kinderen(bestand, demo_id(bestand)), VANDAAG)
    cache: Gezinscache = {}
    gelezen = [judge(kind, dossiers.gezinnen, CATALOGUS, VANDAAG, cache) for kind in dossiers.kinderen]
    bedacht = [oordelen for _, oordelen in judge_deel(deel, VANDAAG)]
    assert [Counter((o.norm.code, o.stand, o.uiterlijk) for o in kind) for kind in gelezen] == [
        Counter((o.norm.code, o.stand, o.uiterlijk) for o in kind) for kind in bedacht
    ]


def test_the_stored_deadlines_are_right(geladen: Geladen, bestand: Session) -> None:
    controle = check_termijnen(bestand, demo_id(bestand), VANDAAG)
    assert controle.termijnen > 500
    assert controle.afwijkingen == ()
    assert bestand.scalars(select(func.count()).select_from(Termijn)).one() == geladen.samenvatting.termijnen


def test_recordings_are_numbered_up_to_the_head(bestand: Session) -> None:
    demo = demo_id(bestand)
    nummers: list[int] = []
    for model in MODELLEN:
        nummers += bestand.scalars(select(model.volgorde).where(model.organisatie_id == demo))
    hoofd = bestand.get_one(Vastlegteller, demo)
    assert len(set(nummers)) == len(nummers)
    assert max(nummers) == hoofd.volgorde
    assert hoofd.laatst_op >= NU


def test_nothing_is_recorded_after_the_moment_of_loading(bestand: Session) -> None:
    for model in MODELLEN:
        assert bestand.scalars(select(model.id).where(model.vastgelegd_op >= NU).limit(1)).first() is None, model


@pytest.mark.parametrize(
    ("gebruiker", "rol", "organisatie", "in_team"),
    [
        ("begeleider", Rol.PLEEGZORGBEGELEIDER, "DEMO", True),
        ("begeleider2", Rol.PLEEGZORGBEGELEIDER, "DEMO", True),
        ("gedragswetenschapper", Rol.GEDRAGSWETENSCHAPPER, "DEMO", True),
        ("teamleider", Rol.TEAMLEIDER, "DEMO", True),
        ("kwaliteit", Rol.KWALITEITSMEDEWERKER, "DEMO", False),
        ("beheerder", Rol.BEHEERDER, "DEMO", False),
        ("inspecteur", Rol.INSPECTEUR, "IGJ", False),
        ("buitenstaander", Rol.KWALITEITSMEDEWERKER, "ANDER", False),
    ],
)
def test_demo_users_can_log_in(bestand: Session, gebruiker: str, rol: Rol, organisatie: str, in_team: bool) -> None:  # noqa: FBT001
    actor = get_actor(bestand, ISSUER, gebruiker, VANDAAG)
    assert actor is not None
    assert (actor.rol, actor.organisatie_code, actor.team_id is not None) == (rol, organisatie, in_team)
    assert "verzonnen" in actor.organisatie_naam


def test_every_team_knows_whom_to_call_in_need(bestand: Session) -> None:
    """Moment 2 of the pages shows these numbers; none of them is anybody's."""
    actor = get_actor(bestand, ISSUER, "teamleider", VANDAAG)
    assert actor is not None
    found = list_belnummers(bestand, actor, Page(200), VANDAAG, None).rows
    teams = bestand.scalars(select(Team.naam).where(Team.organisatie_id == actor.organisatie_id)).all()
    assert Counter(one.team_naam for one in found) == Counter([*teams, *teams])
    assert len({one.telefoonnummer for one in found}) == 2 * len(teams)
    assert {one.telefoonnummer[:7] for one in found} == {"085 000"}


def test_the_others_have_their_own_children_or_none(bestand: Session) -> None:
    aantallen = select(Organisatie.code, func.count(Pleegkind.id)).outerjoin(
        Pleegkind, Pleegkind.organisatie_id == Organisatie.id
    )
    gevonden = bestand.execute(aantallen.group_by(Organisatie.code)).all()
    assert {rij[0]: rij[1] for rij in gevonden} == {"DEMO": 60, "IGJ": 0, "ANDER": 2}


def test_sam_has_the_names_of_the_readme(bestand: Session) -> None:
    sam = bestand.scalars(select(Pleegkind).where(Pleegkind.uid == SAM_UID)).one()
    assert (sam.nummer, sam.roepnaam, sam.achternaam) == (SAM_NUMMER, "Sam", "de Vries")
    plaatsing = bestand.scalars(select(Plaatsing).where(Plaatsing.uid == SAM_PLAATSING_UID)).one()
    assert plaatsing.pleegkind_id == sam.id
    assert bestand.scalars(select(func.count()).where(Kindgesprek.plaatsing_id == plaatsing.id)).one() == 10


def test_a_bsn_can_be_read_and_found(bestand: Session, deel: Deel, secrets: Secrets) -> None:
    demo, bsn = demo_id(bestand), deel.pleegkind.eerste[0].feit.bsn
    assert bsn is not None
    gezocht = blind_index(secrets, demo, bsn)
    kind = bestand.scalars(select(Pleegkind).where(Pleegkind.bsn_index == gezocht)).one()
    assert kind.bsn_versleuteld is not None
    assert decrypt_bsn(secrets, kind.bsn_versleuteld, demo, kind.uid) == bsn
    assert kind.nummer == SAM_NUMMER


@pytest.mark.parametrize("jaar", range(2024, 2027))
def test_the_file_of_any_moment_can_be_read(bestand: Session, jaar: int) -> None:
    """Families are known before the plaatsingen in them: else the past cannot be judged."""
    toen = datetime(jaar, 6, 1, tzinfo=UTC)
    kinderen = list_kinderen(bestand, demo_id(bestand))
    dossiers = load_dossiers(bestand, kinderen, toen.date(), toen)
    oordelen = [o for kind in dossiers.kinderen for o in judge(kind, dossiers.gezinnen, CATALOGUS, toen.date())]
    assert len(oordelen) > 50


def test_a_second_load_is_refused_and_changes_nothing(geladen: Geladen, secrets: Secrets) -> None:
    with pytest.raises(DemoAlGeladen, match="heeft al kinderen"):
        load_demo(geladen.engine, "klein", seed=4, today=VANDAAG, now=NU, secrets=secrets)
    with Session(geladen.engine) as session:
        assert demo_is_loaded(session)
        assert len(list_kinderen(session, demo_id(session))) == 60


def test_an_unknown_size_is_refused(geladen: Geladen, secrets: Secrets) -> None:
    with pytest.raises(OnbekendeOmvang):
        load_demo(geladen.engine, "reusachtig", seed=4, today=VANDAAG, now=NU, secrets=secrets)


def test_children_can_be_added_when_asked(database_url: str, secrets: Secrets) -> None:
    engine = fresh_engine(database_url, "aangevuld")
    with unit_of_work(engine) as session:
        assert not demo_is_loaded(session)
    for keer in range(3):
        load_demo(engine, "8", seed=1, today=VANDAAG, now=NU, secrets=secrets, aanvullen=keer > 0)
    with Session(engine) as session:
        kinderen = session.scalars(select(Pleegkind.nummer).where(Pleegkind.organisatie_id == demo_id(session)))
        assert {"K00008", "K2-00008", "K3-00008"} < set(kinderen)
        assert check_termijnen(session, demo_id(session), VANDAAG).afwijkingen == ()
    engine.dispose()


def test_every_kind_of_fact_is_written() -> None:
    assert set(MODELLEN) == {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Feit)}


def test_the_planner_knows_what_was_loaded(bestand: Session) -> None:
    """Without it a list of sixty children was read by plans that took half a minute."""
    counted = text("SELECT relname FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL")
    assert {"pleegkind", "plaatsing", "begeleiding", "termijn"} <= set(bestand.scalars(counted))
