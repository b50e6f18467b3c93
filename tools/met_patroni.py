"""Two members of a cluster that has nothing but a lock, by Patroni's own modules; ``tools.leiderslot`` runs this.

The first leads and stands still, the second takes over, the first goes on where it was: it still believes that it
leads, as a process does that stood still between reading who leads and saying that it still does. The last line says
whether the lock is then the first one's again: ``ja`` or ``nee``.
"""

import sys
import time
from typing import Any

from patroni.dcs import get_dcs  # type: ignore[import-not-found] # of the distribution, whose interpreter runs this

_TTL = 5


def member(name: str, way: str, hosts: str) -> Any:
    """Return somebody who may lead, that has said that it is there."""
    settings = {"scope": "slotproef", "name": name, "ttl": _TTL, "loop_wait": 1, "retry_timeout": 3}
    found = get_dcs({way: {"hosts": hosts}, **settings})
    keep_alive(found)
    return found


def keep_alive(one: Any) -> None:
    """Say that a member is there, where that is said apart from the lock."""
    if hasattr(one, "refresh_lease"):
        one.refresh_lease()


def _take_over(one: Any) -> None:
    until = time.monotonic() + 10 * _TTL
    while not one.attempt_to_acquire_leader():
        if time.monotonic() > until:
            raise RuntimeError("the lock of who stands still never ends")
        time.sleep(1)
        keep_alive(one)
        one.get_cluster()


def main(way: str, hosts: str) -> bool:
    """Tell whether who stood still takes the lead back."""
    first, second = (member(name, way, hosts) for name in ("een", "twee"))
    first.get_cluster()
    if not first.attempt_to_acquire_leader():
        raise RuntimeError("nobody leads, and yet the lock cannot be had")
    first.get_cluster()
    _take_over(second)
    first.update_leader(1)
    return str(second.get_cluster().leader.name) == "een"


if __name__ == "__main__":
    print("ja" if main(*sys.argv[1:]) else "nee")
