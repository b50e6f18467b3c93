"""A quarterly audit as CSV: one row per child, the columns of ``afspraken.md`` §6."""

from collections.abc import Iterator

from app.exports.csv_bytes import write_csv
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.ergste import ergste
from app.norms.kwartaaltoets.inhoud import UITGAVE, OordeelInhoud, RegelInhoud
from app.terms import NormCode

COLUMNS = (
    "pleegkind_nummer", "plaatsing_nummer", "team", "begeleider_nummer", "maatregel", "geplaatst_op_kwartaaleinde",
    "peildatum", "kag_r_stand", "kag_r_laatste", "kag_r_uiterlijk", "vc_j_stand", "vc_j_laatste", "vc_j_uiterlijk",
    "mdo_stand", "mdo_laatste", "mdo_uiterlijk", "navolgbaar", "kag_3_stand", "vgb_stand", "late_registraties",
    "professionals_12m", "ruisscore",
)  # fmt: skip
#: of an audit made since the second catalogue of norms; what was frozen before keeps its columns
FOLLOW_UP = ("zien_stand", "zien_laatste", "opvolging_stand", "zichtplan")
NIET_VAN_TOEPASSING = "nvt"


def write_toets_csv(bestand: Toetsbestand) -> Iterator[bytes]:
    """Yield the CSV in pieces; it names children and medewerkers by nummer alone, whoever asks."""
    if bestand.kop.get("uitgave", 1) < UITGAVE:
        return write_csv(COLUMNS, map(_row, bestand.regels()))
    return write_csv((*COLUMNS, *FOLLOW_UP), ((*_row(regel), *_follow_up(regel)) for regel in bestand.regels()))


def _follow_up(regel: RegelInhoud) -> tuple[object, ...]:
    zichtplan = regel.get("zichtplan")
    return (
        regel.get("zienStand") or NIET_VAN_TOEPASSING,
        regel.get("zienLaatste"),
        regel.get("opvolgingStand") or NIET_VAN_TOEPASSING,
        NIET_VAN_TOEPASSING if zichtplan is None else zichtplan,
    )


def _row(regel: RegelInhoud) -> tuple[object, ...]:
    criteria = regel["criteria"]
    return (
        regel["pleegkind"]["nummer"],
        regel["plaatsing"]["nummer"],
        regel["team"] and regel["team"]["naam"],
        regel["begeleider"] and regel["begeleider"]["nummer"],
        " ".join(regel["maatregelen"]),  # as the workbook writes several codes in one cell
        regel["geplaatstOpKwartaaleinde"],
        regel["peildatum"],
        *_criterium(criteria[NormCode.KAG_R]),
        *_criterium(criteria[NormCode.VC_J]),
        *_criterium(criteria[NormCode.MDO]),
        regel["navolgbaar"],
        _stand(ergste(regel["oordelen"], NormCode.KAG_3)),
        regel["vgbStand"] or NIET_VAN_TOEPASSING,
        regel["lateRegistraties"],
        regel["professionals12m"],
        regel["ruisscore"],
    )


def _criterium(oordeel: OordeelInhoud | None) -> tuple[object, object, object]:
    if oordeel is None:
        return NIET_VAN_TOEPASSING, None, None
    return oordeel["stand"], oordeel["laatste"] and oordeel["laatste"]["datum"], oordeel["uiterlijk"]


def _stand(oordeel: OordeelInhoud | None) -> str:
    return oordeel["stand"] if oordeel else NIET_VAN_TOEPASSING
