"""Which tests ask the database of the tests nothing: on a second engine they would say the same once more.

``.ci/run`` runs ``make test`` on the embedded server and again, with ``--motor=andere``, on another PostgreSQL, without
these. That they need none is tried every night: ``make drill-tests`` runs them (``--motor=geen``) with a server that is
not there.
"""

from typing import Final

#: folders and files, from the root of the repository
ZONDER_DATABASE: Final = (
    "tests/access/",
    "tests/bench/",
    "tests/channels/",
    "tests/cli/test_embedded.py",
    "tests/cli/test_metrics.py",
    "tests/cli/test_serve.py",
    "tests/demo/",
    "tests/docs/",
    "tests/exports/",
    "tests/imports/",
    "tests/invoer/",
    "tests/norms/",
    "tests/oracle/",
    "tests/paginas/test_mutanten.py",
    "tests/schemas/",
    "tests/security/",
    "tests/verdict/test_engine_vs_oracle.py",
    "tests/test_",
)


def asks_nothing(nodeid: str) -> bool:
    """Tell whether a test is one of them."""
    return nodeid.startswith(ZONDER_DATABASE)
