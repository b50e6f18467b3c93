"""``python -m bench.floor SETTINGS PORT``: serve with two workers, as the service has."""

import sys

import uvicorn

WORKERS = 2
_PATIENCE = 120  # seconds to answer that it lives, on a busy machine


def main() -> None:
    """Serve on loopback until stopped; each worker reads the arguments of this process."""
    uvicorn.run(
        "bench.floor.application:create",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[2]),
        workers=WORKERS,
        timeout_worker_healthcheck=_PATIENCE,
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
