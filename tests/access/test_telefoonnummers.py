"""Two numbers to call beside each other, however they are written: of neither a digit stays, and nothing else goes."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.access.contactgegevens import TELEFOON_WEG, without_contact
from app.access.weglating import BSN_WEG, without_bsn


def _written(first: str, shapes: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw a number that begins with ``first``; in its shapes # is a digit, the first of a place's code."""
    shape = st.sampled_from([first + one for one in shapes])
    return st.builds(_fill, shape, st.text("0123456789", min_size=10, max_size=10), st.sampled_from("123457"))


def _fill(shape: str, digits: str, begin: str) -> str:
    given = iter(begin + digits)
    return "".join(next(given) if sign == "#" else sign for sign in shape)


_MOBIEL = ("########", "-########", " ########", " ## ## ## ##", "-## ## ## ##", "-##-##-##-##", ".##.##.##.##",
           "-#### ####", " ### ### ##", "/########", "\u00a0########", "\u2013########")  # fmt: skip
_VAST = ("#########", "##-#######", "## #######", "## ### ## ##", "## ### ####", "###-######", "### ## ## ##",
         "##/#######", "## - ### ## ##")  # fmt: skip
_LAND = ("6########", " 6 ########", " 6 #### ####", "(0)6########", " (0)6-########", "-6-########", " ## ### ## ##",
         " (0)## ### ####", " 06 ########")  # fmt: skip
NUMMERS = st.one_of(
    _written("06", _MOBIEL),
    _written("(06) ", ("########", "## ## ## ##")),
    _written("0", _VAST),
    _written("(0", ("##) #######", "##)#######", "###) ######", "##) ### ## ##")),
    _written("088", ("-#######", " ### ## ##", " ### ####")),
    _written("+31", _LAND),
    _written("0031", _LAND),
    _written("(+31) ", ("6 ########", "## #######")),
    _written("08", ("00-####", "00 ####", "00-#######", "00 #######", "00####")),
    _written("09", ("00-####", "00-#######", "06-####", "09 ####")),
)
TUSSEN = st.sampled_from((
    " ", "  ", " / ", "/", ", ", ",", "; ", " of ", " en ", " - ", "-", " \u2013 ", "\n", "\t", "\u00a0", " (", " | ",
    ".", " & ", " + ", ": ", " of anders ", " mobiel ", "\u200b ",
))  # fmt: skip
VOOR = st.sampled_from(("", "Bel ", "tel. ", "Tel: ", "T ", "op 02-11-2026 ", "om 10.30 uur ", "bsn 123456782 ", "("))
NA = st.sampled_from(
    ("", ".", " 24 uur", " (3)", ")", " op 3-12-2026", " a.u.b.", "\n", "!", " om 10:30", ", na 9 uur")
)


@given(VOOR, NUMMERS, TUSSEN, NUMMERS, NA)
def test_two_numbers_never_survive(voor: str, een: str, tussen: str, ander: str, na: str) -> None:
    clean = without_contact(f"{voor}{een}{tussen}{ander}{na}")
    assert clean.startswith(voor)
    assert clean.endswith(na)
    left = clean.removeprefix(voor)[: len(clean) - len(voor) - len(na)]
    assert left.count(TELEFOON_WEG) == 2, clean
    assert not re.search(r"\d", left), clean


_DAGEN = st.dates(date(1990, 1, 1), date(2039, 12, 31))
ANDERS = st.one_of(
    st.builds("{0:%d-%m-%Y}".format, _DAGEN),
    st.builds("{0:%Y-%m-%d}".format, _DAGEN),
    st.builds("{0.day}/{0.month}/{0.year}".format, _DAGEN),
    st.builds("{0.day}-{0.month}-{0.year} 10.30 uur".format, _DAGEN),
    st.builds("{0.year} tot {0.year}".format, _DAGEN),
    st.builds("\u20ac {0},50".format, st.integers(1, 99_999)),
    st.builds("{0} euro".format, st.integers(1, 9_999_999)),
    st.builds("{0} km".format, st.integers(1, 99_999)),
    st.sampled_from(("om 8.30 uur", "09:00-17:00", "08.30 - 09.30", "0 tot 4 jaar", "12,5 %", "0,5 uur", "groep 3/4")),
)


@given(ANDERS, st.sampled_from((", ", " en ", "; ", " (", "\n", ". ")), ANDERS)
def test_days_times_amounts_and_years_stay(een: str, tussen: str, ander: str) -> None:
    text = f"{een}{tussen}{ander}"
    assert without_contact(text) == text


@given(NUMMERS, TUSSEN)
def test_a_bsn_beside_a_number_keeps_its_own_rule(nummer: str, tussen: str) -> None:
    assert without_bsn(without_contact(f"123456782{tussen}{nummer}")) == f"{BSN_WEG}{tussen}{TELEFOON_WEG}"
