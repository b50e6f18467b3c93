"""Ruisfactoren of children, and the list for the case discussion."""
