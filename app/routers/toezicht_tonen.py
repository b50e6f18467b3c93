"""From what an organisatie sees to what an inspecteur sees: a pseudonym for every id, and no nummers."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.norms.events import EVENT_OF_NORM, kind_of
from app.norms.feiten import Gebeurtenis
from app.norms.kwartaaltoets.inhoud import (
    AanleidingInhoud,
    GroepKengetallen,
    Kengetallen,
    OordeelInhoud,
    RegelInhoud,
)
from app.norms.toezicht.onderdrukking import DREMPEL, MDO_STREEF, Cel, hide, shown_counts
from app.norms.uitleg.explain import Uitleg
from app.queries.termijnen.getoond import GetoondeTermijn
from app.security.pseudoniem import Pseudoniemen
from app.terms import NormCode

Shown = dict[str, Any]

#: of codes that an organisatie chooses itself: what is no single word may be a sentence about somebody
_OWN_CODES = ("instrument", "eindreden", "soort")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]{1,39}")


def show_toezicht_termijn(item: GetoondeTermijn, namen: Pseudoniemen) -> Shown:
    """Return the fields of ``ToezichtTermijnOut``, with ``uitleg`` when there is one."""
    oordeel, ids = item.oordeel, item.ids
    soort = oordeel.onderwerp_soort.value
    exception = oordeel.uitzondering_id
    shown = {
        "dossier": namen.of("pleegkind", ids["pleegkind", item.pleegkind_id]),
        "norm": oordeel.norm.code,
        "naam": oordeel.norm.naam,
        "zwaarte": oordeel.zwaarte,
        "onderwerp": {"soort": soort, "pseudoniem": namen.of(soort, ids[soort, oordeel.onderwerp_id])},
        "laatste": _event(oordeel.laatste, oordeel.norm.code, item, namen),
        "uiterlijk": oordeel.uiterlijk,
        "stand": oordeel.stand,
        "te_laat_sinds": oordeel.te_laat_sinds,
        "dagen_te_laat": oordeel.dagen_te_laat,
        "uitzondering": namen.of("uitzondering", ids["uitzondering", exception]) if exception else None,
        "bron": oordeel.norm.bron,
    }
    return shown if item.uitleg is None else {**shown, "uitleg": _uitleg(item.uitleg, item, namen)}


def _uitleg(uitleg: Uitleg, item: GetoondeTermijn, namen: Pseudoniemen) -> Shown:
    return {
        "regel": uitleg.regel,
        "bron": uitleg.bron,
        "laatste": _event(uitleg.laatste, item.oordeel.norm.code, item, namen),
        "telden_niet": [
            {
                "pseudoniem": namen.of(event.soort, item.ids[event.soort, event.id]),
                "datum": event.datum,
                "soort": event.soort,
                "reden": event.reden,
            }
            for event in uitleg.telden_niet
        ],
        "uitzondering": uitleg.uitzondering,
    }


def _event(event: Gebeurtenis | None, norm: NormCode, item: GetoondeTermijn, namen: Pseudoniemen) -> Shown | None:
    if event is None:
        return None
    soort = kind_of(norm, event)
    return {"pseudoniem": namen.of(soort, item.ids[soort, event.id]), "datum": event.datum}


def show_toezicht_regel(regel: RegelInhoud, namen: Pseudoniemen) -> Shown:
    """Return the fields of ``ToezichtRegelOut``."""
    kept: Shown = {
        name: regel.get(name)
        for name in (
            "leeftijd", "maatregelen", "gi", "geplaatstOpKwartaaleinde", "peildatum", "vgbStand", "navolgbaar",
            "metUitzondering", "nooitGezien", "lateRegistraties", "professionals12m", "kindperiodes", "ruisfactoren",
            "ruisscore", "zienStand", "zienLaatste", "opvolgingStand", "zichtplan",
        )
    }  # fmt: skip
    plaatsing, begeleider, team = regel["plaatsing"], regel["begeleider"], regel["team"]
    return {
        **kept,
        "dossier": namen.of("pleegkind", regel["pleegkind"]["id"]),
        "plaatsing": {
            "pseudoniem": namen.of("plaatsing", plaatsing["id"]),
            "vorm": plaatsing["vorm"],
            "zorgvorm": plaatsing["zorgvorm"],
            "van": plaatsing["van"],
            "tot": plaatsing["tot"],
        },
        "pleeggezin": namen.of("pleeggezin", regel["pleeggezin"]["id"]),
        "begeleider": namen.of("medewerker", begeleider["id"]) if begeleider else None,
        "team": team["naam"] if team else None,
        "criteria": [_oordeel(one, namen) for one in regel["criteria"].values() if one is not None],
        "oordelen": [_oordeel(one, namen) for one in regel["oordelen"]],
        "aanleidingen": [_aanleiding(one, namen) for one in regel.get("aanleidingen", ())],
    }


def _aanleiding(een: AanleidingInhoud, namen: Pseudoniemen) -> Shown:
    kept: Shown = {name: een[name] for name in ("soort", "datum", "overleg", "besluit")}
    return {**kept, "pseudoniem": namen.of(een["soort"], een["id"])}


def _oordeel(oordeel: OordeelInhoud, namen: Pseudoniemen) -> Shown:
    soort, laatste, exception = oordeel["onderwerp"]["soort"], oordeel["laatste"], oordeel["uitzonderingId"]
    event = laatste and (laatste.get("soort") or EVENT_OF_NORM[NormCode(oordeel["norm"])])
    return {
        "norm": oordeel["norm"],
        "zwaarte": oordeel["zwaarte"],
        "onderwerp": {"soort": soort, "pseudoniem": namen.of(soort, oordeel["onderwerp"]["id"])},
        "laatste": laatste and event and {"pseudoniem": namen.of(event, laatste["id"]), "datum": laatste["datum"]},
        "uiterlijk": oordeel["uiterlijk"],
        "stand": oordeel["stand"],
        "teLaatSinds": oordeel["teLaatSinds"],
        "dagenTeLaat": oordeel["dagenTeLaat"],
        "uitzondering": exception and namen.of("uitzondering", exception),
    }


def show_feit(row: Mapping[str, Any], namen: Pseudoniemen) -> Shown:
    """Return the fields of ``TijdlijnFeitOut``: without the nummer, and without what is no code."""
    kenmerken = {
        name: value if name not in _OWN_CODES or value is None or _CODE.fullmatch(value) else None
        for name, value in row["kenmerken"].items()
    }
    kept = {name: row[name] for name in ("soort", "datum", "versie", "vastgelegd_op", "laat_geregistreerd")}
    return {**kept, "pseudoniem": namen.of(row["soort"], row["uid"]), "kenmerken": kenmerken}


def show_cijfers(groepen: Sequence[GroepKengetallen]) -> list[Shown]:
    """Return the fields of every ``GroepCijfersOut``, without the cells that say too much about too few."""
    counts = shown_counts(groepen, hide(groepen))
    return [
        {
            "soort": groep["soort"],
            "naam": groep["naam"],
            "voltijd": _part(counts, i, "voltijd", groep["voltijd"]),
            "alle": _part(counts, i, "alle", groep["alle"]),
        }
        for i, groep in enumerate(groepen)
    ]


def _part(counts: Mapping[Cel, int | None], groep: int, deel: str, cijfers: Kengetallen) -> Shown:
    def telling(maat: str) -> Shown:
        aantal = counts[Cel(groep, deel, maat)]
        return {"aantal": aantal, "onderdrukt": aantal is None}

    def criterium(code: str) -> Shown:
        names = ("vanToepassing", "op_tijd", "nadert", "te_laat", "uitzondering")
        return {"norm": code, **{_camel(name): telling(f"{code}.{name}") for name in names}}

    rijen, navolgbaar = counts[Cel(groep, deel, "rijen")], counts[Cel(groep, deel, "navolgbaar")]
    enough = rijen is not None and navolgbaar is not None and rijen - navolgbaar >= DREMPEL
    plain = ("rijen", "navolgbaar", "metUitzondering", "lateStreef", "nooitGezien", "lateRegistraties")
    follow_up = None if "opvolging" not in cijfers else _follow_up(telling, criterium)
    return {
        **{name: telling(name) for name in plain},
        "opvolging": follow_up,
        "criteria": [criterium(code) for code in cijfers["criteria"]],
        "kindperiodes": {
            "totaal": telling("kindperiodes.totaal"),
            "metGesprek": telling("kindperiodes.metGesprek"),
        },
        "mediaanDagenTeLaat": cijfers["mediaanDagenTeLaat"] if enough else None,
        "hoogsteDagenTeLaat": cijfers["hoogsteDagenTeLaat"] if enough else None,
    }


def _follow_up(telling: Callable[[str], Shown], criterium: Callable[[str], Shown]) -> Shown:
    def stap(naam: str) -> Shown:
        return {name: telling(f"{naam}.{name}") for name in ("vervallen", "opTijd", "zonder")}

    return {
        "aanleidingen": telling("aanleidingen"),
        "lateOpvolging": telling("lateOpvolging"),
        "overleg": stap("overleg"),
        "besluit": stap("besluit"),
        "gezien": {"vanToepassing": telling("gezien.rijen"), "gezien": telling("gezien.gezien")},
        "zichtplannen": telling("zichtplannen"),
        "mdoStreef": {**criterium(MDO_STREEF), "norm": "MDO"},
    }


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
