"""What the check of a workbook must know of stored aanleidingen, and of the steps about them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.bekend import BekendeAanleiding, BekendeStap
from app.imports.sheets import AANLEIDINGEN
from app.invoer.opvolging import day_of_aanleiding
from app.models import Medewerker, Opvolgstap, Pleegkind
from app.models.base import content_columns
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.feiten.eigenaren import child_key

_REST = (Opvolgstap.datum, Opvolgstap.stap, Opvolgstap.met, Opvolgstap.besluit)


def read_aanleidingen(session: Session, organisatie_id: int) -> dict[str, Mapping[str, BekendeAanleiding]]:
    """Return per sheet nummer → the stored facts after which somebody must act."""
    return {blad: dict(_of_soort(session, organisatie_id, SOORTEN[soort])) for soort, blad in AANLEIDINGEN}


def _of_soort(session: Session, organisatie_id: int, soort: FeitSoort) -> list[tuple[str, BekendeAanleiding]]:
    model: Any = soort.model
    day = model.bekend_geworden_op if hasattr(model, "bekend_geworden_op") else model.datum
    kind = child_key(soort.eigenaar, getattr(model, soort.eigenaar))
    rows = (
        select(model, Pleegkind.nummer)
        .join(Pleegkind, Pleegkind.id == kind)
        .where(model.organisatie_id == organisatie_id, day >= TWEEDE_CATALOGUS, holds(model))
    )
    names = content_columns(soort.model)
    found = [(feit.nummer, kind, {name: getattr(feit, name) for name in names}) for feit, kind in session.execute(rows)]
    days = [(nummer, kind, day_of_aanleiding(waarden)) for nummer, kind, waarden in found]
    return [(nummer, BekendeAanleiding(kind, k)) for nummer, kind, k in days if k is not None]


def read_stappen(session: Session, organisatie_id: int) -> dict[str, BekendeStap]:
    """Return nummer → what each stored step says."""
    found: dict[str, BekendeStap] = {}
    for soort, blad in AANLEIDINGEN:
        about: Any = SOORTEN[soort].model
        rows = (
            select(Opvolgstap.nummer, about.nummer, *_REST, Medewerker.nummer)
            .join(about, about.id == getattr(Opvolgstap, f"{soort}_id"))
            .join(Medewerker, Medewerker.id == Opvolgstap.medewerker_id)
            .where(Opvolgstap.organisatie_id == organisatie_id, holds(Opvolgstap))
        )
        found |= {nummer: BekendeStap(blad, *said) for nummer, *said in session.execute(rows)}
    return found
