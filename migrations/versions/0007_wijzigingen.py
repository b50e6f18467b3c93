"""The change log, chained per organisatie, and the seals that anchor it outside the database.

Every statement on a business table writes one entry per row (``migrations/bevroren/wijzigingslog.py``), whichever way
it came: the application, an import through COPY, or somebody's own SQL. All entries of one organisatie in one
transaction form a wijzigingspakket. When the
transaction commits, a deferred trigger locks the organisatie's head, last of all, and adds the next schakel of its
chain: nobody else waits longer than the commit itself.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import SETTINGS, Captured, capture, record_standing, release

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("zegel", "wijzigingsschakel", "wijzigingskop", "wijziging", "wijzigingspakket")
#: of every version of a fact; nummer is the number of the source system, by which people know it
VERSION = (
    "eerste_id",
    "nummer",
    "versie",
    "vervangt_id",
    "ingetrokken",
    "vastgelegd_op",
    "vastgelegd_door",
    "volgorde",
)
OF_PLAATSING = "(SELECT p.pleegkind_id FROM public.plaatsing p WHERE p.id = r.plaatsing_id)"
OF_KIND = "r.pleegkind_id"


def feit(
    table: str,
    *plain: str,
    hidden: tuple[str, ...] = (),
    kind: str = "NULL::bigint",
    binary: tuple[str, ...] = (),
    arrays: tuple[str, ...] = (),
) -> Captured:
    """Return how a table of facts is captured; why it was changed is free text."""
    return Captured(
        table,
        (*VERSION, *plain),
        ("wijzigingsreden", *hidden),
        kind=kind,
        binary=binary,
        arrays=arrays,
        versions=True,
    )


CAPTURED = (
    Captured("organisatie", ("code", "naam", "soort"), tenant="id"),
    Captured("team", ("naam",)),
    Captured("account", ("medewerker_id", "ingetrokken_op"), ("issuer", "subject"), uid=False),
    feit("medewerker", "rol", "team_id", hidden=("naam", "email")),
    feit("pleeggezin", "soort", "pleegcontract_op", hidden=("naam", "gemeente")),
    feit(
        "gezinslid", "pleeggezin_id", "geboortedatum", "rol", "inwonend_sinds", "inwonend_tot", hidden=("naam",)
    ),
    feit("vgb", "gezinslid_id", "status", "datum", "herscreening_uiterlijk"),
    feit("evaluatie", "pleeggezin_id", "datum"),
    feit(
        "pleegkind", "geboortedatum", "geslacht", kind="r.feit_id",
        hidden=("roepnaam", "achternaam", "bsn_versleuteld", "bsn_index"), binary=("bsn_versleuteld", "bsn_index"),
    ),
    feit("maatregel", "pleegkind_id", "soort", "van", "tot", hidden=("gi", "jeugdbeschermer"), kind=OF_KIND),
    feit(
        "plaatsing", "pleegkind_id", "pleeggezin_id", "vorm", "zorgvorm", "van", "tot", hidden=("eindreden",),
        kind=OF_KIND,
    ),
    feit("begeleiding", "plaatsing_id", "medewerker_id", "van", "tot", kind=OF_PLAATSING),
    feit(
        "kindgesprek", "plaatsing_id", "datum", "medewerker_id", "doorgegaan", "alleen", "vorm", "veiligheid_besproken",
        "reden_niet_alleen", "kind_voelde_zich_veilig", hidden=("stem_van_het_kind", "themas", "vervolgactie"),
        arrays=("themas",), kind=OF_PLAATSING,
    ),
    feit(
        "veiligheidscheck", "plaatsing_id", "datum", "medewerker_id", "uitkomst", hidden=("instrument",),
        kind=OF_PLAATSING,
    ),
    feit("huisbezoek", "plaatsing_id", "datum", "medewerker_id", kind=OF_PLAATSING),
    feit(
        "casuistiekbespreking", "pleegkind_id", "datum", "multidisciplinair", "deelnemers",
        "gedragswetenschapper_aanwezig", "ruisfactor", "extra_inzet_id", hidden=("conclusie", "acties"),
        arrays=("acties",), kind=OF_KIND,
    ),
    feit("ontwikkelbeeld", "pleegkind_id", "datum", kind=OF_KIND),
    feit("hulpverleningsplan", "pleegkind_id", "datum", kind=OF_KIND),
    feit("pleegoudervoogdgesprek", "pleegkind_id", "datum", kind=OF_KIND),
    feit("vertrouwenspersoon", "pleegkind_id", "sinds", "soort", hidden=("naam",), kind=OF_KIND),
    feit(
        "signaal", "pleegkind_id", "datum", "bekend_geworden_op", "vraagt_veiligheidscheck", "calamiteit",
        "bij_twijfel", "gemeld_igj_op", "onthulling", hidden=("soort",), kind=OF_KIND,
    ),
    feit(
        "meldcodestap", "signaal_id", "stap", "datum", "veilig_thuis", "medewerker_id", hidden=("toelichting",),
        kind="(SELECT s.pleegkind_id FROM public.signaal s WHERE s.id = r.signaal_id)",
    ),
    feit(
        "ruisscore", "pleegkind_id", "code", "datum", "geldt_tot", "medewerker_id", hidden=("reden",), kind=OF_KIND
    ),
    feit(
        "uitzondering", "pleegkind_id", "normen", "van", "herzien_uiterlijk", "opgesteld_door", "goedgekeurd_door",
        "goedkeurder_rol", hidden=("reden", "borging"), kind=OF_KIND,
    ),
    Captured(
        "eigen_norm",
        ("code", "versie", "geldig_van", "geldig_tot", "zwaarte", "waarschuwing_dagen", "parameters", "vastgelegd_op",
         "vastgelegd_door"),
        ("toelichting",), json=("parameters",),
    ),
    Captured(
        "kwartaaltoets",
        ("kwartaal", "versie", "status", "vervangt_id", "aangemaakt_op", "aangemaakt_door", "bekend_op", "volgorde",
         "rijen", "digest", "vastgesteld_op", "vastgesteld_door", "zegel_id"),
        ("kop", "kengetallen"), json=("kop", "kengetallen"),
    ),
    Captured(
        "extra_inzet", ("toets_id", "pleegkind_id", "criteria", "uiterlijk", "aangemaakt_op"), kind=OF_KIND
    ),
    Captured(
        "extra_inzet_stap",
        ("extra_inzet_id", "nummer", "soort", "eigenaar_id", "eigenaar_rol", "op", "door", "feit_soort", "feit_uid"),
        ("reden",), uid=False,
        kind="(SELECT e.pleegkind_id FROM public.extra_inzet e WHERE e.id = r.extra_inzet_id)",
    ),
    Captured(
        "toezichtsmandaat", ("inspectie_id", "van", "tot", "dossiertekst", "gegeven_op", "gegeven_door"),
        ("doel", "wettelijke_grond"),
    ),
    Captured("mandaat_intrekking", ("mandaat_id", "op", "door"), ("reden",), uid=False),
)  # fmt: skip

#: what the columns were that differ, NULL included; NULL when none does
DIFFERENCE = """
CREATE FUNCTION wijziging_verschil(eerder jsonb, nu jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT jsonb_object_agg(naam, waarde)
    FROM jsonb_each(eerder) AS veld (naam, waarde)
    WHERE waarde IS DISTINCT FROM nu -> naam
$$
"""
# Found again by transaction and by its beginning: a database that was restored from a dump counts its transactions
# anew, and may come past the same number.
PACKAGE = f"""
CREATE FUNCTION wijzigingspakket_van(van bigint) RETURNS bigint LANGUAGE plpgsql {SETTINGS} AS $$
DECLARE
    deze bigint := pg_current_xact_id()::text::bigint;
    gevonden bigint;
BEGIN
    SELECT p.id INTO gevonden FROM public.wijzigingspakket p
    WHERE p.organisatie_id = van AND p.transactie = deze AND p.op = transaction_timestamp();
    IF gevonden IS NULL THEN
        INSERT INTO public.wijzigingspakket
            (organisatie_id, transactie, op, account_id, medewerker_id, verzoek_id, reden)
        VALUES (
            van, deze, transaction_timestamp(),
            nullif(current_setting('pleegzicht.account', true), '')::bigint,
            nullif(current_setting('pleegzicht.medewerker', true), '')::bigint,
            nullif(current_setting('pleegzicht.verzoek', true), ''),
            nullif(current_setting('pleegzicht.reden', true), '')
        )
        RETURNING id INTO gevonden;
    END IF;
    RETURN gevonden;
END
$$
"""
# The digest of the content is made before the head is locked. One transaction may have written for several
# organisaties, so each link is made as that one; the setting ends with the transaction anyway.
LINK = f"""
CREATE FUNCTION sluit_wijzigingspakket() RETURNS trigger LANGUAGE plpgsql {SETTINGS} AS $$
DECLARE
    namens text := coalesce(current_setting('pleegzicht.organisatie', true), '');
    regels bigint;
    inhoud bytea;
    kop public.wijzigingskop;
    nieuw bytea;
BEGIN
    PERFORM set_config('pleegzicht.organisatie', NEW.organisatie_id::text, true);
    SELECT count(*), sha256(coalesce(string_agg(w.digest, '' ORDER BY w.id), '')) INTO STRICT regels, inhoud
    FROM public.wijziging w WHERE w.organisatie_id = NEW.organisatie_id AND w.pakket_id = NEW.id;
    INSERT INTO public.wijzigingskop (organisatie_id, nummer, hash)
    VALUES (NEW.organisatie_id, 0, sha256('')) ON CONFLICT (organisatie_id) DO NOTHING;
    SELECT * INTO STRICT kop FROM public.wijzigingskop k WHERE k.organisatie_id = NEW.organisatie_id FOR UPDATE;
    nieuw := sha256(convert_to(jsonb_build_array(
        'wijzigingsschakel/1', NEW.organisatie_id, kop.nummer + 1, encode(kop.hash, 'hex'), NEW.id, NEW.transactie,
        NEW.op, NEW.account_id, NEW.medewerker_id, NEW.verzoek_id, NEW.reden, regels, encode(inhoud, 'hex')
    )::text, 'UTF8'));
    INSERT INTO public.wijzigingsschakel (organisatie_id, nummer, pakket_id, aantal, vorige, hash)
    VALUES (NEW.organisatie_id, kop.nummer + 1, NEW.id, regels, kop.hash, nieuw);
    UPDATE public.wijzigingskop SET nummer = kop.nummer + 1, hash = nieuw WHERE organisatie_id = NEW.organisatie_id;
    PERFORM set_config('pleegzicht.organisatie', namens, true);
    RETURN NULL;
END
$$
"""
REFUSE = """
CREATE FUNCTION bewaak_wijzigingslog() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'wat is vastgelegd over wijzigingen blijft zoals het is' USING ERRCODE = 'insufficient_privilege';
END
$$
"""
ADDED_ONLY = ("wijzigingspakket", "wijziging", "wijzigingsschakel", "zegel")
REASON = "Beginstand: stond er al toen het wijzigingslog begon"
WOULD_LOSE = "SELECT EXISTS (SELECT FROM wijziging)"


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def key() -> sa.Column[Any]:
    """Return the identity of a table."""
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def of_organisatie(table: str) -> sa.ForeignKeyConstraint:
    """Return the reference to the tenant."""
    return sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id"))


def upgrade() -> None:
    """Apply."""
    create_package()
    create_entry()
    create_chain()
    create_seal()
    for statement in (DIFFERENCE, PACKAGE, LINK, REFUSE):
        op.execute(statement)
    op.execute(
        "CREATE CONSTRAINT TRIGGER sluit_wijzigingspakket AFTER INSERT ON wijzigingspakket "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sluit_wijzigingspakket()"
    )
    guard()
    for table in CAPTURED:
        capture(table)
    for table in CAPTURED:
        record_standing(table, "toegevoegd", REASON)


def create_package() -> None:
    """Create what one transaction changed for one organisatie: when, who, and for which request."""
    name = "wijzigingspakket"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("transactie", sa.BigInteger()),
        column("op", sa.DateTime(timezone=True)),
        column("account_id", sa.BigInteger(), null=True),
        column("medewerker_id", sa.BigInteger(), null=True),
        column("verzoek_id", sa.Text(), null=True),
        column("reden", sa.Text(), null=True),
        of_organisatie(name),
        sa.UniqueConstraint("organisatie_id", "transactie", "op", name=op.f(f"uq_{name}_organisatie_id_transactie_op")),
    )
    op.create_index(op.f(f"ix_{name}_organisatie_id_op"), name, ["organisatie_id", "op"])


def create_entry() -> None:
    """Create the entries; ``pleegzicht verifieer`` checks their references, for a check per row would slow writing."""
    name = "wijziging"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("pakket_id", sa.BigInteger()),
        column("tabel", sa.Text()),
        column("rij_id", sa.BigInteger()),
        column("uid", sa.Uuid(), null=True),
        column("pleegkind_id", sa.BigInteger(), null=True),
        column("handeling", sa.String(40)),
        column("zout", sa.Uuid()),
        column("voor", postgresql.JSONB(), null=True),
        column("na", postgresql.JSONB(), null=True),
        column("digest", sa.LargeBinary()),
        of_organisatie(name),
        sa.CheckConstraint("handeling IN ('toegevoegd', 'gewijzigd', 'verwijderd')", name=op.f(f"ck_{name}_handeling")),
    )
    op.create_index(op.f(f"ix_{name}_organisatie_id_pakket_id_id"), name, ["organisatie_id", "pakket_id", "id"])
    op.create_index(
        op.f(f"ix_{name}_pleegkind_id"),
        name,
        ["pleegkind_id", "pakket_id", "id"],
        postgresql_where=sa.text("pleegkind_id IS NOT NULL"),
    )


def create_chain() -> None:
    """Create the links, and the head of each organisatie."""
    name = "wijzigingsschakel"
    op.create_table(
        name,
        column("organisatie_id", sa.BigInteger()),
        column("nummer", sa.BigInteger()),
        column("pakket_id", sa.BigInteger()),
        column("aantal", sa.BigInteger()),
        column("vorige", sa.LargeBinary()),
        column("hash", sa.LargeBinary()),
        of_organisatie(name),
        sa.PrimaryKeyConstraint("organisatie_id", "nummer", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("pakket_id", name=op.f(f"uq_{name}_pakket_id")),
    )
    name = "wijzigingskop"
    op.create_table(
        name,
        sa.Column("organisatie_id", sa.BigInteger(), autoincrement=False, nullable=False),
        column("nummer", sa.BigInteger()),
        column("hash", sa.LargeBinary()),
        of_organisatie(name),
        sa.PrimaryKeyConstraint("organisatie_id", name=op.f(f"pk_{name}")),
    )


def create_seal() -> None:
    """Create the copies of the seals, to number the next and to print the last; what anchors is outside."""
    name = "zegel"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("nummer", sa.BigInteger()),
        column("op", sa.DateTime(timezone=True)),
        column("digest", sa.Text()),
        column("inhoud", sa.Text()),
        column("handtekening", sa.Text()),
        of_organisatie(name),
        sa.UniqueConstraint("organisatie_id", "nummer", name=op.f(f"uq_{name}_organisatie_id_nummer")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
    )
    op.add_column("kwartaaltoets", column("zegel_id", sa.BigInteger(), null=True))
    # The column is empty and the table small; lock_timeout bounds the wait.
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid, adding-foreign-key-constraint\n"
        "ALTER TABLE kwartaaltoets ADD CONSTRAINT fk_kwartaaltoets_zegel_id "
        "FOREIGN KEY (organisatie_id, zegel_id) REFERENCES zegel (organisatie_id, id)"
    )
    op.execute("GRANT SELECT (zegel_id) ON kwartaaltoets TO pleegzicht_inzage")
    op.execute("GRANT SELECT ON zegel TO pleegzicht_inzage")


def guard() -> None:
    """Close the log: whoever asks may add to it, and not change what is in it. Only the head moves."""
    for table in ADDED_ONLY:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
    op.execute("GRANT SELECT, INSERT, UPDATE ON wijzigingskop TO pleegzicht_app")
    for table in TABLES:
        protect(table)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")


def downgrade() -> None:
    """Undo; refuses when anything was logged."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in reversed(CAPTURED):
        release(table.table)
    op.drop_column("kwartaaltoets", "zegel_id")
    for table in TABLES:
        op.drop_table(table)
    for function in ("bewaak_wijzigingslog()", "sluit_wijzigingspakket()", "wijzigingspakket_van(bigint)"):
        op.execute(f"DROP FUNCTION {function}")
    op.execute("DROP FUNCTION wijziging_verschil(jsonb, jsonb)")
