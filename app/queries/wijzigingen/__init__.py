"""The change log: its list, its chain, and the rows that it speaks of."""
