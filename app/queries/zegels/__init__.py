"""Seals over logs and audits, and their verification."""
