"""What the steps of an import share: with what it runs, and what it knows so far."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.security.secrets import Secrets
from app.services.feiten.versions import Recording
from app.services.werkboek.teams import Leden


@dataclass(slots=True)
class ImportRun:
    """One import under way.

    Attributes:
        session: writes; the caller commits.
        recording: gives moments and numbers.
        secrets: keys for the BSN.
        keys: sheet → nummer → feit_id, of what is stored and what went in.
        rollen: nummer of a medewerker → rol, of everybody who may have approved an uitzondering.
        teams: name → key.
        met_account: nummers of the medewerkers that can sign in.
        proef: nothing is written.
        leden: since when people are of a team.
        opgegaan: feit_id of a child whose file went up in another → that of the child that stays.
    """

    session: Session
    recording: Recording
    secrets: Secrets
    keys: dict[str, dict[str, int]] = field(default_factory=dict)
    rollen: dict[str, Any] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    met_account: AbstractSet[str] = frozenset()
    proef: bool = False
    leden: Leden = field(default_factory=Leden)
    opgegaan: Mapping[int, int] = field(default_factory=dict)
