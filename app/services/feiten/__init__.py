"""Recording, correcting and withdrawing facts of every kind."""
