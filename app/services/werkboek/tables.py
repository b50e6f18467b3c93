"""How each sheet of the workbook becomes rows of a table: which column goes where, and since when it is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from app.clock import start_of_day
from app.imports.sheets import AANLEIDINGEN
from app.models import (
    Actie,
    Begeleiding,
    Casuistiekbespreking,
    Evaluatie,
    Feit,
    Gezinslid,
    Huisbezoek,
    Hulpverleningsplan,
    Kindgesprek,
    Maatregel,
    Medewerker,
    Ontwikkelbeeld,
    Opvolgstap,
    Plaatsing,
    Pleeggezin,
    Pleegkind,
    Pleegoudervoogdgesprek,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vertrouwenspersoon,
    Vgb,
)
from app.models.feiten.opvolgstap import AANLEIDING
from app.terms import UitzonderingSoort

#: Known since always: what has no day of its own (a child, a family) must not be unknown when its first fact is.
ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)

Waarden = Mapping[str, Any]
#: the values of a row, in the order of the columns of its table
Content = tuple[Any, ...]

_SOURCES = {"team_id": "team", "bsn_index": "bsn", "goedkeurder_rol": "goedgekeurd_door"}


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet's table.

    Attributes:
        blad: the sheet.
        model: the table.
        kolommen: the columns of the table that the sheet fills, in a fixed order.
        verwijzingen: column of the table → (column of the sheet, sheet that it refers to).
        dag: the column with the fact's own day, since when it counts as known; None: since always.
        only_if: column of the table → column of the sheet and what it must say for the first to be filled.
        afgeleid: column of the table → function of the sheet's row, where the two differ.
    """

    blad: str
    model: type[Feit]
    kolommen: tuple[str, ...]
    verwijzingen: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    dag: str | None = None
    afgeleid: Mapping[str, Callable[[Waarden], Any]] = field(default_factory=dict)
    only_if: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def source_of(self, kolom: str) -> str:
        """Return the column of the sheet from which a column of the table is filled."""
        if kolom in self.verwijzingen:
            return self.verwijzingen[kolom][0]
        return _SOURCES.get(kolom, kolom)

    def known_since(self, waarden: Waarden, nu: datetime) -> datetime:
        """Return when a row that is new counts as recorded: what a file says today was never recorded after today.

        Args:
            waarden: the row.
            nu: the moment of the import.
        """
        given = _given(waarden)
        own: date | None = waarden[self.dag] if self.dag else None
        return min(given or (start_of_day(own) if own else ALWAYS), nu)

    def changed_since(self, waarden: Waarden, vorige: datetime, nu: datetime) -> datetime:
        """Return when a changed row counts as recorded, so that what was answered before stays as it was.

        Args:
            waarden: the row.
            vorige: the moment of the version that it replaces.
            nu: the moment of the import.
        """
        given = _given(waarden)
        return given if given is not None and vorige < given < nu else nu

    def counts_since(self, waarden: Waarden, nu: datetime) -> datetime | None:
        """Return what counts for late recording of a changed row that says no moment of its own: its own day."""
        return None if _given(waarden) else self.known_since(waarden, nu)


def _given(waarden: Waarden) -> datetime | None:
    given = waarden.get("vastgelegd_op")
    return given if isinstance(given, datetime) else None


_GEZIN = {"pleeggezin_id": ("pleeggezin", "pleeggezinnen")}
_KIND = {"pleegkind_id": ("pleegkind", "pleegkinderen")}
_PLAATSING = {"plaatsing_id": ("plaatsing", "plaatsingen")}
_MEDEWERKER = {"medewerker_id": ("medewerker", "medewerkers")}


def _yes_or_no(name: str) -> Callable[[Waarden], bool]:
    """Return what reads a column in which nothing means no."""
    return lambda waarden: bool(waarden.get(name))


def _of_child(blad: str, model: type[Feit], *kolommen: str) -> SheetTable:
    return SheetTable(blad, model, ("pleegkind_id", "datum", *kolommen), _KIND, "datum")


def _of_plaatsing(blad: str, model: type[Feit], *kolommen: str) -> SheetTable:
    columns = ("plaatsing_id", "datum", "medewerker_id", *kolommen)
    return SheetTable(blad, model, columns, {**_PLAATSING, **_MEDEWERKER}, "datum")


#: In an order in which what is referred to comes first.
SHEET_TABLES: tuple[SheetTable, ...] = (
    SheetTable("medewerkers", Medewerker, ("naam", "email", "rol", "team_id", "team_sinds")),
    SheetTable("pleeggezinnen", Pleeggezin, ("naam", "soort", "gemeente", "pleegcontract_op")),
    SheetTable(
        "gezinsleden",
        Gezinslid,
        ("pleeggezin_id", "naam", "geboortedatum", "rol", "inwonend_sinds", "inwonend_tot"),
        _GEZIN,
        "inwonend_sinds",
    ),
    SheetTable(
        "vgbs",
        Vgb,
        ("gezinslid_id", "status", "datum", "herscreening_uiterlijk"),
        {"gezinslid_id": ("gezinslid", "gezinsleden")},
        "datum",
    ),
    SheetTable("pleegkinderen", Pleegkind, ("roepnaam", "achternaam", "geboortedatum", "geslacht", "bsn_index")),
    SheetTable(
        "plaatsingen",
        Plaatsing,
        ("pleegkind_id", "pleeggezin_id", "vorm", "zorgvorm", "van", "tot", "eindreden"),
        {**_KIND, **_GEZIN},
        "van",
    ),
    SheetTable(
        "begeleidingen",
        Begeleiding,
        ("plaatsing_id", "medewerker_id", "van", "tot"),
        {**_PLAATSING, **_MEDEWERKER},
        "van",
    ),
    SheetTable(
        "maatregelen", Maatregel, ("pleegkind_id", "soort", "van", "tot", "gi", "jeugdbeschermer"), _KIND, dag="van"
    ),
    _of_plaatsing(
        "kindgesprekken", Kindgesprek, "doorgegaan", "alleen", "vorm", "veiligheid_besproken", "reden_niet_alleen",
        "plaats", "veilig_in_gezin", "teruggekoppeld_op",
    ),
    _of_plaatsing("veiligheidschecks", Veiligheidscheck, "instrument", "uitkomst", "kind_gezien"),
    _of_plaatsing("huisbezoeken", Huisbezoek, "kind_gezien", "aangekondigd"),
    _of_child("casuistiekbesprekingen", Casuistiekbespreking, "multidisciplinair"),
    _of_child("ontwikkelbeelden", Ontwikkelbeeld),
    _of_child("hulpverleningsplannen", Hulpverleningsplan),
    _of_child("pleegoudervoogdgesprekken", Pleegoudervoogdgesprek),
    SheetTable("vertrouwenspersonen", Vertrouwenspersoon, ("pleegkind_id", "sinds", "soort", "naam"), _KIND, "sinds"),
    SheetTable("evaluaties", Evaluatie, ("pleeggezin_id", "datum"), _GEZIN, "datum"),
    SheetTable(
        "signalen",
        Signaal,
        (
            "pleegkind_id", "datum", "bekend_geworden_op", "soort", "vraagt_veiligheidscheck", "calamiteit",
            "bij_twijfel", "gemeld_igj_op", "onthulling", "geweld", "letsel", "conclusie_op", "bron",
        ),
        _KIND,
        "datum",
        {name: _yes_or_no(name) for name in ("bij_twijfel", "onthulling", "geweld", "letsel")},
    ),
    SheetTable(
        "uitzonderingen",
        Uitzondering,
        (
            "pleegkind_id", "normen", "reden", "borging", "van", "herzien_uiterlijk", "opgesteld_door",
            "goedgekeurd_door", "goedkeurder_rol", "soort", "waarneming_dagen",
        ),
        {
            **_KIND,
            "opgesteld_door": ("opgesteld_door", "medewerkers"),
            "goedgekeurd_door": ("goedgekeurd_door", "medewerkers"),
        },
        "van",
        {
            "normen": lambda waarden: list(waarden["normen"]),
            "soort": lambda waarden: waarden.get("soort") or UitzonderingSoort.UITZONDERING,
        },
    ),
    SheetTable(
        "opvolgstappen",
        Opvolgstap,
        ("pleegkind_id", *AANLEIDING, "stap", "datum", "met", "besluit", "medewerker_id"),
        {**_KIND, **_MEDEWERKER, **{f"{soort}_id": ("aanleiding", blad) for soort, blad in AANLEIDINGEN}},
        "datum",
        only_if={f"{soort}_id": ("aanleiding_soort", soort) for soort, _ in AANLEIDINGEN},
    ),
    SheetTable(
        "acties",
        Actie,
        ("pleegkind_id", "datum", "omschrijving", "eigenaar_id", "uiterlijk", "gedaan_op"),
        {**_KIND, "eigenaar_id": ("eigenaar", "medewerkers")},
        "datum",
    ),
)  # fmt: skip
