"""The command ``pleegzicht``: arguments in, one service call, an exit code out."""

import os

# To look for plugins of pydantic, of which we have none, reads what every installed package says of itself.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # noqa: TID251 — pydantic reads it, not we
