"""Which kind of event counts for which norm."""

from app.terms import NormCode

#: norm → table of the events that count for it
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
}
