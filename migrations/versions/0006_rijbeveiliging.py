"""Row-level security on every table with an organisatie, and the roles for migrating and for backups.

The application's own checks come first; this is the second wall: with them switched off, a session still sees no row
of another organisatie. Sign-in and mandates look beyond one organisatie, and each of those exceptions is spelled out.
"""

from alembic import op

from migrations.bevroren.beveiliging import ACCOUNT, OWN, SETTING, expose, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: what belongs to one organisatie and is nobody else's
OF_ONE = (
    "team", "vastlegteller", "medewerker", "pleeggezin", "gezinslid", "vgb", "evaluatie", "pleegkind", "maatregel",
    "plaatsing", "plaatsing_bezetting", "begeleiding", "kindgesprek", "veiligheidscheck", "huisbezoek",
    "casuistiekbespreking", "ontwikkelbeeld", "hulpverleningsplan", "pleegoudervoogdgesprek", "vertrouwenspersoon",
    "signaal", "meldcodestap", "ruisscore", "uitzondering", "eigen_norm", "termijn",
    "kwartaaltoets_regel", "extra_inzet", "extra_inzet_stap", "idempotentie",
)  # fmt: skip
# Who asks to sign in is known by issuer and subject before the organisatie is: that one account, and no other.
THE_ONE_THAT_SIGNS_IN = """
    (issuer = (SELECT current_setting('pleegzicht.issuer', true))
     AND subject = (SELECT current_setting('pleegzicht.subject', true)))
"""
# A mandate has two sides. It is read as it stands: whether it holds today is the application's to say.
WITH_A_MANDATE = f"""
    EXISTS (SELECT FROM toezichtsmandaat m
            WHERE m.organisatie_id = organisatie.id AND m.inspectie_id = {SETTING})
"""
# A command is told the code of an organisatie, and needs its id to work for it.
NAMED_BY_A_COMMAND = "code = (SELECT current_setting('pleegzicht.code', true))"
# An inspecteur names an audit by its id alone; whose it is tells under which mandate the look is logged.
FROZEN_UNDER_A_MANDATE = f"""
    (status = 'vastgesteld' AND EXISTS (
        SELECT FROM toezichtsmandaat m
        WHERE m.organisatie_id = kwartaaltoets.organisatie_id AND m.inspectie_id = {SETTING}
    ))
"""
MANDATE_ON_US = f"""
    EXISTS (SELECT FROM toezichtsmandaat m
            WHERE m.id = mandaat_intrekking.mandaat_id AND m.inspectie_id = {SETTING})
"""
OURSELVES = f"id = {SETTING}"
#: table → which of its rows exist for a session beside those of its own organisatie
SHARED = {
    "account": THE_ONE_THAT_SIGNS_IN,
    "kwartaaltoets": FROZEN_UNDER_A_MANDATE,
    "toezichtsmandaat": f"inspectie_id = {SETTING}",
    "mandaat_intrekking": MANDATE_ON_US,
    "inzage": f"account_id = {ACCOUNT}",
    "inzage_afloop": "inzage_id IN (SELECT i.id FROM inzage i)",
}
#: a line in the access log may be added for any organisatie: it shows nothing, and must never be refused
ANYBODY_MAY_ADD = ("inzage", "inzage_afloop")

CREATE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$
"""
GRANT_MEMBERSHIP = """
DO $$
BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
        EXECUTE format('GRANT {role} TO %I', current_user);
    END IF;
END
$$
"""
# pg_dump asks for every row or fails; that right only a superuser can give. Without it a backup is made by another
# login that has it, and docs/beheer.md says so.
BYPASS = """
DO $$
BEGIN
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        ALTER ROLE pleegzicht_backup BYPASSRLS;
    END IF;
END
$$
"""


def upgrade() -> None:
    """Apply."""
    for role in ("pleegzicht_migratie", "pleegzicht_backup"):
        op.execute(CREATE_ROLE.format(role=role))
        op.execute(GRANT_MEMBERSHIP.format(role=role))
    op.execute(BYPASS)
    op.execute("GRANT USAGE ON SCHEMA public TO pleegzicht_backup")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO pleegzicht_backup")
    op.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_backup")
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pleegzicht_backup")
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO pleegzicht_backup")
    for table in OF_ONE:
        protect(table)
    for table, more in SHARED.items():
        protect(table, visible=f"{OWN} OR {more}", writable="true" if table in ANYBODY_MAY_ADD else OWN)
    visible = f"{OURSELVES} OR soort = 'inspectie' OR {NAMED_BY_A_COMMAND} OR {WITH_A_MANDATE}"
    protect("organisatie", visible=visible, writable=OURSELVES, inspected=OURSELVES)


def downgrade() -> None:
    """Undo, the roles excepted: other databases of the cluster may use them."""
    for table in ("organisatie", *SHARED, *OF_ONE):
        expose(table)
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM pleegzicht_backup")
    op.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON SEQUENCES FROM pleegzicht_backup")
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pleegzicht_backup")
    op.execute("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM pleegzicht_backup")
    op.execute("REVOKE ALL ON SCHEMA public FROM pleegzicht_backup")
