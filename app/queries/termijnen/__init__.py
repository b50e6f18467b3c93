"""Lists of judgements, of today and of the past."""
