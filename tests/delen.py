"""Which tests are for before a push and for CI: ``make test``, for every change, leaves them to ``make test-lang``.

``make test`` takes five minutes on two cores and has what refuses, judges and may not be seen: the policy table, the
second wall, non-interference, the oracles. Here is what takes long for what it says: processes that start and end,
every step of the schema, and whole files, workbooks or lists of routes gone through once more.
"""

from enum import StrEnum
from typing import Final


class Deel(StrEnum):
    """A part of the suite."""

    KORT = "kort"
    LANG = "lang"


#: folders, files and how their names begin, from the root of the repository; by what makes them long
LANG: Final = (
    # starts processes, and waits for them to end
    "tests/cli/test_bsnsleutels.py",
    "tests/cli/test_embedded.py",
    "tests/cli/test_gezond",
    "tests/cli/test_importeer.py",
    "tests/cli/test_inzageverzoek.py",
    "tests/cli/test_metrics.py",
    "tests/cli/test_serve.py",
    "tests/cli/test_vaststellen.py",
    "tests/cli/test_vernietigen.py",
    "tests/routers/api/test_livez.py",
    "tests/tools/test_drill",
    "tests/web/around/test_protocol.py",
    # takes databases up and down the schema, or fills one
    "tests/migrations/",
    "tests/models/test_grote_import.py",
    "tests/models/test_zonder_begeleider.py",
    # asks every route or every page the same
    "tests/api/test_conventions.py",
    "tests/api/test_inzagen_iedereen.py",
    "tests/api/test_queries.py",
    "tests/api/test_schemathesis.py",
    "tests/api/test_verplaatst_deuren.py",
    "tests/beleid/test_behandelrelatie.py",
    "tests/beleid/test_eerste_muur.py",
    "tests/beleid/test_mutanten.py",
    "tests/beleid/test_tabel.py",
    "tests/paginas/concepten/",
    "tests/paginas/rondgang/",
    "tests/paginas/test_beleid.py",
    # goes through a whole workbook, file, audit or demo, again and again
    "tests/api/test_afwezigheid.py",
    "tests/api/test_alles_",
    "tests/api/test_concurrency.py",
    "tests/api/test_inzageverzoek",
    "tests/api/test_samenvoeging",
    "tests/api/test_toets",
    "tests/api/test_vernietigen",
    "tests/api/test_verplaatsing.py",
    "tests/api/test_vertrek.py",
    "tests/exports/test_kwartaaltoets_pdf.py",
    "tests/jobs/test_mutanten.py",
    "tests/jobs/test_webhooks.py",
    "tests/jobs/test_weer_nodig",
    "tests/paginas/test_dossieroverdracht.py",
    "tests/paginas/test_mutanten.py",
    "tests/paginas/test_samenvoeg",
    "tests/services/test_demo",
    "tests/services/test_import_",
    "tests/services/test_later_days.py",
    "tests/services/test_toets",
    "tests/services/test_wijzigingslog.py",
    "tests/toets/test_openbaar.py",
)


def deel_of(nodeid: str) -> Deel:
    """Return the part that a test is in."""
    return Deel.LANG if nodeid.startswith(LANG) else Deel.KORT
