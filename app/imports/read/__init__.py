"""From a file that nobody trusts to a raw workbook, within limits."""
