"""What the rows of ``app.queries.ruisfactoren.feitrijen`` say: the branches of its union, and the columns of each."""

from enum import IntEnum
from typing import Final

from sqlalchemy import BigInteger, Date, Text

from app.queries.oordelen.branches import UnionShape


class RuisBranch(IntEnum):
    """Which branch a row comes from."""

    PLEEGKIND = 0
    PLAATSING = 1
    KINDGESPREK = 2
    HUISBEZOEK = 3
    BEGELEIDING = 4
    MAATREGEL = 5
    GEZINSPLAATSING = 6
    SIGNAAL = 7
    MELDCODESTAP = 8
    RUISSCORE = 9
    VEILIGHEIDSCHECK = 10
    OPVOLGSTAP = 11


#: ``gezegd`` of a talk: alleen, veiligheid_besproken, felt unsafe, and unsafe in this family, as bits
RUISFEITEN: Final = UnionShape(
    "rij",
    {"d1": Date, "d2": Date, "code": Text, "code2": Text, "n1": BigInteger, "n2": BigInteger},
    {
        RuisBranch.PLEEGKIND: {},
        RuisBranch.PLAATSING: {"van": Date, "tot": Date, "vorm": Text, "pleeggezin_id": BigInteger},
        RuisBranch.KINDGESPREK: {"datum": Date, "vorm": Text, "gezegd": BigInteger},
        RuisBranch.HUISBEZOEK: {"datum": Date, "kind_gezien": BigInteger},
        RuisBranch.BEGELEIDING: {"van": Date, "tot": Date, "wie": BigInteger},
        RuisBranch.MAATREGEL: {"van": Date, "tot": Date, "soort": Text, "jeugdbeschermer": Text},
        RuisBranch.GEZINSPLAATSING: {"van": Date, "tot": Date, "eindreden": Text, "pleegkind_id": BigInteger},
        RuisBranch.SIGNAAL: {"datum": Date, "bekend_geworden_op": Date, "soort": Text, "onthulling": BigInteger},
        RuisBranch.MELDCODESTAP: {"datum": Date, "signaal_id": BigInteger},
        RuisBranch.RUISSCORE: {"datum": Date, "geldt_tot": Date, "code": Text},
        RuisBranch.VEILIGHEIDSCHECK: {"datum": Date},
        RuisBranch.OPVOLGSTAP: {"datum": Date, "kindgesprek_id": BigInteger, "signaal_id": BigInteger},
    },
)
