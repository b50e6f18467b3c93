"""What is recorded about a child, a placement or a family: a file per kind of fact of ``app.models.soorten``."""
