"""A quarterly audit as a workbook for people."""
