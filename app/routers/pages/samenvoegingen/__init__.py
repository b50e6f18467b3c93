"""Two files of one child: proposed, approved, undone."""
