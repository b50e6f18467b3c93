"""Ruisfactoren as pure functions: facts in, reasons to look again out; never a verdict.

No clock, no database, no web. Source: ``normen.md`` §7 and ``docs/adr/0009-ruisfactoren.md``.
"""
