"""The check of a workbook, step by step: cells, rows, links, lives, overlap, and what must wait."""
