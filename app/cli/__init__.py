"""The command ``pleegzicht``: arguments in, one service call, an exit code out."""
