"""Checks that the build runs; nothing of it is part of the service."""
