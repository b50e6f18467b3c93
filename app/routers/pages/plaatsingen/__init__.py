"""Where a child will live: a new plaatsing; and what was recorded wrongly of one, or of who guides it there."""
