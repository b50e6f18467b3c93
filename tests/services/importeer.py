"""One import from a test: a workbook in memory or a file, into an organisatie by its code."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import clock
from app.exports.termijnen import sorted_rows, write_termijnen_csv
from app.models import Organisatie
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud
from app.queries.oordelen.organisatie import iterate_oordelen
from app.security.secrets import Secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.kwartaaltoetsen import toetsen
from app.services.werkboek.run import Foutenbestand, Importverzoek, run_import
from app.services.werkboek.verslag import Importverslag
from tests.imports import bouw
from tests.services.momenten import NU


class Importeur:
    """Imports into one organisatie, with one set of keys."""

    def __init__(self, engine: Engine, sleutels: Secrets, code: str, map_: Path) -> None:
        self.engine, self.sleutels, self.code, self._map = engine, sleutels, code, map_
        self._count = 0

    def boek(self, boek: Mapping[str, list[dict[str, Any]]], *, nu: datetime = NU) -> Importverslag:
        """Import a workbook of rows, with every column of the contract."""
        return self.file(self.write(boek), nu=nu)

    def write(self, boek: Mapping[str, list[dict[str, Any]]]) -> Path:
        """Write a workbook of rows as an .xlsx."""
        self._count += 1
        path = self._map / f"boek{self._count}.xlsx"
        path.write_bytes(bouw.xlsx_of(boek))
        return path

    def file(self, path: Path, *, nu: datetime = NU, fouten: Path | None = None, proef: bool = False) -> Importverslag:
        """Import an .xlsx or a folder."""
        back = Foutenbestand(fouten, lambda pieces: _keep(fouten, pieces)) if fouten else None
        opdracht = Importverzoek(path, self.code, nieuw=True, proef=proef, foutenbestand=back)
        return run_import(self.engine, opdracht, secrets=self.sleutels, nu=nu)

    def organisatie(self, session: Session) -> Organisatie:
        """Return the organisatie, which must be there."""
        found = find_organisatie(session, self.code)
        assert found is not None
        return found

    def export(self, peildatum: date, bekend_op: datetime | None = None) -> bytes:
        """Return the export of the termijnen as the command writes it."""
        with Session(self.engine) as session:
            organisatie_id = self.organisatie(session).id
            return b"".join(
                write_termijnen_csv(sorted_rows(iterate_oordelen(session, organisatie_id, peildatum, bekend_op)))
            )

    def toets(self, kwartaal: str) -> dict[str, RegelInhoud]:
        """Return the rows of a quarterly audit by nummer of the child, built as the command builds it."""
        with Session(self.engine) as session:
            opdracht = toetsen.Toetsverzoek(self.organisatie(session).id, clock.now(), clock.today())
            toets = toetsen.request_toets(session, opdracht, Kwartaal.parse(kwartaal))
            return {regel["pleegkind"]["nummer"]: regel for regel in iterate_inhoud(session, toets.id)}


def _keep(path: Path, pieces: Iterable[bytes]) -> None:
    path.write_bytes(b"".join(pieces))
