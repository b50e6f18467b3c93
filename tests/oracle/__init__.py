"""An independent oracle for the norms of normen.md §5: slow, plain, and sharing no code with app."""
