"""Invented data for the demo: a pure generator, without clock, settings, database or models.

The same seed, size and day give the same facts. Everything is fictional: organisations, names, places and BSNs.
``app.services.demo.load`` writes what this package yields. Source of the figures: ``normen.md`` §9.
"""
