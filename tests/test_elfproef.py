import pytest

from app.lib.elfproef import is_geldig_bsn


@pytest.mark.parametrize("bsn", ["123456782", "111222333", "010000008"])
def test_nine_digits_that_pass_are_valid(bsn: str) -> None:
    assert is_geldig_bsn(bsn)


@pytest.mark.parametrize(
    "text",
    [
        "000000000",  # passes the sum, and is refused
        "123456789",
        "123456783",
        "12345678",
        "1234567820",
        "",
        " 123456782",
        "123456782\n",
        "1234.56.782",
        "١٢٣٤٥٦٧٨٢",
        "-23456782",
        "12345678a",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_geldig_bsn(text)


def test_every_single_wrong_digit_is_noticed() -> None:
    valid = "123456782"
    changed = {valid[:place] + digit + valid[place + 1 :] for place in range(9) for digit in "0123456789"} - {valid}
    assert len(changed) == 81
    assert not any(map(is_geldig_bsn, changed))


def test_two_digits_that_changed_places_are_noticed() -> None:
    assert not is_geldig_bsn("123456872")
