"""What an inspecteur reads under a mandate, for the API and for pages alike: a sample, and a dossier by pseudonym."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.keyset import Page
from app.errors import NotFound
from app.models import Kwartaaltoets
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.standen import worst
from app.norms.toezicht.steekproef import Laag, draw
from app.queries.dossier.teksten import list_dossierteksten
from app.queries.feiten.tijdlijn import list_tijdlijn
from app.queries.termijnen.getoond import GetoondeTermijn
from app.queries.termijnen.lijst import list_termijnen_of_kind
from app.queries.toezicht.aankondiging import count_after
from app.queries.toezicht.vragen import (
    get_frozen_toets,
    get_leeftijd,
    list_kinderen_by_uid,
    list_regels_at,
    list_strata,
)
from app.routers.toezicht_tonen import show_feit, show_toezicht_termijn
from app.terms import Stand
from app.web.toezicht import Blik


@dataclass(frozen=True, slots=True)
class Steekproef:
    """The rows drawn from a frozen audit, and from how many in each stratum."""

    toets: Kwartaaltoets
    populatie: int
    lagen: Sequence[Laag]
    regels: Sequence[RegelInhoud]
    na_aankondiging: Mapping[UUID, int] | None

    def after_aankondiging(self, regel: RegelInhoud) -> int | None:
        """Return how many facts of a row's child were recorded after the visit was announced; None when it was not."""
        return None if self.na_aankondiging is None else self.na_aankondiging[UUID(regel["pleegkind"]["id"])]

    @property
    def kinderen(self) -> list[UUID]:
        """The children in it."""
        return _kinderen(self.regels)


def _kinderen(regels: Sequence[RegelInhoud]) -> list[UUID]:
    return [UUID(regel["pleegkind"]["id"]) for regel in regels]


def draw_steekproef(blik: Blik, kwartaal: Kwartaal | None, omvang: int, seed: str, laag: str) -> Steekproef:
    """Draw from the audit of a quarter, or of the last one, that was frozen.

    Raises:
        NotFound: there is none.
    """
    toets = get_frozen_toets(blik.session, blik.lezer, kwartaal)
    strata = [
        (kind, team if laag == "team" else worst_of(criteria))
        for kind, team, criteria in list_strata(blik.session, toets.id)
    ]
    places, lagen = draw(strata, omvang, seed)
    regels, dag = list_regels_at(blik.session, toets.id, places), blik.mandaat.aangekondigd_op
    later = None if dag is None else count_after(blik.session, _kinderen(regels), dag)
    return Steekproef(toets, len(strata), lagen, regels, later)


def worst_of(criteria: Mapping[str, Any]) -> str:
    """Return the worst stand of a row's criteria; ``nvt`` when none applies."""
    found = worst({Stand(one["stand"]) for one in criteria.values() if one is not None})
    return "nvt" if found is None else found.value


@dataclass(frozen=True, slots=True)
class Toezichtdossier:
    """A dossier as an inspecteur sees it.

    Attributes:
        velden: the fields of ``DossierOut``.
        kind: whose they are.
        termijnen: the judgements behind them, in the same order.
    """

    velden: Mapping[str, Any]
    kind: UUID
    termijnen: Sequence[GetoondeTermijn]


def read_dossier(blik: Blik, pseudoniem: str, peildatum: date) -> Toezichtdossier:
    """Return the dossier of a child by its pseudonym.

    Raises:
        NotFound: no child has it.
    """
    kinderen = list_kinderen_by_uid(blik.session, blik.lezer)
    uid = blik.pseudoniemen.find(pseudoniem, "pleegkind", kinderen)
    if uid is None:
        raise NotFound
    kind, namen = kinderen[uid], blik.pseudoniemen
    termijnen = list_termijnen_of_kind(blik.session, blik.lezer, kind, peildatum)
    teksten = list_dossierteksten(blik.session, kind, peildatum) if blik.mandaat.dossiertekst else None
    shown = {
        "dossier": pseudoniem,
        "peildatum": peildatum,
        "leeftijd": get_leeftijd(blik.session, uid, peildatum),
        "termijnen": [show_toezicht_termijn(item, namen) for item in termijnen],
        "tijdlijn": [_feit(blik, row) for row in _tijdlijn(blik.session, kind, peildatum)],
        "teksten": teksten and [{**one, "pseudoniem": namen.of(one["soort"], one["uid"])} for one in teksten],
    }
    return Toezichtdossier(shown, uid, termijnen)


def _feit(blik: Blik, row: Mapping[str, Any]) -> dict[str, Any]:
    na = blik.mandaat.is_after_aankondiging(civil_date(row["vastgelegd_op"]))
    return {**show_feit(row, blik.pseudoniemen), "na_aankondiging": na}


def _tijdlijn(session: Session, kind: int, peildatum: date) -> list[Any]:
    """Return every fact of a child dated on or before a day, the newest first; a statement per 200 of them."""
    found: list[Any] = []
    page: Page | None = Page(200)
    while page is not None:
        window = list_tijdlijn(session, kind, page, None)
        found += [row for row in window.rows if row["datum"] <= peildatum]
        page = Page(200, window.next) if window.next else None
    return found
