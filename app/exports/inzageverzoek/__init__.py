"""A child's own file, as JSON and as a PDF to read."""
