"""What counts for late recording where that is not ``vastgelegd_op``, and whose child an entry of the log names.

A row that an import changes is known from the import on, and late it never is when its source does not say when it was
recorded. And of a plaatsing or a signaal that was corrected to be another child's, what is recorded there later is
about that child: the log asked the first version, and now asks the newest.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.wijzigingslog import Captured, capture

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMN = "eerst_vastgelegd_op"
#: of every version of a fact, as 0007 has it
VERSION = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
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
#: as 0007 wrote them, letter by letter: going down gives back what was there
FIRST_OF = {
    "plaatsing": "(SELECT p.pleegkind_id FROM public.plaatsing p WHERE p.id = r.plaatsing_id)",
    "signaal": "(SELECT s.pleegkind_id FROM public.signaal s WHERE s.id = r.signaal_id)",
    "pleegkind": "r.pleegkind_id",
}
NEWEST_OF = {
    name: f"(SELECT h.pleegkind_id FROM public.{name} h WHERE h.feit_id = r.{name}_id ORDER BY h.versie DESC LIMIT 1)"
    for name in ("plaatsing", "signaal")
} | {"pleegkind": "r.pleegkind_id"}


def captured(table: str, kinds: dict[str, str], *more: str) -> Captured:
    """Return how a table is captured, with columns more than it had."""
    plain, hidden, arrays, owner = TABLES[table]
    return Captured(
        table, (*VERSION, *plain, *more), ("wijzigingsreden", *hidden), arrays=arrays, kind=kinds[owner], versions=True
    )


def upgrade() -> None:
    """Apply."""
    for table in TABLES:
        op.add_column(table, sa.Column(COLUMN, sa.DateTime(timezone=True), nullable=True))
        op.execute(f"GRANT SELECT ({COLUMN}) ON {table} TO pleegzicht_inzage")
        capture(captured(table, NEWEST_OF, COLUMN))


def downgrade() -> None:
    """Undo; refuses when a moment would be lost."""
    for table in TABLES:
        filled = sa.text(f"SELECT EXISTS (SELECT FROM {table} WHERE {COLUMN} IS NOT NULL)")
        if op.get_bind().execute(filled).scalar_one():
            msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
            raise RuntimeError(msg)
    for table in TABLES:
        capture(captured(table, FIRST_OF))
        op.drop_column(table, COLUMN)
