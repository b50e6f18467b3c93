"""A quarterly audit as a report for a board meeting."""
