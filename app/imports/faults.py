"""What can be wrong: a fault of a cell, row or sheet (all reported), or a file that cannot be read."""

from dataclasses import dataclass, field
from enum import StrEnum


class FoutCode(StrEnum):
    """The fault codes of ``afspraken.md`` §5; ``AFHANKELIJK`` marks a row that must wait, and is no fault."""

    VERPLICHT = "verplicht"
    ONGELDIGE_DATUM = "ongeldige_datum"
    ONGELDIGE_WAARDE = "ongeldige_waarde"
    ONBEKENDE_VERWIJZING = "onbekende_verwijzing"
    DUBBEL_NUMMER = "dubbel_nummer"
    BSN_ELFPROEF = "bsn_elfproef"
    DUBBEL_BSN = "dubbel_bsn"
    ANDER_KIND = "ander_kind"
    DATUM_IN_TOEKOMST = "datum_in_toekomst"
    DATUM_BUITEN_PERIODE = "datum_buiten_periode"
    DATUM_ONMOGELIJK = "datum_onmogelijk"
    OVERLAP = "overlap"
    VIER_OGEN = "vier_ogen"
    ROL_VAN_ACCOUNT = "rol_van_account"
    IDENTITEIT = "identiteit"
    FORMULE_ZONDER_WAARDE = "formule_zonder_waarde"
    SAMENGEVOEGDE_CELLEN = "samengevoegde_cellen"
    ONBEKENDE_KOLOM = "onbekende_kolom"
    ONBEKEND_BLAD = "onbekend_blad"
    AFHANKELIJK = "afhankelijk"


@dataclass(frozen=True, slots=True, order=True)
class Fout:
    """One fault; the field order is the sorting order of the contract (blad, rij as a number, kolom).

    Attributes:
        blad: the sheet; an unknown sheet as it is written in the file.
        rij: the sheet's own row number from 1; 0 for an unknown sheet.
        kolom: the column; empty where no single column is at fault.
        code: what kind of fault.
        melding: a Dutch sentence: the problem and its repair, without values from the file.
        oorzaak: of a row that must wait, the sheet and row of the fault that it waits for in the end.
    """

    blad: str
    rij: int
    kolom: str
    code: FoutCode
    melding: str
    oorzaak: tuple[str, int] | None = field(default=None, compare=False)


class CelFout(Exception):
    """A cell cannot be understood; the caller knows the sheet, row and column."""

    def __init__(self, code: FoutCode, melding: str) -> None:
        super().__init__(melding)
        self.code = code
        self.melding = melding


class WerkboekFout(ValueError):
    """The file as a whole cannot be read; ``melding`` is one Dutch sentence without values from it."""

    def __init__(self, melding: str) -> None:
        super().__init__(melding)
        self.melding = melding
