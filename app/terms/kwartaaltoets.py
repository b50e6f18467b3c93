"""The audit of a quarter and what follows from it."""

from enum import StrEnum


class ToetsStatus(StrEnum):
    """How far an audit is."""

    CONCEPT = "concept"
    VASTGESTELD = "vastgesteld"


class Toetsformaat(StrEnum):
    """In what form an audit is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PDF = "pdf"


class Oorzaak(StrEnum):
    """Why an audit would say something else now."""

    LATE_INVOER = "late_invoer"
    CORRECTIE = "correctie"
    INTREKKING = "intrekking"
    VERPLAATSING = "verplaatsing"
    NORMVERSIE = "normversie"
    VERNIETIGING = "vernietiging"


class ExtraInzetStapSoort(StrEnum):
    """What can happen to an extra inzet."""

    OPENING = "opening"
    OVERDRACHT = "overdracht"
    AFSLUITING = "afsluiting"


class Regelkeuze(StrEnum):
    """Which rows of an audit are asked for, by what a figure counts."""

    MET_UITZONDERING = "met_uitzondering"
    NOOIT_GEZIEN = "nooit_gezien"
    LAAT_VASTGELEGD = "laat_vastgelegd"


class Toetsopdrachtsoort(StrEnum):
    """What can be made of an audit beside a request."""

    OPBOUW = "opbouw"
    EXPORT = "export"


class Toetsopdrachtstand(StrEnum):
    """How far such an order is."""

    WACHT = "wacht"
    BEZIG = "bezig"
    GEMAAKT = "gemaakt"
    MISLUKT = "mislukt"
