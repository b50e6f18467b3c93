"""Which kind of event counts for which norm."""

from app.norms.feiten import Gebeurtenis
from app.terms import NormCode

#: norm → table of the events that count for it; where several do, each says its own (``Gebeurtenis.soort``)
EVENT_OF_NORM: dict[NormCode, str] = {
    NormCode.KAG_3: "kindgesprek",
    NormCode.KAG_R: "kindgesprek",
    NormCode.VC_J: "veiligheidscheck",
    NormCode.MDO: "casuistiekbespreking",
    NormCode.HB: "huisbezoek",
    NormCode.ONT_J: "ontwikkelbeeld",
    NormCode.HVP_6: "hulpverleningsplan",
    NormCode.VP: "vertrouwenspersoon",
    NormCode.VGB_T: "vgb",
    NormCode.VGB_12: "vgb",
    NormCode.VGB_H: "vgb",
    NormCode.EVAL_J: "evaluatie",
    NormCode.POV_1: "pleegoudervoogdgesprek",
    NormCode.CAL_3: "signaal",
    NormCode.KAG_D: "kindgesprek",
    NormCode.OPV_H: "veiligheidscheck",
}
#: tables of the events that count for a norm for which several kinds do: ZIEN, ZP, OPV-O and OPV-B
SEVERAL_KINDS = ("kindgesprek", "veiligheidscheck", "huisbezoek", "opvolgstap", "meldcodestap")


def kind_of(norm: NormCode, laatste: Gebeurtenis) -> str:
    """Return the table of what counted last for a norm."""
    return laatste.soort or EVENT_OF_NORM[norm]
