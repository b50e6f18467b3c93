"""How a drill says how many of the faults that it planted it saw; ``tools.drills`` counts what is said."""

import re

_SAID = re.compile(r"(\d+) van (\d+) (?:geplante fouten gezien|mutanten gedood)")


def tell_planted(seen: int, planted: int) -> bool:
    """Say it, and tell whether all of them were seen."""
    print(f"{'' if seen == planted else 'FOUT: '}{seen} van {planted} geplante fouten gezien", flush=True)
    return seen == planted


def count_planted(said: str) -> tuple[int, int]:
    """Return how many faults a drill saw and how many it planted, in all that it said."""
    found = [(int(seen), int(planted)) for seen, planted in _SAID.findall(said)]
    return sum(seen for seen, _ in found), sum(planted for _, planted in found)
