"""The import of a provider's workbook."""
