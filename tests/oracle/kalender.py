"""Civil days: months, birthdays, working days (normen.md §5, Arithmetic). Nothing here knows a norm."""

import calendar
from datetime import date, timedelta

DAG = timedelta(days=1)
ZATERDAG, ZONDAG = 5, 6
DECEMBER = 12

# The first full moon of spring by golden number 1..19, as the church tabulates it for 1900-2199:
# (month, day). A table can be read; a formula would have to be believed.
PAASVOLLEMAAN = (
    (4, 14),
    (4, 3),
    (3, 23),
    (4, 11),
    (3, 31),
    (4, 18),
    (4, 8),
    (3, 28),
    (4, 16),
    (4, 5),
    (3, 25),
    (4, 13),
    (4, 2),
    (3, 22),
    (4, 10),
    (3, 30),
    (4, 17),
    (4, 7),
    (3, 27),
)


def add_maanden(anker: date, aantal: int) -> date:
    """m(d, n): n calendar months after the anchor, clamped to the end of that month."""
    jaar, maand = anker.year, anker.month
    for _ in range(aantal):
        maand += 1
        if maand > DECEMBER:
            jaar, maand = jaar + 1, 1
    laatste_van_de_maand = calendar.monthrange(jaar, maand)[1]
    return date(jaar, maand, min(anker.day, laatste_van_de_maand))


def add_dagen(anker: date, aantal: int) -> date:
    """N days after the anchor."""
    return anker + aantal * DAG


def get_verjaardag(geboortedatum: date, leeftijd: int) -> date:
    """The day on which someone turns that age; born on 29 February: 1 March in other years."""
    jaar = geboortedatum.year + leeftijd
    if (geboortedatum.month, geboortedatum.day) == (2, 29) and not calendar.isleap(jaar):
        return date(jaar, 3, 1)
    return date(jaar, geboortedatum.month, geboortedatum.day)


def is_leeftijd_bereikt(geboortedatum: date, leeftijd: int, dag: date) -> bool:
    """Someone is n years old from the n-th birthday on."""
    return dag >= get_verjaardag(geboortedatum, leeftijd)


def get_eerste_paasdag(jaar: int) -> date:
    """Easter Sunday: the Sunday after the first full moon of spring. Years 1900-2199."""
    maand, dag = PAASVOLLEMAAN[jaar % 19]
    zoek = date(jaar, maand, dag) + DAG
    while zoek.weekday() != ZONDAG:
        zoek += DAG
    return zoek


def list_feestdagen(jaar: int) -> list[date]:
    """The days of art. 3 Algemene termijnenwet as normen.md §5 lists them."""
    pasen = get_eerste_paasdag(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == ZONDAG:
        koningsdag = date(jaar, 4, 26)
    return [
        date(jaar, 1, 1),
        pasen - 2 * DAG,  # Good Friday
        pasen + 1 * DAG,  # Easter Monday
        koningsdag,
        date(jaar, 5, 5),
        pasen + 39 * DAG,  # Ascension
        pasen + 50 * DAG,  # Whit Monday
        date(jaar, 12, 25),
        date(jaar, 12, 26),
    ]


def is_werkdag(dag: date) -> bool:
    """Monday to Friday without the holidays."""
    return dag.weekday() not in (ZATERDAG, ZONDAG) and dag not in list_feestdagen(dag.year)


def add_werkdagen(anker: date, aantal: int) -> date:
    """w(d, n): the n-th working day after d, counted day by day."""
    dag, geteld = anker, 0
    while geteld < aantal:
        dag += DAG
        if is_werkdag(dag):
            geteld += 1
    return dag
