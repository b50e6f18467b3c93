"""The check of a workbook: every fault at once, and which rows are good."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from app.imports.bekend import Bekend
from app.imports.check.hold_back import hold_back
from app.imports.check.links import (
    GEBEURTENISSEN,
    check_nummers,
    check_references,
    check_vernietigd,
    check_within_plaatsing,
    follow,
)
from app.imports.check.lives import check_births, check_bsn, check_lives, check_owners
from app.imports.check.opvolging import OPVOLGSTAPPEN, check_opvolging
from app.imports.check.overlap import check_overlap
from app.imports.check.parse import Voortgang, parse_werkboek
from app.imports.check.rows import check_rows
from app.imports.gelezen import Boek, Fouten, Gelezen
from app.imports.keuring import Gelijkenis, Keuring, Rij
from app.imports.personen import check_personen, find_gelijkenissen
from app.imports.teams import check_teams
from app.imports.values import Waarde
from app.imports.werkboek import Werkboek


def check_werkboek(werkboek: Werkboek, bekend: Bekend, vandaag: date, voortgang: Voortgang | None = None) -> Keuring:
    """Check a workbook against itself and against what is stored; nothing is written.

    A row has all its faults reported; what follows from a reported fault is none: a cell that could not be
    read is not compared with others, an event of a plaatsing with faulty dates is not judged by them.

    Args:
        werkboek: the raw workbook.
        bekend: what the organisatie has stored already.
        vandaag: today in Amsterdam; facts after it are faults.
        voortgang: is told (sheet, rows so far) while rows are parsed.

    Returns:
        Faults, good rows and rows that must wait.

    Source:
        ``afspraken.md`` §5.
    """
    fouten = Fouten()
    boek = parse_werkboek(werkboek, vandaag, fouten, voortgang)
    check_rows(boek, fouten)
    _check_who(boek, bekend, vandaag, fouten)
    _check_days(boek, bekend, fouten)
    waiting = hold_back(boek, bekend)
    rijen = {naam: _good_rows(blad) for naam, blad in boek.items()}
    return Keuring(
        fouten=fouten.sorted(),
        rijen=rijen,
        afhankelijk=waiting,
        kolommen={naam: blad.kolommen for naam, blad in boek.items()},
        nummers={naam: blad.eerste.keys() for naam, blad in boek.items()},
        gelijkenissen=tuple(_gelijkenissen(rijen.get("pleegkinderen", ()), bekend)),
        verborgen={naam: blad.verborgen for naam, blad in boek.items() if blad.verborgen},
    )


def _check_who(boek: Boek, bekend: Bekend, vandaag: date, fouten: Fouten) -> None:
    """Report what is wrong with what rows are about: nummers, people, and what refers to them."""
    check_nummers(boek, fouten)
    follow(boek, bekend)
    check_vernietigd(boek, bekend, fouten)
    check_personen(boek, bekend.personen, fouten)
    check_teams(boek, bekend.teams, bekend.ingetrokken.get("medewerkers", frozenset()), fouten)
    check_references(boek, bekend, fouten)
    check_bsn(boek, bekend, fouten)
    check_owners(boek, bekend, fouten)
    check_births(boek, bekend, vandaag, fouten)


def _check_days(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report what is wrong with when things happened; first the plaatsingen, an event is not judged by a faulty one."""
    later = (*GEBEURTENISSEN, OPVOLGSTAPPEN)
    check_lives(boek, bekend, [naam for naam in boek if naam not in later], fouten)
    check_within_plaatsing(boek, bekend, fouten)
    check_lives(boek, bekend, GEBEURTENISSEN, fouten)
    check_opvolging(boek, bekend, fouten)
    check_lives(boek, bekend, [OPVOLGSTAPPEN], fouten)
    check_overlap(boek, bekend, fouten)


def _gelijkenissen(rijen: Sequence[Rij], bekend: Bekend) -> list[Gelijkenis]:
    """Return who looks like another child; of the nummers that are one child by now it was decided who they are."""
    paren = {frozenset(paar) for paar in bekend.leidt_naar.get("pleegkinderen", {}).items()} | bekend.gesplitst
    found = find_gelijkenissen(rijen, bekend.personen)
    return [one for one in found if frozenset((one.nummer, one.ander)) not in paren]


def _good_rows(blad: Gelezen) -> list[Rij]:
    kolommen = tuple(kolom.naam for kolom in blad.soort.kolommen)
    # An unusable cell means a fault or a wait: a good row has none.
    return [
        Rij(regel.rij, kolommen, cast("tuple[Waarde, ...]", tuple(regel.cellen)))
        for regel in blad.regels
        if regel.is_good
    ]
