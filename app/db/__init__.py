"""The database: engines and sessions, hot statements, pages by key, streams."""
