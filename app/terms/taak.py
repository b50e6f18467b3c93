"""What runs by itself."""

from enum import StrEnum


class Taaknaam(StrEnum):
    """The jobs; ``app.jobs.taken`` says what each does."""

    WEEKBERICHT = "weekbericht"
    BERICHTEN = "berichten"
    OVERDRACHT = "overdracht"
    ZEGEL = "zegel"
    ONDERHOUD = "onderhoud"
    CONTROLEER = "controleer"
    VERIFIEER = "verifieer"
    VERNIETIGEN = "vernietigen"
    WEBHOOKS = "webhooks"
    TOETSOPDRACHTEN = "toetsopdrachten"
