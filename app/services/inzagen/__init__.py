"""The access log as it is written, and a child's right to its file."""
