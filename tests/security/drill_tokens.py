"""``make drill-tokens``: the attack tokens by name with the outcome of each, and the count last."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from app import clock
from app.main import create_app
from app.settings import Settings
from tests import database
from tests.security.aanvallen import ATTACKS
from tests.security.conftest import FROZEN, stopped_at
from tests.security.matrix import Uitkomst, add_noor, attack, served
from tools.geplant import tell_planted


def _outcomes() -> list[Uitkomst]:
    url = database.create_migrated("pleegzicht_drill_tokens")
    engine = database.app_engine(url)
    add_noor(engine)
    settings = Settings(
        database_url=url, demo=True, log_level="ERROR", secrets_file=Path(tempfile.mkdtemp()) / "g.json"
    )
    moment = datetime.fromtimestamp(FROZEN, UTC)
    with (
        mock.patch("jose.jwt.datetime", stopped_at(FROZEN)),
        mock.patch.object(clock, "now", return_value=moment),
        served(create_app(settings)) as address,
    ):
        found = list(attack(address))
    engine.dispose()
    return found


def main() -> int:
    """Print the table; return 1 when an attack got in, or was told more than the others."""
    found = _outcomes()
    refusal = next(one for one in found if one.name == "no token")
    wrong = refused = 0
    for one in found:
        same = (one.body, one.headers) == (refusal.body, refusal.headers)
        expected = one.status == 401 and same if one.name in ATTACKS or one is refusal else one.status == 200
        wrong += not expected
        refused += expected and one.name in ATTACKS
        said = "dezelfde bytes" if same else "andere bytes"
        print(f"{one.name:<34} {one.status}  {said}{'' if expected else '   FOUT'}")
    print(f"{len(found) - 3} aanvallen, {wrong} fout")
    return 0 if tell_planted(refused, len(found) - 3) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
