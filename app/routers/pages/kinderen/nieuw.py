"""Which children are new to their begeleider: the list that names them and the number before it say the same."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from app.queries.zorg import Zorg

#: so long a child is new to its begeleider
_NIEUW: Final = timedelta(days=42)


def is_new_to(kind: Zorg, medewerker: UUID, vandaag: date) -> bool:
    """Tell whether a medewerker is the begeleider of a child, and has been for no more than six weeks."""
    sinds = kind.begeleider_sinds
    return kind.begeleider_uid == medewerker and sinds is not None and sinds >= vandaag - _NIEUW
