"""What every request writes refers to its organisatie by something of that organisatie, and locks no row of it.

A reference is checked by a lock on the row that is referred to, so everybody of an organisatie met at its one row: with
every talk a dozen times, each lock written down and kept together with those of all others (ADR 0037). A fact refers to
its child or plaatsing by organisatie and key, which says the same and more; the logs and what follows from facts are
written by who works for the organisatie that row-level security checks.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

FEITEN = (
    "actie", "begeleiding", "casuistiekbespreking", "dossierlezing", "evaluatie", "gezinslid", "huisbezoek",
    "hulpverleningsplan", "kindgesprek", "maatregel", "meldcodestap", "ontwikkelbeeld", "opvolgstap", "plaatsing",
    "pleegoudervoogdgesprek", "ruisscore", "signaal", "uitstel", "uitzondering", "veiligheidscheck",
    "vertrouwenspersoon", "vgb",
)  # fmt: skip
WAT_VOLGT = ("termijn", "idempotentie", "wijzigingspakket", "wijziging", "wijzigingsschakel", "inzage", "inzage_afloop")

# ``{kop}`` is how it takes the head of the chain, for itself until the transaction ends.
SLUIT = """
CREATE OR REPLACE FUNCTION sluit_wijzigingspakket() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public SET timezone = 'UTC' AS $$
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
{kop}
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
BEGIN = """\
{inset}INSERT INTO public.wijzigingskop (organisatie_id, nummer, hash)
{inset}VALUES (NEW.organisatie_id, 0, sha256('')) ON CONFLICT (organisatie_id) DO NOTHING;
"""
NEEM = """\
{inset}SELECT * INTO {strict}kop FROM public.wijzigingskop k
{inset}WHERE k.organisatie_id = NEW.organisatie_id FOR UPDATE;"""
EERST_MAKEN = BEGIN.format(inset="    ") + NEEM.format(inset="    ", strict="STRICT ")
EERST_NEMEN = (
    NEEM.format(inset="    ", strict="")
    + "\n    IF NOT FOUND THEN\n"
    + BEGIN.format(inset="        ")
    + NEEM.format(inset="        ", strict="STRICT ")
    + "\n    END IF;"
)


def upgrade() -> None:
    """Apply."""
    for table in (*FEITEN, *WAT_VOLGT):
        op.drop_constraint(f"fk_{table}_organisatie_id", table, type_="foreignkey")
    op.execute(sa.text(SLUIT.format(kop=EERST_NEMEN)))


def downgrade() -> None:
    """Take back."""
    op.execute(sa.text(SLUIT.format(kop=EERST_MAKEN)))
    for table in (*FEITEN, *WAT_VOLGT):
        op.create_foreign_key(f"fk_{table}_organisatie_id", table, "organisatie", ["organisatie_id"], ["id"])
