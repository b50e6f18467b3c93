"""The tables: tenant, facts in versions, stored deadlines, answers already given."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip
NORMEN = (
    "KAG-3", "KAG-R", "VC-J", "MDO", "HB", "ONT-J", "HVP-6", "VP",
    "VGB-T", "VGB-12", "VGB-H", "EVAL-J", "POV-1", "CAL-3",
)  # fmt: skip
REDENEN_NIET_ALLEEN = (
    "kind_wil_niet", "te_jong", "pleegouder_aanwezig", "ziek", "tolk_nodig", "kind_afwezig", "anders",
)  # fmt: skip
MAATREGELEN = ("vrijwillig", "ots", "voogdij_gi", "pleegoudervoogdij", "jeugdreclassering")
ONDERWERPEN = ("plaatsing", "pleegkind", "gezinslid", "pleeggezin", "signaal")
IN_PERIOD = "tot IS NULL OR tot >= van"


def text(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a text column."""
    return sa.Column(name, sa.Text(), nullable=null)


def day(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column for a civil date."""
    return sa.Column(name, sa.Date(), nullable=null)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a column for a UTC instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def yes_no(name: str) -> sa.Column[Any]:
    """Return a boolean column."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    """Return a bigint column (a key, a counter)."""
    return sa.Column(name, sa.BigInteger(), nullable=null)


def code(name: str, values: Sequence[str], *, null: bool = False) -> sa.Column[Any]:
    """Return a text column whose values are a closed list; ``create`` adds the check."""
    return sa.Column(name, sa.String(40), nullable=null, info={"values": values})


def code_checks(table: str, columns: Sequence[sa.Column[Any]]) -> list[sa.CheckConstraint]:
    """Return the checks of the closed lists among ``columns``."""
    return [
        sa.CheckConstraint(
            f"{column.name} IN ({', '.join(repr(value) for value in column.info['values'])})",
            name=op.f(f"ck_{table}_{column.name}"),
        )
        for column in columns
        if "values" in column.info
    ]


def identity() -> sa.Column[Any]:
    """Return the internal key."""
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def tenant(table: str) -> list[Any]:
    """Return the constraints that every table with an identity and an organisatie has."""
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
    ]


def create(table: str, *columns: sa.Column[Any], constraints: Sequence[Any] = ()) -> None:
    """Create a table of the tenant that holds no facts."""
    op.create_table(
        table,
        identity(),
        whole("organisatie_id"),
        *columns,
        *tenant(table),
        *code_checks(table, columns),
        *constraints,
    )


def create_fact(
    table: str,
    *columns: sa.Column[Any],
    references: dict[str, str] | None = None,
    referenced: bool = False,
    checks: dict[str, str] | None = None,
    indexes: Sequence[tuple[str, ...]] = (),
) -> None:
    """Create a table of versioned facts (``app.models.base.Feit``)."""
    op.create_table(
        table,
        identity(),
        whole("eerste_id", null=True),
        sa.Column("feit_id", sa.BigInteger(), sa.Computed("coalesce(eerste_id, id)", persisted=True), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        whole("organisatie_id"),
        text("nummer"),
        whole("versie"),
        whole("vervangt_id", null=True),
        yes_no("ingetrokken"),
        text("wijzigingsreden", null=True),
        instant("vastgelegd_op"),
        whole("vastgelegd_door", null=True),
        whole("volgorde"),
        *columns,
        *tenant(table),
        *code_checks(table, columns),
        *version_constraints(table),
        *reference_constraints(table, references or {}, referenced=referenced),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in (checks or {}).items()),
    )
    create_version_indexes(table, referenced=referenced)
    for index in indexes:
        op.create_index(f"ix_{table}_{'_'.join(index)}", table, list(index))


def version_constraints(table: str) -> list[Any]:
    """Return the constraints that chain the versions of one fact."""
    checks = {
        "versie_keten": "(versie = 1) = (vervangt_id IS NULL) AND (versie = 1) = (eerste_id IS NULL)",
        "reden_bij_nieuwe_versie": "versie = 1 OR wijzigingsreden IS NOT NULL",
        "eerste_versie_niet_ingetrokken": "versie > 1 OR NOT ingetrokken",
    }
    return [
        sa.UniqueConstraint("uid", "versie", name=f"uq_{table}_uid_versie"),
        sa.ForeignKeyConstraint(["vervangt_id"], [f"{table}.id"], name=f"fk_{table}_vervangt_id"),
        sa.ForeignKeyConstraint(["eerste_id"], [f"{table}.id"], name=f"fk_{table}_eerste_id"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items()),
    ]


def reference_constraints(table: str, references: dict[str, str], *, referenced: bool) -> list[Any]:
    """Return the references to other facts; each stays within one organisatie."""
    own_key = [sa.UniqueConstraint("organisatie_id", "id", name=f"uq_{table}_organisatie_id_id")]
    return [
        *(own_key if referenced else []),
        *(
            sa.ForeignKeyConstraint(
                ["organisatie_id", column],
                [f"{target}.organisatie_id", f"{target}.id"],
                name=f"fk_{table}_{column}",
            )
            for column, target in references.items()
        ),
    ]


def create_version_indexes(table: str, *, referenced: bool) -> None:
    """Create the indexes by which a fact and its versions are found."""
    first = sa.text("versie = 1")
    op.create_index(f"uq_{table}_nummer", table, ["organisatie_id", "nummer"], unique=True, postgresql_where=first)
    op.create_index(
        f"uq_{table}_vervangt_id",
        table,
        ["vervangt_id"],
        unique=True,
        postgresql_where=sa.text("vervangt_id IS NOT NULL"),
    )
    if referenced:
        op.create_index(f"ix_{table}_feit_id", table, ["feit_id"])
    else:
        later = sa.text("eerste_id IS NOT NULL")
        op.create_index(f"ix_{table}_eerste_id", table, ["eerste_id"], postgresql_where=later)


def create_tenant() -> None:
    """Create the organisatie, its teams and its counter of recordings."""
    soort = code("soort", ("aanbieder", "gi", "inspectie"))
    op.create_table(
        "organisatie",
        identity(),
        sa.Column("uid", sa.Uuid(), nullable=False),
        text("code"),
        text("naam"),
        soort,
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisatie")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisatie_uid")),
        sa.UniqueConstraint("code", name=op.f("uq_organisatie_code")),
        *code_checks("organisatie", [soort]),
    )
    create(
        "team",
        sa.Column("uid", sa.Uuid(), nullable=False),
        text("naam"),
        constraints=[
            sa.UniqueConstraint("uid", name=op.f("uq_team_uid")),
            sa.UniqueConstraint("organisatie_id", "id", name=op.f("uq_team_organisatie_id_id")),
            sa.UniqueConstraint("organisatie_id", "naam", name=op.f("uq_team_organisatie_id_naam")),
        ],
    )
    op.create_table(
        "vastlegteller",
        whole("organisatie_id"),
        whole("volgorde"),
        instant("laatst_op"),
        sa.PrimaryKeyConstraint("organisatie_id", name=op.f("pk_vastlegteller")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_vastlegteller_organisatie_id")),
    )


def create_people() -> None:
    """Create the professionals and the households."""
    create_fact(
        "medewerker",
        text("naam"),
        text("email", null=True),
        code("rol", ROLLEN),
        whole("team_id", null=True),
        references={"team_id": "team"},
        referenced=True,
    )
    create_fact(
        "pleeggezin",
        text("naam"),
        code("soort", ("bestand", "netwerk")),
        text("gemeente", null=True),
        day("pleegcontract_op", null=True),
        referenced=True,
    )
    create_fact(
        "gezinslid",
        whole("pleeggezin_id"),
        text("naam"),
        day("geboortedatum"),
        code("rol", ("pleegouder", "inwonende")),
        day("inwonend_sinds"),
        day("inwonend_tot", null=True),
        references={"pleeggezin_id": "pleeggezin"},
        referenced=True,
        checks={"tot_niet_voor_sinds": "inwonend_tot IS NULL OR inwonend_tot >= inwonend_sinds"},
        indexes=[("pleeggezin_id",)],
    )
    create_fact(
        "vgb",
        whole("gezinslid_id"),
        code("status", ("aangevraagd", "afgegeven", "geweigerd", "ingetrokken")),
        day("datum"),
        day("herscreening_uiterlijk", null=True),
        references={"gezinslid_id": "gezinslid"},
        indexes=[("gezinslid_id", "datum")],
    )
    create_fact(
        "evaluatie",
        whole("pleeggezin_id"),
        day("datum"),
        references={"pleeggezin_id": "pleeggezin"},
        indexes=[("pleeggezin_id", "datum")],
    )


def create_child() -> None:
    """Create the child, where it lives, who guides it there, and on what legal basis."""
    create_fact(
        "pleegkind",
        text("roepnaam"),
        text("achternaam"),
        day("geboortedatum"),
        code("geslacht", ("m", "v", "x"), null=True),
        sa.Column("bsn_versleuteld", sa.LargeBinary(), nullable=True),
        sa.Column("bsn_index", sa.LargeBinary(), nullable=True),
        referenced=True,
    )
    op.create_index("ix_pleegkind_bsn_index", "pleegkind", ["organisatie_id", "bsn_index"])
    op.create_index("ix_pleegkind_naam", "pleegkind", ["organisatie_id", "achternaam", "roepnaam", "id"])
    create_fact(
        "maatregel",
        whole("pleegkind_id"),
        code("soort", MAATREGELEN),
        day("van"),
        day("tot", null=True),
        text("gi", null=True),
        text("jeugdbeschermer", null=True),
        references={"pleegkind_id": "pleegkind"},
        checks={"tot_niet_voor_van": IN_PERIOD},
        indexes=[("pleegkind_id", "van")],
    )
    create_fact(
        "plaatsing",
        whole("pleegkind_id"),
        whole("pleeggezin_id"),
        code("vorm", ("voltijd", "deeltijd", "crisis")),
        code("zorgvorm", ("pleegzorg", "gezinshuis")),
        day("van"),
        day("tot", null=True),
        text("eindreden", null=True),
        references={"pleegkind_id": "pleegkind", "pleeggezin_id": "pleeggezin"},
        referenced=True,
        checks={"tot_niet_voor_van": IN_PERIOD},
        indexes=[("pleegkind_id", "van"), ("pleeggezin_id", "van")],
    )
    create_fact(
        "begeleiding",
        whole("plaatsing_id"),
        whole("medewerker_id"),
        day("van"),
        day("tot", null=True),
        references={"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"},
        checks={"tot_niet_voor_van": IN_PERIOD},
        indexes=[("plaatsing_id", "van"), ("medewerker_id",)],
    )
    op.create_table(
        "plaatsing_bezetting",
        sa.Column("plaatsing_id", sa.BigInteger(), autoincrement=False, nullable=False),
        whole("organisatie_id"),
        whole("pleegkind_id"),
        sa.Column("periode", postgresql.DATERANGE(), nullable=False),
        sa.PrimaryKeyConstraint("plaatsing_id", name=op.f("pk_plaatsing_bezetting")),
        sa.ForeignKeyConstraint(
            ["organisatie_id"], ["organisatie.id"], name=op.f("fk_plaatsing_bezetting_organisatie_id")
        ),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(pleegkind_id, pleegkind_id, '[]')"), "&&"),
            (sa.column("periode"), "&&"),
            name="ex_plaatsing_bezetting_overlap",
            using="gist",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )


def create_events_of_plaatsing() -> None:
    """Create the events that belong to one plaatsing."""
    both = {"plaatsing_id": "plaatsing", "medewerker_id": "medewerker"}
    by_day = [("plaatsing_id", "datum")]
    create_fact(
        "kindgesprek",
        whole("plaatsing_id"),
        day("datum"),
        whole("medewerker_id"),
        yes_no("doorgegaan"),
        yes_no("alleen"),
        code("vorm", ("fysiek", "beeldbellen", "telefoon")),
        yes_no("veiligheid_besproken"),
        code("reden_niet_alleen", REDENEN_NIET_ALLEEN, null=True),
        code("kind_voelde_zich_veilig", ("ja", "twijfel", "nee", "onbekend"), null=True),
        text("stem_van_het_kind", null=True),
        sa.Column("themas", sa.ARRAY(sa.Text()), nullable=True),
        text("vervolgactie", null=True),
        references=both,
        indexes=by_day,
    )
    create_fact(
        "veiligheidscheck",
        whole("plaatsing_id"),
        day("datum"),
        whole("medewerker_id"),
        text("instrument"),
        code("uitkomst", ("veilig", "zorgen", "onveilig")),
        references=both,
        indexes=by_day,
    )
    create_fact(
        "huisbezoek",
        whole("plaatsing_id"),
        day("datum"),
        whole("medewerker_id"),
        references=both,
        indexes=by_day,
    )


def create_events_of_child() -> None:
    """Create the events that belong to the child itself."""
    child = {"pleegkind_id": "pleegkind"}
    for table, extra in (
        ("casuistiekbespreking", [yes_no("multidisciplinair")]),
        ("ontwikkelbeeld", []),
        ("hulpverleningsplan", []),
        ("pleegoudervoogdgesprek", []),
    ):
        create_fact(
            table,
            whole("pleegkind_id"),
            day("datum"),
            *extra,
            references=child,
            indexes=[("pleegkind_id", "datum")],
        )
    create_fact(
        "vertrouwenspersoon",
        whole("pleegkind_id"),
        day("sinds"),
        code("soort", ("netwerk", "jeugdstem")),
        text("naam", null=True),
        references=child,
        indexes=[("pleegkind_id", "sinds")],
    )
    create_fact(
        "signaal",
        whole("pleegkind_id"),
        day("datum"),
        day("bekend_geworden_op"),
        text("soort"),
        yes_no("vraagt_veiligheidscheck"),
        yes_no("calamiteit"),
        yes_no("bij_twijfel"),
        day("gemeld_igj_op", null=True),
        references=child,
        indexes=[("pleegkind_id", "datum")],
    )
    norms = ", ".join(f"'{norm}'" for norm in NORMEN)
    create_fact(
        "uitzondering",
        whole("pleegkind_id"),
        sa.Column("normen", sa.ARRAY(sa.Text()), nullable=False),
        text("reden"),
        text("borging"),
        day("van"),
        day("herzien_uiterlijk"),
        whole("opgesteld_door"),
        whole("goedgekeurd_door", null=True),
        code("goedkeurder_rol", ROLLEN, null=True),
        references={**child, "opgesteld_door": "medewerker", "goedgekeurd_door": "medewerker"},
        checks={
            "hoogstens_90_dagen": "herzien_uiterlijk >= van AND herzien_uiterlijk <= van + 90",
            "vier_ogen": "goedgekeurd_door <> opgesteld_door",
            "rol_bij_goedkeuring": "(goedgekeurd_door IS NULL) = (goedkeurder_rol IS NULL)",
            "bekende_normen": f"cardinality(normen) > 0 AND normen <@ ARRAY[{norms}]::text[]",
        },
        indexes=[("pleegkind_id", "van")],
    )


def create_norms_and_deadlines() -> None:
    """Create an organisatie's own norms and the stored deadlines."""
    create(
        "eigen_norm",
        sa.Column("uid", sa.Uuid(), nullable=False),
        code("code", NORMEN),
        whole("versie"),
        day("geldig_van"),
        day("geldig_tot", null=True),
        code("zwaarte", ("norm", "streef")),
        whole("waarschuwing_dagen"),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        text("toelichting"),
        instant("vastgelegd_op"),
        whole("vastgelegd_door", null=True),
        constraints=[
            sa.UniqueConstraint("uid", name=op.f("uq_eigen_norm_uid")),
            sa.UniqueConstraint(
                "organisatie_id", "code", "versie", name=op.f("uq_eigen_norm_organisatie_id_code_versie")
            ),
            sa.UniqueConstraint(
                "organisatie_id",
                "code",
                "geldig_van",
                name=op.f("uq_eigen_norm_organisatie_id_code_geldig_van"),
            ),
            sa.CheckConstraint("geldig_tot IS NULL OR geldig_tot > geldig_van", name=op.f("ck_eigen_norm_tot_na_van")),
            sa.CheckConstraint("waarschuwing_dagen >= 0", name=op.f("ck_eigen_norm_waarschuwing_niet_negatief")),
        ],
    )
    create(
        "termijn",
        whole("pleegkind_id"),
        code("norm", NORMEN),
        code("onderwerp_soort", ONDERWERPEN),
        whole("onderwerp_id"),
        code("zwaarte", ("norm", "streef")),
        day("van"),
        day("tot", null=True),
        day("uiterlijk", null=True),
        day("nadert_vanaf", null=True),
        whole("uitzondering_id", null=True),
    )
    op.create_index("ix_termijn_organisatie_id_uiterlijk", "termijn", ["organisatie_id", "uiterlijk", "id"])
    op.create_index("ix_termijn_pleegkind_id", "termijn", ["pleegkind_id"])


def create_sign_in() -> None:
    """Create the accounts and the answers already given to them."""
    create(
        "account",
        whole("medewerker_id"),
        text("issuer"),
        text("subject"),
        instant("ingetrokken_op", null=True),
        constraints=[
            sa.UniqueConstraint("issuer", "subject", name=op.f("uq_account_issuer_subject")),
            *reference_constraints("account", {"medewerker_id": "medewerker"}, referenced=False),
        ],
    )
    create(
        "idempotentie",
        whole("account_id"),
        text("sleutel"),
        sa.Column("verzoek_hash", sa.LargeBinary(), nullable=False),
        whole("status", null=True),
        sa.Column("antwoord", sa.LargeBinary(), nullable=True),
        sa.Column("koppen", postgresql.JSONB(), nullable=True),
        instant("aangemaakt_op"),
        constraints=[
            sa.UniqueConstraint("account_id", "sleutel", name=op.f("uq_idempotentie_account_id_sleutel")),
            sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_idempotentie_account_id")),
        ],
    )


def upgrade() -> None:
    """Apply."""
    create_tenant()
    create_people()
    create_child()
    create_events_of_plaatsing()
    create_events_of_child()
    create_norms_and_deadlines()
    create_sign_in()


TABLES = (
    "idempotentie", "account", "termijn", "eigen_norm", "uitzondering", "signaal", "vertrouwenspersoon",
    "pleegoudervoogdgesprek", "hulpverleningsplan", "ontwikkelbeeld", "casuistiekbespreking", "huisbezoek",
    "veiligheidscheck", "kindgesprek", "plaatsing_bezetting", "begeleiding", "plaatsing", "maatregel", "pleegkind",
    "evaluatie", "vgb", "gezinslid", "pleeggezin", "medewerker", "vastlegteller", "team", "organisatie",
)  # fmt: skip


def downgrade() -> None:
    """Undo; refuses when that would drop facts."""
    filled = op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM organisatie)")).scalar_one()
    if filled:
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in TABLES:
        op.drop_table(table)
