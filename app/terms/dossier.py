"""How long files are kept, and how two become one or one is destroyed."""

from enum import StrEnum


class Verzoeker(StrEnum):
    """On whose behalf a child's own file is asked for."""

    KIND = "kind"
    GEZAGSDRAGER = "gezagsdrager"


class Bewaarsoort(StrEnum):
    """What the policy table of retention speaks of."""

    DOSSIER = "dossier"
    DOSSIER_GI = "dossier_gi"
    WIJZIGINGSLOG = "wijzigingslog"
    INZAGELOGBOEK = "inzagelogboek"
    KWARTAALTOETS = "kwartaaltoets"


class Samenvoegingsstap(StrEnum):
    """What was decided of a proposal to make one file of two: approved by a second person, or undone."""

    GOEDGEKEURD = "goedgekeurd"
    HERSTELD = "hersteld"


class Samenvoegingsstand(StrEnum):
    """Where such a proposal stands; it follows from the steps."""

    VOORGESTELD = "voorgesteld"
    GOEDGEKEURD = "goedgekeurd"
    HERSTELD = "hersteld"


class Vernietigingsgrond(StrEnum):
    """Why a file is proposed for destruction: it was kept long enough, or somebody with the right to it asks."""

    BEWAARTERMIJN = "bewaartermijn"
    VERZOEK = "verzoek"


class Vernietigingsoordeel(StrEnum):
    """What one person says of a proposal; ``ingetrokken``: an approval is taken back."""

    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"


class Vernietigingsstap(StrEnum):
    """What was done: locked away under a key, opened again, or the key destroyed."""

    VERZEGELD = "verzegeld"
    HERSTELD = "hersteld"
    VERNIETIGD = "vernietigd"


class Vernietigingsstand(StrEnum):
    """Where a proposal stands; it follows from what was said and done."""

    VOORGESTELD = "voorgesteld"
    GOEDGEKEURD = "goedgekeurd"
    AFGEWEZEN = "afgewezen"
    INGETROKKEN = "ingetrokken"
    VERZEGELD = "verzegeld"
    HERSTELD = "hersteld"
    VERNIETIGD = "vernietigd"
