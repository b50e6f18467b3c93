"""The norms of ``normen.md`` §5: facts + norm versions + peildatum → judgements.

Pure: no clock, no database, no framework. Everything that judges calls this package.
"""
