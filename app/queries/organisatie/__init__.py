"""An organisatie and who works there: its teams, whom to call, who is absent and who leads."""
