"""Small pure things without a noun of the domain."""
