"""``pleegzicht kwartaaltoets``: build or fetch an audit, write it, and freeze it last."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app import clock
from app.cli.console import Resultaat, at_a_terminal, progress_bar, result_files, say
from app.db.namens import Namens, act_for
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.terms import Toetsformaat

if TYPE_CHECKING:
    from app.cli.runtime import Runtime
    from app.models import Kwartaaltoets, Medewerker, Organisatie


@dataclass(frozen=True, slots=True)
class Toetsvraag:
    """What the command asks."""

    kwartaal: Kwartaal
    organisatie: str
    formaat: Toetsformaat
    uitvoer: Path | None
    reden: str | None
    freeze: bool
    replace: bool
    names: bool

    @property
    def files(self) -> list[Path | None]:
        """What is written: the audit and, for a CSV in a file, its keurmerk beside it."""
        beside = self.uitvoer and self.uitvoer.with_name(f"{self.uitvoer.name}.sha256")
        return [self.uitvoer, beside] if beside and self.formaat is Toetsformaat.CSV else [self.uitvoer]


def run_toets(vraag: Toetsvraag, door: str | None) -> None:
    """Carry it out; the output is tried first, and what was frozen stands in it."""
    from app.cli.runtime import Runtime, require_organisatie

    with Runtime.of_environment() as runtime:
        with result_files(*vraag.files) as places:
            with runtime.open_session() as session:
                tenant = require_organisatie(session, vraag.organisatie)
                wie = _require_vaststeller(runtime, vraag, tenant, door) if vraag.freeze else None
            toets = _establish(runtime, vraag, tenant, wie, places)
        if vraag.freeze and (missed := runtime.seal(tenant.id, clock.now())):
            say(f"Let op: {missed}")
        say(f"Kwartaaltoets {toets.kwartaal}, {toets.status}: {toets.rijen} kinderen, digest {toets.digest}.")


def _require_vaststeller(
    runtime: "Runtime", vraag: Toetsvraag, tenant: "Organisatie", door: str | None
) -> "Medewerker":
    """Return who freezes; at a terminal that is asked, and whether they are sure.

    Raises:
        BadParameter: nobody was named.
        Exit: they are not sure.
    """
    from app.db import sessions
    from app.services.kwartaaltoetsen.vaststelling import require_vaststeller

    nummer = door or (_ask("Nummer van de kwaliteitsmedewerker die vaststelt") if at_a_terminal() else None)
    if not nummer:
        raise typer.BadParameter("noem met --door het nummer van de kwaliteitsmedewerker die vaststelt")
    with sessions.reading(runtime.ready_engine(), Namens(tenant.id)) as session:
        wie = require_vaststeller(session, tenant.id, nummer)
    if at_a_terminal():
        answer = _ask(
            f"Kwartaaltoets {vraag.kwartaal} van {tenant.code} vaststellen door {wie.naam} ({nummer})? "
            "Dat is niet terug te draaien. Typ ja om door te gaan"
        )
        if answer.strip().lower() != "ja":
            say("Niet vastgesteld.")
            raise typer.Exit(2)
    return wie


def _ask(question: str) -> str:
    return str(typer.prompt(question, default="", show_default=False, err=True))


def _establish(
    runtime: "Runtime", vraag: Toetsvraag, tenant: "Organisatie", wie: "Medewerker | None", places: list[Resultaat]
) -> "Kwartaaltoets":
    """Build or fetch, write, and commit: when writing fails nothing is frozen, when the commit does nothing is left."""
    from app.db import sessions
    from app.exports.kwartaaltoets.formats import sidecar_of, write_kwartaaltoets
    from app.queries.kwartaaltoetsen.opgeslagen import list_kinderen_of_toets
    from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets

    with (
        runtime.look_at(tenant, "kwartaaltoets", vraag.reden) as show,
        sessions.unit_of_work(runtime.ready_engine()) as session,
        progress_bar() as report,
    ):
        door = None if wie is None else wie.feit_id
        act_for(session, Namens(tenant.id, None, door))
        verzoek = Toetsverzoek(tenant.id, clock.now(), clock.today(), door, report)
        toets = establish_toets(session, verzoek, vraag.kwartaal, freeze=vraag.freeze, replace=vraag.replace)
        show(list_kinderen_of_toets(session, toets.id))
        places[0].write(write_kwartaaltoets(session, toets, vraag.formaat, with_names=vraag.names))
        if vraag.uitvoer and len(places) > 1:
            places[1].write([sidecar_of(session, toets, vraag.uitvoer)])
    return toets
