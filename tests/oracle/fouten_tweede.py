"""The import faults of the facts of normen.md §5b (afspraken.md §5), as ``fouten`` has the others."""

from collections.abc import Iterator
from datetime import date

from .feiten import Bladen, Rij, select
from .kalender import add_maanden
from .normen import NOOIT_GEDEKT, TWEEDE_DAG
from .regels_tweede import ZICHTPLAN_MAANDEN, ZICHTPLANNORMEN, list_aanleidingen

BLAD_VAN = {"kindgesprek": "kindgesprekken", "veiligheidscheck": "veiligheidschecks", "signaal": "signalen"}
NIET_IN_TOEKOMST = ("gedaan_op", "conclusie_op")


def list_tweede_fouten(toestand: Bladen, vandaag: date) -> list[str]:
    """The faults in one state of the file, as `blad nummer code`."""
    return [
        *_list_toekomst(toestand, vandaag),
        *_list_conclusies(toestand),
        *_list_uitzonderingen(toestand),
        *_list_verwijzingen(toestand),
    ]


def _list_toekomst(toestand: Bladen, vandaag: date) -> Iterator[str]:
    for blad, rijen in toestand.items():
        for rij in rijen:
            if any(rij.get(kolom) is not None and rij[kolom] > vandaag for kolom in NIET_IN_TOEKOMST):
                yield f"{blad} {rij['nummer']} datum_in_toekomst"


def _list_conclusies(toestand: Bladen) -> Iterator[str]:
    for rij in toestand["signalen"]:
        conclusie = rij.get("conclusie_op")
        if conclusie is not None and (not rij["bij_twijfel"] or conclusie < rij["bekend_geworden_op"]):
            yield f"signalen {rij['nummer']} ongeldige_waarde"


def _list_uitzonderingen(toestand: Bladen) -> Iterator[str]:
    for rij in toestand["uitzonderingen"]:
        if rij["van"] >= TWEEDE_DAG and set(rij["normen"]) & set(NOOIT_GEDEKT):
            yield f"uitzonderingen {rij['nummer']} ongeldige_waarde"
        if rij.get("soort") == "zichtplan" and not _is_zichtplan(rij):
            yield f"uitzonderingen {rij['nummer']} ongeldige_waarde"


def _is_zichtplan(rij: Rij) -> bool:
    einde = add_maanden(rij["van"], ZICHTPLAN_MAANDEN)
    return (
        rij["van"] >= TWEEDE_DAG
        and set(rij["normen"]) <= ZICHTPLANNORMEN
        and rij["van"] <= rij["herzien_uiterlijk"] <= einde
    )


def _list_verwijzingen(toestand: Bladen) -> Iterator[str]:
    for rij in toestand.get("opvolgstappen", ()):
        if not select(toestand[BLAD_VAN[rij["aanleiding_soort"]]], "nummer", rij["aanleiding"]):
            yield f"opvolgstappen {rij['nummer']} onbekende_verwijzing"
    for rij in toestand.get("meldcodestappen", ()):
        if not select(toestand["signalen"], "nummer", rij["signaal"]):
            yield f"meldcodestappen {rij['nummer']} onbekende_verwijzing"


def is_goede_stap(toestand: Bladen, stap: Rij) -> bool:
    """Whether a new or changed step is about an aanleiding of its own child, and not before k.

    Only asked of the row that changes: what it is about may be corrected later, and the step stays in the file.
    """
    (kind,) = select(toestand["pleegkinderen"], "nummer", stap["pleegkind"])
    return any(
        (aanleiding.soort, aanleiding.rij["nummer"]) == (stap["aanleiding_soort"], stap["aanleiding"])
        and aanleiding.k <= stap["datum"]
        for aanleiding in list_aanleidingen(kind, toestand)
    )
