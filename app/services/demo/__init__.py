"""The demo: the only services that import ``app.demo``."""
