"""The exports of an audit by format, from the audit as it is stored."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import AppError
from app.exports.keurmerk import Zegelverwijzing, sidecar
from app.exports.kwartaaltoets.as_csv import write_toets_csv
from app.exports.kwartaaltoets.as_json import write_toets_json
from app.exports.kwartaaltoets.bestand import Namen, Toetsbestand
from app.exports.kwartaaltoets.pdf.report import write_toets_pdf
from app.exports.kwartaaltoets.xlsx.workbook import write_toets_xlsx
from app.models import Kwartaaltoets, Medewerker
from app.norms.kwartaaltoets.digest import digest_of
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, KopInhoud, RegelInhoud
from app.norms.toezicht.pseudonimiseren import Pseudoniem, pseudonymise
from app.queries.kwartaaltoetsen.opgeslagen import iterate_inhoud, iterate_inhoud_at, list_namen
from app.queries.zegels.kopieen import seal_of_toets
from app.terms import Toetsformaat


@dataclass(frozen=True, slots=True)
class Writer:
    """How one format is written, and what it is called on the web."""

    media_type: str
    write: Callable[[Toetsbestand], Iterator[bytes]]


def _whole(write: Callable[[Toetsbestand], bytes]) -> Callable[[Toetsbestand], Iterator[bytes]]:
    """Return a writer of pieces from one that makes the file as a whole."""

    def pieces(bestand: Toetsbestand) -> Iterator[bytes]:
        yield write(bestand)

    return pieces


WRITERS: Mapping[Toetsformaat, Writer] = {
    Toetsformaat.CSV: Writer("text/csv", write_toets_csv),
    Toetsformaat.JSON: Writer("application/json", write_toets_json),
    Toetsformaat.XLSX: Writer(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _whole(write_toets_xlsx)
    ),
    Toetsformaat.PDF: Writer("application/pdf", _whole(write_toets_pdf)),
}


def open_toetsbestand(session: Session, toets: Kwartaaltoets, *, with_names: bool) -> Toetsbestand:
    """Return what the exports of a stored audit are made from.

    Args:
        session: reads, also while the export is written.
        toets: the audit.
        with_names: the reader may see names; they are looked up now and are no part of what is frozen.
    """
    kop = cast("KopInhoud", toets.kop)
    kengetallen = cast("list[GroepKengetallen]", toets.kengetallen)
    wie = _vaststeller(session, toets)
    return Toetsbestand(
        kop=kop,
        kengetallen=kengetallen,
        regels=lambda: _every_row(session, toets),
        digest=toets.digest,
        vastgesteld_op=toets.vastgesteld_op,
        vastgesteld_door=None if wie is None else wie.nummer,
        namen=Namen(*list_namen(session, toets.organisatie_id)) if with_names else None,
        zegel=_zegel(session, toets),
    )


class RijenOntbreken(AppError):
    """Not every row of the audit is to be seen: an export would show children as not being there."""

    detail = (
        "Niet elk kind van deze kwartaaltoets is te lezen, dus er is geen bestand gemaakt. Meld dit aan de beheerder."
    )


def _every_row(session: Session, toets: Kwartaaltoets) -> Iterator[RegelInhoud]:
    """Yield the content of every row.

    Raises:
        RijenOntbreken: the session sees fewer, as one that works for nobody.
    """
    seen = 0
    for seen, inhoud in enumerate(iterate_inhoud(session, toets.id), start=1):  # noqa: B007 - asked after the loop
        yield inhoud
    if seen != toets.rijen:
        raise RijenOntbreken


def _zegel(session: Session, toets: Kwartaaltoets) -> Zegelverwijzing | None:
    found = seal_of_toets(session, toets)
    return None if found is None else Zegelverwijzing(found.nummer, found.op, found.digest)


def open_pseudonymised(session: Session, toets: Kwartaaltoets, of: Pseudoniem) -> Toetsbestand:
    """Return what the exports for a reader outside the organisatie are made from.

    The rows come in the order of their pseudonyms: that of the nummers would say who is who. The digest is of this
    content. Key figures stand beside all the rows that they count, so they hide nothing.
    """
    numbered = enumerate(_every_row(session, toets))
    named = sorted((of("pleegkind", regel["pleegkind"]["id"]), positie) for positie, regel in numbered)
    posities = [positie for _, positie in named]

    def regels() -> Iterator[RegelInhoud]:
        return (pseudonymise(regel, of) for regel in iterate_inhoud_at(session, toets.id, posities))

    kop = cast("KopInhoud", toets.kop)
    kengetallen = cast("list[GroepKengetallen]", toets.kengetallen)
    digest = digest_of(kop, kengetallen, regels())
    wie = _vaststeller(session, toets)
    door = None if wie is None else of("medewerker", str(wie.uid))
    return Toetsbestand(kop, kengetallen, regels, digest, toets.vastgesteld_op, door, None, _zegel(session, toets))


def sidecar_of(session: Session, toets: Kwartaaltoets, csv: Path) -> bytes:
    """Return the keurmerk of a CSV, for beside it as ``<naam>.sha256``; ``sha256sum --check`` reads it too."""
    with csv.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    bestand = open_toetsbestand(session, toets, with_names=False)
    return sidecar(csv.name, toets.digest, sha256, bestand.zegel, bestand.vaststelling)


def _vaststeller(session: Session, toets: Kwartaaltoets) -> Any:
    """Return nummer and uid of who froze an audit."""
    own = (Medewerker.organisatie_id == toets.organisatie_id, Medewerker.id == toets.vastgesteld_door)
    return session.execute(select(Medewerker.nummer, Medewerker.uid).where(*own)).one_or_none()


def write_kwartaaltoets(
    session: Session, toets: Kwartaaltoets, formaat: Toetsformaat, *, with_names: bool
) -> Iterator[bytes]:
    """Yield the export of a stored audit in a format."""
    return WRITERS[formaat].write(open_toetsbestand(session, toets, with_names=with_names))


def filename_of(bestand: Toetsbestand, formaat: Toetsformaat) -> str:
    """Return a name that says what it is; a concept says so."""
    status = "" if bestand.vastgesteld_op else "-concept"
    kop = bestand.kop
    return f"kwartaaltoets-{kop['organisatie']['code']}-{kop['kwartaal']}{status}.{formaat.value}"
