"""What a teamleider looks after: the team on Monday, who is absent, whose children go to another."""
