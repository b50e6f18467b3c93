"""The pure half of the workbook import: a file in; its faults, its good rows and a repairable workbook out.

What belongs here reads no database, no clock and no settings: what is already stored and which day it is are
arguments. Source: ``contract.md`` §3 and §5.
"""

from app.imports.bekend import Bekend, BekendePlaatsing
from app.imports.check import check_werkboek
from app.imports.elfproef import is_geldig_bsn
from app.imports.fault_list import write_fault_csv, write_fault_text
from app.imports.faults import Fout, FoutCode, WerkboekFout
from app.imports.keuring import Keuring, Rij
from app.imports.read import read_werkboek
from app.imports.return_workbook import write_return_workbook
from app.imports.werkboek import Blad, Grenzen, Werkboek

__all__ = [
    "Bekend",
    "BekendePlaatsing",
    "Blad",
    "Fout",
    "FoutCode",
    "Grenzen",
    "Keuring",
    "Rij",
    "Werkboek",
    "WerkboekFout",
    "check_werkboek",
    "is_geldig_bsn",
    "read_werkboek",
    "write_fault_csv",
    "write_fault_text",
    "write_return_workbook",
]
