"""What only an inspecteur asks, and under which mandate."""
