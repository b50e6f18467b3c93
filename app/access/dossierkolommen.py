"""Where each column goes when a child, or who has authority over it, is given the file: shown, redacted or left out.

Fail-closed: what has no place here is not shown, and a test walks every table and column and fails on one without.
Choices of this project are in ADR 0018.
"""

from collections.abc import Mapping
from typing import Final

from app.models.plaats import VERSIE, Kolommen, Plaats
from app.models.soorten import SOORTEN, SOORTEN_VAN_KIND

_TONEN, _TEKST, _WEG, _MEDEWERKER = Plaats.TONEN, Plaats.TEKST, Plaats.WEG, Plaats.MEDEWERKER
_TABEL: Final[Kolommen] = {"id": _WEG, "organisatie_id": _WEG}

#: table → column → place
KOLOMMEN: Final[Mapping[str, Kolommen]] = {
    **{soort.naam: soort.kolommen for soort in SOORTEN_VAN_KIND},
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
    **{soort.naam: soort.buiten for soort in SOORTEN.values() if soort.buiten},
    "organisatie": "named at the top",
    "team": "how the organisatie is divided",
    "teamwijziging": "how it was divided otherwise",
    "belnummer": "whom its people call",
    "afwezigheid": "who of them was there",
    "afwezigheid_einde": "until when they were not",
    "gebeurtenis": "which webhook was told of such a message; that says nothing of the child",
    "webhook": "where the organisatie is told that something asks for attention; never of whom",
    "webhook_einde": "until when it was",
    "publicatie": "that figures of the organisatie went out; never about one child",
    "publicatie_intrekking": "that they were taken back, and why",
    "open_kengetal": "counts of at least five children, for everybody",
    "account": "how a medewerker signs in",
    "agenda": "whose calendar reads along",
    "sessie": "who is signed in on pages",
    "concept": "what somebody typed and did not send: readable for them alone, and gone within twelve hours",
    "bericht": "that somebody had to hear of a fact; the fact itself is in it",
    "bezorging": "who was written to of that; the message says nothing of the child",
    "taakstand": "when each job of the service ran last",
    "importstand": "how far an import is",
    "toetsopdracht": "what is made of an audit, and for a day the file; the judgements of today are in what is given",
    "eigen_norm": "the rule, not the child; each judgement says its rule",
    "norm_beeindiging": "until when that rule held",
    "termijn": "follows from the facts; the judgements of today are in it",
    "plaatsing_bezetting": "follows from the plaatsingen",
    "kind_in_begeleiding": "follows from the plaatsingen and begeleidingen",
    "open_na_vertrek": "follows from the plaatsingen and the judgements",
    "zonder_begeleider": "follows from the plaatsingen and begeleidingen",
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
