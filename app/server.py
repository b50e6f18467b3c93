"""Serve the application with uvicorn, and say where to look and as whom to sign in."""

import uvicorn

from app import db
from app.console import say
from app.errors import OngeldigeInstelling
from app.runtime import ready_engine
from app.settings import get_settings

_DEMO_USERS = (
    "begeleider", "begeleider2", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder", "inspecteur",
    "buitenstaander",
)  # fmt: skip


def serve(host: str, port: int, workers: int) -> None:
    """Check the database, announce, and serve until stopped.

    Raises:
        OngeldigeInstelling: nobody could sign in, or the server could lose what was recorded.
    """
    settings = get_settings()
    if not settings.demo and not settings.oidc_issuer:
        raise OngeldigeInstelling("PLEEGZICHT_OIDC_ISSUER ontbreekt (of zet PLEEGZICHT_DEMO=1 voor de demo)")
    db.check_durability(ready_engine())
    _announce(f"http://{host}:{port}", demo=settings.demo)
    uvicorn.run(
        "app.main:create_served_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=10,
    )


def _announce(address: str, *, demo: bool) -> None:
    say(f"Pleegzicht staat klaar op {address}; de beschrijving van de API op {address}/v1/openapi.json")
    if demo:
        say(f"Dit is een demo met verzonnen gegevens. Open {address} en kies als wie u rondkijkt:")
        say(", ".join(_DEMO_USERS))
        say("Een toegangsbewijs: PLEEGZICHT_DEMO=1 .venv/bin/pleegzicht token --gebruiker begeleider")
