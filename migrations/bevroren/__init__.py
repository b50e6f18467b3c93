"""What migrations that ran were built with: never changed; what a new one needs otherwise stands beside it."""
