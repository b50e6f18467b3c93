"""The audit as CSV: the columns of the contract, and no cell that runs."""

import csv
from pathlib import Path
from random import Random

from app.exports.kwartaaltoets.as_csv import COLUMNS, write_toets_csv
from tests.exports.toetsbouw import FORMULE, KANARIE, build_bestand, build_oordeel, build_regel

_VOORBEELD = Path(__file__).parents[1] / "data/aanbieder-a.kwartaaltoets-2026-Q3.csv"


def test_the_header_is_that_of_the_sample_and_the_ruisscore() -> None:
    header = _VOORBEELD.read_text().splitlines()[0]
    assert b"".join(write_toets_csv(build_bestand(0))) == f"{header},ruisscore\n".encode()
    assert len(COLUMNS) == 22


def test_a_row_to_the_byte() -> None:
    kans = Random(1)
    regel = build_regel(
        7,
        {"id": "t", "naam": "Team Noord"},
        begeleider={"id": "m", "nummer": "M00003"},
        maatregelen=["jeugdreclassering", "ots"],
        criteria={
            "KAG-R": build_oordeel("KAG-R", 7, kans, stand="te_laat", laatste=None, uiterlijk="2026-07-03"),
            "VC-J": build_oordeel(
                "VC-J", 7, kans, stand="op_tijd", laatste={"id": "x", "datum": "2026-05-31"}, uiterlijk="2027-05-31"
            ),
            "MDO": None,
        },
        oordelen=[build_oordeel("KAG-3", 7, kans, stand="nadert"), build_oordeel("VGB-T", 7, kans, stand="te_laat")],
        vgbStand="te_laat",
        navolgbaar=False,
        lateRegistraties=2,
        professionals12m=3,
        ruisscore=4,
    )
    written = b"".join(write_toets_csv(build_bestand(regels=[regel])))
    assert written.splitlines()[1].decode() == (
        "K00007,P00007,Team Noord,M00003,jeugdreclassering ots,ja,2026-09-30,te_laat,,2026-07-03,"
        "op_tijd,2026-05-31,2027-05-31,nvt,,,nee,nadert,te_laat,2,3,4"
    )


def test_without_begeleider_team_vgb_or_kag_3_the_row_stays() -> None:
    regel = build_regel(9, None, begeleider=None, maatregelen=[], oordelen=[], vgbStand=None)
    row = next(csv.DictReader(b"".join(write_toets_csv(build_bestand(regels=[regel]))).decode().splitlines()))
    assert (row["team"], row["begeleider_nummer"], row["maatregel"]) == ("", "", "")
    assert (row["kag_3_stand"], row["vgb_stand"]) == ("nvt", "nvt")


def test_a_team_that_is_a_formula_is_text() -> None:
    written = b"".join(write_toets_csv(build_bestand(3, [FORMULE])))
    rows = list(csv.DictReader(written.decode().splitlines()))
    assert {row["team"] for row in rows} == {"'" + FORMULE}


def test_names_are_never_in_it() -> None:
    assert KANARIE.encode() not in b"".join(write_toets_csv(build_bestand(30, namen=True)))
