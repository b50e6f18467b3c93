"""An independent oracle for the norms of domein.md §5: slow, plain, and sharing no code with app."""
