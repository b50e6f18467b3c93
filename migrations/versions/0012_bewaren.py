"""Retention: legal holds, proposals to destroy a file, what was said of them and done about them.

A file leaves its tables only under an approved proposal: the database itself refuses the certificate otherwise, and
without a certificate nothing of the change log can be emptied. ADR 0017.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import SETTINGS, Captured, capture, release

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("bewaarblokkade", "bewaarblokkade_opheffing", "vernietiging", "vernietiging_oordeel", "vernietiging_stap")
#: what the application only reads: a certificate is made by the owner of the tables
OF_THE_OWNER = "vernietiging_stap"
OF_PROPOSAL = "(SELECT v.pleegkind_id FROM public.vernietiging v WHERE v.id = r.vernietiging_id)"
CAPTURED = (
    Captured("bewaarblokkade", ("pleegkind_id", "gesteld_op", "gesteld_door"), ("reden",), kind="r.pleegkind_id"),
    Captured("bewaarblokkade_opheffing", ("blokkade_id", "op", "door"), ("reden",), uid=False),
    Captured(
        "vernietiging",
        ("pleegkind_id", "pleegkind_uid", "pleegkind_nummer", "grond", "verzoeker", "ontvangen_op",
         "antwoord_uiterlijk", "einde_zorg", "laatste_wijziging", "voorgesteld_op", "voorgesteld_door"),
        ("toelichting",),
        kind="r.pleegkind_id",
    ),
    Captured(
        "vernietiging_oordeel", ("vernietiging_id", "oordeel", "op", "door"), ("toelichting",), uid=False,
        kind=OF_PROPOSAL,
    ),
    Captured(
        "vernietiging_stap", ("vernietiging_id", "stap", "op", "rijen", "wijzigingen"), ("cijfertekst",),
        json=("rijen", "wijzigingen"), binary=("cijfertekst",), uid=False, kind=OF_PROPOSAL,
    ),
)  # fmt: skip

#: how long a sealed file can be opened again; ``app.norms.bewaartermijnen`` says the same
WACHTTIJD = "interval '90 days'"
# The certificate comes first, and what it covers goes after: without it the log cannot be emptied.
GUARD_STEP = f"""
CREATE FUNCTION bewaak_vernietiging() RETURNS trigger LANGUAGE plpgsql {SETTINGS} AS $$
DECLARE
    vorige public.vernietiging_stap;
    voor_akkoord bigint;
    kind bigint;
BEGIN
    SELECT * INTO vorige FROM public.vernietiging_stap s
    WHERE s.vernietiging_id = NEW.vernietiging_id ORDER BY s.id DESC LIMIT 1;
    SELECT v.pleegkind_id INTO STRICT kind FROM public.vernietiging v
    WHERE v.id = NEW.vernietiging_id AND v.organisatie_id = NEW.organisatie_id;
    SELECT count(DISTINCT o.door) INTO STRICT voor_akkoord FROM public.vernietiging_oordeel o
    WHERE o.vernietiging_id = NEW.vernietiging_id AND o.oordeel = 'goedgekeurd';
    IF NEW.stap IN ('verzegeld', 'vernietigd') AND (
        voor_akkoord < 2
        OR EXISTS (SELECT FROM public.vernietiging_oordeel o
                   WHERE o.vernietiging_id = NEW.vernietiging_id AND o.oordeel <> 'goedgekeurd')
        OR EXISTS (SELECT FROM public.bewaarblokkade b
                   WHERE b.organisatie_id = NEW.organisatie_id AND b.pleegkind_id = kind
                     AND NOT EXISTS (SELECT FROM public.bewaarblokkade_opheffing h WHERE h.blokkade_id = b.id))
    ) THEN
        RAISE EXCEPTION 'vernietigen kan alleen met akkoord van twee, zonder bezwaar en zonder bewaarblokkade'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.stap = 'verzegeld') <> (vorige.stap IS NULL) OR vorige.stap IN ('hersteld', 'vernietigd') THEN
        RAISE EXCEPTION 'de stap % volgt niet op %', NEW.stap, coalesce(vorige.stap, 'geen')
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.stap = 'vernietigd' AND NEW.op < vorige.op + {WACHTTIJD} THEN
        RAISE EXCEPTION 'de wachttijd van een verzegeld dossier is nog niet voorbij'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$
"""
# An entry that the certificate names, or that its own transaction wrote of what it removed, is emptied; or filled
# again with what its digest is of. Nothing else about it changes, ever, and nothing once the file is back or gone.
GUARD_ENTRY = f"""
CREATE FUNCTION bewaak_wijziging() RETURNS trigger LANGUAGE plpgsql {SETTINGS} AS $$
BEGIN
    IF (NEW.id, NEW.organisatie_id, NEW.pakket_id, NEW.tabel, NEW.rij_id, NEW.uid, NEW.pleegkind_id, NEW.handeling,
        NEW.digest) IS NOT DISTINCT FROM
       (OLD.id, OLD.organisatie_id, OLD.pakket_id, OLD.tabel, OLD.rij_id, OLD.uid, OLD.pleegkind_id, OLD.handeling,
        OLD.digest)
        AND EXISTS (
            SELECT FROM public.vernietiging_stap s
            WHERE s.organisatie_id = OLD.organisatie_id AND s.stap = 'verzegeld'
              AND s.vernietiging_id = nullif(current_setting('pleegzicht.vernietiging', true), '')::bigint
              AND NOT EXISTS (
                  SELECT FROM public.vernietiging_stap later
                  WHERE later.vernietiging_id = s.vernietiging_id AND later.id > s.id)
              AND (s.wijzigingen -> 'ids' @> to_jsonb(OLD.id) OR (
                  OLD.handeling = 'verwijderd' AND s.rijen -> OLD.tabel @> to_jsonb(OLD.rij_id)
                  AND EXISTS (
                      SELECT FROM public.wijzigingspakket p
                      WHERE p.id = OLD.pakket_id AND p.transactie = pg_current_xact_id()::text::bigint
                        AND p.op = transaction_timestamp()))))
        AND (
            (NEW.zout IS NULL AND NEW.voor IS NULL AND NEW.na IS NULL)
            OR NEW.digest = sha256(convert_to(jsonb_build_array(
                'wijziging/1', NEW.organisatie_id, NEW.tabel, NEW.rij_id, NEW.uid, NEW.pleegkind_id, NEW.handeling,
                NEW.zout, NEW.voor, NEW.na)::text, 'UTF8'))
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'wat is vastgelegd over wijzigingen blijft zoals het is' USING ERRCODE = 'insufficient_privilege';
END
$$
"""


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def instant(name: str) -> sa.Column[Any]:
    """Return a moment that is always filled."""
    return column(name, sa.DateTime(timezone=True))


def codes(table: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    """Return the check of a closed list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def create(table: str, *parts: Any) -> None:
    """Create a table of the tenant."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        column("organisatie_id", sa.BigInteger()),
        *parts,
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
    )


def named(table: str) -> tuple[Any, ...]:
    """Return what a table has whose rows others refer to."""
    return (
        column("uid", sa.Uuid()),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{table}_organisatie_id_id")),
    )


def upgrade() -> None:
    """Apply."""
    create_hold()
    create_proposal()
    create_decisions()
    for statement in (GUARD_STEP, GUARD_ENTRY):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER bewaak_vernietiging BEFORE INSERT ON vernietiging_stap "
        "FOR EACH ROW EXECUTE FUNCTION bewaak_vernietiging()"
    )
    open_entries()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
    for table in TABLES:
        rights = "SELECT" if table == OF_THE_OWNER else "SELECT, INSERT"
        op.execute(f"GRANT {rights} ON {table} TO pleegzicht_app")
        protect(table)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    for captured in CAPTURED:
        capture(captured)


def create_hold() -> None:
    """Create what keeps a file from being destroyed, and its end; no reference to the child, which outlives nothing."""
    name = "bewaarblokkade"
    create(
        name,
        *named(name),
        column("pleegkind_id", sa.BigInteger()),
        column("reden", sa.Text()),
        instant("gesteld_op"),
        column("gesteld_door", sa.BigInteger()),
        within_organisatie(name, "gesteld_door", "medewerker"),
    )
    op.create_index(f"ix_{name}_pleegkind_id", name, ["pleegkind_id"])
    op.create_index(f"ix_{name}_organisatie_id_gesteld_op", name, ["organisatie_id", "gesteld_op", "uid"])
    name = "bewaarblokkade_opheffing"
    create(
        name,
        column("blokkade_id", sa.BigInteger()),
        instant("op"),
        column("door", sa.BigInteger()),
        column("reden", sa.Text()),
        within_organisatie(name, "blokkade_id", "bewaarblokkade"),
        within_organisatie(name, "door", "medewerker"),
        sa.UniqueConstraint("blokkade_id", name=op.f(f"uq_{name}_blokkade_id")),
    )


def create_proposal() -> None:
    """Create the proposals; the child's uid is in it, as its row will be gone."""
    name = "vernietiging"
    create(
        name,
        *named(name),
        column("pleegkind_id", sa.BigInteger()),
        column("pleegkind_uid", sa.Uuid()),
        column("pleegkind_nummer", sa.Text()),
        column("grond", sa.String(40)),
        column("verzoeker", sa.String(40), null=True),
        column("ontvangen_op", sa.Date(), null=True),
        column("antwoord_uiterlijk", sa.Date(), null=True),
        column("einde_zorg", sa.Date()),
        column("laatste_wijziging", sa.Date()),
        column("toelichting", sa.Text(), null=True),
        instant("voorgesteld_op"),
        column("voorgesteld_door", sa.BigInteger(), null=True),
        within_organisatie(name, "voorgesteld_door", "medewerker"),
        codes(name, "grond", ("bewaartermijn", "verzoek")),
        codes(name, "verzoeker", ("kind", "gezagsdrager")),
        sa.CheckConstraint(
            "(grond = 'verzoek') = (verzoeker IS NOT NULL AND ontvangen_op IS NOT NULL "
            "AND antwoord_uiterlijk IS NOT NULL AND toelichting IS NOT NULL AND voorgesteld_door IS NOT NULL)",
            name=op.f(f"ck_{name}_verzoek_heel"),
        ),
    )
    op.create_index(f"ix_{name}_pleegkind_id", name, ["pleegkind_id"])
    op.create_index(f"ix_{name}_organisatie_id_voorgesteld_op", name, ["organisatie_id", "voorgesteld_op", "uid"])


def create_decisions() -> None:
    """Create what people said of a proposal, each once in each sense, and what was done."""
    name = "vernietiging_oordeel"
    create(
        name,
        column("vernietiging_id", sa.BigInteger()),
        column("oordeel", sa.String(40)),
        column("toelichting", sa.Text(), null=True),
        instant("op"),
        column("door", sa.BigInteger()),
        within_organisatie(name, "vernietiging_id", "vernietiging"),
        within_organisatie(name, "door", "medewerker"),
        codes(name, "oordeel", ("goedgekeurd", "afgewezen", "ingetrokken")),
        sa.UniqueConstraint("vernietiging_id", "oordeel", "door", name=op.f(f"uq_{name}_vernietiging_id_oordeel_door")),
        sa.CheckConstraint(
            "oordeel = 'goedgekeurd' OR toelichting IS NOT NULL", name=op.f(f"ck_{name}_bezwaar_met_reden")
        ),
    )
    name = "vernietiging_stap"
    create(
        name,
        column("vernietiging_id", sa.BigInteger()),
        column("stap", sa.String(40)),
        instant("op"),
        column("rijen", postgresql.JSONB(), null=True),
        column("wijzigingen", postgresql.JSONB(), null=True),
        column("cijfertekst", sa.LargeBinary(), null=True),
        within_organisatie(name, "vernietiging_id", "vernietiging"),
        codes(name, "stap", ("verzegeld", "hersteld", "vernietigd")),
        sa.UniqueConstraint("vernietiging_id", "stap", name=op.f(f"uq_{name}_vernietiging_id_stap")),
        sa.CheckConstraint(
            "(stap = 'verzegeld') = (rijen IS NOT NULL AND wijzigingen IS NOT NULL AND cijfertekst IS NOT NULL)",
            name=op.f(f"ck_{name}_verzegeld_heel"),
        ),
    )


def open_entries() -> None:
    """Let the content of an entry be emptied under a certificate; its digest, by which the chain holds, stays."""
    # Who reads the log knows of the empty ones from this version on.
    op.execute("-- squawk-ignore ban-drop-not-null\nALTER TABLE wijziging ALTER COLUMN zout DROP NOT NULL")
    # The scan is once, and writing waits for it at most lock_timeout.
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid\n"
        "ALTER TABLE wijziging ADD CONSTRAINT ck_wijziging_leeg_is_leeg "
        "CHECK (zout IS NOT NULL OR (voor IS NULL AND na IS NULL))"
    )
    op.execute("DROP TRIGGER bewaak_wijzigingslog ON wijziging")
    op.execute(
        "CREATE TRIGGER bewaak_wijzigingslog BEFORE DELETE OR TRUNCATE ON wijziging "
        "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
    )
    op.execute(
        "CREATE TRIGGER bewaak_wijziging BEFORE UPDATE ON wijziging FOR EACH ROW EXECUTE FUNCTION bewaak_wijziging()"
    )


def downgrade() -> None:
    """Undo; refuses when anything was proposed or held."""
    for table in ("vernietiging", "bewaarblokkade"):
        if op.get_bind().execute(sa.text(f"SELECT EXISTS (SELECT FROM {table})")).scalar_one():
            msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
            raise RuntimeError(msg)
    op.drop_constraint("ck_wijziging_leeg_is_leeg", "wijziging")
    op.execute("DROP TRIGGER bewaak_wijziging ON wijziging")
    op.execute("DROP TRIGGER bewaak_wijzigingslog ON wijziging")
    op.execute(
        "CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON wijziging "
        "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
    )
    # Nothing was emptied, so every salt is there; the table is scanned under lock_timeout.
    op.execute("-- squawk-ignore adding-not-nullable-field\nALTER TABLE wijziging ALTER COLUMN zout SET NOT NULL")
    for table in reversed(TABLES):
        release(table)
        op.drop_table(table)
    for function in ("bewaak_vernietiging()", "bewaak_wijziging()"):
        op.execute(f"DROP FUNCTION {function}")
