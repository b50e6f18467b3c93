"""What keeps an organisatie and an installation in order."""
