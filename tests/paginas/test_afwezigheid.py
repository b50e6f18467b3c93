"""Absence on pages: the teamleider says who covers; who covers sees for whom; and the team sees who is away."""

import re

from app.terms import Rol
from tests.api.client import Dienst
from tests.api.mensen import add_medewerker
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar


def test_a_teamleider_lets_a_colleague_cover_and_sees_who_is_away(dienst: Dienst, world: World) -> None:
    _, weg = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    kind = place_child(world["teamleider"], weg.id)["pleegkind"]
    leider, begeleider = bladeraar(dienst, world["teamleider"]), bladeraar(dienst, world["begeleider"])
    path = f"/medewerkers/{weg.id}/afwezigheid"
    assert f'href="{path}"' in leider.read("/team")
    covers = leider.read(path)
    assert world.medewerkers["begeleider"] in covers
    assert world.medewerkers["begeleider_zuid"] not in covers
    form = {"vervanger": world.medewerkers["begeleider"], "van": "2026-11-01", "tot": "2026-11-01"}
    refused = leider.post(path, form)
    assert refused.status_code == 400
    assert f'value="{form["vervanger"]}" selected' in refused.text
    assert "Kies een dag na vandaag" in refused.text
    assert kind not in begeleider.read("/kinderen")
    assert leider.post(path, {**form, "tot": "2026-11-10"}).headers["location"] == "/team"
    naam = world["beheerder"].read(f"/medewerkers/{weg.id}")["naam"]
    own = begeleider.read("/kinderen")
    assert kind in own
    assert f"u valt in voor {naam}" in own
    team = leider.read("/team").split('<h2 id="afwezig">')[1].split("</section>")[0]
    assert naam in team
    assert "weer terug op 10\N{NO-BREAK SPACE}november" in team
    uid = re.search(r'action="/afwezigheden/([0-9a-f-]{36})/beeindiging"', team)
    assert uid
    assert "viel in voor een collega" in bladeraar(dienst, world["beheerder"]).read("/inzagen")
    assert begeleider.post(f"/afwezigheden/{uid[1]}/beeindiging", {}).status_code == 403
    assert leider.post(f"/afwezigheden/{uid[1]}/beeindiging", {}).headers["location"] == "/team"
    assert kind not in begeleider.read("/kinderen")
    assert naam not in leider.read("/team").partition('<h2 id="afwezig">')[2].partition("</section>")[0]
    assert bladeraar(dienst, world["teamleider_zuid"]).get(path).status_code == 403
