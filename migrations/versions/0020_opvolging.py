"""What was seen, said and done: new fields of visits, checks, talks, signalen and uitzonderingen; steps and actions.

Everything new is empty for what was recorded before, which says that it was not recorded, and never "no"; only what a
signaal is (geweld, letsel) and what an uitzondering is (soort) have a value that they had all along.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, record_standing, release

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

AANWEZIGEN = ("ander", "huisgenoot", "jeugdbeschermer", "ouder", "pleegouder", "tolk")
BRONNEN = ("kind", "school", "ouder", "pleegouder", "politie", "arts", "professional", "ander")
BIJ_ALLEEN = ("ander", "jeugdbeschermer", "tolk")
REDEN = "velden over geweld, letsel en zichtplannen toegevoegd"
REDEN_TERUG = "velden over geweld, letsel en zichtplannen weggehaald"


class Kolom(NamedTuple):
    """A new column; one with a ``standaard`` is filled for what is there."""

    name: str
    kind: Any
    verplicht: bool = False
    standaard: str = ""

    def made(self) -> sa.Column[Any]:
        """Return the column."""
        default = sa.text(self.standaard) if self.standaard else None
        return sa.Column(self.name, self.kind, server_default=default, nullable=not (self.verplicht or self.standaard))


def listed(values: Sequence[str]) -> str:
    """Return a closed list as SQL."""
    return ", ".join(f"'{value}'" for value in values)


def within(column: str, values: Sequence[str]) -> str:
    """Return the condition that an array holds nothing but these."""
    return f"{column} <@ ARRAY[{listed(values)}]::text[]"


#: table → its new columns, in order; all empty but those with a default
NEW: Mapping[str, Sequence[Kolom]] = {
    "kindgesprek": (
        Kolom("plaats", sa.String(40)),
        Kolom("veilig_in_gezin", sa.String(40)),
        Kolom("wat_wil_het_kind", sa.Text()),
        Kolom("teruggekoppeld_op", sa.Date()),
        Kolom("aanwezigen", sa.ARRAY(sa.Text())),
    ),
    "veiligheidscheck": (Kolom("kind_gezien", sa.Boolean()),),
    "huisbezoek": (
        Kolom("kind_gezien", sa.Boolean()),
        Kolom("aangekondigd", sa.Boolean()),
        Kolom("nieuwe_huisgenoot", sa.Boolean()),
        Kolom("aanwezigen", sa.ARRAY(sa.Text())),
    ),
    "signaal": (
        Kolom("geweld", sa.Boolean(), standaard="false"),
        Kolom("letsel", sa.Boolean(), standaard="false"),
        Kolom("conclusie_op", sa.Date()),
        Kolom("bron", sa.String(40)),
        Kolom("toelichting", sa.Text()),
    ),
    "uitzondering": (
        Kolom("soort", sa.String(40), standaard="'uitzondering'"),
        Kolom("waarneming_dagen", sa.BigInteger()),
    ),
}
#: table → name → condition
CHECKS: Mapping[str, Mapping[str, str]] = {
    "kindgesprek": {
        "plaats": f"plaats IN ({listed(('thuis', 'school', 'buiten', 'kantoor', 'elders'))})",
        "veilig_in_gezin": f"veilig_in_gezin IN ({listed(('ja', 'twijfel', 'nee', 'onbekend'))})",
        "bekende_aanwezigen": within("aanwezigen", AANWEZIGEN),
        "alleen_zonder_gezin": f"NOT alleen OR {within('aanwezigen', BIJ_ALLEEN)}",
    },
    "huisbezoek": {"bekende_aanwezigen": within("aanwezigen", AANWEZIGEN)},
    "signaal": {
        "bron": f"bron IN ({listed(BRONNEN)})",
        "conclusie_na_twijfel": "conclusie_op IS NULL OR (bij_twijfel AND conclusie_op >= bekend_geworden_op)",
    },
    "uitzondering": {
        "soort": f"soort IN ({listed(('uitzondering', 'zichtplan'))})",
        "herziening_op_tijd": (
            "herzien_uiterlijk >= van AND CASE soort WHEN 'zichtplan' "
            "THEN herzien_uiterlijk <= van + interval '6 months' ELSE herzien_uiterlijk <= van + 90 END"
        ),
        "waarneming_van_zichtplan": (
            "(soort = 'zichtplan') = (waarneming_dagen IS NOT NULL) AND waarneming_dagen BETWEEN 1 AND 42"
        ),
        "zichtplan": (
            f"soort <> 'zichtplan' OR (van >= '2026-10-01' AND {within('normen', ('KAG-3', 'KAG-D', 'KAG-R'))})"
        ),
    },
}
OLD_CHECK = ("hoogstens_90_dagen", "herzien_uiterlijk >= van AND herzien_uiterlijk <= van + 90")

#: of every version of a fact about a child, as 0016 has it
VERSION = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "eerst_vastgelegd_op", "verplaatst_van", "verplaatst_naar",
)  # fmt: skip
#: table → what it says in plain, hidden, which of that are arrays, and what it hangs on, as 0016 has it
OLD: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]] = {
    "kindgesprek": (
        ("plaatsing_id", "datum", "medewerker_id", "doorgegaan", "alleen", "vorm", "veiligheid_besproken",
         "reden_niet_alleen", "kind_voelde_zich_veilig"),
        ("stem_van_het_kind", "themas", "vervolgactie"), ("themas",), "plaatsing",
    ),
    "veiligheidscheck": (("plaatsing_id", "datum", "medewerker_id", "uitkomst"), ("instrument",), (), "plaatsing"),
    "huisbezoek": (("plaatsing_id", "datum", "medewerker_id"), (), (), "plaatsing"),
    "signaal": (
        ("pleegkind_id", "datum", "bekend_geworden_op", "vraagt_veiligheidscheck", "calamiteit", "bij_twijfel",
         "gemeld_igj_op", "onthulling"),
        ("soort",), (), "pleegkind",
    ),
    "uitzondering": (
        ("pleegkind_id", "normen", "van", "herzien_uiterlijk", "opgesteld_door", "goedgekeurd_door",
         "goedkeurder_rol"),
        ("reden", "borging"), (), "pleegkind",
    ),
}  # fmt: skip
#: what is free text of what is new
HIDDEN = frozenset({"wat_wil_het_kind", "toelichting", "omschrijving"})
KIND_OF = {
    "plaatsing": (
        "(SELECT h.pleegkind_id FROM public.plaatsing h WHERE h.feit_id = r.plaatsing_id "
        "ORDER BY h.versie DESC LIMIT 1)"
    ),
    "pleegkind": "r.pleegkind_id",
}

#: the two new kinds: columns, what they refer to, and conditions
FACTS: Mapping[str, tuple[Sequence[Kolom], Mapping[str, str], Mapping[str, str]]] = {
    "opvolgstap": (
        (
            Kolom("pleegkind_id", sa.BigInteger(), verplicht=True),
            Kolom("kindgesprek_id", sa.BigInteger()),
            Kolom("veiligheidscheck_id", sa.BigInteger()),
            Kolom("signaal_id", sa.BigInteger()),
            Kolom("stap", sa.String(40), verplicht=True),
            Kolom("datum", sa.Date(), verplicht=True),
            Kolom("met", sa.String(40)),
            Kolom("besluit", sa.String(40)),
            Kolom("toelichting", sa.Text()),
            Kolom("medewerker_id", sa.BigInteger(), verplicht=True),
        ),
        {
            "pleegkind_id": "pleegkind", "kindgesprek_id": "kindgesprek", "veiligheidscheck_id": "veiligheidscheck",
            "signaal_id": "signaal", "medewerker_id": "medewerker",
        },
        {
            "stap": f"stap IN ({listed(('overleg', 'besluit'))})",
            "met": f"met IN ({listed(('gedragswetenschapper', 'teamleider', 'veilig_thuis'))})",
            "besluit": (
                f"besluit IN ({listed(('geen_gevaar', 'afspraken', 'hulp', 'melding_veilig_thuis', 'uit_huis'))})"
            ),
            "een_aanleiding": "num_nonnulls(kindgesprek_id, veiligheidscheck_id, signaal_id) = 1",
            "met_of_besluit": "(stap = 'overleg') = (met IS NOT NULL) AND (stap = 'besluit') = (besluit IS NOT NULL)",
        },
    ),
    "actie": (
        (
            Kolom("pleegkind_id", sa.BigInteger(), verplicht=True),
            Kolom("datum", sa.Date(), verplicht=True),
            Kolom("omschrijving", sa.Text(), verplicht=True),
            Kolom("eigenaar_id", sa.BigInteger(), verplicht=True),
            Kolom("uiterlijk", sa.Date(), verplicht=True),
            Kolom("gedaan_op", sa.Date()),
        ),
        {"pleegkind_id": "pleegkind", "eigenaar_id": "medewerker"},
        {},
    ),
}  # fmt: skip
CHAIN = {
    "versie_keten": "(versie = 1) = (vervangt_id IS NULL) AND (versie = 1) = (eerste_id IS NULL)",
    "reden_bij_nieuwe_versie": "versie = 1 OR wijzigingsreden IS NOT NULL",
    "eerste_versie_niet_ingetrokken": "versie > 1 OR NOT ingetrokken",
    "verplaatst_is_ingetrokken": "verplaatst_naar IS NULL OR ingetrokken",
    "verplaatst_begint": "verplaatst_van IS NULL OR (versie = 1 AND eerst_vastgelegd_op IS NOT NULL)",
}


def captured(table: str, columns: Sequence[Kolom] = ()) -> Captured:
    """Return how a table is captured, with columns more than it had."""
    plain, hidden, arrays, owner = OLD.get(table, ((), (), (), "pleegkind"))
    names = [column.name for column in columns]
    return Captured(
        table,
        (*VERSION, *plain, *(name for name in names if name not in HIDDEN)),
        ("wijzigingsreden", *hidden, *(name for name in names if name in HIDDEN)),
        arrays=arrays,
        kind=KIND_OF[owner],
        versions=True,
    )


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"-- squawk-ignore ban-drop-constraint\nALTER TABLE uitzondering DROP CONSTRAINT ck_uitzondering_{OLD_CHECK[0]}"
    )
    for table, columns in NEW.items():
        extend(table, columns)
    for table in ("kindgesprek", "veiligheidscheck"):
        # Some two million rows nationally: seconds, once, and lock_timeout bounds the wait for it.
        op.execute(
            "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
            f"ALTER TABLE {table} ADD CONSTRAINT uq_{table}_organisatie_id_id UNIQUE (organisatie_id, id)"
        )
    for table, (columns, references, checks) in FACTS.items():
        create_fact(table, columns, references, checks)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    for table, columns in NEW.items():
        if any(column.standaard for column in columns):
            record_standing(captured(table, columns), "gewijzigd", REDEN)


def extend(table: str, columns: Sequence[Kolom]) -> None:
    """Add columns to a table: with their conditions, readable for an inspecteur, and in the change log."""
    for column in columns:
        op.add_column(table, column.made())
    for name, condition in CHECKS.get(table, {}).items():
        # What is there has nothing in the new columns: the scan is once, and lock_timeout bounds the wait for it.
        op.execute(
            "-- squawk-ignore constraint-missing-not-valid\n"
            f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})"
        )
    op.execute(f"GRANT SELECT ({', '.join(column.name for column in columns)}) ON {table} TO pleegzicht_inzage")
    capture(captured(table, columns))


def create_fact(table: str, columns: Sequence[Kolom], references: Mapping[str, str], checks: Mapping[str, str]) -> None:
    """Create a table of versioned facts about a child, with all that guards it."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        sa.Column("eerste_id", sa.BigInteger(), nullable=True),
        sa.Column("feit_id", sa.BigInteger(), sa.Computed("coalesce(eerste_id, id)", persisted=True), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("versie", sa.BigInteger(), nullable=False),
        sa.Column("vervangt_id", sa.BigInteger(), nullable=True),
        sa.Column("ingetrokken", sa.Boolean(), nullable=False),
        sa.Column("wijzigingsreden", sa.Text(), nullable=True),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=True),
        sa.Column("volgorde", sa.BigInteger(), nullable=False),
        sa.Column("verplaatst_van", sa.Uuid(), nullable=True),
        sa.Column("verplaatst_naar", sa.Uuid(), nullable=True),
        sa.Column("eerst_vastgelegd_op", sa.DateTime(timezone=True), nullable=True),
        *(column.made() for column in columns),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
        sa.UniqueConstraint("uid", "versie", name=f"uq_{table}_uid_versie"),
        sa.ForeignKeyConstraint(["vervangt_id"], [f"{table}.id"], name=f"fk_{table}_vervangt_id"),
        sa.ForeignKeyConstraint(["eerste_id"], [f"{table}.id"], name=f"fk_{table}_eerste_id"),
        *(
            sa.ForeignKeyConstraint(
                ["organisatie_id", name], [f"{target}.organisatie_id", f"{target}.id"], name=f"fk_{table}_{name}"
            )
            for name, target in references.items()
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in {**CHAIN, **checks}.items()),
    )
    for name, on, unique, where in (
        (f"uq_{table}_nummer", ["organisatie_id", "nummer"], True, "versie = 1"),
        (f"uq_{table}_vervangt_id", ["vervangt_id"], True, "vervangt_id IS NOT NULL"),
        (f"ix_{table}_eerste_id", ["eerste_id"], False, "eerste_id IS NOT NULL"),
    ):
        op.create_index(name, table, on, unique=unique, postgresql_where=sa.text(where))
    op.create_index(f"ix_{table}_pleegkind_id_datum", table, ["pleegkind_id", "datum"])
    op.execute(
        f"CREATE TRIGGER bewaak_versie BEFORE INSERT ON {table} FOR EACH ROW "
        "WHEN (NEW.versie > 1) EXECUTE FUNCTION bewaak_versie()"
    )
    op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
    everything = (
        "id", "feit_id", "uid", "organisatie_id", *VERSION, "wijzigingsreden", *(column.name for column in columns),
    )  # fmt: skip
    op.execute(f"GRANT SELECT ({', '.join(everything)}) ON {table} TO pleegzicht_inzage")
    protect(table)
    capture(captured(table, columns))


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    filled = [f"EXISTS (SELECT FROM {table})" for table in FACTS]
    for table, columns in NEW.items():
        said = [f"{column.name} IS DISTINCT FROM {column.standaard or 'NULL'}" for column in columns]
        filled.append(f"EXISTS (SELECT FROM {table} WHERE {' OR '.join(said)})")
    if op.get_bind().execute(sa.text(f"SELECT {' OR '.join(filled)}")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in reversed(tuple(FACTS)):
        release(table)
        op.drop_table(table)
    for table in ("veiligheidscheck", "kindgesprek"):
        op.drop_constraint(f"uq_{table}_organisatie_id_id", table)
    for table, columns in NEW.items():
        capture(captured(table))
        for name in CHECKS.get(table, {}):
            op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        for column in reversed(columns):
            op.drop_column(table, column.name)
        if any(column.standaard for column in columns):
            record_standing(captured(table), "gewijzigd", REDEN_TERUG)
    op.create_check_constraint(op.f(f"ck_uitzondering_{OLD_CHECK[0]}"), "uitzondering", OLD_CHECK[1])
