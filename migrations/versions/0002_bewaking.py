"""What the database itself refuses: changing a fact, forking its versions, overlapping plaatsingen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FACTS = (
    "medewerker", "pleeggezin", "gezinslid", "vgb", "evaluatie", "pleegkind", "maatregel", "plaatsing", "begeleiding",
    "kindgesprek", "veiligheidscheck", "huisbezoek", "casuistiekbespreking", "ontwikkelbeeld", "hulpverleningsplan",
    "pleegoudervoogdgesprek", "vertrouwenspersoon", "signaal", "uitzondering",
)  # fmt: skip
APPEND_ONLY = (*FACTS, "eigen_norm")
# Not facts: names that may change, the head counter, projections, answers already given, accounts that end.
CHANGEABLE = ("organisatie", "team", "vastlegteller", "account", "idempotentie")
DERIVED = ("termijn", "plaatsing_bezetting")

# A trigger and not a constraint: the new row must continue the row that it replaces, and no other.
CHECK_VERSION = """
CREATE FUNCTION bewaak_versie() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    vorige record;
BEGIN
    EXECUTE format(
        'SELECT feit_id, uid, organisatie_id, nummer, versie FROM public.%I WHERE id = $1', TG_TABLE_NAME
    ) INTO vorige USING NEW.vervangt_id;
    IF vorige.feit_id IS DISTINCT FROM NEW.eerste_id
        OR vorige.uid IS DISTINCT FROM NEW.uid
        OR vorige.organisatie_id IS DISTINCT FROM NEW.organisatie_id
        OR vorige.nummer IS DISTINCT FROM NEW.nummer
        OR vorige.versie + 1 IS DISTINCT FROM NEW.versie
    THEN
        RAISE EXCEPTION 'versie % van % sluit niet aan op de vorige', NEW.versie, TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$
"""

# Keeps the projection on which the exclusion constraint stands. It runs as the one who inserts (no SECURITY DEFINER).
KEEP_OCCUPANCY = """
CREATE FUNCTION houd_bezetting_bij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.versie > 1 THEN
        DELETE FROM public.plaatsing_bezetting WHERE plaatsing_id = NEW.eerste_id;
    END IF;
    IF NEW.vorm IN ('voltijd', 'crisis') AND NOT NEW.ingetrokken THEN
        INSERT INTO public.plaatsing_bezetting (plaatsing_id, organisatie_id, pleegkind_id, periode)
        VALUES (coalesce(NEW.eerste_id, NEW.id), NEW.organisatie_id, NEW.pleegkind_id, daterange(NEW.van, NEW.tot));
    END IF;
    RETURN NULL;
END
$$
"""

# A role belongs to the cluster, so it may already be there; two databases may also be migrated at once.
CREATE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pleegzicht_app') THEN
        CREATE ROLE pleegzicht_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$
"""

GRANT_MEMBERSHIP = """
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'pleegzicht_app', 'MEMBER') THEN
        EXECUTE format('GRANT pleegzicht_app TO %I', current_user);
    END IF;
END
$$
"""


def upgrade() -> None:
    """Apply."""
    op.execute(CHECK_VERSION)
    for table in FACTS:
        op.execute(
            f"CREATE TRIGGER bewaak_versie BEFORE INSERT ON {table} FOR EACH ROW "
            "WHEN (NEW.versie > 1) EXECUTE FUNCTION bewaak_versie()"
        )
    op.execute(KEEP_OCCUPANCY)
    op.execute(
        "CREATE TRIGGER houd_bezetting_bij AFTER INSERT ON plaatsing FOR EACH ROW EXECUTE FUNCTION houd_bezetting_bij()"
    )
    op.execute(CREATE_ROLE)
    op.execute(GRANT_MEMBERSHIP)
    grant_app_role()


def grant_app_role() -> None:
    """Give the app's role what it needs: reading and appending; changing only what is no fact."""
    op.execute("GRANT USAGE ON SCHEMA public TO pleegzicht_app")
    op.execute("GRANT SELECT ON alembic_version TO pleegzicht_app")
    for table in APPEND_ONLY:
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
    for table in CHANGEABLE:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO pleegzicht_app")
    for table in DERIVED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")


def downgrade() -> None:
    """Undo; the role stays, since other databases of the cluster may use it."""
    for table in (*APPEND_ONLY, *CHANGEABLE, *DERIVED, "alembic_version"):
        op.execute(sa.text(f"REVOKE ALL ON {table} FROM pleegzicht_app"))
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM pleegzicht_app")
    op.execute("REVOKE ALL ON SCHEMA public FROM pleegzicht_app")
    op.execute("DROP TRIGGER houd_bezetting_bij ON plaatsing")
    op.execute("DROP FUNCTION houd_bezetting_bij()")
    for table in FACTS:
        op.execute(f"DROP TRIGGER bewaak_versie ON {table}")
    op.execute("DROP FUNCTION bewaak_versie()")
