"""Every column of every table has a place in what a child is given, so that a new one is decided about."""

import pytest
from sqlalchemy import Column, MetaData, Text

from app.access.dossierkolommen import BUITEN, KOLOMMEN
from app.models import Base
from app.models.base import Feit
from app.models.plaats import VERSIE, Plaats
from app.models.soorten import SOORTEN_VAN_KIND, FeitSoort
from app.queries.dossier.derden import NAAMKOLOMMEN
from app.queries.feiten.regels import feit_select

#: columns that hold a name, of somebody or something that is no third party
_NAMEN = frozenset(
    {
        "medewerker.naam",
        "inzage.naam",
        "organisatie.naam",
        "publicatie.organisatie_naam",
        "team.naam",
        "teamwijziging.naam",
    }
)


def unplaced(metadata: MetaData) -> set[str]:
    """Return every table, or column of a table of which something is shown, that has no place."""
    tables = {name for name in metadata.tables if name not in KOLOMMEN and name not in BUITEN}
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if table.name in KOLOMMEN and column.name not in KOLOMMEN[table.name]
    }
    return tables | columns


def test_every_table_and_every_column_has_a_place() -> None:
    assert unplaced(Base.metadata) == set()
    assert KOLOMMEN.keys() & BUITEN.keys() == set()


def test_nothing_has_a_place_that_is_not_there() -> None:
    tables = Base.metadata.tables
    assert (KOLOMMEN.keys() | BUITEN.keys()) - tables.keys() == set()
    assert [name for name, places in KOLOMMEN.items() if places.keys() - tables[name].columns.keys()] == []


def test_a_new_column_and_a_new_table_are_seen() -> None:
    copied = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(copied)
    copied.tables["kindgesprek"].append_column(Column("geheim", Text))
    Base.metadata.tables["huisbezoek"].to_metadata(copied, name="nieuw")
    assert unplaced(copied) == {"kindgesprek.geheim", "nieuw"}


def test_every_kind_of_fact_is_shown_or_is_about_the_family() -> None:
    facts = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if issubclass(mapper.class_, Feit)}
    shown = {soort.naam for soort in SOORTEN_VAN_KIND}
    assert shown <= KOLOMMEN.keys()
    assert facts - shown == {"medewerker", "pleeggezin", "gezinslid", "vgb", "evaluatie"}


@pytest.mark.parametrize("soort", SOORTEN_VAN_KIND, ids=lambda soort: soort.naam)
def test_what_is_shown_of_a_fact_is_selected(soort: FeitSoort) -> None:
    naam, model = soort.naam, soort.model
    selected = {column.key for column in feit_select(model).selected_columns}
    wanted = {kolom for kolom, plaats in KOLOMMEN[naam].items() if plaats is not Plaats.WEG}
    assert wanted <= selected


def test_no_free_text_and_no_name_is_shown_as_it_is() -> None:
    """What people write is text; what holds a name of somebody else is theirs."""
    for soort in SOORTEN_VAN_KIND:
        for kolom in soort.teksten:
            assert KOLOMMEN[soort.naam][kolom] in (Plaats.TEKST, Plaats.EIGEN_WOORDEN), (soort.naam, kolom)
    for kolommen_of in KOLOMMEN.values():
        assert kolommen_of.get("bsn_versleuteld", Plaats.WEG) is Plaats.WEG
        for kolom in ("reden", "toelichting", "doel", "wijzigingsreden"):
            assert kolommen_of.get(kolom, Plaats.TEKST) in (Plaats.TEKST, Plaats.WEG), kolom
    assert VERSIE["wijzigingsreden"] is Plaats.TEKST


def test_plain_text_without_a_closed_list_is_shown_only_where_that_was_decided() -> None:
    """Of the columns that anything can be typed in, these are shown as they are: the child's own names, and codes."""
    free = {
        f"{naam}.{kolom}"
        for naam, kolommen in KOLOMMEN.items()
        for kolom, plaats in kolommen.items()
        if plaats is Plaats.TONEN and is_free_text(naam, kolom)
    }
    assert free == {
        "pleegkind.roepnaam", "pleegkind.achternaam", "medewerker.naam", "uitzondering.normen", "extra_inzet.criteria",
        "extra_inzet_stap.feit_soort", "inzage.namens", "inzage.handeling", "kindgesprek.aanwezigen",
        "huisbezoek.aanwezigen",
    }  # fmt: skip


def is_free_text(naam: str, kolom: str) -> bool:
    kind = Base.metadata.tables[naam].columns[kolom].type
    item = getattr(kind, "item_type", kind)
    return type(item) is Text


def test_every_column_with_a_name_is_known_as_a_source_of_names() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("naam") or column.name == "jeugdbeschermer"
    }
    assert named == NAAMKOLOMMEN | _NAMEN
