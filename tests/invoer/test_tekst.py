"""What no eye can see does not come in, on one line nor in a longer text."""

import pytest

from app.invoer.tekst import fault_in_line, fault_in_text, normalise

ONZICHTBAAR = {
    "zero width space": "\u200b", "zero width joiner": "\u200d", "soft hyphen": "\u00ad", "byte order mark": "\ufeff",
    "right to left mark": "\u200f", "override": "\u202e", "isolate": "\u2066", "arabic letter mark": "\u061c",
    "escape": "\x1b", "nul": "\0", "delete": "\x7f", "next line": "\x85", "line separator": "\u2028",
    "paragraph separator": "\u2029", "half": "\ud800", "line end": "\n", "tab": "\t",
    "grapheme joiner": "\u034f", "variation selector": "\ufe0f", "another": "\U000e0100", "hangul filler": "\u3164",
    "mongolian selector": "\u180b", "khmer vowel": "\u17b4", "tag": "\U000e0041", "musical format": "\U0001d173",
}  # fmt: skip


@pytest.mark.parametrize("teken", ONZICHTBAAR.values(), ids=ONZICHTBAAR)
def test_a_line_has_nothing_that_cannot_be_seen(teken: str) -> None:
    zin = fault_in_line(f"Sam{teken}Bakker")
    assert zin is not None
    assert zin.endswith(".")
    assert fault_in_line(f"{teken}Sam") == fault_in_line(f"Sam{teken}") == zin


@pytest.mark.parametrize("text", ["\u200b", "\u2800", "\u3164\u3164", "\u0301", "\u00a0\u2800"])
def test_a_text_has_something_to_see(text: str) -> None:
    assert fault_in_line(text) is not None
    assert fault_in_text(text) is not None


@pytest.mark.parametrize("text", ["Łucja van 't Hof", "Y\u0131lmaz", "李", "محمد", "a b\u00a0c", "♥\ufe0f", "-"])
def test_a_name_as_people_have_it_is_fine(text: str) -> None:
    assert fault_in_line(text) is None


@pytest.mark.parametrize("text", ["een\n\ttwee", "\U0001f468\u200d\U0001f467"])
def test_a_longer_text_has_line_ends_and_joined_signs(text: str) -> None:
    assert fault_in_text(text) is None


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\0b", "a\x7fb", "a\u2028b", "a\ud800b"])
def test_a_longer_text_has_no_control_characters(text: str) -> None:
    assert fault_in_text(text) is not None


def test_a_text_is_stored_in_one_way() -> None:
    assert normalise(" Zoe\u0308\r\nBakker\r ") == "Zo\u00eb\nBakker"
