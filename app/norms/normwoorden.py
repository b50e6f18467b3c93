"""What a norm is about, in the word that people use for it: on pages, in files and in messages. Pure."""

from typing import Final

#: norm → what it is about, as a begeleider says it
NORMEN: Final = {
    "KAG-3": "Drie gesprekken per jaar",
    "KAG-R": "Alleen gesproken",
    "KAG-D": "Gesprek in deeltijdpleegzorg",
    "ZIEN": "Gezien",
    "VC-J": "Veiligheidscheck",
    "MDO": "Casuïstiekbespreking",
    "HB": "Huisbezoek",
    "ONT-J": "Ontwikkeling in kaart",
    "HVP-6": "Hulpverleningsplan",
    "VP": "Vertrouwenspersoon",
    "VGB-T": "Verklaring van geen bezwaar",
    "VGB-12": "Verklaring van geen bezwaar vanaf 12 jaar",
    "VGB-H": "Nieuwe screening voor de verklaring van geen bezwaar",
    "EVAL-J": "Evaluatie met de pleegouders",
    "POV-1": "Gesprek met de pleegoudervoogd",
    "CAL-3": "Melding van een calamiteit",
    "OPV-O": "Overleg na een zorg",
    "OPV-B": "Besluit na een zorg",
    "OPV-H": "Nieuwe veiligheidscheck na een zorg",
    "ZP": "Zien volgens het zichtplan",
    "ACT": "Afgesproken actie",
}
