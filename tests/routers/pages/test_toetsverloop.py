"""What differs between audits is said in words, for every cell that there is; who stayed as they were has no names."""

from app.norms.kwartaaltoets.vergelijking import Kindverloop, Veldverschil, Verloop, cells, follow
from app.routers.pages.kwartaaltoetsen.verloop import DELEN, VELDEN, VERLOOP, by_verloop, said_of
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
