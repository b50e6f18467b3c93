"""The small parts: sizes, numbers, names and days."""

from datetime import date, timedelta
from random import Random

import pytest

from app.clock import civil_date
from app.demo.bsn import make_bsn
from app.demo.kalender import Kalender
from app.demo.namen import team_naam
from app.demo.nummering import LETTERS, REEKSEN, Nummering
from app.demo.omvang import Omvang, OnbekendeOmvang, parse_omvang
from app.norms.calendar import is_working_day
from tests.demo.bsns import passes_elfproef


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("klein", Omvang(60, 42, 3)),
        ("aanbieder", Omvang(1300, 900, 10)),
        ("Landelijk", Omvang(19_918, 14_713, 10)),
        ("13", Omvang(13, 9, 3)),
        ("2600", Omvang(2600, 1800, 10)),
    ],
)
def test_sizes(tekst: str, verwacht: Omvang) -> None:
    assert parse_omvang(tekst) == verwacht


@pytest.mark.parametrize("tekst", ["", "0", "-3", "groot", "1.300", "²", "1e3"])
def test_what_is_no_size(tekst: str) -> None:
    with pytest.raises(OnbekendeOmvang, match="klein, aanbieder, landelijk"):
        parse_omvang(tekst)


def test_teams_share_everybody() -> None:
    omvang = parse_omvang("landelijk")
    delen = [omvang.share(team) for team in range(omvang.teams)]
    assert sum(kinderen for kinderen, _ in delen) == 19_918
    assert sum(gezinnen for _, gezinnen in delen) == 14_713


def test_bsns() -> None:
    bsns = [make_bsn(kind) for kind in range(100_000)]
    assert len(set(bsns)) == 100_000
    assert all(bsn is not None and passes_elfproef(bsn) for bsn in bsns[::97])
    assert make_bsn(100_000) is None


def test_uids_are_never_given_twice() -> None:
    uids = {
        Nummering(organisatie, reeks).uid(tabel, n)
        for organisatie in range(8)
        for reeks in REEKSEN
        for tabel in LETTERS
        for n in (1, 2, 500_000)
    }
    assert len(uids) == 8 * len(REEKSEN) * len(LETTERS) * 3
    assert {uid.version for uid in uids} == {7}


def test_uids_follow_the_nummers() -> None:
    nummering = Nummering(0)
    uids = [nummering.uid("huisbezoek", n) for n in range(1, 1000)]
    assert uids == sorted(uids)


def test_nummers_of_a_later_series_differ() -> None:
    assert Nummering(0).nummer("pleegkind", 7) == "K00007"
    assert Nummering(0, 2).nummer("pleegkind", 7) == "K2-00007"


def test_team_names_differ() -> None:
    assert len({team_naam(index) for index in range(125)}) == 125


@pytest.mark.parametrize("dag", range(7))
def test_recordings_lie_between_the_event_and_today(dag: int) -> None:
    vandaag = date(2026, 12, 28) + timedelta(dag)
    kal, rng = Kalender(vandaag, 3), Random(1)
    for gebeurd in range(kal.gisteren - 40, kal.vandaag):
        for _ in range(30):
            op = civil_date(kal.moment(rng, gebeurd))
            assert kal.datum(gebeurd) <= op < vandaag


def test_working_days() -> None:
    kal = Kalender(date(2026, 12, 31), 1)
    kerst = kal.dag(date(2026, 12, 25))  # a Friday
    assert kal.datum(kal.werkdag[kerst]) == date(2026, 12, 28)
    assert kal.datum(kal.werkdag_voor[kerst]) == date(2026, 12, 24)
    assert kal.datum(kal.werkdag_tot(kerst, kerst + 1)) == date(2026, 12, 24)
    assert all(is_working_day(kal.datum(kal.werkdag[dag])) for dag in range(kal.begin, kal.vandaag))
