"""What the floor refuses, by status alone."""


class Refused(Exception):
    """The answer is a problem with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
