"""Destroying files: proposals, terms, certificates."""
