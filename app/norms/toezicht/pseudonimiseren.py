"""A row of an audit for a reader outside the organisatie: pseudonyms in place of every id and nummer."""

from collections.abc import Callable

from app.norms.events import EVENT_OF_NORM
from app.norms.kwartaaltoets.inhoud import OordeelInhoud, RegelInhoud, Verwijzing
from app.terms import NormCode

#: soort and id → pseudonym
Pseudoniem = Callable[[str, str], str]


def pseudonymise(regel: RegelInhoud, of: Pseudoniem) -> RegelInhoud:
    """Return the row without an id or nummer of the organisatie; dates, stands, team and GI stay."""

    def hidden(soort: str, wie: Verwijzing) -> Verwijzing:
        name = of(soort, wie["id"])
        return {"id": name, "nummer": name}

    shown: RegelInhoud = {
        **regel,
        "pleegkind": hidden("pleegkind", regel["pleegkind"]),
        "plaatsing": {**regel["plaatsing"], **hidden("plaatsing", regel["plaatsing"])},
        "pleeggezin": hidden("pleeggezin", regel["pleeggezin"]),
        "begeleider": None if regel["begeleider"] is None else hidden("medewerker", regel["begeleider"]),
        "team": None if regel["team"] is None else {**regel["team"], "id": of("team", regel["team"]["id"])},
        "criteria": {code: None if o is None else _oordeel(o, of) for code, o in regel["criteria"].items()},
        "oordelen": [_oordeel(oordeel, of) for oordeel in regel["oordelen"]],
    }
    if "aanleidingen" in regel:  # a row from before the second catalogue has none to say
        shown["aanleidingen"] = [{**one, "id": of(one["soort"], one["id"])} for one in regel["aanleidingen"]]
    return shown


def _oordeel(oordeel: OordeelInhoud, of: Pseudoniem) -> OordeelInhoud:
    soort, laatste, exception = oordeel["onderwerp"]["soort"], oordeel["laatste"], oordeel["uitzonderingId"]
    event = (laatste and laatste.get("soort")) or EVENT_OF_NORM.get(NormCode(oordeel["norm"]), "")
    return {
        **oordeel,
        "onderwerp": {"soort": soort, "id": of(soort, oordeel["onderwerp"]["id"])},
        "laatste": None if laatste is None else {**laatste, "id": of(event, laatste["id"])},
        "uitzonderingId": None if exception is None else of("uitzondering", exception),
    }
