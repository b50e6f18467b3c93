"""What a late deadline weighs: its zwaarte, and the uitzondering that covers it (normen.md §5 and §5b)."""

from collections.abc import Mapping
from datetime import date

from .feiten import Bladen, Rij, select
from .gevonden import Onderwerp
from .kalender import add_dagen, is_leeftijd_bereikt
from .normen import NOOIT_GEDEKT, TWEEDE_DAG, Normversie, is_tweede
from .regels import Termijn, get_begin_maatregel
from .regels_tweede import ZICHTPLANNORMEN, is_geldig_zichtplan

GOEDKEURROLLEN = ("gedragswetenschapper", "teamleider")
VOLWASSEN = 18
STREEF_ONDER_VOOGDIJ = ("KAG-3", "KAG-R", "HB", "ZP")
ZONDER_PLAN_DAGEN = 30


def get_zwaarte(
    normversie: Normversie, onderwerp: Onderwerp, termijn: Termijn, kind: Rij, bladen: Bladen, p: date
) -> str:
    """The zwaarte of the version, or streef: by the rule, under pleegoudervoogdij or from the 18th birthday."""
    if termijn.streef:
        return "streef"
    code = normversie["code"]
    if code in STREEF_ONDER_VOOGDIJ and get_begin_maatregel(bladen, kind, ("pleegoudervoogdij",), p) is not None:
        return "streef"
    # "All norms of the child and its plaatsing", and ZP: not those of the family, its members, a signaal or a zorg.
    is_van_kind = onderwerp.soort in ("pleegkind", "plaatsing") or code == "ZP"
    if is_van_kind and is_leeftijd_bereikt(kind["geboortedatum"], VOLWASSEN, p):
        return "streef"
    zwaarte: str = normversie["zwaarte"]
    return zwaarte


def covers(uitzondering: Rij, code: str, bladen: Bladen, p: date) -> bool:
    """Active with both ends included, and approved by another person with the right rol (§5)."""
    if code not in uitzondering["normen"] or not uitzondering["van"] <= p <= uitzondering["herzien_uiterlijk"]:
        return False
    goedkeurder = uitzondering["goedgekeurd_door"]
    if goedkeurder is None or goedkeurder == uitzondering["opgesteld_door"]:
        return False
    medewerkers = select(bladen["medewerkers"], "nummer", goedkeurder)
    return any(medewerker["rol"] in GOEDKEURROLLEN for medewerker in medewerkers)


def covers_tweede(uitzondering: Rij, code: str, bladen: Bladen, p: date) -> bool:
    """As §5, but some norms never; a zichtplan only as it should be; a talk without a plan 30 days (§5b)."""
    if code in NOOIT_GEDEKT or not covers(uitzondering, code, bladen, p):
        return False
    if uitzondering.get("soort") == "zichtplan":
        return is_geldig_zichtplan(uitzondering, bladen)
    if code in ZICHTPLANNORMEN and uitzondering["van"] >= TWEEDE_DAG:
        return p <= add_dagen(uitzondering["van"], ZONDER_PLAN_DAGEN)
    return True


def find_uitzondering(normen: Mapping[str, Normversie], code: str, kind: Rij, bladen: Bladen, p: date) -> str | None:
    """The nummer of the covering uitzondering of this child; with several the earliest van is named (§5).

    The text does not say which of two with the same van: the lowest nummer here.
    """
    dekt = covers_tweede if is_tweede(normen) else covers
    dekkend = [
        (uitzondering["van"], uitzondering["nummer"])
        for uitzondering in select(bladen["uitzonderingen"], "pleegkind", kind["nummer"])
        if dekt(uitzondering, code, bladen, p)
    ]
    return min(dekkend)[1] if dekkend else None
