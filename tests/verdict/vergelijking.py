"""What the engine, the database and the oracle are compared by: the same columns as plain texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.norms.judge import Oordeel
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from app.norms.versies.versie import TWEEDE_CATALOGUS, NormVersie
from app.terms import Zwaarte
from tests.norms.werkboek import Namen
from tests.oracle.normen import Normversie, build_normversies

#: the export's ten columns and the uitzondering that covers
Row = tuple[str, ...]

_COLUMNS = (
    "pleegkind_nummer",
    "norm",
    "onderwerp_soort",
    "onderwerp_nummer",
    "zwaarte",
    "laatste_datum",
    "uiterlijk",
    "stand",
    "te_laat_sinds",
    "dagen_te_laat",
    "uitzondering_nummer",
)


def catalogus_of(normversies: Sequence[Normversie] | None, *, from_oracle: bool = False) -> Catalogus:
    """Return the engine's catalogue for the oracle's norm versions; None: its own national ones."""
    if normversies is None:
        return Catalogus(LANDELIJK)
    versies = build_normversies(tweede=True) if from_oracle else normversies
    return Catalogus(version for versie in versies for version in _versions(versie))


def _versions(versie: Normversie) -> Iterator[NormVersie]:
    """Yield a version of the oracle as the engine's: it has the formula of the day, so one over October is two."""
    van, tot = versie["geldig_van"], versie["geldig_tot"]
    pieces = [(van, tot)]
    own = [norm for norm in LANDELIJK if norm.code == versie["code"]]
    has_two = any(norm.geldig_van == TWEEDE_CATALOGUS for norm in own)
    if has_two and van < TWEEDE_CATALOGUS and (tot is None or tot > TWEEDE_CATALOGUS):
        pieces = [(van, TWEEDE_CATALOGUS), (TWEEDE_CATALOGUS, tot)]
    for eerste, laatste in pieces:
        yield replace(
            next((norm for norm in own if norm.holds_on(eerste)), own[0]),
            versie=versie["versie"],
            geldig_van=eerste,
            geldig_tot=laatste,
            zwaarte=Zwaarte(versie["zwaarte"]),
            waarschuwing_dagen=versie["waarschuwing_dagen"],
            parameters=versie["parameters"],
        )


def engine_row(kind: str, onderwerp: str, uitzondering: str | None, oordeel: Oordeel) -> Row:
    """Return one judgement of the engine by the numbers that people know its subjects by."""
    return (
        kind,
        str(oordeel.norm.code),
        str(oordeel.onderwerp_soort),
        onderwerp,
        str(oordeel.zwaarte),
        _text(oordeel.laatste.datum if oordeel.laatste else None),
        _text(oordeel.uiterlijk),
        str(oordeel.stand),
        _text(oordeel.te_laat_sinds),
        "" if oordeel.dagen_te_laat is None else str(oordeel.dagen_te_laat),
        uitzondering or "",
    )


def engine_rows(oordelen: Mapping[str, Iterable[Oordeel]], namen: Namen) -> list[Row]:
    """Return the judgements of every child, sorted."""
    return sorted(
        engine_row(
            kind,
            namen.onderwerpen[oordeel.onderwerp_soort][oordeel.onderwerp_id],
            None if oordeel.uitzondering_id is None else namen.uitzonderingen[oordeel.uitzondering_id],
            oordeel,
        )
        for kind, several in oordelen.items()
        for oordeel in several
    )


def oracle_rows(oordelen: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return the oracle's judgements in the same form."""
    return sorted(
        tuple("" if oordeel[column] is None else _text(oordeel[column]) for column in _COLUMNS) for oordeel in oordelen
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
