"""The norms: what each asks, and what the organisatie makes stricter, from when and until when."""
