"""Invented BSNs that pass the elfproef, all different, from the range 99….

Believed to be free for tests: RvIG numbers its test persons 9999…; nobody has a number of that range. Nine thousand
valid numbers begin with 9999, too few for a country, hence 99.
"""

_RUIMTE = 100_000  # children with a number of their own
_STAP = 61_803  # coprime with the room: neighbours do not have neighbouring numbers
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2)


def make_bsn(kind: int) -> str | None:
    """Return the BSN of the child with this index (from 0), or None when the range is used up."""
    if kind >= _RUIMTE:
        return None
    stam = f"99{kind * _STAP % _RUIMTE:05d}"
    # Of two stems that differ by one in the eighth digit at most one has no check digit (a remainder of 10).
    return next(filter(None, (_complete(f"{stam}{cijfer}") for cijfer in (kind % 9, kind % 9 + 1))))


def _complete(acht: str) -> str | None:
    rest = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, acht, strict=True)) % 11
    return f"{acht}{rest}" if rest < 10 else None  # noqa: PLR2004 — a digit
