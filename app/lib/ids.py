"""External ids: UUIDv7, so that they sort by time and tell nothing else."""

from uuid import UUID

import uuid_utils.compat


def new_uid() -> UUID:
    """Return a new UUIDv7 (RFC 9562)."""
    return uuid_utils.compat.uuid7()
