"""Invented audits for the tests of exports: any number of rows, the same for the same number."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.exports.kwartaaltoets.bestand import Namen, Toetsbestand
from app.norms.kwartaaltoets.digest import digest_of
from app.norms.kwartaaltoets.inhoud import (
    GroepKengetallen,
    KopInhoud,
    OordeelInhoud,
    RegelInhoud,
    TeamInhoud,
)
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from app.norms.kwartaaltoets.rij import CRITERIA
from app.norms.versies.landelijk_eerste import EERSTE

#: appears nowhere unless names were asked for
KANARIE = "Kanarievogel"
FORMULE = '=HYPERLINK("http://kwaad.test";"Team")'
TEAMS = ("Team Waterveld", "Team Oosterhaven", "Team Duinrand", "Team Lindebeek")
GIS = ("GI Midden", "GI Kust", None)
STANDEN = ("op_tijd", "op_tijd", "op_tijd", "op_tijd", "nadert", "te_laat", "uitzondering")
PEILDATUM = date(2026, 9, 30)
VASTGESTELD_OP = datetime(2026, 10, 5, 7, 30, tzinfo=UTC)


def uid(soort: int, number: int) -> str:
    return str(UUID(int=(soort << 96) + number))


def build_oordeel(norm: str, number: int, kans: Random, **anders: Any) -> OordeelInhoud:
    stand = kans.choice(STANDEN)
    late = stand in {"te_laat", "uitzondering"}
    days = kans.randint(1, 200) if late else -kans.randint(1, 90)
    uiterlijk = PEILDATUM - timedelta(days=days)
    oordeel: OordeelInhoud = {
        "norm": str(norm),
        "onderwerp": {"soort": "plaatsing", "id": uid(2, number)},
        "zwaarte": "norm" if kans.random() < 0.9 else "streef",
        "stand": stand,
        "laatste": {"id": uid(9, number), "datum": "2026-03-01"} if kans.random() < 0.9 else None,
        "uiterlijk": uiterlijk.isoformat(),
        "teLaatSinds": (uiterlijk + timedelta(days=1)).isoformat() if late else None,
        "dagenTeLaat": days if late else None,
        "uitzonderingId": uid(8, number) if stand == "uitzondering" else None,
    }
    return {**oordeel, **anders}  # type: ignore[typeddict-item] # a test changes what it names


def build_regel(number: int, team: TeamInhoud | None, **anders: Any) -> RegelInhoud:
    kans = Random(number)
    criteria = {code.value: build_oordeel(code, number, kans) if kans.random() < 0.9 else None for code in CRITERIA}
    oordelen = [build_oordeel(norm.code, number, kans) for norm in EERSTE if norm.code not in CRITERIA]
    violated = any(o and o["stand"] == "te_laat" and o["zwaarte"] == "norm" for o in criteria.values())
    covered = any(o and o["stand"] == "uitzondering" for o in criteria.values())
    regel: RegelInhoud = {
        "pleegkind": {"id": uid(1, number), "nummer": f"K{number:05}"},
        "leeftijd": kans.randint(0, 19),
        "plaatsing": {
            "id": uid(2, number), "nummer": f"P{number:05}", "vorm": kans.choice(["voltijd", "crisis", "deeltijd"]),
            "zorgvorm": kans.choice(["pleegzorg", "pleegzorg", "gezinshuis"]), "van": "2024-02-29", "tot": None,
        },
        "pleeggezin": {"id": uid(3, number), "nummer": f"G{number:05}"},
        "begeleider": {"id": uid(4, number % 40), "nummer": f"M{number % 40:05}"} if number % 17 else None,
        "team": team,
        "maatregelen": ["jeugdreclassering", "ots"] if number % 11 == 0 else ["voogdij_gi"],
        "gi": GIS[number % len(GIS)],
        "geplaatstOpKwartaaleinde": number % 9 != 0,
        "peildatum": PEILDATUM.isoformat(),
        "criteria": criteria,
        "oordelen": oordelen,
        "vgbStand": kans.choice(["op_tijd", "te_laat", None]),
        "navolgbaar": not violated,
        "metUitzondering": covered and not violated,
        "nooitGezien": number % 31 == 0,
        "lateRegistraties": kans.choice([0, 0, 0, 1, 2]),
        "professionals12m": kans.randint(0, 5),
        "kindperiodes": {"totaal": 6, "metGesprek": kans.randint(3, 6)},
        "ruisfactoren": [{"code": "R01", "gewicht": 1, "redenen": ["geen eigen zicht sinds 4 maanden"]}],
        "ruisscore": 1,
    }  # fmt: skip
    return {**regel, **anders}  # type: ignore[typeddict-item] # a test changes what it names


def build_kop(**anders: Any) -> KopInhoud:
    kop: KopInhoud = {
        "organisatie": {"code": "VOORBEELD", "naam": "Stichting Voorbeeld"},
        "kwartaal": "2026-Q3",
        "eersteDag": "2026-07-01",
        "laatsteDag": "2026-09-30",
        "bekendOp": "2026-10-04T22:15:00Z",
        "vervangt": None,
        "normen": [
            {
                "code": str(norm.code), "versie": norm.versie, "naam": norm.naam, "zwaarte": str(norm.zwaarte),
                "waarschuwingDagen": norm.waarschuwing_dagen,
                "parameters": dict(norm.parameters), "regel": norm.regel, "bron": norm.bron,
            }
            for norm in EERSTE
        ],
        "ruisfactoren": [
            {
                "code": code, "versie": 1, "naam": "geen eigen zicht op het kind in 4 maanden", "gewicht": gewicht,
                "regel": "Geen professional heeft het kind in 4 maanden zelf gezien.", "bron": "Vlaardingen",
            }
            for code, gewicht in (("R01", 1), ("R04", 2))
        ],
        "trend": {},
    }  # fmt: skip
    return {**kop, **anders}  # type: ignore[typeddict-item] # a test changes what it names


def build_namen(aantal: int) -> Namen:
    return Namen(
        {uid(1, number): f"{KANARIE} Kind{number}" for number in range(aantal)},
        {uid(4, number): f"{KANARIE} Begeleider{number}" for number in range(40)},
    )


def build_regels(aantal: int, teams: Sequence[str | None] = TEAMS) -> Iterator[RegelInhoud]:
    for number in range(aantal):
        place = number % len(teams)
        naam = teams[place]
        yield build_regel(number, None if naam is None else {"id": uid(5, place), "naam": naam})


def build_bestand(
    aantal: int = 40,
    teams: Sequence[str | None] = TEAMS,
    *,
    namen: bool = False,
    regels: Sequence[RegelInhoud] | None = None,
    **kop: Any,
) -> Toetsbestand:
    """An audit that is vastgesteld, with eight quarters of trend."""
    rows = list(build_regels(aantal, teams)) if regels is None else list(regels)
    own = build_kop(**{"trend": build_trend(rows), **kop})
    kengetallen = count_kengetallen(own["organisatie"]["naam"], rows)
    return Toetsbestand(
        kop=own,
        kengetallen=kengetallen,
        regels=lambda: iter(rows),
        digest=digest_of(own, kengetallen, rows),
        vastgesteld_op=VASTGESTELD_OP,
        vastgesteld_door="M00099",
        namen=build_namen(aantal) if namen else None,
    )


def build_trend(rows: Sequence[RegelInhoud]) -> dict[str, GroepKengetallen]:
    """The seven quarters before."""
    quarters = [f"{jaar}-Q{nummer}" for jaar in (2024, 2025, 2026) for nummer in (1, 2, 3, 4)][3:10]
    step = len(rows) // 20
    return {name: count_kengetallen("", rows[place * step :])[0] for place, name in enumerate(quarters)}


def as_concept(bestand: Toetsbestand) -> Toetsbestand:
    return replace(bestand, vastgesteld_op=None, vastgesteld_door=None)
