"""The rows of a quarter as they go out: one per group, part and key figure; what is hidden has no count."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.lib.canoniek import as_canonical
from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.openbaar.kengetallen import Kengetal, kengetallen
from app.norms.openbaar.onderdrukking import Reden
from app.norms.toezicht.onderdrukking import DELEN, Cel, Deel, counts_of, shown_counts

#: name of the only group of the soort organisatie: its own name stands beside every row
GEHEEL: Final = ""


class OpenRegel(NamedTuple):
    """One figure.

    Attributes:
        dimensie: by what is split.
        groep: which one; empty for the whole, and where a child has no such thing.
        deel: over which rows: voltijd or alle.
        kengetal: its permanent name.
        teller: the count; None: hidden.
        noemer: of what it is a part; None: hidden, or it is part of nothing.
        onderdrukt: whether one of the two is hidden.
        normen: the versions of the norms that decided, with their numbers.
    """

    dimensie: str
    groep: str
    deel: Deel
    kengetal: str
    teller: int | None
    noemer: int | None
    onderdrukt: bool
    normen: str


def open_regels(
    groepen: Sequence[GroepKengetallen], verborgen: Collection[Cel], normen: Iterable[Mapping[str, Any]]
) -> Iterator[OpenRegel]:
    """Yield the rows of a quarter.

    Args:
        groepen: from ``open_groepen``.
        verborgen: the cells that do not go out.
        normen: those of the head of the audit (``KopInhoud``).
    """
    versions = {norm["code"]: _version(norm) for norm in normen}
    counts = shown_counts(groepen, frozenset(verborgen))
    for (teller, noemer), one in cells_of(groepen):
        groep = groepen[teller.groep]
        yield OpenRegel(
            dimensie=groep["soort"],
            groep=name_of(groep),
            deel=_deel(teller),
            kengetal=one.naam,
            teller=counts[teller],
            noemer=None if noemer is None else counts[noemer],
            onderdrukt=teller in verborgen or noemer in verborgen,
            normen=" ".join(versions[code] for code in one.normen if code in versions),
        )


def digest_of_regels(regels: Iterable[OpenRegel]) -> str:
    """Return the SHA-256 over the canonical JSON of rows, as 64 hexadecimal digits."""
    return hashlib.sha256(as_canonical([list(regel) for regel in regels]).encode()).hexdigest()


def cells_of(groepen: Sequence[GroepKengetallen]) -> Iterator[tuple[tuple[Cel, Cel | None], Kengetal]]:
    """Yield the cells of teller and noemer of every row, in the order of the rows, with its key figure."""
    for i, groep in enumerate(groepen):
        for deel in DELEN:
            maten = counts_of(groep[deel])
            for one in kengetallen():
                if one.teller in maten:
                    noemer = None if one.noemer is None else Cel(i, deel, one.noemer)
                    yield (Cel(i, deel, one.teller), noemer), one


def name_of(groep: GroepKengetallen) -> str:
    """Return the name of a group as it goes out."""
    return GEHEEL if groep["soort"] == "organisatie" else groep["naam"]


def hidden_in(groepen: Sequence[GroepKengetallen], regels: Iterable[OpenRegel]) -> frozenset[Cel]:
    """Return which cells did not go out, from the rows that did."""
    known = {(r.dimensie, r.groep, r.deel, r.kengetal): r for r in regels}
    hidden: set[Cel] = set()
    for (teller, noemer), one in cells_of(groepen):
        groep = groepen[teller.groep]
        row = known.get((groep["soort"], name_of(groep), _deel(teller), one.naam))
        if row is None or row.teller is None:
            hidden.add(teller)
        if noemer is not None and (row is None or row.noemer is None):
            hidden.add(noemer)
    return frozenset(hidden)


def reasons_of(
    groepen: Sequence[GroepKengetallen], why: Mapping[Cel, Reden]
) -> list[tuple[Reden | None, Reden | None]]:
    """Return of each row why its teller and its noemer are hidden, in the order of the rows."""
    return [(why.get(teller), None if noemer is None else why.get(noemer)) for (teller, noemer), _ in cells_of(groepen)]


def _deel(cel: Cel) -> Deel:
    return "voltijd" if cel.deel == "voltijd" else "alle"


def _version(norm: Mapping[str, Any]) -> str:
    """Return which version of a norm held, and its numbers: an organisatie may have tightened it."""
    numbers = ",".join(f"{name}={value}" for name, value in sorted(norm["parameters"].items()) if value is not None)
    return f"{norm['code']}/{norm['versie']}" + (f"({numbers})" if numbers else "")
