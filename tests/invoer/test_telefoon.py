"""What is a telephone number, and how it is dialled."""

import pytest

from app.invoer.telefoon import digits_of, fault_in_telefoonnummer


@pytest.mark.parametrize("value", ["112", "0800-2000", "010 123 45 67", "+31 (0)10 123 45 67", "0612345678"])
def test_what_people_write_is_taken(value: str) -> None:
    assert fault_in_telefoonnummer(value) is None


@pytest.mark.parametrize("value", ["12", "bel mij", "010 123 45 67 toestel 3", "+", "1" * 16, "06-1234567a", " 112"])
def test_what_cannot_be_dialled_is_refused(value: str) -> None:
    assert fault_in_telefoonnummer(value)


def test_only_digits_are_dialled() -> None:
    assert digits_of("+31 (0)10-123 45 67") == "+310101234567"
