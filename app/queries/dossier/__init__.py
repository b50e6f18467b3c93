"""Everything in one child's file, whatever its table."""
