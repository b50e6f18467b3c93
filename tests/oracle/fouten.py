"""The import faults of afspraken.md §5 that a drawn history could have: it must have none, at any moment.

A check of the drawing, not of the importer: it names the first faults it sees and knows no rows or columns.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from .feiten import DATUMKOLOM, Bladen, Rij, Werkboek, get_volgorde, pick_versies
from .kalender import is_leeftijd_bereikt
from .regels import VOLTIJD

VERWIJZINGEN = {
    "pleegkind": "pleegkinderen",
    "pleeggezin": "pleeggezinnen",
    "plaatsing": "plaatsingen",
    "gezinslid": "gezinsleden",
    "medewerker": "medewerkers",
    "opgesteld_door": "medewerkers",
    "goedgekeurd_door": "medewerkers",
    "eigenaar": "medewerkers",
}
NIET_IN_TOEKOMST = ("datum", "sinds", "bekend_geworden_op", "gemeld_igj_op", "geboortedatum")
IN_PLAATSING = ("kindgesprekken", "veiligheidschecks", "huisbezoeken")
UITZONDERING_DAGEN = 90
DAGEN_VAN_EEN_LEVEN = ("datum", "van", "sinds", "inwonend_sinds")
TE_OUD_VOOR_ZORG = 27


def list_momenten(werkboek: Werkboek) -> list[int]:
    """Every sequence number at which the file changed."""
    return sorted({get_volgorde(rij) for rijen in werkboek.values() for rij in rijen})


def build_toestand(werkboek: Werkboek, bekend_tot: int | None) -> Bladen:
    """The whole file as it was known, whatever the peildatum."""
    return {blad: pick_versies(rijen, bekend_tot) for blad, rijen in werkboek.items()}


def list_fouten(toestand: Bladen, vandaag: date, *, eigen_goedkeuring: bool = False) -> list[str]:
    """The faults in one state of the file, as `blad nummer code`."""
    return [
        *_list_verwijzingen(toestand),
        *_list_datums(toestand, vandaag),
        *_list_levens(toestand),
        *_list_overlap(toestand),
        *_list_uitzonderingen(toestand, eigen_goedkeuring=eigen_goedkeuring),
    ]


def _list_verwijzingen(toestand: Bladen) -> Iterator[str]:
    bestaand = {blad: {rij["nummer"] for rij in rijen} for blad, rijen in toestand.items()}
    for blad, rijen in toestand.items():
        for rij in rijen:
            for kolom, doel in VERWIJZINGEN.items():
                if rij.get(kolom) is not None and rij[kolom] not in bestaand[doel]:
                    yield f"{blad} {rij['nummer']} onbekende_verwijzing"


def _list_datums(toestand: Bladen, vandaag: date) -> Iterator[str]:
    for blad, rijen in toestand.items():
        for rij in rijen:
            if any(rij.get(kolom) is not None and rij[kolom] > vandaag for kolom in NIET_IN_TOEKOMST):
                yield f"{blad} {rij['nummer']} datum_in_toekomst"
            tot = rij.get("inwonend_tot" if blad == "gezinsleden" else "tot")
            if tot is not None and tot < rij[DATUMKOLOM[blad]]:
                yield f"{blad} {rij['nummer']} datum_buiten_periode"
    plaatsingen = {rij["nummer"]: rij for rij in toestand["plaatsingen"]}
    for blad in IN_PLAATSING:
        for rij in toestand[blad]:
            plaatsing = plaatsingen.get(rij["plaatsing"])
            if plaatsing is not None and not _is_binnen(plaatsing, rij["datum"]):
                yield f"{blad} {rij['nummer']} datum_buiten_periode"


def _list_levens(toestand: Bladen) -> Iterator[str]:
    """Nothing of a life is before the birth, and no care begins at 27."""
    geboren = {
        (blad, rij["nummer"]): rij["geboortedatum"]
        for blad in ("pleegkinderen", "gezinsleden")
        for rij in toestand[blad]
    }
    kind_van = {rij["nummer"]: rij["pleegkind"] for rij in toestand["plaatsingen"]}
    for blad, rijen in toestand.items():
        for rij in rijen:
            kind = rij.get("pleegkind") or kind_van.get(rij.get("plaatsing"))
            wie = ("gezinsleden", rij["gezinslid"]) if "gezinslid" in rij else ("pleegkinderen", kind)
            dag = geboren.get(("gezinsleden", rij["nummer"]) if blad == "gezinsleden" else wie)
            for kolom in DAGEN_VAN_EEN_LEVEN:
                if dag is not None and rij.get(kolom) is not None and not _kan(kolom, rij[kolom], dag):
                    yield f"{blad} {rij['nummer']} datum_onmogelijk"


def _kan(kolom: str, dag: date, geboren: date) -> bool:
    return geboren <= dag and not (kolom == "van" and is_leeftijd_bereikt(geboren, TE_OUD_VOOR_ZORG, dag))


def _is_binnen(plaatsing: Rij, dag: date) -> bool:
    """The day of leaving is included (afspraken.md §5)."""
    return plaatsing["van"] <= dag and (plaatsing["tot"] is None or dag <= plaatsing["tot"])


def _list_overlap(toestand: Bladen) -> Iterator[str]:
    per_kind: dict[str, list[Rij]] = {}
    for plaatsing in toestand["plaatsingen"]:
        if plaatsing["vorm"] in VOLTIJD:
            per_kind.setdefault(plaatsing["pleegkind"], []).append(plaatsing)
    for plaatsingen in per_kind.values():
        op_volgorde = sorted(plaatsingen, key=lambda rij: (rij["van"], rij["tot"] or date.max))
        for eerste, tweede in pairwise(op_volgorde):
            if eerste["tot"] is None or tweede["van"] < eerste["tot"]:
                yield f"plaatsingen {tweede['nummer']} overlap"


def _list_uitzonderingen(toestand: Bladen, *, eigen_goedkeuring: bool) -> Iterator[str]:
    for rij in toestand["uitzonderingen"]:
        is_plan = rij.get("soort") == "zichtplan"  # which has a term of its own
        if not is_plan and not 0 <= (rij["herzien_uiterlijk"] - rij["van"]).days <= UITZONDERING_DAGEN:
            yield f"uitzonderingen {rij['nummer']} ongeldige_waarde"
        if rij["goedgekeurd_door"] == rij["opgesteld_door"] and not eigen_goedkeuring:
            yield f"uitzonderingen {rij['nummer']} vier_ogen"
