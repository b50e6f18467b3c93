"""Every field of the form of a maatregel is recorded as it was typed."""

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar

_DAGEN = {"van": "2026-10-01", "tot": "2027-10-01"}
_INGEVULD = {"soort": "ots", **_DAGEN, "gi": "GI Verzonnen", "jeugdbeschermer": "Jo Bos"}


def test_what_is_typed_of_a_maatregel_is_recorded(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    sent = bladeraar(dienst, world["begeleider"]).post(f"/kinderen/{kind}/maatregel", _INGEVULD)
    assert sent.status_code == 303
    (made,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/maatregelen")
    assert {name: made[name] for name in _INGEVULD} == _INGEVULD
