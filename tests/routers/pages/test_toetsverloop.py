"""What differs between audits is said in words, for every cell that there is; who stayed as they were has no names."""

import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from app.norms.kwartaaltoets.vergelijking import Kindverloop, Veldverschil, Verloop, cells, follow
from app.queries.kwartaaltoetsen.raakvlakken import RAAKVLAKKEN
from app.queries.kwartaaltoetsen.vergelijking import Verschilaanleiding
from app.routers.pages.kwartaaltoetsen.verloop import (
    AANLEIDINGEN,
    DELEN,
    OORZAKEN,
    VELDEN,
    VERLOOP,
    by_verloop,
    said_of,
    why_of,
)
from app.terms import Oorzaak
from tests.exports.toetsbouw import build_regel


def test_every_way_has_a_word_and_every_child_its_group() -> None:
    assert set(VERLOOP) == set(Verloop)
    verloop = [
        Kindverloop(str(n), f"K{n}", one, was_navolgbaar=True, is_navolgbaar=True)
        for n, one in enumerate([*Verloop, Verloop.SLECHTER])
    ]
    groepen = {groep.naam: groep for groep in by_verloop(verloop)}
    assert (groepen[Verloop.SLECHTER].aantal, len(groepen[Verloop.SLECHTER].kinderen)) == (2, 2)
    assert (groepen[Verloop.GELIJK].aantal, groepen[Verloop.GELIJK].kinderen) == (1, ())
    assert [groep.aantal for groep in by_verloop(follow([], []))] == [0] * len(Verloop)


def test_every_cell_is_said_without_a_code() -> None:
    regel = build_regel(1, {"id": "t", "naam": "Noord"})
    regel["aanleidingen"] = [
        {
            "soort": "signaal",
            "id": "x",
            "datum": "2026-09-01",
            "overleg": {"uiterlijk": "2026-09-02", "op": None},
            "besluit": {"uiterlijk": "2026-09-09", "op": None},
        }
    ]
    for veld in cells(regel):
        said = said_of(Veldverschil(veld, None, "te_laat"))
        assert "." not in said.partition(":")[0], veld
        assert "_" not in said, veld
        naam, _, deel = veld.partition(".")
        assert not deel or deel in DELEN, veld
        assert deel or naam in VELDEN, veld


def test_a_norm_and_a_day_are_said_as_people_say_them() -> None:
    assert said_of(Veldverschil("VC-J.stand", "te_laat", "op_tijd")) == "Veiligheidscheck, stand: te laat wordt op tijd"
    assert said_of(Veldverschil("VC-J.uitzonderingId", None, "1")) == "Veiligheidscheck, uitzondering: komt erbij"
    assert said_of(Veldverschil("team", None, "Noord")) == "team: leeg wordt Noord"


@pytest.mark.parametrize(
    ("veld", "was", "wordt", "said"),
    [
        ("peildatum", "2026-09-30", None, "dag van het oordeel: 30 september 2026 wordt leeg"),
        ("KAG-R.uiterlijk", None, "2026-11-04", "Alleen gesproken, uiterste dag: leeg wordt 4 november 2026"),
        ("aanleiding x.overleg", "2026-09-02", "2026-09-01", "opvolging na een zorg, overleg: 2 september 2026 wordt"),
        ("ruisfactoren", "R01", "R01 R06", "ruisfactoren: geen eigen zicht op het kind wordt geen eigen zicht op het"),
        (
            "maatregelen",
            "ots",
            "jeugdreclassering ots",
            "maatregelen: ondertoezichtstelling wordt jeugdreclassering,",
        ),
    ],
)
def test_days_and_codes_are_words(veld: str, was: str | None, wordt: str | None, said: str) -> None:
    found = said_of(Veldverschil(veld, was, wordt)).replace("\N{NO-BREAK SPACE}", " ")
    assert found.startswith(said)
    assert not re.search(r"\d{4}-\d\d|R\d\d|\bots\b", found)


def test_why_is_said_in_words_of_whatever_can_be_the_cause() -> None:
    assert set(OORZAKEN) == set(Oorzaak)
    assert {one.naam for one in RAAKVLAKKEN} | {"norm", "team", "vernietiging"} <= AANLEIDINGEN.keys()
    late = Verschilaanleiding(
        Oorzaak.LATE_INVOER,
        "hulpverleningsplan",
        uuid4(),
        date(2026, 5, 3),
        datetime(2026, 11, 2, tzinfo=UTC),
        "te laat gezien",
    )  # fmt: skip
    said = why_of(late).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "later vastgelegd: hulpverleningsplan van 3 mei 2026 (te laat gezien)"
