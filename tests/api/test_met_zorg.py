"""A list that says where each child is and with whom, so that a client asks once and not child by child."""

from tests.api.world import World, place_child


def test_the_lines_say_what_else_takes_a_request_for_each_child(world: World) -> None:
    leider, kind = world["teamleider"], world.files["eigen"]["pleegkind"]
    plain = leider.walk("/pleegkinderen?limit=200")
    told = leider.walk("/pleegkinderen?limit=200&metZorg=true")
    assert [{name: value for name, value in one.items() if name != "zorg"} for one in told] == plain
    (zorg,) = [one["zorg"] for one in told if one["id"] == kind]
    gezin = leider.read(f"/pleeggezinnen/{world.files['eigen']['pleeggezin']}")
    guide = leider.read(f"/medewerkers/{world.medewerkers['begeleider']}")
    assert (zorg["pleeggezinId"], zorg["pleeggezinNaam"]) == (gezin["id"], gezin["naam"])
    assert (zorg["begeleiderId"], zorg["begeleiderNaam"]) == (guide["id"], guide["naam"])
    assert (zorg["plaatsingId"], zorg["teamId"]) == (world.files["eigen"]["plaatsing"], world.teams["noord"])


def test_the_overdue_list_says_it_too(world: World) -> None:
    leider = world["teamleider"]
    told, plain = (leider.rows(f"/termijnen?limit=50&stand=op_tijd{more}") for more in ("&metZorg=true", ""))
    names = {one["id"]: one["achternaam"] for one in leider.walk("/pleegkinderen?limit=200")}
    assert told
    for one, other in zip(told, plain, strict=True):
        assert one.pop("zorg")["achternaam"] == names[one["pleegkindId"]]
        assert one == other


def test_children_without_a_begeleider_can_be_asked_for(world: World) -> None:
    leider = world["teamleider"]
    free = place_child(leider)["pleegkind"]
    found = {one["id"] for one in leider.walk("/pleegkinderen?limit=200&zonderBegeleider=true")}
    assert free in found
    assert world.files["eigen"]["pleegkind"] not in found
    assert all(
        one["zorg"]["begeleiderId"] is None and one["zorg"]["plaatsingId"]
        for one in leider.walk("/pleegkinderen?limit=200&zonderBegeleider=true&metZorg=true")
    )


def test_the_access_log_names_the_children_and_nothing_else(world: World) -> None:
    answer = world["teamleider"].get("/pleegkinderen?limit=200&metZorg=true")
    look = world["beheerder"].look_of(answer)
    assert look
    assert set(look["pleegkinderen"]) == {one["id"] for one in answer.json()["resultaten"]}
