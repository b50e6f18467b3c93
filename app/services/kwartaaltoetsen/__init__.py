"""Quarterly audits: built, frozen by somebody, and what follows from them."""
