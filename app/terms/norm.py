"""The norms and what they say."""

from enum import StrEnum


class NormCode(StrEnum):
    """The norms: the fourteen of ``normen.md`` §5, and from KAG-D on the seven that hold from October 2026 (§5b)."""

    KAG_3 = "KAG-3"
    KAG_R = "KAG-R"
    VC_J = "VC-J"
    MDO = "MDO"
    HB = "HB"
    ONT_J = "ONT-J"
    HVP_6 = "HVP-6"
    VP = "VP"
    VGB_T = "VGB-T"
    VGB_12 = "VGB-12"
    VGB_H = "VGB-H"
    EVAL_J = "EVAL-J"
    POV_1 = "POV-1"
    CAL_3 = "CAL-3"
    KAG_D = "KAG-D"
    ZIEN = "ZIEN"
    OPV_O = "OPV-O"
    OPV_B = "OPV-B"
    OPV_H = "OPV-H"
    ZP = "ZP"
    ACT = "ACT"


class Zwaarte(StrEnum):
    """A ``norm`` counts as a violation, a ``streef`` is shown only."""

    NORM = "norm"
    STREEF = "streef"


class Stand(StrEnum):
    """The judgement on one norm for one subject on one peildatum."""

    OP_TIJD = "op_tijd"
    NADERT = "nadert"
    TE_LAAT = "te_laat"
    UITZONDERING = "uitzondering"


class OnderwerpSoort(StrEnum):
    """What a norm is about; of an ``aanleiding`` a judgement says which: kindgesprek, veiligheidscheck or signaal."""

    PLAATSING = "plaatsing"
    PLEEGKIND = "pleegkind"
    GEZINSLID = "gezinslid"
    PLEEGGEZIN = "pleeggezin"
    SIGNAAL = "signaal"
    KINDGESPREK = "kindgesprek"
    VEILIGHEIDSCHECK = "veiligheidscheck"
    UITZONDERING = "uitzondering"
    ACTIE = "actie"
    AANLEIDING = "aanleiding"
