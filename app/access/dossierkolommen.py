"""Where each column goes when a child, or who has authority over it, is given the file: shown, redacted or left out.

Fail-closed: what has no place here is not shown, and a test walks every table and column and fails on one without.
Choices of this project are in ADR 0018.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Plaats(StrEnum):
    """What becomes of the value of a column."""

    #: codes, dates, yes and no, and the child's own data: as they are
    TONEN = "tonen"
    #: what people wrote: names of third parties and BSNs are taken out
    TEKST = "tekst"
    #: what the child said or felt: the same, and to others than the child only when that was decided
    EIGEN_WOORDEN = "eigen_woorden"
    #: a medewerker of the organisatie: by name and rol
    MEDEWERKER = "medewerker"
    #: something else in the same file: by its id
    FEIT = "feit"
    #: a pleeggezin: by a number that counts only here
    GEZIN = "gezin"
    #: the name of a third party: never
    DERDE = "derde"
    #: of no meaning to who reads it, or about somebody else
    WEG = "weg"


Kolommen = Mapping[str, Plaats]

_TONEN, _TEKST, _WOORDEN, _WEG = Plaats.TONEN, Plaats.TEKST, Plaats.EIGEN_WOORDEN, Plaats.WEG
_MEDEWERKER, _FEIT, _GEZIN, _DERDE = Plaats.MEDEWERKER, Plaats.FEIT, Plaats.GEZIN, Plaats.DERDE

#: what every version of a fact has
VERSIE: Final[Kolommen] = {
    "id": _WEG, "eerste_id": _WEG, "feit_id": _WEG, "uid": _TONEN, "organisatie_id": _WEG, "nummer": _TEKST,
    "versie": _TONEN, "vervangt_id": _WEG, "ingetrokken": _TONEN, "wijzigingsreden": _TEKST, "vastgelegd_op": _TONEN,
    "vastgelegd_door": _MEDEWERKER, "volgorde": _WEG,
}  # fmt: skip
# Where a fact went or came from is another child's file; since when it was said decides what was recorded late.
_FEIT_VAN_KIND: Final[Kolommen] = {
    **VERSIE, "verplaatst_van": _WEG, "verplaatst_naar": _WEG, "eerst_vastgelegd_op": _WEG,
}  # fmt: skip
_VAN_KIND: Final[Kolommen] = {**_FEIT_VAN_KIND, "pleegkind_id": _WEG}
_OP_EEN_DAG: Final[Kolommen] = {**_VAN_KIND, "datum": _TONEN}
_IN_PLAATSING: Final[Kolommen] = {**_FEIT_VAN_KIND, "plaatsing_id": _FEIT}
_BEZOEK: Final[Kolommen] = {**_IN_PLAATSING, "datum": _TONEN, "medewerker_id": _MEDEWERKER}
_TABEL: Final[Kolommen] = {"id": _WEG, "organisatie_id": _WEG}

#: table → column → place
KOLOMMEN: Final[Mapping[str, Kolommen]] = {
    "pleegkind": {
        **VERSIE, "roepnaam": _TONEN, "achternaam": _TONEN, "geboortedatum": _TONEN, "geslacht": _TONEN,
        "bsn_versleuteld": _WEG, "bsn_index": _WEG,
    },
    "maatregel": {
        **_VAN_KIND, "soort": _TONEN, "van": _TONEN, "tot": _TONEN, "gi": _TEKST, "jeugdbeschermer": _DERDE,
    },
    "plaatsing": {
        **_VAN_KIND, "pleeggezin_id": _GEZIN, "vorm": _TONEN, "zorgvorm": _TONEN, "van": _TONEN, "tot": _TONEN,
        "eindreden": _TEKST,
    },
    "begeleiding": {**_IN_PLAATSING, "medewerker_id": _MEDEWERKER, "van": _TONEN, "tot": _TONEN},
    "kindgesprek": {
        **_BEZOEK, "doorgegaan": _TONEN, "alleen": _TONEN, "vorm": _TONEN, "veiligheid_besproken": _TONEN,
        "reden_niet_alleen": _TONEN, "kind_voelde_zich_veilig": _WOORDEN, "stem_van_het_kind": _WOORDEN,
        "themas": _WOORDEN, "vervolgactie": _TEKST,
    },
    "veiligheidscheck": {**_BEZOEK, "instrument": _TEKST, "uitkomst": _TONEN},
    "huisbezoek": _BEZOEK,
    "casuistiekbespreking": {
        **_OP_EEN_DAG, "multidisciplinair": _TONEN, "deelnemers": _MEDEWERKER, "gedragswetenschapper_aanwezig": _TONEN,
        "conclusie": _TEKST, "acties": _TEKST, "ruisfactor": _TONEN, "extra_inzet_id": _FEIT,
    },
    "ontwikkelbeeld": _OP_EEN_DAG,
    "hulpverleningsplan": _OP_EEN_DAG,
    "pleegoudervoogdgesprek": _OP_EEN_DAG,
    "vertrouwenspersoon": {**_VAN_KIND, "sinds": _TONEN, "soort": _TONEN, "naam": _DERDE},
    "signaal": {
        **_OP_EEN_DAG, "bekend_geworden_op": _TONEN, "soort": _TEKST, "vraagt_veiligheidscheck": _TONEN,
        "calamiteit": _TONEN, "bij_twijfel": _TONEN, "gemeld_igj_op": _TONEN, "onthulling": _WOORDEN,
    },
    "meldcodestap": {
        **_FEIT_VAN_KIND, "signaal_id": _FEIT, "stap": _TONEN, "datum": _TONEN, "toelichting": _TEKST,
        "veilig_thuis": _TONEN, "medewerker_id": _MEDEWERKER,
    },
    "ruisscore": {
        **_OP_EEN_DAG, "code": _TONEN, "geldt_tot": _TONEN, "reden": _TEKST, "medewerker_id": _MEDEWERKER,
    },
    "uitzondering": {
        **_VAN_KIND, "normen": _TONEN, "reden": _TEKST, "borging": _TEKST, "van": _TONEN, "herzien_uiterlijk": _TONEN,
        "opgesteld_door": _MEDEWERKER, "goedgekeurd_door": _MEDEWERKER, "goedkeurder_rol": _TONEN,
    },
    # Of who works at the organisatie: the name and the rol, wherever one is named.
    "medewerker": {
        **dict.fromkeys(VERSIE, _WEG), "naam": _TONEN, "email": _WEG, "rol": _TONEN, "team_id": _WEG,
        "team_sinds": _WEG,
    },
    "extra_inzet": {
        **_TABEL, "uid": _TONEN, "toets_id": _WEG, "pleegkind_id": _WEG, "criteria": _TONEN, "uiterlijk": _TONEN,
        "aangemaakt_op": _TONEN,
    },
    "extra_inzet_stap": {
        **_TABEL, "extra_inzet_id": _WEG, "nummer": _TONEN, "soort": _TONEN, "eigenaar_id": _MEDEWERKER,
        "eigenaar_rol": _TONEN, "op": _TONEN, "door": _MEDEWERKER, "reden": _TEKST, "feit_soort": _TONEN,
        "feit_uid": _TONEN,
    },
    "noodtoegang": {
        **_TABEL, "uid": _TONEN, "pleegkind_id": _WEG, "medewerker_id": _MEDEWERKER, "rol": _TONEN, "reden": _TEKST,
        "geopend_op": _TONEN, "geldig_tot": _TONEN,
    },
    "noodtoegang_bespreking": {
        **_TABEL, "noodtoegang_id": _WEG, "op": _TONEN, "door": _MEDEWERKER, "toelichting": _TEKST,
    },
    # ``medewerker`` decides whether ``naam`` is of the organisatie; an address says where somebody was.
    "inzage": {
        **_TABEL, "uid": _TONEN, "mandaat_id": _WEG, "account_id": _WEG, "medewerker": _WEG, "naam": _MEDEWERKER,
        "rol": _TONEN, "namens": _TONEN, "op": _TONEN, "soort": _TONEN, "handeling": _TONEN, "onderwerp": _WEG,
        "doel": _TEKST, "client": _WEG, "verzoek_id": _WEG, "xid": _WEG,
    },
    "inzage_afloop": {
        **_TABEL, "inzage_uid": _WEG, "op": _WEG, "uitkomst": _TONEN, "noodtoegang": _TONEN, "pleegkinderen": _WEG,
        "xid": _WEG,
    },
}  # fmt: skip

_WOORDEN_VAN_MENSEN: Final = frozenset({Plaats.TEKST, Plaats.EIGEN_WOORDEN, Plaats.DERDE})


def word_columns(tabel: str) -> frozenset[str]:
    """Return the columns of a fact with what people wrote or a child said: whose fact it is not does not read them."""
    return frozenset(
        kolom for kolom, plaats in KOLOMMEN[tabel].items() if plaats in _WOORDEN_VAN_MENSEN and kolom not in VERSIE
    )


#: every other table, and why nothing of it is in the file that a child is given
BUITEN: Final[Mapping[str, str]] = {
    "pleeggezin": "about the family: third parties; a plaatsing names it as pleeggezin 1, 2, …",
    "gezinslid": "about the family: third parties",
    "vgb": "about a gezinslid: a third party",
    "evaluatie": "with the foster parents, about how they do: third parties",
    "organisatie": "named at the top",
    "team": "how the organisatie is divided",
    "teamwijziging": "how it was divided otherwise",
    "account": "how a medewerker signs in",
    "sessie": "who is signed in on pages",
    "eigen_norm": "the rule, not the child; each judgement says its rule",
    "norm_beeindiging": "until when that rule held",
    "termijn": "follows from the facts; the judgements of today are in it",
    "plaatsing_bezetting": "follows from the plaatsingen",
    "kwartaaltoets": "about all children together",
    "kwartaaltoets_regel": "follows from the facts; the judgements of today are in it",
    "toezichtsmandaat": "lets an inspectie look; each look says its purpose",
    "mandaat_intrekking": "the end of such a mandate",
    "vastlegteller": "a counter",
    "idempotentie": "answers that were given, kept to give them again",
    "wijzigingspakket": "the change log; each version in it says when and by whom it was recorded",
    "wijziging": "the change log; free text is in it as a digest only",
    "wijzigingsschakel": "the change log",
    "wijzigingskop": "the change log",
    "zegel": "named at the top",
    "bewaarblokkade": "why the file is kept: may be about others; the organisatie tells what it can",
    "bewaarblokkade_opheffing": "the end of such a hold",
    "samenvoeging": "a decision about two files, not in them; each version that it made says so",
    "samenvoeging_stap": "what medewerkers decided of it",
    "vernietiging": "a proposal about the file, not in it",
    "vernietiging_oordeel": "what medewerkers said of it",
    "vernietiging_stap": "of a file that can no longer be given",
}
