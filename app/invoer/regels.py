"""Every rule of entry with its code at each of the two doors: the workbook and the API.

A rule that stands here and holds at one door only says why; ``tests/invoer`` and ``tests/api/test_twee_deuren.py`` walk
the list and try each at both.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Invoerregel:
    """A rule of entry.

    Attributes:
        naam: what it is called here.
        werkboek: the code of the fault in a workbook; empty where the workbook cannot break it.
        api: the code of the answer of the API; empty where the API cannot break it.
        waarom: why one of the two is empty.
    """

    naam: str
    werkboek: str
    api: str
    waarom: str = ""


REGELS: Final = (
    Invoerregel("verplicht", "verplicht", "verplicht"),
    Invoerregel("bestaande_datum", "ongeldige_datum", "ongeldige_datum"),
    Invoerregel("bestaande_waarde", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("bekende_verwijzing", "onbekende_verwijzing", "onbekende_verwijzing"),
    Invoerregel("leesbare_regel", "ongeldige_waarde", "ongeldig_teken"),
    Invoerregel("leesbare_tekst", "ongeldige_waarde", "ongeldig_teken"),
    Invoerregel("elfproef", "bsn_elfproef", "bsn_elfproef"),
    Invoerregel("niet_na_vandaag", "datum_in_toekomst", "datum_in_toekomst"),
    Invoerregel("begin_binnen_een_jaar", "datum_in_toekomst", "datum_in_toekomst"),
    Invoerregel("einde_na_begin", "datum_buiten_periode", "datum_buiten_periode"),
    Invoerregel("binnen_de_plaatsing", "datum_buiten_periode", "datum_buiten_periode"),
    Invoerregel(
        "plaatsing_om_haar_feiten",
        "",
        "datum_buiten_periode",
        "een werkboek noemt zelf wat er in de bron nog bij hoort",
    ),
    Invoerregel("herziening_op_tijd", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("zichtplan_over_gesprekken", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("waarneming_bij_zichtplan", "verplicht", "verplicht"),
    Invoerregel("nooit_een_uitzondering", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("conclusie_na_twijfel", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("alleen_zonder_gezin", "", "ongeldige_waarde", "een werkboek zegt niet wie erbij waren"),
    Invoerregel("stap_over_een_aanleiding", "onbekende_verwijzing", "onbekende_verwijzing"),
    Invoerregel("stap_na_zijn_aanleiding", "datum_buiten_periode", "datum_buiten_periode"),
    Invoerregel("stap_zegt_met_wie_of_wat", "verplicht", "verplicht"),
    Invoerregel(
        "niet_van_lang_geleden", "", "ongeldige_waarde", "een werkboek brengt de geschiedenis mee zoals zij was"
    ),
    Invoerregel("niet_voor_de_geboorte", "datum_onmogelijk", "datum_onmogelijk"),
    Invoerregel("niet_te_oud_voor_zorg", "datum_onmogelijk", "datum_onmogelijk"),
    Invoerregel("niet_ouder_dan_110", "datum_onmogelijk", "datum_onmogelijk"),
    Invoerregel("geboorte_voor_de_feiten", "datum_onmogelijk", "datum_onmogelijk"),
    Invoerregel(
        "vastgelegd_na_datum", "datum_onmogelijk", "", "de dienst legt zelf vast, op het moment van de aanvraag"
    ),
    Invoerregel("een_plek_tegelijk", "overlap", "overlap"),
    Invoerregel("een_bsn_per_kind", "dubbel_bsn", "bsn_al_bekend"),
    Invoerregel("blijft_bij_het_kind", "ander_kind", "onbekende_verwijzing"),
    Invoerregel("vier_ogen", "vier_ogen", "vier_ogen"),
    Invoerregel("geen_gesloten_team", "ongeldige_waarde", "ongeldige_waarde"),
    Invoerregel("een_nummer_per_rij", "dubbel_nummer", "", "de dienst geeft zelf een nummer"),
)
