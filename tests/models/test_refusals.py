"""What the database itself refuses, whatever the application does: all with the application's own role.

Who may change what, unknown codes, impossible periods, references to another organisatie. Overlapping plaatsingen and
the chain of versions are beside it.
"""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from psycopg import errors
from sqlalchemy import Engine, Enum, literal, select, text, update
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.models import Base, Feit, Organisatie
from app.services.demo.load import MODELLEN
from app.terms import PlaatsingVorm
from tests.models.weigeren import copy_row, refused

#: every table of the database: a new one must be given its place here
TOEZICHT = frozenset({"toezichtsmandaat", "mandaat_intrekking", "inzage", "inzage_afloop"})
EXTRA_INZET = frozenset({"extra_inzet", "extra_inzet_stap"})
NOODTOEGANG = frozenset({"noodtoegang", "noodtoegang_bespreking"})
BEWAREN = frozenset({"bewaarblokkade", "bewaarblokkade_opheffing", "vernietiging", "vernietiging_oordeel"})
#: what the owner of the tables writes, and the application only reads
CERTIFICATEN = frozenset({"vernietiging_stap"})
SAMENVOEGEN = frozenset({"samenvoeging", "samenvoeging_stap"})
SPOREN = frozenset({"wijzigingspakket", "wijziging", "wijzigingsschakel", "zegel"})
VAN_ORGANISATIE = frozenset(
    {
        "eigen_norm",
        "norm_beeindiging",
        "teamwijziging",
        "belnummer",
        "afwezigheid",
        "afwezigheid_einde",
        "webhook",
        "webhook_einde",
        "publicatie",
        "publicatie_intrekking",
        "open_kengetal",
    }
)
OF_FACTS = frozenset(model.__tablename__ for model in MODELLEN)
FACTS = (
    OF_FACTS | VAN_ORGANISATIE | TOEZICHT | EXTRA_INZET | NOODTOEGANG | BEWAREN | CERTIFICATEN | SAMENVOEGEN | SPOREN
)
SESSIES = frozenset(
    {
        "sessie",
        "agenda",
        "wijzigingskop",
        "bericht",
        "bezorging",
        "gebeurtenis",
        "taakstand",
        "importstand",
        "toetsopdracht",
    }
)
CHANGEABLE = SESSIES | {"organisatie", "team", "vastlegteller", "account", "idempotentie", "kwartaaltoets"}
#: what may go again: it follows from the facts, or was never sent
DERIVED = frozenset(
    {
        "termijn",
        "plaatsing_bezetting",
        "kind_in_begeleiding",
        "zonder_begeleider",
        "open_na_vertrek",
        "kwartaaltoets_regel",
        "concept",
    }
)
VERBS = {
    "UPDATE": 'UPDATE "{0}" SET organisatie_id = organisatie_id WHERE false',
    "DELETE": 'DELETE FROM "{0}" WHERE false',
    "TRUNCATE": 'TRUNCATE "{0}"',
}


# --- a fact is never changed ---


def test_every_table_has_its_place() -> None:
    assert set(Base.metadata.tables) == FACTS | CHANGEABLE | DERIVED
    assert len(FACTS) + len(CHANGEABLE) + len(DERIVED) == len(Base.metadata.tables)


def test_the_database_has_no_other_tables(session: Session) -> None:
    found = session.scalars(
        text("""
        SELECT relname FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relispartition
        """)
    )
    assert set(found) == FACTS | CHANGEABLE | DERIVED | {"alembic_version"}


@pytest.mark.parametrize(
    ("tabel", "verb"),
    [(tabel, verb) for tabel in sorted(FACTS | {"alembic_version"}) for verb in VERBS]
    + [(tabel, verb) for tabel in sorted(CHANGEABLE) for verb in ("DELETE", "TRUNCATE")]
    + [(tabel, "TRUNCATE") for tabel in sorted(DERIVED)],
)
def test_the_app_may_not(session: Session, tabel: str, verb: str) -> None:
    statement = VERBS[verb].format(tabel).replace("organisatie_id", _any_column(tabel))
    refusal = refused(lambda: session.execute(text(statement)))
    assert refusal.sqlstate == "42501"


def _any_column(tabel: str) -> str:
    if tabel == "alembic_version":
        return "version_num"
    return "naam" if tabel == "organisatie" else "organisatie_id"


def test_the_app_owns_nothing_and_is_nobody_special(session: Session) -> None:
    role = session.execute(
        text("""
        SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin,
            EXISTS (SELECT FROM pg_class WHERE relowner = r.oid)
        FROM pg_roles r WHERE rolname = current_user AND rolname = 'pleegzicht_app'
        """)
    ).one()
    assert tuple(role) == (False,) * 6
    definers = text("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    assert session.scalars(definers).all() == []


@pytest.mark.parametrize("tabel", sorted(FACTS))
def test_no_column_of_a_fact_may_be_changed_either(session: Session, tabel: str) -> None:
    allowed = text("SELECT has_any_column_privilege(:tabel, 'UPDATE'), has_table_privilege(:tabel, 'SELECT, INSERT')")
    assert tuple(session.execute(allowed, {"tabel": tabel}).one()) == (False, True)


@pytest.mark.parametrize("tabel", sorted(CERTIFICATEN))
def test_the_app_makes_no_certificate(session: Session, tabel: str) -> None:
    refusal = refused(lambda: session.execute(text(f"INSERT INTO {tabel} DEFAULT VALUES")))
    assert refusal.sqlstate == "42501"


# --- closed lists ---

CODES = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


#: what another check would refuse first
_BESIDE: dict[tuple[str, str], dict[str, Any]] = {
    ("opvolgstap", "stap"): {"met": None, "besluit": None},
    ("toetsopdracht", "soort"): {"formaat": None},
}
_AANLEIDINGEN = ("kindgesprek_id", "veiligheidscheck_id", "signaal_id")


def test_there_are_as_many_closed_lists_as_the_domain_has() -> None:
    assert len(CODES) == 54, CODES


@pytest.mark.parametrize(("tabel", "kolom"), CODES)
def test_an_unknown_code_is_refused(owner: Engine, beide: tuple[int, int], tabel: str, kolom: str) -> None:
    """Also by the owner, for whom no other wall stands in the way."""
    table = Base.metadata.tables[tabel]
    with Session(owner) as session:
        changes = {**_BESIDE.get((tabel, kolom), {}), kolom: literal("onzin")}
        refusal = refused(lambda: copy_row(session, table, beide[0], changes))
    assert isinstance(refusal, errors.CheckViolation)
    assert refusal.diag.constraint_name == f"ck_{tabel}_{kolom}"


@pytest.mark.parametrize(("tabel", "kolom"), CODES)
def test_the_list_in_the_database_is_the_one_in_the_code(session: Session, tabel: str, kolom: str) -> None:
    definition = session.scalars(
        text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :naam AND conislocal"),
        {"naam": f"ck_{tabel}_{kolom}"},
    ).one()
    kind: Any = Base.metadata.tables[tabel].columns[kolom].type
    assert set(re.findall(r"'([^']*)'", definition)) == set(kind.enums)


@pytest.mark.parametrize("normen", [[], ["KAG-R", "ONZIN"]], ids=["none", "unknown"])
def test_an_uitzondering_names_known_norms(session: Session, beide: tuple[int, int], normen: list[str]) -> None:
    table = Base.metadata.tables["uitzondering"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"normen": literal(normen, table.c.normen.type)}))
    assert refusal.diag.constraint_name == "ck_uitzondering_bekende_normen"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"herzien_uiterlijk": date(2025, 8, 31)}, "herziening_op_tijd"),  # 91 days after van
        ({"herzien_uiterlijk": date(2025, 5, 31)}, "herziening_op_tijd"),
        ({"goedkeurder_rol": None}, "rol_bij_goedkeuring"),
        ({"goedgekeurd_door": None}, "rol_bij_goedkeuring"),
    ],
)
def test_an_uitzondering_is_bounded_and_approved_with_a_rol(
    session: Session, beide: tuple[int, int], changes: dict[str, Any], constraint: str
) -> None:
    refusal = refused(lambda: copy_row(session, Base.metadata.tables["uitzondering"], beide[0], changes))
    assert refusal.diag.constraint_name == f"ck_uitzondering_{constraint}"


def test_nobody_approves_their_own_uitzondering(session: Session, beide: tuple[int, int]) -> None:
    table = Base.metadata.tables["uitzondering"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"goedgekeurd_door": table.c.opgesteld_door}))
    assert refusal.diag.constraint_name == "ck_uitzondering_vier_ogen"


# --- periods ---


@pytest.mark.parametrize(
    ("tabel", "kolom", "constraint"),
    [
        ("plaatsing", "tot", "tot_niet_voor_van"),
        ("begeleiding", "tot", "tot_niet_voor_van"),
        ("maatregel", "tot", "tot_niet_voor_van"),
        ("gezinslid", "inwonend_tot", "tot_niet_voor_sinds"),
    ],
)
def test_no_period_ends_before_it_begins(
    session: Session, beide: tuple[int, int], tabel: str, kolom: str, constraint: str
) -> None:
    refusal = refused(lambda: copy_row(session, Base.metadata.tables[tabel], beide[0], {kolom: date(2001, 1, 1)}))
    assert refusal.diag.constraint_name == f"ck_{tabel}_{constraint}"


# --- one organisatie and another ---

REFERENCES = [(model, column, target) for model in MODELLEN for column, target in model.REFERENCES.items()]


@pytest.mark.parametrize(("model", "kolom", "doel"), REFERENCES, ids=lambda part: getattr(part, "__tablename__", part))
def test_no_fact_refers_to_another_organisatie(
    session: Session, owner: Engine, beide: tuple[int, int], model: type[Feit], kolom: str, doel: str
) -> None:
    table: Any = model.__table__
    target = Base.metadata.tables[doel]
    with owner.connect() as everything:
        foreign = everything.scalars(select(target.c.id).where(target.c.organisatie_id == beide[1])).first()
    assert foreign is not None
    changes = {"uid": uuid4(), "nummer": f"VREEMD-{uuid4().hex[:8]}", kolom: literal(foreign)}
    if model.__tablename__ == "plaatsing":
        changes["vorm"] = PlaatsingVorm.DEELTIJD  # or it would be refused for another reason
    if model.__tablename__ == "opvolgstap" and kolom in _AANLEIDINGEN:
        changes = {**changes, **dict.fromkeys(_AANLEIDINGEN), kolom: literal(foreign)}  # it is about one thing
    if kolom == "uitzondering_id":
        changes["norm"] = None  # it is about one thing
    if kolom == "opgesteld_door":
        changes["goedgekeurd_door"] = table.c.opgesteld_door
    refusal = refused(lambda: copy_row(session, table, beide[0], changes))
    assert isinstance(refusal, errors.ForeignKeyViolation)
    assert refusal.diag.constraint_name == f"fk_{model.__tablename__}_{kolom}"


def test_a_nummer_is_used_once_per_organisatie(session: Session, beide: tuple[int, int]) -> None:
    table = Base.metadata.tables["pleegkind"]
    refusal = refused(lambda: copy_row(session, table, beide[0], {"uid": uuid4()}))
    assert isinstance(refusal, errors.UniqueViolation)
    assert refusal.diag.constraint_name == "uq_pleegkind_nummer"


def test_what_may_change_may_change(session: Session, beide: tuple[int, int]) -> None:
    """The tests above would pass for a role without any right."""
    act_for(session, Namens(beide[0]))
    session.execute(update(Organisatie).where(Organisatie.id == beide[0]).values(naam="Andere naam"))
    assert session.get_one(Organisatie, beide[0]).naam == "Andere naam"
