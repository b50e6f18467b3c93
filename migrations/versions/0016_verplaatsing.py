"""A fact that was recorded with the wrong child is moved: what its versions say of that, captured in the change log.

Uids and no references: each file can be destroyed without the other. Nothing was moved before, so nothing is filled.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.wijzigingslog import Captured, capture

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = ("verplaatst_van", "verplaatst_naar")
CHECKS = {
    "verplaatst_is_ingetrokken": "verplaatst_naar IS NULL OR ingetrokken",
    "verplaatst_begint": "verplaatst_van IS NULL OR (versie = 1 AND eerst_vastgelegd_op IS NOT NULL)",
}
#: of every version of a fact, as 0013 has it
VERSION = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "eerst_vastgelegd_op",
)  # fmt: skip
#: table → what it says in plain, hidden, which of that are arrays, and what it hangs on
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]] = {
    "maatregel": (("pleegkind_id", "soort", "van", "tot"), ("gi", "jeugdbeschermer"), (), "pleegkind"),
    "plaatsing": (
        ("pleegkind_id", "pleeggezin_id", "vorm", "zorgvorm", "van", "tot"), ("eindreden",), (), "pleegkind",
    ),
    "begeleiding": (("plaatsing_id", "medewerker_id", "van", "tot"), (), (), "plaatsing"),
    "kindgesprek": (
        ("plaatsing_id", "datum", "medewerker_id", "doorgegaan", "alleen", "vorm", "veiligheid_besproken",
         "reden_niet_alleen", "kind_voelde_zich_veilig"),
        ("stem_van_het_kind", "themas", "vervolgactie"), ("themas",), "plaatsing",
    ),
    "veiligheidscheck": (("plaatsing_id", "datum", "medewerker_id", "uitkomst"), ("instrument",), (), "plaatsing"),
    "huisbezoek": (("plaatsing_id", "datum", "medewerker_id"), (), (), "plaatsing"),
    "casuistiekbespreking": (
        ("pleegkind_id", "datum", "multidisciplinair", "deelnemers", "gedragswetenschapper_aanwezig", "ruisfactor",
         "extra_inzet_id"),
        ("conclusie", "acties"), ("acties",), "pleegkind",
    ),
    "ontwikkelbeeld": (("pleegkind_id", "datum"), (), (), "pleegkind"),
    "hulpverleningsplan": (("pleegkind_id", "datum"), (), (), "pleegkind"),
    "pleegoudervoogdgesprek": (("pleegkind_id", "datum"), (), (), "pleegkind"),
    "vertrouwenspersoon": (("pleegkind_id", "sinds", "soort"), ("naam",), (), "pleegkind"),
    "signaal": (
        ("pleegkind_id", "datum", "bekend_geworden_op", "vraagt_veiligheidscheck", "calamiteit", "bij_twijfel",
         "gemeld_igj_op", "onthulling"),
        ("soort",), (), "pleegkind",
    ),
    "meldcodestap": (
        ("signaal_id", "stap", "datum", "veilig_thuis", "medewerker_id"), ("toelichting",), (), "signaal",
    ),
    "ruisscore": (("pleegkind_id", "code", "datum", "geldt_tot", "medewerker_id"), ("reden",), (), "pleegkind"),
    "uitzondering": (
        ("pleegkind_id", "normen", "van", "herzien_uiterlijk", "opgesteld_door", "goedgekeurd_door",
         "goedkeurder_rol"),
        ("reden", "borging"), (), "pleegkind",
    ),
}  # fmt: skip
#: the child of the newest version of what a row hangs on, as 0013 has it
KIND_OF = {
    name: f"(SELECT h.pleegkind_id FROM public.{name} h WHERE h.feit_id = r.{name}_id ORDER BY h.versie DESC LIMIT 1)"
    for name in ("plaatsing", "signaal")
} | {"pleegkind": "r.pleegkind_id"}


def captured(table: str, *more: str) -> Captured:
    """Return how a table is captured, with columns more than it had."""
    plain, hidden, arrays, owner = TABLES[table]
    return Captured(
        table,
        (*VERSION, *plain, *more),
        ("wijzigingsreden", *hidden),
        arrays=arrays,
        kind=KIND_OF[owner],
        versions=True,
    )


def upgrade() -> None:
    """Apply."""
    for table in TABLES:
        for name in NEW:
            op.add_column(table, sa.Column(name, sa.Uuid(), nullable=True))
        for name, condition in CHECKS.items():
            # The scan is once, and writing waits for it at most lock_timeout.
            op.execute(
                "-- squawk-ignore constraint-missing-not-valid\n"
                f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})"
            )
        op.execute(f"GRANT SELECT ({', '.join(NEW)}) ON {table} TO pleegzicht_inzage")
        capture(captured(table, *NEW))


def downgrade() -> None:
    """Undo; refuses when anything was moved."""
    for table in TABLES:
        moved = sa.text(f"SELECT EXISTS (SELECT FROM {table} WHERE verplaatst_naar IS NOT NULL)")
        if op.get_bind().execute(moved).scalar_one():
            msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
            raise RuntimeError(msg)
    for table in TABLES:
        capture(captured(table))
        for name in CHECKS:
            op.drop_constraint(f"ck_{table}_{name}", table)
        for name in reversed(NEW):
            op.drop_column(table, name)
