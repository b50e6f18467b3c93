"""What the lists of judgements ask and give, whether from stored deadlines or from the rule alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.norms.judge import Oordeel
from app.norms.uitleg.explain import Uitleg
from app.terms import NormCode, Stand, Zwaarte


@dataclass(frozen=True, slots=True)
class TermijnKeuze:
    """Which judgements are asked for; None: no such filter.

    ``opvolging``: only what somebody must still act on, late or not. ``zonder_begeleider``: only of children that live
    somewhere and whom nobody guides.
    """

    stand: Stand | None = Stand.TE_LAAT
    norm: NormCode | None = None
    zwaarte: Zwaarte | None = None
    team: UUID | None = None
    begeleider: UUID | None = None
    opvolging: bool = False
    zonder_begeleider: bool = False


@dataclass(frozen=True, slots=True)
class GetoondeTermijn:
    """A judgement with the external ids of everything it names."""

    oordeel: Oordeel
    ids: Mapping[tuple[str, int], UUID]
    pleegkind_id: int
    uitleg: Uitleg | None = None
