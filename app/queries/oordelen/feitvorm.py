"""What the rows of ``app.queries.oordelen.feitrijen`` say: the branches of its union, and the columns of each."""

from enum import IntEnum
from typing import Final

from sqlalchemy import BigInteger, Date, Text

from app.queries.oordelen.branches import UnionShape


class FeitBranch(IntEnum):
    """Which branch a row comes from; the number stands in the row, and says nothing else."""

    PLEEGKIND = 0
    PLAATSING = 1
    MAATREGEL = 2
    KINDGESPREK = 3
    VEILIGHEIDSCHECK = 4
    HUISBEZOEK = 5
    CASUISTIEKBESPREKING = 6
    ONTWIKKELBEELD = 7
    HULPVERLENINGSPLAN = 8
    VERTROUWENSPERSOON = 9
    PLEEGOUDERVOOGDGESPREK = 10
    SIGNAAL = 11
    UITZONDERING = 12
    PLEEGGEZIN = 13
    GEZINSLID = 14
    VGB = 15
    EVALUATIE = 16
    GEZINSPLAATSING = 17
    MELDCODESTAP = 18
    OPVOLGSTAP = 19
    ACTIE = 20


_DATED: Final = {"datum": Date}

# The slots (d1, d2 …) are as many of a type as the branch that says most of that type has columns. Yes and no is 1 and
# 0, or several of them the bits of a number: ``gedaan`` of a talk, ``vraagt`` of a signaal. ``veilig_in_gezin`` is the
# place in ``Veiligheidsgevoel``.
FEITEN: Final = UnionShape(
    "soort",
    {
        "d1": Date,
        "d2": Date,
        "d3": Date,
        "code": Text,
        "code2": Text,
        "n1": BigInteger,
        "n2": BigInteger,
        "n3": BigInteger,
    },
    {
        FeitBranch.PLEEGKIND: {"geboortedatum": Date},
        FeitBranch.PLAATSING: {"van": Date, "tot": Date, "vorm": Text, "pleeggezin_id": BigInteger},
        FeitBranch.MAATREGEL: {"van": Date, "tot": Date, "soort": Text},
        FeitBranch.KINDGESPREK: {"datum": Date, "vorm": Text, "gedaan": BigInteger, "veilig_in_gezin": BigInteger},
        FeitBranch.VEILIGHEIDSCHECK: {"datum": Date, "uitkomst": Text, "kind_gezien": BigInteger},
        FeitBranch.HUISBEZOEK: {"datum": Date, "kind_gezien": BigInteger},
        FeitBranch.CASUISTIEKBESPREKING: {"datum": Date, "multidisciplinair": BigInteger},
        FeitBranch.ONTWIKKELBEELD: _DATED,
        FeitBranch.HULPVERLENINGSPLAN: _DATED,
        FeitBranch.VERTROUWENSPERSOON: _DATED,
        FeitBranch.PLEEGOUDERVOOGDGESPREK: _DATED,
        FeitBranch.SIGNAAL: {
            "bekend_geworden_op": Date,
            "gemeld_igj_op": Date,
            "conclusie_op": Date,
            "vraagt": BigInteger,
        },
        FeitBranch.UITZONDERING: {
            "van": Date,
            "herzien_uiterlijk": Date,
            "normen": Text,
            "goedkeurder_rol": Text,
            "opgesteld_door": BigInteger,
            "goedgekeurd_door": BigInteger,
            "waarneming_dagen": BigInteger,
        },
        FeitBranch.PLEEGGEZIN: {"pleegcontract_op": Date, "soort": Text},
        FeitBranch.GEZINSLID: {"geboortedatum": Date, "inwonend_sinds": Date, "inwonend_tot": Date, "rol": Text},
        FeitBranch.VGB: {"datum": Date, "herscreening_uiterlijk": Date, "status": Text},
        FeitBranch.EVALUATIE: _DATED,
        FeitBranch.GEZINSPLAATSING: {"van": Date, "tot": Date, "zorgvorm": Text},
        FeitBranch.MELDCODESTAP: {"datum": Date, "signaal_id": BigInteger, "stap": BigInteger},
        FeitBranch.OPVOLGSTAP: {
            "datum": Date,
            "stap": Text,
            "kindgesprek_id": BigInteger,
            "veiligheidscheck_id": BigInteger,
            "signaal_id": BigInteger,
        },
        FeitBranch.ACTIE: {"datum": Date, "uiterlijk": Date, "gedaan_op": Date},
    },
)
