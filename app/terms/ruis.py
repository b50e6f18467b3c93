"""The ruisfactoren."""

from enum import StrEnum


class Ruiscode(StrEnum):
    """The fifteen ruisfactoren of ``normen.md`` §7."""

    R01 = "R01"
    R02 = "R02"
    R03 = "R03"
    R04 = "R04"
    R05 = "R05"
    R06 = "R06"
    R07 = "R07"
    R08 = "R08"
    R09 = "R09"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    R15 = "R15"


class RuisSoort(StrEnum):
    """How a ruisfactor comes about: derived from the file, scored by a person, or either."""

    AFGELEID = "afgeleid"
    GESCOORD = "gescoord"
    BEIDE = "beide"
