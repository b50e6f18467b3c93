"""A quarterly audit in every format."""
