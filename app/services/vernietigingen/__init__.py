"""Destroying files: decided by two people, carried out by a command."""
