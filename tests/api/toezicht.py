"""What the tests of inspecteurs share: the demo with a frozen audit, and everything that an inspecteur gets of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models import Kwartaaltoets, KwartaaltoetsRegel
from app.security.pseudoniem import Pseudoniemen
from tests.api.client import Dienst, Gebruiker
from tests.api.conftest import DemoUser

KWARTAAL = "2026-Q3"
STANDEN = ("te_laat", "uitzondering", "nadert", "op_tijd")


def frozen_toets(kwaliteit: Gebruiker) -> str:
    """Return the frozen audit of the quarter that holds; freeze one when there is none."""
    for one in kwaliteit.walk("/kwartaaltoetsen"):
        if (one["kwartaal"], one["status"], one["vervangenDoor"]) == (KWARTAAL, "vastgesteld", None):
            return str(one["id"])
    toets = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": KWARTAAL})
    kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")
    return toets.id


@dataclass(frozen=True)
class Onderzoek:
    """The whole small demo under its mandate."""

    inspecteur: Gebruiker
    kwaliteit: Gebruiker
    beheerder: Gebruiker
    toets: str
    namen: Pseudoniemen
    engine: Engine

    def audit(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the rows and the key figures of the audit as they were frozen."""
        with Session(self.engine) as session:
            toets = session.scalars(select(Kwartaaltoets).where(Kwartaaltoets.uid == UUID(self.toets))).one()
            rows = select(KwartaaltoetsRegel.inhoud).where(KwartaaltoetsRegel.toets_id == toets.id)
            return list(session.scalars(rows.order_by(KwartaaltoetsRegel.positie))), toets.kengetallen

    def every_answer(self) -> Iterator[tuple[str, Any]]:
        """Yield everything that an inspecteur can get: every list to its end, every file, and a sample."""
        dossiers = set()
        for stand in STANDEN:
            for peildatum in ("2026-11-02", "2026-06-30"):
                rows = self.inspecteur.walk(f"/toezicht/termijnen?limit=200&stand={stand}&peildatum={peildatum}")
                dossiers |= {row["dossier"] for row in rows}
                yield f"termijnen {stand}", rows
        regels = self.inspecteur.walk(f"/toezicht/kwartaaltoetsen/{self.toets}/regels?limit=200")
        yield "regels", regels
        for path in ("organisaties", "kengetallen", "kwartaaltoetsen", "steekproef?omvang=200"):
            yield path, self.inspecteur.read(f"/toezicht/{path}")
        for dossier in sorted(dossiers | {row["dossier"] for row in regels}):
            yield "dossier", self.inspecteur.read(f"/toezicht/dossiers/{dossier}")
        yield "inzagen", self.inspecteur.rows("/toezicht/inzagen?limit=200")


def investigate(demo: DemoUser, dienst: Dienst) -> Onderzoek:
    """Freeze a quarter of the demo, and return what a test of the inspecteur needs."""
    beheerder, kwaliteit = demo("beheerder"), demo("kwaliteit")
    (mandaat,) = (one["id"] for one in beheerder.walk("/toezichtsmandaten") if one["inspectie"] == "IGJ")
    toets = frozen_toets(kwaliteit)
    namen = Pseudoniemen(dienst.secrets, UUID(mandaat))
    return Onderzoek(demo("inspecteur"), kwaliteit, beheerder, toets, namen, dienst.owner)
