"""Commands of ``pleegzicht`` that have a file of their own; ``app.cli`` registers them."""
