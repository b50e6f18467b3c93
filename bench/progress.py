"""Lines on stderr while it runs: stdout holds nothing but the tables."""

import sys
import time

_start = time.perf_counter()


def tell(message: str) -> None:
    """Say what begins or was found, with the seconds since the start."""
    print(f"[{time.perf_counter() - _start:5.0f} s] {message}", file=sys.stderr, flush=True)
