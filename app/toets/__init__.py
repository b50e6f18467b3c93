"""The quarterly audit as pure functions: facts and judgements in, rows, key figures and differences out.

No clock, no database, no web; ``app.norms`` decides every stand. Source: ``normen.md`` §6.
"""
