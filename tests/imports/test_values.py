"""Cells: what each kind of column makes of what stands in a file, and never another exception than a fault."""

import math
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.imports import dates, values
from app.imports.faults import CelFout, FoutCode
from app.imports.kolommen import Celsoort
from app.imports.sheets import BLADEN
from app.imports.werkboek import FOUTWAARDE
from app.invoer.datums import EERSTE_DAG, LAATSTE_DAG
from app.terms import NormCode


def local(*parts: int) -> datetime:
    """Return a datetime as a spreadsheet has it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        (date(2023, 3, 15), date(2023, 3, 15)),
        (local(2023, 3, 15), date(2023, 3, 15)),
        (45000.0, date(2023, 3, 15)),
        (45000, date(2023, 3, 15)),
        ("2023-03-15", date(2023, 3, 15)),
        ("15-3-2023", date(2023, 3, 15)),
        ("15-03-2023", date(2023, 3, 15)),
        (" 5-3-2023 ", date(2023, 3, 5)),
        ("29-2-2024", date(2024, 2, 29)),
        (2200.0, date(1906, 1, 8)),
        ("2023-03-15T00:00:00", date(2023, 3, 15)),
        ("15-3-2023 0:00", date(2023, 3, 15)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
    ],
)
def test_a_date_in_every_form_of_the_contract(cel: Any, expected: date) -> None:
    found = dates.parse_datum(cel)
    assert type(found) is date
    assert found == expected


@pytest.mark.parametrize(
    "cel",
    [
        "gisteren",
        "2023-3-15",
        "15/03/2023",
        "15-3-23",
        "20230315",
        "2023-W11-3",
        "2023-03-15T00:00:01",
        "2023-03-15T00:00:00Z",
        "31-2-2015",
        "2023-02-29",
        "0-1-2023",
        "1899-12-31",
        "2200-01-01",
        "9999-12-31",
        "٠١-٠١-٢٠٢٣",  # noqa: RUF001
        "1-1-2023\nx",
        "45000",
        local(2023, 3, 15, 0, 1),
        45000.5,
        0.0,
        -1.0,
        60.0,  # the 29 February 1900 that spreadsheets believe in
        1e300,
        10**400,
        math.inf,
        math.nan,
        True,
        time(1, 0),
        timedelta(days=1),
        FOUTWAARDE,
    ],
)
def test_what_is_no_date(cel: Any) -> None:
    with pytest.raises(CelFout) as caught:
        dates.parse_datum(cel)
    assert caught.value.code is FoutCode.ONGELDIGE_DATUM


def test_serial_numbers_of_a_mac_count_from_1904() -> None:
    assert dates.parse_datum(43830.0, datum_1904=True) == date(2024, 1, 1)
    assert dates.parse_datum(2200.0, datum_1904=True) == date(1910, 1, 9)
    assert dates.parse_moment(43830.5, datum_1904=True) == utc(2024, 1, 1, 11)
    with pytest.raises(CelFout):
        dates.parse_datum(-1.0, datum_1904=True)


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        (date(2026, 1, 10), utc(2026, 1, 9, 23)),  # 00:00 in Amsterdam
        (date(2026, 7, 10), utc(2026, 7, 9, 22)),
        ("10-1-2026", utc(2026, 1, 9, 23)),
        (46032.0, utc(2026, 1, 9, 23)),
        (46032.5, utc(2026, 1, 10, 11)),
        (local(2026, 7, 10, 14, 30), utc(2026, 7, 10, 12, 30)),
        (datetime(2026, 7, 10, 14, 30, tzinfo=UTC), utc(2026, 7, 10, 14, 30)),
        ("2026-01-10T14:30", utc(2026, 1, 10, 13, 30)),
        ("2026-01-10 14:30:15", utc(2026, 1, 10, 13, 30, 15)),
        ("2026-01-10T14:30:15.5", utc(2026, 1, 10, 13, 30, 15, 500_000)),
        ("2026-01-10T14:30:00Z", utc(2026, 1, 10, 14, 30)),
        ("2026-01-10T14:30:00+05:00", utc(2026, 1, 10, 9, 30)),
        ("2026-01-10T14:30:00 -0330", utc(2026, 1, 10, 18)),
        ("2026-10-25T02:30", utc(2026, 10, 25, 0, 30)),  # occurs twice: the first
        ("2026-03-29T02:30", utc(2026, 3, 29, 1, 30)),  # does not occur
    ],
)
def test_an_instant_in_every_form(cel: Any, expected: datetime) -> None:
    found = dates.parse_moment(cel)
    assert found == expected
    assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "cel",
    [
        "2026-01-10T24:00",
        "2026-01-10T14",
        "2026-01-10T14:30+25:00",
        "2026-02-30T10:00",
        "1899-12-31T10:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "straks",
        math.nan,
        math.inf,
        1e300,
        10**400,
        -5.0,
        60.5,
        True,
        time(1, 0),
    ],
)
def test_what_is_no_instant(cel: Any) -> None:
    with pytest.raises(CelFout) as caught:
        dates.parse_moment(cel)
    assert caught.value.code is FoutCode.ONGELDIGE_DATUM


@pytest.mark.parametrize(
    ("cel", "expected"),
    [
        ("K00001", "K00001"),
        ("  007 ", "007"),
        (12.0, "12"),
        (12, "12"),
        (0.0, "0"),
        (-3.0, "-3"),
        (12.5, "12.5"),
        (999_999_999_999_999.0, "999999999999999"),
        ("e\u0301", "é"),  # NFC
        ("=1+1", "=1+1"),
        ("x" * 100, "x" * 100),
    ],
)
def test_a_nummer(cel: Any, expected: str) -> None:
    assert values.parse_nummer(cel) == expected


@pytest.mark.parametrize(
    "cel",
    [
        "x" * 101,
        "a\nb",
        "a\u200bb",  # a space that nobody sees
        "a\u00a0b",
        "a\ud800",
        "a\x00",
        1e15,  # a spreadsheet has rounded it
        -1e15,
        math.inf,
        math.nan,
        10**400,
        True,
        date(2025, 1, 1),
        "#N/A",
        "#VERW!",
        FOUTWAARDE,
    ],
)
def test_what_is_no_nummer(cel: Any) -> None:
    with pytest.raises(CelFout) as caught:
        values.parse_nummer(cel)
    assert caught.value.code is FoutCode.ONGELDIGE_WAARDE


@pytest.mark.parametrize("text", ["Łucja van 't Hof", "Y\u0131lmaz", "O'Brien", "x" * 250, "♥\ufe0f", "#5", "N/A"])
def test_a_text_stays_as_it_is(text: str) -> None:
    assert values.parse_tekst(text) == text


@pytest.mark.parametrize("text", ["x" * 251, "a\nb", "a\tb", "a\x1bb", "a\udfff", "a\u2028b", "#DEEL/0!", "#FOUT"])
def test_what_is_no_text(text: str) -> None:
    with pytest.raises(CelFout):
        values.parse_tekst(text)


def test_a_long_text_may_have_lines() -> None:
    assert values.parse_lange_tekst(" een\r\ntwee\rdrie\t\n") == "een\ntwee\ndrie"
    assert values.parse_lange_tekst("x" * 20_000) == "x" * 20_000
    with pytest.raises(CelFout):
        values.parse_lange_tekst("x" * 20_001)
    with pytest.raises(CelFout):
        values.parse_lange_tekst("a\x00b\nc")


def test_norm_codes_are_read_once_each_in_order() -> None:
    assert values.parse_normen("VC-J  KAG-3\nVC-J ") == (NormCode.VC_J, NormCode.KAG_3)


@pytest.mark.parametrize("cel", ["KAG-9", "KAG-3, KAG-R", "kag-3", 3.0, ","])
def test_unknown_norm_codes(cel: Any) -> None:
    with pytest.raises(CelFout):
        values.parse_normen(cel)


KOLOMMEN = [kolom for blad in BLADEN.values() for kolom in blad.kolommen]
CELLEN = st.one_of(
    st.text(),
    st.text(alphabet="0123456789-: TZ+.jane"),
    st.text(st.characters(categories=["Cs", "Cc", "Nd"])),
    st.from_regex(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}([T ][0-9]{2}:[0-9]{2})?", fullmatch=True),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))])),
    st.times(),
    st.timedeltas(),
    st.just(FOUTWAARDE),
)


@given(st.sampled_from(KOLOMMEN), CELLEN, st.booleans())
@example(kolom=KOLOMMEN[0], cel=10**400, datum_1904=False)
@example(kolom=next(one for one in KOLOMMEN if one.soort is Celsoort.GETAL), cel="0", datum_1904=False)
def test_any_cell_gives_a_value_or_a_fault_and_nothing_else(kolom: Any, cel: Any, datum_1904: Any) -> None:
    parse = values.make_parser(kolom, datum_1904=datum_1904)
    with suppress(CelFout):
        assert_storable(kolom.soort, parse(cel))


def assert_storable(soort: Celsoort, value: object) -> None:
    if soort is Celsoort.DATUM:
        assert type(value) is date
        assert EERSTE_DAG <= value <= LAATSTE_DAG
    elif soort is Celsoort.MOMENT:
        assert isinstance(value, datetime)
        assert value.tzinfo is UTC
    elif soort is Celsoort.JA_NEE:
        assert isinstance(value, bool)
    elif soort is Celsoort.GETAL:
        assert type(value) is int
        assert 0 <= value < 10**15
    elif soort is Celsoort.NORMEN:
        assert isinstance(value, tuple)
        assert value
    else:
        assert isinstance(value, str)
        assert "\x00" not in value
        value.encode("utf-8")


@given(st.dates(EERSTE_DAG, LAATSTE_DAG))
def test_every_way_of_writing_a_day_is_the_same_day(day: date) -> None:
    serial = float((day - date(1899, 12, 30)).days)
    assert dates.parse_datum(day.isoformat()) == day
    assert dates.parse_datum(f"{day.day}-{day.month}-{day.year}") == day
    if day >= date(1906, 1, 8):  # what is lower is a year
        assert dates.parse_datum(serial) == day
