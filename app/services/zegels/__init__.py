"""Seals: making them, and verifying everything that they cover."""
