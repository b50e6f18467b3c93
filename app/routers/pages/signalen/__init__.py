"""A signaal: recorded, shown, and followed up."""
