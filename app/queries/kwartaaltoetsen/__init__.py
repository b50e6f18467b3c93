"""Quarterly audits: recomputed, stored, compared."""
